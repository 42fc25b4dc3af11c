"""Invented numbers: they stand in for numbers nobody knows, are given once, and the graph remembers to what."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from kaysis_graph import text
from kaysis_graph.errors import Conflict
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Transaction
from kaysis_graph.schema import Schema

_ALL = load("transfer/all_inventions")
_KEEP = load("transfer/keep_inventions")
_TAKEN = load("transfer/taken_ids")
# The words that may stand before the number in the identifiers of a kind: `heys`, `(il|ilce|koy)`, none.
_FRONTS = re.compile(r"\(?([a-z|]+)\)?-")
_LAST_NUMBER = re.compile(r"[0-9]+$")


@dataclass(frozen=True)
class Invention:
    """A number that was invented, what it was given to, and the key of both: the range and the text."""

    id: str
    number: str
    text: str


@dataclass(frozen=True)
class KeptNumber:
    """The number that stands under the key of an invention."""

    id: str
    number: str


@dataclass(frozen=True)
class TakenId:
    """An identifier that a record has or had."""

    id: str


class Inventions:
    """The numbers invented so far, and those that one import adds; the graph is asked when the first is wanted."""

    def __init__(self, reader: Reader, schema: Schema, kinds: Collection[str]) -> None:
        """`kinds` are those whose identifiers the numbers may become."""
        self._reader = reader
        self._fronts = sorted({front for name in kinds for front in _fronts(schema.kinds[name].id_pattern)})
        self._numbers: dict[str, str] | None = None
        self._given: set[str] = set()
        self._taken: dict[tuple[int, int], set[str]] = {}
        self._fresh: list[Invention] = []

    def number(self, told: str, first: int, last: int) -> str | None:
        """The number of the text in the range; None when every number of the range is taken.

        The same text, in whatever case and with whatever blanks, always has the same number. A text that comes for
        the first time gets the number its letters lead to, or the next that nobody has.
        """
        if self._numbers is None:
            self._numbers = {invention.id: invention.number for invention in every(self._reader)}
            self._given = set(self._numbers.values())
        meant = text.lower(" ".join(told.split()))
        key = hashlib.sha256(f"{first}-{last} {meant}".encode()).hexdigest()
        if key in self._numbers:
            return self._numbers[key]
        size = last - first + 1
        start = int.from_bytes(hashlib.sha256(meant.encode()).digest()[:8]) % size
        free = (str(first + (start + step) % size) for step in range(size))
        number = next((number for number in free if not self._is_taken(number, first, last)), None)
        if number is not None:
            self._numbers[key] = number
            self._given.add(number)
            self._fresh.append(Invention(key, number, told))
        return number

    def drain(self) -> list[Invention]:
        """The numbers given since this was last asked."""
        fresh, self._fresh = self._fresh, []
        return fresh

    def _is_taken(self, number: str, first: int, last: int) -> bool:
        if number in self._given:
            return True
        if (first, last) not in self._taken:
            # Texts compare letter by letter: between "8" and "12" lies nothing, between "0" and ":" every number.
            ends = (str(first), str(last)) if len(str(first)) == len(str(last)) else ("0", ":")
            spans = [[f"{front}{end}" for end in ends] for front in self._fronts]
            ids = self._reader.read(_TAKEN, into=TakenId, spans=spans) if spans else []
            self._taken[first, last] = {found[0] for row in ids if (found := _LAST_NUMBER.search(row.id))}
        return number in self._taken[first, last]


def every(reader: Reader) -> list[Invention]:
    """All numbers that were ever invented, by key."""
    return reader.read(_ALL, into=Invention)


def keep(transaction: Transaction, given: Sequence[Invention]) -> None:
    """Notes numbers with what they were given to; Conflict when another import gave one of them meanwhile."""
    rows = [asdict(invention) for invention in given]
    stands = {kept.id: kept.number for kept in transaction.read(_KEEP, into=KeptNumber, rows=rows)}
    for invention in given:
        if stands[invention.id] != invention.number:
            raise Conflict("transfer.number_given_meanwhile", number=invention.number, text=invention.text[:80])


def _fronts(pattern: str) -> list[str]:
    found = _FRONTS.match(pattern)
    return [f"{word}-" for word in found[1].split("|")] if found else [""]
