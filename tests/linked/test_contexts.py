"""JSON-LD files that name the contexts of the standards by their addresses."""

import json
from pathlib import Path
from typing import Any

import pytest
from test_linked_import import STANDARDS, edges, fields, imported

from kaysis_graph.graph.store import Store
from kaysis_graph.linked.imports import contexts
from kaysis_graph.schema import Schema

CPSV_AP = "https://semiceu.github.io/uri.semic.eu-generated/CPSV-AP/releases/3.2.0/context/cpsv-ap.jsonld"
CPOV = "https://semiceu.github.io/CPOV/releases/2.1.2/context/core-public-organisation-ap.jsonld"
CCCEV = "https://semiceu.github.io/CCCEV/releases/2.1.0/context/cccev.jsonld"
DCAT_AP = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld"


def written(folder: Path, document: object) -> Path:
    path = folder / "catalogue.jsonld"
    path.write_text(json.dumps(document), "utf-8")
    return path


def test_a_catalogue_of_the_standards_is_read_without_a_network(store: Store, kinds: Schema, tmp_path: Path) -> None:
    service = {
        "@context": [CPSV_AP, {"@language": "tr"}],
        "@id": "http://example.org/ruhsat",
        "@type": "PublicService",
        "PublicService.identifier": "heys-41",
        "PublicService.name": "Ruhsat verilmesi",
        "PublicService.hasCompetentAuthority": "http://example.org/id/organisation/99500001",
        "PublicService.processingTime": "P15D",
        "PublicService.haveCost": "http://example.org/ucret",
    }
    office = {
        "@context": [CPOV, {"@language": "tr"}],
        "@id": "http://example.org/id/organisation/99500001",
        "@type": "PublicOrganisation",
        "preferredLabel": "Ruhsat Dairesi",
        "http://example.org/def/category": "central_unit",
    }
    act = {
        "@context": ["http://data.europa.eu/eli/ontology#", {"dct": "http://purl.org/dc/terms/"}],
        "@id": "http://example.org/id/legislation/kanun-99001",
        "@type": "LegalResource",
        "dct:title": {"@value": "Ruhsat Kanunu", "@language": "tr"},
        "http://example.org/def/legislation_type": "law",
        "based_on": "http://example.org/eski-kanun",
    }
    report = imported(store, kinds, written(tmp_path, [service, office, act]))
    assert report.status == "written", report.first_problems
    assert fields(store, kinds, "99500001")["title"] == "Ruhsat Dairesi"
    told = fields(store, kinds, "heys-41")
    assert (told["title"], told["duration"]) == ("Ruhsat verilmesi", {"max": 15, "unit": "day"})
    assert edges(store, kinds, "heys-41") == [{"type": "PROVIDED_BY", "to": "99500001"}]
    found = {problem.rule: problem.text("en") for problem in report.first_problems}
    assert "PublicService.haveCost" in found["linked.unmapped_property"], "a name that the context lacks is told"
    assert "http://example.org/eski-kanun" in found["linked.unknown_end"], "what an act rests on is read as an address"


@pytest.mark.parametrize(
    ("address", "term", "meant"),
    [
        (CPSV_AP, "Output.name", "http://purl.org/dc/terms/title"),
        (CPSV_AP.replace("3.2.0", "3.1.1").replace("cpsv-ap.", "cpsv-ap_en."), "PublicService.requires",
         "http://purl.org/dc/terms/requires"),
        ("https://semiceu.github.io/CPSV-AP/releases/2.2.1/CPSV-AP_v2.2.1.jsonld", "produces",
         "http://purl.org/vocab/cpsv#produces"),
        (CPOV, "unitOf", "http://www.w3.org/ns/org#unitOf"),
        (CCCEV, "EvidenceTypeList.specifiesEvidenceType", "http://data.europa.eu/m8g/specifiesEvidenceType"),
        (DCAT_AP, "otherIdentifier", "http://www.w3.org/ns/adms#identifier"),
        ("http://www.w3.org/ns/org#", "subOrganizationOf", "http://www.w3.org/ns/org#subOrganizationOf"),
        ("https://schema.org/", "parentOrganization", "https://schema.org/parentOrganization"),
    ],
)  # fmt: skip
def test_a_published_address_tells_what_a_term_means(address: str, term: str, meant: str) -> None:
    context = contexts.find_context(address)
    assert context is not None
    assert context[term]["@id"] == meant


@pytest.mark.parametrize("address", ["https://semiceu.github.io/CPSV-AP/releases/9.0/context/x.jsonld", "c.jsonld", ""])
def test_no_meaning_is_guessed_for_an_address_that_does_not_ship_with_us(address: str) -> None:
    assert contexts.find_context(address) is None


@pytest.mark.skipif(not STANDARDS.is_dir(), reason=f"not there: {STANDARDS}")
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("cpsv-ap-3.2.0/cpsv-ap-context.jsonld", CPSV_AP),
        ("cpov-2.1.2/cpov-context.jsonld", CPOV),
        ("cccev-2.1.0/cccev-context.jsonld", CCCEV),
    ],
)
def test_every_term_of_a_published_context_means_what_it_means_there(name: str, address: str) -> None:
    theirs = json.loads((STANDARDS / name).read_text("utf-8"))["@context"]
    ours = contexts.find_context(address)
    assert ours is not None
    missing = {term for term in theirs if term not in ours}
    # Names of datatypes that say nothing more than a text.
    assert missing <= {"Literal", "String", "Text"}
    for term in theirs.keys() - missing:
        assert identified(ours[term]) == identified(theirs[term]), term


def identified(term: Any) -> tuple[str, bool]:
    """What a term stands for, and whether its plain values are addresses."""
    iri = term if isinstance(term, str) else term["@id"]
    is_link = not isinstance(term, str) and term.get("@type") == "@id"
    # One of them writes two namespaces of W3C with https.
    return iri.replace("https://www.w3.org/", "http://www.w3.org/"), is_link
