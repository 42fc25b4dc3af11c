"""One service told whole: the card a citizen reads, and the process behind it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph import text
from kaysis_graph.answers.answer import Answer, Thing, position_of_kind
from kaysis_graph.facts.institutions import institution_of, one_level_up
from kaysis_graph.facts.nearness import NO_PLACE, Nearness, Origin, place_of
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.messages import Language
from kaysis_graph.records.record_model import Record
from kaysis_graph.services.answer import Duration, InventoryRow, Required, ServiceBasis
from kaysis_graph.services.document_sources import DocumentSource, FoundSources, made
from kaysis_graph.services.facts import Facts, for_inventory, steps
from kaysis_graph.services.inventory_rows import inventory_row
from kaysis_graph.services.prior_services import Prior, chain

# guess: a service of more units is the same service of many offices, and its table tells the rest.
_MOST_PLACES = 20


@dataclass(frozen=True)
class Need:
    """One thing a service asks for, and where it comes from.

    `once_only` tells that the applicant brings it although the institution makes it itself or another one does.
    """

    required: Required
    source: DocumentSource
    once_only: bool


@dataclass(frozen=True)
class PaperLine:
    """One line of what to bring: any one of the choices is enough."""

    choices: tuple[Need, ...]


@dataclass(frozen=True)
class ActBasis:
    """An act that a service rests on, with the provisions named; none where the whole act is."""

    act: Thing
    provisions: tuple[ServiceBasis, ...]


@dataclass(frozen=True)
class ServiceOffice:
    """An office to apply at: where it lies, how near that is to the place asked about, and how to reach it.

    `above` is one level up: the second place of complaint beside the office itself, both computed from the structure.
    What is not recorded is None.
    """

    unit: Thing
    institution: Thing
    above: Thing | None
    located_in: Thing | None = None
    nearness: Nearness | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None


@dataclass(frozen=True)
class UsedSystem:
    """A system the service runs in, with the address under which the public reaches it where it is recorded."""

    system: Thing
    website: str | None


@dataclass(frozen=True)
class CardStep:
    """A step of correspondence: `step_kind` and `role` as recorded, who sends it to whom, and what it carries."""

    record: Thing
    step_kind: str
    role: str | None
    senders: tuple[Thing, ...]
    receivers: tuple[Thing, ...]
    carries: tuple[Thing, ...]
    bases: tuple[Thing, ...]


@dataclass(frozen=True)
class ServiceCard(Answer):
    """Everything recorded of a service on a day, for who lives in `place` where one is chosen.

    The first of `place_count` offices are named, the nearest first.
    """

    service: Thing
    place: Thing | None
    description: str | None
    description_en: str | None
    beneficiaries: tuple[str, ...]
    channel: str | None
    duration: Duration | None
    legal_duration: Duration | None
    average_duration: Duration | None
    yearly_transactions: int | None
    file_plan_code: str | None
    first_application_office: str | None
    places: tuple[ServiceOffice, ...]
    place_count: int
    lines: tuple[PaperLine, ...]
    brought_by_others: tuple[Need, ...]
    prior_services: tuple[Required, ...]
    chain: tuple[Prior, ...]
    steps: tuple[CardStep, ...]
    produces: tuple[Thing, ...]
    grounds: tuple[ActBasis, ...]
    systems: tuple[UsedSystem, ...]

    def step_title(self, step: CardStep, language: Language) -> str:
        """What the step is called beside the service, whose name stands before it in the register."""
        title = step.record.name(language)
        for name in (self.service.title, self.service.name(language)):
            title = title.removeprefix(f"{name}: ")
        return text.upper(title[:1]) + title[1:]


def of(graph: Graph, identifier: str, at: date, place: str | None = None) -> ServiceCard:
    """The card of a service for who lives in the place; NotFound when there is no such service or place."""
    view = graph.on(at)
    service = position_of_kind(view, identifier, "Service")
    home = None if place is None else position_of_kind(view, place, "Place")
    units = view.out(service, "PROVIDED_BY")
    origin = Origin.of(view, units, home)
    offices = _offices(view, units, None if home is None else origin)
    wanted = view.out(service, "REQUIRES").tolist()
    sources = {document: made(view, service, document, origin) for document in wanted}
    prior = chain(view, service, home)
    named = _named(view, service, sources, [unit for unit, _ in offices]) | prior.positions()
    systems = view.out(service, "USES").tolist()
    facts = for_inventory(graph, view, [service], named | ({home} if home is not None else set()), systems)
    row = inventory_row(facts, 1, service)
    record = facts.records[identifier]
    duration = record.on("duration", facts.at)
    return ServiceCard(
        at=at,
        sequence=view.sequence,
        complete=True,
        cut=None,
        service=row.service,
        place=None if home is None else facts.names[home],
        description=row.description,
        description_en=row.description_en,
        beneficiaries=row.beneficiaries,
        channel=row.channel,
        duration=duration if isinstance(duration, dict) else None,
        legal_duration=row.legal_duration,
        average_duration=row.average_duration,
        yearly_transactions=row.yearly_transactions,
        file_plan_code=row.file_plan_code,
        first_application_office=row.first_application_office,
        places=tuple(_place(facts, unit, near) for unit, near in offices),
        place_count=len(units),
        lines=tuple(
            PaperLine(tuple(_need(facts, choice, sources) for choice in line.choices)) for line in row.documents.lines
        ),
        brought_by_others=tuple(_need(facts, each, sources) for each in row.documents.brought_by_others),
        prior_services=row.documents.prior_services,
        chain=prior.named(facts.names),
        steps=_steps(facts, service),
        produces=tuple(facts.names[each] for each in view.out(service, "PRODUCES").tolist()),
        grounds=_grounds(row),
        systems=tuple(UsedSystem(facts.names[each], _said(facts, each, "website")) for each in systems),
    )


def _offices(view: View, units: Ints, origin: Origin | None) -> list[tuple[int, Nearness | None]]:
    """The first of the units that provide it, with how near they are: the nearest ones where a place was chosen."""
    if origin is None:
        return [(unit, None) for unit in units[:_MOST_PLACES].tolist()]
    distances = origin.places_only().distances(view, units)
    order = np.lexsort((view.records.rank[units], distances))[:_MOST_PLACES].tolist()
    return [(int(units[each]), origin.nearness(int(distances[each]))) for each in order]


def _named(view: View, service: int, sources: dict[int, FoundSources], offices: list[int]) -> set[int]:
    """The records of the card that the inventory does not name."""
    found = {place for source in sources.values() for place in source.positions()}
    found.update(view.out(service, "PRODUCES").tolist())
    for step in steps(view, service):
        for edge_type in ("CARRIES", "BASED_ON"):
            found.update(view.out(step, edge_type).tolist())
    for unit in offices:
        above = one_level_up(view, unit)
        place = int(view.once(place_of)[unit])
        found |= {unit, *(() if above is None else (above,)), *(() if place == NO_PLACE else (place,))}
    return found


def _need(facts: Facts, required: Required, sources: dict[int, FoundSources]) -> Need:
    known = sources.get(facts.view.records.position_of[required.thing.id])
    # What was required a moment ago is in the engine before it is in the view.
    source = DocumentSource() if known is None else known.named(facts.names)
    is_made = source.service_count > 0 and source.institution_count > 0
    return Need(required, source, required.carried_by == "applicant" and is_made)


def _place(facts: Facts, unit: int, near: Nearness | None) -> ServiceOffice:
    view = facts.view
    above = one_level_up(view, unit)
    place = int(view.once(place_of)[unit])
    return ServiceOffice(
        unit=facts.names[unit],
        institution=facts.names[int(view.once(institution_of)[unit])],
        above=None if above is None else facts.names[above],
        located_in=None if place == NO_PLACE else facts.names[place],
        nearness=near,
        address=_said(facts, unit, "address"),
        phone=_said(facts, unit, "phone"),
        email=_said(facts, unit, "email"),
        website=_said(facts, unit, "website"),
    )


def _said(facts: Facts, position: int, name: str) -> str | None:
    """What a field of a record says on the day; None where it says nothing."""
    record = facts.records.get(facts.names[position].id)
    value = None if record is None else record.on(name, facts.at)
    return None if value is None else str(value)


def _steps(facts: Facts, service: int) -> tuple[CardStep, ...]:
    """The steps in their order."""
    view = facts.view
    told = ((facts.records.get(facts.names[step].id), step) for step in steps(view, service))
    found = [(record, step) for record, step in told if record is not None]
    found.sort(key=lambda pair: (_order(pair[0]), pair[0].id))

    def ends(step: int, edge_type: str) -> tuple[Thing, ...]:
        return tuple(facts.names[end] for end in view.out(step, edge_type).tolist())

    return tuple(
        CardStep(
            record=facts.names[step],
            step_kind=str(record.fields.get("step_kind") or "other"),
            role=str(record.fields["role"]) if record.fields.get("role") else None,
            senders=ends(step, "SENT_BY"),
            receivers=ends(step, "SENT_TO"),
            carries=ends(step, "CARRIES"),
            bases=ends(step, "BASED_ON"),
        )
        for record, step in found
    )


def _order(record: Record) -> int:
    order = record.fields.get("order")
    return order if isinstance(order, int) else 0


def _grounds(row: InventoryRow) -> tuple[ActBasis, ...]:
    """The bases by act, in the order in which they come."""
    acts: dict[str, Thing] = {}
    provisions: dict[str, list[ServiceBasis]] = {}
    for basis in row.bases:
        act = basis.act or basis.record
        acts.setdefault(act.id, act)
        provisions.setdefault(act.id, []).extend([basis] if basis.act else [])
    return tuple(ActBasis(act, tuple(provisions[identifier])) for identifier, act in acts.items())
