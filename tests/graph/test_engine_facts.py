"""What the queries count on in both engines, and where the two differ; a release that changes it fails here."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import neo4j  # noqa: TID251 - these are facts about the driver's other end
import pytest
from neo4j import exceptions  # noqa: TID251 - same
from neo4j.time import Date  # noqa: TID251 - same

from kaysis_graph.graph import engines

Ask = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def ready(engine: engines.Engine) -> Iterator[engines.Engine]:
    unique = "CREATE CONSTRAINT fact_id IF NOT EXISTS FOR (fact:Fact) REQUIRE fact.id IS UNIQUE"
    label_sets = [("Fact",), ("Fact", "Truth")]
    engine.prepare([unique], label_sets, ["FACT_OF", "FACT_IN"])
    # All of it a second time: an engine that is ready stays as it is.
    engine.prepare([unique], label_sets, ["FACT_OF", "FACT_IN"])
    yield engine
    engine.driver.execute_query("MATCH (fact:Fact) DETACH DELETE fact", database_=engine.database)
    engine.driver.execute_query("DROP CONSTRAINT fact_id IF EXISTS", database_=engine.database)


@pytest.fixture
def ask(ready: engines.Engine) -> Ask:
    """Asks a statement with parameters; the answer is its first column."""

    def asked(statement: str, **takes: object) -> list[Any]:
        records = ready.driver.execute_query(neo4j.Query(statement), takes, database_=ready.database).records
        return [record[0] for record in records]

    asked("MATCH (fact:Fact) DETACH DELETE fact")
    return asked


@pytest.fixture
def name(engine: engines.Engine) -> str:
    return engine.name


def test_labels_can_be_parameters_only_for_a_record_that_stands(ask: Ask, name: str) -> None:
    ask("CREATE (:Fact {id: 'x'})")
    ask("MATCH (fact:Fact {id: 'x'}) SET fact:$($labels)", labels=["Truth"])
    assert ask("MATCH (fact:Truth {id: 'x'}) RETURN size(labels(fact))") == [2]
    # In the transaction that made it, a record cannot change its labels on the embedded engine: it is
    # another row there, and for a moment two have the identifier.
    in_one = "CREATE (fact:Fact {id: 'y'}) SET fact:$($labels)"
    if name == "embedded":
        with pytest.raises(exceptions.ConstraintError):
            ask(in_one, labels=["Truth"])
    else:
        ask(in_one, labels=["Truth"])


def test_labels_as_parameters_of_create_are_lost_on_the_embedded_engine(ask: Ask, name: str) -> None:
    given = ask("CREATE (fact:$($labels) {id: 'x'}) RETURN size(labels(fact))", labels=["Fact", "Truth"])
    assert given == [0 if name == "embedded" else 2]
    ask("MATCH (fact {id: 'x'}) WHERE size(labels(fact)) = 0 DELETE fact")


def test_a_record_is_merged_with_its_labels_spelled_out(ask: Ask) -> None:
    merge = "MERGE (fact:Fact:Truth {id: 'x'}) ON CREATE SET fact.is_new = true SET fact += $fields RETURN fact.is_new"
    assert ask(merge, fields={"title": "a"}) == [True]
    assert ask(merge, fields={"title": "b", "is_new": None}) == [None]
    assert ask("MATCH (fact:Fact) RETURN fact.title") == ["b"]


def test_dates_are_stored_and_compared_as_dates(ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'x', valid_from: $day})", day=date(2018, 7, 10))
    assert ask("MATCH (fact:Fact) WHERE fact.valid_from <= $day RETURN fact.valid_from", day=date(2018, 7, 10)) == [
        Date(2018, 7, 10)
    ]
    assert ask("MATCH (fact:Fact) WHERE fact.valid_from > $day RETURN fact.id", day=date(2018, 7, 10)) == []
    assert ask("MATCH (fact:Fact) WHERE fact.valid_to IS NULL RETURN toString(fact.valid_from)") == ["2018-07-10"]
    assert ask("RETURN date($text) < date('2019-01-01')", text="2018-07-10") == [True]


def test_the_half_open_rule_can_be_written_in_cypher(ask: Ask) -> None:
    ask(
        "UNWIND $rows AS row CREATE (fact:Fact {id: row.id}) "
        "SET fact.valid_from = row.valid_from, fact.valid_to = row.valid_to",
        rows=[
            {"id": "always", "valid_from": None, "valid_to": None},
            {"id": "ended", "valid_from": None, "valid_to": date(2020, 1, 1)},
            {"id": "begun", "valid_from": date(2020, 1, 1), "valid_to": None},
        ],
    )
    holds = (
        "MATCH (fact:Fact) WHERE (fact.valid_from IS NULL OR fact.valid_from <= $at) "
        "AND (fact.valid_to IS NULL OR fact.valid_to > $at) RETURN fact.id ORDER BY fact.id"
    )
    assert ask(holds, at=date(2019, 12, 31)) == ["always", "ended"]
    assert ask(holds, at=date(2020, 1, 1)) == ["always", "begun"]


def test_lists_of_texts_and_numbers_are_properties(ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'x', changes: [1, 2], names: $names, none: []})", names=["ğ", ""])
    assert ask("MATCH (fact:Fact) RETURN [fact.changes, fact.names, fact.none]") == [[[1, 2], ["ğ", ""], []]]
    ask("MATCH (fact:Fact {id: 'x'}) SET fact.changes = fact.changes + 3")
    assert ask("MATCH (fact:Fact) WHERE 3 IN fact.changes RETURN fact.changes") == [[1, 2, 3]]


def test_two_megabytes_of_text_come_back_whole(ask: Ask) -> None:
    text = "Yönetmelik ğüşıöç " * 111_000
    ask("CREATE (:Fact {id: 'x', rows: $text})", text=text)
    assert ask("MATCH (fact:Fact) RETURN fact.rows") == [text]


def test_setting_null_from_a_map_removes_the_property(ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'x', title: 'a', note: 'b'})")
    ask("MATCH (fact:Fact) SET fact += $fields", fields={"title": None, "source": "c"})
    assert ask("MATCH (fact:Fact) RETURN properties(fact)") == [{"id": "x", "note": "b", "source": "c"}]
    ask("MATCH (fact:Fact) SET fact = $fields", fields={"id": "x", "note": None})
    assert ask("MATCH (fact:Fact) RETURN properties(fact)") == [{"id": "x"}]


def test_an_edge_takes_its_fields_from_a_map(ask: Ask) -> None:
    pair(ask)
    ask(
        "MATCH (:Fact)-[edge:FACT_OF]->(:Fact) SET edge = $fields",
        fields={"first_day": "", "valid_to": date(2020, 1, 1)},
    )
    assert ask("MATCH ()-[edge:FACT_OF]->() RETURN properties(edge)") == [
        {"first_day": "", "valid_to": Date(2020, 1, 1)}
    ]


def pair(ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'x'})-[:FACT_OF {first_day: '', note: 'n'}]->(:Fact {id: 'y'})")


def test_an_edge_is_merged_by_its_first_day(ask: Ask) -> None:
    pair(ask)
    merge = (
        "MATCH (source:Fact {id: 'x'}), (target:Fact {id: 'y'}) UNWIND $days AS day "
        "MERGE (source)-[edge:FACT_OF {first_day: day}]->(target) ON CREATE SET edge.is_new = true RETURN edge.is_new"
    )
    assert ask(merge, days=["", "2020-01-01", "2020-01-01"]) == [None, True, True]
    assert ask("MATCH ()-[edge:FACT_OF]->() RETURN count(edge)") == [2]


def test_an_edge_type_cannot_be_a_parameter_of_merge_on_the_embedded_engine(ask: Ask, name: str) -> None:
    pair(ask)
    statement = "MATCH (source:Fact {id: 'x'}), (target:Fact {id: 'y'}) MERGE (source)-[:$($type)]->(target)"
    if name == "embedded":
        with pytest.raises(exceptions.ClientError):
            ask(statement, type="FACT_IN")
        return
    ask(statement, type="FACT_IN")


def test_edges_are_read_by_a_type_given_as_a_value(ask: Ask) -> None:
    pair(ask)
    assert ask(
        "MATCH (:Fact {id: 'x'})-[edge]->(other) WHERE type(edge) IN $types RETURN other.id", types=["FACT_OF"]
    ) == ["y"]


def test_records_are_looked_up_from_a_list(ask: Ask) -> None:
    ask("UNWIND range(1, 50) AS number CREATE (:Fact {id: toString(number)})")
    wanted = [str(number) for number in range(10, 60)]
    assert sorted(ask("UNWIND $ids AS id MATCH (fact:Fact {id: id}) RETURN fact.id", ids=wanted)) == wanted[:41]


def test_collect_keeps_the_order_of_the_rows(ask: Ask) -> None:
    ask("UNWIND range(1, 9) AS number CREATE (:Fact {id: toString(number)})")
    assert ask("MATCH (fact:Fact) WITH fact ORDER BY fact.id DESC RETURN collect(fact.id)") == [list("987654321")]


def test_subqueries_count_collect_and_ask(ask: Ask) -> None:
    pair(ask)
    assert ask(
        "MATCH (fact:Fact {id: 'x'}) RETURN [EXISTS {(fact)-[:FACT_OF]->()}, COUNT {(fact)-[:FACT_OF]->()}, "
        "COLLECT {MATCH (fact)-[:FACT_OF]->(other) RETURN other.id}, [(fact)-[:FACT_OF]->(other) | other.id]]"
    ) == [[True, 1, ["y"], ["y"]]]
    assert ask("MATCH (fact:Fact {id: 'x'}) CALL (fact) {MATCH (fact)-->(other) RETURN other} RETURN other.id") == ["y"]
    assert ask("MATCH (fact:Fact {id: 'x'}) RETURN fact {.id, others: [(fact)-->(other) | other.id]}") == [
        {"id": "x", "others": ["y"]}
    ]


def test_an_identifier_has_one_record(ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'x'})")
    with pytest.raises(exceptions.ConstraintError):
        ask("CREATE (:Fact:Truth {id: 'x'})")
    assert ask("MATCH (fact:Fact) RETURN count(fact)") == [1]


def test_a_duplicate_shows_at_commit_on_the_embedded_engine(ready: engines.Engine, ask: Ask, name: str) -> None:
    ask("CREATE (:Fact {id: 'x'})")
    with ready.driver.session(database=ready.database) as session:
        running = session.begin_transaction()
        if name == "embedded":
            running.run("CREATE (:Fact {id: 'x'})").consume()
            with pytest.raises(exceptions.ConstraintError):
                running.commit()
        else:
            with pytest.raises(exceptions.ConstraintError):
                running.run("CREATE (:Fact {id: 'x'})").consume()
        running.close()


def test_a_record_with_edges_is_not_deleted_without_them(ready: engines.Engine, ask: Ask) -> None:
    pair(ask)
    with pytest.raises(exceptions.Neo4jError) as raised:
        ask("MATCH (fact:Fact {id: 'x'}) DELETE fact")
    assert ready.translate(raised.value).key == "engines.rule_broken"
    assert ask("MATCH ()-[edge:FACT_OF]->() RETURN count(edge)") == [1]


def test_a_rolled_back_write_leaves_nothing(ready: engines.Engine, ask: Ask) -> None:
    with ready.driver.session(database=ready.database) as session:
        running = session.begin_transaction()
        running.run("CREATE (:Fact {id: 'x'})").consume()
        running.rollback()
    assert ask("MATCH (fact:Fact) RETURN count(fact)") == [0]


def test_a_write_is_seen_inside_its_own_transaction(ready: engines.Engine, ask: Ask) -> None:
    del ask
    with ready.driver.session(database=ready.database) as session, session.begin_transaction() as running:
        running.run("CREATE (:Fact {id: 'x'})").consume()
        assert running.run("MATCH (fact:Fact {id: 'x'}) RETURN fact.id").single(strict=True)[0] == "x"


def test_only_neo4j_refuses_a_write_in_a_reading_transaction(ready: engines.Engine, ask: Ask, name: str) -> None:
    def work(running: neo4j.ManagedTransaction) -> None:
        running.run("CREATE (:Fact {id: 'x'})").consume()

    with ready.driver.session(database=ready.database) as session:
        if name == "server":
            with pytest.raises(exceptions.ClientError, match="AccessMode"):
                session.execute_read(work)
        else:
            session.execute_read(work)
    assert ask("MATCH (fact:Fact) RETURN count(fact)") == [1 if name == "embedded" else 0]
    assert ready.enforces_time_limits is (name == "server")


def test_neo4j_ends_a_query_at_the_drivers_limit(ready: engines.Engine, name: str) -> None:
    if name == "embedded":
        pytest.skip("the embedded engine has a limit of its own, tested with an engine of its own")
    long = neo4j.Query("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)", timeout=0.2)
    with ready.driver.session(database=ready.database) as session:
        with pytest.raises(exceptions.Neo4jError) as raised:
            session.run(long).consume()
        assert ready.translate(raised.value).key == "engines.out_of_time"


def test_writers_of_one_counter_lose_nothing(ready: engines.Engine, ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'counter', number: 0})")

    def work(running: neo4j.ManagedTransaction) -> None:
        running.run("MATCH (fact:Fact {id: 'counter'}) SET fact.number = fact.number + 1").consume()

    def raise_it() -> None:
        with ready.driver.session(database=ready.database) as session:
            for _ in range(5):
                session.execute_write(work)

    writers = [threading.Thread(target=raise_it) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ask("MATCH (fact:Fact {id: 'counter'}) RETURN fact.number") == [10]


KINDS = [f"FactKind{number}" for number in range(8)]


def test_first_writers_of_a_kind_do_not_collide_once_it_is_made_known(ready: engines.Engine, ask: Ask) -> None:
    ready.make_types([("Fact", kind) for kind in KINDS], [f"FACT_{kind.upper()}" for kind in KINDS])

    def write(writer: int) -> None:
        for kind in KINDS:
            statement = f"CREATE (:Fact:{kind} {{id: $first}})-[:FACT_{kind.upper()}]->(:Fact:{kind} {{id: $second}})"
            takes = {"first": f"{kind}-{writer}-1", "second": f"{kind}-{writer}-2"}
            ready.driver.execute_query(neo4j.Query(statement), takes, database_=ready.database)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, range(2)))
    assert ask("MATCH (fact:Fact)-->(:Fact) RETURN count(fact)") == [16]


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        ("MATCH (fact:Fact) RETURN fact.id ORDER BY fact.number", ["x", "y", "z"]),
        ("MATCH (fact:Fact) RETURN fact.id ORDER BY fact.number DESC", ["z", "y", "x"]),
        ("MATCH (fact:Fact) RETURN fact.id ORDER BY fact.id SKIP $one LIMIT $one", ["y"]),
        ("MATCH (fact:Fact&!Truth) RETURN fact.id ORDER BY fact.id", ["y", "z"]),
        ("MATCH (fact:Truth|Nothing) RETURN fact.id", ["x"]),
        ("MATCH (fact:Fact) WHERE fact:Truth RETURN fact.id", ["x"]),
        ("MATCH (fact:Fact) WHERE $none IS NULL OR $none IN labels(fact) RETURN count(fact)", [3]),
        ("MATCH (fact:Fact) WHERE $kind IS NULL OR $kind IN labels(fact) RETURN count(fact)", [1]),
        ("MATCH (fact:Truth) RETURN [label IN labels(fact) WHERE label <> 'Fact']", [["Truth"]]),
        ("MATCH (fact:Truth) RETURN fact[$field]", [1]),
        ("MATCH (fact:Truth) SET fact[$field] = 5 RETURN fact.number", [5]),
        ("MATCH (fact:Truth) SET fact.list = coalesce(fact.list, []) + $one RETURN fact.list[-1]", [1]),
        ("MATCH (:Fact {id: 'y'})<-[:FACT_OF|FACT_IN]-(other) RETURN other.id ORDER BY other.id", ["x", "z"]),
        (
            "MATCH (:Fact {id: 'z'})-[edge]->() RETURN [type(edge), startNode(edge).id, endNode(edge).id]",
            [["FACT_IN", "z", "y"]],
        ),
        ("MATCH (fact:Fact) OPTIONAL MATCH (fact)-->(other) RETURN other.id ORDER BY fact.id", ["y", None, "y"]),
        ("MATCH (fact:Nothing) RETURN count(fact)", [0]),
        ("MATCH (fact:Nothing) RETURN fact.id", []),
        ("RETURN date('2020-01-31') + duration('P1M')", [Date(2020, 2, 29)]),
        ("RETURN reduce(sum = 0, number IN [1, 2] | sum + number)", [3]),
        (
            "RETURN [size('ğüş'), split('a b', ' '), substring('abc', 1), 'abc' STARTS WITH 'ab', 5 / 2]",
            [[3, ["a", "b"], "bc", True, 2]],
        ),
        ("RETURN CASE WHEN null THEN 1 ELSE 2 END", [2]),
        ("MATCH (fact:Truth) RETURN fact.id AS id UNION MATCH (fact:Truth) RETURN fact.id AS id", ["x"]),
    ],
)
def test_statements_give_the_same(ask: Ask, statement: str, answer: list[object]) -> None:
    ask(
        "CREATE (:Fact:Truth {id: 'x', number: 1})-[:FACT_OF]->(fact:Fact {id: 'y', number: 2}) "
        "CREATE (fact)<-[:FACT_IN]-(:Fact {id: 'z'})"
    )
    assert ask(statement, one=1, none=None, kind="Truth", field="number") == answer


def test_labels_come_in_an_order_of_the_engines_own(ask: Ask, name: str) -> None:
    ask("CREATE (:Fact:Document {id: 'x'})")
    labels = ask("MATCH (fact:Fact) RETURN labels(fact)")[0]
    assert sorted(labels) == ["Document", "Fact"]
    if name == "embedded":
        assert labels == ["Document", "Fact"]


def test_walks_of_a_few_steps_are_written_alike(ask: Ask) -> None:
    ask("UNWIND range(1, 5) AS number CREATE (:Fact {id: toString(number)})")
    ask(
        "UNWIND range(1, 4) AS number "
        "MATCH (here:Fact {id: toString(number)}), (there:Fact {id: toString(number + 1)}) "
        "CREATE (here)-[:FACT_IN]->(there)"
    )
    assert ask("MATCH (:Fact {id: '1'})-[:FACT_IN*1..3]->(far) RETURN far.id ORDER BY far.id") == ["2", "3", "4"]
    assert ask(
        "MATCH path = shortestPath((:Fact {id: '1'})-[:FACT_IN*..10]->(:Fact {id: '5'})) RETURN length(path)"
    ) == [4]
    assert ask(
        "MATCH path = (:Fact {id: '1'})-[:FACT_IN*1..9]->(far) "
        "WHERE all(edge IN relationships(path) WHERE edge.valid_to IS NULL) RETURN count(DISTINCT far)"
    ) == [4]


def test_lower_case_is_not_turkish_on_either(ask: Ask) -> None:
    assert ask("RETURN toLower('ISI')") == ["isi"]


def test_an_error_of_the_engine_becomes_ours(ready: engines.Engine, ask: Ask) -> None:
    ask("CREATE (:Fact {id: 'x'})")
    with pytest.raises(exceptions.ConstraintError) as twice:
        ask("CREATE (:Fact {id: 'x'})")
    assert ready.translate(twice.value).key == "engines.rule_broken"
    with pytest.raises(exceptions.ClientError) as broken:
        ask("MATCH (fact RETURN fact")
    refused = ready.translate(broken.value, "records/get")
    assert refused.key == "engines.refused"
    assert "records/get" in refused.text("tr")
