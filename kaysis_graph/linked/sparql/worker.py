"""A process of its own that answers one query after another, and can be killed in the middle of any.

It opens the copy read-only, knows no way to write and, where the platform allows, has no network. It imports next to
nothing of ours: 0.15 s from start to first answer. Run as
`python -m kaysis_graph.linked.sparql.worker BYTES`, spoken to over its standard input and output.
"""

import io
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as oxigraph

from kaysis_graph.linked.copy.checkpoints import Opened
from kaysis_graph.linked.sparql import pipe, sandbox

_SECONDS_BETWEEN_LOOKS = 1.0
_RESULTS = {
    "json": oxigraph.QueryResultsFormat.JSON, "xml": oxigraph.QueryResultsFormat.XML,
    "csv": oxigraph.QueryResultsFormat.CSV, "tsv": oxigraph.QueryResultsFormat.TSV,
}  # fmt: skip
_TRIPLES = {
    "turtle": oxigraph.RdfFormat.TURTLE, "ntriples": oxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": oxigraph.RdfFormat.RDF_XML, "jsonld": oxigraph.RdfFormat.JSON_LD,
    "nquads": oxigraph.RdfFormat.N_QUADS, "trig": oxigraph.RdfFormat.TRIG,
}  # fmt: skip


_Term = oxigraph.NamedNode | oxigraph.BlankNode | oxigraph.Literal | oxigraph.Triple
# The engine refuses a whole query for one function that it does not know. By SPARQL 1.1 (section 17.6) such a call is
# an error of its expression alone, which a filter, COALESCE or IF may handle.
_UNKNOWN_FUNCTION = re.compile(r"custom function <([^>]*)> is not supported")


class _Full(Exception):  # never leaves this process
    """The answer is larger than one answer may be."""


class _Sink(io.BytesIO):
    """Takes an answer up to a size."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, part: Any) -> int:  # noqa: ANN401  # a buffer
        size = super().write(part)
        if self.tell() > self._most:
            raise _Full
        return size


class Answering:
    """The copy that is open, and queries to it."""

    def __init__(self) -> None:
        self._opened: Opened | None = None

    def answer(self, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What became of a query: `outcome` is ok, syntax, full, memory, failed, broken (a fault of the machine's).

        Or gone: the copy was taken away, before or, by force, under the query, whose answer is then worth nothing.
        """
        try:
            opened = self._open(Path(asked["store"]))
        except OSError as error:
            return {"outcome": "gone", "reason": str(error)}, b""
        head, content = self._outcome(opened.store, asked)
        return (head, content) if opened.is_there else ({"outcome": "gone"}, b"")

    def _outcome(self, store: oxigraph.Store, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        try:
            return self._answered(store, asked)
        except SyntaxError as error:
            return {"outcome": "syntax", "reason": str(error)}, b""
        except _Full:
            return {"outcome": "full"}, b""
        except MemoryError:
            return {"outcome": "memory"}, b""
        except (ValueError, RuntimeError) as error:
            return {"outcome": "failed", "reason": str(error)}, b""
        except OSError as error:
            return {"outcome": "broken", "reason": str(error)}, b""

    def _open(self, path: Path) -> Opened:
        if self._opened is None or self._opened.path != path:
            if self._opened is not None:
                # One state at a time: the old one can be taken away.
                held, self._opened = self._opened, None
                held.close()
            self._opened = Opened(path)
        return self._opened

    @staticmethod
    def _answered(store: oxigraph.Store, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        defaults = [oxigraph.NamedNode(iri) for iri in asked["default_graphs"]]
        named = [oxigraph.NamedNode(iri) for iri in asked["named_graphs"]]
        dataset: dict[str, Any] = {}
        if defaults or named:
            # Said over the protocol, they take the place of what the query says (SPARQL 1.1 Protocol, section 2.1.4).
            dataset = {"default_graph": defaults, "named_graphs": named}
        functions: dict[oxigraph.NamedNode, Callable[..., _Term | None]] = {}
        while True:
            try:
                found = store.query(
                    asked["query"],
                    base_iri=asked["base"],
                    prefixes=asked["prefixes"],
                    custom_functions=functions,
                    **dataset,
                )
                break
            except RuntimeError as error:
                unknown = _UNKNOWN_FUNCTION.search(str(error))
                if unknown is None:
                    raise
                functions[oxigraph.NamedNode(unknown[1])] = _no_value
        sink = _Sink(asked["result"])
        if isinstance(found, oxigraph.QueryTriples):
            form = _TRIPLES[asked["format"]]
            # Triples come one by one and a graph may give one twice; the prefixes are for people.
            oxigraph.serialize(found, sink, form, prefixes=asked["prefixes"])
        else:
            found.serialize(sink, _RESULTS[asked["format"]])
        return {"outcome": "ok"}, sink.getvalue()


def main(memory: int) -> None:
    """Answers until the other side is gone."""
    _limit(memory)
    sandbox.seal()
    threading.Thread(target=_die_with, args=(os.getppid(),), daemon=True).start()
    asking, answering = sys.stdin.buffer, sys.stdout.buffer
    # Whatever a library prints must not be taken for an answer.
    sys.stdout = sys.stderr
    _serve(asking, answering)


def _no_value(*arguments: object) -> None:
    """A function that gives an error, whatever it is given."""


def _serve(asking: BinaryIO, answering: BinaryIO) -> None:
    work = Answering()
    with suppress(EOFError, BrokenPipeError):
        # Queries have their time from here on, not from the start of the process.
        pipe.write(answering, {"outcome": "ready"})
        while True:
            asked, query = pipe.read(asking)
            head, content = work.answer({**asked, "query": query.decode()})
            pipe.write(answering, head, content)


def _limit(memory: int) -> None:
    with suppress(ImportError, ValueError):
        # Elsewhere than on Unix the time limit is the only one.
        import resource  # noqa: PLC0415  # not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with(parent: int) -> None:
    """Ends this process when the service has ended, also in the middle of a query, during which threads run on."""
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
