"""Parts that the pages of all answers share: notices, files, paging, and the question asked in other ways."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from kaysis_graph.answers.answer import Answer, Cut
from kaysis_graph.answers.question import Question, member_types, parameter_name
from kaysis_graph.answers.reply import Reply
from kaysis_graph.errors import TooLarge
from kaysis_graph.graph.queries import load
from kaysis_graph.messages import catalogue
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import FORMATS, SHEETS, FormatName
from ui.pages.frame import Cell, Cells, Frame, Link, Parameter, address, frame_of
from ui.pages.page_parts import Another, AnswerPage, Fact, Form, Input, Option, Section, rendered
from ui.pages.picture import dated, inline
from ui.pages.reader import Asked

# What pages say of the rows on other pages: there are links to these.
_NOTICES = {"answers.page": "page_cut", "answers.last_page": "page_cut", "answers.past_end": "page_past_end"}
# Said beside the question, and kept while it is narrowed.
_KEPT = ("limit",)


@dataclass(frozen=True)
class Ways:
    """One question in every form: its page, its address in the API, its command line, its twin in Cypher.

    `takes` are the parameters of the twin beside the day, `edge_type` what it has to be named where it names one.
    `is_of_today` tells that the question without a day means today, and not every day there ever was.
    """

    page: str
    api: str
    parameters: Mapping[str, Parameter]
    command: Sequence[str]
    formats: Sequence[FormatName]
    twin: str | None = None
    takes: Mapping[str, object] = field(default_factory=dict)
    edge_type: str = ""
    is_of_today: bool = True


def ways_of(frame: Frame, reply: Reply[Any, Any]) -> Ways:
    """The question of a reply in every form."""
    assert frame.schema is not None, "an answer has one"
    question, twin = reply.question, reply.twin
    return Ways(
        page=question.page(frame.schema),
        api=question.api(frame.schema),
        parameters=question.parameters,
        command=question.command,
        # Sheets first: they are what people download.
        formats=sorted(reply.formats, key=lambda name: name not in SHEETS),
        twin=twin.name if twin else None,
        takes=twin.takes if twin else {},
        edge_type=twin.edge_type if twin else "",
    )


def answer_page(  # noqa: PLR0913  # a page part by part
    asked: Asked,
    answer: Answer,
    ways: Ways,
    *,
    heading: str,
    about: str,
    lead: Cells,
    form: Form,
    sections: Sequence[Section],
    facts: Sequence[Fact] = (),
    diagram: Diagram | None = None,
    crumbs: Sequence[Link] = (),
) -> str:
    """The page of an answer."""
    frame = frame_of(asked, heading, tuple(crumbs))
    picture, note = picture_of(asked, frame, diagram)
    page = AnswerPage(
        frame=frame,
        heading=heading,
        about=about,
        lead=lead,
        notices=notices(frame, answer.cut),
        form=form,
        facts=tuple(facts),
        picture=picture,
        picture_note=note,
        sections=tuple(sections),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("answer.html", page)


def picture_of(asked: Asked, frame: Frame, diagram: Diagram | None) -> tuple[Markup | None, str]:
    """The picture as part of a page, or why there is none."""
    if diagram is None or not diagram.arrows:
        return None, ""
    try:
        return inline(dated(diagram, asked)), ""
    except TooLarge as error:
        return None, f"{error.text(frame.language)} {error.hint(frame.language) or ''}"


def another(frame: Frame, ways: Ways) -> Another:
    """The question asked in other ways, as of the day shown."""
    said = {name: value for name, value in ways.parameters.items() if value not in (None, "")}
    day = {"at": frame.at} if ways.is_of_today or frame.is_dated else {}
    command = shlex.join(["kaysis", *ways.command, *(("--at", frame.at.isoformat()) if day else ())])
    twin = _twin(ways.twin, ways.edge_type)
    return Another(
        address=f"{frame.site}{address(ways.page, {**said, **day})}",
        api=f"{frame.site}{address(ways.api, {**said, **day})}",
        command=command,
        twin=twin,
        parameters=_cypher_parameters({**ways.takes, **day}) if twin else "",
    )


def downloads(frame: Frame, ways: Ways) -> tuple[Link, ...]:
    """The answer as files, whole where a file can hold it."""
    return tuple(
        Link(FORMATS[held].title, frame.link(ways.api, **ways.parameters, format=held, lang=frame.language))
        for held in ways.formats
    )


def pages_of(frame: Frame, offset: int, shown: int, total: int, limit: int) -> tuple[Link | None, Link | None]:
    """The ways to the rows before and after those shown."""
    previous = following = None
    if offset > 0:
        back = max(0, offset - limit)
        previous = Link(frame.say("previous"), frame.here(offset=back or None) + "#table")
    if offset + shown < total:
        following = Link(frame.say("next"), frame.here(offset=offset + shown) + "#table")
    return previous, following


def said(frame: Frame, key: str, **values: object) -> Cells:
    """A sentence as the only thing in its place."""
    return (Cell(frame.say(key, **values)),)


def number(frame: Frame, value: int | None) -> Cells:
    """A number in its place; a dash when it is not known."""
    return (Cell("–" if value is None else frame.number(value), is_number=True),)


def text_of(value: str | None) -> Cells:
    """Words in their place."""
    return (Cell(value or "–"),)


def day_kept(frame: Frame) -> tuple[Input, ...]:
    """The day as part of a form that does not ask for it."""
    return (Input("at", "", frame.at.isoformat(), "hidden"),) if frame.is_dated else ()


def inputs_of(frame: Frame, question: Question, area: str, shown: Sequence[str]) -> tuple[Input, ...]:
    """The fields `shown` as inputs, labelled by the messages of an area, and what else the question says as hidden.

    A field that takes one of some words is a choice; the label of each is the name of the field and the word, `none`
    where nothing is chosen.
    """
    said = {**dict.fromkeys(_KEPT), **question.parameters}
    kept = {name: said[name] or dict(frame.query).get(name, "") for name in said if name not in shown}
    return (
        *(field_input(frame, question, area, name) for name in shown),
        *(Input(name, "", value, "hidden") for name, value in kept.items() if value),
        *day_kept(frame),
    )


def field_input(
    frame: Frame, question: Question, area: str, name: str, options: Sequence[Option] | None = None
) -> Input:
    """One field as an input; `options` are the choices of one whose values are records."""
    value = getattr(question, name)
    key = f"{area}.{parameter_name(name)}"
    hint = frame.say(f"{key}_hint") if f"{key}_hint" in catalogue() else ""
    usual = question.usual(name)
    chosen = "" if value in (None, usual) else ",".join(value) if isinstance(value, tuple) else str(value)
    if words := question.choices(name):
        # What is usual comes first, and without a value: it is left out of the address.
        first = Option("", frame.say(f"{key}_{usual or 'none'}"))
        options = [first, *(Option(word, frame.say(f"{key}_{word}")) for word in words if word != usual)]
    if options is not None:
        return Input(parameter_name(name), frame.say(key), chosen, "select", tuple(options), hint)
    types = member_types(type(question).model_fields[name].annotation)
    return Input(parameter_name(name), frame.say(key), chosen, "number" if int in types else "text", hint=hint)


def counts(frame: Frame, kinds: Mapping[str, int]) -> Cells:
    """How many of each kind."""
    assert frame.schema is not None, "an answer has one"
    return tuple(
        Cell(f"{frame.schema.kinds[name].plural.of(frame.language)}: {frame.number(count)}")
        for name, count in kinds.items()
    )


def notices(frame: Frame, cut: Cut | None) -> tuple[str, ...]:
    """Why an answer is not whole, in the words of a page: it has links where the API has parameters."""
    return tuple(_notice(frame, each) for each in (cut.each if cut else ()))


def _notice(frame: Frame, cut: Cut) -> str:
    key = _NOTICES.get(cut.key)
    if key is None:
        return cut.sentence(frame.language)
    return frame.say(key, **{name: frame.number(int(str(value))) for name, value in cut.values.items()})


def _twin(name: str | None, edge_type: str) -> str | None:
    if name is None:
        return None
    query = load(name)
    return (query.named(EDGE_TYPE=edge_type) if query.names else query).text.strip()


def _cypher_parameters(takes: Mapping[str, object]) -> str:
    return ":params {" + ", ".join(f"{name}: {_cypher(value)}" for name, value in takes.items()) + "}"


def _cypher(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return f"date('{value.isoformat()}')"
        case list() | tuple():
            return "[" + ", ".join(_cypher(held) for held in value) + "]"
        case _:
            quoted = str(value).replace("\\", "\\\\").replace("'", "\\'")
            return f"'{quoted}'"
