"""Each walk over the projection equals its twin in `cypher/*/twins/`, the plain Cypher for the same question."""

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from conftest import AUTHOR
from dated_graphs import DatedGraph, days_asked, random_graph
from worlds import put, seed_rows

from kaysis_graph import files
from kaysis_graph.explorer import neighbours
from kaysis_graph.facts import effects, legal_basis, legal_force
from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.facts.legal_basis import Relation, Walk
from kaysis_graph.facts.spread import SPREAD_STEPS
from kaysis_graph.graph import projection_source, shortest_paths, walks
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.queries import Query, load
from kaysis_graph.graph.store import Store
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import definition, mapped_source

ANCESTORS, SUBTREE = load("organisations/twins/ancestors"), load("organisations/twins/subtree")
RESTS_ON, RESTING_ON = load("legislation/twins/rests_on"), load("legislation/twins/resting_on")
CHANGED, CHANGED_BY = load("legislation/twins/changed"), load("legislation/twins/changed_by")
IN_FORCE = load("facts/twins/in_force")
ACT_CHANGES = load("legislation/twins/act_changes")
EFFECTS = load("facts/twins/effects")
UNFOUNDED = {"all": load("legislation/twins/unfounded_all"), "any": load("legislation/twins/unfounded_any")}
IMPACT = load("impact/twins/impact")
SHORTEST_PATH, DISTANCE = load("paths/twins/shortest_path"), load("paths/twins/distance")
INSTITUTION_OF = load("facts/twins/institution_of")
EDGES_AMONG = load("explorer/twins/edges_among")
SEEDS = range(3)
SHARED = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "tr"
REAL = (
    ("census", "census.json"),
    ("amendments", "derived_amendments.csv"),
    ("repeals", "derived_whole_law_repeals.csv"),
)


@dataclass(frozen=True)
class Found:
    id: str


@dataclass(frozen=True)
class Far:
    id: str
    depth: int


@dataclass(frozen=True)
class Affected:
    id: str
    depth: int
    is_own: bool


@dataclass(frozen=True)
class Standing:
    id: str
    is_in_force: bool


@dataclass(frozen=True)
class Lost:
    act: str
    base: str


@dataclass(frozen=True)
class Changed:
    source: str
    type: str
    target: str
    on: str | None


@dataclass(frozen=True)
class Way:
    length: int
    ids: list[str]


@dataclass(frozen=True)
class Hops:
    hops: int


@dataclass(frozen=True)
class Joined:
    source: str
    type: str
    target: str


@dataclass(frozen=True)
class Both:
    """One graph on one day, as the engine has it and as the projection does."""

    store: Store
    schema: Schema
    view: View
    at: date

    def ids(self, positions: Iterable[int]) -> list[str]:
        return [str(self.view.records.ids[position]) for position in positions]

    def place(self, identifier: str) -> int:
        return self.view.records.position_of[identifier]

    def found(self, query: Query, identifier: str) -> list[str]:
        rows = self.store.read(query, into=Found, id=identifier, at=self.at)
        return sorted(row.id for row in rows)

    def far(self, query: Query, identifier: str) -> dict[str, int]:
        rows = self.store.read(query, into=Far, id=identifier, at=self.at)
        assert len(rows) == len({row.id for row in rows})
        return {row.id: row.depth for row in rows}

    def told(self, walk: Walk) -> list[str]:
        found = self.ids(walk.positions)
        assert len(found) == len(set(found))
        return sorted(found)

    def reached(self, reach: walks.Reach) -> dict[str, int]:
        depths = zip(self.ids(reach.positions), reach.depths.tolist(), strict=True)
        return {name: depth for name, depth in depths if depth}


def both(store: Store, schema: Schema, days: Sequence[date]) -> Iterator[Both]:
    projection = projection_source.from_engine(store, schema, 0, "")
    for at in days:
        yield Both(store, schema, projection.on(at), at)


def same_structure(pair: Both, units: Sequence[str]) -> None:
    marks = projection_source.institution_marks(pair.schema)
    categories = [code for code, is_institution in marks.items() if is_institution]
    institutions = pair.view.once(institution_of)
    for unit in units:
        place = pair.place(unit)
        assert pair.far(ANCESTORS, unit) == pair.reached(walks.ancestors(pair.view, place)), unit
        assert pair.far(SUBTREE, unit) == pair.reached(walks.subtree(pair.view, place)), unit
        rows = pair.store.read(INSTITUTION_OF, into=Found, id=unit, at=pair.at, categories=categories)
        assert ([row.id for row in rows] or [unit]) == pair.ids([institutions[place]]), unit


