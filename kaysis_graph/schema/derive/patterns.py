"""What the export says in more than a triple (`linked/patterns.py`), as rules: edges with days, acts, requirements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kaysis_graph.schema.definitions import OWN, EdgeDefinition, Field, Label, Schema, Term
from kaysis_graph.schema.derive import turtle
from kaysis_graph.schema.derive.field_words import LANGUAGES_OF_TEXTS, TYPES
from kaysis_graph.schema.derive.properties import EARLIER, EDGE, SPELL, own

REACHED: Mapping[tuple[str, str], str] = {
    # Steps are part of the procedure that the service follows; a datum is asked for by a requirement.
    ("CorrespondenceStep", "dct:isPartOf"): "cpsv:Rule",
    ("Service", "cv:holdsRequirement"): "cv:Requirement",
    # Where an organisation is, when no place of ours is known, is the state.
    ("Organisation", "dct:spatial"): "dct:Location",
}
"""What a property of a kind reaches, where that is not the record at the other end."""
_ALSO: Mapping[tuple[str, str], Term] = {
    # "A veya B" is a requirement, and a service that nobody offers is no public service.
    ("REQUIRES", "Document"): Term("cv", "holdsRequirement"),
    ("REQUIRES", "Service"): Term(OWN, "requires"),
    # Repealed in part.
    ("REPEALS", "Legislation"): Term("eli", "changes"),
    ("REPEALS", "Provision"): Term("eli", "changes"),
}
_TEXT, _BOTH = (
    TYPES["text"],
    Label(*(" / ".join(what.of(language) for what in LANGUAGES_OF_TEXTS.values()) for language in ("tr", "en"))),
)


@dataclass(frozen=True)
class PropertyPattern:
    """One property of a form: how often it stands there, what its values are, and the rules that say so."""

    name: str
    path: str
    label: Label
    what: Label
    rules: Sequence[turtle.Said]
    least: int = 1
    most: int | None = 1


@dataclass(frozen=True)
class NodePattern:
    """A node of its own: the class it is known by, its parts, and the fields of ours that it may have."""

    name: str
    target: str
    label: Label
    parts: Sequence[PropertyPattern]
    fields: Mapping[str, Field] = field(default_factory=dict)


def terms(edge: EdgeDefinition, target: str) -> list[Term]:
    """Every property that an edge to the kind may be given out under."""
    also = _ALSO.get((edge.type, target))
    first = edge.rdf.get(target, Term(OWN, edge.role))
    return [first] if also is None else [first, also]


def of(schema: Schema) -> Iterator[NodePattern]:
    """Every node that is no record: of the history first, then those of the public vocabularies."""
    kinds = schema.kinds.values()
    edges = [edge for kind in kinds for edge in kind.edges.values()]
    fields = {name: held for edge in edges for name, held in edge.fields.items()}
    days = {name: held for name, held in fields.items() if name in ("valid_from", "valid_to")}
    roles = [own(edge.role) for edge in edges]
    dated = [own(held.name) for kind in kinds for held in kind.fields.values() if held.dated]
    record, value = Label("kayıt", "a record"), Label("değer", "a value")
    iri = [("sh:nodeKind", "sh:IRI")]
    yield NodePattern(
        EDGE, own(EDGE), Label("Tarihli bağ", "Dated edge"), _statement(record, roles, record, iri), fields
    )
    yield NodePattern(
        EARLIER, own(EARLIER), Label("Eski değer", "Earlier value"), _statement(record, dated, value, []), days
    )
    yield NodePattern(SPELL, own(SPELL), Label("Önceki dönem", "Earlier spell"), _PERIOD, days)
    yield from _PUBLIC


def of_class(name: str) -> Label:
    """A thing of the class, as a rule says it."""
    return Label(f"{name} sınıfından bir düğüm", f"a node of the class {name}")


def _statement(
    subject: Label, predicates: Sequence[str], value: Label, of_value: Sequence[turtle.Said]
) -> Sequence[PropertyPattern]:
    known = turtle.listed(dict.fromkeys(predicates))
    name = Label("sözlükteki bir ad", "a name of the vocabulary")
    return (
        PropertyPattern("subject", "rdf:subject", Label("Kaydı", "Subject"), subject, [("sh:nodeKind", "sh:IRI")]),
        PropertyPattern("predicate", "rdf:predicate", Label("Ne olduğu", "Predicate"), name, [("sh:in", known)]),
        PropertyPattern("object", "rdf:object", Label("Değeri", "Object"), value, of_value),
    )


def _day(name: str, path: str, label: Label, *, least: int) -> PropertyPattern:
    return PropertyPattern(name, path, label, TYPES["date"], [("sh:datatype", "xsd:date")], least)


def _texts(name: str, path: str, label: Label) -> PropertyPattern:
    rules = [("sh:datatype", "rdf:langString"), ("sh:uniqueLang", "true")]
    return PropertyPattern(name, path, label, _BOTH, rules, most=None)


def _one(name: str, path: str, label: Label) -> PropertyPattern:
    return PropertyPattern(name, path, label, _TEXT, [("sh:datatype", "xsd:string")])


def _node(  # noqa: PLR0913  # a part and all it says
    name: str, path: str, label: Label, reached: str, *, least: int = 1, most: int | None = 1
) -> PropertyPattern:
    return PropertyPattern(name, path, label, of_class(reached), [("sh:class", reached)], least, most)


_IDENTIFIER = _one("identifier", "dct:identifier", Label("Kimlik", "Identifier"))
_TITLE = _texts("title", "dct:title", Label("Ad", "Title"))
_ACT = (
    _one("id_local", "eli:id_local", Label("Kimlik (ELI)", "Identifier (ELI)")),
    _node("in_force", "eli:in_force", Label("Yürürlük", "In force"), "eli:InForce"),
    _node("is_realized_by", "eli:is_realized_by", Label("Metni", "Realised by"), "eli:LegalExpression", most=None),
)
OF_KINDS: Mapping[str, Sequence[PropertyPattern]] = {
    "Legislation": _ACT,
    "Provision": _ACT,
    "Organisation": (
        _node("number", "adms:identifier", Label("DETSİS numarası", "DETSİS number"), "adms:Identifier", least=0),
    ),
    "Service": (
        _node("catalogue", "dct:isPartOf", Label("Kataloğu", "Catalogue"), "dcat:Dataset"),
        _node("procedure", "cpsv:follows", Label("Yazışma adımları", "Procedure"), "cpsv:Rule", least=0),
        PropertyPattern(
            "processing_time",
            "cv:processingTime",
            Label("Tamamlanma süresi", "Processing time"),
            Label("süre (P15D)", "duration (P15D)"),
            [("sh:datatype", "xsd:duration")],
            least=0,
        ),
    ),
}
"""What a record of the kind has beside its fields and edges."""
_PERIOD = (
    _day("start", "dcat:startDate", Label("İlk gün", "First day"), least=0),
    _day("end", "dcat:endDate", Label("Son gün", "Last day"), least=1),
)
_PUBLIC = (
    NodePattern(
        "Text",
        "eli:LegalExpression",
        Label("Mevzuat metni", "Text of an act"),
        (
            _node("realizes", "eli:realizes", Label("Mevzuatı", "Realises"), "eli:LegalResource"),
            _texts("title", "eli:title", Label("Ad", "Title")),
            _node("language", "eli:language", Label("Dili", "Language"), "dct:LinguisticSystem"),
        ),
    ),
    NodePattern(
        "Requirement",
        "cv:Requirement",
        Label("Gereklilik", "Requirement"),
        (
            _IDENTIFIER,
            _TITLE,
            _node("concept", "cv:hasConcept", Label("İstenen veri", "Datum required"), own("DataElement"), least=0),
            _node(
                "list", "cv:hasEvidenceTypeList", Label("Seçenek", "Choice"), "cv:EvidenceTypeList", least=0, most=None
            ),
        ),
    ),
    NodePattern(
        "Choice",
        "cv:EvidenceTypeList",
        Label("Seçenek", "Choice"),
        (_node("document", "cv:specifiesEvidenceType", Label("Belgesi", "Document"), own("Document"), most=None),),
    ),
    NodePattern(
        "Procedure",
        "cpsv:Rule",
        Label("Yazışma adımları", "Procedure"),
        (_IDENTIFIER, _TITLE, _texts("description", "dct:description", Label("Açıklama", "Description"))),
    ),
    NodePattern(
        "Code",
        "skos:Concept",
        Label("Kod", "Code"),
        (
            _one("notation", "skos:notation", Label("Kod", "Code")),
            _texts("label", "skos:prefLabel", Label("Ad", "Label")),
            _node("list", "skos:inScheme", Label("Listesi", "List"), "skos:ConceptScheme"),
        ),
    ),
)
