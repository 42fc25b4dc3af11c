"""The text of an act with its provisions, in the order of the act: first text, last text, and what is found in them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph import article_order, text
from kaysis_graph.answers import text_difference
from kaysis_graph.answers.answer import Answer, Thing, page_cut, position_of_kind, things_by_position, whole_list
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts import legal_basis
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments
from kaysis_graph.legislation.question import TextQuestion

ROWS = 100
_ROWS_AT_A_TIME = 500
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


class ActTextSearch:
    """The provisions of an act that a question finds, found once: pages and files are cut from them."""

    def __init__(self, graph: Graph, question: TextQuestion, at: date) -> None:
        """NotFound when there is no such act or provision."""
        self._graph = graph
        self._at = at
        self._view = view = graph.on(at)
        self._place = position_of_kind(view, question.id, "Legislation", "Provision")
        self._sought = tuple(text.words(question.words or ""))
        self._ordered = _ordered(view, self._place)
        # Where words are sought all texts are read; otherwise those of a page when it is asked for.
        self._known = _texts(graph, [self._own, *(said.id for _, said in self._ordered)]) if self._sought else {}
        self._found = [
            (one, said)
            for one, said in self._ordered
            if not self._sought or _holds(said, self._known.get(said.id), self._sought)
        ]

    def answer(self, offset: int = 0, limit: int = ROWS) -> ActText:
        """The text with at most `limit` provisions from `offset` on; without any, the anchors are of one page."""
        view, place, found = self._view, self._place, self._found
        page = found[offset : offset + limit]
        texts = self._known or _texts(self._graph, [self._own, *(said.id for _, said in page)])
        whole = int(amendments.act_ever(view, np.array([place], np.int32))[0])
        names = things_by_position(view, [place, whole, *(one for one, _ in page)])
        rows = tuple(_provision(view, one, said, names[one], texts.get(said.id)) for one, said in page)
        own = texts.get(self._own)
        cut = page_cut(len(found), offset, len(rows))
        a_page = limit or len(found) + 1
        return ActText(
            self._at,
            view.sequence,
            complete=cut is None,
            cut=cut,
            start=names[place],
            whole=names[whole] if whole != place else None,
            first_text=own.first_text if own else None,
            last_text=own.last_text if own else None,
            words=self._sought,
            provisions=len(self._ordered),
            total=len(found),
            offset=offset,
            anchors=tuple(
                Anchor(said.id, anchor_of(said.id), said.place or anchor_of(said.id), number // a_page * a_page)
                for number, (_, said) in enumerate(found)
            ),
            rows=rows,
        )

    def listing(self) -> Listing[ActText, Provision]:
        """The text beside all provisions that were found."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    @property
    def _own(self) -> str:
        return str(self._view.records.ids[self._place])

    def _all_rows(self) -> Iterator[Provision]:
        for begin in range(0, len(self._found), _ROWS_AT_A_TIME):
            page = self._found[begin : begin + _ROWS_AT_A_TIME]
            texts = self._known or _texts(self._graph, [said.id for _, said in page])
            names = things_by_position(self._view, [one for one, _ in page])
            yield from (_provision(self._view, one, said, names[one], texts.get(said.id)) for one, said in page)


def anchor_of(identifier: str) -> str:
    """The place within the identifier of a provision: `m9.f1` of `kanun-5018.m9.f1`."""
    return identifier.partition(".")[2] or identifier


def _ordered(view: View, place: int) -> list[tuple[int, _Place]]:
    """The provisions under a text in the order of the act; those without a number stand where their name puts them."""
    parts = amendments.parts_ever(view, place)[1:]
    ids = {str(view.records.ids[part]): part for part in parts.tolist()}
    fields = (view.said(name, parts) for name in ("place", "provision_type", "order"))
    said = [_Place(*told) for told in zip(ids, *fields, strict=True)]
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
