"""A graph exported, restored on another engine and exported again is the same; nothing half or altered gets in."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import conftest
import pytest
from conftest import AUTHOR
from worlds import document, organisation, part_of, produces, provided_by, put, requires, service

from kaysis_graph.errors import Conflict, Invalid
from kaysis_graph.graph import engines, history, setup
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import export, restore, seed_data


@pytest.fixture(scope="module")
def other_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Engine]:
    """An embedded engine of its own, beside whichever engine the test runs on."""
    settings = conftest.settings_for("embedded", tmp_path_factory.mktemp("other"))
    opened = engines.open(settings)
    yield opened
    opened.close()
    engines.stop(settings)


@pytest.fixture
def other(other_engine: engines.Engine, kinds: Schema) -> Store:
    """An empty graph on the other engine."""
    made = setup.prepared(other_engine, kinds)
    made.write(lambda transaction: transaction.run(conftest.WIPE))
    history.begin(made)
    return made


@pytest.fixture
def planted(store: Store, kinds: Schema) -> Store:
    """The seed with some history on top: a name that changed, a record that ended, one that was deleted."""
    seed_data.plant(store, kinds)
    writer.change_field(store, kinds, "99001009", "title", "Yeni İçişleri Bakanlığı", date(2026, 1, 1), AUTHOR)
    writer.end(store, kinds, "heys-41001", date(2026, 2, 1), AUTHOR)
    writer.save(store, kinds, {"kind": "Place", "id": "koy-9", "title": "Köy", "place_type": "village"}, AUTHOR)
    writer.delete(store, kinds, "koy-9", AUTHOR)
    return store


@pytest.fixture
def small(store: Store, kinds: Schema) -> Store:
    """A few records with some history on top, for what the size of a graph does not change."""
    rows = [
        organisation(1, "Yükseköğretim Kurulu", "related_body"),
        organisation(2, "Sakarya Üniversitesi", "university", part_of(1, valid_from="1992-07-11")),
        service(1, "Diploma verilmesi", provided_by(2), requires(1), produces(2)),
        service(2, "Öğrenci belgesi verilmesi", provided_by(2), produces(2)),
        document(1, "Dilekçe"),
        document(2, "Diploma"),
    ]
    put(store, kinds, rows).follower.end()
    writer.change_field(store, kinds, "99000002", "title", "SAÜ", date(2026, 1, 1), AUTHOR)
    writer.end(store, kinds, "heys-1", date(2026, 2, 1), AUTHOR)
    writer.save(store, kinds, {"kind": "Place", "id": "koy-9", "title": "Köy", "place_type": "village"}, AUTHOR)
    writer.delete(store, kinds, "koy-9", AUTHOR)
    return store


def test_the_same_graph_gives_the_same_bytes_on_both_engines(
    planted: Store, other: Store, kinds: Schema, tmp_path: Path
) -> None:
    first, second, third = (tmp_path / f"{name}.jsonl.gz" for name in ("first", "second", "third"))
    exported = export.write(planted, kinds, first)
    assert exported.records > 900
    assert exported.tombstones == 1
    restore.read(other, kinds, first)
    assert history.head(other) == history.head(planted)
    assert export.write(other, kinds, second) == exported
    assert first.read_bytes() == second.read_bytes()
    planted.write(lambda transaction: transaction.run(conftest.WIPE))
    history.begin(planted)
    restore.read(planted, kinds, second)
    export.write(planted, kinds, third)
    assert first.read_bytes() == third.read_bytes()


def test_a_restored_graph_goes_on_where_the_other_stood(
    small: Store, other: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl"
    export.write(small, kinds, path)
    restore.read(other, kinds, path)
    before = history.head(other).number
    writer.end(other, kinds, "heys-2", date(2026, 2, 1), AUTHOR)
    assert list(history.verify(other)) == [history.head(other)]
    assert history.head(other).number == before + 1
    assert history.changes_of(other, "heys-2")[0].number == before + 1
    assert len(history.changes_of(other, "heys-2")) == 2


def test_a_restore_needs_an_empty_graph(small: Store, kinds: Schema, tmp_path: Path) -> None:
    export.write(small, kinds, tmp_path / "graph.jsonl")
    with pytest.raises(Conflict, match="not empty"):
        restore.read(small, kinds, tmp_path / "graph.jsonl")


@pytest.mark.parametrize("name", ["graph.jsonl", "graph.jsonl.gz"])
def test_a_file_cut_short_is_refused(small: Store, other: Store, kinds: Schema, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    export.write(small, kinds, path)
    content = path.read_bytes()
    for length in (0, len(content) // 2, len(content) - 40):
        path.write_bytes(content[:length])
        with pytest.raises(Invalid):
            restore.read(other, kinds, path)
        assert not restore.is_unfinished(other)
    path.write_bytes(b"".join(content.splitlines(keepends=True)[:-1]))
    with pytest.raises(Invalid):
        restore.read(other, kinds, path)


def test_an_altered_record_and_an_altered_change_are_found(
    small: Store, other: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl"
    export.write(small, kinds, path)
    content = path.read_text("utf-8")
    path.write_text(content.replace("Sakarya Üniversitesi", "Sakarya Universitesi", 1), "utf-8")
    with pytest.raises(Invalid, match="altered"):
        restore.read(other, kinds, path)
    path.write_text(content.replace('"who":"test"', '"who":"none"', 1), "utf-8")
    with pytest.raises(Invalid, match="chain"):
        restore.read(other, kinds, path)


def test_a_restore_that_broke_off_is_marked_and_begun_again(
    small: Store, other: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl.gz"
    export.write(small, kinds, path)

    def breaking(stage: str, _: int, __: int | None) -> None:
        if stage == "edges":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore.read(other, kinds, path, breaking)
    assert restore.is_unfinished(other)
    assert history.head(other).number == 0
    restore.read(other, kinds, path)
    assert not restore.is_unfinished(other)
    export.write(other, kinds, tmp_path / "again.jsonl.gz")
    assert (tmp_path / "again.jsonl.gz").read_bytes() == path.read_bytes()


def test_a_graph_that_changes_while_it_is_exported_leaves_a_stream_without_its_end(
    small: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "graph.jsonl"
    wrote = False

    class Writing(io.BytesIO):
        """A stream during whose first line somebody saves a record."""

        def write(self, content: Any, /) -> int:  # as the stream has it
            nonlocal wrote
            if not wrote:
                wrote = True
                told = {"kind": "Place", "id": "koy-10", "title": "Köy", "place_type": "village"}
                writer.save(small, kinds, told, AUTHOR)
            return super().write(content)

    stream = Writing()
    with pytest.raises(Conflict, match="changed while"):
        export.write(small, kinds, stream)
    path.write_bytes(stream.getvalue())
    with pytest.raises(Invalid, match="cut short"):
        restore.checked(kinds, path)


def test_the_seed_needs_an_empty_graph_and_reports_every_problem(store: Store, kinds: Schema, tmp_path: Path) -> None:
    (tmp_path / "place.jsonl").write_text(
        '{"kind":"Place","id":"il-06","title":"Ankara","place_type":"city"}\n'
        '{"kind":"Place","id":"ilce-1","title":"Çankaya","place_type":"district","edges":[{"type":"PART_OF","to":"il-07"}]}\n'
        "nothing\n",
        "utf-8",
    )
    with pytest.raises(Invalid) as refused:
        seed_data.plant(store, kinds, tmp_path)
    rules = {(problem.rule, problem.place["row"]) for problem in refused.value.problems}
    assert rules == {("checks.not_in_list", 1), ("checks.no_target", 2), ("transfer.row", 3)}
    assert history.head(store).number == 0
    seed_data.plant(store, kinds)
    with pytest.raises(Conflict):
        seed_data.plant(store, kinds)
