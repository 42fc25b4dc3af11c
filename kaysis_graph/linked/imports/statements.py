"""Statements of RDF files on disk, in the order they were read and by their subject, so that memory stays bounded.

A temporary SQLite file, as the spool of an import is. A store for SPARQL would do, but it forgets the order of values.
"""

import hashlib
import itertools
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kaysis_graph.linked.literals import RDF

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE said (subject TEXT, predicate INTEGER, value TEXT, form INTEGER, file INTEGER);
"""
# Looked up from their object: 0 the nodes of a statement about a record, 1 the services that follow a procedure.
_INDEXES = """
CREATE INDEX said_subject ON said (subject);
CREATE INDEX said_value ON said (value, predicate) WHERE predicate < 2;
"""
SUBJECT, PREDICATE, OBJECT = (f"{RDF}{name}" for name in ("subject", "predicate", "object"))
FOLLOWS = "http://purl.org/vocab/cpsv#follows"
# Real catalogues have subtags of more than eight letters.
_TAG = re.compile(r"[a-z]{2,8}(?![a-z0-9])(?:-[a-z0-9]{1,8}(?![a-z0-9]))*")
_LOOKED_UP = (SUBJECT, FOLLOWS)
# guess: a requirement, its lists and what these hold nest three deep; the rest is for lists without an end.
_DEEPEST_BLANK = 12
# Rows put in at once; more are no faster.
_AT_A_TIME = 10_000


class Said(NamedTuple):
    """What is said of a subject: `form` is empty for an IRI or blank node, `@tr` for a language, else a datatype."""

    predicate: str
    value: str
    form: str
    file: int

    @property
    def language(self) -> str | None:
        """The language of a text by its first subtag; None for what has none."""
        return self.form[1:].partition("-")[0] if self.form.startswith("@") else None

    @property
    def tag(self) -> str:
        """The language of a text as far as its tag keeps to BCP 47, section 2.1; what has none is Turkish."""
        if not self.form.startswith("@"):
            return "tr"
        found = _TAG.match(self.form[1:])
        return found[0] if found else "und"


class Statements:
    """All statements of an input; a context, gone with its file at the end."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="kaysis-linked-")
        self._data = sqlite3.connect(Path(self._folder.name) / "said", isolation_level=None, check_same_thread=False)
        self._data.executescript(_TABLES)
        self._data.execute("BEGIN")
        self._numbers = {name: number for number, name in enumerate(_LOOKED_UP)}
        self._names = list(_LOOKED_UP)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()
        self._folder.cleanup()

    def add(self, file: int, quads: Iterable[Quad]) -> Iterator[int]:
        """Takes in the quads of a file, whatever graph they are in; gives how many so far, now and then."""
        batch: list[tuple[str, int, str, int, int]] = []
        done = 0
        try:
            for quad in quads:
                batch.append(self._row(file, quad))
                if len(batch) == _AT_A_TIME:
                    self._insert(batch)
                    done += len(batch)
                    batch.clear()
                    yield done
        finally:
            # What was read before a fault is looked at all the same, for what else is wrong.
            self._insert(batch)
        if batch:
            yield done + len(batch)

    def _insert(self, rows: Sequence[tuple[str, int, str, int, int]]) -> None:
        self._data.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", rows)

    def close_reading(self) -> None:
        """Ends the reading: from now on statements are looked up."""
        self._data.execute("COMMIT")
        self._data.executescript(_INDEXES)
        self._data.execute("BEGIN")
        self._name_blank_nodes()

    def subjects(self) -> Iterator[tuple[str, list[Said]]]:
        """Every subject with all that is said of it, each statement once, in the order it was read."""
        rows = self._data.execute("SELECT subject, predicate, value, form, file FROM said ORDER BY subject, rowid")
        for subject, group in itertools.groupby(rows, key=lambda row: str(row[0])):
            yield subject, self._once(row[1:] for row in group)

    def of(self, subject: str) -> list[Said]:
        """All that is said of the subject."""
        return self._once(
            self._data.execute(
                "SELECT predicate, value, form, file FROM said WHERE subject = ? ORDER BY rowid", (subject,)
            )
        )

    def tell_of(self, subject: str) -> bool:
        """Whether the subject has any statement."""
        return self._data.execute("SELECT 1 FROM said WHERE subject = ? LIMIT 1", (subject,)).fetchone() is not None

    def pointing(self, predicate: str, value: str) -> list[str]:
        """The subjects that have the value for one of the predicates that are looked up so."""
        number = self._numbers[predicate]
        # The bound is there for the index: it holds only these predicates.
        found = self._data.execute(
            "SELECT DISTINCT subject FROM said WHERE value = ? AND predicate = ? AND predicate < 2 ORDER BY rowid",
            (value, number),
        )
        return [str(row[0]) for row in found]

    def _name_blank_nodes(self) -> None:
        """Names blank nodes by what is said of them: the reader names them anew each time, and files in their order.

        Two of which the same is said become one, which says no less.
        """
        found = self._data.execute("SELECT DISTINCT subject FROM said WHERE subject LIKE '\\_:%' ESCAPE '\\'")
        blank = [str(row[0]) for row in found]
        if not blank:
            return
        named: dict[str, str] = {}
        for node in blank:
            self._named(node, named, ())
        self._data.execute("CREATE TEMP TABLE blank (node TEXT PRIMARY KEY, name TEXT)")
        self._data.executemany("INSERT INTO blank VALUES (?, ?)", named.items())
        no_form = self._number("")
        self._data.execute(
            "UPDATE said SET value = (SELECT name FROM blank WHERE node = value)"
            " WHERE form = ? AND value IN (SELECT node FROM blank)",
            (no_form,),
        )
        self._data.execute(
            "UPDATE said SET subject = (SELECT name FROM blank WHERE node = subject)"
            " WHERE subject IN (SELECT node FROM blank)"
        )
        self._data.execute("DROP TABLE blank")

    def _named(self, node: str, named: dict[str, str], above: tuple[str, ...]) -> str:
        """The name of a blank node; of one that leads back to itself, or very deep, without what lies there."""
        if (known := named.get(node)) is not None:
            return known
        if node in above or len(above) > _DEEPEST_BLANK:
            return f"_:^{above.index(node) if node in above else ''}"
        inner = (*above, node)
        said = sorted(
            (one.predicate, self._named(one.value, named, inner) if _is_blank(one) else one.value, one.form)
            for one in self.of(node)
        )
        name = f"_:{hashlib.sha256(repr(said).encode()).hexdigest()[:16]}"
        if not above or "_:^" not in repr(said):
            named[node] = name
        return name

    def _once(self, rows: Iterable[tuple[int, str, int, int]]) -> list[Said]:
        names = self._names
        said: dict[tuple[int, str, int], Said] = {}
        for predicate, value, form, file in rows:
            if (predicate, value, form) not in said:
                said[predicate, value, form] = Said(names[predicate], value, names[form], file)
        return list(said.values())

    def _row(self, file: int, quad: Quad) -> tuple[str, int, str, int, int]:
        value, form = _term(file, quad.object)
        subject, _ = _term(file, quad.subject)
        return subject, self._number(quad.predicate.value), value, self._number(form), file

    def _number(self, name: str) -> int:
        number = self._numbers.get(name)
        if number is None:
            number = self._numbers[name] = len(self._names)
            self._names.append(name)
        return number


def _is_blank(said: Said) -> bool:
    return not said.form and said.value.startswith("_:")


def _term(file: int, term: object) -> tuple[str, str]:
    match term:
        case NamedNode():
            return term.value, ""
        case Literal():
            # XML and JSON can hold halves of letters, which no database takes.
            return term.value, f"@{term.language}" if term.language else term.datatype.value
        case BlankNode():
            return f"_:{file}.{term.value}", ""
        case _:
            # RDF 1.2 speaks of statements: the form `rdf:reifies` of it is listed as not mapped.
            return str(term), f"{RDF}Statement"
