"""What is in force on a day, and what has lost its ground, against the rules in plain Python."""

import pytest
from sketches import DAYS, SEEDS, SOME_DAY, Sketch, names, random_sketch, view_of

from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, date_of
from kaysis_graph.graph.force import ended, in_force, unfounded_in_all, unfounded_in_any


def days_there(sketch: Sketch, name: str) -> tuple[int, int]:
    """The days of a record, those of a provision limited by what it is part of."""
    first, last, seen = OPEN_FROM, OPEN_TO, set()
    while name not in seen:
        seen.add(name)
        row = sketch.records[name]
        first, last = max(first, row.valid_from), min(last, row.valid_to)
        above = sorted(e.target for e in sketch.edges.values() if e.type == "PART_OF" and e.source == name)
        if row.kind != "Provision" or not above:
            break
        name = above[0]
    return first, last


def is_repealed(sketch: Sketch, name: str, day: int) -> bool:
    for edge in sketch.edges.values():
        # A repeal in part is kept as the lesser of its edges.
        if edge.type == "REPEALS" and edge.target == name and not edge.is_secondary:
            first, last = days_there(sketch, edge.source)
            begin = first if edge.valid_from == OPEN_FROM else edge.valid_from
            if begin <= day < edge.valid_to and first <= begin < last:
                return True
    return False


def standing(sketch: Sketch, day: int, *, with_future: bool) -> set[str]:
    sound = {
        name
        for name, row in sketch.records.items()
        if day < row.valid_to and (with_future or row.valid_from <= day) and not is_repealed(sketch, name, day)
    }
    part_of = [(edge.source, edge.target) for edge in sketch.holding("PART_OF", day)]
    parts = {source for source, _ in part_of if sketch.records[source].kind == "Provision"}
    stands = sound - parts
    while True:
        more = {
            source
            for source, target in part_of
            if source in sound & parts - stands
            and target in stands
            and sketch.records[target].kind in {"Provision", "Legislation"}
        }
        if not more:
            return stands
        stands |= more


@pytest.mark.parametrize("seed", [*SEEDS, *range(100, 120)])
def test_force_and_lost_ground_follow_the_rules(seed: int) -> None:
    sketch = random_sketch(seed, size=30, edges=150)
    for row in [*sketch.records.values()]:
        if row.kind in {"Document", "Organisation"}:
            sketch.record(row.id, "Legislation", row.valid_from, row.valid_to)
    projection = sketch.projection()
    for day in DAYS:
        view = projection.on(date_of(day) or SOME_DAY)
        forced, over = standing(sketch, day, with_future=False), standing(sketch, day, with_future=True)
        assert set(names(projection, view.once(in_force).nonzero()[0])) == forced
        assert set(names(projection, (~view.once(ended)).nonzero()[0])) == over
        bases: dict[str, set[str]] = {}
        for edge in sketch.holding("BASED_ON", day):
            if edge.source in forced and sketch.records[edge.source].kind == "Legislation":
                bases.setdefault(edge.source, set()).add(edge.target)
        lost = {(act, base) for act, held in bases.items() for base in held - over}
        whole = {act for act, held in bases.items() if not held & over}
        some, every = unfounded_in_any(view), unfounded_in_all(view)
        assert [*zip(names(projection, some.lost_act), names(projection, some.lost_base), strict=True)] == sorted(lost)
        assert names(projection, some.acts) == sorted({act for act, _ in lost})
        assert names(projection, every.acts) == sorted(whole)
        pairs = zip(names(projection, every.lost_act), names(projection, every.lost_base), strict=True)
        assert [*pairs] == sorted((act, base) for act, base in lost if act in whole)


def force_on(sketch: Sketch, name: str, day: int) -> bool:
    view = view_of(sketch, day)
    return bool(view.once(in_force)[view.records.position_of[name]])


def test_an_act_does_not_come_back_when_the_repealing_act_ends() -> None:
    sketch = Sketch()
    sketch.record("old", "Legislation", 0)
    sketch.record("new", "Legislation", 100, 200)
    sketch.edge("new", "REPEALS", "old", 100)
    assert [force_on(sketch, "old", day) for day in (50, 99, 100, 199, 200, 900)] == [True, True, *[False] * 4]
    sketch.edges.clear()
    sketch.edge("new", "REPEALS", "old")
    assert [force_on(sketch, "old", day) for day in (50, 99, 100, 199, 200, 900)] == [True, True, *[False] * 4]


def test_a_repeal_by_an_act_that_was_not_there_that_day_does_not_count() -> None:
    sketch = Sketch()
    sketch.record("old", "Legislation", 0)
    sketch.record("new", "Legislation", 100, 200)
    sketch.edge("new", "REPEALS", "old", 200)
    assert force_on(sketch, "old", 300)


def test_a_repeal_that_was_itself_undone_ends_with_its_last_day() -> None:
    sketch = Sketch()
    sketch.record("old", "Legislation", 0)
    sketch.record("new", "Legislation", 100)
    sketch.edge("new", "REPEALS", "old", 100, 150)
    assert [force_on(sketch, "old", day) for day in (120, 150)] == [False, True]


def test_provisions_fall_with_their_act_and_with_the_article_around_them() -> None:
    sketch = Sketch()
    sketch.record("act", "Legislation", 0, 500)
    sketch.record("act.m1", "Provision")
    sketch.record("act.m1.f1", "Provision")
    sketch.record("act.m2", "Provision")
    sketch.record("other", "Legislation", 0)
    sketch.record("other.m9", "Provision")
    sketch.edge("act.m1", "PART_OF", "act")
    sketch.edge("act.m1.f1", "PART_OF", "act.m1")
    sketch.edge("act.m2", "PART_OF", "act")
    sketch.edge("other.m9", "PART_OF", "other")
    sketch.edge("other.m9", "REPEALS", "act.m1", 200)
    names_in = ["act", "act.m1", "act.m1.f1", "act.m2"]
    assert [force_on(sketch, name, 100) for name in names_in] == [True] * 4
    assert [force_on(sketch, name, 300) for name in names_in] == [True, False, False, True]
    assert [force_on(sketch, name, 600) for name in names_in] == [False] * 4


def test_a_base_that_is_yet_to_begin_is_not_lost() -> None:
    sketch = Sketch()
    sketch.record("regulation", "Legislation", 0)
    sketch.record("coming", "Legislation", 500)
    sketch.edge("regulation", "BASED_ON", "coming")
    assert len(unfounded_in_any(view_of(sketch, 100)).acts) == 0
    sketch.record("gone", "Legislation", 0, 50)
    sketch.edge("regulation", "BASED_ON", "gone")
    assert len(unfounded_in_any(view_of(sketch, 100)).acts) == 1
    assert len(unfounded_in_all(view_of(sketch, 100)).acts) == 0
