"""The card of a service as rows of text, for CSV and XLSX."""

from collections.abc import Iterator

from kaysis_graph import text
from kaysis_graph.answers.answer import Thing
from kaysis_graph.facts.nearness import Nearness
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.schema import Schema
from kaysis_graph.services.service_card import Need, ServiceCard

_COLUMNS = ("part", "number", "id", "title", "details", "by", "source")
Row = tuple[Cell, ...]
# The name of the part, the number in it, the record, and up to three details.
Part = tuple[str, int, Thing, *tuple[str, ...]]


def of_card(schema: Schema, card: ServiceCard, language: Language) -> Table:
    """One row for each thing asked for, each step, each product and each basis, in the order of the card."""
    columns = tuple(Column(name, say(f"process.column_{name}", language)) for name in _COLUMNS)
    title = f"{card.service.id} {card.service.name(language)}"
    as_of = say("services.as_of", language, at=text.written_day(card.at, language), sequence=card.sequence)
    return Table(title, columns, list(_rows(schema, card, language)), (as_of,))


def carriage(need: Need, language: Language) -> str:
    """Condition and copies of what is asked for."""
    required = need.required
    copies = say("services.copies", language, count=required.copies) if (required.copies or 1) > 1 else ""
    return "; ".join(part for part in (required.condition, copies) if part)


def distance(card: ServiceCard, near: Nearness | None, language: Language) -> str:
    """That nothing is recorded in the province asked about; nothing where something is, or nobody asked."""
    if near != "elsewhere":
        return ""
    if card.place is None:
        return say("process.elsewhere", language)
    return say("process.elsewhere_of", language, place=card.place.name(language))


def _rows(schema: Schema, card: ServiceCard, language: Language) -> Iterator[Row]:
    for name, number, thing, *details in (*_asked(schema, card, language), *_done(schema, card, language)):
        told = (detail or None for detail in (*details, "", "", "")[:3])
        yield (say(f"process.part_{name}", language), number, thing.id, thing.name(language), *told)


def _asked(schema: Schema, card: ServiceCard, language: Language) -> Iterator[Part]:
    for number, line in enumerate(card.lines, start=1):
        for need in line.choices:
            yield "document", number, need.required.thing, *_need(schema, card, need, language)
    for number, need in enumerate(card.brought_by_others, start=1):
        yield "others", number, need.required.thing, *_need(schema, card, need, language)
    for number, prior in enumerate(card.prior_services, start=1):
        yield "prior", number, prior.thing
    for number, office in enumerate(card.places, start=1):
        contact = "; ".join(each for each in (office.address, office.phone, office.email, office.website) if each)
        where = office.located_in.name(language) if office.located_in else ""
        yield "office", number, office.unit, "; ".join(each for each in (where, contact) if each)
        if office.above is not None:
            yield "second_office", number, office.above, office.unit.name(language)


def _done(schema: Schema, card: ServiceCard, language: Language) -> Iterator[Part]:
    for number, step in enumerate(card.steps, start=1):
        kind = schema.label_of_code("step_kind", step.step_kind, language)
        details = " · ".join(each for each in (kind, step.role) if each)
        yield "step", number, step.record, details, _names(step.senders, language), _names(step.carries, language)
    for number, thing in enumerate(card.produces, start=1):
        yield "product", number, thing
    for number, ground in enumerate(card.grounds, start=1):
        if not ground.provisions:
            yield "basis", number, ground.act
        for basis in ground.provisions:
            yield "basis", number, basis.record, basis.place or "", ground.act.name(language)


def _need(schema: Schema, card: ServiceCard, need: Need, language: Language) -> tuple[str, str, str]:
    carrier = need.required.carried_by
    by = schema.label_of_code("carrier", carrier, language) if carrier else ""
    far = distance(card, need.source.nearness, language)
    makers = _names(_makers(need), language)
    return carriage(need, language), by, f"{makers} ({far})" if far else makers


def _makers(need: Need) -> tuple[Thing, ...]:
    """The offices that fit best; the institutions that issue it where no service makes it."""
    offices = [unit or service for service, unit in zip(need.source.services, need.source.units, strict=True)]
    return tuple(offices[: need.source.equal_count]) or need.source.institutions


def _names(things: tuple[Thing, ...], language: Language) -> str:
    return "; ".join(thing.name(language) for thing in things)