def same_dependencies(pair: Both, texts: Sequence[str], resting_on: Sequence[str]) -> None:
    for start in resting_on:
        assert pair.found(RESTS_ON, start) == pair.told(
            legal_basis.towards(pair.view, pair.place(start), "based_on")
        ), start
    for start in texts:
        place = pair.place(start)
        assert pair.found(RESTING_ON, start) == pair.told(legal_basis.against(pair.view, place, "based_on")), start
        directly = pair.view.once(legal_basis.directly)[place]
        assert directly == len(legal_basis.against(pair.view, place, "based_on", 1).positions), start
    for start in texts[::5]:
        # Each of these statements works out first which repeals and amendments have an effect.
        same_changes(pair, start, ["repeals", "amends"])


def same_changes(pair: Both, start: str, relations: Sequence[Relation]) -> None:
    place = pair.place(start)
    for relation in relations:
        edge_type = legal_basis.EDGE_TYPES[relation]
        towards, against = (walk(pair.view, place, relation) for walk in (legal_basis.towards, legal_basis.against))
        assert pair.found(CHANGED.named(EDGE_TYPE=edge_type), start) == pair.told(towards), start
        assert pair.found(CHANGED_BY.named(EDGE_TYPE=edge_type), start) == pair.told(against), start


def same_act_changes(pair: Both, texts: Sequence[str]) -> None:
    for start in texts:
        rows = pair.store.read(ACT_CHANGES, into=Changed, id=start, at=pair.at)
        found = amendments.of_act(pair.view, pair.place(start))
        days = [day.isoformat() if (day := date_of(on)) else None for on in found.on.tolist()]
        types = ["REPEALS" if is_repeal else "AMENDS" for is_repeal in found.is_repeal.tolist()]
        told = zip(pair.ids(found.source), types, pair.ids(found.target), days, strict=True)
        assert sorted(map(str, told)) == sorted(str((row.source, row.type, row.target, row.on)) for row in rows), start


def same_effects(pair: Both) -> None:
    told = []
    for edge_type, question in (("REPEALS", effects.of_repeals), ("AMENDS", effects.of_amendments)):
        columns, found = pair.view.edges[edge_type], pair.view.ever(question)
        for row in found.works.nonzero()[0].tolist():
            day = date_of(int(found.first[row]))
            ends = pair.ids((columns.source[row], columns.target[row]))
            told.append(str((ends[0], edge_type, ends[1], day.isoformat() if day else None)))
    rows = pair.store.read(EFFECTS, into=Changed)
    assert sorted(told) == sorted(str((row.source, row.type, row.target, row.on)) for row in rows)


def same_force(pair: Both, texts: Sequence[str]) -> None:
    rows = pair.store.read(IN_FORCE, into=Standing, ids=list(texts), at=pair.at)
    standing = pair.view.once(legal_force.in_force)
    assert {row.id: row.is_in_force for row in rows} == {text: bool(standing[pair.place(text)]) for text in texts}
    for mode, walk in (("all", legal_force.unfounded_in_all), ("any", legal_force.unfounded_in_any)):
        lost = walk(pair.view)
        expected = zip(pair.ids(lost.lost_act), pair.ids(lost.lost_base), strict=True)
        found = pair.store.read(UNFOUNDED[mode], into=Lost, at=pair.at)
        assert sorted((row.act, row.base) for row in found) == sorted(expected), mode


def same_impact(pair: Both, starts: Sequence[str]) -> None:
    for start in starts:
        rows = affected(pair, start)
        walk = walks.reach(pair.view, [pair.place(start)], SPREAD_STEPS)
        assert {row.id: row.depth for row in rows} == pair.reached(walk), start
        is_text = pair.view.records.of_kinds("Legislation", "Provision")[pair.place(start)]
        own = pair.ids(legal_basis.own_provisions(pair.view, pair.place(start))) if is_text else []
        assert sorted(row.id for row in rows if row.is_own) == sorted(own), start


