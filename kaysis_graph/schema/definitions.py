"""What a kind, a field and an edge are, as values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kaysis_graph.messages import Language

OWN = "kaysis"
"""The prefix of our own vocabulary, whose address is that of whoever runs the service."""
WORDINGS: Mapping[str, str] = {"title": "other_titles", "description": "other_descriptions"}
"""Where the texts are kept that a field has no place for: in other languages, or the second in its own."""
TITLES = ("title", "title_en")
"""What names a record."""
ROLES = ("offered", "required", "produced")
"""What a record may be for others today, on which some classes rest (`linked/record_roles.py`)."""


@dataclass(frozen=True)
class Label:
    """A name in both languages."""

    tr: str
    en: str

    def of(self, language: Language) -> str:
        """The name in the language."""
        return self.tr if language == "tr" else self.en


@dataclass(frozen=True)
class Term:
    """A class or property of a public vocabulary; `language` is the tag that its texts carry, None for plain ones."""

    prefix: str
    local: str
    language: str | None = None

    @property
    def name(self) -> str:
        """The term as it is written, without its language: `dct:title`."""
        return f"{self.prefix}:{self.local}"


@dataclass(frozen=True)
class Vocabulary:
    """Our own vocabulary as a whole: its name, what it is for, its version and the address of its licence."""

    label: Label
    about: Label
    version: str
    licence: str


@dataclass(frozen=True)
class Entry:
    """One value of a code list; `marks` are facts about it that rules rest on, such as `institution`."""

    code: str
    label: Label
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CodeList:
    """The values a coded field may take, in the order of the file."""

    name: str
    label: Label
    entries: Mapping[str, Entry]
    rdf: tuple[Term, ...] = ()

    def marked(self, mark: str) -> frozenset[str]:
        """The codes that carry the mark."""
        return frozenset(code for code, entry in self.entries.items() if mark in entry.marks)


@dataclass(frozen=True)
class Field:
    """A field of a kind or of an edge.

    `searched` puts it into the search index, `filtered` lets lists be narrowed by it, `many` makes it a list,
    `dated` keeps its earlier values with their days, `shown` lets answers tell it without reading the record whole.
    `rdf` are the properties it is given out under, all of them,
    `rdf_when` those besides while the record has a role.
    """

    name: str
    type: str
    label: Label
    about: Label | None = None
    required: bool = False
    many: bool = False
    searched: bool = False
    filtered: bool = False
    dated: bool = False
    shown: bool = False
    codes: str | None = None
    rdf: tuple[Term, ...] = ()
    rdf_when: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    @property
    def has_column(self) -> bool:
        """Whether it lies beside the walks: what names, filters, is dated, measures time, or is shown."""
        return self.name in TITLES or self.filtered or self.dated or self.shown or self.type == "duration"

    @property
    def terms(self) -> tuple[Term, ...]:
        """The properties it is given out under: those of `rdf`, or the one of our own."""
        return self.rdf or (Term(OWN, self.name),)


@dataclass(frozen=True)
class EdgeDefinition:
    """An edge that leaves a kind: its type, the kinds it may reach, how many may hold at once, its own fields.

    `rdf` is the property it is given out under, by the kind it reaches; where there is none, it has one of our own.
    """

    role: str
    type: str
    to: tuple[str, ...]
    label: Label
    inverse: Label
    least: int = 0
    most: int | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    rdf: Mapping[str, Term] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of record. `slug` is its name in addresses and file names, `id_pattern` the form of its identifiers.

    `rdf` are the public classes that every record of it belongs to, `rdf_when` those of records with a role today.
    """

    name: str
    slug: str
    id_pattern: str
    id_example: str
    label: Label
    plural: Label
    about: Label
    fields: Mapping[str, Field]
    edges: Mapping[str, EdgeDefinition]
    rdf: tuple[Term, ...] = ()
    rdf_when: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    @cached_property
    def searched(self) -> tuple[Field, ...]:
        """The fields that search reads."""
        return tuple(held for held in self.fields.values() if held.searched)

    @cached_property
    def dated(self) -> tuple[Field, ...]:
        """The fields whose earlier values are kept."""
        return tuple(held for held in self.fields.values() if held.dated)

    def edge(self, edge_type: str) -> EdgeDefinition | None:
        """The edge of the type that leaves this kind, if any."""
        return next((edge for edge in self.edges.values() if edge.type == edge_type), None)


@dataclass(frozen=True)
class EdgeType:
    """An edge type with what it means, whichever kind it leaves.

    `rdf` is the public property that our own one is a kind of, whatever an edge's ends and fields are.
    """

    name: str
    label: Label
    about: Label
    rdf: Term | None = None


@dataclass(frozen=True)
class Schema:
    """Everything `ontology/` says: kinds, edge types and code lists, each in the order of its file name.

    `prefixes` are the vocabularies that terms are taken from, without our own.
    """

    kinds: Mapping[str, Kind]
    edge_types: Mapping[str, EdgeType]
    codes: Mapping[str, CodeList]
    vocabulary: Vocabulary
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def kind(self, name_or_slug: str) -> Kind | None:
        """The kind of that name or slug, if any."""
        if name_or_slug in self.kinds:
            return self.kinds[name_or_slug]
        return next((kind for kind in self.kinds.values() if kind.slug == name_or_slug), None)

    def kind_of(self, identifier: str) -> Kind | None:
        """The kind whose identifiers have this form; the forms of no two kinds overlap."""
        return next((kind for kind in self.kinds.values() if re.fullmatch(kind.id_pattern, identifier)), None)

    def label_of_code(self, codes: str, code: str, language: Language) -> str:
        """The label of a code; a code the list does not know is given back as it is."""
        entry = self.codes[codes].entries.get(code)
        return entry.label.of(language) if entry else code
