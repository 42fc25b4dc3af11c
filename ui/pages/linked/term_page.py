"""Pages of the vocabulary: all of it, one class or property, one code list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from kaysis_graph.linked.export.documents import ENDINGS
from kaysis_graph.linked.export.whole_graph import FORMS
from kaysis_graph.linked.iris import Iris
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.definitions import OWN, CodeList, Term
from kaysis_graph.schema.derive import properties
from kaysis_graph.schema.derive.properties import EARLIER, EDGE, RECORD, SPELL, Property
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.page_parts import Fact, Section
from ui.pages.reader import Asked

_NO_KINDS = {RECORD: "record", EDGE: "edge", EARLIER: "earlier", SPELL: "spell"}
_WHOLE = "/vocabulary"


@dataclass(frozen=True)
class TermPage:
    """A part of the vocabulary: its address for good, what it means, what goes with it, and its data."""

    frame: Frame
    heading: str
    other_title: str
    about: str
    iri: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    downloads: tuple[Link, ...]


def whole(asked: Asked) -> TermPage:
    """Every class, property and code list."""
    schema = asked.graph.schema
    label = schema.vocabulary.label
    frame = frame_of(asked, label.of(asked.language), has_day=False)
    classes = [(name, frame.say(f"ontology.{key}"), frame.say(f"ontology.{key}_about")) for name, key in
               _NO_KINDS.items()]  # fmt: skip
    kinds = [(kind.name, kind.label.of(frame.language), kind.about.of(frame.language)) for kind in
             schema.kinds.values()]  # fmt: skip
    lists = tuple((_list(frame, held), (Cell(frame.number(len(held.entries)), is_number=True),)) for held in
                  schema.codes.values())  # fmt: skip
    columns = (frame.say("vocabulary.term"), frame.say("vocabulary.label"), frame.say("vocabulary.about"))
    return TermPage(
        frame=frame,
        heading=frame.title,
        other_title="",
        about=f"{schema.vocabulary.about.of(frame.language)} {frame.say('ontology.how_to_read')}",
        iri=f"{asked.iris.base}/def/",
        facts=(),
        sections=(
            _section(frame, "classes", columns, [_told(*one) for one in (*kinds, *classes)]),
            _section(frame, "properties", columns, [_property(frame, one) for one in properties.of(schema)]),
            _section(frame, "lists", (frame.say("vocabulary.list"), frame.say("vocabulary.count")), lists),
        ),
        downloads=(
            *_files("/def/"),
            Link(frame.say("vocabulary.context"), "/def/context.jsonld"),
            Link(frame.say("vocabulary.shapes"), "/def/shapes.ttl"),
            Link(frame.say("vocabulary.all_codes"), "/def/code/?format=turtle"),
        ),
    )


def term(asked: Asked, name: str) -> TermPage | None:
    """The page of a class or property of ours; None when there is none of that name."""
    schema = asked.graph.schema
    if name in schema.kinds:
        return _of_kind(asked, schema.kinds[name])
    if name in _NO_KINDS:
        return _of_form(asked, name)
    found = next((one for one in properties.of(schema) if one.name == name), None)
    return None if found is None else _of_property(asked, found)


def codes(asked: Asked, held: CodeList) -> TermPage:
    """The page of a code list, each code with its address for good."""
    frame = _frame(asked, asked.graph.schema, held.label.of(asked.language))
    columns = (frame.say("vocabulary.code"), frame.say("vocabulary.in_turkish"), frame.say("vocabulary.in_english"))
    rows = [
        ((Cell(entry.code, f"/def/code/{held.name}.{entry.code}"),), (Cell(entry.label.tr),), (Cell(entry.label.en),))
        for entry in held.entries.values()
    ]
    used = {field.name: field.label.of(frame.language) for kind in asked.graph.schema.kinds.values() for field in
            (*kind.fields.values(), *chain(*(edge.fields.values() for edge in kind.edges.values())))
            if field.codes == held.name}  # fmt: skip
    facts = [
        Fact(frame.say("vocabulary.public"), _public(asked.iris, held.rdf)),
        Fact(frame.say("vocabulary.used_by"), tuple(Cell(label, f"/def/{name}") for name, label in used.items())),
    ]
    return _page(frame, held.label.of(frame.other_language), asked.iris.scheme(held.name).value,
                 frame.say("vocabulary.about_list"), facts,
                 [_section(frame, "codes", columns, rows)], f"/def/code/{held.name}")  # fmt: skip


def code(asked: Asked, held: CodeList, name: str) -> TermPage:
    """The page of one code."""
    label = held.entries[name].label
    frame = _frame(asked, asked.graph.schema, label.of(asked.language))
    facts = [
        Fact(frame.say("vocabulary.code"), (Cell(name),)),
        Fact(frame.say("vocabulary.list"), _list(frame, held)),
        Fact(frame.say("vocabulary.classes"), _public(asked.iris, held.rdf)),
    ]
    return _page(frame, label.of(frame.other_language), asked.iris.code(held.name, name).value, "", facts, [],
                 f"/def/code/{held.name}.{name}")  # fmt: skip


def _of_kind(asked: Asked, kind: Kind) -> TermPage:
    frame = _frame(asked, asked.graph.schema, kind.label.of(asked.language))
    own = {name: one for one in properties.of(asked.graph.schema) for name in [one.name] if kind.name in one.has}
    facts = [
        Fact(frame.say("vocabulary.sort"), (Cell(frame.say("vocabulary.class")),)),
        Fact(frame.say("vocabulary.records"), (Cell(kind.plural.of(frame.language), f"/records/{kind.slug}"),)),
        Fact(frame.say("vocabulary.example"), (Cell(asked.iris.record(kind, kind.id_example)),)),
        Fact(frame.say("vocabulary.public"), _public(asked.iris, kind.rdf)),
        Fact(frame.say("vocabulary.sometimes"), _public(asked.iris, chain(*kind.rdf_when.values()))),
    ]
    columns = (frame.say("vocabulary.term"), frame.say("vocabulary.label"), frame.say("vocabulary.about"))
    rows = [_property(frame, one) for one in own.values()]
    return _page(frame, kind.label.of(frame.other_language), asked.iris.own(kind.name).value,
                 kind.about.of(frame.language), facts,
                 [_section(frame, "properties", columns, rows)], f"/def/{kind.name}")  # fmt: skip


def _of_form(asked: Asked, name: str) -> TermPage:
    key = f"ontology.{_NO_KINDS[name]}"
    frame = _frame(asked, asked.graph.schema, frame_of(asked, "").say(key))
    facts = [Fact(frame.say("vocabulary.sort"), (Cell(frame.say("vocabulary.class")),))]
    columns = (frame.say("vocabulary.term"), frame.say("vocabulary.label"), frame.say("vocabulary.about"))
    rows = [_property(frame, one) for one in properties.of(asked.graph.schema) if name in one.has]
    sections = [_section(frame, "properties", columns, rows)] if rows else []
    return _page(frame, "", asked.iris.own(name).value, frame.say(f"{key}_about"), facts, sections, f"/def/{name}")


def _of_property(asked: Asked, one: Property) -> TermPage:
    schema = asked.graph.schema
    frame = _frame(asked, schema, one.label.of(asked.language))
    lists = dict.fromkeys(
        field.codes
        for kind in schema.kinds.values()
        for field in (*kind.fields.values(), *chain(*(edge.fields.values() for edge in kind.edges.values())))
        if field.name == one.name and field.codes is not None
    )
    reached = tuple(cell for name in lists for cell in _list(frame, schema.codes[name])) or tuple(
        cell for name in one.reaches for cell in _class(asked.iris, frame, name)
    )
    facts = [
        Fact(frame.say("vocabulary.sort"), (Cell(frame.say("vocabulary.property")),)),
        Fact(frame.say("vocabulary.has"), tuple(cell for name in one.has for cell in _class(asked.iris, frame, name))),
        Fact(frame.say("vocabulary.reaches"), reached),
        Fact(frame.say("vocabulary.public"), _public(asked.iris, one.broader)),
        Fact(frame.say("vocabulary.sometimes"), _public(asked.iris, one.close)),
        Fact(frame.say("vocabulary.also_called"), tuple(Cell(label.of(frame.language)) for label in one.others)),
    ]
    about = " ".join(said.of(frame.language) for said in one.abouts)
    return _page(frame, one.label.of(frame.other_language), asked.iris.own(one.name).value, about, facts, [],
                 f"/def/{one.name}")  # fmt: skip


def _page(  # noqa: PLR0913  # a page part by part
    frame: Frame,
    other_title: str,
    iri: str,
    about: str,
    facts: Sequence[Fact],
    sections: Sequence[Section],
    path: str,
) -> TermPage:
    told = tuple(fact for fact in facts if fact.cells)
    return TermPage(frame, frame.title, other_title, about, iri, told, tuple(sections), _files(path))


def _frame(asked: Asked, schema: Schema, title: str) -> Frame:
    return frame_of(asked, title, (Link(schema.vocabulary.label.of(asked.language), _WHOLE),), has_day=False)


def _files(path: str) -> tuple[Link, ...]:
    return tuple(Link(FORMS[held].title, f"{path}?format={held}") for held in ENDINGS.values())


def _section(frame: Frame, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Cells, ...]]) -> Section:
    return Section(frame.say(f"vocabulary.{name}"), columns, tuple(rows), "", id=name)


def _told(name: str, label: str, about: str) -> tuple[Cells, ...]:
    return ((Cell(f"{OWN}:{name}", f"/def/{name}"),), (Cell(label),), (Cell(about),))


def _property(frame: Frame, one: Property) -> tuple[Cells, ...]:
    return _told(one.name, one.label.of(frame.language), " ".join(said.of(frame.language) for said in one.abouts))


def _list(frame: Frame, held: CodeList) -> Cells:
    return (Cell(held.label.of(frame.language), f"/def/code/{held.name}"),)


def _public(iris: Iris, terms: Iterable[Term]) -> Cells:
    return tuple(Cell(term.name, iris.term(term).value) for term in terms if term.prefix != OWN)


def _class(iris: Iris, frame: Frame, name: str) -> Cells:
    """A class of ours by its label, or a datatype by its name."""
    if name in iris.schema.kinds:
        return (Cell(iris.schema.kinds[name].label.of(frame.language), f"/def/{name}"),)
    if name in _NO_KINDS:
        return (Cell(frame.say(f"ontology.{_NO_KINDS[name]}"), f"/def/{name}"),)
    prefix, _, local = name.partition(":")
    return _public(iris, [Term(prefix, local)]) if local and prefix in iris.prefixes else (Cell(name),)
