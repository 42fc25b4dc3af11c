"""Data flows: a unit hands a document or datum to another when its service produces what the other's requires.

Each question gives a page of arrows with everything said of them; `stream_arrows` gives them all.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import Cut, Thing, page_cut, things_by_position
from kaysis_graph.errors import TooLarge
from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.makers_and_takers import packed
from kaysis_graph.flows.alternatives import Alternative, find_alternative
from kaysis_graph.flows.answer import FlowAnswer, FlowArrow, FlowChoices, FlowQuestion, Grouped, Instead, Scope, Totals
from kaysis_graph.flows.arrows import ArrowPage, Most, draft_of_office, is_shortened, known_of, named_end, of_page
from kaysis_graph.flows.selection import looked_up
from kaysis_graph.flows.unit_lines import Lines
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View

ARROWS = 200
MOST_ARROWS = 2_000
_ARROWS_AT_A_TIME = 500
# The first of these is shown whose names are not too many: 5,000 of them take 60 to 150 ms to read.
_ON_A_PAGE = (Most(50, 20, 50, 20), Most(20, 10, 12, 10), Most(10, 5, 6, 5), Most(5, 3, 3, 2), Most(2, 1, 2, 1))
_MOST_NAMES = 5_000
_IN_A_STREAM = Most(documents=None, services=100, bases=100, terms=100)
_MOST_GROUPED = 50
_MOST_CHOICES = 100


def of_service(graph: Graph, identifier: str, at: date, *, offset: int = 0, limit: int = ARROWS) -> FlowAnswer:
    """What a service receives from others and hands to others; NotFound when there is no such service."""
    return answer(graph, FlowQuestion("service", (identifier,)), at, offset=offset, limit=limit)


def of_unit(graph: Graph, identifier: str, at: date, *, offset: int = 0, limit: int = ARROWS) -> FlowAnswer:
    """What an organisation by itself, without the units under it, receives, hands on, and hands to itself."""
    return answer(graph, FlowQuestion("unit", (identifier,)), at, offset=offset, limit=limit)


def of_institution(  # noqa: PLR0913  # a question with its limits
    graph: Graph, identifier: str, at: date, scope: Scope = "both", *, offset: int = 0, limit: int = ARROWS
) -> FlowAnswer:
    """What the units of an institution hand to each other (`inside`) and exchange with others (`between`).

    An organisation that is no institution of its own stands for itself and the units under it. Offices that are tied
    to either by a further tie count too, one end for each kind of office; a question says otherwise.
    """
    return answer(graph, FlowQuestion("institution", (identifier,), scope), at, offset=offset, limit=limit)


def between(  # noqa: PLR0913  # a question with its limits
    graph: Graph, from_id: str, to_id: str, at: date, *, offset: int = 0, limit: int = ARROWS
) -> FlowAnswer:
    """What the units of one institution hand to those of another."""
    return answer(graph, FlowQuestion("between", (from_id, to_id)), at, offset=offset, limit=limit)


def of_state(graph: Graph, at: date, *, offset: int = 0, limit: int = ARROWS) -> FlowAnswer:
    """What the institutions of the whole state hand to each other; what stays inside one is left out."""
    return answer(graph, FlowQuestion("state"), at, offset=offset, limit=limit)


def answer(graph: Graph, question: FlowQuestion, at: date, *, offset: int = 0, limit: int = ARROWS) -> FlowAnswer:
    """The answer to a question; TooLarge when more arrows are asked for at once than an answer holds."""
    if limit > MOST_ARROWS:
        raise TooLarge("flows.too_many", most=MOST_ARROWS)
    view = graph.on(at)
    asked = looked_up(graph, view, question)
    lines = asked.lines
    chosen = range(min(offset, len(lines)), min(offset + limit, len(lines)))
    page = ArrowPage(view, lines, chosen, _fitting(lines, chosen))
    known = known_of(graph, view, page, asked.gaps.services)
    gaps = asked.gaps.told(known.carriage)
    grouped = _grouped(lines)
    wanted = page.positions(known) | gaps.positions() | {document for document, _, _ in grouped[:_MOST_GROUPED]}
    wanted.update(asked.records, asked.documents, asked.counterparts)
    offices = [draft_of_office(view, number, kind) for number, kind in lines.offices.items()]
    wanted.update(*(end.positions for end in offices))
    alternative = None if len(lines) else find_alternative(graph, view, question)
    wanted.update(alternative.records if alternative else ())
    names = things_by_position(graph, view, sorted(wanted))
    arrows = page.arrows(graph, known, names)
    cut = page_cut(len(lines), offset, len(arrows), Cut("flows.shortened") if is_shortened(arrows) else None)
    return FlowAnswer(
        at=at,
        sequence=view.sequence,
        complete=cut is None,
        cut=cut,
        question=question,
        asked=tuple(names[record] for record in asked.records),
        arrows=arrows,
        offset=offset,
        limit=limit,
        totals=_totals(lines),
        grouped=_named_groups(grouped, names),
        grouped_count=len(grouped),
        gaps=gaps.gaps(known.carriage, names),
        documents=tuple(names[document] for document in asked.documents),
        counterparts=tuple(names[counterpart] for counterpart in asked.counterparts),
        tied=asked.tied,
        folded=tuple(named_end(graph, view, end, names) for end in offices),
        instead=None if alternative is None else _instead(alternative, names),
    )


def _instead(found: Alternative, names: dict[int, Thing]) -> Instead:
    asked = tuple(names[record] for record in found.records)
    return Instead(found.why, found.question, asked, found.arrows, found.offices)


def choices(graph: Graph, question: FlowQuestion, at: date) -> FlowChoices:
    """What the question can be narrowed to, whatever it is narrowed to now; the hundred busiest of each."""
    view = graph.on(at)
    lines = looked_up(graph, view, replace(question, documents=(), counterparts=(), carried_by=None)).lines
    documents = _busiest(np.concatenate([part.document for part in lines.parts]))
    ends = np.concatenate([lines.sender, lines.receiver])
    institutions = view.once(institution_of)[ends[ends >= 0]]
    own = {int(view.once(institution_of)[view.records.position_of[each]]) for each in question.ids}
    counterparts = [place for place in _busiest(institutions) if place not in own]
    names = things_by_position(graph, view, sorted({*documents, *counterparts}))
    return FlowChoices(tuple(names[each] for each in documents), tuple(names[each] for each in counterparts))


def _busiest(positions: Ints) -> list[int]:
    each, counts = np.unique(positions, return_counts=True)
    busiest: list[int] = each[np.argsort(-counts, kind="stable")][:_MOST_CHOICES].tolist()
    return busiest


def stream_arrows(graph: Graph, question: FlowQuestion, at: date) -> Iterator[FlowArrow]:
    """All arrows of a question, each with all its documents, of one and the same state of the graph.

    Of the services and bases of a document the first hundred are named, the counts tell the rest.
    """
    view = graph.on(at)
    lines = looked_up(graph, view, question).lines
    return _stream(graph, view, lines)


def _stream(graph: Graph, view: View, lines: Lines) -> Iterator[FlowArrow]:
    for begin in range(0, len(lines), _ARROWS_AT_A_TIME):
        chosen = range(begin, min(begin + _ARROWS_AT_A_TIME, len(lines)))
        yield from of_page(graph, view, ArrowPage(view, lines, chosen, _IN_A_STREAM))


def _totals(lines: Lines) -> Totals:
    return Totals(len(lines), len(lines.documents()), len(np.unique(lines.sender)), len(np.unique(lines.receiver)))


def _fitting(lines: Lines, chosen: range) -> Most:
    """How much of each arrow is shown: the more the fewer arrows and documents there are."""
    rows = [lines.rows(number) for number in chosen]
    for most in _ON_A_PAGE:
        shown = ((part, arrow[: most.documents]) for part, arrow in rows)
        names = sum(
            int(np.minimum(counts[arrow], most.services).sum()) + len(arrow) * (most.bases // 2 + 1)
            for part, arrow in shown
            for counts in (part.producing, part.requiring)
        )
        if names <= _MOST_NAMES:
            return most
    return _ON_A_PAGE[-1]


def _grouped(lines: Lines) -> list[tuple[int, str, int]]:
    """The documents that were grouped on an arrow: which, on which side, of how many places; most first."""
    shown = lines.documents()
    found: dict[tuple[int, str], int] = {}
    for part in lines.parts:
        for name, documents, side in (
            ("makers", part.grouped_makers, part.makers),
            ("takers", part.grouped_takers, part.takers),
        ):
            rows = side.of_documents(np.intersect1d(documents, shown)).placed(lines.place)
            each, counts = np.unique(np.unique(packed(rows.document, rows.place)) >> 32, return_counts=True)
            for document, count in zip(each.tolist(), counts.tolist(), strict=True):
                found[document, name] = max(count, found.get((document, name), 0))
    rows_told = [(document, name, count) for (document, name), count in found.items()]
    return sorted(rows_told, key=lambda row: (-row[2], row))


def _named_groups(grouped: list[tuple[int, str, int]], names: dict[int, Thing]) -> tuple[Grouped, ...]:
    return tuple(
        Grouped(names[document], "makers" if side == "makers" else "takers", count)
        for document, side, count in grouped[:_MOST_GROUPED]
    )
