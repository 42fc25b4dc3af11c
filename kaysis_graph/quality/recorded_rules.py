"""Rules that need what only the engine holds of a record: its title, its marks, the fields of an edge."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import day
from kaysis_graph.graph.columns import OPEN_FROM, Ints, Mask, day_of
from kaysis_graph.graph.queries import Query, load
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.quality import legislation_rules, responsibility_rules
from kaysis_graph.quality.flaws import Fact, Flaws, alone, days, grouped, narrowed, pairs

_STUBS = load("quality/stubs")
_UNLIKE_NUMBERS = load("quality/unlike_numbers")
_EXPLAINED = load("quality/explained")
_REENACTED = load("quality/reenacted")
_PUBLISHED = load("quality/published")
_SAME_TITLES = load("quality/same_titles")
_LONE_ALTERNATIVES = load("quality/lone_alternatives")
_IDS_AT_A_TIME = 5_000


@dataclass(frozen=True)
class IdList:
    """Identifiers as one list: thirty thousand of them arrive ten times sooner than as rows."""

    ids: list[str]


@dataclass(frozen=True)
class PublishedRow:
    """When an act was accepted or published."""

    id: str
    published_on: date


@dataclass(frozen=True)
class AlikeRow:
    """Units of one parent under one title."""

    parent: str
    title: str
    units: list[str]


@dataclass(frozen=True)
class LoneRow:
    """The only choice of an alternative of a service."""

    service: str
    alternative: str
    wanted: str


def stubs_pointed_at(reader: Reader, view: View) -> Flaws:
    """Stubs that an edge still leads to on the day, with the records it comes from."""
    stubs = _marked(view, _ids(reader, _STUBS))
    near, far = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for edge_type, columns in view.edges.items():
        rows = view.all_holding(edge_type)
        rows = rows[stubs[columns.target[rows]]]
        near.append(columns.target[rows])
        far.append(columns.source[rows])
    return grouped(view, np.concatenate(near), np.concatenate(far))


def unlike_numbers(reader: Reader, view: View) -> Flaws:
    """Organisations that have begun by the day whose number is invented and not said to be, or the other way round."""
    return alone(view, _marked(view, _ids(reader, _UNLIKE_NUMBERS)) & view.begun)


def ended_with_dependants(reader: Reader, view: View) -> Flaws:
    """Organisations that ended without a successor or a note that says why, with what still hangs on them."""
    flaws = grouped(view, *responsibility_rules.holding_on_to_ended(view))
    return narrowed(flaws, ~_among(reader, _EXPLAINED, view, flaws.places))


def changed_after_ended(reader: Reader, view: View) -> Flaws:
    """Texts that were amended after they ended and were never enacted anew."""
    flaws = legislation_rules.changed_after_ended(view)
    return narrowed(flaws, ~_among(reader, _REENACTED, view, flaws.places))


def changed_before_published(reader: Reader, view: View) -> Flaws:
    """Texts changed by an act that took effect before they, or the act they are part of, were accepted or published."""
    source, target, first, act = legislation_rules.changes_before_begun(view)
    ids = [str(view.records.ids[place]) for place in act.tolist()]
    wanted = [*dict.fromkeys(ids)]
    published = {
        row.id: day_of(row.published_on)
        for start in range(0, len(wanted), _IDS_AT_A_TIME)
        for row in reader.read(_PUBLISHED, into=PublishedRow, ids=wanted[start : start + _IDS_AT_A_TIME])
    }
    bound = np.array([published.get(identifier, OPEN_FROM) for identifier in ids], np.int32)
    early = first < bound
    return pairs(view, target[early], source[early], on=days(first[early]), published_on=days(bound[early]))


def same_titles(reader: Reader, view: View) -> Flaws:
    """Organisations several of whose units have the same title, told of the one above with those units."""
    at = day(view)
    found = list[tuple[int, str, list[int]]]()
    for row in reader.read(_SAME_TITLES, into=AlikeRow, at=at, at_said=at.isoformat()):
        parent, units = _known(view, [row.parent]), _known(view, row.units)
        if parent and len(units) > 1:
            found.append((parent[0], row.title, sorted(units, key=view.records.rank.__getitem__)))
    found.sort(key=lambda alike: (int(view.records.rank[alike[0]]), int(view.records.rank[alike[2][0]])))
    return Flaws(
        np.array([parent for parent, _, _ in found], np.int32),
        np.array([len(units) for _, _, units in found], np.int64),
        np.array([unit for _, _, units in found for unit in units], np.int32),
        {"title": [title for _, title, _ in found]},
    )


def lone_alternatives(reader: Reader, view: View) -> Flaws:
    """Services that ask for one of several, of which there is one only."""
    near, far, names = list[int](), list[int](), list[Fact]()
    for row in reader.read(_LONE_ALTERNATIVES, into=LoneRow, at=day(view)):
        places = _known(view, [row.service, row.wanted])
        if len(places) == 2:  # noqa: PLR2004  # both ends
            near.append(places[0])
            far.append(places[1])
            names.append(row.alternative)
    return pairs(view, np.array(near, np.int32), np.array(far, np.int32), alternative=names)


def _ids(reader: Reader, query: Query) -> list[str]:
    return [identifier for row in reader.read(query, into=IdList) for identifier in row.ids]


def _among(reader: Reader, query: Query, view: View, places: Ints) -> Mask:
    """Marks those of the places whose record the statement gives."""
    ids = [str(view.records.ids[place]) for place in places.tolist()]
    wanted = [*dict.fromkeys(ids)]
    given = {
        identifier
        for start in range(0, len(wanted), _IDS_AT_A_TIME)
        for row in reader.read(query, into=IdList, ids=wanted[start : start + _IDS_AT_A_TIME])
        for identifier in row.ids
    }
    return np.array([identifier in given for identifier in ids], np.bool_)


def _known(view: View, ids: list[str]) -> list[int]:
    """Where these records lie; what the engine has and the projection does not know yet is left out."""
    return [view.records.position_of[identifier] for identifier in ids if identifier in view.records.position_of]


def _marked(view: View, ids: list[str]) -> Mask:
    marked = np.zeros(len(view), np.bool_)
    marked[np.array(_known(view, ids), np.int32)] = True
    return marked
