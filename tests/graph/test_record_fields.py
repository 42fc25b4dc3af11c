"""What records say, as columns: written, followed, kept in a file, and equal to what the engine has."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import AUTHOR
from worlds import graph_of

from kaysis_graph.graph import projection_file, projection_source
from kaysis_graph.graph.columns import day_of
from kaysis_graph.graph.fields import text_column
from kaysis_graph.graph.fields.kind_fields import KindFields
from kaysis_graph.graph.fields.text_column import TextColumn
from kaysis_graph.graph.fields.value_columns import AnyColumn, CodeColumn, ListColumn, NumberColumn
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.store import Store
from kaysis_graph.records import names, writer
from kaysis_graph.schema import Schema

TITLES = (
    "Iğdır",
    "Ilgaz",
    "İzmir",
    "ilçe",
    "Çankaya",
    "Cebeci",
    "Şirvan",
    "Sivas",
    "Ürgüp",
    "Uşak",
    "Madde 9",
    "Madde 10",
)
DAYS = (date(1989, 12, 31), date(2000, 1, 1), date(2010, 6, 1), date(2030, 1, 1))
SEEDS = range(6)


def rows(*numbers: int) -> Any:
    return np.array(numbers, np.int32)


def test_texts_are_told_and_found_whatever_was_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    # So that a few letters are many.
    monkeypatch.setattr(text_column, "_MOST_RECENT", 40)
    chance = random.Random(5018)
    column, told = TextColumn.of([]), dict[int, str | None]()
    for _ in range(300):
        written = {chance.randrange(40): chance.choice([*TITLES, None]) for _ in range(chance.randrange(5))}
        column = column.written(rows(*written), list(written.values()))
        told |= written
        everything = np.arange(50, dtype=np.int32)
        assert column.values(everything) == [told.get(row) for row in range(50)]
        wanted = chance.sample(TITLES, 2)
        marked = np.flatnonzero(column.among(wanted, 50)).tolist()
        assert marked == [row for row in range(50) if told.get(row) in wanted]
        assert np.flatnonzero(column.said(50)).tolist() == [row for row in range(50) if told.get(row)]
    assert [column.text(row) for row in range(50)] == [told.get(row) for row in range(50)]
    assert len(column.settled) + len(column.recent) < 2_000


@pytest.mark.parametrize(
    ("empty", "values"),
    [
        (CodeColumn.empty(), ["ministry", "university", None]),
        (NumberColumn.empty("flag"), [True, False, None]),
        (NumberColumn.empty("integer"), [0, -7, 2**63 - 1, 1 - 2**63, None]),
        (ListColumn.empty(), [["hospital"], ["school", "hospital"], None]),
    ],
)
def test_values_are_told_as_they_were_written(empty: AnyColumn, values: list[Any]) -> None:
    chance = random.Random(657)
    column, told = empty, dict[int, Any]()
    for _ in range(60):
        written = {chance.randrange(20): chance.choice(values) for _ in range(chance.randrange(4))}
        column = column.written(rows(*written), list(written.values()))
        told |= written
        assert column.values(np.arange(25, dtype=np.int32)) == [told.get(row) for row in range(25)]
        assert np.flatnonzero(column.said(25)).tolist() == [row for row in range(25) if told.get(row) is not None]


def test_days_are_written_as_text_and_told_as_days() -> None:
    column = NumberColumn.empty("date").written(rows(1), ["1839-11-03"])
    assert column.values(rows(0, 1)) == [None, date(1839, 11, 3)]
    day = day_of(date(1839, 11, 3))
    assert [column.within(day, day, 2).tolist(), column.within(None, day - 1, 2).tolist()] == [
        [False, True],
        [False] * 2,
    ]


def random_record(chance: random.Random, number: int) -> dict[str, Any]:
    """An organisation or an act with much or little said of it."""
    title = f"{chance.choice(TITLES)} {chance.choice(['', 'Müdürlüğü', 'I', 'ı'])}".strip()
    day = f"{chance.randrange(1990, 2020)}-0{chance.randrange(1, 10)}-01"
    if number % 3 == 0:
        told = {"kind": "Legislation", "id": f"kanun-{number + 1}", "title": title, "legislation_type": "law"}
        more: dict[str, Any] = {
            "number": str(number),
            "gazette_on": day,
            "tags": chance.sample(["vergi", "nüfus", "ıslah"], 2),
        }
    else:
        told = {"kind": "Organisation", "id": f"{99000000 + number}", "title": title, "category": "central_unit"}
        earlier = {
            "title": [{"value": chance.choice(TITLES), "valid_to": "2005-01-01"}],
            "category": [{"value": "university", "valid_from": "1999-01-01", "valid_to": "2005-01-01"}],
        }
        more = {
            "title_en": f"Unit {number}",
            "types": chance.sample(["hospital", "school", "museum"], 2),
            "is_active": chance.random() < 0.5,
            "is_unverified": True,
            "valid_from": "1990-01-01",
            "earlier": earlier,
        }
    return told | {name: value for name, value in more.items() if chance.random() < 0.6}


def told_by(projection: Projection) -> dict[str, Any]:
    """All that the columns say, whatever the rows."""
    return {kind: told_of_kind(fields) for kind, fields in projection.fields.of_kind.items()}


def told_of_kind(fields: KindFields) -> dict[str, Any]:
    order = fields.order
    ids = fields.ids[order].tolist()
    said = {name: fields.values(name, order) for name in fields.columns}
    then = {(name, at): fields.values_on(name, order, day_of(at)) for name in fields.former for at in DAYS}
    downwards = {name: fields.ids[fields.order_by(name, is_down=True)].tolist() for name in fields.columns}
    return {"ids": ids, "said": said, "then": then, "downwards": downwards}


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_after_random_changes_are_those_built_anew(
    store: Store, kinds: Schema, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    graph = graph_of(store, kinds)
    there, gone = set[str](), set[str]()
    for _ in range(25):
        record = random_record(chance, chance.randrange(12))
        if record["id"] in gone:
            continue
        if record["id"] in there and chance.random() < 0.3:
            writer.delete(store, kinds, record["id"], AUTHOR)
            there.remove(record["id"])
            gone.add(record["id"])
            continue
        writer.save(store, kinds, record, AUTHOR)
        there.add(record["id"])
        if chance.random() < 0.3:
            # Asked for now and then, the order is carried on from there.
            assert len(graph.follower.current.fields.of_kind["Organisation"].order) <= len(there)
    followed = graph.follower.current
    built = projection_source.from_engine(store, kinds, followed.sequence, "schema")
    assert told_by(followed) == told_by(built)
    for at in DAYS:
        every = sorted(there)
        assert names.titles(graph, every, at) == names.stored_titles(store, kinds, every, at)
    projection_file.save(followed, tmp_path / "projection")
    kept = projection_file.load(tmp_path / "projection", followed.fingerprint, kinds)
    assert kept is not None
    assert told_by(kept) == told_by(built)


def test_what_another_process_wrote_a_moment_ago_is_named_as_well(store: Store, kinds: Schema) -> None:
    graph = graph_of(store, kinds)
    writer.save(Store(store.engine), kinds, random_record(random.Random(1), 1), AUTHOR)
    assert "99000001" not in graph.follower.current.records.position_of
    assert list(names.titles(graph, ["99000001", "99000002"])) == ["99000001"]


def test_fields_that_lists_know_have_one_type_in_every_kind(kinds: Schema) -> None:
    types: dict[str, set[tuple[str, bool]]] = {}
    for kind in kinds.kinds.values():
        for name, field in kind.fields.items():
            if field.filtered:
                types.setdefault(name, set()).add((field.type, field.many))
                assert name in KindFields.empty(kind).columns, "what lists are filtered by has a column"
    assert {name: held for name, held in types.items() if len(held) > 1} == {}
