"""The text of an act with its provisions, in the order of the act: first text, last text, and what is found in them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph import article_order, text
from kaysis_graph.answers import text_difference
from kaysis_graph.answers.answer import Answer, Thing, page_cut, position_of_kind, things_by_position
from kaysis_graph.facts import legal_basis
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments

ROWS = 100
_ROWS_AT_A_TIME = 500
_PLACES = load("legislation/text_places")
_TEXTS = load("legislation/texts")


@dataclass(frozen=True)
class Provision:
    """One provision of an act with its texts; `anchor` is its place within the identifier, `m9`.

    `resting` counts what rests on it directly, `changes` how often it was amended or repealed in part by the day.
    """

    thing: Thing
    anchor: str
    place: str
    provision_type: str | None
    first_text: str | None
    last_text: str | None
    source: str | None
    resting: int
    changes: int
    changed_on: date | None


@dataclass(frozen=True)
class Anchor:
    """A provision by its place alone, with the offset of the page it stands on."""

    id: str
    anchor: str
    place: str
    offset: int


@dataclass(frozen=True)
class ActText(Answer):
    """The provisions of an act that hold the words sought, all without words, in the order of the act.

    `provisions` counts all it ever had, `total` those found; `texts` counts those whose text is known among the rows.
    """

    start: Thing
    whole: Thing | None
    first_text: str | None
    last_text: str | None
    words: tuple[str, ...]
    provisions: int
    total: int
    offset: int
    anchors: tuple[Anchor, ...]
    rows: tuple[Provision, ...]


@dataclass(frozen=True)
class _Place:
    id: str
    place: str | None
    provision_type: str | None
    order: int | None


@dataclass(frozen=True)
class _Text:
    id: str
    first_text: str | None
    last_text: str | None
    source: str | None


def of(  # noqa: PLR0913  # a question with its limits
    graph: Graph, identifier: str, at: date, *, words: str = "", offset: int = 0, limit: int = ROWS
) -> ActText:
    """The text of an act, or of a provision with those under it, on the day. NotFound when there is no such act.

    Words are compared without case and marks; each may stand inside a longer word.
    """
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Legislation", "Provision")
    sought = tuple(text.words(words))
    ordered = _ordered(graph, view, place)
    found, texts = _found(graph, view, place, ordered, sought, slice(offset, offset + limit))
    page = found[offset : offset + limit]
    whole = int(amendments.act_ever(view, np.array([place], np.int32))[0])
    names = things_by_position(graph, view, [place, whole, *(one for one, _ in page)])
    rows = tuple(_provision(view, one, said, names[one], texts.get(said.id)) for one, said in page)
    own = texts.get(identifier)
    cut = page_cut(len(found), offset, len(rows))
    return ActText(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        start=names[place],
        whole=names[whole] if whole != place else None,
        first_text=own.first_text if own else None,
        last_text=own.last_text if own else None,
        words=sought,
        provisions=len(ordered),
        total=len(found),
        offset=offset,
        anchors=tuple(
            Anchor(said.id, anchor_of(said.id), said.place or anchor_of(said.id), number // limit * limit)
            for number, (_, said) in enumerate(found)
        ),
        rows=rows,
    )


def stream(graph: Graph, identifier: str, at: date, *, words: str = "") -> Iterator[Provision]:
    """All rows of the same answer."""
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Legislation", "Provision")
    sought = tuple(text.words(words))
    found, _ = _found(graph, view, place, _ordered(graph, view, place), sought, slice(0, 0))
    for begin in range(0, len(found), _ROWS_AT_A_TIME):
        page = found[begin : begin + _ROWS_AT_A_TIME]
        texts = _texts(graph, [said.id for _, said in page])
        names = things_by_position(graph, view, [one for one, _ in page])
        yield from (_provision(view, one, said, names[one], texts.get(said.id)) for one, said in page)


def anchor_of(identifier: str) -> str:
    """The place within the identifier of a provision: `m9.f1` of `kanun-5018.m9.f1`."""
    return identifier.partition(".")[2] or identifier


def _ordered(graph: Graph, view: View, place: int) -> list[tuple[int, _Place]]:
    """The provisions under a text in the order of the act; those without a number stand where their name puts them."""
    parts = amendments.parts_ever(view, place)[1:].tolist()
    ids = {str(view.records.ids[part]): part for part in parts}
    said = graph.store.read(_PLACES, into=_Place, ids=[*ids]) if ids else []
    known = sorted((one for one in said if one.order is not None), key=lambda one: (one.order or 0, _natural(one)))
    others = sorted((one for one in said if one.order is None), key=_natural)
    natural = [_natural(one) for one in known]
    # Articles of additions repeat the numbers of the act's own, so the names alone do not rise with the order.
    rising = [max(natural[: number + 1]) for number in range(len(natural))]
    for one in reversed(others):
        known.insert(bisect_right(rising, _natural(one)), one)
    return [(ids[one.id], one) for one in known]


def _natural(one: _Place) -> str:
    return article_order.sort_key("Provision", one.id, "")


def _found(  # noqa: PLR0913  # an act, what is sought in it, and the page that is read
    graph: Graph, view: View, place: int, ordered: list[tuple[int, _Place]], sought: Sequence[str], page: slice
) -> tuple[list[tuple[int, _Place]], dict[str, _Text]]:
    """The provisions that hold the words, and the texts of the page or, where words are sought, of all."""
    own = str(view.records.ids[place])
    if not sought:
        return ordered, _texts(graph, [own, *(said.id for _, said in ordered[page])])
    texts = _texts(graph, [own, *(said.id for _, said in ordered)])
    return [(one, said) for one, said in ordered if _holds(said, texts.get(said.id), sought)], texts


def _holds(said: _Place, texts: _Text | None, sought: Sequence[str]) -> bool:
    words = [said.place or "", *((texts.first_text or "", texts.last_text or "") if texts else ())]
    return text_difference.holds(" ".join(words), sought)


def _texts(graph: Graph, ids: Sequence[str]) -> dict[str, _Text]:
    return {row.id: row for row in graph.store.read(_TEXTS, into=_Text, ids=[*ids])}


def _provision(view: View, place: int, said: _Place, thing: Thing, texts: _Text | None) -> Provision:
    changes = amendments.of_act(view, place)
    return Provision(
        thing=thing,
        anchor=anchor_of(said.id),
        place=said.place or anchor_of(said.id),
        provision_type=said.provision_type,
        first_text=texts.first_text if texts else None,
        last_text=texts.last_text if texts else None,
        source=texts.source if texts else None,
        resting=int(view.once(legal_basis.directly)[place]),
        changes=len(changes),
        changed_on=date_of(int(changes.on[-1])) if len(changes) else None,
    )
