"""RDF files of any form as quads, without ever asking anybody for anything.

The parser has no network. What it would need from elsewhere is refused by name: a JSON-LD context that we do not ship,
an entity of an XML file that lies outside it.
"""

import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import quote
from xml.parsers import expat

import pyoxigraph
import zstandard
from pyoxigraph import Quad

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.linked.export import whole_graph
from kaysis_graph.linked.export.whole_graph import Name
from kaysis_graph.linked.imports import contexts
from kaysis_graph.transfer.sources import text_encoding

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# What files are called beside the suffixes of our own.
_ENDINGS: Mapping[str, Name] = {
    **{form.suffix: form.name for form in whole_graph.FORMS.values()},
    **dict.fromkeys((".owl", ".xml"), "rdfxml"),
    ".json": "jsonld",
}
# What a broken file, packed or not, makes its readers say.
_UNREADABLE = (OSError, EOFError, zlib.error, zstandard.ZstdError)
_BOM = b"\xef\xbb\xbf"
_SAMPLE = 4_096
# guess: who has made a hundred faults in a file has made one of them a hundred times.
_MOST_FAULTS = 100
# What is unpacked at a time: zstd makes a few megabytes of it.
_BLOCK = 1 << 16
# A statement of N-Quads with its graph; Turtle, which TriG is a superset of, has no such line.
_QUAD = re.compile(rb'(<[^>]*>|_:\S+)\s+<[^>]*>\s+(<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"\S*)\s+(<[^>]*>|_:\S+)\s*\.')
# What an XML file may abbreviate: namespaces. Entities that hold entities, or pages of text, grow without end.
_LONGEST_ENTITY = 1_000
# A document that has to be read whole, to put a context of ours into it, is one record or a page of them.
_LARGEST_DOCUMENT = 64 << 20
_NO_CONTEXT = "LoadDocumentCallback"
# A context that may be an address, and one that is.
_CONTEXT = re.compile(rb'"@(?:context|import)"\s*:\s*["\[{]')
_ADDRESS = re.compile(rb'"@(?:context|import)"\s*:\s*\[?\s*"([^"]*)"')


def form_of(path: Path) -> Name:
    """The form of a file by the end of its name, else by how it begins."""
    name = path.name.removesuffix(whole_graph.SUFFIXES[whole_graph.compression_of(path)])
    if (known := _ENDINGS.get(Path(name).suffix)) is not None:
        return known
    with _opened(path) as file:
        return _begins_as(file.read(_SAMPLE))


def quads(path: Path, form: Name) -> Iterator[Quad]:
    """The quads of a file in their order; Invalid where it cannot be read on, with what came before already given."""
    try:
        if form == "rdfxml":
            with _opened(path) as file:
                _check_entities(file)
        with _with_contexts(path) if form == "jsonld" else _opened(path) as file:
            yield from _parsed(file, path, form)
    except SyntaxError as error:
        if _NO_CONTEXT in str(error):
            raise Invalid([_remote(path, _first_address(path))]) from error
        raise Invalid([_syntax(path, form, error)]) from error
    except expat.ExpatError as error:
        problem = Problem("linked.syntax", {"file": path.name, "row": error.lineno}, {"form": form, "reason": error})
        raise Invalid([problem]) from error
    except (*_UNREADABLE, ValueError, RecursionError) as error:
        raise Invalid([Problem("linked.unreadable", {"file": path.name}, {"reason": error})]) from error


def _parsed(file: IO[bytes], path: Path, form: Name) -> Iterator[Quad]:
    """The quads that can be read; at the end Invalid with all that could not: the parser goes on behind a fault."""
    # Real catalogues have language subtags of more than eight letters, and spaces in IRIs. A name of a file may have
    # blanks, brackets and percent signs, an IRI not.
    base = f"file:///{quote(path.name)}"
    quads = pyoxigraph.parse(file, whole_graph.FORMS[form].rdf, base_iri=base, lenient=True)
    faults: dict[tuple[str | int | None, str], SyntaxError] = {}
    while len(faults) < _MOST_FAULTS:
        try:
            quad = next(quads, None)
        except SyntaxError as error:
            if _NO_CONTEXT in str(error):
                raise
            if faults.setdefault((error.lineno, str(error.msg)), error) is not error:
                # It does not get past this one.
                break
            continue
        if quad is None:
            break
        yield quad
    if faults:
        raise Invalid([_syntax(path, form, error) for error in faults.values()])


