"""Services with everything the two tables say of them, read for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import Thing, day, kind_name, things_by_position
from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.legal_basis import places_in_acts
from kaysis_graph.facts.requirements import Requirement, Requirements, requirements_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.view import View
from kaysis_graph.records import record_model
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.services.answer import AskedFor, Required, RequiredPapers

_GET = load("records/get")


@dataclass(frozen=True)
class Facts:
    """Some services of a view with their records, requirements, and the names of all they touch."""

    view: View
    records: dict[str, Record]
    requirements: Requirements
    names: dict[int, Thing]
    places: dict[int, str | None]

    @property
    def at(self) -> date:
        """The day of the view."""
        return day(self.view)

    def units(self, service: int) -> tuple[Thing, ...]:
        """The units that provide the service, in the order of their identifiers."""
        return tuple(self.names[unit] for unit in self.view.out(service, "PROVIDED_BY").tolist())

    def asked(self, service: int) -> RequiredPapers:
        """What the service requires, in the order given to it, then by identifier; choices stand together."""
        told = sorted(self.requirements.of.get(service, {}).values(), key=self._order)
        groups: dict[str, list[Required]] = {}
        others, prior = [], []
        for requirement in told:
            required = Required(
                self.names[requirement.required], requirement.condition, requirement.copies, requirement.carried_by
            )
            if required.thing.kind == "Service":
                prior.append(required)
            elif requirement.carried_by in ("institution", "system"):
                others.append(required)
            else:
                key = f"alternative {requirement.alternative}" if requirement.alternative else str(requirement.required)
                groups.setdefault(key, []).append(required)
        lines = tuple(AskedFor(tuple(choices)) for choices in groups.values())
        return RequiredPapers(lines, tuple(others), tuple(prior))

    def _order(self, requirement: Requirement) -> tuple[bool, int, int]:
        return requirement.order is None, requirement.order or 0, int(self.view.records.rank[requirement.required])


def for_table(graph: Graph, view: View, services: Iterable[int], named: Iterable[int]) -> Facts:
    """What the service standards table needs: the services whole, by one statement."""
    chosen = list(services)
    known = requirements_of(view, np.array(chosen, np.int32))
    wanted = {*chosen, *named, *_required(known), *_units(view, chosen)}
    names = things_by_position(view, sorted(wanted))
    return Facts(view, _records(graph, view, chosen), known, names, {})


def for_inventory(
    graph: Graph, view: View, services: Iterable[int], named: Iterable[int] = (), whole: Iterable[int] = ()
) -> Facts:
    """What the inventory needs, with the names of some more records and others read whole: one statement."""
    chosen = list(services)
    known = requirements_of(view, np.array(chosen, np.int32))
    units = _units(view, chosen)
    found = [step for service in chosen for step in steps(view, service)]
    bases = {base for service in chosen for base in view.out(service, "BASED_ON").tolist()}
    acts = {act for base in bases if (act := act_of(view, base)) is not None}
    sent = {end for step in found for kind in ("SENT_BY", "SENT_TO") for end in view.out(step, kind).tolist()}
    institutions = {int(view.once(institution_of)[unit]) for unit in units}
    wanted = {*chosen, *named, *whole, *units, *found, *bases, *acts, *sent, *institutions, *_required(known)}
    names = things_by_position(view, sorted(wanted))
    stored = _records(graph, view, [*chosen, *sorted({*units, *whole}), *found])
    return Facts(view, stored, known, names, places_in_acts(view, bases))


def steps(view: View, service: int) -> list[int]:
    """The correspondence steps of a service."""
    return [step for step in view.into(service, "PART_OF").tolist() if kind_name(view, step) == "CorrespondenceStep"]


def act_of(view: View, record: int) -> int | None:
    """The act of a provision, whose identifier begins with that of the act; None for an act itself."""
    identifier = str(view.records.ids[record])
    act = identifier.partition(".")[0]
    return None if act == identifier else view.records.position_of.get(act)


def _required(known: Requirements) -> set[int]:
    return {required for of in known.of.values() for required in of}


def _units(view: View, services: Sequence[int]) -> set[int]:
    return {unit for service in services for unit in view.out(service, "PROVIDED_BY").tolist()}


def _records(graph: Graph, view: View, positions: Sequence[int]) -> dict[str, Record]:
    ids = [str(view.records.ids[position]) for position in positions]
    rows = graph.store.read(_GET, into=RecordRow, ids=ids) if ids else []
    return {row.id: record_model.loaded_record(graph.schema, row.labels, row.properties) for row in rows}
