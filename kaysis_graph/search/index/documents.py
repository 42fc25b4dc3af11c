"""Records as the index holds them: every word folded and cut by `text.py` before, every day and code as a word."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import orjson
import tantivy

from kaysis_graph import article_order
from kaysis_graph.graph.columns import first_day, last_day
from kaysis_graph.graph.spells import Span
from kaysis_graph.records import record_model
from kaysis_graph.records.record_model import Record
from kaysis_graph.records.search_text import words_of
from kaysis_graph.schema import Field, Schema
from kaysis_graph.search.index.day_blocks import blocks_of_span
from kaysis_graph.search.kind_order import kind_place

FORM: Final = 1
"""Raised with every change of what lies in the index; one of another form is made anew."""
POSITION: Final = "·position"
"""What the document is called that says where the index stands; no record has such an identifier."""
PRESENT, OTHER = "0", "1"
"""Stand before a name: the present title, and whatever else a record is or was called."""
_JOINT: Final = "·"
# The standard alphabet of Base64 is not in the order of its values; these letters are, and none means anything
# to the parser of ranges.
_IN_ORDER: Final = bytes.maketrans(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~",
)
_RANGED: Final = ("date", "integer")


@dataclass(frozen=True)
class IndexFields:
    """The fields of the index that follow from the schema.

    `counted` are the fields whose codes are counted among what is found, `filtered` all that narrow it.
    """

    schema: Schema

    @cached_property
    def filtered(self) -> Mapping[str, Mapping[str, Field]]:
        """The fields that narrow what is found, of each kind by name."""
        return {
            name: {held.name: held for held in kind.fields.values() if held.filtered}
            for name, kind in self.schema.kinds.items()
        }

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The coded fields that say what sort of its kind a record is: those every record of a kind must have."""
        fields = (held for kind in self.filtered.values() for held in kind.values())
        return tuple(dict.fromkeys(held.name for held in fields if held.codes and held.required and not held.many))

    @cached_property
    def ranges(self) -> tuple[str, ...]:
        """The names under which the index keeps dates and numbers to be compared."""
        fields = (held for kind in self.filtered.values() for held in kind.values())
        return tuple(dict.fromkeys(range_name(held.name) for held in fields if held.type in _RANGED))

    @cached_property
    def built(self) -> tantivy.Schema:
        """The schema of the index."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
        for name in ("names", "numbers", "codes", "spells"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in ("words", "name_words", "stems"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
        for name in ("order", "group"):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        for name in ("first", "last", "began", *self.ranges):
            builder.add_integer_field(name, fast=True)
        builder.add_bytes_field("record", stored=True)
        return builder.build()


def document(fields: IndexFields, record: Record, spells: Sequence[Span]) -> tantivy.Document:
    """The document of a record that is there in these spells, the oldest first."""
    told = words_of(fields.schema, record)
    *earlier, (first, last) = spells
    held = {
        "id": record.id,
        "names": _names(told.names),
        "numbers": list(told.numbers),
        "codes": [code_word("kind", record.kind), *_codes(fields, record)],
        "words": " ".join(told.words),
        "name_words": " ".join(told.name_words),
        "stems": " ".join(told.stems),
        "order": order_of(record),
        "group": group_of(fields, record),
        "first": first,
        "last": last,
        "spells": [block for span in earlier for block in blocks_of_span(*span)],
        "record": orjson.dumps(record_model.record_json(record)),
    }
    began = record.fields.get("valid_from")
    if isinstance(began, date):
        held["began"] = written_number(began)
    for name, definition in fields.filtered[record.kind].items():
        if definition.type in _RANGED and name in record.fields:
            held[range_name(name)] = range_number(record.fields[name])
    return tantivy.Document(**held)


def loaded_document(schema: Schema, document: tantivy.Document) -> Record:
    """The record of a document."""
    return record_model.record_of(schema, orjson.loads(document["record"][0]))


def position_document(told: Mapping[str, Any]) -> tantivy.Document:
    """The document that says where the index stands: written in one commit with what it stands at."""
    return tantivy.Document(id=POSITION, record=orjson.dumps(told))


def loaded_position(document: tantivy.Document) -> Mapping[str, Any]:
    """What the document says of where the index stands."""
    told: Mapping[str, Any] = orjson.loads(document["record"][0])
    return told


def own_spells(record: Record) -> list[Span]:
    """The spells that a record tells of itself."""
    return [(first_day(first), last_day(last)) for first, last in record.spells()]


def order_of(record: Record) -> str:
    """What hits of equal rank are ordered by: the place of the kind, the sort key, the identifier."""
    return order_word(
        kind_place([record.kind]), article_order.sort_key(record.kind, record.id, record.title), record.id
    )


def order_word(place: int, sort_key: str, identifier: str) -> str:
    """The same from its parts; letters that a range can be asked by, shorter than the key by a third."""
    key = base64.b64encode(bytes.fromhex(sort_key)).rstrip(b"=").translate(_IN_ORDER).decode()
    return f"{place}{key}-{identifier}"


def group_of(fields: IndexFields, record: Record) -> str:
    """The kind and its codes: what records found are counted by."""
    codes = (record.fields.get(name) for name in fields.counted)
    return "\t".join([record.kind, *(str(code or "") for code in codes)])


def code_word(name: str, value: object) -> str:
    """The word that says that a field holds a value."""
    said = ("true" if value else "false") if isinstance(value, bool) else value
    return f"{name}={said}"


def name_word(mark: str, words: str) -> str:
    """The word of a whole name, given as its folded words."""
    return mark + words.replace(" ", _JOINT)


def range_name(name: str) -> str:
    """The name under which the index keeps a date or number."""
    return f"range_{name}"


def range_number(value: object) -> int:
    """A date or number as it is compared."""
    return value.toordinal() if isinstance(value, date) else int(str(value))


def written_number(day: date) -> int:
    """A day as the number that it is written as: 20180710."""
    return day.year * 10_000 + day.month * 100 + day.day


def _names(names: Sequence[str]) -> list[str]:
    return [name_word(OTHER if at else PRESENT, name) for at, name in enumerate(names)]


def _codes(fields: IndexFields, record: Record) -> Iterable[str]:
    for name, definition in fields.filtered[record.kind].items():
        if definition.type in _RANGED:
            continue
        value = record.fields.get(name)
        for part in value if isinstance(value, list) else [] if value is None else [value]:
            yield code_word(name, part)
        for earlier in record.earlier.get(name, ()):
            for block in blocks_of_span(first_day(earlier.valid_from), last_day(earlier.valid_to)):
                yield f"{name}@{block}"
                yield f"{code_word(name, earlier.value)}@{block}"
