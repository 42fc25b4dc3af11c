"""What search reads of a record: its names, its numbers, its words and their stems, all folded.

The same functions of `text.py` cut and fold the question, so that there is one analysis on both sides. The Turkish
analyzers of search engines are not used: they do not find "Hastanesi" for `hastane` nor "İstanbul" for `ISTANBUL`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kaysis_graph import text
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Value

if TYPE_CHECKING:
    from kaysis_graph.records.record_model import Record

_NUMBERED = re.compile(r"[a-z]+-([0-9-]+)")
_BLANK = re.compile(r"\s")


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


def words_of(schema: Schema, record: "Record") -> RecordWords:
    """What search reads of the fields that are marked `searched`."""
    names = {" ".join(text.words(record.title)): None}
    words = dict.fromkeys(text.words(record.id))
    stems: dict[str, None] = {}
    numbers = dict.fromkeys(_own_numbers(record))
    for said, is_name in _told(schema, record):
        folded = text.words(said)
        words.update(dict.fromkeys(folded))
        stems.update(dict.fromkeys(text.stems(said)))
        if not is_name:
            continue
        if folded:
            names[" ".join(folded)] = None
        if any(letter.isdigit() for letter in said) and not _BLANK.search(said):
            numbers[number(said)] = None
    return RecordWords(tuple(names), tuple(words), tuple(filter(None, stems)), tuple(filter(None, numbers)))


def number(said: str) -> str:
    """A number as it is compared: `2009/15169`, `2009-15169` and `2009 15169` are one."""
    return "-".join(text.words(said))


def parts(value: Value) -> list[str]:
    """The texts of a value that is searched."""
    return [str(part) for part in (value if isinstance(value, list) else [value])]


def _told(schema: Schema, record: "Record") -> Iterable[tuple[str, bool]]:
    """Every searched text of the record, with whether it is a name."""
    for name, definition in schema.kinds[record.kind].fields.items():
        if not definition.searched:
            continue
        is_name = definition.type == "text"
        present = parts(record.fields[name]) if name in record.fields else []
        former = [str(earlier.value) for earlier in record.earlier.get(name, ())]
        for value in [*present, *former]:
            for said in _spoken(schema, definition.codes, value):
                yield said, is_name


def _spoken(schema: Schema, codes: str | None, value: str) -> list[str]:
    entry = schema.codes[codes].entries.get(value) if codes else None
    return [entry.label.tr, entry.label.en] if entry else [value]


def _own_numbers(record: "Record") -> Iterator[str]:
    """The identifier, and the number in it."""
    yield number(record.id)
    if own := _NUMBERED.fullmatch(record.id):
        yield own[1]


def earlier_lists(name: str) -> Mapping[str, str]:
    """The names of the three parallel lists in which a dated field keeps its past."""
    return {"values": f"earlier_{name}", "first": f"earlier_{name}_from", "last": f"earlier_{name}_to"}
