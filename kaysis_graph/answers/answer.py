"""What every answer says of itself, and how it names records."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal, TypeVar

import numpy as np

from kaysis_graph.answers.distinctions import Belonging, belongings
from kaysis_graph.errors import NotFound
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.view import View
from kaysis_graph.messages import Language, say
from kaysis_graph.records import reader

# guess: what a sentence bears; the list beside it has all.
_NAMED = 3
SEPARATOR: Final = " · "
"""Stands between a shared title and whose the record is."""
State = Literal["valid", "ended", "repealed", "not_in_force", "future"]
_STATES: tuple[State, ...] = ("future", "ended", "valid", "not_in_force", "repealed")
OVER: frozenset[State] = frozenset({"ended", "repealed", "not_in_force"})
"""The states of what is no longer there; since when a text is `not_in_force`, its source does not say."""
# What a page leaves out of its list. The last three are of lists that also shorten what they tell of each row or rule.
_OF_A_PAGE = frozenset(
    {"answers.page", "answers.last_page", "answers.past_end", "flows.shortened", "flows.in_brief", "quality.more"}
)


@dataclass(frozen=True)
class Cut:
    """Why an answer is not whole and how to go on, as a key of `messages/answers.toml` with its values.

    The way on is the same key with `_hint`. `beside` is what the answer is cut by as well: a list that is walked to
    a depth may have pages too.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    beside: "Cut | None" = None

    @property
    def each(self) -> "tuple[Cut, ...]":
        """This cut and those beside it, one by one."""
        return (replace(self, beside=None), *(self.beside.each if self.beside else ()))

    @property
    def is_of_page(self) -> bool:
        """Whether rows of the list stand on other pages: it is the page that is cut, and not the list."""
        return self.key in _OF_A_PAGE

    def why(self, language: Language) -> str:
        """What was left out."""
        return " ".join(say(cut.key, language, **cut.values) for cut in self.each)

    def how(self, language: Language) -> str:
        """How to get the rest."""
        return " ".join(say(f"{cut.key}_hint", language, **cut.values) for cut in self.each)

    def sentence(self, language: Language) -> str:
        """What was left out and how to get it."""
        return f"{self.why(language)} {self.how(language)}"

    def on_paper(self, language: Language) -> tuple[str, ...]:
        """The notes of a picture: nobody goes on from one to rows that stand on another page."""
        return tuple(cut.why(language) if cut.is_of_page else cut.sentence(language) for cut in self.each)


@dataclass(frozen=True)
class Distinction:
    """What a record of a shared title belongs to: an institution, place, unit, act or service, as it was called then.

    `others` is how many more institutions the record belongs to, which are not named.
    """

    id: str
    title: str
    title_en: str | None = None
    others: int = 0

    def name(self, language: Language) -> str:
        """The title in the language, and how many more there are."""
        said = (self.title_en if language == "en" else None) or self.title
        return f"{said} +{self.others}" if self.others else said


@dataclass(frozen=True)
class Thing:
    """A record as an answer names it: the title it had on the day, and how it stood then.

    `repealed` is said of legislation and provisions, `ended` and `future` of everything with days of its own.
    `distinctions` are what tells it from others of its title, nearest first; none where the title is its own.
    """

    id: str
    kind: str
    title: str
    title_en: str | None = None
    state: State = "valid"
    is_unverified: bool = False
    is_stub: bool = False
    distinctions: tuple[Distinction, ...] = ()

    def name(self, language: Language) -> str:
        """The title in the language, the Turkish one where there is no other."""
        return (self.title_en if language == "en" else None) or self.title

    def distinction(self, language: Language, within: Container[str] = ()) -> str:
        """What stands beside the title where others share it; what is shown `within` one of these has been said."""
        told = (held.name(language) for held in self.distinctions if held.id not in within)
        return SEPARATOR.join(told)

    def full_name(self, language: Language, within: Container[str] = ()) -> str:
        """The title, and whose the record is where others share it: `Personel Dairesi · Sağlık Bakanlığı`."""
        said = self.distinction(language, within)
        return f"{self.name(language)}{SEPARATOR}{said}" if said else self.name(language)


