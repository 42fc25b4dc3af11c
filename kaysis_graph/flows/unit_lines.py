"""Arrows of a data-flow answer before they have names: which documents go from one end to the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kaysis_graph.facts import handovers
from kaysis_graph.facts.handovers import Handovers
from kaysis_graph.facts.institutions import institution_of, units_below, units_meant
from kaysis_graph.facts.makers_and_takers import NOWHERE, Side, makers, packed, takers
from kaysis_graph.flows.office_kinds import OfficeKind
from kaysis_graph.flows.question import Units
from kaysis_graph.graph.columns import Ints, Longs, Mask, frozen, spread
from kaysis_graph.graph.view import View


@dataclass(frozen=True)
class Members:
    """The services on one side of some handovers by document and place, to be looked up many at a time."""

    keys: Longs
    starts: Longs
    services: Ints

    @staticmethod
    def of(side: Side) -> "Members":
        """The services of a side, each once for a document and place."""
        keys = packed(side.document, side.place)
        order = np.lexsort((side.service, keys))
        keys, services = keys[order], side.service[order]
        is_new = np.ones(len(keys), np.bool_)
        is_new[1:] = (keys[1:] != keys[:-1]) | (services[1:] != services[:-1])
        keys, services = keys[is_new], services[is_new]
        is_first = np.ones(len(keys), np.bool_)
        is_first[1:] = keys[1:] != keys[:-1]
        begins = np.flatnonzero(is_first)
        return Members(keys[begins], np.append(begins, len(keys)).astype(np.int64), services)

    def at(self, documents: Ints, place: int) -> tuple[Ints, Longs]:
        """The services at the place for each document in turn, and how many each has; all must be known there."""
        found = np.searchsorted(self.keys, packed(documents, np.full(len(documents), place, np.int32)))
        counts = self.starts[found + 1] - self.starts[found]
        return self.services[spread(self.starts[found], counts)], counts


@dataclass(frozen=True)
class Lines:
    """Arrows by sender and receiver, those with the most documents first, then those with the most meetings.

    An arrow is made of the rows `begin` to `end` of its part; each row is one document. `place` tells to which end
    each unit counted before documents with many makers or takers were grouped. With `are_categories` every end is one.
    `offices` are the kinds of office that some units were folded into, by the number that stands for each as an end.
    """

    parts: tuple[Handovers, ...]
    part: Ints
    begin: Longs
    end: Longs
    sender: Ints
    receiver: Ints
    meetings: Longs
    place: Ints
    are_categories: bool = False
    offices: Mapping[int, OfficeKind] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.part)

    def documents(self) -> Ints:
        """The documents of all arrows, each once."""
        carried = [part.document[self._covered(number, len(part))] for number, part in enumerate(self.parts)]
        return np.unique(np.concatenate(carried))

    @cached_property
    def members(self) -> tuple[tuple[Members, Members], ...]:
        """The services that produce and those that require, for each part."""
        return tuple((Members.of(part.makers), Members.of(part.takers)) for part in self.parts)

    def _covered(self, number: int, size: int) -> Mask:
        mine = self.part == number
        steps = np.zeros(size + 1, np.int64)
        np.add.at(steps, self.begin[mine], 1)
        np.add.at(steps, self.end[mine], -1)
        covered: Mask = np.cumsum(steps)[:-1] > 0
        return covered

    def rows(self, arrow: int) -> tuple[Handovers, Longs]:
        """The part of an arrow and its rows in it, the document with the most meetings first."""
        part = self.parts[self.part[arrow]]
        rows = np.arange(self.begin[arrow], self.end[arrow], dtype=np.int64)
        return part, rows[np.argsort(-part.meetings[rows], kind="stable")]


def lines_of(
    view: View, parts: Sequence[Handovers], place: Ints, *, across: bool = False, are_categories: bool = False
) -> Lines:
    """The arrows of these handovers; with `across` only those between two known ends that differ.

    A group and itself do differ: what is told there passes between its members.
    """
    columns = [_bundles(part) for part in parts]
    part = np.concatenate([np.full(len(begin), number, np.int32) for number, (begin, _) in enumerate(columns)])
    begin = np.concatenate([begin for begin, _ in columns])
    end = np.concatenate([end for _, end in columns])
    sender = np.concatenate([each.sender[first] for each, (first, _) in zip(parts, columns, strict=True)])
    receiver = np.concatenate([each.receiver[first] for each, (first, _) in zip(parts, columns, strict=True)])
    meetings = np.concatenate(
        [
            np.add.reduceat(each.meetings, first) if len(first) else np.empty(0, np.int64)
            for each, (first, _) in zip(parts, columns, strict=True)
        ]
    )
    order = np.lexsort((part, _key(view, receiver), _key(view, sender), -meetings, begin - end))
    if across:
        is_across = (sender != receiver) | (sender < 0)
        order = order[(is_across & (sender != NOWHERE) & (receiver != NOWHERE))[order]]
    return Lines(
        tuple(parts),
        part=frozen(part[order]),
        begin=frozen(begin[order]),
        end=frozen(end[order]),
        sender=frozen(sender[order]),
        receiver=frozen(receiver[order]),
        meetings=frozen(meetings[order]),
        place=place,
        are_categories=are_categories,
    )


def of_state(view: View) -> Lines:
    """The arrows between the institutions of the whole state."""
    everything = handovers.between(view, view.once(makers), view.once(takers))
    return lines_of(view, [everything], view.once(institution_of), across=True)


def units_tied(view: View, organisation: int) -> Mask:
    """The units that hang under an organisation by a further tie and belong to another institution by their first.

    A civil registry of a district is housed by the district governorship and tied to the ministry's directorate.
    """
    tied: Mask = units_below(view, organisation) & ~units_meant(view, organisation)
    tied[organisation] = False
    return tied


def units_counted(view: View, organisation: int, which: Units) -> Mask:
    """The units whose flows count as those of the organisation: its own, those tied to it, or both."""
    match which:
        case "own":
            return units_meant(view, organisation)
        case "tied":
            return units_tied(view, organisation)
        case "both":
            return units_meant(view, organisation) | units_tied(view, organisation)


def _bundles(part: Handovers) -> tuple[Longs, Longs]:
    """The first row of each arrow and the row after its last; rows come by sender and receiver."""
    is_first = np.ones(len(part), np.bool_)
    is_first[1:] = (np.diff(part.sender) != 0) | (np.diff(part.receiver) != 0)
    begin = np.flatnonzero(is_first).astype(np.int64)
    return begin, np.append(begin[1:], len(part)).astype(np.int64)[: len(begin)]


def _key(view: View, ends: Ints) -> Longs:
    """What ends of equal weight are ordered by: groups by number, then records by identifier."""
    keys = ends.astype(np.int64)
    known = ends >= 0
    keys[known] = view.records.rank[ends[known]]
    return keys
