"""What people call things beside what the register calls them: `ontology/synonyms.toml`, read once and checked."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kaysis_graph import files, text
from kaysis_graph.errors import SchemaError

_FILE = "synonyms.toml"
# Short stems are those of too many words: "ölüm" gives `ol`.
_SHORTEST_STEM = 3


@dataclass(frozen=True)
class Synonym:
    """A phrase that people say, and the phrases that are looked for beside it."""

    said: str
    also: tuple[str, ...]
    words: tuple[tuple[str, str], ...]

    def stands_at(self, words: Sequence[tuple[str, str]], place: int) -> bool:
        """Whether the phrase begins at this one of the words, each given folded and as its stem."""
        there = words[place : place + len(self.words)]
        return len(there) == len(self.words) and all(
            one[0] == other[0] or (one[1] == other[1] and len(one[1]) >= _SHORTEST_STEM)
            for one, other in zip(there, self.words, strict=True)
        )


@cache
def read_synonyms(folder: Path = files.ONTOLOGY) -> tuple[Synonym, ...]:
    """The synonyms of a folder, phrases of more words first.

    SchemaError for what is no TOML, an unknown key, a phrase without words, one that stands in two places or alone.
    """
    try:
        told = tomllib.loads((folder / _FILE).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SchemaError("schema.unreadable", file=_FILE, reason=str(error)) from error
    if unknown := sorted(set(told) - {"both", "one"}):
        raise _wrong(unknown[0], "unknown key; known: both, one")
    found: dict[tuple[str, ...], Synonym] = {}
    for where, said, also in _pairs(told):
        words = words_of(said)
        key = tuple(word for word, _ in words)
        if key in found:
            raise _wrong(where, f"{said!r} stands in two places")
        if not also:
            raise _wrong(where, f"{said!r} has nothing beside it")
        found[key] = Synonym(said, tuple(also), words)
    return tuple(sorted(found.values(), key=lambda held: -len(held.words)))


def words_of(phrase: str) -> tuple[tuple[str, str], ...]:
    """The words of a phrase as they are compared: folded, and as their stems."""
    return tuple(zip(text.words(phrase), text.stems(phrase), strict=True))


def _pairs(told: dict[str, list[dict[str, object]]]) -> Iterator[tuple[str, str, list[str]]]:
    """Each phrase with the others beside it, and where in the file it stands."""
    for number, group in enumerate(told.get("both", ())):
        words = _phrases(group, ("words",), f"both.{number}")["words"]
        for word in words:
            yield f"both.{number}.words", word, [other for other in words if other != word]
    for number, group in enumerate(told.get("one", ())):
        phrases = _phrases(group, ("said", "also"), f"one.{number}")
        yield f"one.{number}.said", phrases["said"][0], phrases["also"]


def _phrases(group: dict[str, object], names: tuple[str, ...], where: str) -> dict[str, list[str]]:
    if set(group) != set(names):
        raise _wrong(where, f"needs {' and '.join(names)}, and nothing else")
    found: dict[str, list[str]] = {}
    for name in names:
        value = group[name]
        phrases = [value] if isinstance(value, str) and name == "said" else value
        if not isinstance(phrases, list) or not all(isinstance(held, str) and text.words(held) for held in phrases):
            raise _wrong(f"{where}.{name}", "must be phrases with words in them")
        found[name] = phrases
    return found


def _wrong(key: str, reason: str) -> SchemaError:
    return SchemaError("schema.wrong", file=_FILE, key=key, reason=reason)
