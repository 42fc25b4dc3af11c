"""Every query file: its header holds, somebody asks it, a read does not write, and each engine can plan it."""

import re
from pathlib import Path

import pytest

from kaysis_graph import files
from kaysis_graph.errors import QueryError
from kaysis_graph.graph.engines import Engine
from kaysis_graph.graph.queries import Query, load, parse
from kaysis_graph.graph.store import Store

NAMES = sorted(str(path.relative_to(files.CYPHER).with_suffix("")) for path in files.CYPHER.rglob("*.cypher"))
PACKAGES = [Path(__file__).parents[2] / name for name in ("kaysis_graph", "api", "ui/pages", "tests", "benchmarks")]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for package in PACKAGES
    for path in sorted(package.rglob("*.py"))
    if path != Path(__file__)
)
# One of each kind of name that a file asks to be filled in.
FILLED = {"KIND": "Organisation", "FIELD": "category", "EDGE_TYPE": "PART_OF"}


def filled(query: Query) -> Query:
    return query.named(**{name: FILLED.get(name, "PART_OF") for name in query.names})


@pytest.mark.parametrize("name", NAMES)
def test_a_query_file_says_what_it_answers_takes_and_gives(name: str) -> None:
    query = load(name)
    assert query.about.endswith((".", "?")), "the first lines are a sentence"
    assert query.writes or query.gives, "a read gives something"
    assert len(set(query.gives)) == len(query.gives)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_query_gives_is_what_it_returns(name: str) -> None:
    query = load(name)
    bare = re.sub(r"//[^\n]*", "", query.text)
    returned = bare[bare.rindex("RETURN") :] if "RETURN" in bare else ""
    for column in query.gives:
        assert re.search(rf"\b{column}\b", returned), column
    assert bool(returned) == bool(query.gives)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_file_is_asked_by_somebody(name: str) -> None:
    folder, _, last = name.rpartition("/")
    assert f'"{name}"' in CODE or re.search(rf'f"{folder}/\{{\w+\}}"', CODE), f"nobody loads {name}"
    assert last == last.strip("_")


def test_only_changes_records_and_their_kin_are_written_by_query_files() -> None:
    writing = {name.rpartition("/")[0] for name in NAMES if load(name).writes}
    assert writing == {"graph/changes", "records", "transfer"}


@pytest.mark.parametrize("name", NAMES)
def test_an_engine_can_plan_every_query(prepared: Store, engine: Engine, name: str) -> None:
    query = filled(load(name))
    takes = dict.fromkeys(query.takes)
    # The type of a parameter matters only where a list is cut by it.
    takes |= {key: 1 for key in ("most", "limit") if key in takes}
    with prepared.engine.driver.session(database=engine.database) as session:
        session.run(f"EXPLAIN {query.text}", takes).consume()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("MATCH (record) RETURN record.id AS id", "queries.says_nothing"),
        ("// takes: id\nMATCH (record {id: $id}) RETURN 1 AS one", "queries.says_nothing"),
        ("// One.\nMATCH (record {id: $id}) RETURN 1 AS one", "queries.takes"),
        ("// One.\n// takes: id, name\nMATCH (record {id: $id}) RETURN 1 AS one", "queries.takes"),
        ("// One.\nRETURN 1 AS one; RETURN 2 AS two", "queries.several"),
    ],
)
def test_a_wrong_header_is_refused(text: str, key: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse("x", text)
    assert refused.value.key == key


def test_what_stands_in_strings_and_comments_counts_for_nothing() -> None:
    query = parse("x", "// One; two.\n// gives: a\nRETURN 'http://x; $y CREATE' AS a // SET $z;")
    assert (query.takes, query.writes) == (frozenset(), False)


@pytest.mark.parametrize("value", ["", "PART OF", "PART_OF]->() DELETE x //", "1A", "Ç", "a`b"])
def test_only_plain_names_are_filled_in(value: str) -> None:
    query = parse("x", "// One.\n// names: TYPE\n// gives: one\nMATCH ()-[edge:TYPE]->() RETURN 1 AS one")
    with pytest.raises(QueryError):
        query.named(TYPE=value)
    with pytest.raises(QueryError):
        query.named(KIND="Service")
    assert "[edge:PART_OF]" in query.named(TYPE="PART_OF").text


def test_a_missing_file_is_named() -> None:
    with pytest.raises(QueryError) as missing:
        load("records/none")
    assert "records/none" in str(missing.value)
