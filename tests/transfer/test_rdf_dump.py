"""The whole graph as RDF: every format says the same, a dump is whole or visibly not, and nobody works for nobody."""

import gzip
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
import zstandard
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a harvester asks it
from pyoxigraph import DefaultGraph, Quad
from sparql_copy import served

from kaysis_graph.cli import exit_codes, main
from kaysis_graph.clock import today
from kaysis_graph.errors import Conflict
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.export import whole_graph
from kaysis_graph.linked.export.whole_graph import FORMS, Name, Stream
from kaysis_graph.linked.iris import Iris
from kaysis_graph.settings import Settings

BASE = "http://127.0.0.1:8000"
DEFAULT = DefaultGraph()


@pytest.fixture(scope="module")
def iris(sample: Graph) -> Iris:
    return Iris(BASE, sample.schema)


@pytest.fixture(scope="module")
def quads(sample: Graph, iris: Iris) -> frozenset[Quad]:
    """The seed as it is described, record by record; nothing is told twice."""
    told = list(whole_graph.of_graph(sample.store, iris, sample.on(today())))
    assert len(set(told)) == len(told) > 30_000
    return frozenset(told)


def read(content: bytes, form: whole_graph.RdfForm) -> set[Quad]:
    return set(pyoxigraph.parse(content, form.rdf))


def expected(quads: frozenset[Quad], form: whole_graph.RdfForm) -> set[Quad]:
    return {quad for quad in quads if form.has_graphs or quad.graph_name == DEFAULT}


@pytest.mark.pages
@pytest.mark.parametrize("name", FORMS)
def test_every_format_says_the_same(client: TestClient, quads: frozenset[Quad], name: Name) -> None:
    answer = client.get("/api/dump", params={"format": name})
    form = FORMS[name]
    assert answer.headers["content-type"].startswith(form.media)
    assert f'{form.suffix}"' in answer.headers["content-disposition"]
    assert read(answer.content, form) == expected(quads, form)
    assert client.get("/api/dump", headers={"Accept": form.media}).content == answer.content


@pytest.mark.pages
def test_a_dump_is_compressed_as_it_is_asked_for(client: TestClient) -> None:
    plain = client.get("/api/dump?format=ntriples").content
    packed = client.get("/api/dump?format=ntriples&compression=gzip")
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers
    assert gzip.decompress(packed.content) == plain
    packed = client.get("/api/dump?format=ntriples&compression=zstd")
    assert packed.headers["content-disposition"].endswith('.nt.zst"')
    assert zstandard.ZstdDecompressor().decompressobj().decompress(packed.content) == plain


@pytest.mark.pages
def test_a_dump_of_another_day_is_the_graph_of_that_day(client: TestClient, sample: Graph, iris: Iris) -> None:
    past = read(client.get("/api/dump?format=nquads&at=2015-01-01").content, FORMS["nquads"])
    assert past == set(whole_graph.of_graph(sample.store, iris, sample.on(date(2015, 1, 1))))
    assert past != read(client.get("/api/dump?format=nquads").content, FORMS["nquads"])


@pytest.mark.pages
def test_a_dump_of_the_copy_is_that_of_the_graph(
    sample: Graph, settings: Settings, tmp_path: Path, quads: frozenset[Quad]
) -> None:
    with served(sample, settings, tmp_path) as (client, linked):
        assert linked.newest is not None
        for name in ("trig", "rdfxml"):
            answer = client.get("/api/dump", params={"format": name})
            assert answer.headers["last-sync"] == str(linked.newest.sequence)
            assert read(answer.content, FORMS[name]) == expected(quads, FORMS[name])


@pytest.mark.pages
def test_who_has_a_dump_or_asks_for_its_head_costs_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.get("/api/dump?format=nquads").headers["etag"]
    monkeypatch.setattr(whole_graph, "write", None)
    assert client.get("/api/dump?format=nquads", headers={"If-None-Match": tag}).status_code == 304
    head = client.head("/api/dump?format=nquads")
    assert (head.status_code, head.headers["etag"], head.content) == (200, tag, b"")


@pytest.mark.pages
@pytest.mark.parametrize(
    ("asked", "status"),
    [("format=n3", 422), ("format=nquads&compression=zip", 422), ("at=never", 422), ("att=2020-01-01", 422)],
)
def test_what_there_is_not_is_refused(client: TestClient, asked: str, status: int) -> None:
    assert client.get(f"/api/dump?{asked}").status_code == status


@pytest.mark.pages
def test_a_form_of_media_nobody_writes_is_not_acceptable(client: TestClient) -> None:
    assert client.get("/api/dump", headers={"Accept": "image/png"}).status_code == 406


def test_a_reader_that_goes_away_ends_the_work(iris: Iris, quads: frozenset[Quad]) -> None:
    begun = threading.Event()

    def endless() -> Iterator[Quad]:
        while True:
            yield from quads
            begun.set()

    stream = Stream(endless(), FORMS["nquads"], "none", iris)
    assert next(stream)
    stream.leave()
    stream._making.join(20)
    assert not stream._making.is_alive()


def test_an_error_in_the_middle_reaches_the_reader(iris: Iris, quads: frozenset[Quad]) -> None:
    def broken() -> Iterator[Quad]:
        yield from quads
        raise Conflict("transfer.changed_meanwhile", before=1)

    stream = Stream(broken(), FORMS["turtle"], "gzip", iris)
    with pytest.raises(Conflict):
        list(stream)


def test_a_file_is_begun_again_when_the_graph_changed_and_never_left_half(
    iris: Iris, quads: frozenset[Quad], tmp_path: Path
) -> None:
    turns = 0

    def changing() -> Iterator[Quad]:
        nonlocal turns
        turns += 1
        yield from quads
        if turns < 3:
            raise Conflict("transfer.changed_meanwhile", before=1)

    file = tmp_path / "graph.nq.zst"
    whole_graph.export(file, FORMS["nquads"], iris, changing)
    content = zstandard.ZstdDecompressor().decompressobj().decompress(file.read_bytes())
    assert read(content, FORMS["nquads"]) == quads
    turns = -5
    with pytest.raises(Conflict):
        whole_graph.export(file, FORMS["nquads"], iris, changing)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq.zst"]


@pytest.mark.pages
@pytest.mark.usefixtures("sample")
def test_the_command_writes_what_the_name_tells(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quads: frozenset[Quad]
) -> None:
    monkeypatch.setenv("KAYSIS_HOME", str(settings.home))
    for form in FORMS.values():
        file = tmp_path / f"graph{form.suffix}"
        assert main(["export", str(file)]) == exit_codes.DONE
        assert read(file.read_bytes(), form) == expected(quads, form)
    packed = tmp_path / "graph.gz"
    assert main(["export", str(packed), "--format", "ntriples"]) == exit_codes.DONE
    assert read(gzip.decompress(packed.read_bytes()), FORMS["ntriples"]) == expected(quads, FORMS["ntriples"])


def test_the_command_refuses_a_name_that_tells_no_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "graph.docx")]) == exit_codes.MISUSED
    assert ".jsonl" in capsys.readouterr().err
    assert main(["export", str(tmp_path / "graph.nq"), "--format", "n3"]) == exit_codes.MISUSED
