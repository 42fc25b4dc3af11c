"""The life of a record as it is read: all its spells, or those that follow from its ties where it tells no day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kaysis_graph.graph.spells import loaded_spells
from kaysis_graph.records.record_model import Record, is_within

Span = tuple[date | None, date | None]


@dataclass(frozen=True)
class Life:
    """The first and last days of each spell, the oldest first, None for what is open or not known.

    `is_derived` marks those that the record does not tell itself: they are the days of its ties to wholes.
    """

    spells: tuple[Span, ...]
    is_derived: bool

    @property
    def is_simple(self) -> bool:
        """Whether the record's own two days tell all of it."""
        return len(self.spells) == 1 and not self.is_derived

    def is_founding_unknown(self, kind: str) -> bool:
        """Whether nothing tells when a unit began; of other kinds, such as documents, nobody expects it."""
        return kind == "Organisation" and self.spells[0][0] is None

    def around(self, at: date) -> Span:
        """The spell of the day; where there is none, when the one before ended and when the next begins."""
        ended = begins = None
        for first, last in self.spells:
            if first is not None and first > at:
                begins = first
                break
            if last is None or at < last:
                return first, last
            ended = last
        return begins, ended

    def is_held(self, at: date) -> bool:
        """Whether a spell has the day."""
        return any(is_within(first, last, at) for first, last in self.spells)


def life_of(record: Record, stored: Sequence[str] | None) -> Life:
    """The life of a record, with the spells that are stored beside it: for most there are none."""
    is_derived = bool(stored) and not record.earlier_spells and "valid_from" not in record.fields
    if not is_derived:
        return Life(tuple(record.spells()), is_derived=False)
    days = [tuple(date.fromisoformat(day) if day else None for day in span) for span in loaded_spells(stored or ())]
    return Life(tuple((first, last) for first, last in days), is_derived=True)
