"""Answers about acts as tables: the columns of their CSV and XLSX."""

from collections.abc import Iterable

from kaysis_graph.answers.table_columns import table, titled
from kaysis_graph.legislation.dependants import Rest, Resting
from kaysis_graph.legislation.lost_ground import LostGround, Work
from kaysis_graph.legislation.provision_texts import ActText, Provision
from kaysis_graph.legislation.provision_tree import ActBranch, ActBranches
from kaysis_graph.legislation.repeal_chains import RepealChain
from kaysis_graph.legislation.timeline import ActEvent, Timeline
from kaysis_graph.legislation.turning_days import ForceDays
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Table


def resting(answer: Resting, rows: Iterable[Rest], language: Language) -> Table:
    """One row for each record that rests on the act."""
    names = (
        "kind",
        "id",
        "title",
        "belongs_to",
        "state",
        "institution",
        "institution_title",
        "via",
        "via_title",
        "depth",
    )
    cells = (
        (
            row.thing.kind,
            *titled(row.thing, language),
            row.thing.state,
            row.institution.id if row.institution else None,
            row.institution.name(language) if row.institution else None,
            row.via.id,
            row.via.name(language),
            row.depth,
        )
        for row in rows
    )
    return table(
        say("acts.resting_on", language, title=answer.start.full_name(language)), names, cells, answer, language
    )


def branches(answer: ActBranches, rows: Iterable[ActBranch], language: Language) -> Table:
    """One row for each record one level beyond the act."""
    names = ("kind", "id", "title", "belongs_to", "state", "via", "via_title", "beyond")
    cells = (
        (
            row.thing.kind,
            *titled(row.thing, language),
            row.thing.state,
            row.via.id,
            row.via.name(language),
            row.beyond,
        )
        for row in rows
    )
    key = f"pictures.{answer.relation}_{answer.direction}"
    return table(say(key, language, title=answer.start.full_name(language)), names, cells, answer, language)


def repeals(answer: RepealChain, language: Language) -> Table:
    """One row for each step of a chain of repeals; the articles that did it stand in one cell as they are written."""
    names = (
        "depth", "repeal_of", "kind", "id", "title", "belongs_to", "state", "on", "is_whole", "has_effect",
        "repealed_count", "places", "is_unverified",
    )  # fmt: skip
    cells = (
        (
            row.depth,
            row.parent,
            row.act.kind,
            *titled(row.act, language),
            row.act.state,
            row.on,
            row.is_whole,
            row.has_effect,
            row.provisions,
            "; ".join(row.places) or None,
            row.is_unverified,
        )
        for row in answer.rows
    )
    key = "pictures.repeals_down" if answer.way == "of" else "pictures.repeals_up"
    return table(say(key, language, title=answer.start.full_name(language)), names, cells, answer, language)


def turns(answer: ForceDays, language: Language) -> Table:
    """One row for each act that came into force or ended near the day, by day."""
    names = ("on", "what", "id", "title", "belongs_to", "state", "by", "by_title")
    cells = (
        (
            turn.on,
            turn.what,
            *titled(turn.act, language),
            turn.act.state,
            turn.by.id if turn.by else None,
            turn.by.name(language) if turn.by else None,
        )
        for turn in (*reversed(answer.before), *answer.after)
    )
    return table(say("tables.turns", language), names, cells, answer, language)


def timeline(answer: Timeline, rows: Iterable[ActEvent], language: Language) -> Table:
    """One row for each event; the provisions it touched stand in one cell by their identifiers."""
    names = ("on", "what", "by", "by_title", "touched", "touched_count", "amendments", "is_unverified", "read_in")
    cells = (
        (
            row.on,
            row.what,
            row.by.id if row.by else None,
            row.by.name(language) if row.by else None,
            " ".join(thing.id for thing in row.touched) or None,
            len(row.touched),
            " ".join(f"{kind}:{count}" for kind, count in row.amendments.items()) or None,
            row.is_unverified,
            "; ".join(row.sources) or None,
        )
        for row in rows
    )
    return table(
        say("acts.timeline_of", language, title=answer.start.full_name(language)), names, cells, answer, language
    )


def lost_ground(answer: LostGround, rows: Iterable[Work], language: Language) -> Table:
    """One row for each base that an act in force has lost, with how it ended."""
    names = (
        "id", "title", "belongs_to", "legislation_type", "issuers", "base_count", "lost_count",
        "base", "base_title", "base_state", "ended_on", "repealed_by", "fell_with",
    )  # fmt: skip
    cells = (
        (
            *titled(row.act, language),
            row.type,
            " ".join(issuer.id for issuer in row.issuers) or None,
            row.bases,
            len(row.lost),
            ending.text.id,
            ending.text.name(language),
            ending.text.state,
            ending.on,
            " ".join(by.id for by in ending.by) or None,
            ending.fell_with.id if ending.fell_with else None,
        )
        for row in rows
        for ending in row.lost
    )
    return table(say(f"tables.unfounded_{answer.mode}", language), names, cells, answer, language)


def provisions(answer: ActText, rows: Iterable[Provision], language: Language) -> Table:
    """One row for each provision with its texts."""
    names = (
        "id",
        "place",
        "state",
        "resting_count",
        "change_count",
        "changed_on",
        "first_text",
        "last_text",
        "read_in",
    )
    cells = (
        (
            row.thing.id,
            row.place,
            row.thing.state,
            row.resting,
            row.changes,
            row.changed_on,
            row.first_text,
            row.last_text,
            row.source,
        )
        for row in rows
    )
    return table(say("acts.text_of", language, title=answer.start.full_name(language)), names, cells, answer, language)
