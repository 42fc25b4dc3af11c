"""What there is to harvest, described for machines: VoID for who counts, DCAT-AP 3.0.1 for other catalogues."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode, Triple

from kaysis_graph.linked import patterns
from kaysis_graph.linked.export import publication_terms, record_lists, vocabulary
from kaysis_graph.linked.export.void_counts import Tally
from kaysis_graph.linked.export.whole_graph import FORMS, PACKED_MEDIA, SUFFIXES, Compression, Name, RdfForm
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF, XSD
from kaysis_graph.messages import LANGUAGES, say

_DCT, _FOAF = "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
_VOID, _DCAT, _RDFS = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#", "http://www.w3.org/2000/01/rdf-schema#"
_TYPE = NamedNode(f"{RDF}type")
_IANA = "https://www.iana.org/assignments/media-types/"
_FORMATS = "http://www.w3.org/ns/formats/"
_FEATURES: Mapping[Name, str] = {
    "nquads": "N-Quads", "trig": "TriG", "turtle": "Turtle", "ntriples": "N-Triples", "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
}  # fmt: skip
_SPARQL = NamedNode("https://www.w3.org/TR/sparql11-protocol/")
_LDES = NamedNode("https://w3id.org/ldes/specification")
_OPENAPI = NamedNode("https://spec.openapis.org/oas/latest.html")


def prefixes(iris: Iris) -> dict[str, str]:
    """Those of every export, and of the vocabularies that only describe."""
    return {
        **iris.prefixes,
        "void": _VOID,
        "rdfs": _RDFS,
        "foaf": _FOAF,
        "dcat": _DCAT,
        "vcard": publication_terms.VCARD,
        "hydra": record_lists.HYDRA,
    }


def dump_address(base: str, form: RdfForm, compression: Compression = "none") -> str:
    """Where a dump of the whole graph is read."""
    packing = "" if compression == "none" else f"&compression={compression}"
    return f"{base}/api/dump?format={form.name}{packing}"


def pattern(iris: Iris) -> str:
    """What the IRIs of records look like, and nothing that a record owns."""
    slugs = "|".join(sorted(kind.slug for kind in iris.schema.kinds.values()))
    return f"^{re.escape(iris.base)}/id/({slugs})/[^/#]+$"


def void(iris: Iris, tally: Tally, on: date, examples: Iterable[str]) -> Iterator[Triple]:
    """The dataset by VoID: where it is, in which forms, and how much of everything, at the change of the tally.

    `examples` are IRIs of records.
    """
    home, dataset = NamedNode(f"{iris.base}/.well-known/void"), _dataset(iris)
    yield Triple(home, _TYPE, _void("DatasetDescription"))
    yield from _said(home, "title", "linked.void_title")
    yield from _said(home, "description", "linked.void_about", sequence=str(tally.sequence), day=on.isoformat())
    yield Triple(home, NamedNode(f"{_FOAF}primaryTopic"), dataset)
    yield Triple(dataset, _TYPE, _void("Dataset"))
    yield from _said(dataset, "title", "linked.dataset")
    yield from _said(dataset, "description", "linked.catalogue_about")
    yield Triple(dataset, _dct("publisher"), iris.publisher)
    yield Triple(dataset, _dct("isPartOf"), iris.catalogue)
    yield Triple(dataset, _void("sparqlEndpoint"), NamedNode(f"{iris.base}/sparql"))
    for form in FORMS.values():
        yield Triple(dataset, _void("feature"), NamedNode(f"{_FORMATS}{_FEATURES[form.name]}"))
        for compression in SUFFIXES:
            yield Triple(dataset, _void("dataDump"), NamedNode(dump_address(iris.base, form, compression)))
    yield Triple(dataset, _void("uriSpace"), Literal(f"{iris.base}/id/"))
    yield Triple(dataset, _void("uriRegexPattern"), Literal(pattern(iris)))
    yield Triple(dataset, _void("rootResource"), iris.catalogue)
    yield from _steps(iris, dataset)
    for example in examples:
        yield Triple(dataset, _void("exampleResource"), NamedNode(example))
    yield from _counts(iris, dataset, tally)


def dcat(iris: Iris, modified: str | None) -> Iterator[Triple]:
    """The catalogue by DCAT-AP: one dataset, a distribution for each form and compression, the services that ask it.

    `modified` is the time of the last change of the graph. Of licence, contact, places and the like it says what the
    operator said (`publication`), and nothing where that is nothing.
    """
    home, dataset = iris.catalogue, _dataset(iris)
    for quad in vocabulary.catalogue(iris):
        yield quad.triple
    yield Triple(home, _TYPE, _dcat("Catalog"))
    yield Triple(home, _dcat("dataset"), dataset)
    yield Triple(home, NamedNode(f"{_FOAF}homepage"), NamedNode(f"{iris.base}/linked-data"))
    yield Triple(NamedNode(f"{iris.base}/linked-data"), _TYPE, NamedNode(f"{_FOAF}Document"))
    yield Triple(dataset, _TYPE, _dcat("Dataset"))
    for title in vocabulary.texts(iris.publication.title, "linked.dataset"):
        yield Triple(dataset, _dct("title"), title)
    for description in vocabulary.texts(iris.publication.description, "linked.catalogue_about"):
        yield Triple(dataset, _dct("description"), description)
    yield Triple(dataset, _dct("identifier"), Literal(dataset.value))
    yield Triple(dataset, _dct("publisher"), iris.publisher)
    yield Triple(dataset, _dcat("landingPage"), NamedNode(f"{iris.base}/linked-data"))
    for one in (home, dataset):
        for language in (patterns.TURKISH, patterns.ENGLISH):
            yield Triple(one, _dct("language"), language)
            yield Triple(language, _TYPE, _dct("LinguisticSystem"))
        yield from _rights(iris, one)
        yield from publication_terms.days(iris.publication, one, modified)
        yield from publication_terms.places(iris.publication, one)
    yield from publication_terms.publisher(iris)
    yield from publication_terms.taxonomy(home)
    yield from publication_terms.dataset(iris, dataset)
    for form in FORMS.values():
        for compression in SUFFIXES:
            yield from _distribution(iris, dataset, form, compression)
    yield from _services(iris, dataset)
    yield from _steps(iris, dataset)
    for graph, key in ((iris.history, "linked.history_graph"), (iris.ontology, "linked.ontology_graph")):
        yield Triple(graph, _TYPE, _void("Dataset"))
        yield from _said(graph, "title", key)
        yield Triple(graph, _dct("isPartOf"), dataset)


def _distribution(iris: Iris, dataset: NamedNode, form: RdfForm, compression: Compression) -> Iterator[Triple]:
    name = form.name if compression == "none" else f"{form.name}-{compression}"
    distribution, address = (
        NamedNode(f"{iris.catalogue.value}#{name}"),
        NamedNode(dump_address(iris.base, form, compression)),
    )
    yield Triple(dataset, _dcat("distribution"), distribution)
    yield Triple(distribution, _TYPE, _dcat("Distribution"))
    yield from _said(distribution, "title", "linked.dump_title", form=name)
    about = "linked.dump_both" if form.has_graphs else "linked.dump_today"
    yield from _said(distribution, "description", about)
    for way in ("accessURL", "downloadURL"):
        yield Triple(distribution, _dcat(way), address)
    yield Triple(address, _TYPE, NamedNode(f"{_RDFS}Resource"))
    yield from _media(distribution, "mediaType", form.media)
    if compression != "none":
        yield from _media(distribution, "compressFormat", PACKED_MEDIA[compression])
    yield from _rights(iris, distribution)


def _services(iris: Iris, dataset: NamedNode) -> Iterator[Triple]:
    sparql, api = NamedNode(f"{iris.base}/sparql"), NamedNode(f"{iris.base}/api")
    described, stream = NamedNode(f"{iris.base}/api/openapi.json"), NamedNode(iris.stream)
    for name, title, about, endpoint, description, standard in (
        ("sparql", "sparql.service_title", "linked.sparql_service", sparql, sparql, _SPARQL),
        ("api", "linked.api_title", "linked.api_service", api, described, _OPENAPI),
        ("stream", "linked.stream", "linked.stream_service", stream, stream, _LDES),
    ):
        service = NamedNode(f"{iris.catalogue.value}#{name}")
        yield Triple(iris.catalogue, _dcat("service"), service)
        yield Triple(service, _TYPE, _dcat("DataService"))
        yield from _said(service, "title", title)
        yield from _said(service, "description", about)
        yield Triple(service, _dct("publisher"), iris.publisher)
        yield Triple(service, _dcat("endpointURL"), endpoint)
        yield Triple(service, _dcat("endpointDescription"), description)
        for one in (endpoint, description):
            yield Triple(one, _TYPE, NamedNode(f"{_RDFS}Resource"))
        yield Triple(service, _dcat("servesDataset"), dataset)
        yield Triple(service, _dct("conformsTo"), standard)
        yield Triple(standard, _TYPE, _dct("Standard"))
        yield from _rights(iris, service)
        yield from publication_terms.about(iris, service)


def _steps(iris: Iris, dataset: NamedNode) -> Iterator[Triple]:
    """Where the dataset is read step by step: its stream of changes, and its records kind by kind."""
    yield Triple(dataset, NamedNode(f"{_RDFS}seeAlso"), NamedNode(iris.stream))
    for kind in iris.schema.kinds.values():
        listed = NamedNode(record_lists.list_address(iris, kind))
        yield Triple(dataset, NamedNode(f"{record_lists.HYDRA}collection"), listed)
        yield Triple(listed, _TYPE, NamedNode(f"{record_lists.HYDRA}Collection"))


def _media(distribution: NamedNode, predicate: str, media: str) -> Iterator[Triple]:
    named = NamedNode(f"{_IANA}{media}")
    yield Triple(distribution, _dcat(predicate), named)
    yield Triple(named, _TYPE, _dct("MediaType"))


def _rights(iris: Iris, subject: NamedNode) -> Iterator[Triple]:
    """The licence; where none was said, the words that none was: nothing may be concluded from silence."""
    licence = iris.publication.licence
    if licence is not None:
        yield Triple(subject, _dct("license"), NamedNode(licence))
        yield Triple(NamedNode(licence), _TYPE, _dct("LicenseDocument"))
        return
    rights = NamedNode(f"{iris.catalogue.value}#rights")
    yield Triple(subject, _dct("rights"), rights)
    yield Triple(rights, _TYPE, _dct("RightsStatement"))
    for language in LANGUAGES:
        said = Literal(say("linked.rights", language), language=language)
        yield Triple(rights, NamedNode(f"{_RDFS}label"), said)


def _counts(iris: Iris, dataset: NamedNode, tally: Tally) -> Iterator[Triple]:
    numbers = {
        "triples": tally.triples,
        "entities": tally.records(iris),
        "classes": len(tally.classes),
        "properties": len(tally.properties),
    }
    for name, number in numbers.items():
        yield Triple(dataset, _void(name), _number(number))
    partitions = (("class", "entities", tally.classes), ("property", "triples", tally.properties))
    for word, counted, counts in partitions:
        for number, (name, count) in enumerate(counts.items(), 1):
            part = NamedNode(f"{iris.base}/.well-known/void#{word}-{number}")
            yield Triple(dataset, _void(f"{word}Partition"), part)
            yield Triple(part, _void(word), NamedNode(name))
            yield Triple(part, _void(counted), _number(count))
    used = {*tally.classes, *tally.properties}
    for space in sorted(set(iris.prefixes.values())):
        if any(name.startswith(space) for name in used):
            yield Triple(dataset, _void("vocabulary"), NamedNode(space))


def _said(subject: NamedNode, term: str, key: str, **values: str) -> Iterator[Triple]:
    for language in LANGUAGES:
        yield Triple(subject, _dct(term), Literal(say(key, language, **values), language=language))


def _dataset(iris: Iris) -> NamedNode:
    return NamedNode(f"{iris.catalogue.value}#dataset")


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(f"{XSD}integer"))


def _void(name: str) -> NamedNode:
    return NamedNode(f"{_VOID}{name}")


def _dcat(name: str) -> NamedNode:
    return NamedNode(f"{_DCAT}{name}")


def _dct(name: str) -> NamedNode:
    return NamedNode(f"{_DCT}{name}")
