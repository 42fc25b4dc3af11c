"""Who hands which document or data to whom: a service that produces it meets a service that requires it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_array

from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.makers_and_takers import (
    NOWHERE,
    Side,
    Sides,
    everyone,
    grouped,
    made_and_taken,
    makers,
    packed,
    takers,
)
from kaysis_graph.graph.columns import Ints, Longs, Mask, distinct, frozen, spread
from kaysis_graph.graph.view import View

MOST_PLACES: Final = 12
"""Above this many places on one side of a document they are grouped by category."""


@dataclass(frozen=True)
class Handovers:
    """Arrows by sender, receiver and document: who hands it to whom, and through how many services.

    `sender` and `receiver` are records, or groups (below zero, see `makers_and_takers.category_of_group`), or NOWHERE.
    `producing` and `requiring` count the services on either side, `meetings` the pairs of a producing and another
    requiring service. The documents whose makers or takers were grouped are named. `makers` and `takers` are the rows
    that the arrows were made of.
    """

    sender: Ints
    receiver: Ints
    document: Ints
    producing: Ints
    requiring: Ints
    meetings: Longs
    grouped_makers: Ints
    grouped_takers: Ints
    makers: Side
    takers: Side

    def __len__(self) -> int:
        return len(self.sender)

    def producing_services(self, arrow: int) -> Ints:
        """The services of the sender that produce the document, ascending."""
        return _services(self.makers, int(self.document[arrow]), int(self.sender[arrow]))

    def requiring_services(self, arrow: int) -> Ints:
        """The services of the receiver that require the document, ascending."""
        return _services(self.takers, int(self.document[arrow]), int(self.receiver[arrow]))


@dataclass(frozen=True)
class RolledUp:
    """Who hands anything to whom, by sender and receiver: how many documents, and how many meetings of two services."""

    sender: Ints
    receiver: Ints
    documents: Ints
    meetings: Longs
    grouped_makers: Ints
    grouped_takers: Ints

    def __len__(self) -> int:
        return len(self.sender)


def between(
    view: View,
    senders: Side,
    receivers: Side,
    most: int | None = MOST_PLACES,
) -> Handovers:
    """The arrows from these makers to these takers; none from a service to itself.

    Of a document with more than `most` sending places these are grouped by category, and so on the receiving side;
    None groups nothing, and then a document of 200 makers and 10,000 takers is two million arrows.
    """
    documents = np.intersect1d(distinct(senders.document), distinct(receivers.document), assume_unique=True)
    made, grouped_makers = grouped(view, senders.of_documents(documents), most)
    taken, grouped_takers = grouped(view, receivers.of_documents(documents), most)
    one, other = _Ends.of(made), _Ends.of(taken)
    begins = np.searchsorted(other.document, one.document)
    counts = np.searchsorted(other.document, one.document, side="right") - begins
    maker, taker = np.repeat(np.arange(len(one.document)), counts), spread(begins, counts)
    producing, requiring = one.services[maker], other.services[taker]
    meetings = producing.astype(np.int64) * requiring
    same_maker, same_taker = _with_themselves(view, one, other)
    arrows = (np.cumsum(counts) - counts)[same_maker] + same_taker - begins[same_maker]
    np.subtract.at(meetings, arrows, 1)
    sender, receiver, document = one.place[maker], other.place[taker], one.document[maker]
    order = np.lexsort((document, receiver, sender))
    order = order[meetings[order] > 0]
    return Handovers(
        frozen(sender[order]),
        frozen(receiver[order]),
        frozen(document[order]),
        frozen(producing[order]),
        frozen(requiring[order]),
        frozen(meetings[order]),
        grouped_makers,
        grouped_takers,
        made,
        taken,
    )


def count_pairs(senders: Side, receivers: Side) -> int:
    """At most how many arrows there are from these makers to these takers where nothing is grouped."""
    size = int(max(senders.document.max(initial=-1), receivers.document.max(initial=-1))) + 1
    made, taken = (np.bincount(side.document, minlength=size) for side in (senders, receivers))
    return int(made @ taken)


def inside(
    view: View, units: Mask, place: Ints | None = None, most: int | None = MOST_PLACES, among: Sides | None = None
) -> Handovers:
    """What these units hand to each other and to themselves; their place is the unit itself unless told."""
    all_of = among or everyone(view)
    if place is None:
        place = np.arange(len(view), dtype=np.int32)
    own_makers, own_takers = all_of.makers.of_units(units), all_of.takers.of_units(units)
    return between(view, own_makers.placed(place), own_takers.placed(place), most)


def outgoing(
    view: View, units: Mask, place: Ints | None = None, most: int | None = MOST_PLACES, among: Sides | None = None
) -> Handovers:
    """What these units hand to all others; the place of either is its institution unless told."""
    all_of = among or everyone(view)
    own = all_of.makers.of_units(units)
    others = all_of.takers.of_documents(distinct(own.document)).of_other_units(units)
    return between(view, *_placed(own, others, place), most)


def incoming(
    view: View, units: Mask, place: Ints | None = None, most: int | None = MOST_PLACES, among: Sides | None = None
) -> Handovers:
    """What all others hand to these units; the place of either is its institution unless told."""
    all_of = among or everyone(view)
    own = all_of.takers.of_units(units)
    others = all_of.makers.of_documents(distinct(own.document)).of_other_units(units)
    return between(view, *_placed(others, own, place), most)


def from_to(  # noqa: PLR0913  # a question with its limits
    view: View,
    senders: Mask,
    receivers: Mask,
    place: Ints | None = None,
    most: int | None = MOST_PLACES,
    among: Sides | None = None,
) -> Handovers:
    """What the units of one set hand to those of another; the place of either is its institution unless told."""
    all_of = among or everyone(view)
    own, others = all_of.makers.of_units(senders), all_of.takers.of_units(receivers)
    return between(view, *_placed(own, others, place), most)


def from_services(
    view: View, services: Mask, place: Ints | None = None, most: int | None = MOST_PLACES, among: Sides | None = None
) -> Handovers:
    """What these services produce for others; the place of either is its unit's institution unless told."""
    all_of = among or everyone(view)
    return between(view, *_placed(all_of.makers.of_services(services), all_of.takers, place), most)


