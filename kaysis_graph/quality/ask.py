"""The graph held against its rules on a day: how often each is broken, and by which records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import Answer, Cut, Thing, page_cut, things_by_position
from kaysis_graph.answers.institution_choice import chosen_institution
from kaysis_graph.facts import owners
from kaysis_graph.facts.institutions import is_institution
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.messages import LANGUAGES, Language, say
from kaysis_graph.publication import Need, Publication
from kaysis_graph.quality.flaws import Fact, Flaws, narrowed
from kaysis_graph.quality.rules import SEVERITIES, QualityRule, Severity, flaws
from kaysis_graph.schema import Label, Schema

ROWS = 5
_ROWS_AT_A_TIME = 2_000
# What a person reads of the others; their number is told.
_OTHERS = 8
_INSTITUTIONS = 30


@dataclass(frozen=True)
class Flaw:
    """A record that breaks a rule: the first of the others it breaks it with, how many there are, facts by name."""

    rule: str
    severity: Severity
    record: Thing
    others: tuple[Thing, ...]
    other_count: int
    facts: dict[str, Fact]


@dataclass(frozen=True)
class RuleCount:
    """A rule, where it comes from, what to do where it is broken, and how often it is."""

    key: str
    severity: Severity
    says: Label
    why: Label
    hint: Label
    total: int


@dataclass(frozen=True)
class FlawShare:
    """How many flaws are of records of one institution; None for those that belong to none."""

    institution: Thing | None
    count: int


@dataclass(frozen=True)
class CatalogueGap:
    """A key of the operator's file about the catalogue that says nothing, and whether DCAT-AP insists on it."""

    key: str
    need: Need
    says: Label


@dataclass(frozen=True)
class Quality(Answer):
    """How the graph keeps the rules asked for, each with its count; `rows` has some flaws of each, rule by rule.

    `institutions` are the thirty with the most flaws, whichever of them is asked for. `catalogue` is what portals will
    miss of the catalogue, where all rules are asked of all records.
    """

    total: int
    severities: dict[Severity, int]
    rules: tuple[RuleCount, ...]
    institutions: tuple[FlawShare, ...]
    offset: int
    rows: tuple[Flaw, ...]
    catalogue: tuple[CatalogueGap, ...] = ()


def catalogue_gaps(publication: Publication) -> tuple[CatalogueGap, ...]:
    """What DCAT-AP wants said of a catalogue and the operator has not said, the mandatory first."""
    return tuple(
        CatalogueGap(key, need, Label(*(say(f"quality.misses_{key.replace('.', '_')}", tag) for tag in LANGUAGES)))
        for key, need in publication.missing()
    )


def of(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    at: date,
    rules: Sequence[QualityRule],
    *,
    institution: str | None = None,
    offset: int = 0,
    limit: int = ROWS,
    publication: Publication | None = None,
) -> Quality:
    """The rules held against the day, of each the flaws after `offset`, `limit` of them, by identifier.

    `institution` leaves the flaws of its own records, `none` those of records that belong to none.
    """
    view = graph.on(at)
    wanted = chosen_institution(view, institution)
    every = {rule: flaws(rule, graph.store, view) for rule in rules}
    held = _held(view, every)
    found = _kept(view, every, wanted)
    shown = [(rule, row) for rule, told in found.items() for row in range(offset, min(offset + limit, len(told)))]
    names = things_by_position(view, [*_places(found, shown), *(place for place in held if place >= 0)])
    total, cut = sum(len(told) for told in found.values()), None
    if len(found) == 1:
        cut = page_cut(total, offset, len(shown))
    elif total and not shown:
        cut = Cut("quality.past_end", {"most": max(map(len, found.values())), "offset": offset})
    elif len(shown) < total:
        cut = Cut("quality.more", {"total": total, "shown": len(shown)})
    return Quality(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        total=total,
        severities={
            severity: sum(len(told) for rule, told in found.items() if rule.severity == severity)
            for severity in SEVERITIES
        },
        rules=tuple(
            RuleCount(rule.key, rule.severity, rule.says, rule.why, rule.hint, len(told))
            for rule, told in found.items()
        ),
        institutions=tuple(FlawShare(names.get(place), count) for place, count in held.items()),
        offset=offset,
        rows=tuple(_flaw(rule, found[rule], row, names) for rule, row in shown),
        catalogue=() if publication is None else catalogue_gaps(publication),
    )


def stream(graph: Graph, at: date, rules: Sequence[QualityRule], *, institution: str | None = None) -> Iterator[Flaw]:
    """Every flaw of the same question."""
    view = graph.on(at)
    wanted = chosen_institution(view, institution)
    for rule in rules:
        found = _kept(view, {rule: flaws(rule, graph.store, view)}, wanted)
        for begin in range(0, len(found[rule]), _ROWS_AT_A_TIME):
            shown = [(rule, row) for row in range(begin, min(begin + _ROWS_AT_A_TIME, len(found[rule])))]
            names = things_by_position(view, _places(found, shown))
            yield from (_flaw(rule, found[rule], row, names) for _, row in shown)


def sentence(schema: Schema, flaw: Flaw, language: Language, day: Callable[[date], str] = date.isoformat) -> str:
    """What is wrong, said of this flaw with its facts; `day` writes a date."""
    told: dict[str, object] = {}
    for name, fact in flaw.facts.items():
        if name == "relation":
            told[name] = schema.edge_types[str(fact)].label.of(language)
        else:
            told[name] = day(fact) if isinstance(fact, date) else fact
    return say(f"quality.found_{flaw.rule}", language, **told)


def _kept(view: View, every: Mapping[QualityRule, Flaws], wanted: int | None) -> dict[QualityRule, Flaws]:
    if wanted is None:
        return dict(every)
    return {rule: narrowed(told, _institutions(view, told.places) == wanted) for rule, told in every.items()}


def _institutions(view: View, places: Ints) -> Ints:
    """The institution each record belongs to; -1 as well where a unit that is none has none above."""
    holders = owners.institutions(view, places)
    if not len(view):
        return holders
    return np.where(view.once(is_institution)[holders], holders, np.int32(-1)).astype(np.int32)


def _held(view: View, every: Mapping[QualityRule, Flaws]) -> dict[int, int]:
    """How many flaws each institution has, those with the most first."""
    places = np.concatenate([np.empty(0, np.int32), *(told.places for told in every.values())])
    holders, counts = np.unique(_institutions(view, places), return_counts=True)
    ranks = np.where(holders >= 0, view.records.rank[holders], -1) if len(view) else holders
    order = np.lexsort((ranks, -counts))[:_INSTITUTIONS]
    return dict(zip(holders[order].tolist(), counts[order].tolist(), strict=True))


def _places(found: Mapping[QualityRule, Flaws], shown: Sequence[tuple[QualityRule, int]]) -> Iterator[int]:
    for rule, row in shown:
        yield int(found[rule].places[row])
        yield from _first(found[rule].others_of(row)).tolist()


def _first(others: Ints) -> Ints:
    return others[:_OTHERS]


def _flaw(rule: QualityRule, told: Flaws, row: int, names: Mapping[int, Thing]) -> Flaw:
    others = told.others_of(row)
    return Flaw(
        rule.key,
        rule.severity,
        names[int(told.places[row])],
        tuple(names[place] for place in _first(others).tolist()),
        len(others),
        told.facts_of(row),
    )
