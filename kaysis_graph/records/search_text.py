"""What a record keeps for search: its names, its numbers, its words and their stems, all folded.

The same functions of `text.py` cut and fold the question, so what the engine compares has one analysis on both sides.
The engine's own Turkish analyzer is not used: it does not find "Hastanesi" for `hastane` nor "İstanbul" for `ISTANBUL`,
and one question cannot ask two analyses for one word each.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kaysis_graph import text
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Stored, Value

if TYPE_CHECKING:
    from kaysis_graph.records.record_model import Record

_NUMBERED = re.compile(r"[a-z]+-([0-9-]+)")
# Lucene passes over the bar, and no folded word holds one: it keeps a name apart from the next.
BAR = "|"
# Lucene cuts words at 255 letters.
_LONGEST_MARK = 200


def properties(schema: Schema, record: "Record") -> dict[str, Stored]:
    """The properties that search reads: folded names, numbers, text, stems and marks.

    `search_names` holds the present title first, then other names and former titles, as `| kamu mali | 5018 |`.
    """
    told = list(_told(schema, record))
    names = [text.words(record.title), *(text.words(said) for said, is_name in told if is_name)]
    words = dict.fromkeys([*text.words(record.id), *(word for said, _ in told for word in text.words(said))])
    stems = dict.fromkeys(stem for said, _ in told for stem in text.stems(said) if stem not in words)
    numbers = list(dict.fromkeys(_numbers(record, told)))
    joined = dict.fromkeys(" ".join(name) for name in names if name)
    return {
        "search_name": text.fold(record.title),
        "search_names": f"{BAR} {f' {BAR} '.join(joined)} {BAR}",
        "search_numbers": numbers,
        "search_marks": " ".join([kind_mark(record.kind), *map(number_mark, numbers), *map(name_mark, joined)]),
        # With a space at either end, so that a whole word is found as " word ".
        "search_text": f" {' '.join(words)} ",
        "search_stems": " ".join(stems),
    }


def kind_mark(kind: str) -> str:
    """The word by which the index knows the kind of a record; Lucene keeps the underscores of marks inside them."""
    return f"kind_{text.slug(kind)}"


def number_mark(said: str) -> str:
    """The word by which the index knows a number, as `number` writes it."""
    return f"number_{said.replace('-', '_')}"


def name_mark(words: str) -> str:
    """The word by which the index knows a whole name, given as its folded words."""
    return f"name_{words.replace(' ', '_')}"[:_LONGEST_MARK]


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


def _numbers(record: "Record", told: Iterable[tuple[str, bool]]) -> Iterable[str]:
    yield number(record.id)
    if own := _NUMBERED.fullmatch(record.id):
        yield own[1]
    for said, is_name in told:
        if is_name and any(letter.isdigit() for letter in said) and not re.search(r"\s", said):
            yield number(said)


def earlier_lists(name: str) -> Mapping[str, str]:
    """The names of the three parallel lists in which a dated field keeps its past."""
    return {"values": f"earlier_{name}", "first": f"earlier_{name}_from", "last": f"earlier_{name}_to"}
