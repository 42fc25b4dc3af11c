"""Which record was meant: forms take an identifier, a number or a name, and ask back when several fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.asking import Asked
from api.frames import Cell, Frame, Link, shape_named
from api.pages import ChoosePage, Form, rendered
from kaysis_graph.answers.answer import Thing, states, things_by_position
from kaysis_graph.errors import Invalid
from kaysis_graph.graph.recordtable import GONE
from kaysis_graph.registry import search
from kaysis_graph.registry.names import Name

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
        page = search.found(asked.graph.store, asked.graph.schema, said, kinds=list(kinds), limit=_CHOICES)
    except Invalid:
        return Choices(said, ())
    sure = [hit.name for hit in page.hits if hit.match in search.SURE]
    if len(sure) == 1:
        return sure[0].id
    return Choices(said, tuple(hit.name for hit in page.hits))


def kind_of(asked: Asked, identifier: str) -> str | None:
    """The kind of the record with this identifier, if there is one."""
    records = asked.graph.follower.current.records
    place = records.position_of.get(identifier)
    return None if place is None or records.kind[place] == GONE else records.kinds[records.kind[place]]


def things_of(asked: Asked, names: Sequence[Name]) -> list[Thing]:
    """Records that were read from the engine, named as answers name them: with how they stood on the day."""
    view = asked.graph.on(asked.at)
    known = {name.id: view.records.position_of.get(name.id) for name in names}
    found = things_by_position(asked.graph, view, [place for place in known.values() if place is not None])
    # What was written a moment ago is in the engine before it is in the projection.
    places = [known[name.id] for name in names]
    return [found[place] if place is not None else _fresh(name) for place, name in zip(places, names, strict=True)]


def things_named(asked: Asked, names: Sequence[Name]) -> list[Thing]:
    """The same for names that are those of the day: how each stood then is known without asking the engine."""
    view = asked.graph.on(asked.at)
    places = {name.id: place for name in names if (place := view.records.position_of.get(name.id)) is not None}
    stands = dict(zip(places, states(view, list(places.values())), strict=True))
    return [
        Thing(name.id, name.kind, name.title, name.title_en, stands[name.id], name.is_unverified, name.is_stub)
        if name.id in stands
        else _fresh(name)
        for name in names
    ]


def choose_page(  # noqa: PLR0913  # a page part by part
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
    assert frame.schema is not None, "a question has one"
    cells = []
    for name, href in zip(names, links, strict=True):
        kind = frame.schema.kinds[name.kind]
        badges = ("ended",) if name.has_ended else ()
        title = (name.title_en if frame.language == "en" else None) or name.title
        cells.append(Cell(title, href, kind.label.of(frame.language), badges, name.id, shape=shape_named(kind.slug)))
    return rendered(
        "choose.html", ChoosePage(frame, heading, about, form, choices.said if choices else "", tuple(cells), also)
    )


def _fresh(name: Name) -> Thing:
    state = "future" if not name.has_begun else "ended" if name.has_ended else "valid"
    return Thing(name.id, name.kind, name.title, name.title_en, state, name.is_unverified, name.is_stub)  # type: ignore[arg-type]  # one of the states
