"""The projection against plain Python on random dated graphs, and against itself built anew."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sketches import DAYS, KINDS, SEEDS, SOME_DAY, TYPES, Sketch, names, random_sketch, view_of

from kaysis_graph import clock
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Ints, Mask, date_of, day_of, first_days
from kaysis_graph.graph.projection import EdgeRow, Projection
from kaysis_graph.graph.projection_file import load, save
from kaysis_graph.graph.record_table import NamedRecordRow
from kaysis_graph.graph.view import DIRECTIONS
from kaysis_graph.graph.walks import Expansion, Step, ancestors, both_ways, reach, subtree
from kaysis_graph.schema import Schema


def rows_of(projection: Projection) -> tuple[set[NamedRecordRow], set[EdgeRow]]:
    """All that a projection holds, whatever the positions."""
    table = projection.records
    spans: dict[int, list[tuple[int, int, str]]] = {}
    held = table.categories
    for at, first, last, code in zip(held.position, held.valid_from, held.valid_to, held.category, strict=True):
        spans.setdefault(int(at), []).append((int(first), int(last), held.names[code]))
    records = {
        NamedRecordRow(
            name,
            table.kinds[table.kind[at]],
            int(table.valid_from[at]),
            int(table.valid_to[at]),
            tuple(spans.get(at, ())),
            tuple(table.earlier.of(at)),
        )
        for name, at in table.position_of.items()
    }
    edges = {projection.edge(name, row) for name, held in projection.edges.items() for row in range(len(held))}
    return records, edges


def test_days_are_counted_from_1970_and_open_ends_have_none() -> None:
    assert day_of(date(1970, 1, 1)) == 0
    assert day_of(date(1920, 4, 23)) < 0
    assert date_of(day_of(date(1839, 11, 3))) == date(1839, 11, 3)
    assert first_days([None, date(1970, 1, 2)]).tolist() == [OPEN_FROM, 1]
    assert date_of(OPEN_FROM) is None
    assert date_of(OPEN_TO) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_neighbours_are_those_whose_edges_hold_that_day(seed: int) -> None:
    sketch = random_sketch(seed)
    projection = sketch.projection()
    for day in DAYS:
        view = view_of(sketch, day)
        for position, name in enumerate(projection.records.ids):
            for edge_type in TYPES:
                out = sketch.neighbours(name, Step(edge_type, "out"), day)
                into = sketch.neighbours(name, Step(edge_type, "into"), day)
                assert names(projection, view.out(position, edge_type)) == sorted(out)
                assert names(projection, view.into(position, edge_type)) == sorted(into)
                assert names(projection, view.adjacency(edge_type, "out").of(position)) == sorted(out)
                assert names(projection, view.adjacency(edge_type, "into").of(position)) == sorted(into)
            held = [edge for edge_type in TYPES for edge in sketch.holding(edge_type, day)]
            counted = {t: sum(e.type == t and e.source == name for e in held) for t in TYPES}
            assert {t: len(view.edges_out(position, t)) for t in TYPES} == counted
            counted = {t: sum(e.type == t and e.target == name for e in held) for t in TYPES}
            assert {t: len(view.edges_into(position, t)) for t in TYPES} == counted


@pytest.mark.parametrize("seed", SEEDS)
def test_the_matrix_of_one_direction_is_the_other_turned(seed: int) -> None:
    view = view_of(random_sketch(seed), 18_450)
    for edge_type in TYPES:
        out = view.matrix_out(edge_type)
        assert (out.toarray() == view.matrix_into(edge_type).toarray().T).all()
        assert set(out.data.tolist()) <= {1}


@pytest.mark.parametrize("seed", SEEDS)
def test_parallel_edges_are_found_again_by_their_ends(seed: int) -> None:
    sketch = random_sketch(seed, size=6)
    projection = sketch.projection()
    view = view_of(sketch, 18_450)
    find = projection.records.position_of
    for edge_type in TYPES:
        held = sketch.holding(edge_type, 18_450)
        for edge in held:
            rows = view.edges_between(find[edge.source], find[edge.target], edge_type)
            parallel = [other for other in held if (other.source, other.target) == (edge.source, edge.target)]
            assert [projection.edge(edge_type, row) for row in rows] == sorted(parallel, key=lambda e: e.valid_from)


def levels_of(sketch: Sketch, starts: list[str], steps: list[Step], day: int) -> list[dict[str, tuple[str, int]]]:
    """Plain breadth first: per level the records met, with the parent and step that come first."""
    seen, front, levels = set(starts), sorted(starts), []
    while front:
        found: dict[str, tuple[str, int]] = {}
        for parent in front:
            for number, step in enumerate(steps):
                for name in sketch.neighbours(parent, step, day) - seen:
                    found.setdefault(name, (parent, number))
        if found:
            levels.append(found)
        seen |= found.keys()
        front = sorted(found)
    return levels


STEPS = [
    [Step("BASED_ON", "into")],
    [Step("PART_OF", "out"), Step("BASED_ON", "into"), Step("REQUIRES", "out")],
    [*both_ways(TYPES)],
    [
        Step("BASED_ON", "out", leaving=frozenset({"Service", "Legislation"})),
        Step("PART_OF", "into", arriving=frozenset({"Organisation", "Document"})),
        Step("REQUIRES", "into"),
    ],
]


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("seed", SEEDS)
def test_reach_is_breadth_first_with_the_lowest_parent(seed: int, steps: list[Step]) -> None:
    sketch = random_sketch(seed)
    # Records that came late have positions out of order, which must not show.
    projection = Projection.build(0, "schema", Sketch().projection().records, TYPES, {})
    for row in list(sketch.records.values())[:20]:
        projection = projection.after(1, records=[row])
    projection = projection.after(2, records=sketch.records.values(), edges=sketch.edges.values())
    for day in DAYS:
        for graph in (sketch.projection(), projection):
            view = graph.on(date_of(day) or SOME_DAY)
            starts = ["r003", "r017"]
            answer = reach(view, [graph.records.position_of[name] for name in starts], steps)
            levels = levels_of(sketch, starts, steps, day)
            assert names(graph, answer.positions) == starts + [name for level in levels for name in sorted(level)]
            assert answer.whole
            assert answer.whole_to == len(levels)
            for depth, level in enumerate(levels, start=1):
                for name, (parent, number) in level.items():
                    at = names(graph, answer.positions).index(name)
                    assert answer.depths[at] == depth
                    assert graph.records.ids[answer.parents[at]] == parent
                    assert answer.step_numbers[at] == number
                    chain = answer.chain(int(answer.positions[at]))
                    assert len(chain) == depth + 1
                    assert graph.records.ids[chain[0][0]] in starts
                    assert chain[-1][1] == steps[number]


@pytest.mark.parametrize("seed", SEEDS)
def test_many_steps_joined_lead_where_they_lead_one_by_one(seed: int) -> None:
    view = view_of(random_sketch(seed), DAYS[2])
    steps = [*both_ways(TYPES)] * (12 // len(TYPES) + 1)
    # Steps that name every kind filter nothing, and are asked one by one.
    one_by_one = [Step(step.type, step.direction, arriving=frozenset(KINDS)) for step in steps]
    front = np.arange(0, len(view), 3, dtype=np.int32)
    joined, single = Expansion(view, steps), Expansion(view, one_by_one)
    assert joined._joined is not None
    assert single._joined is None
    ours, theirs = (np.stack(expansion.neighbours(front)).tolist() for expansion in (joined, single))
    assert ours == theirs
    assert joined.count(front) == single.count(front)


def test_reach_says_which_limit_ended_it() -> None:
    sketch = Sketch()
    for number in range(8):
        sketch.record(f"act-{number}", "Legislation")
    for number in range(1, 8):
        sketch.edge(f"act-{number}", "BASED_ON", f"act-{(number - 1) // 2}")
    view = view_of(sketch, 0)
    up = [Step("BASED_ON", "into")]
    assert len(reach(view, [0], up)) == 8
    shallow = reach(view, [0], up, deepest=2)
    assert (len(shallow), shallow.limit, shallow.whole_to) == (7, "deepest", 2)
    deep_enough = reach(view, [0], up, deepest=3)
    assert (len(deep_enough), deep_enough.limit) == (8, None)
    few = reach(view, [0], up, most=4)
    assert (few.positions.tolist(), few.limit, few.whole_to) == ([0, 1, 2, 3, 4], "most", 1)
    enough = reach(view, [0], up, most=7)
    assert enough.whole


def test_chains_of_a_hundred_and_hubs_of_twenty_thousand_are_walked() -> None:
    sketch = Sketch()
    for number in range(100):
        sketch.record(f"u{number:03}", "Organisation")
    for number in range(1, 100):
        sketch.edge(f"u{number:03}", "PART_OF", f"u{number - 1:03}")
    sketch.edge("u000", "PART_OF", "u000")
    for number in range(20_000):
        sketch.record(f"v{number:05}", "Organisation")
        sketch.edge(f"v{number:05}", "PART_OF", "u099")
    view = view_of(sketch, 0)
    assert len(subtree(view, 0)) == 20_100
    assert subtree(view, 0).depths.max() == 100
    assert ancestors(view, 20_099).depths.tolist() == list(range(101))
    assert len(view.edges_into(99, "PART_OF")) == 20_000
    assert subtree(view, 99, most=50).positions.tolist() == [99, *range(100, 150)]


def changed(sketch: Sketch, seed: int) -> tuple[Sketch, list[NamedRecordRow], list[str], list[EdgeRow], list[EdgeRow]]:
    """A sketch some changes later: what was added or replaced, and what went."""
    chance = random.Random(seed)
    later = Sketch(dict(sketch.records), dict(sketch.edges))
    gone = chance.sample([*later.records], 3)
    for name in gone:
        del later.records[name]
    later.edges = {
        key: edge for key, edge in later.edges.items() if edge.source not in gone and edge.target not in gone
    }
    removed = chance.sample([*later.edges.values()], 5)
    for edge in removed:
        del later.edges[edge.source, edge.type, edge.target, edge.valid_from]
    rows = [NamedRecordRow(f"n{number}", chance.choice(KINDS), OPEN_FROM, OPEN_TO) for number in range(3)]
    rows.append(NamedRecordRow("n3", "Service", 18_400, OPEN_TO, (), ((17_000, 17_500), (17_600, 18_000))))
    for name in chance.sample([*later.records], 3):
        old = later.records[name]
        rows.append(NamedRecordRow(name, old.kind, 18_400, OPEN_TO, old.categories[:1]))
    later.records |= {row.id: row for row in rows}
    added = []
    for _ in range(8):
        source, target = chance.choices([*later.records], k=2)
        added.append(EdgeRow(source, chance.choice(TYPES), target, 18_200, 18_700))
    replaced = chance.choice([*later.edges.values()])
    added.append(EdgeRow(replaced.source, replaced.type, replaced.target, replaced.valid_from, OPEN_TO))
    later.edges |= {(edge.source, edge.type, edge.target, edge.valid_from): edge for edge in added}
    return later, rows, gone, added, removed


@pytest.mark.parametrize("seed", range(30))
def test_after_a_change_is_as_if_built_anew(seed: int) -> None:
    sketch = random_sketch(seed)
    before = sketch.projection()
    told = rows_of(before)
    for day in DAYS:
        for edge_type in TYPES:
            before.on(date_of(day) or SOME_DAY).adjacency(edge_type, "into")
            before.on(date_of(day) or SOME_DAY).adjacency(edge_type, "out")
    later, rows, gone, added, removed = changed(sketch, seed)
    after = before.after(2, records=rows, removed=gone, edges=added, removed_edges=removed)
    anew = later.projection(2)
    assert rows_of(after) == rows_of(anew)
    assert after.sequence == anew.sequence == 2
    assert after.counts() == anew.counts()
    assert rows_of(before) == told
    again = after.after(2, records=rows, removed=gone, edges=added, removed_edges=removed)
    assert rows_of(again) == rows_of(anew)
    assert len(again.records) == len(after.records)
    for day in DAYS:
        one, other = after.on(date_of(day) or SOME_DAY), anew.on(date_of(day) or SOME_DAY)
        assert one.sequence == 2
        for name, position in anew.records.position_of.items():
            place = after.records.position_of[name]
            for edge_type in TYPES:
                for direction in DIRECTIONS:
                    found = names(after, one.adjacency(edge_type, direction).of(place))
                    assert sorted(found) == names(anew, other.adjacency(edge_type, direction).of(position))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_record_is_there_in_each_of_its_spells(seed: int) -> None:
    sketch = random_sketch(seed)
    records = sketch.projection().records
    places = np.arange(len(records), dtype=np.int32)
    for day in DAYS:
        expected = [sketch.valid(name, day) for name in records.ids]
        view = view_of(sketch, day)
        assert view.valid.tolist() == expected
        assert records.valid_on(places, day).tolist() == expected
        assert records.valid_on(places, np.full(len(places), day, np.int32)).tolist() == expected
        assert not (view.over & view.valid).any()
    assert records.first_from.tolist() == [
        min(first for first, _ in records.spells_of(at)) for at in range(len(records))
    ]


def test_what_is_assumed_to_end_ends_in_the_spell_of_the_day() -> None:
    sketch = Sketch()
    sketch.records["again"] = NamedRecordRow(
        "again", "Organisation", 18_500, OPEN_TO, (), ((17_000, 17_500), (17_800, 18_200))
    )
    records = sketch.projection().records
    at = np.array([records.position_of["again"]], np.int32)
    spells = {day: records.ending(at, day).spells_of(int(at[0])) for day in (17_600, 18_000, 19_000)}
    first, second, third = (17_000, 17_500), (17_800, 18_200), (18_500, OPEN_TO)
    assert spells == {
        17_600: [first, second, third],
        18_000: [first, (17_800, 18_000), third],
        19_000: [first, second, (18_500, 19_000)],
    }


def test_a_unit_without_days_lives_on_those_of_its_ties() -> None:
    sketch = Sketch()
    for name in ("ministry", "unit", "loose", "known", "closed"):
        sketch.record(name, "Organisation", *((17_000,) if name == "known" else ()))
    sketch.record("closed", "Organisation", OPEN_FROM, 18_200)
    for name in ("unit", "known", "closed"):
        sketch.edge(name, "PART_OF", "ministry", 18_000, 18_100)
    sketch.edge("unit", "PART_OF", "loose", 18_100, 18_300)
    sketch.edge("unit", "PART_OF", "ministry", 18_400)
    sketch.edge("closed", "PART_OF", "loose", 18_150)
    sketch.edge("loose", "PART_OF", "ministry", OPEN_FROM, 18_100)
    records = sketch.projection().records
    spells = {name: records.spells_of(at) for name, at in records.position_of.items()}
    assert spells == {
        "closed": [(18_000, 18_100), (18_150, 18_200)],
        "known": [(17_000, OPEN_TO)],
        "loose": [(OPEN_FROM, OPEN_TO)],
        "ministry": [(OPEN_FROM, OPEN_TO)],
        "unit": [(18_000, 18_300), (18_400, OPEN_TO)],
    }
    derived = {name for name, at in records.position_of.items() if records.is_derived[at]}
    assert derived == {"closed", "unit"}


def test_a_derived_life_follows_the_ties_as_they_come_and_go() -> None:
    sketch = Sketch()
    sketch.record("ministry", "Organisation")
    sketch.record("unit", "Organisation")
    tie = EdgeRow("unit", "PART_OF", "ministry", 18_000, OPEN_TO)

    def life(projection: Projection) -> list[tuple[int, int]]:
        return projection.records.spells_of(projection.records.position_of["unit"])

    projection = sketch.projection()
    assert life(projection) == [(OPEN_FROM, OPEN_TO)]
    projection = projection.after(2, edges=[tie])
    assert life(projection) == [(18_000, OPEN_TO)]
    assert life(projection.after(3, edges=[replace(tie, valid_to=18_500)])) == [(18_000, 18_500)]
    assert life(projection.after(3, records=[NamedRecordRow("unit", "Organisation", 17_000, OPEN_TO)])) == [
        (17_000, OPEN_TO)
    ]
    assert life(projection.after(3, removed_edges=[tie])) == [(OPEN_FROM, OPEN_TO)]
    assert life(projection.after(3, removed=["ministry"])) == [(OPEN_FROM, OPEN_TO)]


def test_many_edges_at_once_are_as_if_built_anew() -> None:
    sketch, more = random_sketch(1, edges=900), random_sketch(1, edges=4_000)
    after = sketch.projection().after(2, edges=more.edges.values())
    more.edges = sketch.edges | more.edges
    assert rows_of(after) == rows_of(more.projection())


def test_an_edge_to_an_unknown_record_is_counted_by_build_and_refused_by_a_change() -> None:
    sketch = random_sketch(3)
    sketch.edges["r001", "PART_OF", "nobody", OPEN_FROM] = EdgeRow("r001", "PART_OF", "nobody", OPEN_FROM, OPEN_TO)
    projection = sketch.projection()
    assert projection.dangling == 1
    with pytest.raises(KeyError):
        projection.after(2, edges=[EdgeRow("r001", "PART_OF", "nobody", OPEN_FROM, OPEN_TO)])


def test_nothing_that_is_handed_out_can_be_written() -> None:
    projection = random_sketch(4).projection()
    view = projection.on(SOME_DAY)
    answer = reach(view, [0], [Step("BASED_ON", "out")])
    arrays: list[Ints | Mask] = [
        projection.records.valid_from,
        projection.edges["PART_OF"].target,
        view.valid,
        view.adjacency("PART_OF", "into").neighbours,
        answer.positions,
    ]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0


def test_a_few_dates_are_kept_and_today_always() -> None:
    projection = random_sketch(5).projection()
    today = projection.on(clock.today())
    first = projection.on(SOME_DAY)
    assert projection.on(SOME_DAY) is first
    for number in range(20):
        projection.on(SOME_DAY + timedelta(days=number + 1))
    assert projection.on(SOME_DAY) is not first
    assert projection.on(clock.today()) is today


def test_an_empty_graph_has_empty_answers() -> None:
    view = view_of(Sketch(), 0)
    assert len(view) == 0
    assert view.adjacency("PART_OF", "into").neighbours.tolist() == []
    assert len(reach(view, [], [Step("PART_OF", "out")])) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_a_saved_projection_is_read_back_as_it_was(seed: int, kinds: Schema, tmp_path: Path) -> None:
    later, rows, gone, added, removed = changed(random_sketch(seed), seed)
    projection = (
        random_sketch(seed).projection().after(7, records=rows, removed=gone, edges=added, removed_edges=removed)
    )
    # One of the deleted comes back, at a new position.
    projection = projection.after(8, records=[NamedRecordRow(gone[0], "Service", OPEN_FROM, OPEN_TO)])
    path = tmp_path / "projection"
    save(random_sketch(99).projection(), path)
    save(projection, path)
    again = load(path, "schema", kinds)
    assert again is not None
    assert rows_of(again) == rows_of(projection)
    assert again.sequence == 8
    assert again.counts() == projection.counts()
    assert again.records.position_of == projection.records.position_of
    assert (again.records.rank == projection.records.rank).all()
    assert [file.name for file in tmp_path.iterdir()] == ["projection"]
    assert len(later.records) == len(again.records.position_of) - 1


def test_an_empty_projection_is_read_back(kinds: Schema, tmp_path: Path) -> None:
    save(Sketch().projection(3), tmp_path / "projection")
    again = load(tmp_path / "projection", "schema", kinds)
    assert again is not None
    assert (again.sequence, len(again.records)) == (3, 0)


def test_a_file_that_is_missing_damaged_or_of_another_schema_gives_nothing(kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "projection"
    assert load(path, "schema", kinds) is None
    save(random_sketch(1).projection(), path)
    assert load(path, "another schema", kinds) is None
    whole = path.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:length])
        assert load(path, "schema", kinds) is None
    # One byte may be padding between two arrays, which means nothing.
    half = len(whole) // 2
    path.write_bytes(whole[:half] + bytes(byte ^ 255 for byte in whole[half : half + 300]) + whole[half + 300 :])
    assert load(path, "schema", kinds) is None
