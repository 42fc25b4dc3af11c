"""An invented number is given once, remembered with what it was given to, and never to anything else."""

from pathlib import Path

import pytest
from conftest import AUTHOR
from map_texts import source_by

from kaysis_graph.errors import Conflict
from kaysis_graph.graph import history
from kaysis_graph.graph.queries import parse
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import export, import_files, inventions, job_undo, restore
from kaysis_graph.transfer.report import ImportReport

WIPE = parse("wipe", "// Everything gone.\nMATCH (node) DETACH DELETE node")
# Three numbers for whatever comes: collisions are certain.
MAP = """
[values]
no = { from = "{name}", range = [99500001, 99500003] }
[[record]]
kind = "Organisation"
id = "{no}"
[record.fields]
title = "{name}"
category = "independent_body"
number_is_invented = true
"""


def run(store: Store, kinds: Schema, folder: Path, *names: str, rules: str = MAP, is_dry: bool = False) -> ImportReport:
    path = folder / "names.csv"
    path.write_text("\n".join(["name", *names]) + "\n", "utf-8")
    source = source_by(kinds, rules, [path])
    return (import_files.check if is_dry else import_files.run)(store, kinds, source, AUTHOR)


def titles(store: Store, kinds: Schema) -> dict[str, str]:
    found = writer.existing(store, kinds, ["99500001", "99500002", "99500003"])
    return {identifier: record.title for identifier, record in sorted(found.items())}


def test_two_names_never_share_an_invented_number(store: Store, kinds: Schema, tmp_path: Path) -> None:
    for name in ("Bir Kurulu", "İki Kurulu", "Üç Kurulu"):
        report = run(store, kinds, tmp_path, name)
        assert (report.records.new, report.records.changed, report.errors) == (1, 0, 0)
    given = titles(store, kinds)
    assert sorted(given.values()) == ["Bir Kurulu", "Üç Kurulu", "İki Kurulu"]
    again = run(store, kinds, tmp_path, "ÜÇ  KURULU", "bir kurulu", is_dry=True)
    assert (again.records.new, again.records.changed) == (0, 2)
    assert titles(store, kinds) == given


def test_one_file_gives_its_names_different_numbers_and_a_dry_run_counts_them_so(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    dry = run(store, kinds, tmp_path, "Bir Kurulu", "İki Kurulu", "Üç Kurulu", is_dry=True)
    assert (dry.status, dry.records.new) == ("checked", 3)
    assert inventions.every(store) == []
    written = run(store, kinds, tmp_path, "Bir Kurulu", "İki Kurulu", "Üç Kurulu")
    assert (written.records.new, len(titles(store, kinds))) == (3, 3)


def test_a_number_that_somebody_typed_is_not_given_again(store: Store, kinds: Schema, tmp_path: Path) -> None:
    typed = MAP.replace('{ from = "{name}", range = [99500001, 99500003] }', '"99500002"')
    run(store, kinds, tmp_path, "Elle Yazılan Kurul", rules=typed)
    run(store, kinds, tmp_path, "Bir Kurulu", "İki Kurulu")
    assert titles(store, kinds)["99500002"] == "Elle Yazılan Kurul"
    assert len(titles(store, kinds)) == 3


def test_the_number_of_a_deleted_record_stays_taken(store: Store, kinds: Schema, tmp_path: Path) -> None:
    typed = MAP.replace('{ from = "{name}", range = [99500001, 99500003] }', '"99500002"')
    run(store, kinds, tmp_path, "Silinen Kurul", rules=typed)
    writer.delete(store, kinds, "99500002", AUTHOR)
    assert run(store, kinds, tmp_path, "Bir Kurulu", "İki Kurulu").errors == 0
    assert sorted(titles(store, kinds)) == ["99500001", "99500003"]


def test_a_range_without_a_free_number_is_an_error_that_names_it(store: Store, kinds: Schema, tmp_path: Path) -> None:
    report = run(store, kinds, tmp_path, "Bir", "İki", "Üç", "Dört")
    assert report.status == "refused"
    assert [(problem.rule, problem.place["row"]) for problem in report.first_problems] == [("transfer.range_full", 5)]


def test_a_range_may_grow_in_digits(store: Store, kinds: Schema, tmp_path: Path) -> None:
    rules = """
[values]
no = { from = "{name}", range = [9, 11] }
[[record]]
kind = "Document"
id = "dbys-{no}"
[record.fields]
title = "{name}"
"""
    for name in ("Dilekçe", "Form", "Rapor"):
        assert run(store, kinds, tmp_path, name, rules=rules).records.new == 1
    assert len(writer.existing(store, kinds, ["dbys-9", "dbys-10", "dbys-11"])) == 3


def test_numbers_are_remembered_beyond_undo_and_in_another_graph(store: Store, kinds: Schema, tmp_path: Path) -> None:
    first = run(store, kinds, tmp_path, "Bir Kurulu", "İki Kurulu")
    given = titles(store, kinds)
    job_undo.undo(store, kinds, first.job, AUTHOR)
    run(store, kinds, tmp_path, "İki Kurulu", "Bir Kurulu")
    assert titles(store, kinds) == given
    held = inventions.every(store)
    file = tmp_path / "graph.jsonl.gz"
    assert export.write(store, kinds, file).inventions == len(held) == 2
    store.write(lambda transaction: transaction.run(WIPE))
    history.begin(store)
    restore.read(store, kinds, file)
    assert inventions.every(store) == held
    run(store, kinds, tmp_path, "Üç Kurulu")
    assert {name: number for number, name in titles(store, kinds).items()}.keys() >= set(given.values())
    assert len(titles(store, kinds)) == 3


def test_two_imports_at_once_do_not_give_one_number_twice(store: Store) -> None:
    here = inventions.Invention("here", "99500001", "Burada")
    there = inventions.Invention("there", "99500001", "Orada")
    store.write(lambda transaction: inventions.keep(transaction, [here]))
    with pytest.raises(Conflict):
        store.write(lambda transaction: inventions.keep(transaction, [there]))
    moved = inventions.Invention("here", "99500002", "Burada")
    with pytest.raises(Conflict):
        store.write(lambda transaction: inventions.keep(transaction, [moved]))
