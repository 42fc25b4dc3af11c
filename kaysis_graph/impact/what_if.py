"""What-if: what would change on a day if some records ended, as lists with reasons and figures before and after."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from kaysis_graph.answers.answer import Cut, Thing, kind_name, position, things_by_position
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.facts.handovers import RolledUp, rolled_up_with_inside
from kaysis_graph.facts.makers_and_takers import Side, makers, packed, takers
from kaysis_graph.facts.owners import institutions
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.impact.assumption import Assumption, Chain, How, assume, how_assumed
from kaysis_graph.impact.what_if_answer import (
    Assumed,
    DocumentLoss,
    Figure,
    Figures,
    FlowLoss,
    Loss,
    Reason,
    Section,
    TableLoss,
    WhatIf,
)
from kaysis_graph.impact.what_if_question import WhatIfQuestion

LISTED: Final = 100
# guess: more than a reader compares at once.
MOST_ASSUMED: Final = 20


class WhatIfWalk:
    """What follows from assumptions, followed once: the answer with some rows and the one with all are cut from it."""

    def __init__(self, graph: Graph, question: WhatIfQuestion, at: date) -> None:
        """NotFound for a record that is not there, Invalid for one that has ended, for too many and for none."""
        self._graph = graph
        self._at = at
        self._view = graph.on(at)
        self._chain: Chain = question.meant("chain")
        asked = [position(self._view, identifier) for identifier in question.record]
        _check(self._view, asked, question.assume)
        self._assumption = assume(self._view, asked, self._chain)

    def answer(self, limit: int | None = LISTED) -> WhatIf:
        """The difference the assumptions make, with `limit` rows of each list, all where it is None."""
        found = _Difference(self._assumption, limit)
        names = things_by_position(self._view, sorted(found.positions()))
        totals = found.totals
        is_cut = limit is not None and any(count > limit for count in totals.values())
        return WhatIf(
            self._at,
            self._view.sequence,
            complete=not is_cut,
            cut=Cut("what_if.shortened", {"most": limit}) if is_cut else None,
            assumed=tuple(
                Assumed(names[place], how_assumed(kind_name(self._view, place)), len(own))
                for place, own in zip(found.assumption.assumed, found.assumption.own, strict=True)
            ),
            chain=self._chain,
            figures=found.figures(),
            totals=totals,
            acts=found.losses("acts", names),
            services=found.losses("services", names),
            others=found.losses("others", names),
            documents=tuple(
                DocumentLoss(names[place], _named(made, names), _named(asked_by, names))
                for place, made, asked_by in found.document_rows
            ),
            flows=tuple(
                FlowLoss(names[sender], names[receiver], before, after, _named(documents, names))
                for sender, receiver, before, after, documents in found.flow_rows
            ),
            tables=tuple(
                TableLoss(names[unit], before, after, _named(struck, names), _named(vain, names))
                for unit, before, after, struck, vain in found.table_rows
            ),
        )


def what_if_of(graph: Graph, question: WhatIfQuestion, at: date, limit: int | None = LISTED) -> WhatIf:
    """The difference the assumptions make on the day; as `WhatIfWalk`."""
    return WhatIfWalk(graph, question, at).answer(limit)


def check_assumption(graph: Graph, identifier: str, at: date, how: How) -> None:
    """Invalid unless `how` is what can be assumed of the record; NotFound for one that is not there."""
    view = graph.on(at)
    _check_fit(view, position(view, identifier), how)


def _check_fit(view: View, place: int, how: How) -> None:
    fits = how_assumed(kind_name(view, place))
    if how != fits:
        values = {"id": str(view.records.ids[place]), "how": how, "fits": fits}
        raise Invalid([Problem("what_if.does_not_fit", {"parameter": "assume"}, values)])


def _check(view: View, asked: list[int], how: How | None) -> None:
    if not asked:
        raise Invalid([Problem("what_if.nothing", {"parameter": "record"})])
    if len(asked) > MOST_ASSUMED:
        raise Invalid([Problem("what_if.too_many", {"parameter": "record"}, {"most": MOST_ASSUMED})])
    if how is not None:
        for place in asked:
            _check_fit(view, place, how)
    over = view.once(legal_force.ended)
    gone = [str(view.records.ids[place]) for place in asked if over[place] or not view.valid[place]]
    if gone:
        raise Invalid([Problem("what_if.not_there", {"parameter": "record"}, {"id": ", ".join(gone)})])


def _named(positions: Ints, names: dict[int, Thing]) -> tuple[Thing, ...]:
    return tuple(names[place] for place in positions.tolist())


def _marked(size: int, positions: Ints) -> Mask:
    marks = np.zeros(size, np.bool_)
    marks[positions] = True
    return marks


def _whole_state(view: View) -> RolledUp:
    return rolled_up_with_inside(view, None)


@dataclass(frozen=True)
class _Row:
    place: int
    reason: Reason
    lost: Ints
    stays: Ints


def _is_exchanged(document: int, made: Side, taken: Side) -> bool:
    """Whether two different services meet over the document."""
    services = np.union1d(made.service[made.document == document], taken.service[taken.document == document])
    return len(services) > 1


class _Places:
    """Makers and takers by the institution they count with: a file of all flows asks for thousands of pairs."""

    def __init__(self, view: View) -> None:
        self._sides = view.once(makers), view.once(takers)
        self._orders = tuple(np.argsort(side.place, kind="stable") for side in self._sides)
        self._sorted = tuple(side.place[order] for side, order in zip(self._sides, self._orders, strict=True))

    def makers(self, place: int) -> Side:
        """Who makes anything there."""
        return self._at(0, place)

    def takers(self, place: int) -> Side:
        """Who asks for anything there."""
        return self._at(1, place)

    def _at(self, number: int, place: int) -> Side:
        # Of another type of number the whole column would be turned first, at every call.
        begin, end = np.searchsorted(self._sorted[number], np.array([place, place + 1], np.int32))
        return self._sides[number].rows(self._orders[number][begin:end])


class _Difference:
    """The same answers asked of the day as it is and as it would be, side by side."""

    def __init__(self, assumption: Assumption, limit: int | None) -> None:
        self.assumption = assumption
        self.before, self.after = assumption.before, assumption.after
        self._limit = limit
        self._gone = _marked(len(self.before), np.array(assumption.assumed, np.int32))
        for own in assumption.own:
            self._gone[own] = True

    @property
    def _gone_services(self) -> bool:
        return bool((self._gone & self.before.records.of_kinds("Service")).any())

    @cached_property
    def _losses(self) -> dict[Section, list[_Row]]:
        """Whatever stood on legislation or had an offerer, and has less of it."""
        before, after, records = self.before, self.after, self.before.records
        over, would_be = before.once(legal_force.ended), after.once(legal_force.ended)
        columns, rows = before.edges["BASED_ON"], before.all_holding("BASED_ON")
        fallen = (would_be & ~over)[columns.target[rows]]
        touched = np.unique(columns.source[rows[fallen]])
        touched = touched[before.once(legal_force.in_force)[touched] & ~self._gone[touched]]
        found: dict[Section, list[_Row]] = {"acts": [], "services": [], "others": []}
        acts, services = records.of_kinds("Legislation", "Provision"), records.of_kinds("Service")
        for place in self._ordered(touched).tolist():
            bases = legal_basis.standing_bases(before, place)
            section: Section = "acts" if acts[place] else "services" if services[place] else "others"
            found[section].append(_Row(place, "ground", bases[would_be[bases]], bases[~would_be[bases]]))
        for place in self._ordered(self._touched_offers).tolist():
            units = before.adjacency("PROVIDED_BY", "out").of(place)
            units = units[before.valid[units]]
            found["services"].append(_Row(place, "offerer", units[self._gone[units]], units[~self._gone[units]]))
        for section_rows in found.values():
            # What loses all comes first, then what is nearest.
            section_rows.sort(key=lambda row: (len(row.stays) > 0, int(self.assumption.depth[row.place])))
        return found

    @cached_property
    def _touched_offers(self) -> Ints:
        columns, rows = self.before.edges["PROVIDED_BY"], self.before.all_holding("PROVIDED_BY")
        units = self._gone & self.before.records.of_kinds("Organisation") & self.before.valid
        found = np.unique(columns.source[rows[units[columns.target[rows]]]])
        return found[~self._gone[found]]

    @cached_property
    def _unmade(self) -> Ints:
        """The documents that were made by somebody and would be by nobody, and those assumed to be issued no longer."""
        was, stays = (np.unique(view.once(makers).document) for view in (self.before, self.after))
        return self._ordered(np.setdiff1d(was, stays))

    @cached_property
    def document_rows(self) -> list[tuple[int, Ints, Ints]]:
        """The documents nobody would make, with the services that made them and those that would ask in vain."""
        made, taken = self.before.once(makers), self.after.once(takers)
        rows = []
        for document in self._shown(self._unmade).tolist():
            one = np.array([document], np.int32)
            sides = (made.of_documents(one).service, taken.of_documents(one).service)
            rows.append((document, *(np.unique(side) for side in sides)))
        return rows

    @cached_property
    def _rolled(self) -> tuple[RolledUp, RolledUp]:
        """All flows of the state by institution, before and after, nothing grouped: groups would hide who goes."""
        before = self.before.once(_whole_state)
        kept = {edge_type: self.after.edges[edge_type] for edge_type in ("PRODUCES", "REQUIRES", "PROVIDED_BY")}
        same = all(columns is self.before.edges[edge_type] for edge_type, columns in kept.items())
        # A second is spared where no service stops and nothing is offered or made less.
        if same and not self.assumption.stopped.any() and not self._gone_services:
            return before, before
        return before, _whole_state(self.after)

    @cached_property
    def _lost_flows(self) -> list[tuple[int, int, int, int]]:
        was, stays = self._rolled
        keys, left_keys = packed(was.sender, was.receiver), packed(stays.sender, stays.receiver)
        order = np.argsort(left_keys)
        left = np.zeros(len(keys), np.int32)
        if len(order):
            found = order[np.minimum(np.searchsorted(left_keys, keys, sorter=order), len(order) - 1)]
            known = left_keys[found] == keys
            left[known] = stays.documents[found[known]]
        less = np.flatnonzero(left < was.documents)
        rank = self.before.records.rank
        sender, receiver, count, rest = was.sender[less], was.receiver[less], was.documents[less], left[less]
        columns = (sender, receiver, count, rest)
        ordered = np.lexsort((rank[receiver], rank[sender], rest - count))
        return list(zip(*(column[ordered].tolist() for column in columns), strict=True))

    @cached_property
    def flow_rows(self) -> list[tuple[int, int, int, int, Ints]]:
        """The pairs of institutions that exchange less, with the documents that go."""
        rows = self._lost_flows[: self._limit]
        return [
            (sender, receiver, before, after, self._gone_documents(sender, receiver, before - after))
            for sender, receiver, before, after in rows
        ]

    def _gone_documents(self, sender: int, receiver: int, count: int) -> Ints:
        """The documents that one hands to the other no longer, of which there are so many."""
        was = [(places.makers(sender), places.takers(receiver)) for places in (self._places_before, self._places_after)]
        (made, taken), (makes, takes) = was
        shared, left = np.intersect1d(made.document, taken.document), np.intersect1d(makes.document, takes.document)
        gone = [document for document in np.setdiff1d(shared, left).tolist() if _is_exchanged(document, made, taken)]
        if len(gone) < count:
            # A document that one service alone both makes and asks for goes nowhere.
            gone += [
                document
                for document in left.tolist()
                if _is_exchanged(document, made, taken) and not _is_exchanged(document, makes, takes)
            ]
        return np.array(sorted(gone), np.int32)

    @cached_property
    def _places_before(self) -> "_Places":
        return _Places(self.before)

    @cached_property
    def _places_after(self) -> "_Places":
        return _Places(self.after)

    @cached_property
    def _units_changed(self) -> Ints:
        offers = self.before.adjacency("PROVIDED_BY", "out")
        changed = np.union1d(np.flatnonzero(self.assumption.stopped | self._gone), self._in_vain)
        changed = changed[self.before.records.of_kinds("Service")[changed]].astype(np.int32)
        units = np.union1d(offers.of_all(changed), np.flatnonzero(self._gone)).astype(np.int32)
        has_lines = self.before.adjacency("PROVIDED_BY", "into").counts(units) > 0
        return self._ordered(units[self.before.records.of_kinds("Organisation")[units] & has_lines])

    @cached_property
    def _in_vain(self) -> Ints:
        """The services that would go on and ask for what nobody makes any more."""
        return np.unique(self.after.once(takers).of_documents(np.sort(self._unmade)).service)

    @cached_property
    def table_rows(self) -> list[tuple[int, int, int, Ints, Ints]]:
        """The units whose service standards table changes, with the lines struck and those that ask in vain."""
        rows = []
        for unit in self._shown(self._units_changed).tolist():
            was = self.before.adjacency("PROVIDED_BY", "into").of(unit)
            stays = self.after.adjacency("PROVIDED_BY", "into").of(unit)
            rows.append((unit, len(was), len(stays), np.setdiff1d(was, stays), np.intersect1d(stays, self._in_vain)))
        return rows

    @property
    def totals(self) -> dict[Section, int]:
        """How many rows each list has."""
        listed = {section: len(rows) for section, rows in self._losses.items()}
        others: dict[Section, int] = {
            "documents": len(self._unmade),
            "flows": len(self._lost_flows),
            "tables": len(self._units_changed),
        }
        return listed | others

    def figures(self) -> tuple[Figures, ...]:
        """What can be counted of the state, before and after."""
        was, stays = self._rolled

        def count(view: View) -> dict[Figure, int]:
            records, standing = view.records, view.once(legal_force.in_force)
            return {
                "acts_in_force": int((standing & records.of_kinds("Legislation")).sum()),
                "provisions_in_force": int((standing & records.of_kinds("Provision")).sum()),
                "acts_without_ground": len(legal_force.unfounded_in_all(view).acts),
                "services": int((view.valid & records.of_kinds("Service")).sum()),
                "documents_made": len(np.unique(view.once(makers).document)),
                "flows": int((was if view is self.before else stays).documents.sum()),
                "table_lines": len(view.adjacency("PROVIDED_BY", "out").neighbours),
            }

        one, other = count(self.before), count(self.after)
        return tuple(Figures(name, one[name], other[name]) for name in one)

    def positions(self) -> set[int]:
        """The records that are named."""
        wanted = set(self.assumption.assumed)
        for section in self._losses:
            shown = self._shown_rows(section)
            wanted.update(place for row in shown for place in (row.place, *row.lost.tolist(), *row.stays.tolist()))
            wanted.update(owner for owner in self._owners(shown).tolist() if owner >= 0)
        for document, made, asked_by in self.document_rows:
            wanted.update((document, *made.tolist(), *asked_by.tolist()))
        for sender, receiver, _, _, documents in self.flow_rows:
            wanted.update((sender, receiver, *documents.tolist()))
        for unit, _, _, struck, vain in self.table_rows:
            wanted.update((unit, *struck.tolist(), *vain.tolist()))
        return wanted

    def losses(self, section: Section, names: dict[int, Thing]) -> tuple[Loss, ...]:
        """The rows of a list with names."""
        rows = self._shown_rows(section)
        return tuple(
            Loss(
                names[row.place],
                names[owner] if owner >= 0 else None,
                row.reason,
                _named(row.lost, names),
                _named(row.stays, names),
                int(self.assumption.depth[row.place]),
            )
            for row, owner in zip(rows, self._owners(rows).tolist(), strict=True)
        )

    def _owners(self, rows: list[_Row]) -> Ints:
        return institutions(self.before, np.array([row.place for row in rows], np.int32))

    def _shown_rows(self, section: Section) -> list[_Row]:
        return self._losses[section][: self._limit]

    def _shown(self, positions: Ints) -> Ints:
        return positions[: self._limit]

    def _ordered(self, positions: Ints) -> Ints:
        return positions[np.argsort(self.before.records.rank[positions])]
