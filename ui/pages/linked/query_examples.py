"""The example queries of `ontology/queries/`: real questions, each with its title and what it answers."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kaysis_graph import files
from kaysis_graph.linked.iris import Iris
from kaysis_graph.schema.definitions import Label

_HEAD = re.compile(r"# (tr|en|about\.tr|about\.en): (.+)")
_USED = re.compile(r"(?<![\w?$<-])([a-z][a-z-]*):(?=\w)")
_DECLARED = re.compile(r"^\s*PREFIX\s+([\w-]*):", re.MULTILINE | re.IGNORECASE)
# What is no part of the query may hold something that looks like a prefix.
_NO_PREFIXES = re.compile(r"#[^\n]*|<[^<>\s]*>|\"[^\"\n]*\"")


@dataclass(frozen=True)
class QueryExample:
    """A query as its file says it: `{base}` stands for what all IRIs begin with, prefixes are not declared."""

    name: str
    title: Label
    about: Label
    text: str

    def query(self, iris: Iris) -> str:
        """The query as it can be asked of this service, or of a copy anywhere."""
        return declared(self.text.replace("{base}", iris.base), iris)


@cache
def examples(folder: Path = files.ONTOLOGY / "queries") -> tuple[QueryExample, ...]:
    """All of them, in the order of their file names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.rq")))


def declared(query: str, iris: Iris) -> str:
    """The query with the prefixes that it uses and does not declare, in front; prefixes nobody knows are left."""
    known = iris.prefixes
    names = set(_USED.findall(_NO_PREFIXES.sub(" ", query))) - set(_DECLARED.findall(query))
    lines = [f"PREFIX {name}: <{known[name]}>" for name in known if name in names]
    return "\n".join([*lines, query]) if lines else query


def _read(path: Path) -> QueryExample:
    head: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines and (found := _HEAD.fullmatch(lines[0])):
        head[found[1]] = found[2]
        lines.pop(0)
    title, about = (Label(head[f"{part}tr"], head[f"{part}en"]) for part in ("", "about."))
    return QueryExample(path.stem, title, about, "\n".join(lines).strip())
