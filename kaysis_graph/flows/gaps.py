"""What does not meet: documents that nobody makes, that nobody asks for, or that are asked from the wrong one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kaysis_graph.answers.answer import Thing
from kaysis_graph.facts.makers_and_takers import NOWHERE, Side, makers, packed, takers
from kaysis_graph.flows.answer import Gaps, OnceOnly, Unmatched
from kaysis_graph.flows.carriage import APPLICANT, Carriage
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.view import View

MOST_LISTED = 50
_MOST_NAMED = 5


@dataclass(frozen=True)
class _Once:
    document: int
    services: Ints
    institutions: Ints


class Search:
    """The gaps of those who make and take on behalf of what was asked about.

    `others` are the makers that count for `once_only`; None leaves it out. `lone` tells whether documents without
    another side are looked for.
    """

    def __init__(self, view: View, own_makers: Side, own_takers: Side, others: Side | None, *, lone: bool) -> None:
        self._view = view
        self._takers = own_takers
        self._others = others
        none = np.empty(0, np.int32)
        self._unproduced = np.setdiff1d(own_takers.document, view.once(makers).document) if lone else none
        self._unasked = np.setdiff1d(own_makers.document, view.once(takers).document) if lone else none
        self._makers = own_makers

    @cached_property
    def services(self) -> set[int]:
        """The services whose requirements must be read."""
        return set() if self._others is None else set(self._shared.service.tolist())

    @cached_property
    def _shared(self) -> Side:
        assert self._others is not None, "asked only where others count"
        return self._takers.of_documents(np.intersect1d(self._takers.document, self._others.document))

    def told(self, known: Carriage) -> "FoundGaps":
        """The gaps by position, with what is known of the requirements."""
        once = None if self._others is None else self._once(known, self._others)
        return FoundGaps(
            self._in_order(self._unproduced),
            self._in_order(self._unasked),
            once,
            self._takers,
            self._makers,
        )

    def _in_order(self, documents: Ints) -> Ints:
        ordered: Ints = documents[np.argsort(self._view.records.rank[documents])]
        return ordered

    def _once(self, known: Carriage, others: Side) -> list[_Once]:
        shared = self._shared
        asked = shared.rows(known.carrier_codes(shared.service, shared.document) == APPLICANT)
        found = []
        for document in self._in_order(np.unique(asked.document)).tolist():
            one = np.array([document], np.int32)
            made_at = np.unique(others.of_documents(one).place)
            made_at = made_at[made_at != NOWHERE]
            taken = asked.of_documents(one)
            services = np.unique(taken.service)
            held = np.unique(packed(taken.service, taken.place))
            places = (held & 0xFFFFFFFF).astype(np.int32)
            at_home = np.isin(places, made_at)
            # A service asks what is made elsewhere unless it has a place wherever it is made.
            own = np.bincount(np.searchsorted(services, held[at_home] >> 32), minlength=len(services))
            asked_at = np.bincount(np.searchsorted(made_at, places[at_home]), minlength=len(made_at))
            asking, elsewhere = services[own < len(made_at)], made_at[asked_at < len(services)]
            if len(asking):
                found.append(_Once(document, asking, elsewhere))
        return found


@dataclass(frozen=True)
class FoundGaps:
    """Gaps by position, waiting for names."""

    unproduced: Ints
    unasked: Ints
    once: list[_Once] | None
    takers: Side
    makers: Side

    def positions(self) -> set[int]:
        """The records that are named."""
        wanted: set[int] = set()
        for documents, side in ((self.unproduced, self.takers), (self.unasked, self.makers)):
            for document in documents[:MOST_LISTED].tolist():
                wanted.update([document, *_services(side, document)[:_MOST_NAMED].tolist()])
        for once in (self.once or [])[:MOST_LISTED]:
            wanted.add(once.document)
            wanted.update(once.services[:_MOST_NAMED].tolist())
            wanted.update(once.institutions[:_MOST_NAMED].tolist())
        return wanted

    def gaps(self, known: Carriage, names: Mapping[int, Thing]) -> Gaps:
        """The gaps with names."""
        return Gaps(
            _unmatched(self.unproduced, self.takers, names),
            len(self.unproduced),
            _unmatched(self.unasked, self.makers, names),
            len(self.unasked),
            None if self.once is None else tuple(self._once(each, known, names) for each in self.once[:MOST_LISTED]),
            None if self.once is None else len(self.once),
        )

    def _once(self, once: _Once, known: Carriage, names: Mapping[int, Thing]) -> OnceOnly:
        return OnceOnly(
            names[once.document],
            tuple(names[service] for service in once.services[:_MOST_NAMED].tolist()),
            len(once.services),
            tuple(names[institution] for institution in once.institutions[:_MOST_NAMED].tolist()),
            len(once.institutions),
            known.yearly(once.services),
        )


def _unmatched(documents: Ints, side: Side, names: Mapping[int, Thing]) -> tuple[Unmatched, ...]:
    listed = []
    for document in documents[:MOST_LISTED].tolist():
        services = _services(side, document)
        shown = tuple(names[service] for service in services[:_MOST_NAMED].tolist())
        listed.append(Unmatched(names[document], shown, len(services)))
    return tuple(listed)


def _services(side: Side, document: int) -> Ints:
    return np.unique(side.of_documents(np.array([document], np.int32)).service)
