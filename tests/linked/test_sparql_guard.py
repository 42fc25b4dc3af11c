"""What a query may not say: found before evaluation, however it is spelt, and locked out of the worker besides."""

import contextlib
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as oxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.parser import parseQuery

from kaysis_graph.errors import Forbidden
from kaysis_graph.linked.copy import checkpoints
from kaysis_graph.linked.copy.checkpoints import Checkpoint
from kaysis_graph.linked.sparql import guard, syntax_errors, worker
from kaysis_graph.linked.sparql.limits import BadQuery, Broken, GivenUp, QueryLimits
from kaysis_graph.linked.sparql.pool import Asking, Pool, SparqlQuery

# Each asks another machine when the engine gets it, most of them because its parser knows no words.
CALLS = [
    "SELECT * { SERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { sErViCe SILENT <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { SERVICE<ADDRESS>{ ?a ?b ?c } }",
    "SELECT * { SERVICE # <a:b>\n <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE <ADDRESS> { ?a ?b ?c } }",
    "SELECT * { ?s ?p true.SERVICE <ADDRESS> { ?a ?b ?c } }",
    "PREFIX : <ADDRESS> SELECT * { SERVICE:x { ?a ?b ?c } }",
    "PREFIX : <ADDRESS> PREFIX service: <a:> SELECT * { service:x { ?a ?b ?c } }",
    "PREFIX : <ADDRESS> SELECT * { SERVICESILENT:x { ?a ?b ?c } }",
    "PREFIX ex: <ADDRESS> SELECT * { ?s ?p trueSERVICEex:x{ ?a ?b ?c } }",
    # `<2#>` is an IRI and what follows a text, or less than two and a comment.
    "SELECT * { ?s ?p ?o FILTER(1<2#>'''\n) SERVICE <ADDRESS> { ?a ?b ?c } #'''\n }",
    "SELECT * { ?s ?p ?o FILTER(EXISTS{}<2#>'''\n||1=1) SERVICE <ADDRESS> { ?a ?b ?c } #'''\n }",
    "SELECT * { ?s ?p ?o FILTER('w'<'x>'||1=1) SERVICE <ADDRESS> { ?a ?b ?c } FILTER(1=1||''='') }",
    # Escapes resolved first make one text of the rest of the line; the engine resolves them last.
    'SELECT * { OPTIONAL { ?s <http://e/#\\u0061> "\\u005C"} SERVICE <ADDRESS> { ?a ?b ?c } #"\n }',
]
WORDS = [*guard.UPDATES, "SERVICE", "service", "Load"]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address of this machine at which every visit is heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    visitor, _ = server.accept()
                    with visitor:
                        heard.append(visitor.recv(1_000))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", heard


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    """A small copy of one statement."""
    folder = tmp_path_factory.mktemp("copy")
    store = oxigraph.Store(folder / "written")
    store.add(oxigraph.Quad(oxigraph.NamedNode("a:s"), oxigraph.NamedNode("a:p"), oxigraph.Literal(value=True)))
    store.backup(folder / "1")
    return Checkpoint(folder / "1", 1)


@pytest.fixture
def pool(checkpoint: Checkpoint) -> Iterator[Pool]:
    """Workers that nothing stands before."""
    opened = Pool(
        lambda: checkpoint, "http://kaysis.example", {"dct": "http://purl.org/dc/terms/"}, QueryLimits(workers=1)
    )
    yield opened
    opened.end()


def ask(pool: Pool, query: str) -> bytes:
    return pool.begin(Asking(SparqlQuery(query, "json", "a"))).result().content


@pytest.mark.parametrize("call", CALLS)
def test_a_call_of_another_machine_is_refused_and_the_bare_engine_would_make_it(
    listener: tuple[str, list[bytes]], checkpoint: Checkpoint, call: str
) -> None:
    address, heard = listener
    query = call.replace("ADDRESS", address)
    with contextlib.suppress(OSError):
        found = oxigraph.Store.read_only(str(checkpoint.path)).query(query)
        assert isinstance(found, oxigraph.QuerySolutions)
        list(found)
    assert heard
    with pytest.raises((Forbidden, BadQuery)):
        guard.read(query)


