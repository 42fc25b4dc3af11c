"""A question with the provisions that it cites, whatever the act was called by: its number, its name, a short name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kaysis_graph import text
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records.search_text import kind_mark, name_mark, number
from kaysis_graph.schema.derive import search_index
from kaysis_graph.search.citations import Citation, read_citation
from kaysis_graph.search.query import SearchQuery, read_question

_FIRST = load("search/first")
_MOST_OF_ONE_NAME = 20


@dataclass(frozen=True)
class NamedRow:
    """An act that is called so."""

    id: str
    labels: list[str]
    properties: dict[str, Any]


def read_cited_question(reader: Reader, words: str) -> SearchQuery:
    """The question of what was typed; one statement more where it cites a provision of an act by the act's name."""
    question = read_question(words)
    citation = read_citation(words)
    if citation is None or not citation.act:
        return question
    acts = citation.acts or acts_named(reader, citation)
    exactly = [number(f"{act}.{citation.places[0]}") for act in acts]
    cited = [number(held) for held in citation.identifiers(acts)]
    return replace(
        question, cited=tuple(cited), cited_exactly=tuple(exactly), cited_acts=tuple(number(act) for act in acts)
    )


def missing_place(words: str, found: Sequence[str]) -> str:
    """The cited article, where the act cited by its number comes first of what was found and no article of it does.

    `found` are the identifiers of the hits, best first. Empty otherwise.
    """
    citation = read_citation(words)
    if citation is None or not found or found[0] not in citation.acts:
        return ""
    return "" if any(one.startswith(f"{found[0]}.") for one in found) else citation.place


def acts_named(reader: Reader, citation: Citation) -> Sequence[str]:
    """The acts whose whole name or short name is what the citation calls its act."""
    marks = [name_mark(" ".join(text.words(name))) for name in citation.names]
    asked = " ".join(f"search_marks:{mark}" for mark in marks if mark.isidentifier())
    if not asked:
        return []
    question = f"+({asked}) +search_marks:{kind_mark('Legislation')}"
    rows = reader.read(_FIRST, into=NamedRow, index=search_index.NAME, question=question, limit=_MOST_OF_ONE_NAME)
    return sorted(row.id for row in rows)
