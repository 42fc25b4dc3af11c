"""The export keeps the rules of the public standards and our own, which do refuse what is broken, and loses no edge.

Shapes are asked without inference: every class a rule aims at is in the export itself, so that what holds here holds
for a consumer who reasons over nothing. That rules reach their nodes is shown by breaking copies.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date

import pyoxigraph
import pyshacl
import pytest
from exported import (
    BASE,
    CODE,
    CPSV,
    CV,
    ELI,
    ID,
    KAYSIS,
    SHAPE,
    SHARED,
    STANDARDS,
    Export,
    Flaw,
    Ontologies,
    classes_added,
    edges_ever,
    edges_held,
    edges_said,
    edges_told,
    exported,
    flaws,
    flaws_of,
    our_ontology,
    our_rules,
    pointed_at_without_class,
    rules,
    triples,
)
from pyoxigraph import RdfFormat
from rdflib import RDF, SH, XSD, Literal, URIRef
from rdflib import Graph as Triples
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF, SKOS
from rdflib.term import Node

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked import patterns
from kaysis_graph.linked.export import vocabulary
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records.record_model import Earlier, Record
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import jsonld_context, skos

standards = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the standards are not in {SHARED} (KAYSIS_SHARED)")


@pytest.fixture(scope="module")
def export(sample: Graph) -> Export:
    """The seed as RDF."""
    found = exported(sample)
    assert len(found.whole) > len(found.today) > 30_000
    return found


def test_our_own_rules_find_nothing_wrong_with_the_seed(export: Export) -> None:
    assert flaws(export.today, our_rules()) == []


def test_our_own_rules_find_nothing_wrong_with_the_history(export: Export) -> None:
    past = set(export.whole.subjects()) - set(export.today.subjects())
    assert len(past) > 20
    assert flaws_of(past, export.whole, our_rules()) == []


@standards
@pytest.mark.parametrize("part", ["today", "whole"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_standard_finds_no_violation_in_the_seed(export: Export, standard: str, part: str) -> None:
    assert flaws(getattr(export, part), rules(standard)) == []


@dataclass(frozen=True)
class Break:
    """A node, the statements about it that are taken out (by predicate), and those put in."""

    node: URIRef
    out: tuple[URIRef, ...] = ()
    put: tuple[tuple[URIRef, Node], ...] = ()

    def flaws(self, data: Triples, rules: Triples) -> list[Flaw]:
        """What the rules find wrong with the node once it is broken, asked of it and the classes of what it names."""
        said = [
            (predicate, value) for predicate, value in data.predicate_objects(self.node) if predicate not in self.out
        ]
        assert all((self.node, predicate, None) in data for predicate in self.out), "what is taken out must be there"
        broken = Triples()
        for predicate, value in (*said, *self.put):
            broken.add((self.node, predicate, value))
            for known in data.triples((value, RDF.type, None)):
                broken.add(known)
        return [flaw for flaw in flaws(broken, rules) if flaw.focus == self.node]


SERVICE, UNIT, ACT = ID["service/heys-41001"], ID["organisation/99001009"], ID["legislation/kanun-5490"]
DOCUMENT, DATUM, PROVINCE = ID["document/dbys-2001"], ID["data_element/veri-1"], ID["place/il-06"]
PROVISION = ID["provision/bkk-2006-11081.m24"]
ALTERNATIVES = URIRef(f"{SERVICE}#alternatives~bildirim")
COUNT, DAY = KAYSIS.yearly_transactions, Literal("2020-01-01", datatype=XSD.date)
EDGE = URIRef(f"{SERVICE}#edge~PROVIDED_BY~99006201")


def turkish(text: str) -> Literal:
    return Literal(text, lang="tr")


@standards
@pytest.mark.parametrize(
    ("standard", "broken", "path"),
    [
        ("CPSV-AP", Break(SERVICE, out=(CV.hasCompetentAuthority,)), CV.hasCompetentAuthority),
        ("CPSV-AP", Break(SERVICE, (DCTERMS.title,), ((DCTERMS.title, Literal("Ad")),)), DCTERMS.title),
        ("CPSV-AP", Break(SERVICE, put=((CPSV.produces, UNIT),)), CPSV.produces),
        ("CPSV-AP", Break(DOCUMENT, out=(DCTERMS.title,)), DCTERMS.title),
        ("CPSV-AP", Break(UNIT, out=(DCTERMS.spatial,)), DCTERMS.spatial),
        ("CPOV", Break(UNIT, put=((SKOS.prefLabel, turkish("Başka ad")),)), SKOS.prefLabel),
        ("CPOV", Break(UNIT, put=((SKOS.prefLabel, Literal("Ad")),)), SKOS.prefLabel),
        ("CCCEV", Break(DATUM, put=((SKOS.prefLabel, turkish("Veri")),)), SKOS.prefLabel),
        ("CCCEV", Break(ALTERNATIVES, put=((CV.hasEvidenceTypeList, UNIT),)), CV.hasEvidenceTypeList),
        ("DCAT-AP", Break(UNIT, out=(FOAF.name,)), FOAF.name),
        ("DCAT-AP", Break(ID.catalogue, out=(DCTERMS.title,)), DCTERMS.title),
    ],
)
def test_a_standard_finds_what_is_broken(export: Export, standard: str, broken: Break, path: URIRef) -> None:
    found = broken.flaws(export.today, rules(standard))
    assert path in {flaw.path for flaw in found if flaw.severity == "Violation"}


@pytest.mark.parametrize(
    ("broken", "shape"),
    [
        (Break(SERVICE, out=(DCTERMS.identifier,)), "Service.identifier"),
        (Break(SERVICE, (DCTERMS.identifier,), ((DCTERMS.identifier, Literal("41001")),)), "Service.identifier"),
        (Break(SERVICE, put=((DCTERMS.identifier, Literal("heys-41002")),)), "Service.identifier"),
        (Break(SERVICE, out=(DCTERMS.title,)), "Record.title.languages"),
        (Break(SERVICE, put=((DCTERMS.title, turkish("Başka ad")),)), "Record.title.languages"),
        (Break(SERVICE, put=((DCTERMS.title, Literal("Ad")),)), "Record.title.languages"),
                (Break(SERVICE, put=((KAYSIS.valid_from, Literal("2020-01-01")),)), "Record.valid_from"),
        (Break(SERVICE, put=((KAYSIS.channel, CODE["service_channel.by_pigeon"]),)), "Service.channel"),
        (Break(SERVICE, put=((COUNT, Literal("41", datatype=XSD.string)),)), "Service.yearly_transactions"),
        (Break(SERVICE, put=((COUNT, Literal(41)), (COUNT, Literal(42)))), "Service.yearly_transactions"),
        (Break(SERVICE, put=((CV.hasCompetentAuthority, DOCUMENT),)), "Service.provided_by"),
        (Break(SERVICE, put=((CV.hasLegalResource, UNIT),)), "Service.based_on"),
        (Break(SERVICE, put=((KAYSIS.uses, Literal("e-Devlet")),)), "Service.uses"),
        (Break(SERVICE, out=(DCTERMS.isPartOf,)), "Service.catalogue"),
        (Break(SERVICE, put=((KAYSIS.valid_from, DAY), (KAYSIS.valid_to, DAY))), "Record.days"),
        (Break(PROVINCE, put=((DCTERMS.isPartOf, ID["place/il-34"]), (DCTERMS.isPartOf, PROVINCE))), "Place.part_of"),
        (Break(UNIT, (RDF.type,), ((RDF.type, KAYSIS.Organisation),)), "Organisation.type.cv-PublicOrganisation"),
        (Break(UNIT, put=((RDF.type, KAYSIS.Service),)), "Service"),
        (Break(ACT, out=(ELI.type_document,)), "Legislation.legislation_type"),
        (Break(ACT, out=(ELI.in_force,)), "Legislation.in_force"),
        (Break(PROVISION, out=(ELI.is_part_of,)), "Provision.part_of.least"),
        (Break(URIRef(f"{ACT}#tr"), out=(ELI.title,)), "Text.title"),
        (Break(URIRef(f"{ACT}#tr"), put=((ELI.title, turkish("Başka ad")),)), "Text.title"),
        (Break(EDGE, out=(RDF.object,)), "Edge.object"),
        (Break(EDGE, (RDF.predicate,), ((RDF.predicate, DCTERMS.relation),)), "Edge.predicate"),
        (Break(EDGE, put=((KAYSIS.is_unverified, Literal("evet")),)), "Edge.is_unverified"),
        (Break(ALTERNATIVES, out=(DCTERMS.title,)), "Requirement.title"),
        (Break(URIRef(f"{ALTERNATIVES}~dbys-2006"), out=(CV.specifiesEvidenceType,)), "Choice.document"),
        (Break(CODE["service_channel.electronic"], out=(SKOS.prefLabel,)), "Code.label"),
    ],
)  # fmt: skip
def test_our_own_rules_find_what_is_broken_and_say_so_in_both_languages(
    export: Export, broken: Break, shape: str
) -> None:
    assert broken.node in set(export.today.subjects())
    found = {flaw.shape: flaw for flaw in broken.flaws(export.today, our_rules())}
    assert shape in found
    said = {text.language: str(text) for text in found[shape].messages}
    assert set(said) == {"tr", "en"}
    names = {str(name) for name in our_rules().objects(SHAPE[shape], SH.name)}
    assert not names or all(any(name in text for name in names) for text in said.values())
    assert found[shape].severity == ("Warning" if shape.endswith(".least") else "Violation")


def test_an_earlier_value_without_its_record_is_refused(export: Export) -> None:
    past = next(node for node in export.whole.subjects(RDF.type, KAYSIS.EarlierValue) if isinstance(node, URIRef))
    found = Break(past, out=(RDF.subject,)).flaws(export.whole, our_rules())
    assert [flaw.shape for flaw in found] == ["EarlierValue.subject"]


def test_our_shapes_are_shapes(kinds: Schema) -> None:
    ours = our_rules()
    pyshacl.validate(Triples(), shacl_graph=ours, meta_shacl=True)
    assert {KAYSIS[kind] for kind in kinds.kinds} < set(ours.objects(None, SH.targetClass))
    for shape in ours.subjects(RDF.type, SH.PropertyShape):
        assert {text.language for text in ours.objects(shape, SH.message) if isinstance(text, Literal)} == {"tr", "en"}


@standards
def test_no_domain_or_range_makes_a_thing_what_the_export_does_not_say(export: Export) -> None:
    assert classes_added(export.whole) == {}


def test_our_ontology_puts_no_record_into_a_class_it_is_not_given(export: Export) -> None:
    own = Ontologies(our_ontology())
    for subject, named in export.whole.subject_objects(RDF.type):
        above = {one for one in own.classes([named]) if one != KAYSIS.Record}
        assert above <= set(export.whole.objects(subject, RDF.type)), (subject, named)


def test_everything_that_is_pointed_at_has_a_class(export: Export) -> None:
    assert pointed_at_without_class(export.today) == set()


@pytest.mark.parametrize("label", [DCTERMS.title, SKOS.prefLabel, FOAF.name, ELI.title, DCTERMS.description])
def test_a_label_is_said_once_in_each_language(export: Export, label: URIRef) -> None:
    said = Counter(
        (subject, text.language) for subject, text in export.whole.subject_objects(label) if isinstance(text, Literal)
    )
    assert len(said) > 30
    assert set(said.values()) == {1}


def test_every_record_has_a_turkish_title(export: Export, kinds: Schema) -> None:
    for kind in kinds.kinds:
        for record in export.whole.subjects(RDF.type, KAYSIS[kind]):
            assert any(
                isinstance(text, Literal) and text.language == "tr"
                for text in export.whole.objects(record, DCTERMS.title)
            )


def test_every_edge_that_holds_is_in_the_graph_of_today(export: Export, sample: Graph) -> None:
    held = edges_held(sample)
    assert held.total() > 1_500
    assert Counter(edges_said(export.today, sample.schema)) == held


def test_nodes_of_edges_and_triples_without_one_are_all_the_edges_there_ever_were(
    export: Export, sample: Graph
) -> None:
    assert edges_told(export, sample.schema) == edges_ever(sample)


def test_the_file_of_codes_says_what_the_export_says(export: Export, kinds: Schema) -> None:
    file = set(Triples().parse(data=vocabulary.under(skos.document(kinds), BASE), format="turtle"))
    lists = set(export.today.subjects(RDF.type, SKOS.ConceptScheme)) | set(
        export.today.subjects(RDF.type, SKOS.Concept)
    )
    assert file == {triple for triple in export.today if triple[0] in lists}


def test_a_record_in_json_with_our_context_is_the_record(export: Export, kinds: Schema) -> None:
    told = json.loads(vocabulary.under(jsonld_context.document(kinds), BASE))["@context"]
    for kind in kinds.kinds:
        for record in sorted(map(str, export.whole.subjects(RDF.type, KAYSIS[kind])))[:3]:
            part = Triples()
            for triple in export.whole:
                if str(triple[0]) == record or str(triple[0]).startswith(f"{record}#"):
                    part.add(triple)
            text = part.serialize(format="json-ld", context=told)
            assert isomorphic(part, triples(pyoxigraph.parse(text, RdfFormat.JSON_LD))), record
            assert '"title": {' in text


def test_a_service_with_a_description_is_not_said_to_have_none_and_has_the_time_of_the_day(kinds: Schema) -> None:
    earlier = (Earlier({"max": 3, "unit": "day"}, None, date(2024, 1, 1)),)
    later = {"max": 5, "unit": "day"}
    told = Record("Service", "heys-1", {"description_en": "About it", "duration": later}, {"duration": earlier})
    subject = patterns.Subject(pyoxigraph.NamedNode(f"{ID}service/heys-1"), pyoxigraph.DefaultGraph())
    for day, time in ((date(2023, 6, 1), "P3D"), (date(2024, 6, 1), "P5D")):
        said = triples(patterns.FormWords(Iris(BASE, kinds)).service(subject, told, day, has_steps=False))
        assert [str(one) for one in said.objects(None, CV.processingTime)] == [time]
        descriptions = [one.language for one in said.objects(None, DCTERMS.description) if isinstance(one, Literal)]
        # It has one in English: nobody said that it has none.
        assert descriptions == []


def test_an_earlier_spell_needs_its_last_day_and_days_in_order() -> None:
    told = f"""
        @prefix kaysis: <{KAYSIS}> .
        @prefix dcat: <http://www.w3.org/ns/dcat#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @base <{ID}organisation/99540002> .
        <#spell~1> a kaysis:EarlierSpell ; dcat:startDate "1990-01-01"^^xsd:date ; dcat:endDate "2011-12-31"^^xsd:date ;
            kaysis:valid_from "1990-01-01"^^xsd:date ; kaysis:valid_to "2012-01-01"^^xsd:date .
        <#spell~2> a kaysis:EarlierSpell ;
            kaysis:valid_from "2012-01-01"^^xsd:date ; kaysis:valid_to "2011-01-01"^^xsd:date .
    """
    found = {
        (str(flaw.focus).rpartition("~")[2], flaw.shape) for flaw in flaws(Triples().parse(data=told), our_rules())
    }
    assert found == {("2", "EarlierSpell.end"), ("2", "EarlierSpell.days")}
