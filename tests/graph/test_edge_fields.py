"""What edges say, as columns beside their ends: written, followed, kept in a file, and equal to what the engine has."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import AUTHOR
from worlds import Row, based_on, document, graph_of, organisation, requires, service

from kaysis_graph.graph import projection_file, projection_source
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.fields import edge_fields
from kaysis_graph.graph.fields.edge_fields import DAYS, EdgeFields
from kaysis_graph.graph.fields.value_columns import NumberColumn
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import FIELD_TYPES

SEEDS = range(6)
LEAVING = load("records/edges_leaving")
WORDS = ("Iğdır'da", "yurt dışında doğanlardan", "tek nüsha", "m.9")


def random_service(chance: random.Random, number: int) -> Row:
    """A service with edges that say much, little or nothing, some side by side."""
    edges: list[Row] = [
        requires(
            chance.randrange(4) + 1,
            **some(
                chance,
                carried_by=chance.choice(["applicant", "institution", "system"]),
                condition=chance.choice(WORDS),
                copies=chance.randrange(4),
                alternative=chance.choice("ab"),
                order=chance.randrange(9),
                source=chance.choice(WORDS),
                is_unverified=True,
                note="Uzun\nnot",
                valid_from=f"20{chance.randrange(10, 13)}-01-01",
            ),
        )
        for _ in range(chance.randrange(5))
    ]
    edges.append(based_on("kanun-1", **some(chance, source=chance.choice(WORDS))))
    keyed = {(edge["type"], edge["to"], edge.get("valid_from")): edge for edge in edges}
    return service(number, "Kayıt", *keyed.values())


def some(chance: random.Random, **values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if chance.random() < 0.4}


def said_by(projection: Projection) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    """What every edge says beside its days, by its ends, type and first day."""
    ids = projection.records.ids
    return {
        (ids[source], name, ids[target], _day(first)): told
        for name, columns in projection.edges.items()
        for source, target, first, told in zip(
            columns.source.tolist(),
            columns.target.tolist(),
            columns.valid_from.tolist(),
            columns.told(np.arange(len(columns), dtype=np.int32)),
            strict=True,
        )
    }


def _day(number: int) -> str:
    day = date_of(number)
    return day.isoformat() if day else ""


def said_in_engine(store: Store, ids: list[str]) -> dict[tuple[str, str, str, str], dict[str, Any]]:
    return {
        (row.source, row.type, row.target, row.properties["first_day"]): {
            name: value for name, value in row.properties.items() if name not in (*DAYS, "first_day")
        }
        for row in store.read(LEAVING, into=StoredEdgeRow, ids=ids)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_what_edges_say_after_random_changes_is_what_the_engine_has(
    store: Store, kinds: Schema, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that a few edges that are gone are many.
    monkeypatch.setattr(edge_fields, "_MOST_LOST", 3)
    chance = random.Random(seed)
    graph = graph_of(store, kinds)
    papers = [document(number, f"Belge {number}") for number in range(1, 5)]
    act = {"kind": "Legislation", "id": "kanun-1", "title": "Kanun", "legislation_type": "law"}
    for row in [act, *papers, organisation(1, "Bakanlık", "ministry")]:
        writer.save(store, kinds, row, AUTHOR)
    there, gone = set[int](), set[int]()
    for _ in range(20):
        number = chance.randrange(5)
        if number in gone:
            continue
        if number in there and chance.random() < 0.2:
            writer.delete(store, kinds, f"heys-{number}", AUTHOR)
            gone.add(number)
            there.remove(number)
        else:
            writer.save(store, kinds, random_service(chance, number), AUTHOR)
            there.add(number)
    followed = graph.follower.current
    stored = said_in_engine(store, [f"heys-{number}" for number in there])
    assert said_by(followed) == stored
    assert said_by(projection_source.from_engine(store, kinds, followed.sequence, "schema")) == stored
    requires = followed.edges["REQUIRES"]
    assert len(requires.fields) <= 2 * len(requires) + 3, "what edges said that are gone is let go"
    projection_file.save(followed, tmp_path / "projection")
    kept = projection_file.load(tmp_path / "projection", followed.fingerprint, kinds)
    assert kept is not None
    assert said_by(kept) == stored


def test_every_field_of_an_edge_is_told_as_it_is_stored(kinds: Schema) -> None:
    for kind in kinds.kinds.values():
        for edge in kind.edges.values():
            columns = EdgeFields.empty(kinds, edge.type).columns
            assert edge.fields.keys() - {*DAYS} <= columns.keys()
            for name, field in edge.fields.items():
                if name not in DAYS:
                    column = columns[name]
                    assert FIELD_TYPES[field.type].stored("") == "", f"{name} would have to be turned first"
                    assert isinstance(column, NumberColumn) == (field.type in ("flag", "date", "integer"))


def test_a_field_of_edges_has_one_type_whichever_kind_they_leave(kinds: Schema) -> None:
    types: dict[tuple[str, str], set[tuple[str, bool]]] = {}
    for kind in kinds.kinds.values():
        for edge in kind.edges.values():
            for name, field in edge.fields.items():
                types.setdefault((edge.type, name), set()).add((field.type, field.many))
    assert {name: held for name, held in types.items() if len(held) > 1} == {}
