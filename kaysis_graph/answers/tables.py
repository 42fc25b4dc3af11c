"""Answers as tables: the columns of their CSV and XLSX, the same for the API and the command line.

Each takes its rows apart from the answer, so that a stream of all rows can stand in for the page the answer holds.
Codes and kinds stay as programs know them; several identifiers in one cell stand between blanks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.answers.exploring import Explored
from kaysis_graph.answers.flow_answer import Arrow, FlowAnswer
from kaysis_graph.answers.flow_words import about_offices
from kaysis_graph.answers.impact import Fallen, Impact
from kaysis_graph.answers.legislation import Dependencies, Dependency, LostBase, Unfounded
from kaysis_graph.answers.organisation import Ancestors, Tree, Unit
from kaysis_graph.answers.paths import Paths
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Cell, Column, Table

_OF_THING = ("kind", "id", "title", "belongs_to", "state")


def dependencies(answer: Dependencies, rows: Iterable[Dependency], language: Language) -> Table:
    """One row for each record that depends on the act, or that it depends on."""
    names = ("depth", *_OF_THING, "via", "via_title", "via_act")
    cells = ((row.depth, *_thing(row.thing, language), row.via.id, row.via.name(language), row.via_act) for row in rows)
    key = f"pictures.{answer.relation}_{answer.direction}"
    return table(say(key, language, title=answer.start.full_name(language)), names, cells, answer, language)


def unfounded(answer: Unfounded, rows: Iterable[LostBase], language: Language) -> Table:
    """One row for each base that an act in force has lost."""
    names = ("id", "title", "belongs_to", "base_count", "lost_count", "base", "base_title", "base_state")
    cells = (
        (*titled(row.act, language), row.bases, len(row.lost), base.id, base.name(language), base.state)
        for row in rows
        for base in row.lost
    )
    return table(say(f"tables.unfounded_{answer.mode}", language), names, cells, answer, language)


def impact(answer: Impact, rows: Iterable[Fallen], language: Language) -> Table:
    """One row for each record that rests on the one asked about, with the identifiers of the chain up to it."""
    names = (
        "depth",
        *_OF_THING,
        "institution",
        "institution_title",
        "chain",
        "other_sources",
        "bases_touched",
        "bases_staying",
    )
    cells = (
        (
            row.depth,
            *_thing(row.thing, language),
            row.institution.id if row.institution else None,
            _name(row.institution, language),
            " ".join([answer.start.id, *(f"{link.type} {link.thing.id}" for link in row.chain)]),
            row.other_sources,
            " ".join(base.id for base in row.ground.touched) if row.ground else None,
            " ".join(base.id for base in row.ground.stays) or None if row.ground else None,
        )
        for row in rows
    )
    title = say("pictures.impact", language, title=answer.start.full_name(language))
    return table(title, names, cells, answer, language)


def paths(answer: Paths, language: Language) -> Table:
    """One row for each edge of each way; `along` is false where the edge is walked against its direction."""
    names = ("path", "step", "source", "source_title", "type", "along", "target", "target_title")
    cells = (
        (
            number,
            step,
            hop.source.id,
            hop.source.name(language),
            over.type,
            over.along,
            hop.target.id,
            hop.target.name(language),
        )
        for number, way in enumerate(answer.paths, 1)
        for step, hop in enumerate(way, 1)
        for over in hop.over
    )
    values = {"source": answer.source.full_name(language), "target": answer.target.full_name(language)}
    return table(say("pictures.paths", language, **values), names, cells, answer, language)


def explored_records(answer: Explored, language: Language) -> Table:
    """One row for each record the explorer shows, with how many neighbours it has."""
    names = (
        *(*_OF_THING, "valid_from", "valid_to"),
        *("institution", "institution_title", "neighbours", "resting"),
    )  # fmt: skip
    cells = (
        (
            *_thing(node.thing, language),
            node.valid_from,
            node.valid_to,
            node.institution,
            _name(answer.institutions.get(node.institution or ""), language),
            sum(count.total for count in node.counts),
            node.resting,
        )
        for node in answer.nodes
    )
    return table(say("explorer.picture", language), names, cells, answer, language)


def explored_edges(answer: Explored, language: Language) -> Table:
    """One row for each edge between records the explorer shows."""
    days = ("valid_from", "valid_to", "holds", "has_effect")
    names = ("source", "source_title", "type", "target", "target_title", *days)
    known = {node.thing.id: node.thing for node in answer.nodes}
    cells = (
        (
            edge.source,
            _name(known.get(edge.source), language),
            edge.type,
            edge.target,
            _name(known.get(edge.target), language),
            edge.valid_from,
            edge.valid_to,
            edge.holds,
            edge.has_effect,
        )
        for edge in answer.edges
    )
    return table(say("explorer.picture", language), names, cells, answer, language)


def tree(answer: Tree, rows: Iterable[Unit], language: Language) -> Table:
    """One row for each unit under the one asked about."""
    names = ("depth", "parent", "id", "title", "belongs_to", "state", "is_institution", "unit_count", "other_parents")
    cells = (
        (
            row.depth,
            row.parent,
            *titled(row.thing, language),
            row.thing.state,
            row.is_institution,
            row.units,
            " ".join(row.other_parents) or None,
        )
        for row in rows
    )
    title = say("pictures.tree", language, title=answer.start.full_name(language))
    return table(title, names, cells, answer, language)


def ancestors(answer: Ancestors, language: Language) -> Table:
    """One row for each unit above the one asked about, nearest first."""
    names = ("depth", "id", "title", "belongs_to", "state", "is_institution")
    cells = ((row.depth, *titled(row.thing, language), row.thing.state, row.is_institution) for row in answer.rows)
    title = say("tables.ancestors", language, title=answer.start.full_name(language))
    return table(title, names, cells, answer, language)


def flows(answer: FlowAnswer, arrows: Iterable[Arrow], language: Language) -> Table:
    """One row for each document on each arrow; a group of institutions stands as one end."""
    names = (
        "sender", "sender_title", "sender_institution", "receiver", "receiver_title", "receiver_institution",
        "document", "document_title", "producing", "requiring", "legal_bases",
        "by_applicant", "by_institution", "by_system", "carrier_unknown", "yearly_transactions",
    )  # fmt: skip
    told = table(say("tables.flows", language), names, _carried(arrows, language), answer, language)
    return replace(told, footnotes=(*told.footnotes, *about_offices(answer, language)))


def _carried(arrows: Iterable[Arrow], language: Language) -> Iterator[tuple[Cell, ...]]:
    for arrow in arrows:
        sender, receiver = arrow.sender, arrow.receiver
        for carried in arrow.carries:
            by = carried.carried_by
            yield (
                sender.id,
                sender.name(language),
                _name(sender.institution, language),
                receiver.id,
                receiver.name(language),
                _name(receiver.institution, language),
                carried.document.id,
                carried.document.name(language),
                " ".join(service.id for service in carried.producing) or None,
                " ".join(service.id for service in carried.requiring) or None,
                " ".join(dict.fromkeys(basis.record.id for basis in carried.bases)) or None,
                by.applicant,
                by.institution,
                by.system,
                by.unknown,
                carried.yearly.transactions,
            )


def _name(thing: Thing | None, language: Language) -> str | None:
    return None if thing is None else thing.name(language)


def _thing(thing: Thing, language: Language) -> tuple[Cell, ...]:
    return thing.kind, *titled(thing, language), thing.state


def titled(thing: Thing, language: Language) -> tuple[str, str, str | None]:
    """Identifier and title, with whose the record is where others share the title: `id`, `title`, `belongs_to`."""
    return thing.id, thing.name(language), thing.distinction(language) or None


def table(
    title: str, names: tuple[str, ...], cells: Iterable[tuple[Cell, ...]], answer: Answer, language: Language
) -> Table:
    """A table whose columns are labelled by `messages/tables.toml`, with the day and what was cut in its notes."""
    columns = tuple(Column(name, say(f"tables.{name}", language)) for name in names)
    notes = [say("pictures.as_of", language, at=answer.at.isoformat(), sequence=answer.sequence)]
    if answer.cut is not None:
        notes.append(answer.cut.sentence(language))
    return Table(title, columns, cells, tuple(notes))