@pytest.mark.skipif("sys.platform != 'linux'", reason="no seccomp")
def test_a_worker_has_no_network_even_without_the_guard(listener: tuple[str, list[bytes]], pool: Pool) -> None:
    address, heard = listener
    with pytest.raises(Broken):
        ask(pool, f"SELECT * {{ SERVICE <{address}> {{ ?a ?b ?c }} }}")
    assert b"true" in ask(pool, "ASK { ?s ?p ?o }")
    assert heard == []


def test_a_query_that_breaks_the_engine_is_told_and_the_worker_replaced(pool: Pool) -> None:
    with pytest.raises(Broken):
        ask(pool, f"SELECT * {{ {'{' * 20_000}{'}' * 20_000} }}")
    assert b"true" in ask(pool, "ASK { ?s ?p ?o }")


def test_a_worker_that_ends_while_it_rests_is_replaced(pool: Pool) -> None:
    ask(pool, "ASK {}")
    (resting,) = pool._idle
    resting.kill()
    resting._process.wait()
    assert b"true" in ask(pool, "ASK { ?s ?p ?o }")


def test_an_alarm_that_comes_too_late_does_not_hit_the_next_question(pool: Pool) -> None:
    ask(pool, "ASK {}")
    (resting,) = pool._idle
    resting._late()
    ask(pool, "ASK {}")
    assert pool._idle == [resting]


@pytest.mark.skipif("sys.platform != 'linux'", reason="no /proc")
def test_a_worker_does_not_know_the_settings_of_the_service(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAYSIS_GRAPH_PASSWORD", "gizli")
    ask(pool, "ASK {}")
    (resting,) = pool._idle
    assert b"gizli" not in Path(f"/proc/{resting._process.pid}/environ").read_bytes()


def test_what_a_worker_reads_is_not_taken_away_under_it(checkpoint: Checkpoint, tmp_path: Path) -> None:
    first, second = (Path(shutil.copytree(checkpoint.path, tmp_path / name)) for name in ("first", "second"))
    work = worker.Answering()
    asked = {"query": "ASK { ?s ?p ?o }", "format": "json", "default_graphs": [], "named_graphs": [], "prefixes": {},
             "base": "a:b", "result": 1_000}  # fmt: skip
    assert work.answer({**asked, "store": str(first)})[0] == {"outcome": "ok"}
    assert not checkpoints.take_away(first)
    assert work.answer({**asked, "store": str(first)})[0] == {"outcome": "ok"}
    assert work.answer({**asked, "store": str(second)})[0] == {"outcome": "ok"}
    assert checkpoints.take_away(first)
    shutil.rmtree(second)
    # By force: what was found there is worth nothing, whatever it is.
    assert work.answer({**asked, "store": str(second)}) == ({"outcome": "gone"}, b"")


def test_a_pool_that_ends_lets_nobody_wait_for_a_long_query(pool: Pool) -> None:
    long = "SELECT * { VALUES ?a { 1 2 } " + " ".join(f"VALUES ?a{n} {{ 1 2 3 4 5 6 7 8 }}" for n in range(9)) + " }"
    asking = Asking(SparqlQuery(f"SELECT (COUNT(*) AS ?n) {{ {{ {long} }} }}", "json", "a"))
    answer = pool.begin(asking)
    while asking._worker is None and not answer.done():
        time.sleep(0.01)
    pool.end()
    with pytest.raises(GivenUp):
        answer.result(30)


def test_a_copy_that_was_taken_away_is_left_for_the_newest(checkpoint: Checkpoint, tmp_path: Path) -> None:
    states = iter([replace(checkpoint, path=tmp_path / "gone"), checkpoint])
    pool = Pool(lambda: next(states), "http://kaysis.example", {}, QueryLimits(workers=1))
    assert b"true" in ask(pool, "ASK { ?s ?p ?o }")
    pool.end()


@pytest.mark.parametrize(
    "update",
    ["INSERT DATA { <a:a> <a:b> 1 }", "delete where { ?s ?p ?o }", "WITH <a:g> DELETE { ?s ?p ?o } WHERE {}",
     "LOAD SILENT <http://x>", "CLEAR ALL", "DROP ALL", "CREATE GRAPH <a:g>", "ADD <a:g> TO <a:h>",
     "MOVE <a:g> TO <a:h>", "COPY <a:g> TO <a:h>", "PREFIX a: <a:>\nASK {} ;\nLOAD <http://x>",
     "\\u004COAD <http://x>"],
)  # fmt: skip
def test_an_update_is_refused_with_its_word_and_line(update: str) -> None:
    with pytest.raises(Forbidden) as refused:
        guard.read(update)
    word, line = str(refused.value.values["word"]), refused.value.values["line"]
    assert word in (*guard.UPDATES, "delete")
    assert line == (3 if "PREFIX" in update else 1)


@st.composite
def harmless(draw: st.DrawFn) -> str:
    """A query in which forbidden words stand where they mean nothing."""
    word = st.sampled_from(WORDS)
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\\"'\r\n"), max_size=8)
    places = [
        "?s ?p 'NOISE WORD <http://x> {' .", '?s ?p "NOISE WORD <a:b> {" .', "?s ?p '''NOISE\nWORD <a:b> {''' .",
        '?s ?p """NOISE" WORD <a:b> {""" .', "?s ?p ?o . # NOISE' \" < WORD <a:b> {\n", "?WORD ?p $WORD .",
        "<http://x/WORD#WORD> ?p <a:WORD> .", "?s x:WORD WORD:x .", "_:WORD ?p 'x'@WORD .",
        "?s ?p '\\'WORD <a:b> {' .", "FILTER(1 < 2 && 3 > 2) ?s ?p '> WORD' .",
    ]  # fmt: skip
    chosen = draw(st.lists(st.tuples(st.sampled_from(places), anything, word), min_size=1, max_size=6))
    # A blank node of one name belongs to one group of patterns.
    body = "\n".join(
        place.replace("_:", f"_:b{number}").replace("WORD", held).replace("NOISE", noise)
        for number, (place, noise, held) in enumerate(chosen)
    )
    prefixes = " ".join(f"PREFIX {held}: <a:>" for held in WORDS)
    return f"PREFIX x: <a:> {prefixes} SELECT * {{\n{body}\n}}"


