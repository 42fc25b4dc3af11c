"""What a reader has already is not sent again: If-None-Match by RFC 9110, section 13.1.2, at every address."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it

from api.app import create
from kaysis_graph.graph import history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages
ADDRESSES = [
    "/api/records/service",
    "/records/service/heys-41001",
    "/data/service/heys-41001",
    "/data/catalogue",
    "/def/",
    "/.well-known/void",
    "/api/dump?format=nquads",
    "/static/kinds.svg",
    "/static/icon.svg",
]


def tag_of(client: TestClient, path: str) -> str:
    tag: str = client.head(path).headers["etag"]
    return tag.removeprefix("W/")


@pytest.mark.parametrize("path", [path for path in ADDRESSES if path != "/static/kinds.svg"])
@pytest.mark.parametrize("said", ["{}", "W/{}", '"other", W/{}', '"a,b" ,{}', 'W/"x","y",{} , "z"'])
def test_tags_are_compared_weakly_and_wherever_they_stand_in_a_list(client: TestClient, path: str, said: str) -> None:
    again = client.get(path, headers={"If-None-Match": said.format(tag_of(client, path))})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-type" not in again.headers


@pytest.mark.parametrize("path", [path for path in ADDRESSES if path != "/static/kinds.svg"])
def test_a_tag_that_only_looks_alike_is_another(client: TestClient, path: str) -> None:
    tag = tag_of(client, path)
    for said in (tag.strip('"'), f'"{tag}"', f'"x{tag[1:]}', f'{tag[:-1]}x"', "", ",", f'"before{tag.strip(chr(34))}"'):
        assert client.head(path, headers={"If-None-Match": said}).status_code == 200


@pytest.mark.parametrize("path", ADDRESSES)
def test_who_has_any_representation_is_sent_none_of_what_there_is(client: TestClient, path: str) -> None:
    for ask in (client.get, client.head):
        answer = ask(path, headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("path", ["/records/service/heys-99999", "/data/service/heys-99999", "/nowhere", "/static/no"])
def test_what_there_is_not_is_not_unchanged_either(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"If-None-Match": "*"}).status_code == 404


def test_of_several_fields_of_the_header_each_counts(client: TestClient) -> None:
    tag = tag_of(client, "/data/catalogue")
    headers = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert client.get("/data/catalogue", headers=headers).status_code == 304


@pytest.fixture
def written(store: Store, kinds: Schema, settings: Settings) -> Iterator[tuple[TestClient, Graph]]:
    """A service over two laws, one of which rests on the other."""
    law = {"kind": "Legislation", "legislation_type": "law"}
    writer.save(store, kinds, {**law, "id": "kanun-90001", "title": "Bir Kanun", "number": "90001"}, author=AUTHOR)
    based: dict[str, object] = {**law, "id": "kanun-90002", "title": "İki Kanun", "number": "90002"}
    based |= {"edges": [{"type": "BASED_ON", "to": "kanun-90001"}]}
    writer.save(store, kinds, based, author=AUTHOR)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    with TestClient(create(graph, replace(settings, language="en"))) as client:
        yield client, graph
    graph.follower.end()


def test_a_record_keeps_its_tag_while_others_change_and_loses_it_when_its_own_document_does(
    written: tuple[TestClient, Graph], store: Store, kinds: Schema
) -> None:
    client, graph = written
    bodies: dict[str, str] = {}
    tags: dict[str, str] = {}

    def looked_at() -> set[str]:
        """The laws whose documents are not what they were; a document and its tag change together."""
        changed = set()
        for name in ("kanun-90001", "kanun-90002"):
            answer = client.get(f"/data/legislation/{name}.ttl")
            assert (answer.text == bodies.get(name)) == (answer.headers["etag"] == tags.get(name))
            if answer.headers["etag"] != tags.get(name):
                changed.add(name)
            bodies[name], tags[name] = answer.text, answer.headers["etag"]
        return changed

    def change(told: Mapping[str, object]) -> set[str]:
        writer.save(store, kinds, told, author=AUTHOR)
        graph.follower.catch_up()
        return looked_at()

    law = {"kind": "Legislation", "legislation_type": "law"}
    first = {**law, "id": "kanun-90001", "title": "Bir Kanun", "number": "90001"}
    looked_at()
    assert change({**law, "id": "kanun-90003", "title": "Üç Kanun", "number": "90003"}) == set()
    # The document of the one that rests on it names it.
    assert change({**first, "title": "Birinci Kanun"}) == {"kanun-90001", "kanun-90002"}
    # Of a neighbour a document tells no more than its classes, its names and what these demand.
    assert change({**first, "title": "Birinci Kanun", "gazette_no": "24000", "note": "Elden"}) == {"kanun-90001"}
    repeal = [{"type": "REPEALS", "to": "kanun-90002", "valid_from": "2020-01-01"}]
    repealing = {**law, "id": "kanun-90003", "title": "Üç Kanun", "number": "90003", "edges": repeal}
    # What another law does to it shows in its own document, although it was not written itself.
    assert change(repealing) == {"kanun-90002"}


@pytest.mark.parametrize(
    "path", ["/def/", "/def/Service", "/def/code/legislation_type", "/def/shapes.ttl", "/def/context.jsonld"]
)
def test_the_vocabulary_keeps_its_tag_whatever_is_written(
    written: tuple[TestClient, Graph], store: Store, kinds: Schema, path: str
) -> None:
    client, graph = written
    first = client.get(path, headers={"Accept": "text/turtle"})
    law = {
        "kind": "Legislation",
        "legislation_type": "law",
        "id": "kanun-90003",
        "title": "Üç Kanun",
        "number": "90003",
    }
    writer.save(store, kinds, law, author=AUTHOR)
    graph.follower.catch_up()
    again = client.get(path, headers={"Accept": "text/turtle", "If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_document_of_a_record_says_when_it_was_last_changed(
    written: tuple[TestClient, Graph], store: Store
) -> None:
    client, _ = written
    (made,) = [change.at for change in history.changes_of(store, "kanun-90002")]
    said = client.get("/data/legislation/kanun-90002.nt").text
    moment = made.replace("+00:00", "Z")
    assert f'<http://purl.org/dc/terms/modified> "{moment}"^^<http://www.w3.org/2001/XMLSchema#dateTime>' in said
