"""Derived files equal what the schema gives, and the reference page leaves nothing out."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable

import pyoxigraph
import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL

from kaysis_graph.linked.export.vocabulary import under
from kaysis_graph.render import appearance
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import committed, jsonld_context, owl, reference, shacl, skos

BASE = "https://kaysis.gov.example"
KAYSIS = Namespace(f"{BASE}/def/")
TURTLE = {"ontology": owl.document, "shapes": shacl.document, "codes": skos.document}


def test_committed_files_are_what_they_are_derived_from(kinds: Schema) -> None:
    stale = [
        path.name
        for path, text in {**committed.derived(kinds), **appearance.derived()}.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make derive`"


def test_the_reference_names_every_kind_field_edge_and_code_in_both_languages(kinds: Schema) -> None:
    page = reference.page(kinds)
    for kind in kinds.kinds.values():
        assert kind.about.tr in page
        assert kind.about.en in page
        for field in kind.fields.values():
            assert f"| `{field.name}` | {field.label.tr} | {field.label.en} |" in page
        for edge in kind.edges.values():
            assert f"| `{edge.type}` | `{edge.role}` |" in page
            for field in edge.fields.values():
                assert f"| `{field.name}` | {field.label.tr} | {field.label.en} |" in page
    for held in kinds.codes.values():
        for entry in held.entries.values():
            assert f"| `{entry.code}` | {entry.label.tr} | {entry.label.en} |" in page


def test_links_of_the_reference_lead_somewhere(kinds: Schema) -> None:
    page = reference.page(kinds)
    anchors = set(re.findall(r'<a id="([^"]+)">', page))
    wanted = {anchor for anchor in re.findall(r"\(#([^)]+)\)", page) if anchor.startswith(("kind-", "codes-"))}
    assert wanted <= anchors


def test_rows_of_a_table_have_as_many_cells_as_its_head(kinds: Schema) -> None:
    cells = 0
    for line in reference.page(kinds).splitlines():
        here = line.count("|") if line.startswith("|") else 0
        assert not (cells and here) or here == cells, line
        cells = here


@pytest.mark.parametrize("document", TURTLE.values(), ids=TURTLE)
def test_turtle_reads_the_same_with_two_libraries_and_under_another_base(
    kinds: Schema, document: Callable[[Schema], str]
) -> None:
    stored = document(kinds)
    text = under(stored, BASE)
    assert [line for line in text.splitlines() if line not in stored.splitlines()] == [f"@base <{BASE}/> ."]
    one = Graph().parse(data=text, format="turtle")
    other = list(pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE))
    assert len(one) == len(other)
    # Nodes without names are counted; those with names are compared.
    named = {(s, p, o) for s, p, o in one if isinstance(s, URIRef) and not isinstance(o, BNode)}
    lines = pyoxigraph.serialize((quad.triple for quad in other), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert lines is not None
    assert named <= set(Graph().parse(data=lines, format="nt"))


def test_derived_files_are_the_same_bytes_whatever_the_order_of_hashes() -> None:
    made = "from kaysis_graph import schema; from kaysis_graph.schema.derive import committed; import hashlib;"
    made += "texts = committed.derived(schema.read()).values();"
    made += "print(hashlib.sha256(''.join(texts).encode()).hexdigest())"
    prints = {
        subprocess.run(
            [sys.executable, "-c", made],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


def test_the_ontology_has_a_class_for_each_kind_and_a_property_for_each_field_and_role(kinds: Schema) -> None:
    graph = Graph().parse(data=under(owl.document(kinds), BASE), format="turtle")
    fields = {name for kind in kinds.kinds.values() for name in kind.fields}
    on_edges = {name for kind in kinds.kinds.values() for edge in kind.edges.values() for name in edge.fields}
    roles = {role for kind in kinds.kinds.values() for role in kind.edges}
    properties = {*graph.subjects(RDF.type, OWL.ObjectProperty), *graph.subjects(RDF.type, OWL.DatatypeProperty)}
    assert properties == {KAYSIS[name] for name in fields | on_edges | roles}
    for kind in kinds.kinds.values():
        assert (KAYSIS[kind.name], RDF.type, OWL.Class) in graph
    for term in {*properties, *(KAYSIS[name] for name in (*kinds.kinds, "Record", "Edge", "EarlierValue"))}:
        labels = [text.language for text in graph.objects(term, RDFS.label) if isinstance(text, Literal)]
        assert sorted(map(str, labels)) == ["en", "tr"], term
    for one in properties:
        assert graph.value(one, RDFS.domain) is not None
        assert graph.value(one, RDFS.range) is not None


def test_what_depends_on_the_record_is_close_and_not_above(kinds: Schema) -> None:
    graph = Graph().parse(data=under(owl.document(kinds), BASE), format="turtle")
    skos_close = URIRef("http://www.w3.org/2004/02/skos/core#closeMatch")
    service = URIRef("http://purl.org/vocab/cpsv#PublicService")
    assert (KAYSIS.Service, skos_close, service) in graph
    assert (KAYSIS.Service, RDFS.subClassOf, service) not in graph
    assert str(graph.value(KAYSIS.contains, RDFS.subPropertyOf)) == "http://purl.org/dc/terms/hasPart"
    assert str(graph.value(KAYSIS.repeals, RDFS.subPropertyOf)) == "http://data.europa.eu/eli/ontology#changes"
    assert str(graph.value(KAYSIS.uses, RDFS.subPropertyOf)) == "http://purl.org/dc/terms/relation"


def test_the_context_names_every_field_role_and_kind_once(kinds: Schema) -> None:
    told = json.loads(jsonld_context.document(kinds))["@context"]
    names = [name for kind in kinds.kinds.values() for name in (kind.name, *kind.fields, *kind.edges)]
    meant = {term if isinstance(term, str) else term["@id"] for name, term in told.items() if not name.startswith("@")}
    assert {f"kaysis:{name}" for name in names} <= meant
    assert told["title"] == {"@id": "dct:title", "@container": "@language"}
    assert told["duration"] == {"@id": "kaysis:duration", "@type": "@json"}
    assert told["valid_from"] == {"@id": "kaysis:valid_from", "@type": "xsd:date"}
    assert told["hasCompetentAuthority"] == {"@id": "cv:hasCompetentAuthority", "@type": "@id"}


def test_the_reference_shows_the_rdf_of_kinds_fields_and_edges(kinds: Schema) -> None:
    page = reference.page(kinds)
    assert "- RDF: `kaysis:Organisation`, `cv:PublicOrganisation`" in page
    assert re.search(r"\| `short_title` \|.*\| `skos:altLabel@tr` \|", page)
    assert re.search(r"\| `PROVIDED_BY` \|.*\| `cv:hasCompetentAuthority` \|", page)
    assert "`cv:hasInputType` (Document), `cv:holdsRequirement` (Document, DataElement)" in page
