"""Why a record was found: the field that matched, the words around the match, and a former title that did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kaysis_graph.messages import Language, say
from kaysis_graph.records import search_text
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema import Schema
from kaysis_graph.search.asked_words import AskedWords
from kaysis_graph.search.query import SearchQuery

# A line of a result list.
_SNIPPET_LETTERS = 180


@dataclass(frozen=True)
class Former:
    """A title the record had, with its days: up to, but not including, `valid_to`."""

    title: str
    valid_from: date | None
    valid_to: date


def field_of(schema: Schema, record: Record, asked: AskedWords, title: str, language: Language) -> tuple[str, str]:
    """The label of the field that matched best, and what it says, cut around the match.

    The title first, then the number, then the searched fields in the order of the schema, by how many words they have.
    """
    fields = schema.kinds[record.kind].fields
    if asked.count(title) == len(asked.question.words):
        return fields["title"].label.of(language), title
    if has_number(record, asked.question):
        return say("search.matched_number", language), record.id
    best = (asked.count(title), fields["title"].label.of(language), title)
    for label, said in _texts(schema, record, language):
        count = asked.count(said)
        if count > best[0]:
            best = (count, label, said)
    return best[1], _cut(best[2], asked)


def former_of(record: Record, asked: AskedWords, title: str) -> Former | None:
    """The latest former title that matches better than the title of the date, if any."""
    here = asked.count(title)
    for earlier in reversed(record.earlier.get("title", ())):
        said = str(earlier.value)
        if said != title and asked.count(said) > here:
            return Former(said, earlier.valid_from, earlier.valid_to)
    return None


def has_number(record: Record, question: SearchQuery) -> bool:
    """Whether the identifier or a field that holds a number is one of the numbers asked for."""
    asked = {said for said in (question.number, *question.numbers) if any(letter.isdigit() for letter in said)}
    held = (
        part for value in record.fields.values() if isinstance(value, str | list) for part in search_text.parts(value)
    )
    tail = record.id.partition("-")[2]
    return any(
        search_text.number(said) in asked for said in [record.id, tail, *held] if len(said) <= len(question.name) + 8
    )


def _texts(schema: Schema, record: Record, language: Language) -> Iterable[tuple[str, str]]:
    for name, definition in schema.kinds[record.kind].fields.items():
        if not definition.searched or name == "title":
            continue
        for said in search_text.parts(record.fields[name]) if name in record.fields else ():
            spoken = schema.label_of_code(definition.codes, said, language) if definition.codes else said
            yield definition.label.of(language), spoken
    for earlier in record.earlier.get("title", ()):
        yield say("search.matched_former_title", language), str(earlier.value)


def _cut(said: str, asked: AskedWords) -> str:
    if len(said) <= _SNIPPET_LETTERS:
        return said
    spots = asked.spots(said)
    middle = spots[0][0] if spots else 0
    first = max(0, min(middle - _SNIPPET_LETTERS // 3, len(said) - _SNIPPET_LETTERS))
    # Cut between words, never inside one.
    start = said.find(" ", first) + 1 if first else 0
    end = said.rfind(" ", start, start + _SNIPPET_LETTERS)
    end = end if end > middle else min(len(said), start + _SNIPPET_LETTERS)
    return f"{'… ' if start else ''}{said[start:end].strip()}{' …' if end < len(said) else ''}"
