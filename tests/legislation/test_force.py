"""What is in force on a day, and what has lost its ground, against the rules in plain Python."""

from dataclasses import replace

import pytest
from sketches import DAYS, SEEDS, SOME_DAY, Sketch, names, random_sketch, view_of

from kaysis_graph.facts.legal_force import amendments, ended, in_force, unfounded_in_all, unfounded_in_any
from kaysis_graph.graph.columns import OPEN_FROM, date_of
from kaysis_graph.graph.projection import EdgeRow


def around_ever(sketch: Sketch, name: str) -> list[str]:
    """A text and what it is part of, whatever the day."""
    found = [name]
    while sketch.records[name].kind == "Provision":
        above = sorted(e.target for e in sketch.edges.values() if e.type == "PART_OF" and e.source == name)
        if not above or above[0] in found:
            break
        name = above[0]
        found.append(name)
    return found


def first_day(sketch: Sketch, edge: EdgeRow) -> int:
    if edge.valid_from != OPEN_FROM:
        return edge.valid_from
    return max(sketch.spells_of(name)[0][0] for name in around_ever(sketch, edge.source))


def stands(sketch: Sketch, name: str, day: int, sound: set[str], passed: frozenset[str] = frozenset()) -> bool:
    """Whether a text is sound and so is one of those it is part of on the day, up to its act."""
    if name not in sound or name in passed:
        return False
    above = [edge.target for edge in sketch.holding("PART_OF", day) if edge.source == name]
    if sketch.records[name].kind != "Provision" or not above:
        return True
    texts = [one for one in above if sketch.records[one].kind in {"Provision", "Legislation"}]
    return any(stands(sketch, one, day, sound, passed | {name}) for one in texts)


def is_over(sketch: Sketch, repeal: EdgeRow, day: int) -> bool:
    """Whether what a repeal ends is ended on the day: what was enacted again has outlived it."""
    first = first_day(sketch, repeal)
    later = [since for since, until in sketch.spells_of(repeal.target)[1:] if since <= day < until]
    return first <= day < repeal.valid_to and all(since < first for since in later)


def repeals_that_count(sketch: Sketch) -> list[EdgeRow]:
    """The repeals of a whole that have an effect, one day after the other."""
    whole = [edge for edge in sketch.edges.values() if edge.type == "REPEALS" and not edge.is_secondary]
    counting: list[EdgeRow] = []
    for day in sorted({first_day(sketch, edge) for edge in whole}):
        here = [edge for edge in whole if first_day(sketch, edge) == day]
        after_all = [edge for edge in here if edge.target not in around_ever(sketch, edge.source)]

        def working(repealing: list[EdgeRow], day: int = day, here: list[EdgeRow] = here) -> list[EdgeRow]:
            over = {edge.target for edge in repealing if is_over(sketch, edge, day)}
            over = over if day != OPEN_FROM else set()
            sound = {name for name in sketch.records if sketch.valid(name, day)} - over
            return [edge for edge in here if stands(sketch, edge.source, day, sound)]

        known = [edge for edge in counting if first_day(sketch, edge) != OPEN_FROM]
        most = here
        # Where acts repeal one another on the day, all that may count does: twice as often comes to rest.
        for _ in range(2 * len(here) + 2):
            most = working(known + [edge for edge in most if edge in after_all])
        counting += most
    return counting


def is_repealed(sketch: Sketch, name: str, day: int, counting: list[EdgeRow]) -> bool:
    return any(edge.target == name and is_over(sketch, edge, day) for edge in counting)