@given(harmless())
def test_the_words_may_stand_in_texts_names_variables_and_comments(query: str) -> None:
    # The engine takes it for a query, too, and finds nothing in it that is a call.
    oxigraph.Store().query(query)
    reading = guard.read(query)
    assert reading.form == "SELECT"
    assert not reading.undeclared


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s <urn:x#y> ?o }",
        "SELECT * { ?s <urn:x#a> ?o ; <urn:x#b> <#c> . FILTER(?o < 3) ?o <d'e> 1 }",
        "SELECT (COUNT(*) AS ?n) { ?s <urn:x#y> ?o FILTER EXISTS { ?s <urn:x#z> true } } GROUP BY ?s",
        "SELECT * { ?s (<urn:x#y>|<urn:x#z>)/<urn:x#w> ?o }",
    ],
)
def test_an_iri_where_nothing_is_compared_may_have_any_letter(query: str) -> None:
    oxigraph.Store().query(query, base_iri="http://kaysis.example/")
    assert guard.read(query).form == "SELECT"


@pytest.mark.parametrize("text", ["'''a'", '"""a""', "'a\n'", '"a', "''''", "'\\'"])
def test_a_text_without_an_end_is_told_with_its_line(text: str) -> None:
    with pytest.raises(BadQuery) as refused:
        guard.read(f"SELECT *\n{{ ?s ?p {text} }}")
    assert [(problem.rule, problem.values) for problem in refused.value.problems] == [("sparql.unclosed", {"line": 2})]


@given(st.text(alphabet="abSERVICE'\"#<>{}?:\\ \n", max_size=60))
def test_the_guard_never_fails_on_noise(noise: str) -> None:
    # Whatever it says, it says it in an error of ours.
    with contextlib.suppress(Forbidden, BadQuery):
        guard.read(f"SELECT * {{ {noise} }}")


