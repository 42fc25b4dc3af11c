"""Short texts by row, as the bytes of all of them one after the other: no object for each of 300,000 titles.

A change writes its texts behind the others and leaves the old bytes where they are, so that the bytes of a large
column, which may lie in a file that several processes read, are not copied for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Ints, Longs, Mask, frozen

Letters = NDArray[np.uint8]
# Of what was written since the column was laid down, this much or an eighth of it is kept apart: copied with each
# change, it takes a quarter of a millisecond.
_MOST_RECENT: Final = 1_000_000


def held_at(array: NDArray[Any], rows: Ints, absent: int) -> NDArray[Any]:
    """The values in these rows; columns end with the last row that says something, and behind it all are absent."""
    if len(rows) == 0 or int(rows.max()) < len(array):
        return array[rows]
    held = np.full(len(rows), absent, array.dtype)
    is_within = rows < len(array)
    held[is_within] = array[rows[is_within]]
    return held


def padded(array: NDArray[Any], size: int, absent: int) -> NDArray[Any]:
    """The array for so many rows."""
    whole = np.full(size, absent, array.dtype)
    whole[: len(array)] = array
    return whole


def written_at(array: NDArray[Any], rows: Ints, values: Any, absent: int) -> NDArray[Any]:  # noqa: ANN401  # numbers
    """The array with these values in these rows, as long as it has to be for that."""
    size = int(rows.max(initial=-1)) + 1
    written = array.copy() if size <= len(array) else padded(array, size, absent)
    written[rows] = values
    return frozen(written)


@dataclass(frozen=True)
class TextColumn:
    """Texts by row: where the bytes of each begin and how many they are, none where nothing is said.

    Bytes are counted through `settled` and on into `recent`.
    """

    begins: Longs
    sizes: Ints
    settled: Letters
    recent: Letters

    @staticmethod
    def of(texts: Sequence[str | None]) -> "TextColumn":
        """The texts in their order; equal ones share their bytes."""
        place = {text: number for number, text in enumerate(dict.fromkeys(text or "" for text in texts))}
        encoded = [text.encode() for text in place]
        sizes = np.fromiter(map(len, encoded), np.int32, len(encoded))
        begins = np.cumsum(sizes, dtype=np.int64) - sizes
        letters = np.frombuffer(b"".join(encoded), np.uint8)
        numbers = np.fromiter((place[text or ""] for text in texts), np.int32, len(texts))
        return TextColumn(frozen(begins[numbers]), frozen(sizes[numbers]), letters, np.empty(0, np.uint8))

    def __len__(self) -> int:
        return len(self.sizes)

    def values(self, rows: Ints) -> list[str | None]:
        """The texts of these rows."""
        cut = len(self.settled)
        settled, recent = self.settled.data, self.recent.data
        begins, sizes = held_at(self.begins, rows, 0), held_at(self.sizes, rows, 0)
        return [
            (str(settled[begin:end], "utf-8") if end <= cut else str(recent[begin - cut : end - cut], "utf-8"))
            if end > begin
            else None
            for begin, end in zip(begins.tolist(), (begins + sizes).tolist(), strict=True)
        ]

    def text(self, row: int) -> str | None:
        """The text of one row."""
        if row >= len(self) or not (size := int(self.sizes[row])):
            return None
        begin, cut = int(self.begins[row]), len(self.settled)
        letters = self.settled[begin : begin + size] if begin < cut else self.recent[begin - cut : begin - cut + size]
        return str(letters.tobytes(), "utf-8")

    def written(self, rows: Ints, values: Sequence[str | None]) -> "TextColumn":
        """The column with these texts in these rows, each given once."""
        values = [value or None for value in values]
        if values == self.values(rows):
            return self
        added = TextColumn.of(values)
        begins = written_at(self.begins, rows, added.begins + (len(self.settled) + len(self.recent)), 0)
        sizes = written_at(self.sizes, rows, added.sizes, 0)
        recent = np.concatenate((self.recent, added.settled))
        if len(recent) <= max(_MOST_RECENT, len(self.settled) // 8):
            return TextColumn(begins, sizes, self.settled, frozen(recent))
        letters = np.concatenate((self.settled, recent))
        whole = TextColumn(begins, sizes, frozen(letters), np.empty(0, np.uint8))
        # What was said before and is no more is let go when it is half of all.
        is_sparse = len(letters) > 2 * int(sizes.sum(dtype=np.int64)) + _MOST_RECENT
        return whole.taken(np.arange(len(sizes), dtype=np.int32)) if is_sparse else whole

    def taken(self, rows: Ints) -> "TextColumn":
        """These rows alone, in this order, with no more bytes than they need."""
        return TextColumn.of(self.values(rows))

    def among(self, texts: Iterable[str], size: int) -> Mask:
        """Marks those of so many rows that say one of the texts."""
        marks = np.zeros(size, np.bool_)
        for text in texts:
            wanted = np.frombuffer(text.encode(), np.uint8)
            rows = np.flatnonzero(self.sizes[:size] == len(wanted))
            for place, letter in enumerate(wanted.tolist()):
                if not len(rows):
                    break
                rows = rows[self._letters(self.begins[rows] + place) == letter]
            marks[rows] = len(wanted) > 0
        return marks

    def said(self, size: int) -> Mask:
        """Marks those of so many rows that say anything."""
        return padded(self.sizes > 0, size, absent=0)

    def ranks(self, size: int) -> Longs:
        """Numbers in the order of the texts for so many rows, 0 where nothing is said."""
        return padded(self._ranks, size, absent=0)

    @cached_property
    def _ranks(self) -> Longs:
        said = np.flatnonzero(self.sizes).astype(np.int32)
        ranks = np.zeros(len(self), np.int64)
        if len(said):
            ranks[said] = np.unique(np.array(self.values(said), np.object_), return_inverse=True)[1]
        return frozen(ranks)

    def _letters(self, places: Longs) -> Letters:
        cut = len(self.settled)
        if not len(self.recent):
            return self.settled[places]
        letters = np.empty(len(places), np.uint8)
        is_recent = places >= cut
        letters[~is_recent] = self.settled[places[~is_recent]]
        letters[is_recent] = self.recent[places[is_recent] - cut]
        return letters

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept in a file."""
        letters = np.concatenate((self.settled, self.recent)) if len(self.recent) else self.settled
        return {"begins": self.begins, "sizes": self.sizes, "letters": letters}

    @staticmethod
    def restored(arrays: dict[str, NDArray[Any]]) -> "TextColumn":
        """The column out of what was kept."""
        return TextColumn(arrays["begins"], arrays["sizes"], arrays["letters"], np.empty(0, np.uint8))
