"""The JSON-LD context: a short name for each class and property of the export, with the form of its values.

A short name stands for what the export says most plainly: our own property where we give it out, else the public one
of that name (`title` is dct:title). What finds its short name taken keeps its prefix: `eli:title`, `kaysis:title`.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from kaysis_graph.schema.definitions import OWN, Field, Schema, Term
from kaysis_graph.schema.derive import patterns, properties
from kaysis_graph.schema.derive.properties import EARLIER, EDGE, SPELL, own
from kaysis_graph.schema.derive.turtle import STAND_IN

_Form = Mapping[str, Any]
_LINK: _Form = {"@type": "@id"}
_TEXTS: _Form = {"@container": "@language"}
_PLAIN: _Form = {}
# What JSON has itself needs no type: true, 41, a line of text.
_AS_IN_JSON = frozenset({"text", "prose", "flag", "integer"})
_OF_FORMS: Mapping[str, _Form] = {
    "rdf:subject": _LINK,
    "rdf:predicate": {"@type": "@vocab"},
    # An edge's is a record, an earlier value's a text or a number: each says itself what it is.
    "rdf:object": _PLAIN,
    "dct:identifier": _PLAIN,
    "dct:isPartOf": _LINK,
    "dct:publisher": _LINK,
    "dct:spatial": _LINK,
    "dct:temporal": _LINK,
    "dcat:startDate": {"@type": "xsd:date"},
    "dcat:endDate": {"@type": "xsd:date"},
    "adms:identifier": _LINK,
    "cpsv:follows": _LINK,
    "cv:hasConcept": _LINK,
    "cv:hasEvidenceTypeList": _LINK,
    "cv:holdsRequirement": _LINK,
    "cv:processingTime": {"@type": "xsd:duration"},
    "cv:specifiesEvidenceType": _LINK,
    "eli:changes": _LINK,
    "eli:id_local": _PLAIN,
    "eli:in_force": _LINK,
    "eli:is_realized_by": _LINK,
    "eli:language": _LINK,
    "eli:realizes": _LINK,
    "eli:title": _TEXTS,
    "skos:hasTopConcept": _LINK,
    "skos:inScheme": _LINK,
    "skos:notation": _PLAIN,
}
_CLASSES_OF_FORMS = (
    "adms:Identifier",
    "cpsv:Rule",
    "cv:EvidenceTypeList",
    "cv:InformationRequirement",
    "cv:Requirement",
    "dcat:Dataset",
    "dct:LinguisticSystem",
    "dct:PeriodOfTime",
    "eli:InForce",
    "eli:Language",
    "eli:LegalExpression",
    "rdf:Statement",
    "skos:Concept",
    "skos:ConceptScheme",
)


def document(schema: Schema) -> str:
    """The context as JSON: prefixes, then classes, then properties."""
    told: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type", **_prefixes(schema)}
    for name, form in {**dict.fromkeys(_classes(schema), _PLAIN), **_properties(schema)}.items():
        short = name.partition(":")[2]
        told[name if short in told else short] = {"@id": name, **form} if form else name
    return json.dumps({"@context": told}, ensure_ascii=False, indent=2) + "\n"


def _prefixes(schema: Schema) -> dict[str, str]:
    kinds = {kind.slug: f"{STAND_IN}/id/{kind.slug}/" for kind in schema.kinds.values()}
    return {OWN: f"{STAND_IN}/def/", "code": f"{STAND_IN}/def/code/", **kinds, **schema.prefixes}


def _classes(schema: Schema) -> Iterator[str]:
    yield from (own(name) for name in (*schema.kinds, EDGE, EARLIER, SPELL))
    for kind in schema.kinds.values():
        yield from (term.name for terms in (kind.rdf, *kind.rdf_when.values()) for term in terms)
    yield from (term.name for codes in schema.codes.values() for term in codes.rdf)
    yield from _CLASSES_OF_FORMS


def _properties(schema: Schema) -> dict[str, _Form]:
    """Every property with its form, in the order in which they take their short names."""
    given: dict[str, _Form] = {}
    for held in _fields(schema):
        for term in (*held.terms, *chain.from_iterable(held.rdf_when.values())):
            # Tagged for some kinds and plain for others: who has a language gives it.
            given[term.name] = _form(held, term) or given.get(term.name, _PLAIN)
    edges = [edge for kind in schema.kinds.values() for edge in kind.edges.values()]
    given |= {patterns.terms(edge, target)[0].name: _LINK for edge in edges for target in edge.to}
    ours = {name: form for name, form in given.items() if name.startswith(f"{OWN}:")}
    silent = {own(one.name): _LINK if one.is_link else _PLAIN for one in properties.of(schema)}
    return {**ours, **given, **_OF_FORMS, **{name: form for name, form in silent.items() if name not in ours}}


def _fields(schema: Schema) -> Iterator[Field]:
    for kind in schema.kinds.values():
        yield from kind.fields.values()
        for edge in kind.edges.values():
            yield from edge.fields.values()


def _form(held: Field, term: Term) -> _Form:
    datatype = properties.datatype(held, term)
    if datatype is None:
        return _LINK
    if term.language:
        return _TEXTS
    if held.type == "duration":
        return {"@type": "@json"}
    return _PLAIN if held.type in _AS_IN_JSON else {"@type": datatype.name}