def standing(sketch: Sketch, day: int, counting: list[EdgeRow], *, with_future: bool) -> set[str]:
    sound = {
        name
        for name in sketch.records
        if (not sketch.over(name, day) if with_future else sketch.valid(name, day))
        and not is_repealed(sketch, name, day, counting)
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
            sketch.record(row.id, "Legislation", row.valid_from, row.valid_to, earlier=row.earlier)
    projection, counting = sketch.projection(), repeals_that_count(sketch)
    for day in DAYS:
        view = projection.on(date_of(day) or SOME_DAY)
        forced, over = (standing(sketch, day, counting, with_future=future) for future in (False, True))
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


def test_a_repeal_by_what_was_no_longer_in_force_that_day_has_no_effect() -> None:
    sketch = Sketch()
    for act in ("saved", "also saved"):
        sketch.record(act, "Legislation", 0)
    sketch.record("repealed before its day", "Legislation", 50)
    sketch.record("ended before its day", "Legislation", 50, 100)
    sketch.record("later", "Legislation", 100)
    sketch.edge("repealed before its day", "REPEALS", "saved", 200)
    sketch.edge("later", "REPEALS", "repealed before its day")
    sketch.edge("ended before its day", "REPEALS", "also saved", 200)
    for act in ("saved", "also saved"):
        assert [force_on(sketch, act, day) for day in (199, 200, 900)] == [True] * 3
    # What it did before its own end stays done.
    sketch.edge("repealed before its day", "REPEALS", "saved", 60)
    assert not force_on(sketch, "saved", 900)


def test_repeals_are_told_day_after_day_however_long_the_chain() -> None:
    sketch = Sketch()
    for number in range(9):
        sketch.record(f"act {number}", "Legislation", 0)
    # Each repeals the one before; the later the act, the sooner: only every other repeal is left.
    for number in range(1, 9):
        sketch.edge(f"act {number}", "REPEALS", f"act {number - 1}", 900 - number)
    assert [force_on(sketch, f"act {number}", 1_000) for number in range(9)] == [True, False] * 4 + [True]
    assert not force_on(sketch, "act 7", 892)


def test_a_provision_repeals_nothing_once_its_act_or_the_article_around_it_is_repealed() -> None:
    for over in ("act", "act.m1", "act.m1.f1"):
        sketch = Sketch()
        sketch.record("old", "Legislation", 0)
        sketch.record("act", "Legislation", 0)
        sketch.record("act.m1", "Provision")
        sketch.record("act.m1.f1", "Provision")
        sketch.record("later", "Legislation", 0)
        sketch.edge("act.m1.f1", "PART_OF", "act.m1")
        sketch.edge("act.m1", "PART_OF", "act")
        sketch.edge("act.m1.f1", "REPEALS", "old", 200)
        assert not force_on(sketch, "old", 300)
        sketch.edge("later", "REPEALS", over, 100)
        assert force_on(sketch, "old", 300), over
        # In part is not gone.
        sketch.edges.pop(("later", "REPEALS", over, 100))
        sketch.edge("later", "REPEALS", over, 100, is_partial=True)
        assert not force_on(sketch, "old", 300), over


def test_on_one_day_a_repeal_comes_before_what_its_target_does() -> None:
    sketch = Sketch()
    for act in ("first", "second", "third", "fourth"):
        sketch.record(act, "Legislation", 0)
    sketch.edge("second", "REPEALS", "first", 100)
    sketch.edge("third", "REPEALS", "second", 100)
    assert force_on(sketch, "first", 100)
    sketch.edge("fourth", "REPEALS", "third", 100)
    assert [force_on(sketch, act, 100) for act in ("first", "second", "third")] == [False, True, False]
    # The same with an end of its own: the day of an end is a day after.
    sketch.record("second", "Legislation", 0, 100)
    assert force_on(sketch, "first", 100)


def test_an_act_that_ends_itself_does_that_day_what_it_says() -> None:
    sketch = Sketch()
    sketch.record("old", "Legislation", 0)
    sketch.record("brief", "Legislation", 0)
    for article in ("brief.m1", "brief.m2"):
        sketch.record(article, "Provision")
        sketch.edge(article, "PART_OF", "brief")
    sketch.edge("brief.m1", "REPEALS", "brief", 100)
    sketch.edge("brief.m2", "REPEALS", "old", 100)
    assert [force_on(sketch, act, 100) for act in ("brief", "old")] == [False, False]
    sketch.record("older", "Legislation", 0)
    sketch.edge("brief", "REPEALS", "older", 101)
    assert force_on(sketch, "older", 200)


def test_acts_that_repeal_one_another_on_one_day_fall_together_and_do_nothing_later() -> None:
    sketch = Sketch()
    for act in ("one", "two", "three", "old"):
        sketch.record(act, "Legislation", 0)
    for act, other in (("one", "two"), ("two", "three"), ("three", "one")):
        sketch.edge(act, "REPEALS", other, 100)
    sketch.edge("two", "REPEALS", "old", 200)
    assert [force_on(sketch, act, 300) for act in ("one", "two", "three", "old")] == [False] * 3 + [True]


def test_a_repeal_on_an_unknown_day_takes_nothing_from_what_its_target_did() -> None:
    sketch = Sketch()
    for act in ("old", "new", "newest"):
        sketch.record(act, "Legislation")
    sketch.edge("new", "REPEALS", "old")
    sketch.edge("newest", "REPEALS", "new")
    assert [force_on(sketch, act, 100) for act in ("old", "new", "newest")] == [False, False, True]
    sketch.record("new", "Legislation", 50)
    assert [force_on(sketch, act, 100) for act in ("old", "new", "newest")] == [False, False, True]


def amends(sketch: Sketch, day: int) -> tuple[list[bool], list[bool]]:
    told = view_of(sketch, day).once(amendments)
    return told.done.tolist(), told.idle.tolist()


def test_an_amendment_by_what_was_no_longer_in_force_that_day_has_no_effect() -> None:
    sketch = Sketch()
    for act in ("amended", "later"):
        sketch.record(act, "Legislation", 0)
    sketch.record("amending", "Legislation", 50)
    sketch.edge("amending", "AMENDS", "amended", 60)
    sketch.edge("amending", "AMENDS", "amended", 200)
    sketch.edge("later", "REPEALS", "amending", 100)
    assert amends(sketch, 150) == ([True, False], [False, False])
    assert amends(sketch, 200) == ([True, False], [False, True])


def test_an_amendment_dated_before_its_act_came_into_force_counts() -> None:
    # Consolidated texts cite the day an act was accepted.
    sketch = Sketch()
    sketch.record("amended", "Legislation", 0)
    sketch.record("amending", "Legislation", 50)
    sketch.edge("amending", "AMENDS", "amended", 40)
    assert amends(sketch, 60) == ([True], [False])
    # An amending act that was gone before it began changed nothing.
    sketch.record("later", "Legislation", 0)
    sketch.edge("later", "REPEALS", "amending", 45)
    assert amends(sketch, 60) == ([False], [True])


def test_a_repeal_that_was_itself_undone_ends_with_its_last_day() -> None:
    sketch = Sketch()
    sketch.record("old", "Legislation", 0)
    sketch.record("new", "Legislation", 100)
    sketch.edge("new", "REPEALS", "old", 100, 150)
    assert [force_on(sketch, "old", day) for day in (120, 150)] == [False, True]


def test_what_a_source_calls_not_in_force_without_a_day_is_in_force_on_none() -> None:
    sketch = Sketch()
    for act in ("told", "dated by itself", "dated by a repeal", "saved", "resting"):
        sketch.record(act, "Legislation", 0)
    sketch.record("dated by itself", "Legislation", 0, 300)
    sketch.record("article", "Provision")
    sketch.edge("article", "PART_OF", "told")
    sketch.edge("resting", "BASED_ON", "article")
    sketch.edge("saved", "REPEALS", "dated by a repeal", 300)
    # What it did on days that are known stays done.
    sketch.edge("told", "REPEALS", "saved", 500)
    for act in ("told", "dated by itself", "dated by a repeal"):
        sketch.records[act] = replace(sketch.records[act], is_told_over=True)
    assert [force_on(sketch, "told", day) for day in (1, 400, 900)] == [False] * 3
    assert [force_on(sketch, "article", day) for day in (1, 900)] == [False] * 2
    for act in ("dated by itself", "dated by a repeal"):
        assert [force_on(sketch, act, day) for day in (299, 300)] == [True, False], act
    assert [force_on(sketch, "saved", day) for day in (499, 500)] == [True, False]
    view = view_of(sketch, 400)
    lost = unfounded_in_all(view)
    assert names(sketch.projection(), lost.acts) == ["resting"]
    assert names(sketch.projection(), lost.lost_base) == ["article"]


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
