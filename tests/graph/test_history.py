"""The change sequence finds what was altered, and the audit finds what was changed past it."""

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import AUTHOR

from kaysis_graph.graph import history
from kaysis_graph.graph.history import ChainFlaw, Head
from kaysis_graph.graph.queries import parse
from kaysis_graph.graph.store import Store
from kaysis_graph.records import audit, writer
from kaysis_graph.records.audit import Stray
from kaysis_graph.schema import Schema


def place(number: int, **more: Any) -> dict[str, Any]:
    return {"kind": "Place", "id": f"il-{number:02}", "title": f"İl {number}", "place_type": "province", **more}


@pytest.fixture
def told(store: Store, kinds: Schema) -> Store:
    writer.save(store, kinds, place(1), AUTHOR)
    writer.save(store, kinds, place(2, edges=[{"type": "PART_OF", "to": "il-01", "valid_from": "2020-01-01"}]), AUTHOR)
    writer.save(store, kinds, place(2, population=7), AUTHOR)
    writer.save(store, kinds, place(3), AUTHOR)
    return store


def run(store: Store, statement: str) -> None:
    store.write(lambda transaction: transaction.run(parse("past", f"// Past the history.\n{statement}")))


def test_numbers_follow_each_other_and_each_change_names_the_hash_before_it(told: Store) -> None:
    changes = list(history.all_changes(told))
    assert [change.number for change in changes] == [1, 2, 3, 4]
    assert [change.previous_hash for change in changes[1:]] == [change.hash for change in changes[:-1]]
    assert list(history.verify(told)) == [Head(4, changes[-1].hash)]


def test_a_change_tells_before_and_after(told: Store) -> None:
    row = history.changes_of(told, "il-02")[0].told()[0]
    assert row.before is not None
    assert "population" not in row.before
    assert row.after is not None
    assert row.after["population"] == 7


@pytest.mark.parametrize(
    ("statement", "flaw"),
    [
        ("MATCH (change:Change {number: 2}) SET change.who = 'somebody else'", ChainFlaw(2, "altered")),
        ("MATCH (change:Change {number: 2}) SET change.rows = '[]'", ChainFlaw(2, "altered")),
        ("MATCH (change:Change {number: 2}) DELETE change", ChainFlaw(2, "missing")),
        ("MATCH (change:Change {number: 4}) DELETE change", ChainFlaw(4, "lost_tail")),
        ("MATCH (head:Sequence) SET head.number = 3", ChainFlaw(4, "beyond_head")),
        ("MATCH (head:Sequence) SET head.hash = 'x'", ChainFlaw(4, "unchained")),
    ],
)
def test_a_tampered_or_missing_change_is_found(told: Store, statement: str, flaw: ChainFlaw) -> None:
    run(told, statement)
    assert flaw in list(history.verify(told))


def test_a_rewritten_change_with_a_fitting_hash_breaks_the_chain(told: Store) -> None:
    second = history.changes_after(told, 1, 1)[0]
    forged = history._digest(2, second.at, "forger", second.why, second.job, second.previous_hash, second.rows)
    run(told, f"MATCH (change:Change {{number: 2}}) SET change.who = 'forger', change.hash = '{forged}'")
    assert ChainFlaw(3, "unchained") in list(history.verify(told))


def test_a_graph_as_its_history_says_has_no_strays(told: Store, kinds: Schema) -> None:
    writer.delete(told, kinds, "il-03", AUTHOR)
    assert list(audit.strays(told, kinds)) == []


@pytest.mark.parametrize(
    ("statement", "stray"),
    [
        ("MATCH (record:Place {id: 'il-02'}) SET record.population = 8", Stray("differs", "il-02")),
        ("MATCH (record:Place {id: 'il-02'}) SET record.valid_from = 'nonsense'", Stray("differs", "il-02")),
        ("MATCH (record:Place {id: 'il-02'}) SET record.earlier_title = ['X']", Stray("differs", "il-02")),
        (
            "MATCH (:Place {id: 'il-02'})-[edge:PART_OF]->() SET edge.valid_from = 'nonsense'",
            Stray("differs", "il-02 PART_OF il-01 (2020-01-01)"),
        ),
        ("CREATE (:Record:Place {id: 'il-09', title: 'X', place_type: 'province'})", Stray("untold", "il-09")),
        ("MATCH (record:Place {id: 'il-03'}) DETACH DELETE record", Stray("gone", "il-03")),
        (
            "MATCH (:Place {id: 'il-02'})-[edge:PART_OF]->() SET edge.note = 'x'",
            Stray("differs", "il-02 PART_OF il-01 (2020-01-01)"),
        ),
        (
            "MATCH (:Place {id: 'il-02'})-[edge:PART_OF]->() DELETE edge",
            Stray("gone", "il-02 PART_OF il-01 (2020-01-01)"),
        ),
    ],
)
def test_what_was_changed_past_the_history_is_found(told: Store, kinds: Schema, statement: str, stray: Stray) -> None:
    run(told, statement)
    assert list(audit.strays(told, kinds)) == [stray]


def test_what_is_written_while_the_audit_looks_is_no_stray(
    told: Store, kinds: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = audit._found

    def meanwhile(store: Store, schema: Schema) -> Iterator[tuple[str, bytes]]:
        writer.save(store, kinds, place(1, population=5), AUTHOR)
        writer.save(store, kinds, place(4), AUTHOR)
        writer.delete(store, kinds, "il-03", AUTHOR)
        yield from found(store, schema)

    monkeypatch.setattr(audit, "_found", meanwhile)
    assert list(audit.strays(told, kinds)) == []
