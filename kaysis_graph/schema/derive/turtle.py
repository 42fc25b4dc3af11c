"""Turtle that is pleasant to read and the same bytes each time.

Written here because no library does both: pyoxigraph puts prefixes in the order of a hash and names blank nodes by
chance, rdflib sorts by rules of its own that change between releases, and neither keeps a relative `@base`.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from kaysis_graph.messages import LANGUAGES
from kaysis_graph.schema.definitions import OWN, Label, Schema

STAND_IN = "https://kaysis.example"
"""The base in committed files (RFC 2606). It stands in one line, so that another base replaces one line."""
_OWN_PREFIXES = {OWN: "def/", "code": "def/code/", "shape": "def/shape/"}
_SHACL = "http://www.w3.org/ns/shacl#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_WIDTH = 120
_INDENT = "    "
Said: TypeAlias = tuple[str, str | Sequence[str]]
"""A predicate and its objects; one without objects is left out."""


def document(schema: Schema, about: str, blocks: Iterable[str]) -> str:
    """A whole file: what it is as a comment, the base, the prefixes it uses, the blocks with a line between them."""
    body = "\n".join(blocks)
    prefixes = {**_OWN_PREFIXES, **schema.prefixes, "sh": _SHACL}
    used = sorted(name for name in prefixes if f" {name}:" in body or f"\n{name}:" in body or f"^^{name}:" in body)
    lines = [
        f"# {about}",
        "# Derived from the files under ontology/ (make derive); do not edit. Another base replaces the next line.",
        f"@base <{STAND_IN}/> .",
        *(f"@prefix {name}: <{prefixes[name]}> ." for name in used),
    ]
    return "\n".join(lines) + f"\n\n{body}"


def block(subject: str, said: Iterable[Said]) -> str:
    """Everything that is said of one subject, a predicate in each line."""
    return f"{subject}\n{_INDENT}{_lines(said, _INDENT)} .\n"


def node(said: Iterable[Said]) -> str:
    """A node without a name, to stand as an object."""
    lines = _lines(said, _INDENT)
    one = " ".join(line.strip() for line in lines.split("\n"))
    return f"[ {one} ]" if _fits(one) else f"[\n{_INDENT}{lines}\n]"


def listed(items: Iterable[str]) -> str:
    """An RDF list of terms, to stand as an object."""
    given = list(items)
    one = " ".join(given)
    if _fits(one):
        return f"( {one} )"
    lines = f"\n{_INDENT}".join(item.replace("\n", f"\n{_INDENT}") for item in given)
    return f"(\n{_INDENT}{lines}\n)"


def text(value: str, language: str | None = None) -> str:
    """A plain text, or one in a language."""
    return f'"{value.translate(_ESCAPES)}"' + (f"@{language}" if language else "")


def each(label: Label) -> list[str]:
    """A label in each language."""
    return [text(label.of(language), language) for language in LANGUAGES]


def _lines(said: Iterable[Said], indent: str) -> str:
    parts = []
    for predicate, objects in said:
        given = [objects] if isinstance(objects, str) else list(objects)
        if given:
            parts.append(_line(predicate, [one.replace("\n", f"\n{indent}") for one in given], indent))
    return f" ;\n{indent}".join(parts)


def _line(predicate: str, objects: Sequence[str], indent: str) -> str:
    """A predicate with its objects, each in a line of its own when one line does not hold them."""
    one = f"{predicate} {', '.join(objects)}"
    if len(objects) == 1 or (len(one) < _WIDTH - len(indent) and "\n" not in one):
        return one
    return f",\n{indent}{_INDENT}".join([f"{predicate}\n{indent}{_INDENT}{objects[0]}", *objects[1:]])


def _fits(one: str) -> bool:
    # Room for the indent and the predicate before it.
    return len(one) < _WIDTH - 40 and "\n" not in one
