"""Cypher statements as files with a checked header.

A file under `cypher/` holds one statement. Its comments on top say what it answers, what it `takes`, what it `gives`
and, where an edge type has to be filled in, the `names` to fill:

    // The neighbours of a record along one edge type, in alphabetical order.
    // takes: id
    // gives: id, title
    // names: EDGE_TYPE
    // begins: facts/twins/effects

What several statements begin with is written once: `begins` puts the lines of another file, down to its line `// ---`,
before the statement.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kaysis_graph import files
from kaysis_graph.errors import QueryError

# Whatever starts first wins, so that 'https://…' is a string and not the beginning of a comment.
_QUIET = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)")
_WRITES = re.compile(r"\b(?:CREATE|MERGE|SET|DELETE|REMOVE)\b")
_BEGINS = re.compile(r"^// begins: (\S+)\n", re.MULTILINE)
_SHARED_DOWN_TO = "// ---\n"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Query:
    """One statement with what it takes and gives; `writes` is read off the text."""

    name: str
    text: str
    about: str
    takes: frozenset[str]
    gives: tuple[str, ...]
    names: frozenset[str]
    writes: bool

    def named(self, **names: str) -> "Query":
        """The query with labels or edge types of the schema put in; a QueryError for one missing or no name."""
        if set(names) != self.names:
            raise QueryError("queries.names", query=self.name, names=", ".join(sorted(self.names)) or "–")
        text = self.text
        for name, value in names.items():
            if not _NAME.fullmatch(value):
                raise QueryError("queries.not_a_name", query=self.name, value=value)
            text = re.sub(rf"\b{name}\b", value, text)
        return replace(self, text=text, names=frozenset())


@cache
def load(name: str) -> Query:
    """The query in `cypher/<name>.cypher`; a QueryError when the file, its header or its parameters are wrong."""
    return parse(name, _BEGINS.sub(lambda said: _shared(said[1]), _read(name), count=1))


def parse(name: str, text: str) -> Query:
    """The query of a text; a QueryError when the header is missing or disagrees with the statement."""
    about, header = _header(text)
    bare = _QUIET.sub(" ", text)
    if not about:
        raise QueryError("queries.says_nothing", query=name)
    takes = _listed(header.get("takes", ""))
    used = set(_PARAMETER.findall(bare))
    if used != set(takes):
        raise QueryError(
            "queries.takes", query=name, declared=", ".join(takes) or "–", used=", ".join(sorted(used)) or "–"
        )
    if ";" in bare.strip().rstrip(";"):
        raise QueryError("queries.several", query=name)
    return Query(
        name=name,
        text=text,
        about=about,
        takes=frozenset(takes),
        gives=tuple(_listed(header.get("gives", ""))),
        names=frozenset(_listed(header.get("names", ""))),
        writes=bool(_WRITES.search(bare)),
    )


def _read(name: str) -> str:
    try:
        return (files.CYPHER / f"{name}.cypher").read_text(encoding="utf-8")
    except OSError as error:
        raise QueryError("queries.missing", query=name) from error


def _shared(name: str) -> str:
    shared, _, _ = _read(name).partition(_SHARED_DOWN_TO)
    return "".join(line for line in shared.splitlines(keepends=True) if not line.startswith("//"))


def _header(text: str) -> tuple[str, Mapping[str, str]]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line.removeprefix("//").strip())
    entries = [line.partition(":") for line in lines]
    known = {key: value.strip() for key, _, value in entries if key in ("takes", "gives", "names")}
    about = " ".join(line for line, (key, _, _) in zip(lines, entries, strict=True) if key not in known)
    return about, known


def _listed(text: str) -> list[str]:
    return [name for name in re.split(r"[,\s]+", text) if name]