@dataclass(frozen=True)
class Answer:
    """What holds for every answer: the day it is as of, the change it stands at, and whether it is whole."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None


AnyAnswer = TypeVar("AnyAnswer", bound=Answer)


def page_cut(total: int, offset: int, shown: int, beside: Cut | None = None) -> Cut | None:
    """What a page of rows says of the rows on other pages, and what the list itself is cut by; None when it is whole.

    The one place where this is decided, for every list and every form it comes in.
    """
    if offset + shown < total:
        return Cut("answers.page", {"total": total, "shown": shown, "next": offset + shown}, beside)
    if shown and offset:
        return Cut("answers.last_page", {"total": total, "shown": shown}, beside)
    return Cut("answers.past_end", {"total": total, "offset": offset}, beside) if total and not shown else beside


def list_cut(cut: Cut | None) -> Cut | None:
    """What is left out of a list that is given out with all its rows: a page is no cut then, a depth still is."""
    while cut is not None and cut.is_of_page:
        cut = cut.beside
    return cut


def whole_list(answer: AnyAnswer) -> AnyAnswer:
    """The answer as it is said beside all rows of its list."""
    cut = list_cut(answer.cut)
    return replace(answer, complete=cut is None, cut=cut)


def position(view: View, identifier: str) -> int:
    """Where the record lies in the view; NotFound when there is none of that name."""
    found = view.records.position_of.get(identifier)
    if found is None or view.records.kind[found] == GONE:
        raise NotFound("checks.no_record", id=identifier)
    return found


def position_of_kind(view: View, identifier: str, *kinds: str) -> int:
    """Where the record lies; NotFound when there is none of that name among these kinds."""
    found = position(view, identifier)
    if view.records.kinds[view.records.kind[found]] not in kinds:
        raise NotFound("answers.other_kind", id=identifier, kinds=", ".join(kinds))
    return found


def things(view: View, positions: Iterable[int]) -> list[Thing]:
    """The records at these positions with their names on the day, in the order given."""
    asked = [int(place) for place in positions]
    told = belongings(view, np.array(asked, np.int32))
    parts = list(dict.fromkeys(part for belonging in told.values() for part in belonging.parts))
    places = np.array(asked, np.int32)
    names = dict(zip(parts, reader.names_at(view, np.array(parts, np.int32)), strict=True))
    said = (
        view.records.ids[places].tolist(),
        (view.records.kinds[number] for number in view.records.kind[places].tolist()),
        view.said("title", places),
        view.said("title_en", places),
        states(view, asked),
        map(bool, view.said("is_unverified", places)),
        map(bool, view.said("is_stub", places)),
        (_distinctions(told.get(place), names) for place in asked),
    )
    return [Thing(name, kind, title or name, *others) for name, kind, title, *others in zip(*said, strict=True)]


def things_read(graph: Graph, at: date, names: Sequence[reader.Name]) -> list[Thing]:
    """Records that were read from the engine, named as answers name them, in the order given."""
    view = graph.on(at)
    known = [view.records.position_of.get(name.id) for name in names]
    found = things_by_position(view, [place for place in known if place is not None])
    return [fresh_thing(name) if place is None else found[place] for place, name in zip(known, names, strict=True)]


def fresh_thing(name: reader.Name) -> Thing:
    """A record that was written a moment ago: it is in the engine before it is in the projection."""
    state: State = "ended" if name.has_ended else "valid" if name.has_begun else "future"
    return Thing(name.id, name.kind, name.title, name.title_en, state, name.is_unverified, name.is_stub)


def distinctions(view: View, positions: Sequence[int]) -> dict[int, tuple[Distinction, ...]]:
    """What tells the records at these positions from others of their title; left out where a title is its own."""
    told = belongings(view, np.array(positions, np.int32))
    parts = list(dict.fromkeys(part for belonging in told.values() for part in belonging.parts))
    names = dict(zip(parts, reader.names_at(view, np.array(parts, np.int32)), strict=True))
    return {place: _distinctions(belonging, names) for place, belonging in told.items()}


def things_by_position(view: View, positions: Iterable[int]) -> dict[int, Thing]:
    """The records at these positions by position."""
    asked = list(dict.fromkeys(int(place) for place in positions))
    return dict(zip(asked, things(view, asked), strict=True))


def day(view: View) -> date:
    """The date of a view."""
    found = date_of(view.day)
    assert found is not None, "a view is of one day"
    return found


def kind_name(view: View, place: int) -> str:
    """The kind of the record at a position."""
    return view.records.kinds[int(view.records.kind[place])]


def first_names(things: Sequence[Thing], language: Language) -> str:
    """The first few names of a sentence that tells of many records, and how many more there are: `A, B, C +4`."""
    named = ", ".join(thing.full_name(language) for thing in things[:_NAMED])
    rest = len(things) - _NAMED
    return f"{named} +{rest}" if rest > 0 else named


def counted(names: Sequence[str]) -> dict[str, int]:
    """How often each name stands in the sequence, most frequent first, then by name."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _distinctions(belonging: Belonging | None, names: Mapping[int, reader.Name]) -> tuple[Distinction, ...]:
    if belonging is None:
        return ()
    *nearer, last = (names[part] for part in belonging.parts)
    counts = [*((name, 0) for name in nearer), (last, belonging.others)]
    return tuple(Distinction(name.id, name.title, name.title_en, others) for name, others in counts)


def states(view: View, asked: Sequence[int]) -> list[State]:
    """How each stands on the day; a provision that falls with its act stands as that does."""
    places = np.array(asked, np.int32)
    in_force, told_over = view.once(legal_force.in_force), view.ever(legal_force.told_over)
    falls = view.valid[places] & ~in_force[places]
    is_told = told_over[places]
    places[falls] = legal_basis.act_of(view, places[falls])
    own = np.select(
        [~view.begun[places], view.over[places], in_force[places], told_over[places]], [0, 1, 2, 3], default=4
    )
    is_fallen = falls & (own == _STATES.index("valid"))
    own[is_fallen] = np.where(is_told[is_fallen], _STATES.index("not_in_force"), _STATES.index("repealed"))
    return [_STATES[number] for number in own.tolist()]
