"""Who rests on an act, on its provisions, or on what rests on those: services, bodies, documents, other acts."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import (
    Answer,
    Thing,
    counted,
    kind_name,
    page_cut,
    position_of_kind,
    things_by_position,
    whole_list,
)
from kaysis_graph.answers.institution_choice import chosen_institution
from kaysis_graph.answers.question import known_kinds
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts import legal_basis
from kaysis_graph.facts.legal_basis import Walk
from kaysis_graph.facts.owners import institutions
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation.question import RestingQuestion

ROWS = 500
_ROWS_AT_A_TIME = 2_000
_INSTITUTIONS = 100


@dataclass(frozen=True)
class Rest:
    """One record that rests on the act: whose it is, over which text, and over how many steps."""

    thing: Thing
    institution: Thing | None
    via: Thing
    depth: int


@dataclass(frozen=True)
class DependantShare:
    """How many of the records lie with one institution; without one they are nobody's."""

    institution: Thing | None
    count: int


@dataclass(frozen=True)
class Resting(Answer):
    """The records that rest on an act, by kind, institution and identifier.

    `kinds` counts all, `institutions` those of the kind asked for, the largest hundred; `total` counts what is listed.
    """

    start: Thing
    total: int
    offset: int
    kinds: dict[str, int]
    institutions: tuple[DependantShare, ...]
    rows: tuple[Rest, ...]


@dataclass(frozen=True)
class _Told:
    positions: Ints
    owners: Ints
    via: Ints
    depths: Ints


class RestingWalk:
    """What rests on an act or provision, walked once: pages and files are cut from it."""

    def __init__(self, graph: Graph, question: RestingQuestion, at: date) -> None:
        """NotFound for no act, provision or institution, Invalid for no kind and for a unit in place of the latter."""
        self._graph = graph
        self._at = at
        self._view = view = graph.on(at)
        kinds = known_kinds(graph.schema, (question.kind,), "kind") if question.kind else None
        institution = chosen_institution(view, question.institution)
        self._start = position_of_kind(view, question.id, "Legislation", "Provision")
        self._walk = legal_basis.against(view, self._start, "based_on")
        self._of_kind = _told(view, self._walk, kinds, None)
        self._told = self._of_kind if institution is None else _told(view, self._walk, kinds, institution)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Resting:
        """The answer with at most `limit` rows from `offset` on."""
        view, told = self._view, self._told
        shares = counts_of(self._of_kind.owners)
        page = slice(offset, offset + limit)
        owners = (owner for owner in [*shares][:_INSTITUTIONS] if owner >= 0)
        names = things_by_position(view, [self._start, *_places(told, page), *owners])
        rows = _rows(told, page, names)
        cut = page_cut(len(told.positions), offset, len(rows))
        return Resting(
            self._at,
            view.sequence,
            complete=cut is None,
            cut=cut,
            start=names[self._start],
            total=len(told.positions),
            offset=offset,
            kinds=counted([kind_name(view, one) for one in self._walk.positions.tolist()]),
            institutions=tuple(
                DependantShare(names[owner] if owner >= 0 else None, count)
                for owner, count in [*shares.items()][:_INSTITUTIONS]
            ),
            rows=rows,
        )

    def listing(self) -> Listing[Resting, Rest]:
        """The answer beside all its rows."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[Rest]:
        for begin in range(0, len(self._told.positions), _ROWS_AT_A_TIME):
            page = slice(begin, begin + _ROWS_AT_A_TIME)
            yield from _rows(self._told, page, things_by_position(self._view, _places(self._told, page)))


def counts_of(owners: Ints) -> dict[int, int]:
    """How many records each owner has, most first; those of nobody (-1) last."""
    found, counts = np.unique(owners, return_counts=True)
    pairs = zip(found.tolist(), counts.tolist(), strict=True)
    return dict(sorted(pairs, key=lambda pair: (pair[0] < 0, -pair[1], pair[0])))


def _told(view: View, walk: Walk, kinds: Collection[str] | None, institution: int | None) -> _Told:
    owners = institutions(view, walk.positions)
    kept = np.ones(len(owners), np.bool_)
    if kinds is not None:
        kept &= view.records.of_kinds(*kinds)[walk.positions]
    if institution is not None:
        kept &= owners == institution
    kind = view.records.kind[walk.positions]
    # Acts come last: whoever asks what rests on an act asks for services and bodies first.
    late = view.records.of_kinds("Legislation", "Provision")[walk.positions]
    # Nobody's come after those of all institutions.
    whose = np.where(owners < 0, len(view), view.records.rank[owners])
    order = np.lexsort((view.records.rank[walk.positions], walk.depths, whose, kind, late))
    order = order[kept[order]]
    return _Told(walk.positions[order], owners[order], walk.via[order], walk.depths[order])


def _places(told: _Told, page: slice) -> list[int]:
    owners = [owner for owner in told.owners[page].tolist() if owner >= 0]
    return [*told.positions[page].tolist(), *told.via[page].tolist(), *owners]


def _rows(told: _Told, page: slice, names: dict[int, Thing]) -> tuple[Rest, ...]:
    columns = (told.positions[page], told.owners[page], told.via[page], told.depths[page])
    return tuple(
        Rest(names[place], names[owner] if owner >= 0 else None, names[via], depth)
        for place, owner, via, depth in zip(*(column.tolist() for column in columns), strict=True)
    )
