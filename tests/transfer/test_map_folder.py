"""A folder of files with the maps called like them is one import, and nothing in it is passed over."""

from pathlib import Path

import pytest
from conftest import AUTHOR

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import map_folder

PLACES = """
[[record]]
kind = "Place"
id = "{yer}"
[record.fields]
title = "{ad}"
place_type = "district"
"""
TIES = """
[[edge]]
type = "PART_OF"
from = "{küçük}"
to = "{büyük}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "yerler.toml").write_text(PLACES, encoding="utf-8")
    (tmp_path / "yerler.csv").write_text("yer,ad\nilce-9001,Akpınar\nilce-9002,Gökdere\n", encoding="utf-8")
    # Named so that it is read before the records it speaks of.
    (tmp_path / "baglar.toml").write_text(TIES, encoding="utf-8")
    (tmp_path / "baglar.csv").write_text("küçük,büyük\nilce-9001,ilce-9002\n", encoding="utf-8")
    return tmp_path


def test_the_files_of_a_folder_may_refer_to_each_other(store: Store, kinds: Schema, folder: Path) -> None:
    report = import_files.run(store, kinds, map_folder.source_of_folder(kinds, folder), AUTHOR)
    assert (report.status, report.records.new, report.edges.new) == ("written", 2, 1)
    assert [file.name for file in report.files] == ["baglar.csv", "yerler.csv"]


def test_a_problem_names_the_column_of_its_own_map(store: Store, kinds: Schema, folder: Path) -> None:
    (folder / "yerler.csv").write_text("yer,ad\nilce-9001,Akpınar\nilçe-2,Gökdere\n", encoding="utf-8")
    (folder / "baglar.csv").write_text("küçük,büyük\nilce-9001,ilce-9009\n", encoding="utf-8")
    report = import_files.check(store, kinds, map_folder.source_of_folder(kinds, folder), AUTHOR)
    found = {(str(problem.place["file"]), str(problem.place["column"])) for problem in report.first_problems}
    assert found == {("yerler.csv", "yer"), ("baglar.csv", "büyük")}


def test_the_rows_of_all_files_are_counted_on(kinds: Schema, store: Store, folder: Path) -> None:
    lines = "".join(f"ilce-{number},Yer {number}\n" for number in range(1, 1_002))
    for name in ("yerler", "daha"):
        (folder / f"{name}.toml").write_text(PLACES, encoding="utf-8")
        (folder / f"{name}.csv").write_text(f"yer,ad\n{lines}", encoding="utf-8")
    done: list[int] = []
    source = map_folder.source_of_folder(kinds, folder)
    for _ in source.read(store, [], done.append):
        pass
    assert done == [1_001, 2_002]


def test_the_columns_of_all_files_are_looked_at_before_any_row(kinds: Schema, store: Store, folder: Path) -> None:
    (folder / "yerler.csv").write_text("yer,ad,renk\nilce-9001,Akpınar,yeşil\n", encoding="utf-8")
    first, *_ = map_folder.source_of_folder(kinds, folder).read(store, [], lambda _: None)
    assert isinstance(first, Problem)
    assert (first.rule, first.place["file"], first.place["column"]) == ("transfer.unknown_column", "yerler.csv", "renk")


def test_a_folder_is_called_by_its_name_in_the_history(kinds: Schema, folder: Path) -> None:
    assert map_folder.source_of_folder(kinds, folder).name == folder.name


@pytest.mark.parametrize(
    ("gone", "rule", "file"),
    [
        ("yerler.csv", "transfer.map_without_file", "yerler.toml"),
        ("yerler.toml", "transfer.file_without_map", "yerler.csv"),
    ],
)
def test_a_map_or_a_file_alone_is_refused(kinds: Schema, folder: Path, gone: str, rule: str, file: str) -> None:
    (folder / gone).unlink()
    with pytest.raises(Invalid) as refused:
        map_folder.source_of_folder(kinds, folder)
    assert [(problem.rule, problem.place["file"]) for problem in refused.value.problems] == [(rule, file)]


def test_a_folder_without_maps_is_refused_once(kinds: Schema, tmp_path: Path) -> None:
    (tmp_path / "yerler.csv").write_text("yer,ad\n", encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        map_folder.source_of_folder(kinds, tmp_path)
    assert [problem.rule for problem in refused.value.problems] == ["transfer.folder_without_maps"]
