"""Data flows: a unit hands a document or datum to another when its service produces what the other's requires.

A walk gives a page of arrows with everything said of them, or all of them one by one.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

import numpy as np

from kaysis_graph.answers.answer import Cut, Thing, page_cut, whole_list
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.answers.reply import Listing
from kaysis_graph.errors import TooLarge
from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.makers_and_takers import packed
from kaysis_graph.flows.alternatives import Alternative, find_alternative
from kaysis_graph.flows.answer import FlowAnswer, FlowArrow, FlowChoices, Grouped, Instead, Totals
from kaysis_graph.flows.arrows import ArrowPage, Most, draft_of_office, is_shortened, known_of, named_end, of_page
from kaysis_graph.flows.question import FlowQuestion
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
# So much of each arrow is told where its details are not asked for.
_IN_BRIEF = Most(documents=3, services=2, bases=1, terms=1)
_IN_A_STREAM = Most(documents=None, services=100, bases=100, terms=100)
_MOST_GROUPED = 50
_MOST_CHOICES = 100


class FlowWalk:
    """A question looked up once: its answer, its files and what it can be narrowed to are cut from the same arrows."""

    def __init__(self, graph: Graph, question: FlowQuestion, at: date) -> None:
        """NotFound for a record that is not there or not of the kind asked for."""
        self.question = question
        self._graph = graph
        self._at = at
        self._view = graph.on(at)
        self._selection = looked_up(graph, self._view, question)
        self._things = KnownThings(self._view)

    def answer(self, offset: int = 0, limit: int = ARROWS, *, in_brief: bool = False) -> FlowAnswer:
        """A page of arrows, in brief or with their details; TooLarge for more at once than an answer holds."""
        if limit > MOST_ARROWS:
            raise TooLarge("flows.too_many", most=MOST_ARROWS)
        view, found, lines = self._view, self._selection, self._selection.lines
        chosen = range(min(offset, len(lines)), min(offset + limit, len(lines)))
        page = ArrowPage(view, lines, chosen, _IN_BRIEF if in_brief else _fitting(lines, chosen))
        known = known_of(view, page, found.gaps.services)
        gaps = found.gaps.told(known.carriage)
        grouped = _grouped(lines)
        wanted = page.positions(known) | gaps.positions() | {document for document, _, _ in grouped[:_MOST_GROUPED]}
        wanted.update(found.records, found.documents, found.counterparts)
        offices = [draft_of_office(view, number, kind) for number, kind in lines.offices.items()]
        wanted.update(*(end.positions for end in offices))
        alternative = None if len(lines) else find_alternative(self._graph, view, self.question)
        wanted.update(alternative.records if alternative else ())
        names = self._things.at(wanted)
        arrows = page.arrows(self._graph, known, names)
        shortened = Cut("flows.in_brief" if in_brief else "flows.shortened") if is_shortened(arrows) else None
        cut = page_cut(len(lines), offset, len(arrows), shortened)
        return FlowAnswer(
            at=self._at,
            sequence=view.sequence,
            complete=cut is None,
            cut=cut,
            question=self.question,
            asked=tuple(names[record] for record in found.records),
            arrows=arrows,
            offset=offset,
            limit=limit,
            totals=_totals(lines),
            grouped=_named_groups(grouped, names),
            grouped_count=len(grouped),
            gaps=gaps.gaps(known.carriage, names),
            documents=tuple(names[document] for document in found.documents),
            counterparts=tuple(names[counterpart] for counterpart in found.counterparts),
            tied=found.tied,
            folded=tuple(named_end(self._graph, view, end, names) for end in offices),
            instead=None if alternative is None else _instead(alternative, names),
        )

    def listing(self) -> Listing[FlowAnswer, FlowArrow]:
        """The answer beside all its arrows, each with all its documents.

        Of the services and bases of a document the first hundred are named, the counts tell the rest.
        """
        return Listing(whole_list(self.answer(limit=0)), _stream(self._graph, self._view, self._selection.lines))

    @property
    def choices(self) -> FlowChoices:
        """What the question can be narrowed to, whatever it is narrowed to now; the hundred busiest of each."""
        documents, counterparts = self._choices
        names = self._things.at([*documents, *counterparts])
        return FlowChoices(tuple(names[each] for each in documents), tuple(names[each] for each in counterparts))

    @cached_property
    def _choices(self) -> tuple[list[int], list[int]]:
        """Documents, and institutions on the other side, by position."""
        view, question = self._view, self.question
        lines = self._selection.lines
        if question.is_narrowed:
            lines = looked_up(self._graph, view, question.not_narrowed).lines
        documents = _busiest(np.concatenate([part.document for part in lines.parts]))
        ends = np.concatenate([lines.sender, lines.receiver])
        institutions = view.once(institution_of)[ends[ends >= 0]]
        own = {int(view.once(institution_of)[view.records.position_of[each]]) for each in question.ids}
        return documents, [place for place in _busiest(institutions) if place not in own]


def flows_of(graph: Graph, question: FlowQuestion, at: date, *, offset: int = 0, limit: int = ARROWS) -> FlowAnswer:
    """The answer to a question; TooLarge when more arrows are asked for at once than an answer holds."""
    return FlowWalk(graph, question, at).answer(offset, limit)


def _instead(found: Alternative, names: Mapping[int, Thing]) -> Instead:
    asked = tuple(names[record] for record in found.records)
    return Instead(found.why, found.question, asked, found.arrows, found.offices)


def _busiest(positions: Ints) -> list[int]:
    each, counts = np.unique(positions, return_counts=True)
    busiest: list[int] = each[np.argsort(-counts, kind="stable")][:_MOST_CHOICES].tolist()
    return busiest


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


def _named_groups(grouped: list[tuple[int, str, int]], names: Mapping[int, Thing]) -> tuple[Grouped, ...]:
    return tuple(
        Grouped(names[document], "makers" if side == "makers" else "takers", count)
        for document, side, count in grouped[:_MOST_GROUPED]
    )
