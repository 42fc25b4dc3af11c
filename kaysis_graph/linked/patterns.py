"""What takes more than a triple in the public vocabularies: texts of acts, procedures, requirements, alternatives.

The facts are those of the record; only the form is of the vocabulary. CCCEV says AND inside a list of evidence types
and OR between lists, so each choice of "A veya B" is a list of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaysis_graph.linked import literals, wordings
from kaysis_graph.linked.iris import Iris, fragment
from kaysis_graph.linked.literals import RDF
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema.definitions import Term
from kaysis_graph.schema.derive.properties import SPELL

_TYPE = NamedNode(f"{RDF}type")
_AUTHORITY = "http://publications.europa.eu/resource/authority"
LANGUAGES_OF_TEXTS: Mapping[str, NamedNode] = {
    tag: NamedNode(f"{_AUTHORITY}/language/{code}")
    for tag, code in (
        ("tr", "TUR"), ("en", "ENG"), ("ar", "ARA"), ("az", "AZE"), ("bg", "BUL"), ("bs", "BOS"), ("ca", "CAT"),
        ("cs", "CES"), ("da", "DAN"), ("de", "DEU"), ("el", "ELL"), ("es", "SPA"), ("et", "EST"), ("fa", "FAS"),
        ("fi", "FIN"), ("fr", "FRA"), ("ga", "GLE"), ("hr", "HRV"), ("hu", "HUN"), ("is", "ISL"), ("it", "ITA"),
        ("ka", "KAT"), ("lt", "LIT"), ("lv", "LAV"), ("mk", "MKD"), ("mt", "MLT"), ("nb", "NOB"), ("nl", "NLD"),
        ("nn", "NNO"), ("no", "NOR"), ("pl", "POL"), ("pt", "POR"), ("ro", "RON"), ("ru", "RUS"), ("sk", "SLK"),
        ("sl", "SLV"), ("sq", "SQI"), ("sr", "SRP"), ("sv", "SWE"), ("uk", "UKR"),
    )
}  # fmt: skip
"""The languages of texts as the Publications Office of the EU names them; another is told by its tag alone."""
TURKISH, ENGLISH = LANGUAGES_OF_TEXTS["tr"], LANGUAGES_OF_TEXTS["en"]
_DCT, _CV, _CPSV = "http://purl.org/dc/terms/", "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"
_ELI, _ADMS = "http://data.europa.eu/eli/ontology#", "http://www.w3.org/ns/adms#"
IDENTIFIER, _TITLE, _DESCRIPTION, _PART_OF, _SPATIAL = (
    NamedNode(f"{_DCT}{name}") for name in ("identifier", "title", "description", "isPartOf", "spatial")
)
_TEMPORAL, _PERIOD = (NamedNode(f"{_DCT}{name}") for name in ("temporal", "PeriodOfTime"))
_START, _END = (NamedNode(f"http://www.w3.org/ns/dcat#{name}") for name in ("startDate", "endDate"))
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


class FormWords:
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
        """Its DETSİS number, unless that is a stand-in, and where it is."""
        if not record.fields.get("number_is_invented"):
            node = subject.owned("#identifier")
            yield subject.says(NamedNode(f"{_ADMS}identifier"), node.iri)
            yield node.says(_TYPE, NamedNode(f"{_ADMS}Identifier"))
            yield node.says(_NOTATION, Literal(record.id))
        yield from self.place(subject, is_placed=is_placed)

    def place(self, subject: Subject, *, is_placed: bool) -> Iterator[Quad]:
        """That nobody has told where an organisation is: CPSV-AP wants a place of each."""
        if not is_placed:
            yield subject.says(_SPATIAL, self._iris.unknown_place)

    def service(
        self, subject: Subject, record: Record, at: date, *, has_steps: bool, bases: Sequence[NamedNode] = ()
    ) -> Iterator[Quad]:
        """The catalogue, its time as a duration, its procedure when steps of it are known.

        The procedure implements the `bases`, which its steps rest on.
        """
        yield from self.catalogued(subject, record)
        duration = record.on("duration", at)
        if isinstance(duration, dict) and (time := literals.duration(duration)) is not None:
            yield subject.says(self._time, time)
        if has_steps:
            yield from self.procedure(subject, record, bases)

    def catalogued(self, subject: Subject, record: Record) -> Iterator[Quad]:
        """The catalogue of a service, and where it has no description in any language, that: CPSV-AP wants one."""
        yield subject.says(_PART_OF, self._iris.catalogue)
        if not any(name in record.fields for name in ("description", "description_en", "other_descriptions")):
            for language in LANGUAGES:
                yield subject.says(_DESCRIPTION, Literal(say("linked.no_description", language), language=language))

    def act(self, subject: Subject, record: Record, at: date, *, is_in_force: bool, is_whole: bool) -> Iterator[Quad]:
        """Whether it is in force, and its text: in ELI a title belongs to the expression, not to the act."""
        yield subject.says(NamedNode(f"{_ELI}id_local"), Literal(record.id))
        force = (IN_FORCE if is_whole else PARTLY_IN_FORCE) if is_in_force else NOT_IN_FORCE
        if is_in_force and record.fields.get("told_force") == "partly_in_force":
            # The source does not say which part, so nothing else here knows of it.
            force = PARTLY_IN_FORCE
        yield subject.says(NamedNode(f"{_ELI}in_force"), force)
        title = record.on("title", at)
        if title is not None:
            # A title that was translated for readers is no text of the act in that language.
            language = wordings.language_of(record, "title", title) or wordings.MAIN
            text = subject.owned(f"#{language}")
            yield subject.says(NamedNode(f"{_ELI}is_realized_by"), text.iri)
            yield text.says(_TYPE, NamedNode(f"{_ELI}LegalExpression"))
            yield text.says(NamedNode(f"{_ELI}realizes"), subject.iri)
            yield text.says(NamedNode(f"{_ELI}title"), Literal(str(title), language=language))
            if (named := LANGUAGES_OF_TEXTS.get(language)) is not None:
                yield text.says(NamedNode(f"{_ELI}language"), named)

    def earlier_spells(self, subject: Subject, record: Record) -> Iterator[Quad]:
        """When the record was there before its present spell, as periods whose end is the last day of each."""
        for number, spell in enumerate(record.earlier_spells, 1):
            node = subject.owned(fragment("spell", str(number)), self._iris.history)
            yield Quad(subject.iri, _TEMPORAL, node.iri, node.graph)
            yield node.says(_TYPE, self._iris.own(SPELL))
            yield node.says(_TYPE, _PERIOD)
            if spell.valid_from is not None:
                yield node.says(_START, literals.day(spell.valid_from))
                yield node.says(self._iris.own("valid_from"), literals.day(spell.valid_from))
            yield node.says(_END, literals.last_day(spell.valid_to))
            yield node.says(self._iris.own("valid_to"), literals.day(spell.valid_to))

    def repealed(self, subject: Subject, since: date) -> Quad:
        """The last day of an act that a repeal ended on the next one, and whose own record leaves its end open."""
        return subject.says(NO_LONGER_IN_FORCE, literals.last_day(since))

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

    def procedure(self, subject: Subject, record: Record, bases: Sequence[NamedNode]) -> Iterator[Quad]:
        """The rule that a service follows, which its steps are part of and which implements what they rest on."""
        node = subject.owned(PROCEDURE)
        yield subject.says(NamedNode(f"{_CPSV}follows"), node.iri)
        yield node.says(_TYPE, NamedNode(f"{_CPSV}Rule"))
        yield node.says(IDENTIFIER, Literal(f"{record.id}-procedure"))
        for basis in bases:
            yield node.says(NamedNode(f"{_CPSV}implements"), basis)
        for language in LANGUAGES:
            for predicate, key in ((_TITLE, "linked.procedure"), (_DESCRIPTION, "linked.procedure_about")):
                yield node.says(predicate, Literal(say(key, language, title=record.title), language=language))