def to_services(
    view: View, services: Mask, place: Ints | None = None, most: int | None = MOST_PLACES, among: Sides | None = None
) -> Handovers:
    """What these services require from others; the place of either is its unit's institution unless told."""
    all_of = among or everyone(view)
    return between(view, *_placed(all_of.makers, all_of.takers.of_services(services), place), most)


def places_near(view: View, units: Mask) -> Ints:
    """Places for a picture around some units: all units of their institutions as themselves, others as institutions."""
    institution = view.once(institution_of)
    is_near = np.zeros(len(view), np.bool_)
    is_near[institution[units]] = True
    return np.where(is_near[institution], np.arange(len(view), dtype=np.int32), institution)


def rolled_up(view: View, most: int | None = MOST_PLACES) -> RolledUp:
    """All handovers of the state between two different institutions.

    What a group hands to itself is kept: it passes between its members, and now and then within one of them.
    """
    everything = rolled_up_with_inside(view, most)
    kept = (everything.sender != everything.receiver) | (everything.sender < 0)
    return RolledUp(
        frozen(everything.sender[kept]),
        frozen(everything.receiver[kept]),
        frozen(everything.documents[kept]),
        frozen(everything.meetings[kept]),
        everything.grouped_makers,
        everything.grouped_takers,
    )


