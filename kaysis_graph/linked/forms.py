"""What takes more than a triple in the public vocabularies: texts of acts, procedures, requirements, alternatives.

The facts are those of the record; only the form is of the vocabulary. CCCEV says AND inside a list of evidence types
and OR between lists, so each choice of "A veya B" is a list of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaysis_graph.linked import literals
from kaysis_graph.linked.iris import Iris, fragment
from kaysis_graph.linked.literals import RDF
from kaysis_graph.messages import LANGUAGES, Language, say
from kaysis_graph.registry.records import Record
from kaysis_graph.schema.definitions import Term

_TYPE = NamedNode(f"{RDF}type")
_AUTHORITY = "http://publications.europa.eu/resource/authority"
TURKIYE = NamedNode(f"{_AUTHORITY}/country/TUR")
"""Where an organisation of the state is, when nothing nearer is known."""
TURKISH = NamedNode(f"{_AUTHORITY}/language/TUR")
ENGLISH = NamedNode(f"{_AUTHORITY}/language/ENG")
_DCT, _CV, _CPSV = "http://purl.org/dc/terms/", "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"
_ELI, _ADMS = "http://data.europa.eu/eli/ontology#", "http://www.w3.org/ns/adms#"
IDENTIFIER, _TITLE, _DESCRIPTION, _PART_OF, _SPATIAL = (
    NamedNode(f"{_DCT}{name}") for name in ("identifier", "title", "description", "isPartOf", "spatial")
)
CHANGES = NamedNode(f"{_ELI}changes")
NO_LONGER_IN_FORCE = NamedNode(f"{_ELI}date_no_longer_in_force")
PROCEDURE = "#procedure"
IN_FORCE, PARTLY_IN_FORCE, NOT_IN_FORCE = (
    NamedNode(f"{_ELI}InForce-{name}") for name in ("inForce", "partiallyInForce", "notInForce")
)
_NOTATION = NamedNode("http://www.w3.org/2004/02/skos/core#notation")
Graph = NamedNode | DefaultGraph


@dataclass(frozen=True)
class Subject:
    """What statements are made of, and the graph they are made in."""

    iri: NamedNode
    graph: Graph

    def says(self, predicate: NamedNode, value: NamedNode | Literal) -> Quad:
        """One statement."""
        return Quad(self.iri, predicate, value, self.graph)

    def owned(self, behind: str, graph: Graph | None = None) -> "Subject":
        """What belongs to it under a fragment, in the same graph or another."""
        return Subject(NamedNode(f"{self.iri.value}{behind}"), graph or self.graph)


class Words:
    """The forms under one base."""

    def __init__(self, iris: Iris) -> None:
        self._iris = iris

        def named(prefix: str, *names: str) -> Iterator[NamedNode]:
            return (iris.term(Term(prefix, name)) for name in names)

        self._requirement, self._information, self._list = named(
            "cv", "Requirement", "InformationRequirement", "EvidenceTypeList"
        )
        self._holds, self._has_concept, self._has_list, self._specifies, self._time = named(
            "cv",
            "holdsRequirement",
            "hasConcept",
            "hasEvidenceTypeList",
            "specifiesEvidenceType",
            "processingTime",
        )

    def organisation(self, subject: Subject, record: Record, *, is_placed: bool) -> Iterator[Quad]:
        """Its DETSİS number, unless that is a stand-in, and the state it belongs to, unless its place is known."""
        if not record.fields.get("number_is_invented"):
            node = subject.owned("#identifier")
            yield subject.says(NamedNode(f"{_ADMS}identifier"), node.iri)
            yield node.says(_TYPE, NamedNode(f"{_ADMS}Identifier"))
            yield node.says(_NOTATION, Literal(record.id))
        if not is_placed:
            yield subject.says(_SPATIAL, TURKIYE)

    def service(
        self, subject: Subject, record: Record, at: date, *, has_steps: bool, bases: Sequence[NamedNode] = ()
    ) -> Iterator[Quad]:
        """Its place in the catalogue, its time as a duration, its procedure when steps of it are known.

        The procedure implements the `bases`, which its steps rest on.

        CPSV-AP wants a description of each service: one without says that it has none.
        """
        yield subject.says(_PART_OF, self._iris.catalogue)
        if "description" not in record.fields:
            silent: Sequence[Language] = LANGUAGES if "description_en" not in record.fields else ("tr",)
            for language in silent:
                yield subject.says(_DESCRIPTION, Literal(say("linked.no_description", language), language=language))
        duration = record.on("duration", at)
        if isinstance(duration, dict) and (time := literals.duration(duration)) is not None:
            yield subject.says(self._time, time)
        if has_steps:
            yield from self._procedure(subject, record, bases)

    def act(self, subject: Subject, record: Record, at: date, *, is_in_force: bool, is_whole: bool) -> Iterator[Quad]:
        """Whether it is in force, and its text: in ELI a title belongs to the expression, not to the act."""
        yield subject.says(NamedNode(f"{_ELI}id_local"), Literal(record.id))
        force = (IN_FORCE if is_whole else PARTLY_IN_FORCE) if is_in_force else NOT_IN_FORCE
        yield subject.says(NamedNode(f"{_ELI}in_force"), force)
        title = record.on("title", at)
        if title is not None:
            # A title that was translated for readers is no text of the act in that language.
            text = subject.owned("#tr")
            yield subject.says(NamedNode(f"{_ELI}is_realized_by"), text.iri)
            yield text.says(_TYPE, NamedNode(f"{_ELI}LegalExpression"))
            yield text.says(NamedNode(f"{_ELI}realizes"), subject.iri)
            yield text.says(NamedNode(f"{_ELI}title"), Literal(str(title), language="tr"))
            yield text.says(NamedNode(f"{_ELI}language"), TURKISH)

    def repealed(self, subject: Subject, since: date) -> Quad:
        """The day a repeal ended an act whose own record leaves its end open."""
        return subject.says(NO_LONGER_IN_FORCE, literals.day(since))

    def data_requirement(self, subject: Subject, identifier: str, concept: NamedNode) -> Iterator[Quad]:
        """A datum that a service asks for: a requirement that has it as its concept."""
        node = subject.owned(fragment("requirement", identifier))
        yield from self._required(subject, node, identifier, "linked.datum_required")
        yield node.says(_TYPE, self._information)
        yield node.says(self._has_concept, concept)

    def alternatives(self, subject: Subject, group: str, documents: Sequence[NamedNode]) -> Iterator[Quad]:
        """Documents of which one is enough: a requirement with a list for each."""
        node = subject.owned(fragment("alternatives", group))
        yield from self._required(subject, node, group, "linked.one_of")
        for document in dict.fromkeys(documents):
            name = document.value.rpartition("/")[2]
            choice = subject.owned(fragment("alternatives", group) + f"~{name}")
            yield node.says(self._has_list, choice.iri)
            yield choice.says(_TYPE, self._list)
            yield choice.says(IDENTIFIER, Literal(f"{group} {name}"))
            yield choice.says(self._specifies, document)

    def _required(self, subject: Subject, node: Subject, name: str, key: str) -> Iterator[Quad]:
        yield subject.says(self._holds, node.iri)
        yield node.says(_TYPE, self._requirement)
        yield node.says(IDENTIFIER, Literal(name))
        for language in LANGUAGES:
            yield node.says(_TITLE, Literal(say(key, language, name=name), language=language))

    def _procedure(self, subject: Subject, record: Record, bases: Sequence[NamedNode]) -> Iterator[Quad]:
        node = subject.owned(PROCEDURE)
        yield subject.says(NamedNode(f"{_CPSV}follows"), node.iri)
        yield node.says(_TYPE, NamedNode(f"{_CPSV}Rule"))
        yield node.says(IDENTIFIER, Literal(f"{record.id}-procedure"))
        for basis in bases:
            yield node.says(NamedNode(f"{_CPSV}implements"), basis)
        for language in LANGUAGES:
            for predicate, key in ((_TITLE, "linked.procedure"), (_DESCRIPTION, "linked.procedure_about")):
                yield node.says(predicate, Literal(say(key, language, title=record.title), language=language))
