"""The pages: whole, valid, linked, in both languages, without script and without anything inline."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import html5lib
import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from jinja2 import meta
from markup import HTML, elements, parsed, words

from kaysis_graph import files
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import LANGUAGES, catalogue
from ui.pages import page_parts

pytestmark = pytest.mark.pages
# One of each template, and of each way a template can look.
PAGES = {
    "/": 200,
    "/about": 200,
    "/linked-data": 200,
    "/search": 200,
    "/search?q=hastane": 200,
    "/search?q=sa%C4%9Fl%C4%B1k&kind=organisation": 200,
    "/search?q=zzzzzz": 200,
    "/records/legislation": 200,
    "/records/legislation?legislation_type=law&ever=true": 200,
    "/records/official": 200,
    "/records/legislation/kanun-5490": 200,
    "/records/organisation/99001009": 200,
    "/records/service/heys-41001": 200,
    "/records/place/il-06": 200,
    "/records/legislation/kanun-5490/edges?direction=in": 200,
    "/records/legislation/kanun-5490/history": 200,
    "/flows": 200,
    "/flows?whole=state": 200,
    "/flows?organisation=99007301": 200,
    "/flows?organisation=99001009": 200,
    "/flows?service=heys-41001&at=2020-01-01": 200,
    "/flows?from=24322010&to=99006101": 200,
    "/legislation": 200,
    "/legislation?record=zzzzzz": 200,
    "/legislation?record=y%C3%B6netmelik": 200,
    "/legislation/kanun-5490": 200,
    "/legislation/kanun-5490.m11": 200,
    "/legislation/kanun-1750": 200,
    "/legislation/kanun-5490?direction=down": 200,
    "/legislation/kanun-5490/text": 200,
    "/legislation/kanun-5490/text?words=zzzz": 200,
    "/legislation/kanun-5490/timeline": 200,
    "/legislation/kanun-5490/text?place=zzz": 200,
    "/legislation/cbk-1/resting?kind=organisation": 200,
    "/legislation/cbk-1?limit=20": 200,
    "/legislation/kanun-5490?direction=up&relation=amends": 200,
    "/legislation/unfounded?mode=any": 200,
    "/legislation/unfounded?mode=any&group=base&sort=lost_on&words=y%C3%B6netmelik": 200,
    "/quality": 200,
    "/quality?rule=service_without_basis&limit=2": 200,
    "/quality?severity=error&at=2020-01-01": 200,
    "/services": 200,
    "/services?beneficiary=veterans": 200,
    "/services/heys-41001": 200,
    "/services/heys-41019?at=2020-01-01": 200,
    "/services/table": 200,
    "/services/table?organisation=99006201": 200,
    "/services/table?organisation=99001009": 200,
    "/services/inventory": 200,
    "/explore": 200,
    "/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1&act=99000001~in~ISSUED_BY~legislation~0": 200,
    "/explore?act=99000001&act=99000001~in~ISSUED_BY~legislation~9&ever=true&records=100&edges=100": 200,
    "/explore?act=path~heys-41001~anayasa-2709&kinds=legislation&types=BASED_ON": 200,
    "/explore?add=zzzzzz": 200,
    "/explore?act=nobody&act=a~b": 422,
    "/embed/explore": 403,
    "/impact": 200,
    "/impact/what-if": 200,
    "/impact/what-if?record=kanun-5490&chain=all": 200,
    "/impact/legislation/kanun-5490": 200,
    "/impact/legislation/kanun-5490?group=institution&words=kay%C4%B1t&sort=title&kinds=service": 200,
    "/impact/legislation/kanun-5490?institution=none&group=depth&limit=5": 200,
    "/paths": 200,
    "/paths?from=kanun-5490&to=heys-41004&direction=impact&types=BASED_ON&through=legislation": 200,
    "/paths?from=kanun-5490&to=kanun-5018&avoid=99000001&count=5": 200,
    "/paths?from=heys-41001&to=anayasa-2709&count=3": 200,
    "/paths?from=il-06&to=veri-1&types=REPEALS": 200,
    "/organisations": 200,
    "/organisations/99001009?at=2019-01-11": 200,
    "/organisations/99006201?under=99109002&ever=true": 200,
    "/organisations/99001009/difference": 200,
    "/organisations/99001009/difference?from=2018-09-01&to=2019-01-11": 200,
    "/organisations/99001009/difference?from=2019-09-01&to=2018-01-11": 200,
    "/vocabulary": 200,
    "/def/Service?format=html": 200,
    "/def/provided_by?format=html": 200,
    "/def/Edge?format=html": 200,
    "/def/code/place_type?format=html": 200,
    "/def/code/place_type.province?format=html": 200,
    "/nothing": 404,
    "/records/cat": 404,
    "/records/service/heys-1": 404,
    "/legislation/kanun-1": 404,
    "/legislation/kanun-5490?at=never": 422,
    "/paths?count=99": 422,
}


@pytest.fixture(autouse=True)
def _without_cookies(client: TestClient) -> Iterator[None]:
    """No test reads in the language another one chose."""
    yield
    client.cookies.clear()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "status"), PAGES.items())
def test_a_page_is_valid_and_can_be_used_by_everybody(
    client: TestClient, path: str, status: int, language: str
) -> None:
    root = parsed(client, f"{path}{'&' if '?' in path else '?'}lang={language}", status)
    assert root.get("lang") == language
    (heading,) = elements(root, "h1")
    assert words(heading)
    assert words(next(elements(root, "title")))
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    labelled = {label.get("for") for label in elements(root, "label")}
    for control in elements(root, "input", "select"):
        assert control.get("type") == "hidden" or control.get("id") in labelled
    for attribute in ("aria-labelledby", "aria-describedby"):
        for element in root.iter():
            assert element.get(attribute, identifiers[0]) in identifiers
    assert {element.get("href") for element in elements(root, "a")} >= {"#content"}
    assert all(words(link) for link in elements(root, "a"))
    levels = [
        int(element.tag[-1]) for element in root.iter() if re.fullmatch(rf"{re.escape(HTML)}h[1-6]", str(element.tag))
    ]
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_brings_no_script_and_no_style_inside_itself(client: TestClient, path: str) -> None:
    response = client.get(path)
    root = html5lib.HTMLParser().parse(response.text)
    assert not list(elements(root, "style"))
    assert all(script.get("src", "").startswith("/static/") for script in elements(root, "script"))
    assert not [
        element for element in root.iter() for name in element.attrib if name == "style" or name.startswith("on")
    ]
    policy = response.headers["content-security-policy"]
    # Only the sheets inside pictures, by their hashes.
    assert ("sha256-" in policy) == ("<style>" in response.text)
    assert "unsafe-inline" not in policy


class PageLinks(HTMLParser):
    """Where the links of a page lead, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hrefs += [value for name, value in attrs if name == "href" and value]


