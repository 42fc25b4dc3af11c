"""An import taken back touches what it wrote itself, and nothing that others wrote since."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AUTHOR, WIPE
from map_texts import source_by

from kaysis_graph.errors import Conflict, Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.records.writer import Saved
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import batches, export, import_files, job_undo, jobs, restore
from kaysis_graph.transfer.report import ImportReport

PLACES = """
[[record]]
kind = "Place"
id = "{id}"
[record.fields]
title = "{name}"
place_type = "village"

[[edge]]
type = "PART_OF"
when = { within = "*" }
from = "{id}"
to = "{within}"
[edge.fields]
valid_from = "2000-01-01"
valid_to = "{until}"
"""
LEAVING = load("records/edges_leaving")
Import = Callable[..., ImportReport]


class Crash(Exception):
    """The process is gone."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty rows a change, so that an import of fifty has several."""
    monkeypatch.setattr(batches, "MOST", 20)


@pytest.fixture
def bring(store: Store, kinds: Schema, tmp_path: Path) -> Import:
    """Rows of `id,name,within,until` imported from a file of their own; broken off after that many where asked for."""
    numbers = itertools.count(1)

    def run(*rows: str, broken_off_after: int | None = None, path: Path | None = None) -> ImportReport:
        file = path or tmp_path / f"places-{next(numbers)}.csv"
        if path is None:
            file.write_text("\n".join(["id,name,within,until", *rows]), "utf-8")

        def crash(stage: str, done: int, _: int | None) -> None:
            if stage == "write" and broken_off_after is not None and done >= broken_off_after:
                raise Crash

        source = source_by(kinds, PLACES, [file])
        return import_files.run(store, kinds, source, AUTHOR, progress=crash)

    return run


def titles(store: Store, kinds: Schema) -> dict[str, str]:
    ids = ["koy-1", "koy-2", "koy-3", "il-01"]
    return {identifier: record.title for identifier, record in writer.existing(store, kinds, ids).items()}


def rules(refused: pytest.ExceptionInfo[Invalid]) -> dict[str, object]:
    """The rules that were broken, each with the job or person it names."""
    return {problem.rule: problem.values["job"] or problem.values["who"] for problem in refused.value.problems}


def test_undoing_an_import_again_leaves_what_was_brought_in_since(
    store: Store, kinds: Schema, bring: Import, tmp_path: Path
) -> None:
    first = bring("koy-1,Köy 1,,", "koy-2,Köy 2,koy-1,")
    job_undo.undo(store, kinds, first.job, AUTHOR)
    second = bring(path=tmp_path / "places-1.csv")
    assert second.job == f"{first.job}-2"
    head = history.head(store)
    with pytest.raises(Conflict) as refused:
        job_undo.undo(store, kinds, first.job, AUTHOR)
    assert (refused.value.key, refused.value.values["again"]) == ("transfer.undone_and_again", second.job)
    assert titles(store, kinds) == {"koy-1": "Köy 1", "koy-2": "Köy 2"}
    assert history.head(store) == head
    assert {job.id: job.status for job in jobs.every(store)} == {first.job: "undone", second.job: "done"}
    job_undo.undo(store, kinds, second.job, AUTHOR)
    assert titles(store, kinds) == {}
    with pytest.raises(Conflict) as refused:
        job_undo.undo(store, kinds, second.job, AUTHOR)
    assert refused.value.key == "transfer.undone_already"
    third = bring(path=tmp_path / "places-1.csv")
    assert (third.status, third.job) == ("written", f"{first.job}-3")


def test_an_undo_tells_how_far_it_is(store: Store, kinds: Schema, bring: Import) -> None:
    job = bring(*(f"koy-{number},Köy {number},," for number in range(1, 51))).job
    heard: list[tuple[str, int, int | None]] = []
    job_undo.undo(store, kinds, job, AUTHOR, lambda *told: heard.append(told))
    assert [told for told in heard if told[0] == "undo"] == [("undo", 1, 3), ("undo", 2, 3), ("undo", 3, 3)]


def test_what_another_writes_while_an_undo_runs_stays(store: Store, kinds: Schema, bring: Import) -> None:
    job = bring(*(f"koy-{number},Köy {number},," for number in range(1, 51))).job

    def another(stage: str, done: int, _: int | None) -> None:
        if (stage, done) == ("undo", 1):
            told = {"kind": "Place", "id": "il-01", "title": "Adana", "place_type": "province"}
            writer.save(store, kinds, told, AUTHOR)

    job_undo.undo(store, kinds, job, AUTHOR, another)
    assert titles(store, kinds) == {"il-01": "Adana"}
    assert isinstance([*history.verify(store)][-1], history.Head)


