"""Codes, flags, days, numbers and lists of codes by row, each as small numbers.

Values are written as they are stored: days as ISO text. They are read as answers tell them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Ints, Longs, Mask, date_of, frozen, span_of
from kaysis_graph.graph.fields.text_column import TextColumn, held_at, padded, written_at
from kaysis_graph.schema import Field

Numbered = Literal["flag", "date", "integer"]
_TYPES: Final[Mapping[Numbered, type[np.signedinteger[Any]]]] = {
    "flag": np.int8,
    "date": np.int32,
    "integer": np.int64,
}
_ABSENT: Final[Mapping[Numbered, int]] = {name: int(np.iinfo(held).min) for name, held in _TYPES.items()}
_NO_CODE: Final = -1


@dataclass(frozen=True)
class CodeColumn:
    """Codes by row, as numbers into `names`; a code stays among these when nobody says it any more."""

    names: tuple[str, ...]
    numbers: NDArray[np.int16]

    @staticmethod
    def empty() -> "CodeColumn":
        """No row at all."""
        return CodeColumn((), np.empty(0, np.int16))

    def __len__(self) -> int:
        return len(self.numbers)

    def values(self, rows: Ints) -> list[str | None]:
        """The codes of these rows."""
        names = (*self.names, None)
        return [names[number] for number in held_at(self.numbers, rows, _NO_CODE).tolist()]

    def written(self, rows: Ints, values: Sequence[str | None]) -> "CodeColumn":
        """The column with these codes in these rows, each given once."""
        numbers = {name: number for number, name in enumerate(self.names)}
        for value in values:
            if value is not None:
                numbers.setdefault(value, len(numbers))
        said = np.array([_NO_CODE if value is None else numbers[value] for value in values], np.int16)
        if (held_at(self.numbers, rows, _NO_CODE) == said).all():
            return self
        return CodeColumn(tuple(numbers), written_at(self.numbers, rows, said, _NO_CODE))

    def taken(self, rows: Ints) -> "CodeColumn":
        """These rows alone, in this order."""
        return CodeColumn(self.names, frozen(held_at(self.numbers, rows, _NO_CODE)))

    def among(self, values: Iterable[str], size: int) -> Mask:
        """Marks those of so many rows that say one of the codes."""
        wanted = frozenset(values)
        is_wanted = np.array([*(name in wanted for name in self.names), False], np.bool_)
        return padded(is_wanted[self.numbers], size, absent=0)

    def said(self, size: int) -> Mask:
        """Marks those of so many rows that have a code."""
        return padded(self.numbers != _NO_CODE, size, absent=0)

    def ranks(self, size: int) -> Longs:
        """Numbers in the order of the codes for so many rows, -1 where there is none."""
        place = {name: rank for rank, name in enumerate(sorted(self.names))}
        of_code = np.array([*(place[name] for name in self.names), _NO_CODE], np.int64)
        return padded(of_code[self.numbers], size, absent=_NO_CODE)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept in a file."""
        return {"numbers": self.numbers, **_kept_names(self.names)}

    @staticmethod
    def restored(arrays: Mapping[str, NDArray[Any]]) -> "CodeColumn":
        """The column out of what was kept."""
        return CodeColumn(_restored_names(arrays), arrays["numbers"])


