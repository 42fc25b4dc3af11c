"""Why a text is no longer in force: since when, repealed by what, or fallen with the act it was part of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import Thing
from kaysis_graph.facts import legal_force
from kaysis_graph.graph.columns import OPEN_TO, date_of
from kaysis_graph.graph.view import View

# guess: provisions nest five deep.
_DEEPEST = 16


@dataclass(frozen=True)
class Ending:
    """How a text ended: on which day where that is known, by what it was repealed where that is recorded.

    `fell_with` is the act or provision around it that ended and took it along.
    """

    text: Thing
    on: date | None
    by: tuple[Thing, ...]
    fell_with: Thing | None


@dataclass(frozen=True)
class Ended:
    """The same by position: what ended, the day's number, by which records; `around` is what itself ended."""

    text: int
    around: int
    on: int | None
    by: tuple[int, ...]

    def places(self) -> Iterable[int]:
        """Every record that has to be named."""
        return (self.text, self.around, *self.by)

    def named(self, names: Mapping[int, Thing]) -> Ending:
        """The ending with the names of these records."""
        return Ending(
            names[self.text],
            None if self.on is None else date_of(self.on),
            tuple(names[place] for place in self.by),
            None if self.around == self.text else names[self.around],
        )


def ended(view: View, text: int) -> Ended:
    """How an act or provision that is no longer in force on the day ended; its own end comes before that of its act."""
    around = text
    for _ in range(_DEEPEST):
        rows = legal_force.repealing(view, around)
        is_over = view.over[around]
        if len(rows) or is_over:
            break
        above = view.edges["PART_OF"].target[view.edges["PART_OF"].rows_from(around)]
        if len(above) == 0:
            break
        around = int(above[0])
    days = [int(view.once(legal_force.repeals).first[row]) for row in rows.tolist()]
    own_end = int(view.over_on[around])
    if is_over and own_end != OPEN_TO:
        days.append(own_end)
    known = [day for day in days if date_of(day) is not None]
    by = tuple(dict.fromkeys(int(place) for place in view.edges["REPEALS"].source[rows]))
    return Ended(text, around, min(known, default=None), by)
