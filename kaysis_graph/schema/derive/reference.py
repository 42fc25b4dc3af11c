"""The reference page: every kind, field, edge and code list with its Turkish and English name, as Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kaysis_graph.schema.definitions import OWN, CodeList, EdgeDefinition, Field, Kind, Label, Schema, Term
from kaysis_graph.schema.derive import patterns
from kaysis_graph.schema.derive.field_words import TYPES

_FLAGS = {
    "required": Label("zorunlu", "required"),
    "many": Label("birden çok", "several"),
    "dated": Label("tarihli: eski değerleri günleriyle durur", "dated: earlier values are kept with their days"),
    "searched": Label("aranır", "searched"),
    "filtered": Label("süzülür", "filtered"),
}
_ROLES = {
    "offered": "sunan varsa · while somebody offers it",
    "required": "isteyen varsa · while a service requires it",
    "produced": "üreten varsa · while a service produces it",
}


def page(schema: Schema) -> str:
    """The whole page: terms first, then what all records share, each kind, the edge types and the code lists."""
    parts = [
        *_beginning(schema),
        *_terms(schema),
        *_shared(schema),
        *(line for kind in schema.kinds.values() for line in _kind(schema, kind)),
        *_edge_types(schema),
        *(line for codes in schema.codes.values() for line in _code_list(codes)),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _beginning(schema: Schema) -> Iterator[str]:
    yield "# Başvuru · Reference"
    yield ""
    yield "Bu sayfa `ontology/` altındaki dosyalardan türetilir (`make derive`); elle değiştirmeyin."
    yield "This page is derived from the files under `ontology/` (`make derive`); do not edit it."
    yield ""
    for kind in schema.kinds.values():
        yield f"- [{kind.name} · {kind.label.tr}](#{_anchor(kind)})"
    yield "- [Terimler · Terms](#terimler--terms)"
    yield "- [Ortak alanlar · Shared fields](#ortak-alanlar--shared-fields)"
    yield "- [Bağ türleri · Edge types](#bağ-türleri--edge-types)"
    yield "- Kod listeleri · Code lists: " + ", ".join(f"[`{name}`](#codes-{name})" for name in schema.codes)
    yield ""


def _terms(schema: Schema) -> Iterator[str]:
    yield "## Terimler · Terms"
    yield ""
    yield "Her kavramın tek Türkçe ve tek İngilizce adı vardır. Each term has one Turkish and one English word."
    yield ""
    kinds = [(kind.label.tr, kind.label.en, f"`{kind.name}`") for kind in schema.kinds.values()]
    edges = [(edge.label.tr, edge.label.en, f"`{edge.name}`") for edge in schema.edge_types.values()]
    codes = [(codes.label.tr, codes.label.en, f"`{name}`") for name, codes in schema.codes.items()]
    yield from _table(("Türkçe", "English", "Kod · Code"), [*kinds, *edges, *codes])


def _shared(schema: Schema) -> Iterator[str]:
    first = next(iter(schema.kinds.values()))
    shared = set.intersection(*(set(kind.fields) for kind in schema.kinds.values()))
    yield "## Ortak alanlar · Shared fields"
    yield ""
    yield "Her kaydın `kind` ve `id` alanı ile şu alanları vardır. Every record has `kind`, `id` and these fields."
    yield ""
    yield from _fields(held for name, held in first.fields.items() if name in shared)
    edges = [edge for kind in schema.kinds.values() for edge in kind.edges.values()]
    common = set.intersection(*(set(edge.fields) for edge in edges))
    yield "Her bağın `type` ve `to` alanı ile şu alanları vardır. Every edge has `type`, `to` and these fields."
    yield ""
    yield from _fields(held for name, held in edges[0].fields.items() if name in common)


def _kind(schema: Schema, kind: Kind) -> Iterator[str]:
    shared = set.intersection(*(set(other.fields) for other in schema.kinds.values()))
    first = next(iter(schema.kinds.values())).fields
    own = [
        held
        for name, held in kind.fields.items()
        if name not in shared or held.dated or held.terms != first[name].terms
    ]
    yield f'<a id="{_anchor(kind)}"></a>'
    yield ""
    yield f"## {kind.name} · {kind.label.tr}"
    yield ""
    yield kind.about.tr
    yield ""
    yield kind.about.en
    yield ""
    yield f"- `/api/records/{kind.slug}` · {kind.plural.tr} · {kind.plural.en}"
    yield f"- `id`: `{kind.id_example}` · `{kind.id_pattern}`"
    yield f"- RDF: {_classes(kind)}"
    yield ""
    if own:
        yield from _fields(own)
    if kind.edges:
        yield "### Bağlar · Edges"
        yield ""
        yield from _table(
            ("Bağ · Edge", "Rol · Role", "Varabildiği türler · To", "Türkçe", "English", "Sayı · Count", "RDF"),
            [_edge(edge) for edge in kind.edges.values()],
        )
    for edge in kind.edges.values():
        common = set.intersection(
            *(set(other.fields) for held in schema.kinds.values() for other in held.edges.values())
        )
        extra = [held for name, held in edge.fields.items() if name not in common]
        if extra:
            yield f"`{edge.type}`:"
            yield ""
            yield from _fields(extra)


def _edge(edge: EdgeDefinition) -> tuple[str, ...]:
    most = "∞" if edge.most is None else str(edge.most)
    labels = (f"{label} ⇄ {inverse}" for label, inverse in _pairs(edge))
    return (f"`{edge.type}`", f"`{edge.role}`", ", ".join(edge.to), *labels, f"{edge.least}–{most}", _properties(edge))


def _classes(kind: Kind) -> str:
    classes = [f"`{term.name}`" for term in (Term(OWN, kind.name), *kind.rdf)]
    return ", ".join((*classes, *_while_held(kind.rdf_when)))


def _properties(edge: EdgeDefinition) -> str:
    """The properties an edge is given out under, with the kinds they lead to where these are not all."""
    reached: dict[str, list[str]] = {}
    for target in edge.to:
        for term in patterns.terms(edge, target):
            reached.setdefault(f"`{term.name}`", []).append(target)
    return ", ".join(
        name if len(targets) == len(edge.to) else f"{name} ({', '.join(targets)})" for name, targets in reached.items()
    )


def _pairs(edge: EdgeDefinition) -> Iterator[tuple[str, str]]:
    yield edge.label.tr, edge.inverse.tr
    yield edge.label.en, edge.inverse.en


def _edge_types(schema: Schema) -> Iterator[str]:
    yield "## Bağ türleri · Edge types"
    yield ""
    rows = [
        (f"`{edge.name}`", edge.label.tr, edge.label.en, edge.about.tr, edge.about.en)
        for edge in schema.edge_types.values()
    ]
    yield from _table(("Bağ · Edge", "Türkçe", "English", "Anlamı", "Meaning"), rows)


def _code_list(codes: CodeList) -> Iterator[str]:
    yield f'<a id="codes-{codes.name}"></a>'
    yield ""
    yield f"## `{codes.name}` · {codes.label.tr} · {codes.label.en}"
    yield ""
    rows = [
        (f"`{entry.code}`", entry.label.tr, entry.label.en, ", ".join(sorted(entry.marks)))
        for entry in codes.entries.values()
    ]
    yield from _table(("Kod · Code", "Türkçe", "English", "İşaret · Mark"), rows)


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    rows = [
        (f"`{held.name}`", held.label.tr, held.label.en, _type(held), _says(held), _terms_of(held)) for held in fields
    ]
    yield from _table(("Alan · Field", "Türkçe", "English", "Tür · Type", "Açıklama · About", "RDF"), rows)


def _terms_of(held: Field) -> str:
    always = [f"`{term.name}{f'@{term.language}' if term.language else ''}`" for term in held.terms]
    return ", ".join((*always, *_while_held(held.rdf_when)))


def _while_held(by_role: Mapping[str, Iterable[Term]]) -> Iterator[str]:
    return (f"`{term.name}` ({_ROLES[role]})" for role, terms in by_role.items() for term in terms)


def _type(held: Field) -> str:
    if held.codes:
        return f"[`{held.codes}`](#codes-{held.codes})"
    return f"{TYPES[held.type].tr} · {TYPES[held.type].en}"


def _says(held: Field) -> str:
    flags: Mapping[str, bool] = {name: bool(getattr(held, name)) for name in _FLAGS}
    marks = ", ".join(f"*{_FLAGS[name].tr} · {_FLAGS[name].en}*" for name, is_set in flags.items() if is_set)
    about = f"{held.about.tr} · {held.about.en}" if held.about else ""
    return " ".join(filter(None, (about, marks)))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '∣') for cell in row)} |"
    yield ""


def _anchor(kind: Kind) -> str:
    return f"kind-{kind.slug}"
