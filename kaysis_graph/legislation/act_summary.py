"""An act or provision at a glance: how it stands on the day and why, and what lies around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from kaysis_graph.answers.answer import Answer, Thing, counted, kind_name, position_of_kind, things_by_position
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.facts.owners import institutions
from kaysis_graph.graph.columns import OPEN_FROM, Ints, date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments, endings, provision_tree, repeal_chains
from kaysis_graph.legislation.amendments import Changes
from kaysis_graph.legislation.dependants import counts_of
from kaysis_graph.legislation.endings import Ended, Ending
from kaysis_graph.legislation.provision_tree import ActBranch
from kaysis_graph.legislation.repeal_chains import ChainStep

State = Literal["in_force", "repealed", "ended", "not_in_force", "future"]
_BRANCHES = 25
_INSTITUTIONS = 8
_STEPS = 40
_RESTED = 24


@dataclass(frozen=True)
class Standing:
    """How an act stands on the day: since when, why no longer, how often it was amended, which bases it lost.

    `amendments` counts changes of single provisions, `amending` the acts they came from; repeals of provisions are
    among them.
    """

    state: State
    since: date | None
    begins: date | None
    ending: Ending | None
    amendments: int
    amending: int
    last_on: date | None
    last_by: Thing | None
    lost: tuple[Ending, ...]
    bases: int


@dataclass(frozen=True)
class Holder:
    """An institution, or nobody, with how many records of a kind that rest on the act are its own."""

    institution: Thing | None
    count: int


@dataclass(frozen=True)
class RestingKind:
    """The records of one kind that rest on an act, on its provisions, or on what rests on those."""

    kind: str
    total: int
    holders: tuple[Holder, ...]
    more: int


@dataclass(frozen=True)
class Rested:
    """A provision of the act that others rest on, with how many do directly, on it or on what is part of it."""

    provision: Thing
    count: int


@dataclass(frozen=True)
class Act(Answer):
    """An act at a glance; its lists are the first of each, with `…_total` for all.

    `up` is what it rests on directly, `down` what rests on it or on its provisions directly; `resting` counts to any
    depth. `whole` is the act that a provision is part of.
    """

    thing: Thing
    whole: Thing | None
    standing: Standing
    issuers: tuple[Thing, ...]
    provisions: int
    rested: tuple[Rested, ...]
    up_total: int
    up: tuple[ActBranch, ...]
    down_total: int
    down: tuple[ActBranch, ...]
    resting: tuple[RestingKind, ...]
    repealed: tuple[ChainStep, ...]
    repealed_is_cut: bool
    repealed_by: tuple[ChainStep, ...]
    repealed_by_is_cut: bool


def act(graph: Graph, identifier: str, at: date) -> Act:
    """The act or provision on the day; NotFound when there is none of that name."""
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Legislation", "Provision")
    standing = _standing(view, place)
    whole = int(amendments.act_ever(view, np.array([place], np.int32))[0])
    up = provision_tree.found(view, place, "up", "based_on", slice(0, _BRANCHES))
    down = provision_tree.found(view, place, "down", "based_on", slice(0, _BRANCHES))
    held = _resting(view, place)
    chains = [repeal_chains.found(view, place, way, _STEPS) for way in ("by", "of")]
    issuers = view.out(place, "ISSUED_BY").tolist()
    parts = amendments.parts_ever(view, place)[1:].tolist()
    directly = view.once(legal_basis.directly)
    counts = {part: int(directly[part]) for part in parts}
    rank = view.records.rank
    rested = sorted((part for part in parts if counts[part]), key=lambda part: (-counts[part], int(rank[part])))
    rested = rested[:_RESTED]
    asked = {place, whole, *issuers, *rested, *standing.places(), *up.places(), *down.places(), *held.places()}
    names = things_by_position(view, [*asked, *(one for chain in chains for one in chain.places())])
    repealed, repealed_by = repeal_chains.named(view, chains, names)
    return Act(
        at,
        view.sequence,
        complete=True,
        cut=None,
        thing=names[place],
        whole=names[whole] if whole != place else None,
        standing=standing.named(names),
        issuers=tuple(names[issuer] for issuer in issuers),
        provisions=len(parts),
        rested=tuple(Rested(names[part], counts[part]) for part in rested),
        up_total=up.total,
        up=up.named(names),
        down_total=down.total,
        down=down.named(names),
        resting=held.named(names),
        repealed=repealed,
        repealed_is_cut=chains[0].is_cut,
        repealed_by=repealed_by,
        repealed_by_is_cut=chains[1].is_cut,
    )


@dataclass(frozen=True)
class _Standing:
    state: State
    since: int
    ended: Ended | None
    changes: Changes
    lost: tuple[Ended, ...]
    bases: int

    def places(self) -> Iterable[int]:
        for ending in (*self.lost, *((self.ended,) if self.ended else ())):
            yield from ending.places()
        if len(self.changes):
            yield int(self.changes.act[-1])

    def named(self, names: Mapping[int, Thing]) -> Standing:
        changes = self.changes
        since = date_of(self.since)
        return Standing(
            state=self.state,
            since=None if self.state == "future" else since,
            begins=since if self.state == "future" else None,
            ending=self.ended.named(names) if self.ended else None,
            amendments=len(changes),
            amending=len(np.unique(changes.act)),
            last_on=date_of(int(changes.on[-1])) if len(changes) else None,
            last_by=names[int(changes.act[-1])] if len(changes) else None,
            lost=tuple(ending.named(names) for ending in self.lost),
            bases=self.bases,
        )


def _standing(view: View, place: int) -> _Standing:
    changes = amendments.of_act(view, place)
    own = int(amendments.act_ever(view, np.array([place], np.int32))[0])
    # A provision's days are seldom told: it has been there since its act has.
    since = int(view.since[place])
    since = int(view.since[own]) if since == OPEN_FROM else since
    # What ended the act itself is told as its ending.
    kept = ~(changes.is_whole & (changes.target == place))
    bases = view.out(place, "BASED_ON")
    lost = bases[view.once(legal_force.ended)[bases]]
    state = _state(view, place, since)
    return _Standing(
        state=state,
        since=since,
        ended=endings.ended(view, place) if state in ("repealed", "ended") else None,
        changes=_only(changes, np.flatnonzero(kept)),
        lost=tuple(endings.ended(view, base) for base in lost.tolist()),
        bases=len(bases),
    )


def _state(view: View, place: int, since: int) -> State:
    if view.day < since:
        return "future"
    if not view.once(legal_force.ended)[place]:
        return "in_force"
    if view.ever(legal_force.told_over)[place]:
        return "not_in_force"
    return "repealed" if endings.ended(view, place).by else "ended"


def _only(changes: Changes, rows: np.ndarray) -> Changes:
    return Changes(
        changes.source[rows],
        changes.target[rows],
        changes.act[rows],
        changes.on[rows],
        changes.is_repeal[rows],
        changes.is_whole[rows],
    )


@dataclass(frozen=True)
class _Held:
    kinds: Mapping[str, Mapping[int, int]]

    def places(self) -> Iterable[int]:
        for holders in self.kinds.values():
            yield from (place for place in [*holders][:_INSTITUTIONS] if place >= 0)

    def named(self, names: Mapping[int, Thing]) -> tuple[RestingKind, ...]:
        return tuple(
            RestingKind(
                kind,
                sum(holders.values()),
                tuple(
                    Holder(names[place] if place >= 0 else None, count)
                    for place, count in [*holders.items()][:_INSTITUTIONS]
                ),
                max(0, len(holders) - _INSTITUTIONS),
            )
            for kind, holders in self.kinds.items()
        )


def _resting(view: View, place: int) -> _Held:
    found: Ints = legal_basis.against(view, place, "based_on").positions
    owners, kinds = institutions(view, found), view.records.kind[found]
    names = counted([kind_name(view, one) for one in found.tolist()])
    numbers = {kind: view.records.kinds.index(kind) for kind in names}
    return _Held({kind: counts_of(owners[kinds == number]) for kind, number in numbers.items()})
