"""Flaws as a table: the columns of their CSV and XLSX."""

from collections.abc import Iterable

from kaysis_graph.answers.table_columns import table, titled
from kaysis_graph.messages import Language, say
from kaysis_graph.quality.ask import Flaw, Quality, sentence
from kaysis_graph.quality.rules import RULES
from kaysis_graph.render.table import Table
from kaysis_graph.schema import Schema


def of_flaws(schema: Schema, answer: Quality, rows: Iterable[Flaw], language: Language) -> Table:
    """One row for each flaw, with the rule as a sentence, what is wrong and what to do."""
    names = (
        "severity",
        "rule",
        "rule_says",
        "kind",
        "id",
        "title",
        "belongs_to",
        "flaw",
        "others",
        "other_count",
        "hint",
    )
    cells = (
        (
            flaw.severity,
            flaw.rule,
            RULES[flaw.rule].says.of(language),
            flaw.record.kind,
            *titled(flaw.record, language),
            sentence(schema, flaw, language),
            " ".join(other.id for other in flaw.others) or None,
            flaw.other_count,
            RULES[flaw.rule].hint.of(language),
        )
        for flaw in rows
    )
    return table(say("quality.title", language), names, cells, answer, language)
