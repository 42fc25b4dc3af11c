"""Which records' RDF a change, or the turn of a day, can alter.

A record's quads follow from the record and the edges that leave it, and from how it stands among others
(`record_roles.py`): whether something valid points at it, whether it is in force. So what reaches further than its own
record are the days a record is valid and the edges that carry force; everything else stays with the two ends.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from pyoxigraph import NamedNode, Store

from kaysis_graph.graph.columns import Ints, distinct
from kaysis_graph.graph.history import Change
from kaysis_graph.graph.view import View
from kaysis_graph.linked import literals
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF

_OBJECT = NamedNode(f"{RDF}object")
_DAYS = ("valid_from", "valid_to")
# What tells when a record is there, and whether a text is in force.
_LIFE = (*_DAYS, "earlier_spells", "told_force")
# A repeal ends acts and what is part of them; what is part of a service or offers it changes what the service is.
_FAR_REACHING = frozenset({"REPEALS", "PART_OF", "PROVIDED_BY"})
# guess: article, paragraph, clause, sub-clause and annexes nest five deep; the rest is for cycles to end in.
_DEEPEST_PROVISION = 16


@dataclass
class AffectedRecords:
    """Records to be made anew, and those of them whose own standing may have changed, which reaches on to others."""

    records: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)


def by_changes(changes: Iterable[Change]) -> AffectedRecords:
    """What changes of the sequence touch: the records they name and both ends of edges."""
    touched = AffectedRecords()
    for change in changes:
        for row in change.told():
            if row.record is not None:
                touched.records.add(row.record["id"])
                before, after = row.before or {}, row.after or {}
                is_there = row.before is not None and row.after is not None
                if not is_there or any(before.get(name) != after.get(name) for name in _LIFE):
                    touched.standing.add(row.record["id"])
            if row.edge is not None:
                ends = {row.edge["source"], row.edge["target"]}
                touched.records |= ends
                if row.edge["type"] in _FAR_REACHING:
                    touched.standing |= ends
    return touched


def by_days(store: Store, iris: Iris, last: date, now: date) -> AffectedRecords:
    """What begins or ends on a day after `last`, up to `now`; the copy itself holds every such day."""
    touched = AffectedRecords()
    for number in range((now - last).days):
        day = literals.day(last + timedelta(days=number + 1))
        for name in _DAYS:
            for quad in store.quads_for_pattern(None, iris.own(name), day, None):
                assert isinstance(quad.subject, NamedNode), "no blank nodes are written"
                ends = {quad.subject.value}
                ends |= {
                    one.object.value
                    for one in store.quads_for_pattern(quad.subject, _OBJECT, None, None)
                    if isinstance(one.object, NamedNode)
                }
                named = {found[1] for iri in ends if (found := iris.record_of(iri)) is not None}
                touched.records |= named
                touched.standing |= named
    return touched


def reached(view: View, touched: AffectedRecords) -> set[str]:
    """All records to be made anew, once what follows from a changed standing is counted in."""
    records = view.records
    starts = np.array(
        [position for name in touched.standing if (position := records.position_of.get(name)) is not None], np.int32
    )
    starts = distinct(starts)
    near = [starts, *(_far_ends(view, edge_type, starts, leaving=True) for edge_type in view.edges)]
    around = distinct(np.concatenate(near))
    acts = around[records.of_kinds("Legislation", "Provision")[around]]
    acts = _with_repealed(view, acts)
    services = around[records.of_kinds("Service")[around]]
    named = np.array([records.position_of[name] for name in touched.records if name in records.position_of], np.int32)
    steps = named[records.of_kinds("CorrespondenceStep")[named]]
    found = distinct(
        np.concatenate(
            (
                around,
                # The procedure of a service implements what its steps rest on.
                _far_ends(view, "PART_OF", steps, leaving=True),
                acts,
                # A repeal is told as one only when it has ended what it names.
                _far_ends(view, "REPEALS", acts, leaving=False),
                _walked(acts, lambda front: _provisions_of(view, front)),
                _walked(acts, lambda front: _far_ends(view, "PART_OF", front, leaving=True)),
                # A service that nobody offers is asked for under another property.
                _far_ends(view, "REQUIRES", services, leaving=False),
            )
        )
    )
    return touched.records | {str(records.ids[position]) for position in found}


def _with_repealed(view: View, acts: Ints) -> Ints:
    """These texts, what they or their provisions repeal, and what that repeals: each counts if its act is there."""
    found = front = acts
    while len(front):
        repealing = distinct(np.concatenate((front, _walked(front, lambda front: _provisions_of(view, front)))))
        front = np.setdiff1d(_far_ends(view, "REPEALS", repealing, leaving=True), found)
        found = distinct(np.concatenate((found, front)))
    return found


def _provisions_of(view: View, wholes: Ints) -> Ints:
    parts = _far_ends(view, "PART_OF", wholes, leaving=False)
    return parts[view.records.of_kinds("Provision")[parts]]


def _far_ends(view: View, edge_type: str, positions: Ints, *, leaving: bool) -> Ints:
    columns = view.edges[edge_type]
    rows, _ = columns.rows_of(positions, leaving=leaving)
    return (columns.target if leaving else columns.source)[rows]


def _walked(starts: Ints, onward: Callable[[Ints], Ints]) -> Ints:
    def fronts() -> Iterator[Ints]:
        front = starts
        for _ in range(_DEEPEST_PROVISION):
            front = distinct(onward(front))
            if len(front) == 0:
                return
            yield front

    return np.concatenate([np.empty(0, np.int32), *fronts()])
