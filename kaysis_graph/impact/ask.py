"""Impact: what falls, or must be looked at again, when a record changes or ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import (
    Answer,
    Cut,
    Thing,
    counted,
    first_names,
    kind_name,
    page_cut,
    position,
    things_by_position,
    whole_list,
)
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts import legal_basis
from kaysis_graph.facts.spread import SPREAD_STEPS
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import Step, reach
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.impact.selection import selected
from kaysis_graph.messages import Language, say

ROWS = 500
_ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True)
class ImpactLink:
    """One link of a chain: over which edge the next record was reached, `along` its direction or against it."""

    type: str
    along: bool
    thing: Thing


@dataclass(frozen=True)
class Fallen:
    """One record that rests on what was asked about, with the shortest chain that makes it so.

    `other_sources` says how many services outside the impact still produce a document that lies in it. What rests on
    legislation of which some is affected has a `ground`: the bases that are touched and those that stay.
    """

    thing: Thing
    depth: int
    institution: Thing | None
    chain: tuple[ImpactLink, ...]
    other_sources: int = 0
    ground: "Ground | None" = None


@dataclass(frozen=True)
class Ground:
    """What a record rests on: how many standing bases it has, those that are affected, and those that stay."""

    bases: int
    touched: tuple[Thing, ...]
    stays: tuple[Thing, ...]


@dataclass(frozen=True)
class ImpactShare:
    """How much of the impact lies with one institution, by kind; without an institution it is nobody's."""

    institution: Thing | None
    count: int
    kinds: dict[str, int]


@dataclass(frozen=True)
class Impact(Answer):
    """Everything that rests on a record, directly or on the way, by depth and then identifier unless asked otherwise.

    `total`, `direct` and `groups` count what was wanted, `rows` holds those from `offset` on. `kinds` counts what would
    be told of every kind, `institutions` of every institution, whichever of them were asked for. The provisions an act
    consists of are not affected by it but part of it: `own` counts them, and nothing else does. `direct` counts what
    needs the record itself or one of its own provisions.
    """

    start: Thing
    own: int
    total: int
    direct: int
    offset: int
    kinds: dict[str, int]
    institutions: tuple[ImpactShare, ...]
    groups: dict[str, int]
    rows: tuple[Fallen, ...]


def about_ground(ground: Ground, language: Language) -> str:
    """What stays of the ground a record stands on, in a sentence."""
    if not ground.stays:
        return say("impact.only_ground" if ground.bases == 1 else "impact.whole_ground", language, bases=ground.bases)
    values = {"touched": len(ground.touched), "bases": ground.bases, "stays": first_names(ground.stays, language)}
    return say("impact.part_of_ground", language, **values)


@dataclass(frozen=True)
class _Draft:
    """Rows by position: the chain of each up to it, whom it belongs to (-1 for nobody), and what it rests on."""

    chains: dict[int, list[tuple[int, Step | None]]]
    owners: Ints
    bases: dict[int, Ints]
    reached: Mask

    def positions(self) -> set[int]:
        """The records that are named in these rows."""
        named = {place for chain in self.chains.values() for place, _ in chain}
        named.update(owner for owner in self.owners.tolist() if owner >= 0)
        touched = (held for held in self.bases.values() if self.reached[held].any())
        return named | {base for held in touched for base in held.tolist()}