@pytest.mark.parametrize(
    "part",
    ["a.a", "'''", "a:.", "<a", "((?x<", "a:b\n", '"\\u0041', "?a<", "a1:b ", "{", "\\'", "\\'''\n", "\\'''x'",
     '\\"""', "'\n", "@a-", "1.", "_:a.", "<a'", "?a<b#'", "\\u0027", "a:%41", "#'"],
)  # fmt: skip
def test_cutting_a_query_takes_time_by_its_length_alone(part: str) -> None:
    # By the square of the length it would take minutes, which no run of the tests would pass over.
    with contextlib.suppress(Forbidden, BadQuery):
        assert guard.read(part * (QueryLimits().text // len(part))).form is None


@pytest.mark.parametrize(
    "query",
    ["select * {}", "PREFIX a: <b:> ASK {}", "BASE <a:> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
     "# SELECT\nDESCRIBE <a:b>", "PREFIX ask: <http://select/ask#> SELECT ?ask { ?ask ask:construct 'describe' }",
     "ASK { { SELECT ?s { ?s ?p ?o } } }"],
)  # fmt: skip
def test_the_form_of_a_query_is_what_the_parser_of_rdflib_finds(query: str) -> None:
    parsed = parseQuery(query)[1].name.removesuffix("Query")
    assert re.fullmatch(parsed, str(guard.read(query).form), re.IGNORECASE)


@pytest.mark.parametrize("query", ["", "hello", "'SELECT'", "?select"])
def test_what_is_no_query_has_no_form(query: str) -> None:
    assert guard.read(query).form is None


@pytest.mark.parametrize(
    ("query", "rule", "line", "column"),
    [
        ("SELECT * { ?s ?p ?o", "ends_early", 1, 20),
        ("SELECT * {\n  ?ş dct:title 'ğğ' .\n  ?s nope:x ?o\n}", "undeclared", 3, 6),
        ("SELEC ?x { }", "syntax", 1, 1),
        ("SELECT ?x { ?x a <http://e/x> } ORDR BY ?x", "syntax", 1, 33),
        ("SELECT ?x {\n ?x a <http://e/x> FILTER(strlen(?x) = 3 }", "syntax", 2, 42),
        ("SELECT * { ?x a ?y } LIMIT x", "syntax", 1, 28),
        ("SELECT * { ?x a ?y } LIMIT", "ends_early", 1, 27),
        ("ASK {} ASK {}", "syntax", 1, 8),
    ],
)
def test_a_fault_is_told_with_its_place(pool: Pool, query: str, rule: str, line: int, column: int) -> None:
    with pytest.raises(BadQuery) as refused:
        ask(pool, query)
    (problem,) = refused.value.problems
    assert (problem.rule, problem.place) == (f"sparql.{rule}", {"line": line, "column": column})


def test_what_the_engine_says_in_a_sentence_is_passed_on() -> None:
    query = "SELECT ?x (COUNT(*) AS ?n) { ?x a ?y }"
    with pytest.raises(SyntaxError) as said:
        oxigraph.Store().query(query)
    (problem,) = syntax_errors.fault(query, str(said.value), {}).problems
    assert "variable that is unbound" in problem.text("en")


@pytest.mark.parametrize(
    ("query", "rule", "said"),
    [
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "failed", "SELECT * is not authorized with GROUP BY"),
        ("SELECT ?s ?s {?s ?p ?o} LIMIT 2", "failed", "Duplicated variable name in SELECT"),
        ("SELECT * { ?x a ?y } VALUES (?a ?b) { (1) }", "failed", "the same number of values"),
        ("SELECT ?s { ?s ?p ?o BIND(1 AS ?s) }", "no_reason", "is complete"),
        ("SELECT ?s { ?s ?p '{(' # (\n BIND(1 AS ?p) }", "no_reason", "is complete"),
        ("SELECT * { ?s <a b> ?o }", "syntax", "cannot be read"),
        ("SELECT * { ?s ?p '}'", "ends_early", "is not complete"),
        ("SELECT ?s", "ends_early", "is not complete"),
    ],
)
def test_only_what_is_open_is_said_to_end_early(pool: Pool, query: str, rule: str, said: str) -> None:
    with pytest.raises(BadQuery) as refused:
        ask(pool, query)
    (problem,) = refused.value.problems
    assert problem.rule == f"sparql.{rule}"
    assert said in problem.text("en")