@dataclass(frozen=True)
class NumberColumn:
    """Flags, days or numbers by row; the lowest number of their size stands for none."""

    type: Numbered
    numbers: NDArray[Any]

    @staticmethod
    def empty(of_type: Numbered) -> "NumberColumn":
        """No row at all."""
        return NumberColumn(of_type, np.empty(0, _TYPES[of_type]))

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def absent(self) -> int:
        """What stands for nothing."""
        return _ABSENT[self.type]

    def values(self, rows: Ints) -> list[Any]:
        """What these rows say."""
        absent = self.absent
        told = held_at(self.numbers, rows, absent).tolist()
        read: Callable[[int], Any] = date_of if self.type == "date" else bool if self.type == "flag" else int
        return [None if number == absent else read(number) for number in told]

    def written(self, rows: Ints, values: Sequence[Any]) -> "NumberColumn":
        """The column with these values in these rows, each given once."""
        said = np.array([self._number(value) for value in values], self.numbers.dtype)
        if (held_at(self.numbers, rows, self.absent) == said).all():
            return self
        return NumberColumn(self.type, written_at(self.numbers, rows, said, self.absent))

    def taken(self, rows: Ints) -> "NumberColumn":
        """These rows alone, in this order."""
        return NumberColumn(self.type, frozen(held_at(self.numbers, rows, self.absent)))

    def among(self, values: Iterable[Any], size: int) -> Mask:
        """Marks those of so many rows that say one of the values."""
        return padded(np.isin(self.numbers, [self._number(value) for value in values]), size, absent=0)

    def within(self, least: int | None, most: int | None, size: int) -> Mask:
        """Marks those of so many rows that say something from `least` to `most`; days are given as numbers."""
        held = self.numbers != self.absent
        if least is not None:
            held &= self.numbers >= least
        if most is not None:
            held &= self.numbers <= most
        return padded(held, size, absent=0)

    def said(self, size: int) -> Mask:
        """Marks those of so many rows that say anything."""
        return padded(self.numbers != self.absent, size, absent=0)

    def ranks(self, size: int) -> Longs:
        """The numbers themselves for so many rows."""
        return padded(self.numbers.astype(np.int64), size, absent=0)

    def _number(self, value: Any) -> int:  # noqa: ANN401  # a value of the type
        if value is None:
            return self.absent
        return span_of(str(value), None)[0] if self.type == "date" else int(value)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept in a file."""
        return {"numbers": self.numbers}


@dataclass(frozen=True)
class ListColumn:
    """Several codes or words of a row, in their order: a row and the number of a name for each of them."""

    names: tuple[str, ...]
    row: Ints
    numbers: Ints

    @staticmethod
    def empty() -> "ListColumn":
        """No row at all."""
        return ListColumn((), np.empty(0, np.int32), np.empty(0, np.int32))

    def __len__(self) -> int:
        return int(self.row.max(initial=-1)) + 1

    def values(self, rows: Ints) -> list[list[str] | None]:
        """The lists of these rows."""
        found: dict[int, list[str]] = {}
        held = np.flatnonzero(np.isin(self.row, rows))
        for row, number in zip(self.row[held].tolist(), self.numbers[held].tolist(), strict=True):
            found.setdefault(row, []).append(self.names[number])
        return [found.get(row) for row in rows.tolist()]

    def written(self, rows: Ints, values: Sequence[Sequence[str] | None]) -> "ListColumn":
        """The column with these lists in these rows, each given once."""
        values = [list(value) if value else None for value in values]
        if values == self.values(rows):
            return self
        numbers = dict(self._numbers)
        said = [
            (row, numbers.setdefault(name, len(numbers)))
            for row, names in zip(rows.tolist(), values, strict=True)
            for name in names or ()
        ]
        kept = ~np.isin(self.row, rows)
        added = np.array(said, np.int32).reshape(-1, 2).T
        joined = (np.concatenate((old[kept], new)) for old, new in zip((self.row, self.numbers), added, strict=True))
        return ListColumn(tuple(numbers), *(frozen(column) for column in joined))

    def taken(self, rows: Ints) -> "ListColumn":
        """These rows alone, in this order."""
        return ListColumn.empty().written(np.arange(len(rows), dtype=np.int32), self.values(rows))

    def among(self, values: Iterable[str], size: int) -> Mask:
        """Marks those of so many rows that say one of the values at least."""
        wanted = frozenset(values)
        is_wanted = np.array([name in wanted for name in self.names], np.bool_)
        marks = np.zeros(size, np.bool_)
        if len(is_wanted):
            marks[self.row[is_wanted[self.numbers]]] = True
        return marks

    def said(self, size: int) -> Mask:
        """Marks those of so many rows that have a list."""
        marks = np.zeros(size, np.bool_)
        marks[self.row] = True
        return marks

    def ranks(self, size: int) -> Longs:
        """Lists have no order."""
        return np.zeros(size, np.int64)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept in a file."""
        return {"row": self.row, "numbers": self.numbers, **_kept_names(self.names)}

    @staticmethod
    def restored(arrays: Mapping[str, NDArray[Any]]) -> "ListColumn":
        """The column out of what was kept."""
        return ListColumn(_restored_names(arrays), arrays["row"], arrays["numbers"])


AnyColumn = TextColumn | CodeColumn | NumberColumn | ListColumn


def empty_column(field: Field) -> AnyColumn:
    """The column of a field of records or of edges, without a row."""
    match field.type:
        case "code" | "text" if field.many:
            return ListColumn.empty()
        case "code":
            return CodeColumn.empty()
        case "flag" | "date" | "integer" if not field.many:
            return NumberColumn.empty(field.type)
        case _:
            return TextColumn.of([])


def _kept_names(names: Sequence[str]) -> dict[str, NDArray[Any]]:
    return {f"names.{part}": array for part, array in TextColumn.of(names).arrays().items()}


def _restored_names(arrays: Mapping[str, NDArray[Any]]) -> tuple[str, ...]:
    kept = {part: arrays[f"names.{part}"] for part in ("begins", "sizes", "letters")}
    column = TextColumn.restored(kept)
    return tuple(name or "" for name in column.values(np.arange(len(column), dtype=np.int32)))