class ImpactWalk:
    """One walk from a record: pages, pictures and files are cut from it, and name each record once."""

    def __init__(self, graph: Graph, question: ImpactQuestion, at: date) -> None:
        """NotFound for no record, Invalid for kinds there are not."""
        self._graph = graph
        self._question = question
        self._view = view = graph.on(at)
        self._at = at
        self._start = position(view, question.id)
        self._walk = reach(view, [self._start], SPREAD_STEPS, deepest=question.depth)
        self._own = _own(view, self._start)
        self._selected = selected(graph, view, self._walk, question, self._own)
        self._things = KnownThings(view)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Impact:
        """The answer with at most `limit` rows from `offset` on."""
        view, found = self._view, self._selected
        draft = self._draft(slice(offset, offset + limit))
        shares = self._shares()
        places = draft.positions() | {owner for owner in shares if owner >= 0} | {self._start}
        names = self._things.at(sorted(places))
        total = len(found.positions)
        shallow = None if self._walk.whole else Cut("answers.depth", {"depth": self._question.depth})
        cut = page_cut(total, offset, len(draft.chains), replace(found.cut, beside=shallow) if found.cut else shallow)
        return Impact(
            self._at,
            view.sequence,
            complete=cut is None,
            cut=cut,
            start=names[self._start],
            own=int(self._own.sum()),
            total=total,
            direct=self._direct(),
            offset=offset,
            kinds=counted([kind_name(view, place) for place in found.of_every_kind.tolist()]),
            institutions=_named_shares(shares, names),
            groups=found.groups,
            rows=tuple(_rows(view, draft, names)),
        )

    def listing(self) -> Listing[Impact, Fallen]:
        """The answer beside all its rows, which are named some thousand at a time."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[Fallen]:
        for begin in range(0, len(self._selected.positions), _ROWS_AT_A_TIME):
            draft = self._draft(slice(begin, begin + _ROWS_AT_A_TIME))
            names = things_by_position(self._view, sorted(draft.positions()))
            yield from _rows(self._view, draft, names)

    def _draft(self, shown: slice) -> _Draft:
        reached = np.zeros(len(self._view), np.bool_)
        reached[self._walk.positions] = True
        chains = {place: self._walk.chain(place) for place in self._selected.positions[shown].tolist()}
        bases = {place: legal_basis.standing_bases(self._view, place) for place in chains}
        return _Draft(chains, self._selected.owners[shown], bases, reached)

    def _direct(self) -> int:
        """How many of what is told need the record itself or one of its own provisions."""
        parents = np.full(len(self._view), self._start, np.int32)
        parents[self._walk.positions] = np.where(self._walk.parents < 0, np.int32(self._start), self._walk.parents)
        above = parents[self._selected.positions]
        return int(((above == self._start) | self._own[above]).sum())

    def _shares(self) -> dict[int, list[str]]:
        """The kinds of what lies with each institution, under -1 of what is nobody's."""
        by_owner: dict[int, list[str]] = {}
        places, owners = self._selected.of_every_institution
        for place, owner in zip(places.tolist(), owners.tolist(), strict=True):
            by_owner.setdefault(owner, []).append(kind_name(self._view, place))
        return by_owner


def impact_of(graph: Graph, question: ImpactQuestion, at: date, *, offset: int = 0, limit: int = ROWS) -> Impact:
    """The impact of a record on the day. NotFound for no record, Invalid for kinds there are not."""
    return ImpactWalk(graph, question, at).answer(offset, limit)


def _own(view: View, start: int) -> Mask:
    marks = np.zeros(len(view), np.bool_)
    if kind_name(view, start) in ("Legislation", "Provision"):
        marks[legal_basis.own_provisions(view, start)] = True
    return marks


def _rows(view: View, draft: _Draft, names: Mapping[int, Thing]) -> Iterator[Fallen]:
    producers = view.adjacency("PRODUCES", "into")
    for (place, chain), owner in zip(draft.chains.items(), draft.owners.tolist(), strict=True):
        yield Fallen(
            thing=names[place],
            depth=len(chain) - 1,
            institution=names[owner] if owner >= 0 else None,
            chain=tuple(
                ImpactLink(step.type, step.direction == "out", names[link]) for link, step in chain if step is not None
            ),
            other_sources=int((~draft.reached[producers.of(place)]).sum()),
            ground=_ground(draft.bases[place], draft.reached, names),
        )


def _ground(bases: Ints, reached: Mask, names: Mapping[int, Thing]) -> Ground | None:
    is_touched = reached[bases]
    if not is_touched.any():
        return None
    touched, stays = (tuple(names[base] for base in held.tolist()) for held in (bases[is_touched], bases[~is_touched]))
    return Ground(len(bases), touched, stays)


def _named_shares(shares: dict[int, list[str]], names: Mapping[int, Thing]) -> tuple[ImpactShare, ...]:
    named = [
        ImpactShare(names[owner] if owner >= 0 else None, len(kinds), counted(kinds)) for owner, kinds in shares.items()
    ]
    return tuple(sorted(named, key=lambda share: (-share.count, share.institution.id if share.institution else "")))
