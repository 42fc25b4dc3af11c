"""The records of a projection: where each lies, its kind, its days and, for organisations, its categories."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Categories, Ints, Mask, Strings, frozen

_Number = TypeVar("_Number", np.int8, np.int32)

GONE: Final = -1
"""The kind of a position whose record was deleted."""


@dataclass(frozen=True)
class RecordRow:
    """One record as a change names it; `categories` are (valid_from, valid_to, category), for organisations only."""

    id: str
    kind: str
    valid_from: int
    valid_to: int
    categories: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class RecordTable:
    """Records by position.

    A position belongs to one record for good; new records come at the end. The first `in_order` positions are
    ascending by identifier. A deleted record keeps its position with kind GONE and without any day.
    """

    kinds: tuple[str, ...]
    ids: Strings
    kind: NDArray[np.int8]
    valid_from: Ints
    valid_to: Ints
    categories: Categories
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
    ) -> "RecordTable":
        """The records with these columns, brought into the order of their identifiers.

        `categories` names every category and whether it makes an organisation an institution;
        `spans` are (id, valid_from, valid_to, category).
        """
        code = {name: number for number, name in enumerate(kinds)}
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
        ordered = np.array(ids, np.object_)[order] if len(ids) else np.empty(0, np.object_)
        position_of = {name: position for position, name in enumerate(ordered.tolist())}
        numbers = {name: number for number, name in enumerate(categories)}
        found = [
            (position_of[record], first, last, numbers[name])
            for record, first, last, name in spans
            if record in position_of
        ]
        columns = np.array(found, np.int32).reshape(-1, 4).T
        return RecordTable(
            tuple(kinds),
            frozen(ordered),
            frozen(np.fromiter((code[name] for name in kind), np.int8, len(ids))[order]),
            frozen(valid_from[order]),
            frozen(valid_to[order]),
            Categories(
                tuple(categories), frozen(np.array([*categories.values()], np.bool_)), *(frozen(c) for c in columns)
            ),
            position_of,
            len(ids),
        )

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def rank(self) -> Ints:
        """The place of each position in the order of identifiers: what makes ties fall alike in every copy."""
        rank = np.arange(len(self), dtype=np.int32)
        late = sorted(range(self.in_order, len(self)), key=self.ids.__getitem__)
        if late:
            early = self.ids[: self.in_order].tolist()
            cuts = [bisect_left(early, self.ids[position]) for position in late]
            rank[: self.in_order] += np.cumsum(np.bincount(cuts, minlength=self.in_order + 1), dtype=np.int32)[:-1]
            rank[late] = np.array(cuts, np.int32) + np.arange(len(late), dtype=np.int32)
        return frozen(rank)

    def by_identifier(self, marked: Mask) -> Ints:
        """The positions of the marked records, in the order of their identifiers."""
        positions = np.flatnonzero(marked).astype(np.int32)
        return positions[np.argsort(self.rank[positions])]

    @cached_property
    def is_ranked(self) -> bool:
        """Whether positions are themselves in the order of identifiers, so that no rank need be looked up."""
        return self.in_order == len(self)

    def valid_on(self, positions: Ints, days: Ints | int) -> Mask:
        """Whether each of the records is valid on the day, or each on its own day."""
        valid: Mask = (self.valid_from[positions] <= days) & (days < self.valid_to[positions])
        return valid

    @cached_property
    def is_lasting(self) -> Mask:
        """Marks the records that are valid on every day from their first on."""
        return frozen(self.valid_to == OPEN_TO)

    def kind_mask(self, kinds: Iterable[str]) -> Mask:
        """Marks the kind numbers of these kinds; one entry more than there are kinds, for GONE."""
        wanted = frozenset(kinds)
        return np.array([*(name in wanted for name in self.kinds), False], np.bool_)

    def of_kinds(self, *kinds: str) -> Mask:
        """Marks the positions of records of these kinds."""
        return self.kind_mask(kinds)[self.kind]

    def without(self, positions: Sequence[int]) -> "RecordTable":
        """The records but these."""
        if not positions:
            return self
        kind, valid_from, valid_to = self.kind.copy(), self.valid_from.copy(), self.valid_to.copy()
        kind[positions] = GONE
        valid_from[positions], valid_to[positions] = OPEN_TO, OPEN_FROM
        position_of = dict(self.position_of)
        for position in positions:
            del position_of[self.ids[position]]
        return replace(
            self,
            kind=frozen(kind),
            valid_from=frozen(valid_from),
            valid_to=frozen(valid_to),
            categories=_with_spans(self.categories, positions, []),
            position_of=position_of,
        )

    def ending(self, positions: Ints, day: int) -> "RecordTable":
        """The records, these ended on the day at the latest."""
        valid_to = self.valid_to.copy()
        valid_to[positions] = np.minimum(valid_to[positions], day)
        return replace(self, valid_to=frozen(valid_to))

    def with_rows(self, rows: Sequence[RecordRow]) -> "RecordTable":
        """The records with these added at the end, or in the place of those with the same identifier."""
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
            categories=_with_spans(self.categories, positions, spans),
            position_of=_joined(known, place) if new else known,
        )


def _joined(known: Mapping[str, int], added: Mapping[str, int]) -> dict[str, int]:
    # Copied, then added to: a literal of both takes three times as long for 380,000 records.
    joined = dict(known)
    joined.update(added)
    return joined


def _written(column: NDArray[_Number], size: int, positions: Sequence[int], values: Sequence[int]) -> NDArray[_Number]:
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
