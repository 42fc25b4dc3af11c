"""Chance that falls the same way on every machine and with every version of Python.

Only `random.random()` is used of the library, whose sequence Python promises to keep, and no power or root, which
differ in their last digit between machines.
"""

import random
from collections.abc import Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_WORD = (1 << 64) - 1


class Chance:
    """A stream of draws that follows from what it is named by."""

    def __init__(self, *path: object) -> None:
        """`path` names the stream: the seed, what is drawn for, its number."""
        self._draw = random.Random("/".join(map(str, path))).random  # noqa: S311  # a sequence that can be had again

    def below(self, count: int) -> int:
        """A number from 0 to one less than the count, each as likely."""
        return int(self._draw() * count)

    def between(self, least: int, most: int) -> int:
        """A number from the least to the most, both among them."""
        return least + int(self._draw() * (most - least + 1))

    def happens(self, share: float) -> bool:
        """Whether what happens in this share of cases happens now."""
        return self._draw() < share

    def skewed(self, count: int) -> int:
        """A number below the count by a power law: a twelfth of the draws from 20,000 are 0, half are below 1,250."""
        drawn = self._draw()
        squared = drawn * drawn
        return int(squared * squared * count)

    def one_of(self, items: Sequence[_Item]) -> _Item:
        """One of the items, each as likely."""
        return items[int(self._draw() * len(items))]


def fate(seed: int, number: int, salt: int) -> int:
    """A number from 0 to 9,999 that belongs to a thing for good, whoever asks for it and in whatever order."""
    mixed = (number * 0x9E3779B97F4A7C15 + salt * 0xBF58476D1CE4E5B9 + seed * 0x94D049BB133111EB) & _WORD
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
    return (mixed ^ (mixed >> 31)) % 10_000
