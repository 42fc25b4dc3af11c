"""The page that stands where no record is: what was deleted and where its history lies, or what may have been meant."""

import re
from bisect import bisect_left

from kaysis_graph import search
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.article_order import record_key
from kaysis_graph.errors import Gone, Invalid, NotFound
from kaysis_graph.graph.record_table import GONE, RecordTable
from kaysis_graph.records import reader
from kaysis_graph.records.names import Name
from kaysis_graph.schema import Kind
from ui.pages.choice import kind_of
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked
from ui.pages.records.record_page import LostPage

_CHOICES = 8
_NEAREST = 4
_NUMBER = re.compile(r"\d+")


def lost_page(asked: Asked, kind: Kind, identifier: str) -> tuple[str, NotFound] | None:
    """The page for an identifier that is no record's, with the error it tells; None when there is a record."""
    if kind_of(asked, identifier) is not None:
        return None
    try:
        reader.get(asked.graph.store, asked.graph.schema, identifier)
    except NotFound as error:
        return _page(asked, kind, identifier, error), error
    return None


def _page(asked: Asked, kind: Kind, identifier: str, error: NotFound) -> str:
    is_gone = isinstance(error, Gone)
    plain = frame_of(asked, "")
    listed = Link(kind.plural.of(asked.language), plain.link(f"/records/{kind.slug}"))
    frame = frame_of(asked, plain.say("record.gone" if is_gone else "record.lost"), (listed,))
    names = [] if is_gone else _meant(asked, kind, identifier)
    page = LostPage(
        frame=frame,
        heading=frame.title,
        text=error.text(asked.language),
        hint=error.hint(asked.language) or "",
        history=Link(frame.say("history_all"), f"/records/{kind.slug}/{identifier}/history") if is_gone else None,
        choices=tuple(frame.thing(thing) for thing in things_named(asked.graph, asked.at, names)),
        example=frame.say("record.example", kind=kind.label.of(asked.language), id=kind.id_example),
        list=listed,
    )
    return rendered("lost.html", page)


def _meant(asked: Asked, kind: Kind, identifier: str) -> list[Name]:
    """Records whose identifier is near, of the kind first, and those that carry its number or words."""
    records = asked.graph.follower.current.records
    near = [str(records.ids[place]) for place in _near(records, identifier)]
    found = list(reader.titles(asked.graph, near, asked.at).values())
    try:
        words = " ".join(_NUMBER.findall(identifier)) or identifier
        found += search.ask.suggested(asked.graph, words, _CHOICES, asked.at)
    except Invalid:
        # Nothing in it can be searched for.
        pass
    unlike = {name.id: name for name in found}
    return sorted(unlike.values(), key=lambda name: name.kind != kind.name)[:_CHOICES]


def _near(records: RecordTable, identifier: str) -> list[int]:
    """The places of the identifiers before and after it in their order that begin alike."""
    ids = records.ids[: records.in_order]
    place = bisect_left(ids, record_key(identifier), key=record_key)
    beginning = (
        identifier.split("-", maxsplit=1)[0][:_NEAREST]
        if "-" not in identifier
        else identifier.rpartition("-")[0] + "-"
    )
    around = range(max(0, place - _NEAREST), min(len(ids), place + _NEAREST))
    return [at for at in around if str(ids[at]).startswith(beginning) and records.kind[at] != GONE]
