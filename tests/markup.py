"""A page as its readers have it: parsed strictly, its elements found, its words read."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

HTML = "{http://www.w3.org/1999/xhtml}"


def parsed(client: TestClient, path: str, status: int = 200) -> Element:
    response = client.get(path)
    assert response.status_code == status, f"{path}: {response.status_code} {response.text[:300]}"
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    # Strict: whatever the standard calls a parse error is raised.
    root: Element = html5lib.HTMLParser(strict=True).parse(response.text)
    return root


def elements(root: Element, *names: str) -> Iterator[Element]:
    for name in names:
        yield from root.iter(f"{HTML}{name}")


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
