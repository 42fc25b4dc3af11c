"""What the SPARQL endpoint says of itself (SPARQL 1.1 Service Description)."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF
from kaysis_graph.messages import LANGUAGES, say

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
# As https://www.w3.org/ns/formats/ names them.
_GIVEN = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "N-Quads",
    "TriG",
)


def triples(iris: Iris) -> Iterator[Triple]:
    """The service, what it speaks and gives, and its dataset: today's graph, the history and the vocabulary."""
    endpoint = NamedNode(f"{iris.base}/sparql")
    service, dataset, today = (NamedNode(f"{endpoint.value}#{name}") for name in ("service", "dataset", "today"))
    yield _is(service, "Service")
    yield Triple(service, _sd("endpoint"), endpoint)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _GIVEN:
        yield Triple(service, _sd("resultFormat"), NamedNode(f"{_FORMATS}{name}"))
    for language in LANGUAGES:
        title = Literal(say("sparql.service_title", language), language=language)
        yield Triple(service, NamedNode("http://purl.org/dc/terms/title"), title)
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield _is(dataset, "Dataset")
    yield Triple(dataset, _sd("defaultGraph"), today)
    yield _is(today, "Graph")
    for graph in (iris.history, iris.ontology):
        named = NamedNode(f"{endpoint.value}#{graph.value.rpartition('/')[2]}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield _is(named, "NamedGraph")
        yield Triple(named, _sd("name"), graph)


def _is(subject: NamedNode, name: str) -> Triple:
    return Triple(subject, NamedNode(f"{RDF}type"), _sd(name))


def _sd(name: str) -> NamedNode:
    return NamedNode(f"{SD}{name}")
