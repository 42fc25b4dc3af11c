"""What JSON-LD contexts mean that a file names by their address: ours, and those that the standards publish.

The terms stand in `ontology/contexts.toml`, in words of our own: facts of the standards, not their files. Two things
are read otherwise than some of those files say. A plain text stays a text, with the language of its document, where
they call it an `rdf:langString`, which needs a language; and a term may stand behind any class of its standard.
"""

import fnmatch
import itertools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kaysis_graph import files
from kaysis_graph.linked.export.vocabulary import under
from kaysis_graph.schema import source

# Where our own context is published: `{base}/def/context.jsonld`, whatever the base.
_OWN = re.compile(r"(https?://\S+)/def/context(\.jsonld)?")


def find_context(address: str) -> Mapping[str, Any] | None:
    """What the context at the address says; None for one that does not ship with us."""
    own = _OWN.fullmatch(address)
    if own is not None:
        ours: Mapping[str, Any] = json.loads(
            under((files.ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"), own[1])
        )["@context"]
        return ours
    place = address.partition("://")[2]
    standards = (one for key, one in _table().items() if key not in ("links", "types", "prefixes"))
    found = (one for one in standards if any(fnmatch.fnmatchcase(place, held) for held in one["addresses"]))
    standard = next(found, None)
    return None if standard is None else _terms(standard)


def find_addresses(document: object) -> Iterator[str]:
    """The addresses of contexts that a document names, wherever in it."""
    match document:
        case dict():
            for name, value in document.items():
                if name in ("@context", "@import"):
                    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))
                yield from find_addresses(value)
        case list():
            yield from itertools.chain.from_iterable(find_addresses(one) for one in document)
        case _:
            return


def replace_addresses(document: Any, known: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: ANN401  # JSON
    """The document with known contexts in the place of their addresses."""
    match document:
        case dict():
            return {
                name: _replaced(value, known) if name == "@context" else replace_addresses(value, known)
                for name, value in document.items()
            }
        case list():
            return [replace_addresses(one, known) for one in document]
        case _:
            return document


def _replaced(value: Any, known: Mapping[str, Mapping[str, Any]]) -> Any:  # noqa: ANN401  # JSON
    match value:
        case list():
            return [_replaced(one, known) for one in value]
        case str():
            return known.get(value, value)
        case {"@import": str(address), **terms} if address in known:
            # What is imported is as if it stood here, and what does stand here comes after it (JSON-LD 1.1, 4.1.10).
            return {**known[address], **terms}
        case _:
            # A context of a term, too, may be an address.
            return replace_addresses(value, known)


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files.ONTOLOGY / "contexts.toml").read_text(encoding="utf-8"))


def _terms(standard: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of a standard as JSON-LD has them."""
    vocabulary = standard.get("vocabulary")
    if vocabulary is not None:
        links = [one for one in _table()["links"].split() if one.startswith(f"{vocabulary}:")]
        types = [one for one in _table()["types"] if one.startswith(f"{vocabulary}:")]
        forms = {_last(one): _form(one) for one in (*links, *types)}
        return {"@vocab": _whole(f"{vocabulary}:"), **forms, **standard.get("names", {})}
    classes = {_last(one): one for one in standard.get("classes", "").split()} | standard.get("names", {})
    properties = {_last(one): one for one in standard.get("same", "").split()} | standard.get("terms", {})
    terms: dict[str, Any] = {name: _whole(meant) for name, meant in classes.items()}
    names = (f"{one}." for one in classes) if standard.get("dotted") else ("",)
    return terms | {f"{before}{term}": _form(meant) for before in names for term, meant in properties.items()}


def _form(meant: str) -> dict[str, str]:
    if meant in _table()["links"].split():
        return {"@id": _whole(meant), "@type": "@id"}
    kind = _table()["types"].get(meant)
    return {"@id": _whole(meant)} if kind is None else {"@id": _whole(meant), "@type": _whole(kind)}


def _last(name: str) -> str:
    return name.partition(":")[2]


def _whole(name: str) -> str:
    """The IRI of `prefix:name`; the words of JSON-LD itself as they are."""
    prefix, _, local = name.partition(":")
    return name if name.startswith("@") else f"{_prefixes()[prefix]}{local}"


@cache
def _prefixes() -> Mapping[str, str]:
    return {**_table()["prefixes"], **source.read().prefixes}
