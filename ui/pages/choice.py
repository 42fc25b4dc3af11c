"""Which record was meant: forms take an identifier, a number or a name, and ask back when several fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaysis_graph import search
from kaysis_graph.answers.answer import things_read
from kaysis_graph.answers.question import Question
from kaysis_graph.errors import Invalid
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.records.names import Name
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.page_parts import ChoosePage, Form, rendered
from ui.pages.reader import Asked

_CHOICES = 12


@dataclass(frozen=True)
class Choices:
    """What may have been meant by words that are no identifier."""

    said: str
    names: tuple[Name, ...]


def meant(asked: Asked, said: str, kinds: Sequence[str]) -> str | Choices:
    """The identifier, when the words are one or name exactly one record; otherwise what they may mean."""
    said = said.strip()
    if kind_of(asked, said) in kinds:
        return said
    try:
        page = search.ask.found(asked.graph, said, kinds=list(kinds), limit=_CHOICES)
    except Invalid:
        return Choices(said, ())
    sure = [hit.name for hit in page.hits if hit.match in search.ask.SURE and not page.corrected]
    if len(sure) == 1:
        return sure[0].id
    return Choices(said, tuple(hit.name for hit in page.hits))


def kind_of(asked: Asked, identifier: str) -> str | None:
    """The kind of the record with this identifier, if there is one."""
    records = asked.graph.follower.current.records
    place = records.position_of.get(identifier)
    return None if place is None or records.kind[place] == GONE else records.kinds[records.kind[place]]


@dataclass(frozen=True)
class Chooser:
    """What stands around the choices where it is asked which record was meant: what is asked, and its form."""

    heading: str
    about: str
    form: Form
    crumbs: tuple[Link, ...] = ()
    also: tuple[Link, ...] = ()


def asking_page(
    asked: Asked, chooser: Chooser, choices: Choices | None = None, questions: Sequence[Question] = ()
) -> str:
    """The page that asks which record was meant, each of the choices leading to a question; or only the form."""
    schema = asked.graph.schema
    frame = frame_of(asked, chooser.heading, chooser.crumbs)
    links = [frame.link(question.page(schema), **question.parameters) for question in questions]
    return choose_page(asked, frame, chooser.heading, chooser.about, chooser.form, choices, links, chooser.also)


def choose_page(  # noqa: PLR0913  # a page part by part
    asked: Asked,
    frame: Frame,
    heading: str,
    about: str,
    form: Form,
    choices: Choices | None,
    links: Sequence[str],
    also: tuple[Link, ...] = (),
) -> str:
    """The page that asks which record was meant; without choices it is the form, with what can be asked `also`."""
    names = choices.names if choices else ()
    cells = tuple(
        replace(frame.thing(thing), href=href)
        for thing, href in zip(things_read(asked.graph, asked.at, names), links, strict=True)
    )
    return rendered(
        "choose.html", ChoosePage(frame, heading, about, form, choices.said if choices else "", cells, also)
    )
