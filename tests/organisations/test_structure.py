"""The institution of each unit against a walk over all shortest ways in plain Python."""

import pytest
from sketches import CATEGORIES, DAYS, SEEDS, SOME_DAY, Sketch, names, random_sketch, view_of

from kaysis_graph.facts.institutions import institution_of, is_institution, units_of
from kaysis_graph.graph.columns import OPEN_TO, date_of


def institution_in(sketch: Sketch, unit: str, day: int) -> str:
    """All ways up are walked to the first level that has an institution; the least (secondary edges, id) wins."""
    institutions = {
        name
        for name, row in sketch.records.items()
        if row.kind == "Organisation"
        and any(first <= day < last and CATEGORIES[category] for first, last, category in row.categories)
    }
    level, seen = {unit: 0}, {unit}
    edges = sketch.holding("PART_OF", day)
    while level:
        found = [(secondary, name) for name, secondary in level.items() if name in institutions]
        if found:
            return min(found)[1]
        above: dict[str, int] = {}
        for name, secondary in level.items():
            for edge in edges:
                if (
                    edge.source == name
                    and edge.target not in seen
                    and sketch.records[edge.target].kind == "Organisation"
                ):
                    above[edge.target] = min(above.get(edge.target, 99), secondary + edge.is_secondary)
        seen |= above.keys()
        level = above
    return unit


@pytest.mark.parametrize("seed", [*SEEDS, *range(100, 130)])
def test_a_unit_belongs_to_the_nearest_institution_above_it(seed: int) -> None:
    sketch = random_sketch(seed, size=25, edges=300 if seed < 100 else 120)
    for row in [*sketch.records.values()]:
        if row.kind in {"Legislation", "Provision", "Service"}:
            sketch.record(row.id, "Organisation", row.valid_from, row.valid_to, "unit")
    projection = sketch.projection()
    for day in DAYS:
        view = projection.on(date_of(day) or SOME_DAY)
        expected = [
            institution_in(sketch, name, day) if sketch.records[name].kind == "Organisation" else name
            for name in projection.records.ids
        ]
        assert names(projection, view.once(institution_of)) == expected


def test_a_unit_that_changes_category_takes_its_units_along() -> None:
    sketch = Sketch()
    sketch.record("ministry", "Organisation", 0, OPEN_TO, "ministry")
    sketch.record("office", "Organisation", 0, OPEN_TO, "unit")
    sketch.record("desk", "Organisation", 0, OPEN_TO, "unit")
    sketch.edge("office", "PART_OF", "ministry", 0)
    sketch.edge("desk", "PART_OF", "office", 0)
    view = view_of(sketch, 100)
    find = view.records.position_of
    assert view.once(institution_of)[find["desk"]] == find["ministry"]
    assert view.once(is_institution).sum() == 1
    assert units_of(view, find["ministry"]).sum() == 3
    sketch.record("office", "Organisation", 0, OPEN_TO, "municipality")
    view = view_of(sketch, 100)
    assert view.once(institution_of)[find["desk"]] == find["office"]


def test_units_in_a_cycle_stay_with_themselves_and_deep_units_are_found() -> None:
    sketch = Sketch()
    sketch.record("a", "Organisation", 0, OPEN_TO, "unit")
    sketch.record("b", "Organisation", 0, OPEN_TO, "unit")
    sketch.edge("a", "PART_OF", "b")
    sketch.edge("b", "PART_OF", "a")
    sketch.edge("b", "PART_OF", "b")
    sketch.record("u000", "Organisation", 0, OPEN_TO, "ministry")
    for number in range(1, 100):
        sketch.record(f"u{number:03}", "Organisation", 0, OPEN_TO, "unit")
        sketch.edge(f"u{number:03}", "PART_OF", f"u{number - 1:03}")
    view = view_of(sketch, 5)
    assert view.once(institution_of).tolist() == [0, 1, *[2] * 100]


def test_the_same_institutions_follow_from_records_that_came_in_another_order() -> None:
    sketch = random_sketch(7, size=30, edges=200)
    built = sketch.projection()
    grown = Sketch().projection()
    for row in sketch.records.values():
        grown = grown.after(1, records=[row])
    grown = grown.after(2, edges=sketch.edges.values())
    one, other = built.on(SOME_DAY).once(institution_of), grown.on(SOME_DAY).once(institution_of)
    expected = {name: built.records.ids[one[at]] for name, at in built.records.position_of.items()}
    assert {name: grown.records.ids[other[at]] for name, at in grown.records.position_of.items()} == expected
