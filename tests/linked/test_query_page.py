"""The query page without script: the query, its result in words people read, what is wrong with it, the examples."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import html5lib
import pytest
import sparql_copy
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from pyoxigraph import QueryBoolean, RdfFormat, Store, parse

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.linked import Linked
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.settings import Settings
from ui.pages.linked.query_examples import declared, examples
from ui.pages.linked.query_result import MOST_BOXES, MOST_ROWS, TRIPLES, Outcome, rows_of

pytestmark = pytest.mark.pages
BASE = "https://veri.example.gov.tr"
HTML = {"Accept": "text/html"}
MANY = "SELECT ?one ?class WHERE { ?one a ?class }"


@pytest.fixture(scope="module")
def service(
    sample: Graph, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, Linked]]:
    here = replace(settings, language="tr", public_base=BASE)
    with sparql_copy.served(sample, here, tmp_path_factory.mktemp("page")) as opened:
        yield opened


@pytest.fixture(scope="module")
def copy(service: tuple[TestClient, Linked]) -> Store:
    assert service[1].newest is not None
    return Store.read_only(str(service[1].newest.path))


@pytest.fixture(scope="module")
def iris(service: tuple[TestClient, Linked]) -> Iris:
    return service[1].iris


@pytest.fixture
def asking(service: tuple[TestClient, Linked]) -> TestClient:
    return service[0]


def page_of(asking: TestClient, query: str, **parameters: str) -> str:
    return asking.get("/sparql", params={"query": query, **parameters}, headers=HTML).text


@pytest.mark.parametrize("name", [example.name for example in examples()])
def test_every_example_gives_rows(copy: Store, iris: Iris, name: str) -> None:
    (example,) = (held for held in examples() if held.name == name)
    found = copy.query(example.query(iris))
    assert not isinstance(found, QueryBoolean)
    assert next(found, None) is not None


def test_there_are_ten_examples_and_each_is_told_in_both_languages(asking: TestClient) -> None:
    assert len(examples()) == 10
    for language in LANGUAGES:
        text = asking.get("/sparql", params={"lang": language}, headers=HTML).text
        assert all(example.about.of(language).partition("'")[0] in text for example in examples())
    asking.cookies.clear()


def test_an_example_is_a_link_to_its_query_and_its_result(asking: TestClient) -> None:
    text = asking.get("/sparql", headers=HTML).text
    links = re.findall(r'<li><a href="(/sparql\?query=[^"]+)"', text)
    assert len(links) == 10
    shown = asking.get(links[0].replace("&amp;", "&"), headers=HTML).text
    query = parse_qs(urlsplit(links[0]).query)["query"][0]
    root = html5lib.HTMLParser(strict=True).parse(shown)
    (area,) = root.iter("{http://www.w3.org/1999/xhtml}textarea")
    assert (area.text or "").strip() == query.strip()
    assert "/records/document/dbys-2001" in shown
    assert "Türkiye Cumhuriyeti kimlik kartı" in shown
    assert 'aria-current="true"' in shown


def test_iris_are_called_by_their_names_in_the_language_of_the_reader(asking: TestClient) -> None:
    query = (
        "SELECT * { VALUES ?x { <https://veri.example.gov.tr/id/organisation/99001009>"
        " <https://veri.example.gov.tr/id/service/heys-41001#procedure> <http://purl.org/vocab/cpsv#PublicService>"
        " <https://veri.example.gov.tr/def/code/organisation_category.ministry>"
        " <https://veri.example.gov.tr/def/yearly_transactions> <https://elsewhere.example/a/b> } }"
    )
    turkish, english = (page_of(asking, query, lang=language) for language in LANGUAGES)
    asking.cookies.clear()
    for named in ("İçişleri Bakanlığı", "Doğum işlemleri #procedure", "Bakanlık", "Yıllık işlem sayısı"):
        assert f">{named}</a>" in turkish
    for named in ("Ministry of Interior", "Birth registration #procedure", "Ministry", "Yearly transactions"):
        assert f">{named}</a>" in english
    assert ">cpsv:PublicService</a>" in turkish
    assert 'href="https://elsewhere.example/a/b"' in turkish
    assert 'href="/def/code/organisation_category.ministry"' in turkish


def test_a_long_result_says_how_much_of_it_is_shown_and_gives_all_as_files(asking: TestClient) -> None:
    text = page_of(asking, MANY, lang="en")
    asking.cookies.clear()
    assert text.count("<tr>") == MOST_ROWS + 1
    assert re.search(r"The first 200 of \d,\d{3} rows are shown", text)
    formats = re.findall(r'<a href="/sparql\?query=[^"]+format=(\w+)" download>', text)
    assert formats == ["csv", "tsv", "json", "xml"]


def test_yes_and_no_are_said_in_words(asking: TestClient) -> None:
    assert "Evet: sorgunun koşulunu sağlayan veri var." in page_of(asking, "ASK { ?x a ?y }")
    assert "Hayır: sorgunun koşulunu sağlayan veri yok." in page_of(asking, "ASK { ?x a <https://a.example/> }")
    assert "Sorgunun koşulunu sağlayan satır yok." in page_of(asking, "SELECT * { ?x a <https://a.example/> }")


def test_triples_come_as_a_table_and_as_a_picture(asking: TestClient, iris: Iris) -> None:
    query = declared(next(held for held in examples() if held.name == "09-data-flows").text, iris)
    text = page_of(asking, query)
    assert ">özne</th>" in text
    assert "format=turtle" in text
    response = asking.get("/sparql", params={"query": query, "view": "graph"}, headers=HTML)
    assert '<svg class="kg' in response.text or 'class="kg"' in response.text
    assert 'href="/records/organisation/99006201"' in response.text
    assert "'sha256-" in response.headers["content-security-policy"]


def test_a_picture_has_the_edges_of_all_rows_and_counts_those_that_do_not_fit() -> None:
    a, kind = "<http://a.example/{}>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    types = [f"{a.format(place)} {kind} {a.format('class')} ." for place in range(300)]
    edges = [f"{a.format(0)} {a.format('to')} {a.format(place)} ." for place in (*range(1, 161), 1, 160)]
    words = [f'{a.format(0)} {a.format("says")} "{place}" .' for place in range(50)]
    found = rows_of(Outcome(TRIPLES, "\n".join([*types, *edges, *words]).encode(), 0.1, 1), MOST_ROWS)
    assert (found.total, len(found.rows), found.draws) == (512, MOST_ROWS, True)
    assert (len(found.edges), found.left_out) == (MOST_BOXES - 1, 160 - (MOST_BOXES - 1))


def test_a_picture_of_types_alone_says_that_there_is_no_edge(asking: TestClient) -> None:
    text = page_of(asking, "SELECT ?one ?is ?class { VALUES ?is { rdf:type } ?one ?is ?class }", view="graph")
    assert "Çizilecek bağ yok" in text
    assert 'aria-current="true">Çizge' in text


def test_numbers_are_written_digit_for_digit_and_years_without_a_mark(asking: TestClient) -> None:
    text = page_of(asking, "SELECT * { VALUES ?n { 1995 12345 9007199254740993 0.00000001 1234567.5 1.5e3 } }")
    found = re.findall(r'<td class="number">([^<]+)</td>', text)
    assert found == ["1995", "12.345", "9.007.199.254.740.993", "0.00000001", "1.234.567,5", "1500"]


def test_the_history_on_the_page_of_linked_data_is_turtle_that_parses(asking: TestClient) -> None:
    shown = html5lib.HTMLParser().parse(asking.get("/linked-data", headers=HTML).text)
    codes = ("".join(element.itertext()) for element in shown.iter("{http://www.w3.org/1999/xhtml}code"))
    (text,) = (code for code in codes if "kaysis:EarlierValue" in code)
    assert len(list(parse(text, RdfFormat.TURTLE))) == 12


def test_what_is_wrong_is_said_beside_the_query(asking: TestClient) -> None:
    response = asking.get("/sparql", params={"query": "SELECT <nothing>\n{ ?a ? }"}, headers=HTML)
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert "SELECT &lt;nothing&gt;" in response.text
    assert 'aria-invalid="true"' in response.text


def test_prefixes_that_are_used_and_not_declared_are_put_in_front(iris: Iris) -> None:
    told = declared('SELECT ?a { ?a dct:title "org:none" ; rdf:type cv:Event . # skos:none\n}', iris)
    assert set(re.findall(r"PREFIX (\w+):", told)) == {"dct", "rdf", "cv"}
    assert declared(told, iris) == told


def test_programs_ask_for_names_and_terms(asking: TestClient) -> None:
    asked = [f"{BASE}/id/legislation/kanun-5490", "http://purl.org/dc/terms/title"]
    (act, title) = asking.get("/api/names", params={"iri": asked}).json()["names"]
    assert act["text"] == "Nüfus Hizmetleri Kanunu"
    assert (act["href"], act["shape"]) == ("/records/legislation/kanun-5490", "legislation")
    assert title["text"] == "dct:title"
    assert asking.get("/api/names", params={"iri": asked * 51}).status_code == 422
    told = asking.get("/api/terms").json()
    by_name = {term["term"]: term for term in told["terms"]}
    assert by_name["cpsv:PublicService"]["is_class"]
    assert by_name["cpsv:PublicService"]["label_en"] == "Service"
    assert by_name["kaysis:yearly_transactions"]["iri"] == f"{BASE}/def/yearly_transactions"
    assert {"cv:EvidenceType", "cv:Output", "eli:in_force", "eli:title", "cv:specifiesEvidenceType"} <= by_name.keys()
    assert told["prefixes"]["kaysis"] == f"{BASE}/def/"