def test_every_link_from_the_start_page_on_leads_somewhere(client: TestClient) -> None:
    seen: set[str] = set()
    shapes: set[tuple[object, ...]] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        response = client.get(path)
        while response.status_code in (303, 308):
            response = client.get(response.headers["location"])
        assert response.status_code == 200, f"{path}: {response.status_code}"
        if not response.headers["content-type"].startswith("text/html"):
            continue
        # Whether a page is well made is asked above; for its addresses a parser 30 times as fast does.
        links = PageLinks()
        links.feed(response.text)
        for href in links.hrefs:
            target = href.partition("#")[0].removeprefix("http://127.0.0.1:8000")
            if not target.startswith("/") or target in seen:
                continue
            seen.add(target)
            parts = urlsplit(target)
            kind = tuple("*" if any(letter.isdigit() for letter in part) else part for part in parts.path.split("/"))
            # Each parameter of each page once: all that go together would be thousands.
            asked = {(kind, name) for name in ("", *dict(parse_qsl(parts.query)))}
            if not asked <= shapes:
                waiting.append(target)
                shapes |= asked
    assert len(shapes) > 60


def test_every_template_is_given_its_page_and_nothing_else() -> None:
    environment = page_parts._environment()
    for path in (files.UI / "templates").glob("*.html"):
        free = meta.find_undeclared_variables(environment.parse(path.read_text(encoding="utf-8")))
        assert free <= {"page", "parts"}, path.name


def test_every_text_that_a_template_says_is_in_the_catalogue() -> None:
    for path in (files.UI / "templates").glob("*.html"):
        for key in re.findall(r'frame\.say\("([a-z_]+)"[,)]', path.read_text(encoding="utf-8")):
            assert f"pages.{key}" in catalogue(), f"{path.name}: {key}"


def test_the_day_stays_with_the_reader(client: TestClient) -> None:
    root = parsed(client, "/legislation/kanun-5490?direction=down&at=2020-01-01")
    days = [element for element in elements(root, "input") if element.get("name") == "at"]
    assert {element.get("value") for element in days} == {"2020-01-01"}
    links = [link.get("href") or "" for link in elements(root, "a")]
    assert "/records/legislation/kanun-5490?at=2020-01-01" in links
    assert "01.01.2020" in words(root)


