"""What the operator says of the catalogue is told to portals, what he does not say is named and never invented."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from exported import SHARED, flaws, rules, triples
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a harvester asks it
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, XSD, Literal, Namespace, URIRef
from rdflib import Graph as Triples

from api.app import create
from kaysis_graph import publication
from kaysis_graph import settings as environment
from kaysis_graph.cli.answers import quality
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.clock import today
from kaysis_graph.errors import SettingError
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.export import all_quads
from kaysis_graph.linked.iris import Iris
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.publication import NOTHING_SAID
from kaysis_graph.settings import Settings

EXAMPLE = Path(__file__).parents[2] / "docs" / "catalogue.toml"
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTHORITY = Namespace("http://publications.europa.eu/resource/authority/")


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "catalogue.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_nothing_is_said_but_what_the_graph_is_about() -> None:
    assert environment.read({}).publication == NOTHING_SAID
    assert environment.read({"KAYSIS_CATALOGUE": ""}).publication == NOTHING_SAID
    assert [key for key, _ in NOTHING_SAID.missing()] == [
        "publisher.name", "publisher.type", "contact", "licence", "keywords", "spatial", "frequency", "issued",
    ]  # fmt: skip


def test_the_file_to_begin_with_says_everything() -> None:
    said = environment.read({"KAYSIS_CATALOGUE": str(EXAMPLE)}).publication
    assert said.missing() == []
    assert all(getattr(said, field.name) for field in fields(said))


@pytest.mark.parametrize(
    ("text", "key", "way_out"),
    [
        ("[publisher", "catalogue.toml", "docs/catalogue.toml"),
        ('licens = "https://a.example/"', "licens", "licence"),
        ('[publisher]\nphone = "1"', "publisher.phone", "publisher.email"),
        ('licence = "CC BY"', "licence", "https://"),
        ("title = 5", "title", "tr"),
        ('title = { tr = "Ad", de = "Name" }', "title", "tr"),
        ('title = { en = " " }', "title.en", "tr"),
        ('themes = ["GOVERNMENT"]', "themes", "GOVE"),
        ('frequency = "daily"', "frequency", "DAILY"),
        ('issued = "2026-11-29"', "issued", "2026-11-29"),
        ('spatial = "Ankara"', "spatial", "TUR"),
        ('[contact]\nemail = "kurum"', "contact.email", "@"),
        ('[publisher]\ntype = "Ministry"', "publisher.type", "NationalAuthority"),
        ("publisher = 5", "publisher", "publisher.name"),
        ("keywords = { tr = [1] }", "keywords.tr", "tr"),
    ],
)
def test_what_cannot_be_is_refused_at_the_start_with_its_key_and_a_way_out(
    tmp_path: Path, text: str, key: str, way_out: str
) -> None:
    with pytest.raises(SettingError) as refused:
        environment.read({"KAYSIS_CATALOGUE": str(written(tmp_path, text))})
    for language in LANGUAGES:
        assert key in refused.value.text(language)
        assert way_out in (refused.value.hint(language) or "")


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingError) as refused:
        environment.read({"KAYSIS_CATALOGUE": "/nowhere/catalogue.toml"})
    assert "/nowhere/catalogue.toml" in refused.value.text("tr")


@pytest.fixture(scope="module")
def published(sample: Graph, settings: Settings) -> Iterator[TestClient]:
    """The service of an operator who has said everything."""
    with TestClient(create(sample, replace(settings, publication=publication.read(EXAMPLE)))) as client:
        yield client


def described(client: TestClient) -> Triples:
    return Triples().parse(data=client.get("/data/catalogue.ttl").text, format="turtle")


@pytest.mark.pages
def test_portals_are_told_all_of_it(published: TestClient, sample: Graph, settings: Settings) -> None:
    told = described(published)
    dataset = URIRef(f"{settings.base}/id/catalogue#dataset")
    assert set(told.objects(dataset, DCAT.theme)) == {AUTHORITY["data-theme/GOVE"], AUTHORITY["data-theme/JUST"]}
    assert Literal("mevzuat", "tr") in set(told.objects(dataset, DCAT.keyword))
    assert told.value(dataset, DCTERMS.spatial) == AUTHORITY["country/TUR"]
    assert told.value(dataset, DCTERMS.accrualPeriodicity) == AUTHORITY["frequency/CONT"]
    assert told.value(dataset, DCTERMS.issued) == Literal("2026-11-29", datatype=XSD.date)
    at = history.times_of(sample.store, [sample.sequence])[sample.sequence].replace("+00:00", "Z")
    assert told.value(dataset, DCTERMS.modified) == Literal(at, datatype=XSD.dateTime)
    contact = told.value(dataset, DCAT.contactPoint)
    assert told.value(contact, VCARD.hasEmail) == URIRef("mailto:veri@kurum.example")
    publisher = told.value(dataset, DCTERMS.publisher)
    assert set(told.objects(publisher, FOAF.name)) == {
        Literal("Örnek Kurumu", "tr"),
        Literal("Example Institution", "en"),
    }
    licensed = set(told.subjects(DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")))
    assert dataset in licensed
    assert set(told.subjects(RDF.type, DCAT.Distribution)) | set(told.subjects(RDF.type, DCAT.DataService)) <= licensed
    assert not list(told.triples((None, DCTERMS.rights, None)))


@pytest.mark.pages
def test_api_and_sparql_are_services_of_the_catalogue_whose_addresses_answer(
    client: TestClient, published: TestClient, settings: Settings
) -> None:
    for told in (described(client), described(published)):
        services = set(told.objects(None, DCAT.service))
        ends = {str(told.value(one, DCAT.endpointURL)).removeprefix(settings.base) for one in services}
        assert ends == {"/sparql", "/api", "/data/stream"}
        for service in services:
            assert set(told.objects(service, DCAT.servesDataset)) == set(told.objects(None, DCAT.dataset))
            assert told.value(service, DCAT.endpointDescription)
    assert client.get("/api", follow_redirects=True).json()["openapi"]


@pytest.mark.pages
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the standards are not in {SHARED} (KAYSIS_SHARED)")
def test_all_of_it_keeps_the_rules_of_dcat_ap(published: TestClient) -> None:
    shapes = Triples() + rules("DCAT-AP")
    # The published file names a property shape of DataService that it does not hold.
    for shape, constraint in list(shapes.subject_objects(SH.property)):
        if (constraint, SH.path, None) not in shapes:
            shapes.remove((shape, SH.property, constraint))
    assert flaws(described(published), shapes) == []


def test_the_export_names_the_same_publisher(sample: Graph, settings: Settings) -> None:
    iris = Iris(settings.base, sample.schema, publication.read(EXAMPLE))
    told = triples(all_quads.quads(sample.store, iris, sample.on(today())))
    names = {str(name) for name in told.objects(URIRef(iris.publisher.value), FOAF.name)}
    assert names == {"Örnek Kurumu", "Example Institution"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_names_what_portals_will_miss(
    settings: Settings, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    for said, is_missed in ((NOTHING_SAID, True), (publication.read(EXAMPLE), False)):
        terminal = Terminal("en" if language == "en" else "tr")
        terminal.settings = replace(settings, publication=said)
        quality.tell_of_catalogue(terminal)
        told = capsys.readouterr().err
        assert all((f"· {key} ·" in told) == is_missed for key in ("publisher.name", "licence", "contact", "spatial"))
        assert ("docs/catalogue.toml" in told) == is_missed


@pytest.mark.pages
def test_the_page_and_the_api_name_what_portals_will_miss(sample: Graph, settings: Settings) -> None:
    for said, is_missed in ((NOTHING_SAID, True), (publication.read(EXAMPLE), False)):
        with TestClient(create(sample, replace(settings, language="en", publication=said))) as client:
            told = client.get("/api/quality?limit=1").json()["catalogue"]
            page = client.get("/quality?limit=1").text
        assert [gap["key"] for gap in told if gap["need"] == "mandatory"] == (["publisher.name"] if is_missed else [])
        assert ("What the catalogue lacks" in page) == is_missed
