"""Legislation that lost its ground as a work list: filtered, grouped and sorted, each act with why it stands there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph import text
from kaysis_graph.answers.answer import Answer, Thing, page_cut, position_of_kind, things_by_position, whole_list
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.answers.reply import Listing
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.facts import legal_force
from kaysis_graph.graph.columns import distinct
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import endings
from kaysis_graph.legislation.endings import Ended, Ending
from kaysis_graph.legislation.question import Grouping, LostGroundQuestion, Mode, Sort
from kaysis_graph.schema import Schema

ROWS = 100
_ROWS_AT_A_TIME = 2_000
# Where no type is recorded.
UNTYPED = "other"


@dataclass(frozen=True)
class Work:
    """An act in force with the bases it lost, each with how it ended, how many it has in all, and since when."""

    act: Thing
    type: str | None
    issuers: tuple[Thing, ...]
    lost: tuple[Ending, ...]
    bases: int
    lost_on: date | None


@dataclass(frozen=True)
class LostGroundShare:
    """How many acts of the list are of one issuer, rest on one lost base, or are of one type."""

    key: str
    thing: Thing | None
    count: int


@dataclass(frozen=True)
class LostGround(Answer):
    """The acts in force that lost all, or any, of what they rest on.

    `based` counts the acts in force that rest on anything; `all` and `any` those that lost all or any of it, whatever
    is asked for. `total` counts the list as narrowed, `groups` the list as narrowed by everything but the group.
    """

    mode: Mode
    grouping: Grouping
    based: int
    all: int
    any: int
    total: int
    offset: int
    types: dict[str, int]
    groups: tuple[LostGroundShare, ...]
    rows: tuple[Work, ...]


@dataclass(frozen=True)
class _Row:
    act: int
    title: str
    type: str | None
    issuers: tuple[int, ...]
    lost: tuple[Ended, ...]
    on: int | None


class LostGroundList:
    """The work list of a day, found once: pages and files are cut from it.

    `lost_on` sorts by the day the last of the lost bases ended, oldest first.
    """

    def __init__(self, graph: Graph, question: LostGroundQuestion, at: date) -> None:
        """NotFound for an issuer or a base that there is not, Invalid for no type."""
        self._question = question
        self._at = at
        self._view = view = graph.on(at)
        if question.issuer not in (None, NOBODY):
            position_of_kind(view, str(question.issuer), "Organisation")
        if question.base is not None:
            position_of_kind(view, question.base, "Legislation", "Provision")
        _check_type(graph.schema, question.type)
        self._whole = _rows(view, question.mode)
        self._wanted = _sorted(_narrowed(view, self._whole, question), question.sort)

    def answer(self, offset: int = 0, limit: int = ROWS) -> LostGround:
        """The list with at most `limit` rows from `offset` on."""
        view, question, rows = self._view, self._question, self._wanted
        of_every_group = question.model_copy(update={question.group: None})
        shares = _shares(view, _narrowed(view, self._whole, of_every_group), question.group)
        page = rows[offset : offset + limit]
        holders = [int(key) for key in shares if isinstance(key, int) and key >= 0]
        names = things_by_position(view, [*(place for row in page for place in _places(row)), *holders])
        cut = page_cut(len(rows), offset, len(page))
        return LostGround(
            self._at,
            view.sequence,
            complete=cut is None,
            cut=cut,
            mode=question.mode,
            grouping=question.group,
            based=_based(view),
            all=len(legal_force.unfounded_in_all(view).acts),
            any=len(legal_force.unfounded_in_any(view).acts),
            total=len(rows),
            offset=offset,
            types=_counted_types(self._whole),
            groups=tuple(_share(view, key, count, names) for key, count in shares.items()),
            rows=tuple(_work(view, row, names) for row in page),
        )

    def listing(self) -> Listing[LostGround, Work]:
        """The list beside all its rows."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[Work]:
        for begin in range(0, len(self._wanted), _ROWS_AT_A_TIME):
            page = self._wanted[begin : begin + _ROWS_AT_A_TIME]
            names = things_by_position(self._view, [place for row in page for place in _places(row)])
            yield from (_work(self._view, row, names) for row in page)