def rolled_up_with_inside(view: View, most: int | None = MOST_PLACES) -> RolledUp:
    """All handovers of the state, those within one institution or group included; services of nobody are left out."""
    made, grouped_makers = grouped(view, view.once(makers), most)
    taken, grouped_takers = grouped(view, view.once(takers), most)
    one, other = _Ends.of(made.rows(made.place != NOWHERE)), _Ends.of(taken.rows(taken.place != NOWHERE))
    senders, row = np.unique(one.place, return_inverse=True)
    receivers, column = np.unique(other.place, return_inverse=True)
    meetings = _product((one.services, row, one.document), (other.services, column, other.document), len(view))
    ones, others = np.ones_like(one.services), np.ones_like(other.services)
    documents = _product((ones, row, one.document), (others, column, other.document), len(view))
    cell_row = np.repeat(np.arange(meetings.shape[0]), np.diff(meetings.indptr))
    met, shared = meetings.data.astype(np.int64), documents.data.astype(np.int32)

    pairs, times = np.unique(packed(*_with_themselves(view, one, other)), return_counts=True)
    maker, taker = pairs >> 32, pairs & 0xFFFFFFFF
    cells = np.searchsorted(packed(cell_row, meetings.indices), packed(row[maker], column[taker]))
    np.subtract.at(met, cells, times)
    np.subtract.at(shared, cells, times == one.services[maker].astype(np.int64) * other.services[taker])
    kept = met > 0
    return RolledUp(
        frozen(senders[cell_row[kept]]),
        frozen(receivers[meetings.indices[kept]]),
        frozen(shared[kept]),
        frozen(met[kept]),
        grouped_makers,
        grouped_takers,
    )


@dataclass(frozen=True)
class _Ends:
    """One side by document and place: how many services, and which (`member` is the number of the pair)."""

    document: Ints
    place: Ints
    services: Ints
    member: Longs
    member_service: Ints

    @staticmethod
    def of(side: Side) -> "_Ends":
        keys = packed(side.document, side.place)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        is_first = np.ones(len(keys), np.bool_)
        is_first[1:] = keys[1:] != keys[:-1]
        members = distinct(packed(np.cumsum(is_first) - 1, side.service[order]))
        member, keys = members >> 32, keys[is_first]
        return _Ends(
            (keys >> 32).astype(np.int32),
            (keys & 0xFFFFFFFF).astype(np.uint32).view(np.int32),
            np.bincount(member, minlength=len(keys)).astype(np.int32),
            member,
            (members & 0xFFFFFFFF).astype(np.int32),
        )


def _with_themselves(view: View, one: _Ends, other: _Ends) -> tuple[Longs, Longs]:
    """The pairs of ends at which a service would meet itself, once for each such service."""
    both = view.once(made_and_taken)
    pair, keys = _members_among(one, both, len(view))
    other_pair, other_keys = _members_among(other, both, len(view))
    order = np.argsort(other_keys, kind="stable")
    other_pair, other_keys = other_pair[order], other_keys[order]
    begins = np.searchsorted(other_keys, keys)
    counts = np.searchsorted(other_keys, keys, side="right") - begins
    return np.repeat(pair, counts), other_pair[spread(begins, counts)]


def _members_among(ends: _Ends, keys: Longs, size: int) -> tuple[Longs, Longs]:
    concerned = np.zeros(size, np.bool_)
    concerned[keys >> 32] = True
    chosen = np.flatnonzero(concerned[ends.document[ends.member]])
    found = packed(ends.document[ends.member[chosen]], ends.member_service[chosen])
    known = np.isin(found, keys)
    return ends.member[chosen][known], found[known]


def _product(
    one: tuple[Ints, Longs, Ints], other: tuple[Ints, Longs, Ints], documents: int
) -> csr_array[Any, tuple[int, int]]:
    """Places by places over the documents they share, the columns of each row ascending."""
    (values, row, document), (other_values, column, other_document) = one, other
    left = csr_array((values, (row, document)), shape=(int(row.max(initial=-1)) + 1, documents))
    right = csr_array((other_values, (other_document, column)), shape=(documents, int(column.max(initial=-1)) + 1))
    product = left @ right
    product.sort_indices()
    return product


def _placed(senders: Side, receivers: Side, place: Ints | None) -> tuple[Side, Side]:
    return (senders, receivers) if place is None else (senders.placed(place), receivers.placed(place))


def _services(side: Side, document: int, place: int) -> Ints:
    rows = side.of_documents(np.array([document], np.int32))
    return distinct(rows.service[rows.place == place])