def test_days_and_numbers_are_written_as_their_readers_write_them(client: TestClient) -> None:
    path = "/records/legislation/kanun-5490"
    assert "29.04.2006" in words(parsed(client, path))
    assert "29 April 2006" in words(parsed(client, f"{path}?lang=en"))


def test_the_language_chosen_on_a_page_is_remembered(client: TestClient) -> None:
    response = client.get("/?lang=en")
    assert "lang=en" in response.headers["set-cookie"]
    assert "set-cookie" not in client.get("/api/status?lang=en").headers


def test_words_lead_to_the_record_they_name(client: TestClient) -> None:
    moved = client.get("/legislation?record=5490&direction=up&depth=")
    assert moved.status_code == 303
    assert moved.headers["location"] == "/legislation/kanun-5490?direction=up&relation=based_on"
    moved = client.get("/flows?organisation=Sa%C4%9Fl%C4%B1k+Bakanl%C4%B1%C4%9F%C4%B1")
    assert moved.headers["location"] == "/flows?organisation=24322010"


def test_words_that_fit_several_records_are_asked_back(client: TestClient) -> None:
    root = parsed(client, "/legislation?record=y%C3%B6netmelik&direction=up")
    choices = [link.get("href") or "" for link in elements(root, "a")]
    assert sum(choice.startswith("/legislation/") and "direction=up" in choice for choice in choices) > 3


def test_an_answer_can_be_asked_in_other_ways(client: TestClient) -> None:
    text = words(parsed(client, "/legislation/kanun-5490?direction=down&at=2025-03-01"))
    assert "http://127.0.0.1:8000/legislation/kanun-5490?direction=down&relation=based_on&at=2025-03-01" in text
    assert "kaysis legislation kanun-5490 --direction down --relation based_on --at 2025-03-01" in text
    assert ":params {id: 'kanun-5490', at: date('2025-03-01')}" in text
    amended = words(parsed(client, "/legislation/kanun-5490?relation=amends"))
    assert ":AMENDS" in amended


def test_a_long_answer_is_paged_under_its_table(client: TestClient) -> None:
    root = parsed(client, "/legislation/cbk-1?limit=20")
    following = [link.get("href") or "" for link in elements(root, "a") if link.get("rel") == "next"]
    assert following == ["/legislation/cbk-1?limit=20&offset=20#table"]
    back = parsed(client, "/legislation/cbk-1?limit=20&offset=20")
    assert [link.get("href") for link in elements(back, "a") if link.get("rel") == "prev"] == [
        "/legislation/cbk-1?limit=20#table"
    ]


def test_the_service_table_has_the_words_and_the_order_of_the_form(client: TestClient) -> None:
    root = parsed(client, "/services/table?organisation=99006201&lang=tr")
    assert [words(cell) for cell in elements(root, "th")] == [
        "SIRA NO",
        "VATANDAŞA SUNULAN HİZMETİN ADI",
        "BAŞVURUDA İSTENİLEN BELGELER",
        "HİZMETİN TAMAMLANMA SÜRESİ (EN GEÇ SÜRE)",
    ]
    assert "ilk müracaat yerine ya da ikinci müracaat yerine başvurunuz" in words(root)


def test_a_title_cannot_become_markup(client: TestClient, sample: Graph) -> None:
    assert sample.sequence
    response = client.get("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("5490 m.11", "/legislation/kanun-5490.m11"),
        ("5490 sayılı Kanunun 11 inci maddesi", "/legislation/kanun-5490.m11"),
        ("5490 sayılı Kanun'un 11. maddesi", "/legislation/kanun-5490.m11"),
        ("Nüfus Hizmetleri Kanununun 11'inci maddesi", "/legislation/kanun-5490.m11"),
        ("5490 m.999", "/legislation/kanun-5490/text?place=m.999"),
    ],
)
def test_an_article_is_found_as_officials_write_it(client: TestClient, said: str, way: str) -> None:
    moved = client.get("/legislation", params={"record": said}, follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, way)


def test_an_article_that_is_not_recorded_is_said_to_be_missing(client: TestClient) -> None:
    assert "“m.999” diye bir madde kayıtlı değil" in client.get("/legislation/kanun-5490/text?place=m.999").text


def test_no_address_makes_a_page_lead_to_another_site(client: TestClient) -> None:
    root = parsed(client, "http://127.0.0.1:8000//elsewhere.example/x?lang=tr", 404)
    links = [held.get("href") or "" for held in elements(root, "a")]
    assert "/elsewhere.example/x?lang=en" in links
    assert not [href for href in links if href.startswith("//")]
