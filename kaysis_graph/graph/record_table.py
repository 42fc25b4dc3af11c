"""The records of a projection: where each lies, its kind, days and title, and the categories of organisations.

The days are those on which a record was there. Where it tells no first day itself they are derived from what it is
part of (`spells.py`), so that whatever asks for days meets one answer.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.article_order import record_key
from kaysis_graph.graph.columns import (
    OPEN_FROM,
    OPEN_TO,
    Categories,
    EarlierSpells,
    Ints,
    Longs,
    Mask,
    Strings,
    frozen,
    spread,
)
from kaysis_graph.graph.fields.edge_columns import EdgeColumns
from kaysis_graph.graph.spells import Span, derived_spells
from kaysis_graph.graph.titles import UNTITLED, Titles

_Number = TypeVar("_Number", np.int8, np.int32, np.bool_)

GONE: Final = -1
"""The kind of a position whose record was deleted."""


@dataclass(frozen=True)
class NamedRecordRow:
    """One record as a change names it, with the days it tells of itself and its earlier spells.

    `categories` are (valid_from, valid_to, category), for organisations only. `title` is the number of its present
    title; `former_titles` are (valid_from, valid_to, number). `told` is the record as JSON.
    """

    id: str
    kind: str
    valid_from: int
    valid_to: int
    categories: tuple[tuple[int, int, str], ...] = ()
    earlier: tuple[Span, ...] = ()
    is_told_over: bool = False
    title: int = UNTITLED
    former_titles: tuple[tuple[int, int, int], ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def is_undated(self) -> bool:
        """Whether the record has no first day of its own."""
        return self.valid_from == OPEN_FROM and not self.earlier


@dataclass(frozen=True)
class RecordTable:
    """Records by position.

    A position belongs to one record for good; new records come at the end. The first `in_order` positions are in the
    order of records: ascending by identifier, provisions as their act reads. Walks, answers and files tell records of
    equal weight in this order. A deleted record keeps its position with kind GONE and without any day.

    `valid_from` and `valid_to` are the latest spell of each, `earlier` the ones before it. Records that are
    `is_undated` told no first day: theirs is derived or open, and `own_to` is the last day they told. Those that are
    `is_told_over` are no longer in force by what a source says, which gives no day.
    """

    kinds: tuple[str, ...]
    ids: Strings
    kind: NDArray[np.int8]
    valid_from: Ints
    valid_to: Ints
    earlier: EarlierSpells
    is_undated: Mask
    own_to: Ints
    is_told_over: Mask
    categories: Categories
    titles: Titles
    position_of: Mapping[str, int]
    in_order: int

    @staticmethod
    def build(  # noqa: PLR0913  one argument per column
        kinds: Sequence[str],
        categories: Mapping[str, bool],
        *,
        ids: Sequence[str],
        kind: Sequence[str],
        valid_from: Ints,
        valid_to: Ints,
        spans: Iterable[tuple[str, int, int, str]] = (),
        earlier: Iterable[tuple[str, int, int]] = (),
        told_over: Iterable[str] = (),
        titles: Sequence[int] = (),
        former_titles: Iterable[tuple[str, int, int, int]] = (),
    ) -> "RecordTable":
        """The records with the days they tell of themselves, brought into their order.

        `categories` names every category and whether it makes an organisation an institution; `spans` are
        (id, valid_from, valid_to, category), `earlier` are (id, valid_from, valid_to). `titles` are numbers in the
        order of the identifiers, and may be left out; `former_titles` are (id, valid_from, valid_to, number).
        """
        code = {name: number for number, name in enumerate(kinds)}
        order = np.array(_in_record_order(ids), np.int64)
        ordered = np.array(ids, np.object_)[order] if len(ids) else np.empty(0, np.object_)
        position_of = {name: position for position, name in enumerate(ordered.tolist())}
        numbers = {name: number for number, name in enumerate(categories)}
        found = [
            (position_of[record], first, last, numbers[name])
            for record, first, last, name in spans
            if record in position_of
        ]
        columns = np.array(found, np.int32).reshape(-1, 4).T
        spells = EarlierSpells.arranged(
            (position_of[record], first, last) for record, first, last in earlier if record in position_of
        )
        is_told_over = np.zeros(len(ids), np.bool_)
        is_told_over[[position_of[record] for record in told_over if record in position_of]] = True
        is_undated = valid_from[order] == OPEN_FROM
        is_undated[spells.position] = False
        present = np.array(titles or [UNTITLED] * len(ids), np.int64)[order]
        former = [
            (position_of[name], first, last, title) for name, first, last, title in former_titles if name in position_of
        ]
        return RecordTable(
            tuple(kinds),
            frozen(ordered),
            frozen(np.fromiter((code[name] for name in kind), np.int8, len(ids))[order]),
            frozen(valid_from[order]),
            frozen(valid_to[order]),
            spells,
            frozen(is_undated),
            frozen(valid_to[order]),
            frozen(is_told_over),
            Categories(
                tuple(categories), frozen(np.array([*categories.values()], np.bool_)), *(frozen(c) for c in columns)
            ),
            Titles.of(present, former),
            position_of,
            len(ids),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def rank(self) -> Ints:
        """The place of each position in the order of records: what makes ties fall alike in every copy."""
        rank = np.arange(len(self), dtype=np.int32)
        late = [self.in_order + place for place in _in_record_order(self.ids[self.in_order :].tolist())]
        if late:
            early = self.ids[: self.in_order].tolist()
            cuts = [bisect_left(early, record_key(self.ids[position]), key=record_key) for position in late]
            rank[: self.in_order] += np.cumsum(np.bincount(cuts, minlength=self.in_order + 1), dtype=np.int32)[:-1]
            rank[late] = np.array(cuts, np.int32) + np.arange(len(late), dtype=np.int32)
        return frozen(rank)

    def in_rank(self, marked: Mask) -> Ints:
        """The positions of the marked records, in their order."""
        positions = np.flatnonzero(marked).astype(np.int32)
        return positions[np.argsort(self.rank[positions])]

    @cached_property
    def is_ranked(self) -> bool:
        """Whether positions are themselves in the order of records, so that no rank need be looked up."""
        return self.in_order == len(self)

    @cached_property
    def is_lasting(self) -> Mask:
        """Marks the records that are valid on every day from their first on."""
        is_lasting = self.valid_to == OPEN_TO
        is_lasting[self.earlier.position] = False
        return frozen(is_lasting)

    @cached_property
    def first_from(self) -> Ints:
        """The first day each record ever had."""
        first = self.valid_from.copy()
        # Of several earlier spells the oldest is written last.
        first[self.earlier.position[::-1]] = self.earlier.valid_from[::-1]
        return frozen(first)

    @cached_property
    def is_derived(self) -> Mask:
        """Marks the records whose days are derived from what they are part of."""
        return frozen(self.is_undated & (self.valid_from != OPEN_FROM))

    def valid_on(self, positions: Ints, days: Ints | int) -> Mask:
        """Whether each of the records is valid on the day, or each on its own day, in whichever of its spells."""
        valid: Mask = (self.valid_from[positions] <= days) & (days < self.valid_to[positions])
        valid[self._in_earlier(positions, days)[0]] = True
        return valid

    def since_on(self, positions: Ints, days: Ints | int) -> Ints:
        """The first day of the spell each of the records is in on the day, of its latest where it is in no other."""
        since = self.valid_from[positions]
        places, firsts = self._in_earlier(positions, days)
        since[places] = firsts
        return since

    def _in_earlier(self, positions: Ints, days: Ints | int) -> tuple[Longs, Ints]:
        """The places among those given of the records that an earlier spell has on the day, and its first day."""
        if len(self.earlier.position) == 0:
            # Most graphs have none: 0.6 ms in place of 2.2 for 100,000 records.
            return np.empty(0, np.int64), np.empty(0, np.int32)
        begins = np.searchsorted(self.earlier.position, positions)
        counts = np.searchsorted(self.earlier.position, positions, side="right") - begins
        rows = spread(begins, counts)
        places = np.repeat(np.arange(len(positions)), counts)
        on = np.broadcast_to(np.asarray(days), np.shape(positions))[places]
        held = (self.earlier.valid_from[rows] <= on) & (on < self.earlier.valid_to[rows])
        return places[held], self.earlier.valid_from[rows[held]]

    def spells_of(self, position: int) -> list[Span]:
        """All spells of one record, the oldest first."""
        return [*self.earlier.of(position), (int(self.valid_from[position]), int(self.valid_to[position]))]

    def own_spells(self, position: int) -> list[Span]:
        """The spells that a record tells of itself, the oldest first; derived ones are not among them."""
        return [(OPEN_FROM, int(self.own_to[position]))] if self.is_undated[position] else self.spells_of(position)

    def all_spells(self, positions: Ints) -> tuple[Ints, Ints, Ints]:
        """The spells of these records, each with its position, first and last day; all latest ones first."""
        is_asked = np.zeros(len(self), np.bool_)
        is_asked[positions] = True
        rows = is_asked[self.earlier.position]
        before = (column[rows] for column in self.earlier.columns())
        latest = (positions, self.valid_from[positions], self.valid_to[positions])
        position, first, last = (np.concatenate(pair) for pair in zip(latest, before, strict=True))
        return position, first, last

    def held_spans(self, edges: EdgeColumns, rows: Ints) -> tuple[Ints, Ints, Ints]:
        """The spans in which the edges of these rows held, each with its row, first and last day.

        A span is where the days of the edge and a spell of the record it leaves meet; what never met never held.
        """
        source = edges.source[rows]
        begins = np.searchsorted(self.earlier.position, source)
        counts = np.searchsorted(self.earlier.position, source, side="right") - begins
        spelled = spread(begins, counts)
        row = np.concatenate((rows, np.repeat(rows, counts)))
        first = np.concatenate((self.valid_from[source], self.earlier.valid_from[spelled]))
        last = np.concatenate((self.valid_to[source], self.earlier.valid_to[spelled]))
        first, last = np.maximum(first, edges.valid_from[row]), np.minimum(last, edges.valid_to[row])
        held = first < last
        return row[held], first[held], last[held]

    def kind_mask(self, kinds: Iterable[str]) -> Mask:
        """Marks the kind numbers of these kinds; one entry more than there are kinds, for GONE."""
        wanted = frozenset(kinds)
        return np.array([*(name in wanted for name in self.kinds), False], np.bool_)

    def of_kinds(self, *kinds: str) -> Mask:
        """Marks the positions of records of these kinds."""
        return self.kind_mask(kinds)[self.kind]

    def are(self, positions: Ints, *kinds: str) -> Mask:
        """Whether each of the records is of these kinds."""
        return self.kind_mask(kinds)[self.kind[positions]]

    def without(self, positions: Sequence[int]) -> "RecordTable":
        """The records but these."""
        if not positions:
            return self
        kind, valid_from, valid_to = self.kind.copy(), self.valid_from.copy(), self.valid_to.copy()
        is_undated = self.is_undated.copy()
        kind[positions], is_undated[positions] = GONE, False
        valid_from[positions], valid_to[positions] = OPEN_TO, OPEN_FROM
        position_of = dict(self.position_of)
        for position in positions:
            del position_of[self.ids[position]]
        return replace(
            self,
            kind=frozen(kind),
            valid_from=frozen(valid_from),
            valid_to=frozen(valid_to),
            earlier=self.earlier.replaced(positions, []),
            is_undated=frozen(is_undated),
            categories=_with_spans(self.categories, positions, []),
            titles=self.titles.written(len(self), positions, [UNTITLED] * len(positions), []),
            position_of=position_of,
        )

    def ending(self, positions: Ints, day: int) -> "RecordTable":
        """The records, these ended on the day at the latest; spells that begin after it are left as they are."""
        valid_to = self.valid_to.copy()
        begun = positions[self.valid_from[positions] <= day]
        valid_to[begun] = np.minimum(valid_to[begun], day)
        earlier = self.earlier
        if len(earlier.position):
            over = np.isin(earlier.position, positions) & (earlier.valid_from <= day)
            ended = np.where(over, np.minimum(earlier.valid_to, day), earlier.valid_to)
            earlier = replace(earlier, valid_to=frozen(ended))
        return replace(self, valid_to=frozen(valid_to), earlier=earlier)

    def with_rows(self, rows: Sequence[NamedRecordRow]) -> "RecordTable":
        """The records with these added at the end, or in the place of those with the same identifier.

        They have the days they tell of themselves until `with_lives` derives others.
        """
        if not rows:
            return self
        known = self.position_of
        latest = {row.id: row for row in rows}
        new = [row.id for row in latest.values() if row.id not in known]
        place = {name: position for position, name in enumerate(new, start=len(self))}
        size = len(self) + len(new)
        positions = [known[name] if name in known else place[name] for name in latest]
        code = {name: number for number, name in enumerate(self.kinds)}
        values = latest.values()
        numbers = {name: number for number, name in enumerate(self.categories.names)}
        spans = [
            (position, first, last, numbers[category])
            for position, row in zip(positions, values, strict=True)
            for first, last, category in row.categories
        ]
        return replace(
            self,
            ids=frozen(np.concatenate((self.ids, np.array(new, np.object_)))) if new else self.ids,
            kind=_written(self.kind, size, positions, [code[row.kind] for row in values]),
            valid_from=_written(self.valid_from, size, positions, [row.valid_from for row in values]),
            valid_to=_written(self.valid_to, size, positions, [row.valid_to for row in values]),
            earlier=self.earlier.replaced(
                positions,
                [(place, *spell) for place, row in zip(positions, values, strict=True) for spell in row.earlier],
            ),
            is_undated=_written(self.is_undated, size, positions, [row.is_undated for row in values]),
            own_to=_written(self.own_to, size, positions, [row.valid_to for row in values]),
            is_told_over=_written(self.is_told_over, size, positions, [row.is_told_over for row in values]),
            categories=_with_spans(self.categories, positions, spans),
            titles=self.titles.written(
                size,
                positions,
                [row.title for row in values],
                [(at, *span) for at, row in zip(positions, values, strict=True) for span in row.former_titles],
            ),
            position_of=_joined(known, place) if new else known,
        )

    def with_lives(self, ties: EdgeColumns, positions: Ints) -> "RecordTable":
        """The records with the days of these derived anew from their ties, where they told no first day."""
        asked = positions[self.is_undated[positions]]
        if len(asked) == 0:
            return self
        valid_from, valid_to = self.valid_from.copy(), self.valid_to.copy()
        valid_from[asked], valid_to[asked] = OPEN_FROM, self.own_to[asked]
        rows, counts = ties.rows_of(asked, leaving=True)
        tied, counts = asked[counts > 0], counts[counts > 0]
        firsts, lasts = ties.valid_from[rows].tolist(), ties.valid_to[rows].tolist()
        earlier = []
        begin = 0
        for position, count, over in zip(tied.tolist(), counts.tolist(), self.own_to[tied].tolist(), strict=True):
            held = zip(firsts[begin : begin + count], lasts[begin : begin + count], strict=True)
            *before, latest = derived_spells(held, over) or ((OPEN_FROM, over),)
            valid_from[position], valid_to[position] = latest
            earlier += [(position, *spell) for spell in before]
            begin += count
        spells = self.earlier.replaced(asked.tolist(), earlier)
        return replace(self, valid_from=frozen(valid_from), valid_to=frozen(valid_to), earlier=spells)


def _in_record_order(ids: Sequence[str]) -> list[int]:
    """The places of the identifiers, in the order of records."""
    keys = [record_key(name) for name in ids]
    return sorted(range(len(ids)), key=keys.__getitem__)


def _joined(known: Mapping[str, int], added: Mapping[str, int]) -> dict[str, int]:
    # Copied, then added to: a literal of both takes three times as long for 380,000 records.
    joined = dict(known)
    joined.update(added)
    return joined


def _written(
    column: NDArray[_Number], size: int, positions: Sequence[int], values: Sequence[int] | Sequence[bool]
) -> NDArray[_Number]:
    written = np.zeros(size, column.dtype)
    written[: len(column)] = column
    written[positions] = values
    return frozen(written)


def _with_spans(old: Categories, positions: Sequence[int], spans: Sequence[tuple[int, int, int, int]]) -> Categories:
    kept = ~np.isin(old.position, positions)
    if kept.all() and not spans:
        return old
    added = np.array(spans, np.int32).reshape(-1, 4).T
    columns = zip((old.position, old.valid_from, old.valid_to, old.category), added, strict=True)
    joined = (frozen(np.concatenate((column[kept], new))) for column, new in columns)
    return Categories(old.names, old.is_institution, *joined)
