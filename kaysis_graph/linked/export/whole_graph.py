"""The whole graph as one RDF document: the formats there are, written to a file or handed on as it is made."""

import queue
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, Protocol, Self, cast

import pyoxigraph
import zstandard
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from kaysis_graph import files
from kaysis_graph.errors import Conflict
from kaysis_graph.graph import history
from kaysis_graph.graph.store import Store
from kaysis_graph.graph.view import View
from kaysis_graph.linked.copy.checkpoints import Checkpoint, Opened
from kaysis_graph.linked.export import all_quads
from kaysis_graph.linked.iris import Iris

Compression = Literal["none", "gzip", "zstd"]
Name = Literal["nquads", "trig", "turtle", "ntriples", "rdfxml", "jsonld"]
SUFFIXES: Mapping[Compression, str] = {"none": "", "gzip": ".gz", "zstd": ".zst"}
PACKED_MEDIA: Mapping[Compression, str] = {"gzip": "application/gzip", "zstd": "application/zstd"}
# What is handed on at a time: with fewer bytes the change between threads costs more than the writing.
_BYTES_AT_A_TIME = 1 << 16
# A reader that is slower than we are holds us up: a megabyte waits for it, no more.
_PARTS_WAITING = 4
# guess: a graph that is written to every second is quiet for the length of an export only by chance.
_TRIES = 3
_DEFAULT = DefaultGraph()
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RdfForm:
    """A serialisation; one without graphs holds the default graph alone."""

    name: Name
    rdf: RdfFormat
    suffix: str
    older: tuple[str, ...] = ()

    @property
    def media(self) -> str:
        """What it is called on the web."""
        return self.rdf.media_type

    @property
    def names(self) -> tuple[str, ...]:
        """What clients call it: as registered, by which it is given out, then by names that came before."""
        return (self.media, *self.older)

    @property
    def title(self) -> str:
        """What people call it: `RDF/XML`."""
        return self.rdf.name

    @property
    def has_graphs(self) -> bool:
        """Whether the format has named graphs, which keep the history apart from what is valid."""
        return self.rdf.supports_datasets


FORMS: Mapping[Name, RdfForm] = {
    form.name: form
    for form in (
        RdfForm("nquads", RdfFormat.N_QUADS, ".nq"),
        RdfForm("trig", RdfFormat.TRIG, ".trig"),
        RdfForm("turtle", RdfFormat.TURTLE, ".ttl", ("application/x-turtle",)),
        # RDF was asked for as text before N-Triples had a name.
        RdfForm("ntriples", RdfFormat.N_TRIPLES, ".nt", ("text/plain",)),
        RdfForm("rdfxml", RdfFormat.RDF_XML, ".rdf"),
        RdfForm("jsonld", RdfFormat.JSON_LD, ".jsonld", ("application/json",)),
    )
}


def form_of(file: Path) -> RdfForm | None:
    """The serialisation that the name of a file tells, compressed or not; None when it tells none."""
    packing = compression_of(file)
    name = file.name.removesuffix(SUFFIXES[packing])
    return next((form for form in FORMS.values() if name.endswith(form.suffix)), None)


def compression_of(file: Path) -> Compression:
    """How a file of this name is compressed."""
    return next((packing for packing, suffix in SUFFIXES.items() if suffix and file.name.endswith(suffix)), "none")


def of_graph(reader: Store, iris: Iris, view: View, progress: Progress | None = None) -> Iterator[Quad]:
    """All quads read from the graph itself; Conflict when it changed meanwhile, and the quads are of two states."""
    before = history.head(reader)
    yield from all_quads.quads(reader, iris, view, progress)
    if history.head(reader) != before or before.number != view.sequence:
        raise Conflict("transfer.changed_meanwhile", before=before.number)


def of_checkpoint(checkpoint: Checkpoint, iris: Iris) -> Iterator[Quad]:
    """All quads of one state of the copy, what is valid first; Conflict when it was taken away a moment ago."""
    try:
        opened = Opened(checkpoint.path)
    except OSError as error:
        raise Conflict("transfer.changed_meanwhile", before=checkpoint.sequence) from error
    return _quads(opened, iris)


