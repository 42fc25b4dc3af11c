"""Where what a service asks for comes from: the services and institutions that make it."""

from dataclasses import dataclass

import numpy as np

from kaysis_graph.answers.answer import Thing
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.sides import NOWHERE, makers
from kaysis_graph.graph.structure import institution_of
from kaysis_graph.graph.view import View

# guess: who needs more of them opens the document.
_NAMED = 3


@dataclass(frozen=True)
class Source:
    """Who makes a document: the first of its services and institutions, each in the order of identifiers.

    `units` provide the named services, one beside the other, None where nobody does. Where no service makes the
    document the institutions are those that issue it. `is_own` tells that an institution which provides the asking
    service is among them, `elsewhere_count` how many others are.
    """

    services: tuple[Thing, ...] = ()
    units: tuple[Thing | None, ...] = ()
    service_count: int = 0
    institutions: tuple[Thing, ...] = ()
    institution_count: int = 0
    is_own: bool = False
    elsewhere_count: int = 0


@dataclass(frozen=True)
class Made:
    """The same by position, waiting for names."""

    services: Ints
    units: Ints
    institutions: Ints
    own: Ints

    def positions(self) -> set[int]:
        """The records that are named."""
        units = self.units[self.units != NOWHERE]
        return {*self._first().tolist(), *units.tolist(), *self._institutions().tolist()}

    def named(self, names: dict[int, Thing]) -> Source:
        """The source with its names."""
        is_own = np.isin(self.institutions, self.own)
        return Source(
            services=tuple(names[each] for each in self._first().tolist()),
            units=tuple(None if each == NOWHERE else names[each] for each in self.units.tolist()),
            service_count=len(self.services),
            institutions=tuple(names[each] for each in self._institutions().tolist()),
            institution_count=len(self.institutions),
            is_own=bool(is_own.any()),
            elsewhere_count=int((~is_own).sum()),
        )

    def _first(self) -> Ints:
        return self.services[:_NAMED]

    def _institutions(self) -> Ints:
        """The first institutions, the asking one before the others: what it makes itself is the shortest way."""
        is_own = np.isin(self.institutions, self.own)
        return np.concatenate([self.institutions[is_own], self.institutions[~is_own]])[:_NAMED]


def made(view: View, service: int, document: int) -> Made:
    """Who makes the document on the day, the asking service itself left out."""
    side = view.once(makers).of_documents(np.array([document], np.int32))
    side = side.rows(side.service != service)
    institution = view.once(institution_of)
    services, first = np.unique(side.service, return_index=True)
    order = np.argsort(view.records.rank[services])
    places = np.unique(side.place[side.place != NOWHERE])
    if len(places) == 0:
        places = np.unique(institution[view.out(document, "ISSUED_BY")])
    own = np.unique(institution[view.out(service, "PROVIDED_BY")])
    return Made(
        services[order],
        side.unit[first][order][:_NAMED],
        places[np.argsort(view.records.rank[places])],
        own,
    )