def test_an_undo_that_was_broken_off_takes_nothing_back_twice(store: Store, kinds: Schema, bring: Import) -> None:
    job = bring(*(f"koy-{number},Köy {number}," + ("koy-1," if number > 1 else ",") for number in range(1, 51))).job

    def crash(stage: str, done: int, _: int | None) -> None:
        if (stage, done) == ("undo", 2):
            raise Crash

    with pytest.raises(Crash):
        job_undo.undo(store, kinds, job, AUTHOR, crash)
    half = history.head(store).number
    job_undo.undo(store, kinds, job, AUTHOR)
    assert titles(store, kinds) == {}
    undone = [row for change in history.all_changes(store) if change.job == jobs.undo_of(job) for row in change.told()]
    # Each of the 50 records and 49 edges is told of once.
    assert (len(undone), history.head(store).number > half) == (99, True)
    assert isinstance([*history.verify(store)][-1], history.Head)


def test_a_restored_graph_knows_what_was_undone(store: Store, kinds: Schema, bring: Import, tmp_path: Path) -> None:
    first = bring("koy-1,Köy 1,,")
    job_undo.undo(store, kinds, first.job, AUTHOR)
    second = bring(path=tmp_path / "places-1.csv")
    export.write(store, kinds, tmp_path / "all.jsonl.gz")
    store.write(lambda transaction: transaction.run(WIPE))
    history.begin(store)
    restore.read(store, kinds, tmp_path / "all.jsonl.gz")
    with pytest.raises(Conflict):
        job_undo.undo(store, kinds, first.job, AUTHOR)
    assert titles(store, kinds) == {"koy-1": "Köy 1"}
    job_undo.undo(store, kinds, second.job, AUTHOR)
    assert titles(store, kinds) == {}


def test_an_import_is_not_undone_under_a_later_one_which_is_named(store: Store, kinds: Schema, bring: Import) -> None:
    first = bring("koy-1,Köy 1,,", "koy-2,Köy 2,koy-1,", "koy-3,Köy 3,koy-1,")
    second = bring("koy-1,Yeni ad,,", "koy-2,Köy 2,koy-1,2020-01-01")
    third = bring("il-01,İl,koy-3,")
    with pytest.raises(Invalid) as refused:
        job_undo.undo(store, kinds, first.job, AUTHOR)
    assert rules(refused) == {"transfer.changed_since_by_job": second.job, "transfer.built_on_by_job": third.job}
    told = {problem.rule: problem for problem in refused.value.problems}
    assert told["transfer.changed_since_by_job"].values["count"] == 2
    assert f"kaysis undo {second.job}" in told["transfer.changed_since_by_job"].hint("en")
    job_undo.undo(store, kinds, second.job, AUTHOR)
    assert titles(store, kinds)["koy-1"] == "Köy 1"
    job_undo.undo(store, kinds, third.job, AUTHOR)
    # What was undone since counts as not made.
    job_undo.undo(store, kinds, first.job, AUTHOR)
    assert titles(store, kinds) == {}


def test_a_later_import_that_says_the_same_again_is_not_undone_with_the_first(
    store: Store, kinds: Schema, bring: Import
) -> None:
    first = bring("koy-1,Köy 1,,", "koy-2,Köy 2,koy-1,")
    second = bring("koy-1,Başka ad,,")
    third = bring("koy-1,Köy 1,,")
    with pytest.raises(Invalid) as refused:
        job_undo.undo(store, kinds, first.job, AUTHOR)
    assert [problem.values["job"] for problem in refused.value.problems] == [third.job]
    with pytest.raises(Invalid) as refused:
        job_undo.undo(store, kinds, second.job, AUTHOR)
    assert [problem.values["job"] for problem in refused.value.problems] == [third.job]


def test_what_was_changed_by_hand_is_named_and_may_be_put_back(store: Store, kinds: Schema, bring: Import) -> None:
    first = bring("koy-1,Köy 1,,")
    place = {"kind": "Place", "id": "koy-1", "title": "Elle", "place_type": "village"}
    writer.save(store, kinds, place, AUTHOR)
    with pytest.raises(Invalid) as refused:
        job_undo.undo(store, kinds, first.job, AUTHOR)
    assert rules(refused) == {"transfer.changed_since": AUTHOR.who}
    writer.save(store, kinds, {**place, "title": "Köy 1"}, AUTHOR)
    job_undo.undo(store, kinds, first.job, AUTHOR)
    assert titles(store, kinds) == {}


