"""The page of one service: papers, steps, offices, legal basis and complaints."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from kaysis_graph import text
from kaysis_graph.answers.answer import SEPARATOR, Thing
from kaysis_graph.answers.durations import in_words
from kaysis_graph.answers.reply import Reply
from kaysis_graph.render.formats import DRAWINGS, PICTURE_TEXTS, SHEETS, FormatName
from kaysis_graph.services import card_table, service_card
from kaysis_graph.services.question import ServiceQuestion
from kaysis_graph.services.service_card import ActBasis, Need, ServiceCard
from ui.pages.answer_parts import another, day_kept, downloads, picture_of, ways_of
from ui.pages.choice import Chooser
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.page_parts import Another, Fact, Form, Input, Section, rendered
from ui.pages.reader import Asked

# The card is printed: its picture comes first.
_FORMATS: tuple[FormatName, ...] = (*DRAWINGS, "bpmn", *SHEETS, "json", *PICTURE_TEXTS)
_NAMED = 3


@dataclass(frozen=True)
class Paper:
    """One thing to bring: what it is, on which terms, who makes it, and whether the state could ask itself.

    `notes` say that nobody near makes it, or that others give it beside something else.
    """

    thing: Cell
    terms: str
    source: Cells
    notes: Cells
    hint: str


@dataclass(frozen=True)
class BasisShown:
    """An act with the provisions of it that are named."""

    act: Cell
    provisions: Cells


@dataclass(frozen=True)
class Office:
    """Where to apply: the unit, whose it is, where it lies, how to reach it."""

    unit: Cell
    institution: str
    place: str
    contact: Cells


@dataclass(frozen=True)
class Complaint:
    """Whom to turn to when more is asked for or it takes longer: the office, then one level up."""

    first: Cell
    second: Cell | None


@dataclass(frozen=True)
class ServicePage:
    """The card of a service for whoever needs it, and below it the process for whoever studies it."""

    frame: Frame
    heading: str
    other_title: str
    id: str
    badges: tuple[str, ...]
    about: str
    facts: tuple[Fact, ...]
    papers: tuple[tuple[Paper, ...], ...]
    brought: tuple[Paper, ...]
    prior: Cells
    results: Cells
    offices: tuple[Office, ...]
    offices_note: Cell | None
    offices_far: str
    online: Cells
    complaints: tuple[Complaint, ...]
    place: Form
    place_removed: Link | None
    bases: tuple[BasisShown, ...]
    picture: Markup | None
    picture_note: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    downloads: tuple[Link, ...]
    another: Another


def service_page(asked: Asked, reply: Reply[ServiceCard, None]) -> str:
    """The page of the service's card."""
    card = reply.answer
    language, identifier = asked.language, card.service.id
    entry = frame_of(asked, "")
    crumbs = (Link(entry.say("process.services"), entry.link("/services")),)
    frame = frame_of(asked, card.service.name(language), crumbs)
    ways = replace(ways_of(frame, reply), formats=_FORMATS)
    picture, note = picture_of(asked, frame, reply.diagram)
    page = ServicePage(
        frame=frame,
        heading=frame.title,
        other_title=(card.service.title if language == "en" else card.service.title_en or "")
        if card.service.title_en
        else "",
        id=identifier,
        badges=frame.thing(card.service).badges,
        about=(card.description_en if language == "en" else None) or card.description or "",
        facts=tuple(_facts(frame, card)),
        papers=tuple(tuple(_paper(frame, card, need) for need in line.choices) for line in card.lines),
        brought=tuple(_paper(frame, card, need) for need in card.brought_by_others),
        prior=tuple(_service_cell(frame, card, prior.thing) for prior in card.prior_services),
        results=frame.things(card.produces),
        offices=tuple(_office(frame, office) for office in card.places[:_NAMED]),
        offices_note=_all_offices(frame, card),
        offices_far=card_table.distance(card, card.places[0].nearness, language) if card.places else "",
        online=_online(frame, card),
        complaints=tuple(
            Complaint(frame.thing(office.unit), frame.thing(office.above) if office.above else None)
            for office in card.places[:_NAMED]
        ),
        place=place_form(frame, identifier, card.place.name(language) if card.place else ""),
        place_removed=Link(frame.say("process.place_removed"), frame.here(place=None)) if card.place else None,
        bases=tuple(_basis(frame, ground) for ground in card.grounds),
        picture=picture,
        picture_note=note,
        sections=(_steps(frame, card), _chain(frame, card)),
        links=tuple(_links(frame, card)),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("service.html", page)


def place_chooser(asked: Asked, question: ServiceQuestion) -> Chooser:
    """What is asked where the name of a place fits several."""
    frame = frame_of(asked, "")
    return Chooser(
        heading=frame.say("process.place"),
        about=frame.say("process.place_about"),
        form=place_form(frame, question.id, question.place or ""),
        crumbs=(Link(frame.say("process.services"), "/services"),),
    )


def place_form(frame: Frame, identifier: str, said: str) -> Form:
    """The form that asks where the reader lives, so that the office near by comes first."""
    hint = frame.say("process.place_hint")
    inputs = (Input("place", frame.say("process.place"), said, hint=hint, suggests=("place",)), *day_kept(frame))
    return Form("place", f"/services/{identifier}", inputs, frame.say("show"), frame.say("process.place"))


def _office(frame: Frame, office: service_card.ServiceOffice) -> Office:
    place = office.located_in
    contact = [Cell(said) for said in (office.address, office.phone, office.email) if said]
    if office.website:
        contact.append(Cell(office.website, office.website))
    return Office(
        unit=frame.thing(office.unit, within=(office.institution.id, *([place.id] if place else []))),
        institution="" if office.institution.id == office.unit.id else office.institution.full_name(frame.language),
        place=_place_beside(frame, office.unit, place),
        contact=tuple(contact),
    )


def _place_beside(frame: Frame, unit: Thing, place: Thing | None) -> str:
    """The place of a unit where its name does not say it already."""
    if place is None or text.fold(place.title) in text.fold(unit.name(frame.language)):
        return ""
    return place.name(frame.language)


def _all_offices(frame: Frame, card: ServiceCard) -> Cell | None:
    rest = card.place_count - _NAMED
    if rest <= 0:
        return None
    href = frame.link(f"/records/service/{card.service.id}/edges", direction="out", edge_type="PROVIDED_BY")
    return Cell(frame.say("process.more_offices", count=frame.number(rest)), href)


def _online(frame: Frame, card: ServiceCard) -> Cells:
    """What is known of applying without going there: the channel, and the systems that have an address."""
    assert frame.schema is not None, "an answer has one"
    cells = [Cell(frame.schema.label_of_code("service_channel", card.channel, frame.language))] if card.channel else []
    return tuple(
        cells + [Cell(held.system.name(frame.language), held.website) for held in card.systems if held.website]
    )


def _facts(frame: Frame, card: ServiceCard) -> list[Fact]:
    """What fits in a line: who, how long, how, how often, by which system."""
    assert frame.schema is not None, "an answer has one"
    schema, language = frame.schema, frame.language
    facts = []

    def add(key: str, *said: str | None) -> None:
        if told := tuple(Cell(each) for each in said if each):
            facts.append(Fact(frame.say(f"process.{key}"), told))

    add("who", ", ".join(schema.label_of_code("beneficiary", code, language) for code in card.beneficiaries))
    legal = in_words(card.legal_duration, language)
    average = in_words(card.average_duration, language)
    add(
        "how_long",
        in_words(card.duration, language),
        frame.say("process.legal_duration", duration=legal) if legal else None,
        frame.say("process.average_duration", duration=average) if average else None,
    )
    add("where_written", card.first_application_office)
    yearly = card.yearly_transactions
    add("how_often", None if yearly is None else frame.say("process.yearly", count=frame.number(yearly)))
    add("file_plan", card.file_plan_code)
    if card.systems:
        facts.append(Fact(frame.say("process.systems"), frame.things(tuple(held.system for held in card.systems))))
    return facts


def _paper(frame: Frame, card: ServiceCard, need: Need) -> Paper:
    source, thing = need.source, need.required.thing
    cells: list[Cell] = []
    shown = list(zip(source.services, source.units, source.places, strict=True))[: source.equal_count]
    for number, (service, unit, place) in enumerate(shown):
        if number == 0 or service.id != shown[number - 1][0].id:
            cells.append(_service_cell(frame, card, service))
        if unit is not None:
            told = frame.thing(unit, within=(place.id,) if place else ())
            where = _place_beside(frame, unit, place)
            cells.append(replace(told, beside=SEPARATOR.join(part for part in (where, told.beside) if part)))
    if not source.services:
        cells += frame.things(source.institutions[:1])
    assert frame.schema is not None, "an answer has one"
    everyone = frame.link(
        f"/records/{frame.schema.kinds[thing.kind].slug}/{thing.id}/edges", direction="in", edge_type="PRODUCES"
    )
    rest = source.office_count - len(shown)
    if rest > 0:
        cells.append(Cell(frame.say("process.more_sources", count=frame.number(rest)), everyone))
    far = card_table.distance(card, source.nearness, frame.language)
    notes = [Cell(far)] if far else []
    if source.aside_count:
        notes.append(Cell(frame.say("process.aside", count=frame.number(source.aside_count)), everyone))
    hint = ""
    if need.once_only:
        maker = source.institutions[0].name(frame.language)
        hint = frame.say("process.own_paper" if source.is_own else "process.once_only", institution=maker)
    return Paper(
        frame.thing(thing),
        card_table.carriage(need, frame.language),
        tuple(replace(cell, id="") for cell in cells),
        tuple(notes),
        hint,
    )


def _service_cell(frame: Frame, card: ServiceCard, service: Thing) -> Cell:
    """A service as a link to its card, for who lives in the same place."""
    place = card.place.id if card.place else None
    return replace(frame.thing(service), href=frame.link(f"/services/{service.id}", place=place))


def _basis(frame: Frame, ground: ActBasis) -> BasisShown:
    provisions = []
    for basis in ground.provisions:
        told = frame.thing(basis.record)
        provisions.append(replace(told, text=_under_its_act(basis.place or "", told.text), kind="", id=""))
    return BasisShown(frame.thing(ground.act), tuple(provisions))


def _under_its_act(place: str, title: str) -> str:
    """`m.15` or `m.15 Bildirim yükümlülüğü`, where the title says `5490 sayılı Kanun m.15 …` below that act."""
    _, said, rest = title.partition(place) if place else ("", "", "")
    return f"{place}{rest}" if said and not rest[:1].isalnum() else f"{place} {title}".strip()


def _steps(frame: Frame, card: ServiceCard) -> Section:
    """The table twin of the picture's steps."""
    assert frame.schema is not None, "an answer has one"
    schema = frame.schema
    rows = tuple(
        (
            (Cell(frame.number(number), is_number=True),),
            (Cell(schema.label_of_code("step_kind", step.step_kind, frame.language)),),
            (replace(frame.thing(step.record), text=card.step_title(step, frame.language)),),
            (Cell(step.role or "–"),),
            frame.things(step.senders) or (Cell("–"),),
            frame.things(step.receivers) or (Cell("–"),),
            frame.things(step.carries) or (Cell("–"),),
            frame.things(step.bases) or (Cell("–"),),
        )
        for number, step in enumerate(card.steps, start=1)
    )
    names = ("number", "step_kind", "step", "role", "sender", "receiver", "carries", "basis")
    columns = tuple(frame.say(f"process.step_{name}") for name in names)
    empty = frame.say("process.no_steps")
    return Section(frame.say("process.steps"), columns, rows, empty, frame.say("process.steps_about"), id="steps")


def _chain(frame: Frame, card: ServiceCard) -> Section:
    rows = tuple(
        (
            (Cell(frame.number(link.depth), is_number=True),),
            (
                _service_cell(frame, card, link.service),
                *(
                    (Cell(frame.say("process.more_services", count=frame.number(link.maker_count - 1))),)
                    if link.maker_count > 1
                    else ()
                ),
            ),
            (frame.thing(link.document),) if link.document else (Cell("–"),),
            (_service_cell(frame, card, link.needed_by),),
        )
        for link in card.chain
    )
    columns = tuple(frame.say(f"process.chain_{name}") for name in ("depth", "service", "document", "for"))
    empty = frame.say("process.no_chain")
    return Section(frame.say("process.chain"), columns, rows, empty, frame.say("process.chain_about"), id="chain")


def _links(frame: Frame, card: ServiceCard) -> list[Link]:
    identifier = card.service.id
    unit = card.places[0].unit.id if card.places else None
    found = [Link(frame.say("process.to_table"), frame.link("/services/table", organisation=unit))] if unit else []
    return [
        *found,
        Link(frame.say("process.to_flows"), frame.link("/flows", service=identifier)),
        Link(frame.say("process.to_impact"), frame.link(f"/impact/service/{identifier}")),
        Link(frame.say("process.to_explorer"), frame.explore(identifier)),
        Link(frame.say("record_show"), frame.link(f"/records/service/{identifier}")),
    ]