def affected(pair: Both, start: str) -> list[Affected]:
    return pair.store.read(IMPACT, into=Affected, id=start, at=pair.at)


def same_paths(pair: Both, ends: Sequence[tuple[str, str]], types: Sequence[str], avoid: Sequence[str] = ()) -> None:
    steps = walks.both_ways(types)
    past = [pair.place(identifier) for identifier in avoid]
    for source, target in ends:
        asked = {"source": source, "target": target, "types": list(types), "avoid": list(avoid), "at": pair.at}
        found = shortest_paths.routes(pair.view, pair.place(source), pair.place(target), steps, past=past).routes
        lengths = [len(way) for way in found]
        hops = pair.store.read(DISTANCE, into=Hops, longest=12, **asked)
        assert [row.hops for row in hops] == lengths, (source, target)
        rows = pair.store.read(SHORTEST_PATH, into=Way, **asked)
        if looks_at_dates_on_the_way(pair.store):
            assert [row.length for row in rows] == lengths, (source, target)
        for row in rows:
            assert row.length == lengths[0] == len(row.ids) - 1
            assert (row.ids[0], row.ids[-1]) == (source, target)
            assert not set(row.ids[1:-1]).intersection(avoid)
            for one, other in pairwise(row.ids):
                here, there = pair.place(one), pair.place(other)
                assert any(there in pair.view.adjacency(step.type, step.direction).of(here) for step in steps)


def same_directed_paths(pair: Both, ends: Sequence[tuple[str, str]]) -> None:
    """The shortest way along the steps of impact is as long as the target is deep in the impact of the source."""
    for source, target in ends:
        found = shortest_paths.routes(pair.view, pair.place(source), pair.place(target), SPREAD_STEPS).routes
        depths = {row.id: row.depth for row in affected(pair, source)}
        assert [len(way) for way in found] == [*filter(None, [depths.get(target)])], (source, target)


def same_edges_among(pair: Both, ids: Sequence[str]) -> None:
    marks = np.zeros(len(pair.view), np.bool_)
    places = np.array([pair.place(identifier) for identifier in ids], np.int32)
    marks[places] = True
    ids_of = pair.view.records.ids
    told = [
        Joined(str(ids_of[columns.source[row]]), edge_type, str(ids_of[columns.target[row]]))
        for edge_type, columns in pair.view.edges.items()
        for row in neighbours.edges_among(pair.view, places, marks, edge_type, ever=False).tolist()
    ]
    found = pair.store.read(EDGES_AMONG, into=Joined, ids=list(ids), at=pair.at)
    assert sorted(told, key=astuple) == sorted(found, key=astuple)


def walks_every_trail(store: Store) -> bool:
    """The embedded engine ran out of memory asking what amended what, to any depth, among 5,600 amendments."""
    return store.engine.name == "embedded"


def looks_at_dates_on_the_way(store: Store) -> bool:
    """The embedded engine takes one of the shortest ways of any day, and tells none when that does not hold."""
    return store.engine.name != "embedded"


def some_ends(graph: DatedGraph, chance: random.Random, count: int) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (chance.sample([*graph.records], 2) for _ in range(count))]


@pytest.mark.parametrize("seed", SEEDS)
def test_walks_and_twins_agree_on_random_graphs(store: Store, kinds: Schema, seed: int) -> None:
    graph = random_graph(kinds, seed)
    graph.written(store)
    chance = random.Random(seed)
    texts = graph.of_kinds("Legislation", "Provision")
    for pair in both(store, kinds, days_asked(seed, 2)):
        same_structure(pair, graph.of_kinds("Organisation"))
        same_dependencies(pair, texts, [*texts, *graph.of_kinds("Service", "Organisation")[::3]])
        same_effects(pair)
        same_force(pair, texts)
        same_act_changes(pair, texts[::5])
        same_impact(pair, [*graph.records][::3])
        same_edges_among(pair, chance.sample([*graph.records], 25))
        same_paths(pair, some_ends(graph, chance, 12), [*kinds.edge_types])
        same_paths(pair, some_ends(graph, chance, 8), [*kinds.edge_types], chance.sample([*graph.records], 12))
        same_directed_paths(pair, some_ends(graph, chance, 12))
        same_paths(pair, some_ends(graph, chance, 6), ["BASED_ON", "PART_OF", "PROVIDED_BY"])