def _rows(view: View, mode: Mode) -> list[_Row]:
    found = legal_force.unfounded_in_all(view) if mode == "all" else legal_force.unfounded_in_any(view)
    lost: dict[int, list[int]] = {int(act): [] for act in found.acts}
    for act, base in zip(found.lost_act.tolist(), found.lost_base.tolist(), strict=True):
        lost[act].append(base)
    ended = {base: endings.ended(view, base) for base in {base for bases in lost.values() for base in bases}}
    acts = np.array([*lost], np.int32)
    # By the names and types they have now: what a work list is searched by is what is known today.
    said = (view.fields.values(view.records, acts, name) for name in ("title", "short_title", "legislation_type"))
    issuers = view.adjacency("ISSUED_BY", "out")
    rows = []
    for act, present, short, act_type in zip(lost, *said, strict=True):
        hows = tuple(ended[base] for base in lost[act])
        days = [how.on for how in hows if how.on is not None]
        title = f"{present} {short or ''} {view.records.ids[act]}"
        own = tuple(issuers.of(act).tolist())
        rows.append(_Row(act, title, act_type, own, hows, max(days, default=None)))
    return rows


def _based(view: View) -> int:
    """How many acts in force rest on anything."""
    columns = view.edges["BASED_ON"]
    sources = distinct(columns.source[view.all_holding("BASED_ON")])
    asked = view.once(legal_force.in_force) & view.records.of_kinds("Legislation")
    return int(np.count_nonzero(asked[sources]))


def _narrowed(view: View, rows: Sequence[_Row], wanted: LostGroundQuestion) -> list[_Row]:
    sought = text.words(wanted.words or "")
    ids = view.records.ids

    def fits(row: _Row) -> bool:
        issuers = [str(ids[issuer]) for issuer in row.issuers] or [NOBODY]
        folded = text.fold(row.title) if sought else ""
        return (
            wanted.type in (None, row.type or UNTYPED)
            and (wanted.issuer is None or wanted.issuer in issuers)
            and (wanted.base is None or any(wanted.base in (ids[how.text], ids[how.around]) for how in row.lost))
            and all(word in folded for word in sought)
        )

    return [row for row in rows if fits(row)]


def _bases(row: _Row) -> set[int]:
    """The acts and provisions that ended and took a base along, or were one."""
    return {how.around for how in row.lost}


def _check_type(schema: Schema, said: str | None) -> None:
    codes = schema.codes["legislation_type"]
    if said is not None and said not in codes.entries:
        values = {"value": said[:80], "known": ", ".join(codes.entries)}
        raise Invalid([Problem("acts.unknown_type", {"parameter": "type"}, values)])


def _sorted(rows: list[_Row], sort: Sort) -> list[_Row]:
    by_title = text.in_order(rows, lambda row: row.title)
    match sort:
        case "lost_on":
            return sorted(by_title, key=lambda row: (row.on is None, row.on or 0))
        case "-lost_on":
            return sorted(by_title, key=lambda row: (row.on is None, -(row.on or 0)))
        case "lost":
            return sorted(by_title, key=lambda row: -len(row.lost))
        case _:
            return by_title


def _shares(view: View, rows: Sequence[_Row], grouping: Grouping) -> dict[int | str, int]:
    counts: dict[int | str, int] = {}
    for row in rows:
        keys: Sequence[int | str]
        match grouping:
            case "issuer":
                keys = row.issuers or (-1,)
            case "base":
                keys = sorted(_bases(row))
            case _:
                keys = (row.type or UNTYPED,)
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], _key(view, one[0]))))


def _key(view: View, key: int | str) -> str:
    if isinstance(key, str):
        return key
    return str(view.records.ids[key]) if key >= 0 else NOBODY


def _share(view: View, key: int | str, count: int, names: Mapping[int, Thing]) -> LostGroundShare:
    return LostGroundShare(_key(view, key), names.get(key) if isinstance(key, int) else None, count)


def _counted_types(rows: Sequence[_Row]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        kind = row.type or UNTYPED
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _places(row: _Row) -> Iterator[int]:
    yield row.act
    yield from row.issuers
    for how in row.lost:
        yield from how.places()


def _work(view: View, row: _Row, names: Mapping[int, Thing]) -> Work:
    lost = tuple(how.named(names) for how in row.lost)
    return Work(
        act=names[row.act],
        type=row.type,
        issuers=tuple(names[issuer] for issuer in row.issuers),
        lost=lost,
        bases=len(view.out(row.act, "BASED_ON")),
        lost_on=max((how.on for how in lost if how.on is not None), default=None),
    )
