"""What records are called, as numbers: enough to tell which of them share a title without reading one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from kaysis_graph.graph.columns import Ints, Longs, frozen

UNTITLED = 0
"""The number of a record whose title is not known, or that was deleted: it shares it with nobody."""


def title_number(kind: str, folded: str) -> int:
    """The number of a title among records of a kind, the title folded as search folds it.

    Two of 400,000 titles get the same number with a chance of one in 200 million.
    """
    if not folded:
        return UNTITLED
    return int.from_bytes(blake2b(f"{kind}\n{folded}".encode(), digest_size=8).digest(), "little", signed=True)


@dataclass(frozen=True)
class Titles:
    """The number of the present title of each position, and those of former titles with their days."""

    present: Longs
    position: Ints
    valid_from: Ints
    valid_to: Ints
    former: Longs

    @staticmethod
    def of(present: Longs, former: Sequence[tuple[int, int, int, int]] = ()) -> "Titles":
        """The titles by position; former ones are (position, valid_from, valid_to, number)."""
        position, first, last, number = np.array(former, np.int64).reshape(-1, 4).T
        span = [frozen(column.astype(np.int32)) for column in (position, first, last)]
        return Titles(frozen(present), span[0], span[1], span[2], frozen(number))

    def on(self, day: int) -> Longs:
        """The number of the title that each record had on the day."""
        holds = (self.valid_from <= day) & (day < self.valid_to)
        numbers = self.present.copy()
        numbers[self.position[holds]] = self.former[holds]
        return frozen(numbers)

    def written(
        self, size: int, positions: Sequence[int], numbers: Sequence[int], former: Sequence[tuple[int, int, int, int]]
    ) -> "Titles":
        """The titles of so many records, those of these positions as given."""
        present = np.full(size, UNTITLED, np.int64)
        present[: len(self.present)] = self.present
        present[positions] = numbers
        kept = ~np.isin(self.position, positions)
        if kept.all() and not former:
            return replace(self, present=frozen(present))
        added = Titles.of(present, former)
        return Titles(
            frozen(present),
            frozen(np.concatenate((self.position[kept], added.position))),
            frozen(np.concatenate((self.valid_from[kept], added.valid_from))),
            frozen(np.concatenate((self.valid_to[kept], added.valid_to))),
            frozen(np.concatenate((self.former[kept], added.former))),
        )
