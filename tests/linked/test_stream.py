"""The stream of changes: who walks it once has the whole graph, who comes back has what changed since."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyoxigraph
import pytest
from conftest import AUTHOR, WIPE
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a harvester asks it
from pyoxigraph import NamedNode, Quad, RdfFormat

from api.app import create
from kaysis_graph import clock
from kaysis_graph.clock import today
from kaysis_graph.graph import history
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.linked.export import event_stream, record_lists, vocabulary
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages
TREE, LDES = "https://w3id.org/tree#", "https://w3id.org/ldes#"
DCT, DELETE = "http://purl.org/dc/terms/", NamedNode("https://www.w3.org/ns/activitystreams#Delete")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass
class Harvester:
    """A client by the standard alone: it follows relations, knows members again, keeps the newest of each record."""

    client: TestClient
    base: str
    seen: set[str] = field(default_factory=set)
    newest: dict[str, str] = field(default_factory=dict)
    statements: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    bookmark: str = ""
    pages: int = 0

    def read(self, address: str) -> list[Any]:
        answer = self.client.get(address.removeprefix(self.base), headers={"Accept": "application/trig"})
        assert answer.status_code == 200, answer.text
        self.pages += 1
        quads: list[Any] = list(pyoxigraph.parse(answer.content, RdfFormat.TRIG))
        is_immutable = any(quad.predicate.value == f"{LDES}immutable" for quad in quads)
        assert is_immutable == ("immutable" in answer.headers["cache-control"])
        return quads

    def follow(self) -> list[str]:
        """The records that were told anew, in the order of the stream."""
        told: list[str] = []
        waiting = [self.bookmark or f"{self.base}/data/stream"]
        while waiting:
            self.bookmark = waiting.pop()
            quads = self.read(self.bookmark)
            waiting += [one.object.value for one in quads if one.predicate.value == f"{TREE}node"]
            told += self.taken(quads)
        return told

    def taken(self, quads: list[Any]) -> Iterator[str]:
        members = [one.object for one in quads if one.predicate.value == f"{TREE}member"]
        for member in members:
            if member.value in self.seen:
                continue
            self.seen.add(member.value)
            said = {one.predicate.value: one.object.value for one in quads if one.subject == member}
            record, created = said[f"{DCT}isVersionOf"], said[f"{DCT}created"]
            assert created >= max(self.newest.values(), default="")
            self.newest[record] = created
            if Quad(member, TYPE, DELETE) in quads:
                self.statements.pop(record, None)
            else:
                self.statements[record] = triples(one for one in quads if one.graph_name == member)
            yield record

    @property
    def everything(self) -> set[tuple[str, str, str]]:
        return set().union(*self.statements.values())


def triples(quads: Iterable[Quad]) -> set[tuple[str, str, str]]:
    return {(str(one.subject), str(one.predicate), str(one.object)) for one in quads}


def dumped(client: TestClient, iris: Iris) -> set[tuple[str, str, str]]:
    """All that the dump says of records, in both of its graphs."""
    dump = client.get("/api/dump?format=nquads").content
    return triples(pyoxigraph.parse(dump, RdfFormat.N_QUADS)) - triples(vocabulary.quads(iris))


def test_the_walk_of_the_whole_stream_gives_what_the_dump_gives(
    client: TestClient, sample: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "AT_A_TIME", 40)
    harvester = Harvester(client, settings.base)
    told = harvester.follow()
    assert len(told) == len(set(told)), "a record is told once, in its newest state"
    assert harvester.pages > 5
    assert harvester.everything == dumped(client, Iris(settings.base, sample.schema))
    assert harvester.follow() == []
    assert harvester.everything == dumped(client, Iris(settings.base, sample.schema))


def test_the_stream_says_how_it_is_to_be_read(client: TestClient, settings: Settings) -> None:
    quads: list[Any] = list(pyoxigraph.parse(client.get("/data/stream").content, RdfFormat.TRIG))
    said = {(one.predicate.value, one.object.value) for one in quads}
    assert (TYPE.value, f"{LDES}EventStream") in said
    assert (f"{TREE}view", f"{settings.base}/data/stream") in said
    assert (f"{LDES}timestampPath", f"{DCT}created") in said
    assert (f"{LDES}versionOfPath", f"{DCT}isVersionOf") in said
    assert (f"{LDES}versionDeleteObject", DELETE.value) in said
    assert (f"{LDES}versionAmount", "1") in said


@pytest.mark.parametrize("media", ["application/n-quads", "application/ld+json", "text/turtle", "text/plain"])
def test_a_page_comes_in_every_form(client: TestClient, media: str) -> None:
    whole = pyoxigraph.parse(client.get("/data/stream/0").content, RdfFormat.TRIG)
    answer = client.get("/data/stream/0", headers={"Accept": media})
    given = answer.headers["content-type"].partition(";")[0]
    assert given == ("application/n-triples" if media == "text/plain" else media)
    form = RdfFormat.from_media_type(given)
    assert form is not None
    assert triples(pyoxigraph.parse(answer.content, form)) == triples(whole)


def test_what_is_no_place_of_the_stream_is_not_found(client: TestClient) -> None:
    for place in ("nowhere", "~", "2026-01-01~heys-1", "2026-01-01T00:00:00Z~"):
        assert client.get(f"/data/stream/{place}", headers={"Accept": "text/turtle"}).status_code == 404
    assert client.get("/data/stream?page=2").status_code == 422
    assert client.get("/data/stream", headers={"Accept": "image/png"}).status_code == 406


# Lists of records


def test_every_record_of_a_kind_is_listed_once_with_the_time_of_its_last_change(
    client: TestClient, sample: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_lists, "AT_A_TIME", 7)
    hydra = record_lists.HYDRA
    for kind in ("service", "provision", "appointment"):
        known = next(held for held in sample.schema.kinds.values() if held.slug == kind)
        address, found, totals = f"/data/{kind}", [], set()
        while address:
            answer = client.get(address, headers={"Accept": "text/turtle"})
            quads: list[Any] = list(pyoxigraph.parse(answer.content, RdfFormat.TURTLE))
            found += [one.object.value for one in quads if one.predicate.value == f"{hydra}member"]
            totals |= {one.object.value for one in quads if one.predicate.value == f"{hydra}totalItems"}
            dated = {one.subject.value for one in quads if one.predicate.value == f"{DCT}modified"}
            named = {one.subject.value for one in quads if one.predicate.value == f"{DCT}title"}
            members = {one.object.value for one in quads if one.predicate.value == f"{hydra}member"}
            assert dated == members
            assert members <= named
            onward = [one.object.value for one in quads if one.predicate.value == f"{hydra}next"]
            address = onward[0].removeprefix(settings.base) if onward else ""
        records = sample.follower.current.records
        iris = Iris(settings.base, sample.schema)
        wanted = {iris.record(known, name) for name in records.ids[records.of_kinds(known.name)].tolist()}
        assert sorted(found) == sorted(wanted)
        assert totals == {str(len(wanted))}


def test_stream_and_lists_are_found_from_the_catalogue_and_from_void(client: TestClient, settings: Settings) -> None:
    for path in ("/data/catalogue.ttl", "/.well-known/void?format=turtle"):
        told = client.get(path).text
        quads: list[Any] = list(pyoxigraph.parse(told.encode(), RdfFormat.TURTLE))
        lists = {one.object.value for one in quads if one.predicate.value.endswith("hydra/core#collection")}
        assert f"{settings.base}/data/service" in lists
        assert any(one.object.value == f"{settings.base}/data/stream" for one in quads)
        for one in lists:
            assert client.get(one.removeprefix(settings.base), headers={"Accept": "text/turtle"}).status_code == 200


def test_a_list_of_no_kind_is_not_found(client: TestClient) -> None:
    assert client.get("/data/nothing", headers={"Accept": "text/turtle"}).status_code == 404
    listed = client.get("/data/service.ttl", headers={"Accept": "text/turtle"})
    assert listed.status_code == 404
    assert re.search("service.ttl", listed.text)


# What is written while a harvester comes again; last, because it takes the place of the sample


@dataclass
class World:
    """A graph that is written to while it is harvested."""

    store: Store
    kinds: Schema
    graph: Graph
    harvester: Harvester

    def save(self, told: Mapping[str, object]) -> None:
        writer.save(self.store, self.kinds, told, author=AUTHOR)

    def told(self) -> set[str]:
        """The records told since the last time; the harvester then has what the dump has."""
        self.graph.follower.catch_up()
        names = {record.rpartition("/")[2] for record in self.harvester.follow()}
        iris = Iris(self.harvester.base, self.kinds)
        assert self.harvester.everything == dumped(self.harvester.client, iris)
        return names


@pytest.fixture
def world(store: Store, kinds: Schema, settings: Settings) -> Iterator[World]:
    graph = Graph(store, kinds, Follower(store, kinds, None))
    with TestClient(create(graph, replace(settings, language="en"))) as client:
        yield World(store, kinds, graph, Harvester(client, settings.base))
    graph.follower.end()


def law(number: int, **more: object) -> dict[str, object]:
    told = {"kind": "Legislation", "legislation_type": "law", "id": f"kanun-{number}", "title": f"{number} Kanun"}
    return {**told, "number": str(number), **more}


def test_who_comes_back_is_told_what_changed_and_nothing_else(world: World) -> None:
    assert world.told() == set()
    world.save(law(90001))
    world.save(law(90002))
    assert world.told() == {"kanun-90001", "kanun-90002"}
    assert world.told() == set()
    world.save(law(90002, title="Yeni Ad"))
    assert world.told() == {"kanun-90002"}
    # Another law's repeal changes what is said of this one, which nobody wrote.
    repeal = {"type": "REPEALS", "to": "kanun-90001", "valid_from": "2020-01-01"}
    world.save(law(90003, edges=[repeal]))
    assert {"kanun-90001", "kanun-90003"} <= world.told()
    world.save(law(90003, edges=[]))
    assert {"kanun-90001", "kanun-90003"} <= world.told()


def test_what_a_source_says_of_an_acts_force_reaches_its_articles(world: World) -> None:
    world.save(law(90001))
    article = {"kind": "Provision", "id": "kanun-90001.m1", "title": "Madde 1", "place": "m.1"}
    world.save({**article, "provision_type": "article", "edges": [{"type": "PART_OF", "to": "kanun-90001"}]})
    world.told()
    world.save(law(90001, told_force="not_in_force"))
    assert world.told() == {"kanun-90001", "kanun-90001.m1"}


def test_a_deleted_record_is_told_as_deleted_and_nobody_keeps_it(world: World) -> None:
    world.save(law(90001))
    world.save(law(90002, edges=[{"type": "BASED_ON", "to": "kanun-90001"}]))
    world.told()
    writer.delete(world.store, world.kinds, "kanun-90002", AUTHOR)
    assert "kanun-90002" in world.told()
    assert not any("kanun-90002" in record for record in world.harvester.statements)
    late = Harvester(world.harvester.client, world.harvester.base)
    assert any("kanun-90002" in record for record in late.follow()), "who comes later learns that there was one"
    assert late.everything == world.harvester.everything


def test_a_day_on_which_something_begins_or_ends_is_told_without_a_write(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins = date(today().year + 1, 3, 1)
    world.save(law(90001))
    world.save(law(90002, valid_from=begins.isoformat()))
    world.save(law(90003, edges=[{"type": "BASED_ON", "to": "kanun-90001", "valid_from": begins.isoformat()}]))
    world.told()
    turn_to(begins, monkeypatch)
    assert {"kanun-90002", "kanun-90003"} <= world.told()
    assert world.told() == set()


def test_a_day_is_told_when_it_begins_where_the_register_is_kept(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    begins = date(today().year + 1, 3, 1)
    world.save(law(90002, valid_from=begins.isoformat()))
    world.told()
    midnight = datetime(begins.year, begins.month, begins.day, tzinfo=clock.zone()).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: midnight + timedelta(minutes=1))
    assert world.told() == {"kanun-90002"}
    assert max(world.harvester.newest.values()) == midnight.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def turn_to(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day is another one in the world outside."""
    monkeypatch.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def test_a_graph_that_was_wiped_is_told_anew(world: World, prepared: Store) -> None:
    world.save(law(90001))
    world.told()
    prepared.write(lambda transaction: transaction.run(WIPE))
    history.begin(prepared)
    world.save(law(90009))
    world.graph.follower.catch_up()
    late = Harvester(world.harvester.client, world.harvester.base)
    assert [record.rpartition("/")[2] for record in late.follow()] == ["kanun-90009"]