def test_walks_and_twins_agree_on_the_seed(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, seed_rows())
    for at in (date(2019, 1, 1), date(2025, 6, 1)):
        pair = Both(store, kinds, graph.on(at), at)
        units, acts, provisions, services = (
            pair.ids(pair.view.records.of_kinds(kind).nonzero()[0])
            for kind in ("Organisation", "Legislation", "Provision", "Service")
        )
        same_structure(pair, units[::40])
        same_dependencies(
            pair, [*acts[::50], *provisions[::80], "anayasa-2709", "kanun-5018"], [*acts[::30], *services[::30]]
        )
        same_effects(pair)
        same_force(pair, [*acts, *provisions])
        same_act_changes(pair, acts[::80])
        same_impact(pair, [*acts[::80], *units[::100], *services[::50]])
        same_edges_among(pair, [*acts[::3], *services, *units[::4]])
        same_paths(pair, [*zip(services[::20], units[::60], strict=False)], [*kinds.edge_types])


def test_chains_and_circles_of_repeals_end_alike(store: Store, kinds: Schema) -> None:
    graph = DatedGraph()
    days = [date(2010, 1, 1) + timedelta(days=number) for number in range(12)]
    for number in range(12):
        graph.record(f"kanun-{number}", "Legislation")
    for number in range(1, 8):
        # The later the act, the sooner it repeals the one before: every other repeal is left.
        graph.edge(f"kanun-{number}", "REPEALS", f"kanun-{number - 1}", valid_from=days[9 - number])
    for one, other in ((8, 9), (9, 10), (10, 8), (11, 11)):
        graph.edge(f"kanun-{one}", "REPEALS", f"kanun-{other}", valid_from=days[3])
    graph.edge("kanun-9", "AMENDS", "kanun-0", valid_from=days[4])
    graph.edge("kanun-11", "REPEALS", "kanun-7", valid_from=days[3])
    graph.written(store)
    for pair in both(store, kinds, [days[0], days[-1]]):
        same_effects(pair)
        same_force(pair, [*graph.records])


def test_long_chains_and_circles_end(store: Store, kinds: Schema) -> None:
    graph = DatedGraph()
    for number in range(70):
        graph.record(f"kanun-{number}", "Legislation")
        graph.record(f"{number}", "Organisation", category="ministry" if number == 69 else "central_unit")
    for number in range(69):
        graph.edge(f"kanun-{number}", "BASED_ON", f"kanun-{number + 1}")
        graph.edge(f"{number}", "PART_OF", f"{number + 1}")
    graph.edge("kanun-69", "BASED_ON", "kanun-0")
    graph.edge("kanun-69", "BASED_ON", "kanun-69")
    graph.written(store)
    for pair in both(store, kinds, [date(2020, 1, 1)]):
        same_structure(pair, ["0", "35", "69"])
        same_dependencies(pair, ["kanun-0", "kanun-69"], ["kanun-0", "kanun-69"])
        same_impact(pair, ["kanun-0", "69"])
        assert len(legal_basis.towards(pair.view, pair.place("kanun-0"), "based_on").positions) == 69
        assert pair.reached(walks.ancestors(pair.view, pair.place("0")))["69"] == 69


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real legislation is not there: {SHARED} (KAYSIS_SHARED)")
def test_walks_and_twins_agree_on_the_real_legislation(store: Store, kinds: Schema) -> None:
    for name, file in REAL:
        columns = definition.read(files.SEED / "maps" / f"{name}.toml", kinds)
        report = import_files.run(store, kinds, mapped_source.source(kinds, [SHARED / file], columns), AUTHOR)
        assert report.status == "written", (name, report.status)
    relations: list[Relation] = ["repeals"] if walks_every_trail(store) else ["repeals", "amends"]
    for pair in both(store, kinds, [date(2024, 1, 1)]):
        acts = pair.ids(pair.view.records.of_kinds("Legislation").nonzero()[0])
        assert len(acts) > 1_000
        same_force(pair, acts)
    # Each statement about one act works out first what has an effect, some ten seconds of the embedded engine for all
    # acts: they are held together once, and the acts that changed most by themselves.
    same_effects(pair)
    same_act_changes(pair, ["kanun-657"])
    same_changes(pair, "kanun-5510", relations)
