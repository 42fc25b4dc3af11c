"""The page of a data-flow answer, and the page where a data-flow question begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from kaysis_graph import text
from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.question import parameter_name
from kaysis_graph.answers.reply import Reply
from kaysis_graph.flows.answer import FlowAnswer, FlowArrow, FlowChoices
from kaysis_graph.flows.ask import ARROWS, FlowWalk
from kaysis_graph.flows.picture import flow_diagram
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.reply import category_labels
from kaysis_graph.flows.words import about_instead, about_offices
from kaysis_graph.render.formats import SHEETS
from ui.pages.answer_parts import (
    Ways,
    another,
    day_kept,
    downloads,
    field_input,
    notices,
    pages_of,
    picture_of,
    ways_of,
)
from ui.pages.choice import Chooser, kind_of
from ui.pages.flow_tables import COLUMNS, ArrowRows, arrow_rows, gap_sections, grouped_cells
from ui.pages.frame import Cells, Frame, Link, address, frame_of
from ui.pages.page_parts import Another, Form, Input, Option, Section, rendered
from ui.pages.reader import Asked

# Without tied offices there is nothing to count or to fold.
_OF_OFFICES = ("units", "offices")
_CARRIERS = ("applicant", "institution", "system", "unknown")
_KINDS = {"service": "service"}
# Real questions of the seed, by the way they are asked; those of records that are not there are left out.
_EXAMPLES: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "once_only": (("once_only", {"organisation": "99007301"}),),
    "organisation": (("organisation", {"organisation": "24322010"}), ("inside", {"organisation": "99001009"})),
    "unit": (("unit", {"unit": "99006201"}),),
    "service": (("service", {"service": "heys-41033"}),),
    "between": (("between", {"from": "24322010", "to": "99006101"}),),
    "state": (("state", {"whole": "state"}), ("categories", {"whole": "state", "level": "category"})),
}


@dataclass(frozen=True)
class FlowsPage:
    """Who hands what to whom: in a sentence, narrowed by a form, as a picture, arrow by arrow, and what does not meet.

    `narrowed` takes one filter away each; `once_only` leads to the documents that need not be asked for.
    """

    frame: Frame
    heading: str
    lead: str
    carriage: str
    about: str
    contents: tuple[Link, ...]
    once_only: str
    offices: tuple[str, ...]
    unfold: Link | None
    instead: Link | None
    notices: tuple[str, ...]
    filters: Form
    narrowed: tuple[Link, ...]
    picture: Markup | None
    picture_note: str
    explore: Link | None
    downloads: tuple[Link, ...]
    columns: tuple[str, ...]
    arrows: tuple[ArrowRows, ...]
    previous: Link | None
    following: Link | None
    grouped: Cells
    gaps: tuple[Section, ...]
    form: Form
    another: Another


@dataclass(frozen=True)
class FlowWay:
    """One way to ask: what it answers, its form where it needs one, and examples that can be followed."""

    id: str
    heading: str
    about: str
    form: Form | None
    examples: tuple[Link, ...]


@dataclass(frozen=True)
class FlowsEntry:
    """The ways to ask about data flows."""

    frame: Frame
    heading: str
    about: str
    ways: tuple[FlowWay, ...]


def own_address(asked: Asked, question: FlowQuestion, offset: int) -> str:
    """Where the page of these arrows stands, for files that lead to it."""
    day = {"at": asked.at.isoformat() if asked.is_dated else None}
    return (
        f"{asked.site}{address('/flows', {**_whole(question), **question.parameters, **day, 'offset': offset or None})}"
    )


def answer_page(asked: Asked, reply: Reply[FlowAnswer, FlowArrow], walk: FlowWalk) -> str:
    """The page of an answer."""
    answer, choices, question = reply.answer, walk.choices, walk.question
    frame = frame_of(asked, "")
    heading = _heading(frame, answer)
    frame = frame_of(asked, heading, (Link(frame.say("flows"), frame.link("/flows")),))
    diagram = flow_diagram(answer, frame.language, category_labels(asked.graph.schema), page="")
    picture, note = picture_of(asked, frame, diagram)
    previous, following = pages_of(frame, answer.offset, len(answer.arrows), answer.totals.arrows, answer.limit)
    ways = ways_of(frame, reply)
    once_only = answer.gaps.once_only_count or 0
    gaps = gap_sections(frame, answer)
    page = FlowsPage(
        frame=frame,
        heading=heading,
        lead=_lead(frame, answer),
        carriage=_carriage(frame, answer),
        about=frame.say("flows_about"),
        contents=_contents(frame, gaps, has_picture=picture is not None),
        once_only=frame.say("flows.once_only_lead", count=frame.number(once_only)) if once_only else "",
        offices=tuple(about_offices(answer, frame.language)),
        unfold=_unfold(frame, answer),
        instead=_instead(frame, answer),
        notices=notices(frame, answer.cut),
        filters=_filters(frame, answer, choices),
        narrowed=_narrowed(frame, answer),
        picture=picture,
        picture_note=note,
        explore=_explore(frame, question),
        downloads=_files(frame, ways, answer),
        columns=tuple(frame.say(key) for key in COLUMNS),
        arrows=arrow_rows(frame, answer),
        previous=previous,
        following=following,
        grouped=grouped_cells(frame, answer),
        gaps=gaps,
        form=form_of(frame, question.subjects or {"organisation": ""}),
        another=_another(frame, ways, question),
    )
    return rendered("flows.html", page)


def entry_page(asked: Asked) -> str:
    """The page where a question begins."""
    frame = frame_of(asked, "")
    heading = frame.say("flows")
    frame = frame_of(asked, heading)
    return rendered(
        "flows_entry.html",
        FlowsEntry(frame, heading, frame.say("flows_about"), tuple(_way(asked, frame, name) for name in _EXAMPLES)),
    )


def flow_chooser(asked: Asked, question: FlowQuestion) -> Chooser:
    """What is asked where the name of a record fits several."""
    frame = frame_of(asked, "")
    return Chooser(frame.say("flows"), frame.say("flows_about"), form_of(frame, question.subjects))


def end_chooser(asked: Asked, question: FlowQuestion) -> Chooser:
    """What is asked where of two institutions only one is named."""
    frame = frame_of(asked, "")
    form = form_of(frame, {"from": "", "to": "", **question.subjects})
    return Chooser(frame.say("flows.way_between"), frame.say("flows.way_between_about"), form)


def form_of(frame: Frame, given: dict[str, str], id: str = "flows") -> Form:  # noqa: A002  # as forms name it
    """A form that asks in the way of the parameters given."""
    names = ["from", "to"] if "from" in given else list(given)[:1]
    inputs = [
        Input(
            name,
            frame.say(f"flows_{name}"),
            given.get(name, ""),
            hint=frame.say("id_or_name"),
            is_required=True,
            suggests=(_KINDS.get(name, "organisation"),),
        )
        for name in names
    ]
    return Form(id, "/flows", (*inputs, *day_kept(frame)), frame.say("show"), frame.say("flows"))


def _way(asked: Asked, frame: Frame, name: str) -> FlowWay:
    names = {"once_only": ("organisation",), "between": ("from", "to"), "state": ()}.get(name, (name,))
    form = form_of(frame, dict.fromkeys(names, ""), name) if names else None
    place = "#once-only" if name == "once_only" else ""
    form = replace(form, action=f"{form.action}{place}") if form else None
    examples = tuple(
        Link(frame.say(f"flows.example_{key}"), frame.link("/flows", **parameters) + place)
        for key, parameters in _EXAMPLES[name]
        if all(kind_of(asked, value) for part, value in parameters.items() if part not in ("whole", "level"))
    )
    return FlowWay(name, frame.say(f"flows.way_{name}"), frame.say(f"flows.way_{name}_about"), form, examples)


def _contents(frame: Frame, gaps: tuple[Section, ...], *, has_picture: bool) -> tuple[Link, ...]:
    return (
        *((Link(frame.say("picture"), "#picture-heading"),) if has_picture else ()),
        Link(frame.say("table"), "#table"),
        *(Link(frame.say(f"flows.short_{gap.id}"), f"#{gap.id}") for gap in gaps if gap.rows),
        Link(frame.say("change_question"), "#form-heading"),
    )


def _heading(frame: Frame, answer: FlowAnswer) -> str:
    names = [thing.full_name(frame.language) for thing in answer.asked]
    match names:
        case [one]:
            return frame.say("flows_of", title=one)
        case [sender, receiver]:
            return frame.say("flows_between", source=sender, target=receiver)
        case _:
            return frame.say("flows_state")


def _lead(frame: Frame, answer: FlowAnswer) -> str:
    totals = answer.totals
    if not totals.arrows:
        return frame.say("flows.none_narrowed" if answer.question.is_narrowed else "flows_none")
    return frame.say(
        "flows.lead",
        arrows=frame.number(totals.arrows),
        documents=frame.number(totals.documents),
        senders=frame.number(totals.senders),
        receivers=frame.number(totals.receivers),
    )


def _unfold(frame: Frame, answer: FlowAnswer) -> Link | None:
    """The way to what was folded or left out, and back."""
    question = answer.question
    if not answer.tied:
        return None
    if question.units == "own":
        return Link(frame.say("flows.count_offices"), frame.here(units=None, offset=None))
    if question.offices == "each":
        return Link(frame.say("flows.fold_offices"), frame.here(offices=None, offset=None))
    return Link(frame.say("flows.unfold_offices"), frame.here(offices="each", offset=None)) if answer.folded else None


def _instead(frame: Frame, answer: FlowAnswer) -> Link | None:
    """What there is in the place of an empty answer."""
    if answer.instead is None:
        return None
    said = about_instead(answer.instead, frame.language)
    return Link(said, frame.link("/flows", **answer.instead.question.parameters))


def _carriage(frame: Frame, answer: FlowAnswer) -> str:
    """By whom it is carried, added up; nothing where only a part of the arrows is told."""
    if not answer.arrows or len(answer.arrows) < answer.totals.arrows:
        return ""
    sums = {name: sum(getattr(arrow.carried_by, name) for arrow in answer.arrows) for name in _CARRIERS}
    listed = [frame.say(f"carrier_{name}", count=frame.number(count)) for name, count in sums.items() if count]
    return frame.say("flows.lead_carriage", listed=", ".join(listed)) if listed else ""


def _filters(frame: Frame, answer: FlowAnswer, choices: FlowChoices) -> Form:
    question = answer.question
    hidden = {**question.subjects, **_whole(question)}
    inputs = [Input(name, "", value, "hidden") for name, value in hidden.items()]
    records = {"document": (answer.documents, choices.documents), "with_": (answer.counterparts, choices.counterparts)}
    for name in question.filters:
        if name in _OF_OFFICES and not answer.tied:
            continue
        options = _options(frame, getattr(question, name), *records[name]) if name in records else None
        inputs.append(field_input(frame, question, "flows", name, options))
    return Form("filters", "/flows", (*inputs, *day_kept(frame)), frame.say("flows.narrow"), frame.say("flows.filters"))


def _options(
    frame: Frame, identifiers: tuple[str, ...], chosen: tuple[Thing, ...], busiest: Sequence[Thing]
) -> list[Option]:
    """The records to choose from; what is chosen is one of them even where it is not among the first hundred."""
    titled = [Option(thing.id, thing.full_name(frame.language)) for thing in busiest]
    options = [Option("", frame.say("flows.all")), *text.in_order(titled, lambda option: option.label)]
    value = ",".join(identifiers)
    if value in {option.value for option in options}:
        return options
    return [*options, Option(value, _titles(frame, chosen))]


def _titles(frame: Frame, things: tuple[Thing, ...]) -> str:
    return ", ".join(thing.full_name(frame.language) for thing in things)


def _narrowed(frame: Frame, answer: FlowAnswer) -> tuple[Link, ...]:
    question = answer.question
    records = {"document": answer.documents, "with_": answer.counterparts}
    links = []
    for name in question.NARROWING:
        if value := getattr(question, name):
            parameter = parameter_name(name)
            words = _titles(frame, records[name]) if name in records else frame.say(f"flows.{parameter}_{value}")
            href = frame.here(**{parameter: None, "offset": None})
            links.append(Link(f"{frame.say(f'flows.{parameter}')}: {words}", href))
    return tuple(links)


def _explore(frame: Frame, question: FlowQuestion) -> Link | None:
    match question.subject:
        case "state":
            return None
        case "between":
            return Link(frame.say("flows.explore_between"), frame.explore("path~" + "~".join(question.ids)))
        case _:
            return Link(frame.say("flows.explore"), frame.explore(question.ids[0]))


def _files(frame: Frame, ways: Ways, answer: FlowAnswer) -> tuple[Link, ...]:
    """Sheets hold every arrow of the question; pictures and JSON those that are shown."""
    page = {"offset": answer.offset or None, "limit": None if answer.limit == ARROWS else answer.limit}
    shown = replace(
        ways, parameters={**ways.parameters, **page}, formats=[name for name in ways.formats if name not in SHEETS]
    )
    return (*downloads(frame, replace(ways, formats=SHEETS)), *downloads(frame, shown))


def _another(frame: Frame, ways: Ways, question: FlowQuestion) -> Another:
    """The question in other ways; the page of the whole state has a parameter that the API needs not."""
    told = another(frame, ways)
    parameters = {**_whole(question), **ways.parameters, "at": frame.at}
    return replace(told, address=f"{frame.site}{address(ways.page, parameters)}")


def _whole(question: FlowQuestion) -> dict[str, str]:
    return {"whole": "state"} if question.subject == "state" else {}
