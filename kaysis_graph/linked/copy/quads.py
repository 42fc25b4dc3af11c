"""One copy of the graph as RDF on disk, for SPARQL to be asked of: built whole, then changed record by record.

What readers see are checkpoints: hard links to files that never change, made in 6 ms. So a query has one state of the
graph before it however long it runs, and whoever reads can be killed at any time.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.linked.copy import checkpoints
from kaysis_graph.linked.copy.checkpoints import Checkpoint
from kaysis_graph.linked.export import all_quads, vocabulary
from kaysis_graph.linked.export.description import Describer
from kaysis_graph.linked.iris import Iris
from kaysis_graph.linked.literals import RDF
from kaysis_graph.records import whole_records
from kaysis_graph.schema.derive import owl

_SUBJECT = NamedNode(f"{RDF}subject")
# Raised with every change of what is written of a record; a copy of another form is built anew.
FORM = 1
# Whoever was told of a checkpoint opens it within milliseconds, and from then on it is kept for them.
KEPT = 3
_RECORDS_AT_A_TIME = 1_000
STORE = "store"
_CHECKPOINTS, _POSITION = "checkpoints", "position.json"


@dataclass(frozen=True)
class Position:
    """Where a copy stands: the change, its hash, the day, and the checkpoint that readers open.

    `fingerprint` names the graph, the base and the form of the mapping: a copy of another one is of no use.
    """

    sequence: int
    hash: str
    day: str
    fingerprint: str
    checkpoint: str = ""

    @property
    def on(self) -> date:
        """The day the copy is as of."""
        return date.fromisoformat(self.day)


class Copy:
    """A copy in a folder of its own; one process at a time may write it."""

    def __init__(self, folder: Path) -> None:
        """Opens the copy of the folder for writing; OSError when another process has it."""
        self.folder = folder
        # Read before the store is: a store that is ahead of its position is brought up again, never the other way.
        self.position = position_in(folder)
        self._store = Store(str(folder / STORE))

    @property
    def store(self) -> Store:
        """The store itself, for looking things up between two changes."""
        return self._store

    def build(self, reader: Reader, iris: Iris, view: View, at: Position, progress: Callable[[int, int], None]) -> None:
        """Everything written, then the first checkpoint; the folder must be new."""
        self._store.bulk_extend(all_quads.quads(reader, iris, view, progress))
        own = vocabulary.triples(iris, owl.document(iris.schema))
        self._store.bulk_extend(Quad(one.subject, one.predicate, one.object, iris.ontology) for one in own)
        self._store.optimize()
        self.stand(at)

    def renew(self, reader: Reader, iris: Iris, view: View, identifiers: Iterable[str]) -> int:
        """Makes the quads of these records anew and writes what differs; gives how many quads did.

        May be broken off and done again. Readers see nothing of it before `stand`.
        """
        describer = Describer(iris, view)
        wanted = sorted(identifiers)
        differing = 0
        for start in range(0, len(wanted), _RECORDS_AT_A_TIME):
            some = wanted[start : start + _RECORDS_AT_A_TIME]
            made = {held.record.id: held for held in whole_records.some(reader, iris.schema, some)}
            added: list[Quad] = []
            for name in some:
                held = made.get(name)
                new = set(describer.quads(held.record, held.edges)) if held is not None else set()
                old = set(self._owned(iris, name))
                for quad in old - new:
                    self._store.remove(quad)
                added += new - old
                differing += len(old ^ new)
            self._store.extend(added)
        return differing

    def stand(self, at: Position) -> None:
        """Makes what was written visible to readers, as the state at that position."""
        folder = self.folder / _CHECKPOINTS
        folder.mkdir(exist_ok=True)
        checkpoints.sweep(folder)
        numbers = [int(path.name) for path in folder.iterdir() if path.name.isdecimal()]
        name = str(max(numbers, default=0) + 1)
        self._store.backup(str(folder / name))
        self.position = replace(at, checkpoint=name)
        put(self.folder / _POSITION, json.dumps(asdict(self.position)))
        for number in sorted(numbers)[: -(KEPT - 1)]:
            checkpoints.take_away(folder / str(number))

    def _owned(self, iris: Iris, identifier: str) -> Iterator[Quad]:
        """The quads whose subject is the record or belongs to it."""
        kind = iris.schema.kind_of(identifier)
        assert kind is not None, "every record's identifier has the form of its kind"
        home = iris.record(kind, identifier)
        waiting, seen = [home], {home}
        while waiting:
            subject = NamedNode(waiting.pop())
            quads = list(self._store.quads_for_pattern(subject, None, None, None))
            yield from quads
            met = [quad.object.value for quad in quads if isinstance(quad.object, NamedNode)]
            if subject.value == home:
                about = self._store.quads_for_pattern(None, _SUBJECT, subject, None)
                met += [quad.subject.value for quad in about if isinstance(quad.subject, NamedNode)]
            for iri in met:
                if iri.startswith(f"{home}#") and iri not in seen:
                    seen.add(iri)
                    waiting.append(iri)


def position_in(folder: Path) -> Position | None:
    """Where the copy in a folder stands, whoever writes it; None when there is none or it was never finished."""
    try:
        return Position(**json.loads((folder / _POSITION).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def newest_in(folder: Path) -> Checkpoint | None:
    """The checkpoint of the copy in a folder that readers should open."""
    position = position_in(folder)
    if position is None:
        return None
    return Checkpoint(folder / _CHECKPOINTS / position.checkpoint, position.sequence)


def take_away(folder: Path) -> bool:
    """Removes a whole copy that is out of use, unless somebody still reads a state of it; whether it is gone."""
    for checkpoint in (folder / _CHECKPOINTS).glob("*"):
        if not checkpoints.take_away(checkpoint):
            return False
    shutil.rmtree(folder, ignore_errors=True)
    return True


def put(path: Path, text: str) -> None:
    """The file replaced at once: who reads meanwhile finds the old text or the new one."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