def _quads(opened: Opened, iris: Iris) -> Iterator[Quad]:
    with opened as held:
        for graph in (_DEFAULT, iris.history):
            yield from held.quads_for_pattern(None, None, None, cast("NamedNode", graph))


def write(quads: Iterable[Quad], packed: "Packed", form: RdfForm, iris: Iris) -> None:
    """The quads written in a form to its end; in one without graphs those of the default graph."""
    held = quads if form.has_graphs else (quad for quad in quads if quad.graph_name == _DEFAULT)
    pyoxigraph.serialize(held, cast("IO[bytes]", packed), form.rdf, prefixes=dict(iris.prefixes))
    packed.end()


def export(file: Path, form: RdfForm, iris: Iris, begin: Callable[[], Iterable[Quad]]) -> None:
    """A file written whole or not at all: while the graph changes under it, it is begun again.

    `begin` gives the quads from the first one on. Conflict when the graph changed each time.
    """
    for turn in range(1, _TRIES + 1):
        try:
            with files.written_whole(file) as path, path.open("wb") as raw:
                write(begin(), Packed(raw.write, compression_of(file)), form, iris)
        except Conflict:
            if turn == _TRIES:
                raise
        else:
            return


class Packed:
    """What a document is written to: compressed and gathered, it goes on in parts that are worth handing on.

    Without `end` nothing of its end goes on: a document that was cut short does not look whole.
    """

    def __init__(self, put: Callable[[bytes], object], compression: Compression) -> None:
        self._put = put
        self._packer = _packer(compression)
        self._held = bytearray()

    def write(self, piece: bytes) -> int:
        """One piece of the document."""
        self._held += piece if self._packer is None else self._packer.compress(piece)
        if len(self._held) >= _BYTES_AT_A_TIME:
            self._hand_on()
        return len(piece)

    def flush(self) -> None:
        """Nothing: how much goes on at a time is decided here."""

    def end(self) -> None:
        """The document is whole."""
        if self._packer is not None:
            self._held += self._packer.flush()
        self._hand_on()

    def _hand_on(self) -> None:
        if self._held:
            self._put(bytes(self._held))
            self._held.clear()


class _Packer(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def _packer(compression: Compression) -> _Packer | None:
    match compression:
        case "none":
            return None
        case "gzip":
            # A gzip header without name and time: the same quads give the same bytes.
            return zlib.compressobj(5, wbits=16 + zlib.MAX_WBITS)
        case "zstd":
            return zstandard.ZstdCompressor().compressobj()


class Stream:
    """A document as it is made in a thread of its own, which waits for its reader and ends with it."""

    def __init__(self, quads: Iterable[Quad], form: RdfForm, compression: Compression, iris: Iris) -> None:
        self._parts: queue.Queue[bytes | BaseException | None] = queue.Queue(_PARTS_WAITING)
        self._is_left = False
        self._making = threading.Thread(
            target=self._make, args=(quads, form, compression, iris), name="dump", daemon=True
        )
        self._making.start()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        """The next part; what went wrong while it was made is raised here."""
        part = self._parts.get()
        if part is None:
            raise StopIteration
        if isinstance(part, BaseException):
            raise part
        return part

    def leave(self) -> None:
        """Nobody reads any more: the thread ends at the next part it makes."""
        self._is_left = True
        while True:
            try:
                self._parts.get_nowait()
            except queue.Empty:
                return

    def _make(self, quads: Iterable[Quad], form: RdfForm, compression: Compression, iris: Iris) -> None:
        try:
            write(quads, Packed(self._put, compression), form, iris)
        except _Left:
            return
        except BaseException as error:  # noqa: BLE001  # told to the reader, whatever it is
            self._finish(error)
        else:
            self._finish(None)

    def _put(self, part: bytes) -> None:
        if self._is_left:
            raise _Left
        self._parts.put(part)

    def _finish(self, last: BaseException | None) -> None:
        if not self._is_left:
            self._parts.put(last)


class _Left(Exception):  # never leaves this module
    """The reader went away."""
