"""RDF as JSON-LD in the words of our context, with that part of the context that the document needs.

The context stands in the document: many readers refuse to fetch one, and ours never do, so it is readable alone.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaysis_graph.linked.literals import JSON, RDF, XSD

_TYPE = f"{RDF}type"
_Node = NamedNode | BlankNode


class Context:
    """A JSON-LD context of terms, prefixes and forms of values, as `ontology/context.jsonld` has them."""

    def __init__(self, text: str) -> None:
        self._told: Mapping[str, Any] = json.loads(text)["@context"]
        self._names = {name: said for name, said in self._told.items() if not name.startswith("@")}
        self._prefixes = {
            name: said
            for name, said in self._names.items()
            if isinstance(said, str) and said.endswith(("/", "#")) and ":" not in name
        }
        # The longest first: a code's list lies under the vocabulary.
        self._homes = sorted(((home, name) for name, home in self._prefixes.items()), key=lambda one: -len(one[0]))
        self._terms: dict[str, str] = {}
        for name, said in self._names.items():
            whole = said["@id"] if isinstance(said, Mapping) else said
            if name not in self._prefixes and not whole.startswith("@"):
                self._terms.setdefault(self._whole(whole), name)

    def document(self, triples: Iterable[Triple]) -> str:
        """The statements by their subjects, in the order in which these are first met."""
        writing = _Writing(self)
        nodes: dict[str, dict[str, Any]] = {}
        for one in triples:
            subject = writing.name(one.subject)
            writing.say(nodes.setdefault(subject, {"id": subject}), one)
        context = {"id": "@id", "type": "@type", **writing.used()}
        return json.dumps({"@context": context, "@graph": list(nodes.values())}, ensure_ascii=False, indent=2) + "\n"

    def form(self, name: str) -> Mapping[str, str]:
        """The form of the values under a term; nothing where they say themselves what they are."""
        said = self._names[name]
        return said if isinstance(said, Mapping) else {}

    def term(self, iri: str) -> str | None:
        """The short name of a class or property, if it has one."""
        return self._terms.get(iri)

    def is_term(self, name: str) -> bool:
        """Whether the context defines the name itself."""
        return name in self._names

    def prefix(self, iri: str) -> str | None:
        """The prefix that an IRI begins with."""
        return next((name for home, name in self._homes if iri.startswith(home)), None)

    def short(self, iri: str) -> str:
        """The IRI behind its prefix; whole where it has none, or where two slashes would make another IRI of it."""
        prefix = self.prefix(iri)
        if prefix is None:
            return iri
        rest = iri.removeprefix(self._prefixes[prefix])
        return iri if rest.startswith("//") else f"{prefix}:{rest}"

    def part(self, names: Iterable[str]) -> dict[str, Any]:
        """The part of the context that defines the names, with the prefixes that it needs first."""
        held = {name: self._names[name] for name in names}
        said = [value for one in held.values() for value in (one.values() if isinstance(one, Mapping) else [one])]
        needed = {value.partition(":")[0] for value in said} & self._prefixes.keys()
        prefixes = {name: home for name, home in self._prefixes.items() if name in needed or name in held}
        return {**prefixes, **{name: held[name] for name in self._names if name in held and name not in prefixes}}

    def _whole(self, short: str) -> str:
        prefix, _, local = short.partition(":")
        return f"{self._prefixes[prefix]}{local}" if prefix in self._prefixes else short


class _Writing:
    """One document on its way: remembers which names it used."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._used: set[str] = set()

    def used(self) -> dict[str, Any]:
        return self._context.part(self._used)

    def name(self, node: object) -> str:
        if isinstance(node, BlankNode):
            return f"_:{node.value}"
        assert isinstance(node, NamedNode), "we quote no statements"
        prefix = self._context.prefix(node.value)
        if prefix is not None:
            self._used.add(prefix)
        return self._context.short(node.value)

    def say(self, node: dict[str, Any], one: Triple) -> None:
        if one.predicate.value == _TYPE and isinstance(one.object, NamedNode):
            _add(node, "type", self._term(one.object))
            return
        term = self._context.term(one.predicate.value)
        form = {} if term is None else self._context.form(term)
        is_fit, value = self._fitted(form, one.object)
        if term is None or not is_fit:
            _add(node, self._plain(one.predicate), self._value(one.object))
            return
        self._used.add(term)
        if "@container" in form:
            assert isinstance(one.object, Literal), "fitted"
            _add(node.setdefault(term, {}), str(one.object.language), value)
            return
        _add(node, term, value)

    def _fitted(self, form: Mapping[str, str], value: object) -> tuple[bool, Any]:
        """Whether the value has the form of its term, and how it is written there."""
        kind = form.get("@type")
        if "@container" in form:
            is_fit = isinstance(value, Literal) and value.language is not None
            return is_fit, value.value if isinstance(value, Literal) else None
        if kind in ("@id", "@vocab"):
            if not isinstance(value, NamedNode | BlankNode):
                return False, None
            return True, self._term(value) if kind == "@vocab" else self.name(value)
        if kind == "@json":
            is_fit = isinstance(value, Literal) and value.datatype == JSON
            return is_fit, json.loads(value.value) if isinstance(value, Literal) and is_fit else None
        if kind is not None:
            is_fit = isinstance(value, Literal) and self._context.short(value.datatype.value) == kind
            return is_fit, value.value if isinstance(value, Literal) else None
        return True, self._value(value)

    def _value(self, value: object) -> Any:  # noqa: ANN401  # whatever JSON holds
        if not isinstance(value, Literal):
            return {"id": self.name(value)}
        if value.language is not None:
            return {"@value": value.value, "@language": value.language}
        match value.datatype.value.removeprefix(XSD):
            case "string":
                return value.value
            case "boolean" if value.value in ("true", "false"):
                return value.value == "true"
            case "integer" if str(_number(value.value)) == value.value:
                return _number(value.value)
            case _:
                return {"@value": value.value, "@type": self._term(value.datatype)}

    def _term(self, node: _Node) -> str:
        term = self._context.term(node.value) if isinstance(node, NamedNode) else None
        if term is None:
            return self.name(node)
        self._used.add(term)
        return term

    def _plain(self, predicate: NamedNode) -> str:
        """A key that the context gives no form to."""
        short = self._context.short(predicate.value)
        return predicate.value if self._context.is_term(short) else self.name(predicate)


def _add(node: dict[str, Any], key: str, value: Any) -> None:  # noqa: ANN401  # whatever JSON holds
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _number(said: str) -> int | None:
    return int(said) if said.removeprefix("-").isdecimal() else None
