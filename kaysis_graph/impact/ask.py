"""Impact: what falls, or must be looked at again, when a record changes or ends."""

from collections.abc import Iterator
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
)
from kaysis_graph.facts import legal_basis
from kaysis_graph.facts.spread import SPREAD_STEPS
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import Reach, reach
from kaysis_graph.impact.selection import EVERYTHING, ImpactNarrowing, Selection, selected
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


def of(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    identifier: str,
    at: date,
    *,
    depth: int | None = None,
    offset: int = 0,
    limit: int = ROWS,
    wanted: ImpactNarrowing = EVERYTHING,
) -> Impact:
    """The impact of a record on the day; `wanted` narrows what is told, not what is walked. NotFound for no record."""
    view = graph.on(at)
    start = position(view, identifier)
    walk = reach(view, [start], SPREAD_STEPS, deepest=depth)
    own = _own(view, start)
    found = selected(graph, view, walk, wanted, own)
    shown = slice(offset, offset + limit)
    rows = _rows(graph, view, walk, found.positions[shown], found.owners[shown])
    parents = np.full(len(view), start, np.int32)
    parents[walk.positions] = np.where(walk.parents < 0, np.int32(start), walk.parents)
    total = len(found.positions)
    shallow = None if walk.whole else Cut("answers.depth", {"depth": depth})
    cut = page_cut(total, offset, len(rows), replace(found.cut, beside=shallow) if found.cut else shallow)
    return Impact(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        start=things_by_position(graph, view, [start])[start],
        own=int(own.sum()),
        total=total,
        direct=int(((parents[found.positions] == start) | own[parents[found.positions]]).sum()),
        offset=offset,
        kinds=counted([kind_name(view, place) for place in found.of_every_kind.tolist()]),
        institutions=_shares(graph, view, found),
        groups=found.groups,
        rows=tuple(rows),
    )


def stream(
    graph: Graph, identifier: str, at: date, *, depth: int | None = None, wanted: ImpactNarrowing = EVERYTHING
) -> Iterator[Fallen]:
    """All rows of the same answer."""
    view = graph.on(at)
    start = position(view, identifier)
    walk = reach(view, [start], SPREAD_STEPS, deepest=depth)
    found = selected(graph, view, walk, wanted, _own(view, start))
    for begin in range(0, len(found.positions), _ROWS_AT_A_TIME):
        shown = slice(begin, begin + _ROWS_AT_A_TIME)
        yield from _rows(graph, view, walk, found.positions[shown], found.owners[shown])


def _own(view: View, start: int) -> Mask:
    marks = np.zeros(len(view), np.bool_)
    if kind_name(view, start) in ("Legislation", "Provision"):
        marks[legal_basis.own_provisions(view, start)] = True
    return marks


def _rows(graph: Graph, view: View, walk: Reach, page: Ints, owners: Ints) -> list[Fallen]:
    chains = {place: walk.chain(place) for place in page.tolist()}
    reached = np.zeros(len(view), np.bool_)
    reached[walk.positions] = True
    bases = {place: legal_basis.standing_bases(view, place) for place in chains}
    asked = {place for chain in chains.values() for place, _ in chain} | {o for o in owners.tolist() if o >= 0}
    asked.update(base for held in bases.values() if reached[held].any() for base in held.tolist())
    names = things_by_position(graph, view, sorted(asked))
    producers = view.adjacency("PRODUCES", "into")
    return [
        Fallen(
            thing=names[place],
            depth=len(chain) - 1,
            institution=names[owner] if owner >= 0 else None,
            chain=tuple(
                ImpactLink(step.type, step.direction == "out", names[link]) for link, step in chain if step is not None
            ),
            other_sources=int((~reached[producers.of(place)]).sum()),
            ground=_ground(bases[place], reached, names),
        )
        for (place, chain), owner in zip(chains.items(), owners.tolist(), strict=True)
    ]


def _ground(bases: Ints, reached: Mask, names: dict[int, Thing]) -> Ground | None:
    is_touched = reached[bases]
    if not is_touched.any():
        return None
    touched, stays = (tuple(names[base] for base in held.tolist()) for held in (bases[is_touched], bases[~is_touched]))
    return Ground(len(bases), touched, stays)


def _shares(graph: Graph, view: View, found: Selection) -> tuple[ImpactShare, ...]:
    by_owner: dict[int, list[str]] = {}
    places, owners = found.of_every_institution
    for place, owner in zip(places.tolist(), owners.tolist(), strict=True):
        by_owner.setdefault(owner, []).append(kind_name(view, place))
    names = things_by_position(graph, view, [owner for owner in by_owner if owner >= 0])
    shares = [ImpactShare(names.get(owner), len(held), counted(held)) for owner, held in by_owner.items()]
    return tuple(sorted(shares, key=lambda share: (-share.count, share.institution.id if share.institution else "")))
