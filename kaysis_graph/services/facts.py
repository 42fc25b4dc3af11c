"""Services with everything the two tables say of them, read for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import Thing, day, kind_name, things_by_position
from kaysis_graph.facts import requirements
from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.requirements import Requirement, Requirements
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.view import View
from kaysis_graph.records import record_model
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.services.answer import AskedFor, Required, RequiredPapers

_GET = load("records/get")
_PLACES = load("flows/places")


@dataclass(frozen=True)
class PlaceRow:
    """Where a provision stands in its act."""

    id: str
    place: str | None


@dataclass(frozen=True)
class Facts:
    """Some services of a view with their records, requirements, and the names of all they touch."""

    view: View
    records: dict[str, Record]
    requirements: Requirements
    names: dict[int, Thing]
    places: dict[str, str | None]

    @property
    def at(self) -> date:
        """The day of the view."""
        return day(self.view)

    def units(self, service: int) -> tuple[Thing, ...]:
        """The units that provide the service, in the order of their identifiers."""
        return tuple(self.names[unit] for unit in self.view.out(service, "PROVIDED_BY").tolist())

    def asked(self, service: int) -> RequiredPapers:
        """What the service requires, in the order given to it, then by identifier; choices stand together."""
        identifier = str(self.view.records.ids[service])
        told = sorted(self.requirements.of.get(identifier, {}).values(), key=self._order)
        groups: dict[str, list[Required]] = {}
        others, prior = [], []
        for requirement in told:
            required = self._required(requirement)
            if required is None:
                continue
            if required.thing.kind == "Service":
                prior.append(required)
            elif requirement.carried_by in ("institution", "system"):
                others.append(required)
            else:
                key = f"alternative {requirement.alternative}" if requirement.alternative else requirement.required
                groups.setdefault(key, []).append(required)
        lines = tuple(AskedFor(tuple(choices)) for choices in groups.values())
        return RequiredPapers(lines, tuple(others), tuple(prior))

    def _order(self, requirement: Requirement) -> tuple[bool, int, str]:
        return (requirement.order is None, requirement.order or 0, requirement.required)

    def _required(self, requirement: Requirement) -> Required | None:
        position = self.view.records.position_of.get(requirement.required)
        if position is None:
            # Written after the view was taken.
            return None
        return Required(self.names[position], requirement.condition, requirement.copies, requirement.carried_by)


def for_table(graph: Graph, view: View, services: Iterable[int], named: Iterable[int]) -> Facts:
    """What the service standards table needs: three statements."""
    chosen = list(services)
    known = _requirements(graph, view, chosen)
    wanted = {*chosen, *named, *_required(view, known), *_units(view, chosen)}
    names = things_by_position(view, sorted(wanted))
    return Facts(view, _records(graph, view, chosen), known, names, {})


def for_inventory(
    graph: Graph, view: View, services: Iterable[int], named: Iterable[int] = (), whole: Iterable[int] = ()
) -> Facts:
    """What the inventory needs, with the names of some more records and others read whole: four statements."""
    chosen = list(services)
    known = _requirements(graph, view, chosen)
    units = _units(view, chosen)
    found = [step for service in chosen for step in steps(view, service)]
    bases = {base for service in chosen for base in view.out(service, "BASED_ON").tolist()}
    acts = {act for base in bases if (act := act_of(view, base)) is not None}
    sent = {end for step in found for kind in ("SENT_BY", "SENT_TO") for end in view.out(step, kind).tolist()}
    institutions = {int(view.once(institution_of)[unit]) for unit in units}
    wanted = {*chosen, *named, *whole, *units, *found, *bases, *acts, *sent, *institutions, *_required(view, known)}
    names = things_by_position(view, sorted(wanted))
    ids = view.records.ids
    provisions = sorted(str(ids[base]) for base in bases if kind_name(view, base) == "Provision")
    rows = graph.store.read(_PLACES, into=PlaceRow, ids=provisions) if provisions else []
    stored = _records(graph, view, [*chosen, *sorted({*units, *whole}), *found])
    return Facts(view, stored, known, names, {row.id: row.place for row in rows})


def steps(view: View, service: int) -> list[int]:
    """The correspondence steps of a service."""
    return [step for step in view.into(service, "PART_OF").tolist() if kind_name(view, step) == "CorrespondenceStep"]


def act_of(view: View, record: int) -> int | None:
    """The act of a provision, whose identifier begins with that of the act; None for an act itself."""
    identifier = str(view.records.ids[record])
    act = identifier.partition(".")[0]
    return None if act == identifier else view.records.position_of.get(act)


def _requirements(graph: Graph, view: View, services: Sequence[int]) -> Requirements:
    return requirements.read(graph.store, [str(view.records.ids[service]) for service in services], day(view))


def _required(view: View, known: Requirements) -> set[int]:
    find = view.records.position_of
    return {find[required] for of in known.of.values() for required in of if required in find}


def _units(view: View, services: Sequence[int]) -> set[int]:
    return {unit for service in services for unit in view.out(service, "PROVIDED_BY").tolist()}


def _records(graph: Graph, view: View, positions: Sequence[int]) -> dict[str, Record]:
    ids = [str(view.records.ids[position]) for position in positions]
    rows = graph.store.read(_GET, into=RecordRow, ids=ids) if ids else []
    return {row.id: record_model.loaded_record(graph.schema, row.labels, row.properties) for row in rows}