def test_an_edge_is_put_back_as_it_was(store: Store, kinds: Schema, bring: Import) -> None:
    bring("koy-1,Köy 1,,", "koy-2,Köy 2,koy-1,")
    second = bring("koy-2,Köy 2,koy-1,2020-01-01")
    job_undo.undo(store, kinds, second.job, AUTHOR)
    (edge,) = store.read(LEAVING, into=StoredEdgeRow, ids=["koy-2"])
    assert edge.properties.get("valid_to") is None


def many(count: int) -> list[str]:
    return ["il-01,İl,,", *(f"koy-{number},Köy {number},il-01," for number in range(1, count + 1))]


def test_nothing_is_built_on_an_import_that_was_broken_off(store: Store, kinds: Schema, bring: Import) -> None:
    with pytest.raises(Crash):
        bring(*many(50), broken_off_after=20)
    (job,) = jobs.every(store)
    assert job.status == "writing"
    refused = bring("mahalle-1,Mahalle,il-01,")
    assert [problem.rule for problem in refused.first_problems] == ["transfer.rests_on_writing"]
    assert f"kaysis undo {job.id}" in refused.first_problems[0].hint("en")
    # What has nothing to do with it goes on.
    assert bring("mahalle-2,Mahalle,,").status == "written"
    job_undo.undo(store, kinds, job.id, AUTHOR)
    assert titles(store, kinds) == {}


def test_an_undo_that_was_broken_off_ends_before_the_same_comes_in_again(
    store: Store, kinds: Schema, bring: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = bring(*many(50))
    write = writer.write
    steps = itertools.count(1)

    def crash(*given: object) -> Saved:
        if next(steps) > 2:
            raise Crash
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(writer, "write", crash)
    with pytest.raises(Crash):
        job_undo.undo(store, kinds, report.job, AUTHOR)
    monkeypatch.undo()
    (job,) = jobs.every(store)
    assert job.status == "undoing"
    again = bring(path=tmp_path / "places-1.csv")
    assert [problem.rule for problem in again.first_problems] == ["transfer.rests_on_undoing"]
    job_undo.undo(store, kinds, report.job, AUTHOR)
    assert titles(store, kinds) == {}
    assert bring(path=tmp_path / "places-1.csv").status == "written"
    assert list(history.verify(store)) == [history.head(store)]


def test_of_two_undoings_at_once_the_second_stops_where_the_first_has_ended(
    store: Store, kinds: Schema, bring: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = bring(*many(50))
    numbers_of = jobs.numbers_of
    is_first = itertools.count()

    def overtaken(reader: Store, job: str) -> list[int]:
        numbers = numbers_of(reader, job)
        # The second call stands after the mark: another process undoes, and the same input comes in again.
        if next(is_first) == 1:
            job_undo.undo(store, kinds, report.job, AUTHOR)
            assert bring(path=tmp_path / "places-1.csv").status == "written"
        return numbers

    monkeypatch.setattr(jobs, "numbers_of", overtaken)
    with pytest.raises(Conflict):
        job_undo.undo(store, kinds, report.job, AUTHOR)
    assert titles(store, kinds)["koy-3"] == "Köy 3"


def test_an_import_stops_when_it_is_taken_back_while_it_writes(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("\n".join(["id,name,within,until", *many(50)]), "utf-8")

    def undo(stage: str, done: int, _: int | None) -> None:
        if stage == "write" and done == 20:
            job_undo.undo(store, kinds, jobs.every(store)[0].id, AUTHOR)

    source = source_by(kinds, PLACES, [path])
    with pytest.raises(Conflict) as refused:
        import_files.run(store, kinds, source, AUTHOR, progress=undo)
    assert refused.value.key == "transfer.undone_meanwhile"
    assert titles(store, kinds) == {}
    assert jobs.every(store)[0].status == "undone"


def test_an_import_that_wrote_nothing_before_it_broke_off_can_be_taken_back(store: Store, kinds: Schema) -> None:
    store.write(lambda transaction: jobs.begin(transaction, "import-x", "x", AUTHOR))
    assert job_undo.undo(store, kinds, "import-x", AUTHOR).records == 0
    assert jobs.every(store)[0].status == "undone"
    with pytest.raises(NotFound):
        job_undo.undo(store, kinds, "import-y", AUTHOR)