def _syntax(path: Path, form: Name, error: SyntaxError) -> Problem:
    place: dict[str, str | int] = {"file": path.name} | ({"row": error.lineno} if error.lineno else {})
    return Problem("linked.syntax", place, {"form": form, "reason": _reason(error)})


class _Zstd(io.RawIOBase):
    """What a zstd file holds; the library's own reader takes a file that is cut short for one that ends there."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer)
        while not self._ready:
            if self._frame.eof:
                block = self._frame.unused_data or self._packed.read(_BLOCK)
                if not block:
                    return 0
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            elif not (block := self._packed.read(_BLOCK)):
                raise EOFError("the file is cut short")  # as gzip says it
            self._ready = self._frame.decompress(block)
        taken, self._ready = self._ready[: len(target)], self._ready[len(target) :]
        target[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        self._packed.close()
        super().close()


def _opened(path: Path) -> IO[bytes]:
    """The bytes of the file, unpacked, behind the mark that some editors begin a file with."""
    packed = text_encoding.raw(path)
    unpacked = _Zstd(packed) if whole_graph.compression_of(path) == "zstd" else cast("io.RawIOBase", packed)
    file = io.BufferedReader(unpacked)
    try:
        if file.peek(len(_BOM)).startswith(_BOM):
            file.read(len(_BOM))
    except _UNREADABLE as error:
        file.close()
        raise Invalid([Problem("linked.unreadable", {"file": path.name}, {"reason": error})]) from error
    return file


def _begins_as(sample: bytes) -> Name:
    lines = [line.strip() for line in sample.splitlines()]
    start = b" ".join(line for line in lines if line and not line.startswith(b"#"))
    if re.match(rb"\{|\[\s*[\{\]]", start):
        return "jsonld" if re.match(rb'[\[\s\{]*("|\}|\])', start) else "trig"
    if start.startswith((b"<?xml", b"<!", b"<rdf:RDF")):
        return "rdfxml"
    return "nquads" if _QUAD.match(start) else "trig"


def _reason(error: SyntaxError) -> str:
    return re.sub(r"Parser error at line \d+( column \d+| between columns \d+ and \d+)?: ", "", str(error.msg))


class _Begun(Exception):  # the first element is no error
    """The first element of the file: entities are declared before it."""


def _check_entities(file: IO[bytes]) -> None:
    """ValueError for an entity from outside the file, and for one that could grow beyond measure."""

    def declared(  # as the parser calls it
        name: str,
        _is_parameter: bool,  # noqa: FBT001
        value: str | None,
        _base: str | None,
        system: str | None,
        *_: str | None,
    ) -> None:
        if value is None or "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            raise ValueError(f"<!ENTITY {name} {system or ''}…>")

    def begun(_name: str, _attributes: dict[str, str]) -> None:
        raise _Begun

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.ParseFile(file)
    except _Begun:
        return


def _with_contexts(path: Path) -> IO[bytes]:
    """The JSON-LD document with the contexts that ship with us in the place of their addresses; Invalid for any other.

    One too large to be read whole is given as it is: what comes in millions of statements names no context.
    """
    with _opened(path) as file:
        content = file.read(_LARGEST_DOCUMENT + 1)
    if len(content) > _LARGEST_DOCUMENT:
        return _opened(path)
    if not _CONTEXT.search(content):
        return io.BytesIO(content)
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        # The parser says where.
        return io.BytesIO(content)
    found = {address: contexts.find_context(address) for address in sorted(set(contexts.find_addresses(document)))}
    if unknown := [_remote(path, address) for address, context in found.items() if context is None]:
        raise Invalid(unknown)
    known = {address: context for address, context in found.items() if context is not None}
    return io.BytesIO(json.dumps(contexts.replace_addresses(document, known)).encode() if known else content)


def _first_address(path: Path) -> str:
    with _opened(path) as file:
        found = _ADDRESS.search(file.read(_LARGEST_DOCUMENT))
    return found[1].decode(errors="replace") if found else "?"


def _remote(path: Path, address: str) -> Problem:
    return Problem("linked.remote_context", {"file": path.name}, {"context": address})
