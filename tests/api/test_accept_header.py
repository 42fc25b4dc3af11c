"""Which form an Accept header asks for, by RFC 9110, section 12.5.1."""

import pytest
from starlette.testclient import TestClient

from api import accept_header

OFFERED = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "html": ("text/html",),
}


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("", "turtle"),
        ("*/*", "turtle"),
        ("text/html", "html"),
        ("TEXT/HTML", "html"),
        ("Application/LD+JSON;Q=0.9, text/*;q=0.5", "jsonld"),
        ("text/turtle;q=0.5, application/ld+json;q=0.8", "jsonld"),
        ("text/turtle;q=0, */*", "jsonld"),
        ("text/*;q=0, */*;q=0.1", "jsonld"),
        ("*/*;q=0.1, text/html;q=0.2", "html"),
        ("application/json;q=0.4, application/ld+json;q=0.2, text/turtle;q=0.3", "jsonld"),
        ("text/turtle;q=much, text/html", "html"),
        ("text/turtle;q=nan, application/ld+json;q=inf, text/html;q=0.1", "html"),
        ("text/html;q=.1, image/gif, *; q=.2, */*; q=.2", "turtle"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/turtle;q=0, application/*;q=0, text/html;q=0", None),
        (", ,", None),
    ],
)
def test_the_most_specific_range_decides(header: str, form: str | None) -> None:
    assert accept_header.preferred(OFFERED, accept_header.ranges(header)) == form


@pytest.mark.parametrize(
    ("header", "people"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("Text/HTML", True),
        ("text/html;q=0", False),
        ("*/*", False),
        ("text/turtle, text/html", False),
        ("text/turtle, text/html;q=0.9", False),
        (", ,", False),
    ],
)
def test_browsers_are_told_by_what_they_want_first(header: str, people: bool) -> None:  # noqa: FBT001  # a row of a table
    assert accept_header.is_for_people(accept_header.ranges(header)) is people


@pytest.mark.pages
@pytest.mark.parametrize("path", ["/data/service/heys-41001", "/def/Service", "/.well-known/void", "/api/dump"])
def test_every_address_of_data_reads_names_in_any_case_and_heeds_what_is_refused(client: TestClient, path: str) -> None:
    given = client.get(path, headers={"Accept": "Text/Turtle"})
    assert given.headers["content-type"].startswith("text/turtle")
    other = client.get(path, headers={"Accept": "text/turtle;q=0, application/n-triples"})
    assert other.headers["content-type"].startswith("application/n-triples")
    as_text = client.get(path, headers={"Accept": "text/plain"})
    assert as_text.headers["content-type"].startswith("application/n-triples")
