"""Data flows: who hands which document or data to whom."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.answering import Ways, answer_page, day_kept, number, pages_of, said
from api.asking import PICTURES, Asked, Blank, Offset, Question
from api.choosing import Choices, choose_page, meant
from api.describing import answers_with
from api.frames import Cell, Cells, Frame, Link, frame_of
from api.offers import Offer, html, respond
from api.pages import Fact, Form, Input, Option, Section
from kaysis_graph.answers import flow_answer as told
from kaysis_graph.answers import flows, tables
from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.flow_answer import FlowAnswer, Scope
from kaysis_graph.answers.flow_pictures import flow_diagram
from kaysis_graph.errors import Invalid, Problem

api = APIRouter(prefix="/api", tags=["data flows"])
pages = APIRouter(include_in_schema=False)
Limit = Annotated[int, Query(ge=1, le=1000, description="How many arrows at most.")]
Named = Annotated[str | None, Blank, Query(description="A DETSİS number.", examples=["99001009"])]
Service = Annotated[str | None, Blank, Query(description="A HEYS number.", examples=["heys-41001"])]
Sender = Annotated[str | None, Blank, Query(alias="from", description="The institution that hands over; with `to`.")]
Receiver = Annotated[str | None, Blank, Query(alias="to", description="The institution that receives; with `from`.")]
Within = Annotated[
    Literal["inside", "between", "both"] | None,
    Blank,
    Query(description="With `organisation`: inside it, with others, or both (when left out)."),
]
_ARROWS = 200
_TWINS = {"service": "flows_of_service", "institution": "flows_of_institution", "unit": None,
          "between": "flows_between", "state": "flows_of_state"}  # fmt: skip


@api.get("/data-flows", operation_id="dataFlows", summary="Who hands which document or data to whom",
         responses=answers_with(FlowAnswer, "csv", "xlsx", *PICTURES, "bpmn", "html"))  # fmt: skip
def data_flows(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    organisation: Named = None,
    unit: Named = None,
    service: Service = None,
    sender: Sender = None,
    receiver: Receiver = None,
    scope: Within = None,
    offset: Offset = 0,
    limit: Limit = _ARROWS,
) -> Response:
    """Of an institution, one unit, one service, from one institution to another, or of the whole state."""
    return _flows(asked, _question(organisation, unit, service, sender, receiver, scope), offset, limit)


@pages.get("/flows")
def page(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    organisation: Named = None,
    unit: Named = None,
    service: Service = None,
    sender: Sender = None,
    receiver: Receiver = None,
    scope: Within = None,
    whole: Annotated[Literal["state"] | None, Blank, Query()] = None,
    offset: Offset = 0,
    limit: Limit = _ARROWS,
) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    given = {"organisation": organisation, "unit": unit, "service": service, "from": sender, "to": receiver}
    frame = frame_of(asked, "")
    heading = frame.say("flows")
    form = _form(frame, given, scope)
    if whole is None and not any(given.values()):
        state = Link(frame.say("example_flows_state"), frame.link("/flows", whole="state"))
        return html(choose_page(frame_of(asked, heading), heading, frame.say("flows_about"), form, None, [], (state,)))
    found: dict[str, str | None] = {}
    for name, value in given.items():
        choice = meant(asked, value, ["Service" if name == "service" else "Organisation"]) if value else None
        if isinstance(choice, Choices):
            links = [frame.link("/flows", **{**given, name: held.id}, scope=scope) for held in choice.names]
            titled = frame_of(asked, heading)
            return html(choose_page(titled, heading, frame.say("flows_about"), form, choice, links))
        found[name] = choice
    if found != given:
        return RedirectResponse(frame.link("/flows", **found, scope=scope), 303)
    return _flows(asked, _question(organisation, unit, service, sender, receiver, scope), offset, limit)


def _question(  # noqa: PLR0913  # the parameters of the address
    organisation: str | None,
    unit: str | None,
    service: str | None,
    sender: str | None,
    receiver: str | None,
    scope: Scope | None,
) -> told.Question:
    """The question of an address; Invalid unless it is asked in one way only."""
    ways = {"organisation": organisation, "unit": unit, "service": service, "from … to": sender or receiver}
    given = [name for name, value in ways.items() if value]
    problems = []
    if len(given) > 1:
        values = {"count": len(given), "given": ", ".join(given)}
        problems.append(Problem("api.one_way", {"parameter": given[1].partition(" ")[0]}, values))
    if (sender is None) != (receiver is None):
        absent = "from" if sender is None else "to"
        problems.append(Problem("api.missing", {"parameter": absent}, {"name": absent}))
    if scope is not None and organisation is None:
        problems.append(Problem("api.scope_alone", {"parameter": "scope"}))
    if problems:
        raise Invalid(problems)
    match given:
        case ["organisation"]:
            return told.Question("institution", (str(organisation),), scope or "both")
        case ["unit"]:
            return told.Question("unit", (str(unit),))
        case ["service"]:
            return told.Question("service", (str(service),))
        case [_]:
            return told.Question("between", (str(sender), str(receiver)))
        case _:
            return told.Question("state")


def _flows(asked: Asked, question: told.Question, offset: int, limit: int) -> Response:
    graph, language = asked.graph, asked.language
    answer = flows.answer(graph, question, asked.at, offset=offset, limit=limit)
    labels = {code: entry.label for code, entry in graph.schema.codes["organisation_category"].entries.items()}
    parameters = _parameters(question)

    def shown() -> str:
        frame = frame_of(asked, "")
        categories = sorted(graph.schema.codes["organisation_category"].marked("institution"))
        ends = {"between": ("from_id", "to_id")}.get(question.subject, ("id",))
        ways = Ways(
            page="/flows",
            api="/api/data-flows",
            parameters=parameters,
            command=["flows", *(part for name, value in parameters.items() for part in (f"--{name}", value))],
            formats=("csv", "xlsx", "json", *PICTURES, "bpmn"),
            twin=_TWINS[question.subject],
            takes={**dict(zip(ends, question.ids, strict=False)), "categories": categories},
        )
        given = {name: parameters.get(name) for name in ("organisation", "unit", "service", "from", "to")}
        totals = answer.totals
        lead = said(
            frame,
            "flows_lead" if totals.arrows else "flows_none",
            arrows=frame.number(totals.arrows),
            documents=frame.number(totals.documents),
            senders=frame.number(totals.senders),
            receivers=frame.number(totals.receivers),
        )
        facts = [Fact(frame.say("asked_about"), frame.things(answer.asked))] if answer.asked else []
        return answer_page(
            asked,
            answer,
            ways,
            heading=_heading(frame, answer),
            about=frame.say("flows_about"),
            lead=lead,
            form=_form(frame, given, parameters.get("scope")),  # type: ignore[arg-type]  # one of the scopes
            sections=_sections(frame, answer),
            facts=[*facts, *_grouped(frame, answer)],
            diagram=flow_diagram(answer, language, labels),
            crumbs=(Link(frame.say("flows"), frame.link("/flows")),),
        )

    offer = Offer(
        name="-".join(["flows", *question.ids]),
        body=lambda: answer,
        page=shown,
        table=lambda: tables.flows(answer, flows.stream_arrows(graph, question, asked.at), language),
        diagram=lambda: flow_diagram(answer, language, labels),
        is_process=True,
    )
    return respond(asked, offer)


def _parameters(question: told.Question) -> dict[str, str]:
    match question.subject:
        case "institution":
            scope = {} if question.scope == "both" else {"scope": question.scope}
            return {"organisation": question.ids[0], **scope}
        case "between":
            return {"from": question.ids[0], "to": question.ids[1]}
        case "state":
            return {}
        case _:
            return {question.subject: question.ids[0]}


def _heading(frame: Frame, answer: FlowAnswer) -> str:
    names = [thing.name(frame.language) for thing in answer.asked]
    match names:
        case [one]:
            return frame.say("flows_of", title=one)
        case [sender, receiver]:
            return frame.say("flows_between", source=sender, target=receiver)
        case _:
            return frame.say("flows_state")


def _sections(frame: Frame, answer: FlowAnswer) -> list[Section]:
    rows: list[tuple[Cells, ...]] = []
    for arrow in answer.arrows:
        rows.extend(
            (
                _end(frame, arrow.sender),
                _end(frame, arrow.receiver),
                (frame.thing(carried.document),),
                _services(frame, carried.producing, carried.producing_count),
                _services(frame, carried.requiring, carried.requiring_count),
                tuple(frame.thing(basis.record) for basis in carried.bases),
                _carriers(frame, carried.carried_by),
                number(frame, carried.yearly.transactions),
            )
            for carried in arrow.carries
        )
        if arrow.document_count > len(arrow.carries):
            more = said(frame, "more_documents", count=frame.number(arrow.document_count - len(arrow.carries)))
            rows.append((_end(frame, arrow.sender), _end(frame, arrow.receiver), more, (), (), (), (), ()))
    previous, following = pages_of(frame, answer.offset, len(answer.arrows), answer.totals.arrows, answer.limit)
    columns = tuple(
        frame.say(key)
        for key in ("sender", "receiver", "document", "producing", "requiring", "legal_basis", "carried_by", "yearly")
    )
    table = Section(frame.say("table"), columns, tuple(rows), frame.say("flows_empty"), "", previous, following)
    return [table, *_gaps(frame, answer)]


def _gaps(frame: Frame, answer: FlowAnswer) -> list[Section]:
    sections = []
    gaps = answer.gaps
    if gaps.once_only:
        rows: tuple[tuple[Cells, ...], ...] = tuple(
            (
                (frame.thing(gap.document),),
                _services(frame, gap.asked_by, gap.asking_count),
                _services(frame, gap.made_by, gap.maker_count),
            )
            for gap in gaps.once_only
        )
        columns = tuple(frame.say(key) for key in ("document", "asked_by", "made_by"))
        note = frame.say("once_only_about", count=frame.number(gaps.once_only_count or 0))
        sections.append(Section(frame.say("once_only"), columns, rows, "", note, id="once-only"))
    for name, found, count in (
        ("unproduced", gaps.unproduced, gaps.unproduced_count),
        ("unasked", gaps.unasked, gaps.unasked_count),
    ):
        if found:
            rows = tuple(
                ((frame.thing(gap.document),), _services(frame, gap.services, gap.service_count)) for gap in found
            )
            columns = (frame.say("document"), frame.say("services_concerned"))
            note = frame.say(f"{name}_about", count=frame.number(count))
            sections.append(Section(frame.say(name), columns, rows, "", note, id=name))
    return sections


def _grouped(frame: Frame, answer: FlowAnswer) -> list[Fact]:
    cells = tuple(
        Cell(
            frame.say(f"grouped_{held.side}", title=held.document.name(frame.language), count=frame.number(held.count))
        )
        for held in answer.grouped
    )
    return [Fact(frame.say("grouped"), cells)] if cells else []


def _end(frame: Frame, end: told.End) -> Cells:
    if end.record is None:
        return (Cell(end.name(frame.language)),)
    unit = frame.thing(end.record)
    if end.institution is None or end.institution.id == end.record.id:
        return (unit,)
    return (unit, Cell(end.institution.name(frame.language)))


def _services(frame: Frame, services: tuple[Thing, ...], count: int) -> Cells:
    cells = frame.things(services)
    rest = count - len(services)
    return (*cells, Cell(frame.say("and_more", count=frame.number(rest)))) if rest else cells


def _carriers(frame: Frame, by: told.Carriers) -> Cells:
    named = {name: getattr(by, name) for name in ("applicant", "institution", "system", "unknown")}
    return tuple(
        Cell(frame.say(f"carrier_{name}", count=frame.number(count))) for name, count in named.items() if count
    )


def _form(frame: Frame, given: dict[str, str | None], scope: Scope | None) -> Form:
    scopes = tuple(
        Option("" if name == "both" else name, frame.say(f"scope_{name}")) for name in ("both", "inside", "between")
    )
    asked = [name for name, value in given.items() if value]
    # The way the question was asked, or all of them to choose from.
    names = ["from", "to"] if asked and asked[0] in ("from", "to") else asked[:1] or ["organisation"]
    inputs = [
        Input(
            name,
            frame.say(f"flows_{name}"),
            given.get(name) or "",
            hint=frame.say("id_or_name"),
            suggests=("service",) if name == "service" else ("organisation",),
        )
        for name in names
    ]
    if names == ["organisation"]:
        inputs.append(Input("scope", frame.say("scope"), scope or "", "select", scopes))
    return Form("flows", "/flows", (*inputs, *day_kept(frame)), frame.say("show"), frame.say("flows"))
