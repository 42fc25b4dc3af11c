"""What search reads of a record: its names, its numbers, its words and their stems, all folded.

The same functions of `text.py` cut and fold the question, so that there is one analysis on both sides. The Turkish
analyzers of search engines are not used: they do not find "Hastanesi" for `hastane` nor "İstanbul" for `ISTANBUL`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from kaysis_graph import text
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Value

if TYPE_CHECKING:
    from kaysis_graph.records.record_model import Record

_NUMBERED = re.compile(r"[a-z]+-([0-9-]+)")
_BLANK = re.compile(r"\s")
# Texts up to this many letters are remembered: titles are, descriptions are not.
_SHORT: Final = 120


@dataclass(frozen=True)
class RecordWords:
    """What search reads of a record, folded: its names, words, stems and numbers, each once and in their order.

    The present title is the first of the names, other names and former titles follow; the words of one are joined by
    blanks, and a title without a word is empty.
    """

    names: tuple[str, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def name_words(self) -> tuple[str, ...]:
        """The words of the names."""
        return tuple(dict.fromkeys(word for name in self.names for word in name.split()))


class _ReadText(NamedTuple):
    """What search reads of one text; `number` is what it is as a number, empty when it is none."""

    words: list[str]
    stems: list[str]
    name: str
    number: str


def words_of(schema: Schema, record: "Record") -> RecordWords:
    """What search reads of the fields that are marked `searched`."""
    told = [(_read(said), is_name) for said, is_name in _told(schema, record)]
    names = [read for read, is_name in told if is_name]
    identifier = text.words(record.id)
    own = _NUMBERED.fullmatch(record.id)
    numbers = ["-".join(identifier), own[1] if own else "", *(read.number for read in names)]
    return RecordWords(
        _unlike([_read(record.title).name, *(read.name for read in names if read.words)]),
        _unlike(chain(identifier, *(read.words for read, _ in told))),
        _unlike(filter(None, chain(*(read.stems for read, _ in told)))),
        _unlike(filter(None, numbers)),
    )


def _unlike(held: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(held))


def _read(said: str) -> _ReadText:
    return _read_short(said) if len(said) <= _SHORT else _read_anew(said)


def _read_anew(said: str) -> _ReadText:
    words, stems = text.words_and_stems(said)
    is_number = not _BLANK.search(said) and any(letter.isdigit() for letter in said)
    return _ReadText(words, stems, " ".join(words), "-".join(words) if is_number else "")


# Labels of codes stand in each record, and offices of one kind are called alike.
_read_short = lru_cache(maxsize=16_384)(_read_anew)


def number(said: str) -> str:
    """A number as it is compared: `2009/15169`, `2009-15169` and `2009 15169` are one."""
    return "-".join(text.words(said))


def parts(value: Value) -> list[str]:
    """The texts of a value that is searched."""
    return [str(part) for part in (value if isinstance(value, list) else [value])]


def _told(schema: Schema, record: "Record") -> Iterator[tuple[str, bool]]:
    """Every searched text of the record, with whether it is a name."""
    for definition in schema.kinds[record.kind].searched:
        name = definition.name
        value = record.fields.get(name)
        said = [] if value is None else parts(value)
        if name in record.earlier:
            said += [str(earlier.value) for earlier in record.earlier[name]]
        is_name = definition.type == "text"
        entries = schema.codes[definition.codes].entries if definition.codes else {}
        for one in said:
            if entry := entries.get(one):
                yield entry.label.tr, is_name
                yield entry.label.en, is_name
            else:
                yield one, is_name


def earlier_lists(name: str) -> Mapping[str, str]:
    """The names of the three parallel lists in which a dated field keeps its past."""
    return {"values": f"earlier_{name}", "first": f"earlier_{name}_from", "last": f"earlier_{name}_to"}
