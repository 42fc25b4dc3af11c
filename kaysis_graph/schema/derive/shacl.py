"""Our own rules for RDF as SHACL: what the export keeps, and what others can check their data against.

The shapes hold on the default graph, and on it with the history. A rule that needs the day or a walk is none of them:
`kaysis check` has those. How often an edge must be there is a warning, since a record that ended keeps none of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.schema.definitions import WORDINGS, EdgeDefinition, Field, Kind, Label, Schema, Term
from kaysis_graph.schema.derive import patterns, properties, turtle
from kaysis_graph.schema.derive.field_words import LANGUAGES_OF_TEXTS, TYPES
from kaysis_graph.schema.derive.properties import RECORD, TAGGED, own

_Said = list[turtle.Said]
_Shapes = Iterator[tuple[str, _Said]]
"""Property shapes with the part of their names behind that of the kind."""


def document(schema: Schema) -> str:
    """The shapes as Turtle: each kind with its properties after it, then edges, earlier values and the n-ary forms."""
    return turtle.document(schema, "The rules of KAYSİS Graph for its RDF as SHACL.", _blocks(schema))


def _blocks(schema: Schema) -> Iterator[str]:
    kinds = {kind.name: dict(_of_kind(schema, kind)) for kind in schema.kinds.values()}
    shared = _shared(kinds.values())
    for part, said in shared.items():
        yield _property(RECORD, part, said)
    for kind in schema.kinds.values():
        own_parts = {part: said for part, said in kinds[kind.name].items() if shared.get(part) != said}
        names = [_name(kind.name if part in own_parts else RECORD, part) for part in kinds[kind.name]]
        yield _node(kind.name, own(kind.name), kind.label, names, _home(kind))
        yield from (_property(kind.name, part, said) for part, said in own_parts.items())
        for edge in kind.edges.values():
            yield from _least(schema, kind, edge)
    for form in patterns.of(schema):
        parts = dict(_of_form(schema, form))
        yield _node(form.name, form.target, form.label, [_name(form.name, part) for part in parts], [])
        yield from (_property(form.name, part, said) for part, said in parts.items())


def _shared(kinds: Collection[Mapping[str, _Said]]) -> dict[str, _Said]:
    """The rules that most kinds have alike."""
    found: dict[str, list[_Said]] = {}
    for parts in kinds:
        for part, said in parts.items():
            found.setdefault(part, []).append(said)
    most = {part: max(said, key=said.count) for part, said in found.items()}
    return {part: said for part, said in most.items() if found[part].count(said) > len(kinds) / 2}


def _name(home: str, part: str) -> str:
    return f"shape:{home}.{part}"


def _property(home: str, part: str, said: _Said) -> str:
    return turtle.block(_name(home, part), [("a", "sh:PropertyShape"), *said])


def _node(name: str, target: str, label: Label, parts: Sequence[str], more: Iterable[turtle.Said]) -> str:
    said = [("a", "sh:NodeShape"), ("rdfs:label", turtle.each(label)), ("sh:targetClass", target), *more]
    return turtle.block(f"shape:{name}", [*said, ("sh:property", parts)])


def _home(kind: Kind) -> Iterator[turtle.Said]:
    yield "sh:nodeKind", "sh:IRI"
    yield "sh:pattern", turtle.text(f"/id/{kind.slug}/[^/#]+$")
    yield "sh:message", _say("ontology.home", kind=kind.label, slug=kind.slug)


def _of_kind(schema: Schema, kind: Kind) -> _Shapes:
    yield "identifier", _identifier(kind)
    for term in kind.rdf:
        message = _say("ontology.also_of_class", kind=kind.label, name=term.name)
        yield (
            f"type.{term.prefix}-{term.local}",
            [("sh:path", "rdf:type"), ("sh:hasValue", term.name), ("sh:message", message)],
        )
    yield from _fields(schema, kind.fields)
    for edge in kind.edges.values():
        yield from _edge(schema, kind, edge)
    for part in patterns.OF_KINDS.get(kind.name, ()):
        yield part.name if part.name not in kind.fields else f"{part.name}.form", _part(part)


def _identifier(kind: Kind) -> _Said:
    return [
        ("sh:path", "dct:identifier"),
        ("sh:name", _say("ontology.identifier")),
        ("sh:datatype", "xsd:string"),
        *_counts(1, 1),
        # Without groups that capture nothing: the regular expressions of SPARQL 1.1 have none.
        ("sh:pattern", turtle.text(f"^({kind.id_pattern})$")),
        ("sh:message", _say("ontology.identifier_form", kind=kind.label, example=kind.id_example)),
    ]


def _days(fields: Mapping[str, Field]) -> _Said:
    first, last = fields["valid_from"], fields["valid_to"]
    return [
        ("sh:path", own("valid_from")),
        ("sh:lessThan", own("valid_to")),
        ("sh:message", _say("ontology.days", first=first.label, last=last.label)),
    ]


def _fields(schema: Schema, fields: Mapping[str, Field]) -> _Shapes:
    """A shape for each property of each field; where fields share one, each in its language, another for both."""
    ways: dict[str, list[tuple[Field, Term]]] = {}
    for held in fields.values():
        for term in (*held.terms, *chain.from_iterable(held.rdf_when.values())):
            ways.setdefault(term.name, []).append((held, term))
    for path, shared in ways.items():
        is_open = any(held.name in WORDINGS for held, _ in shared)
        if len(shared) > 1:
            yield f"{_way(*shared[0])}.languages", _languages(path, shared, is_open=is_open)
        for held, term in shared:
            told = replace(held, required=False) if is_open and term.language else held
            yield _way(held, term), _field(schema, told, term, is_alone=len(shared) == 1)
    yield "days", _days(fields)


def _way(held: Field, term: Term) -> str:
    return held.name if term == held.terms[0] else f"{held.name}.{term.prefix}-{term.local}"


def _field(schema: Schema, held: Field, term: Term, *, is_alone: bool) -> _Said:
    least, most = int(held.required and term in held.terms), None if held.many else 1
    said: _Said = [("sh:path", term.name), ("sh:name", turtle.each(held.label))]
    if term.language and not is_alone:
        return [
            *said,
            ("sh:qualifiedValueShape", turtle.node([("sh:languageIn", turtle.listed([turtle.text(term.language)]))])),
            *_counts(least, most, "sh:qualifiedMinCount", "sh:qualifiedMaxCount"),
            ("sh:message", _rule(held.label, LANGUAGES_OF_TEXTS[term.language], least, most)),
        ]
    what = LANGUAGES_OF_TEXTS[term.language] if term.language else TYPES[held.type]
    datatype = properties.datatype(held, term)
    if datatype is not None:
        said.append(("sh:datatype", datatype.name))
    if held.type == "iri":
        said.append(("sh:nodeKind", "sh:IRI"))
    if held.codes is not None:
        codes = schema.codes[held.codes]
        said.append(("sh:in", turtle.listed(f"code:{codes.name}.{code}" for code in codes.entries)))
        what = _label("ontology.code_of", codes=codes.label)
    if term.language:
        said.append(("sh:languageIn", turtle.listed([turtle.text(term.language)])))
    return [*said, *_counts(least, most), ("sh:message", _rule(held.label, what, least, most))]


def _languages(path: str, shared: Sequence[tuple[Field, Term]], *, is_open: bool) -> _Said:
    """In which languages the texts of a property are; where other languages are kept, each language once."""
    if is_open:
        least = int(any(held.required for held, _ in shared))
        name = next(held.label for held, _ in shared)
        return [
            ("sh:path", path),
            ("sh:datatype", TAGGED.name),
            ("sh:uniqueLang", "true"),
            *_counts(least, None),
            ("sh:message", _say("ontology.some_language" if least else "ontology.each_language", label=name)),
        ]
    tags = [term.language for _, term in shared if term.language]
    names = Label(*(", ".join(held.label.of(language) for held, _ in shared) for language in LANGUAGES))
    what = Label(*(" / ".join(LANGUAGES_OF_TEXTS[tag].of(language) for tag in tags) for language in LANGUAGES))
    return [
        ("sh:path", path),
        ("sh:datatype", TAGGED.name),
        ("sh:languageIn", turtle.listed(turtle.text(tag) for tag in tags)),
        ("sh:message", _rule(names, what, 0, None)),
    ]


def _edge(schema: Schema, kind: Kind, edge: EdgeDefinition) -> _Shapes:
    """A shape for each property the edge is given out under, by what it reaches."""
    reached: dict[Term, list[str]] = {}
    for target in edge.to:
        for term in patterns.terms(edge, target):
            reached.setdefault(term, []).append(target)
    for number, (term, targets) in enumerate(reached.items()):
        name = edge.role if number == 0 else f"{edge.role}.{term.prefix}-{term.local}"
        form = patterns.REACHED.get((kind.name, term.name))
        classes = [form] if form else [own(target) for target in targets]
        what = patterns.of_class(form) if form else _label("ontology.record_of", kinds=_kinds(schema, targets))
        yield (
            name,
            [
                ("sh:path", term.name),
                ("sh:name", turtle.each(edge.label)),
                ("sh:nodeKind", "sh:IRI"),
                *_of_classes(classes),
                *_counts(0, edge.most),
                ("sh:message", _rule(edge.label, what, 0, edge.most)),
            ],
        )


def _least(schema: Schema, kind: Kind, edge: EdgeDefinition) -> Iterator[str]:
    """That an edge must be there, unless the record has a last day."""
    if not edge.least:
        return
    ended = turtle.node([("sh:path", own("valid_to")), *_counts(1, None)])
    paths = dict.fromkeys(term.name for target in edge.to for term in patterns.terms(edge, target))
    there = [turtle.node([("sh:path", path), *_counts(edge.least, None)]) for path in paths]
    what = _label("ontology.record_of", kinds=_kinds(schema, edge.to))
    yield turtle.block(
        f"shape:{kind.name}.{edge.role}.least",
        [
            ("a", "sh:NodeShape"),
            ("sh:targetClass", own(kind.name)),
            ("sh:severity", "sh:Warning"),
            ("sh:or", turtle.listed([ended, *there])),
            ("sh:message", _rule(edge.label, what, edge.least, None)),
        ],
    )


def _of_form(schema: Schema, form: patterns.NodePattern) -> _Shapes:
    for part in form.parts:
        yield part.name, _part(part)
    if form.fields:
        yield from _fields(schema, form.fields)


def _part(part: patterns.PropertyPattern) -> _Said:
    return [
        ("sh:path", part.path),
        ("sh:name", turtle.each(part.label)),
        *part.rules,
        *_counts(part.least, part.most),
        ("sh:message", _rule(part.label, part.what, part.least, part.most)),
    ]


def _kinds(schema: Schema, names: Iterable[str]) -> Label:
    labels = [schema.kinds[name].label for name in names]
    return Label(*(" / ".join(label.of(language) for label in labels) for language in LANGUAGES))


def _of_classes(names: Sequence[str]) -> _Said:
    if len(names) == 1:
        return [("sh:class", names[0])]
    return [("sh:or", turtle.listed(turtle.node([("sh:class", name)]) for name in names))]


def _counts(least: int, most: int | None, at_least: str = "sh:minCount", at_most: str = "sh:maxCount") -> _Said:
    said: _Said = [(at_least, str(least))] if least else []
    return said if most is None else [*said, (at_most, str(most))]


def _rule(label: Label, what: Label, least: int, most: int | None) -> list[str]:
    """The whole rule as a sentence in each language, so that whoever breaks it reads what is wanted."""
    if most is None:
        return _say("ontology.at_least" if least else "ontology.each_value", label=label, what=what, count=least)
    return _say("ontology.exactly" if least == most else "ontology.at_most", label=label, what=what, count=most)


def _say(key: str, **values: Label | str | int) -> list[str]:
    return turtle.each(_label(key, **values))


def _label(key: str, **values: Label | str | int) -> Label:
    return Label(
        *(
            say(
                key,
                language,
                **{name: one.of(language) if isinstance(one, Label) else one for name, one in values.items()},
            )
            for language in LANGUAGES
        )
    )
