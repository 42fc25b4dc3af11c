"""Texts in languages that have no field of their own, and the language of a title that was borrowed from one.

A record must have a title. Where a source has none in Turkish, the one it has stands as the title and is kept with its
language among the other names: so the export says it in that language, and not as Turkish.
"""

from collections.abc import Iterable, Iterator

from kaysis_graph.records.record_model import Record
from kaysis_graph.schema.definitions import WORDINGS
from kaysis_graph.schema.fieldtypes import Value, parts_of_wording

MAIN = "tr"
"""The language of a field whose name says none."""


def kept(record: Record, name: str) -> list[tuple[str, str]]:
    """What is kept beside a field, each text with its language."""
    held = record.fields.get(WORDINGS.get(name, ""), [])
    return [parts_of_wording(str(one)) for one in held] if isinstance(held, list) else []


def language_of(record: Record, name: str, value: Value) -> str | None:
    """The language of a text that stands in a Turkish field for want of a Turkish one; None where it is Turkish."""
    return language_among(kept(record, name), value)


def language_among(beside: Iterable[tuple[str, str]], value: Value) -> str | None:
    """The language of a Turkish field's text, when what is kept beside the field says that it was borrowed."""
    languages = [language for text, language in beside if text == value]
    return None if MAIN in languages or not languages else languages[0]


def further(record: Record, name: str, value: Value | None) -> Iterator[tuple[str, str]]:
    """Of what is kept beside a field that says `value`, the first text in each language that no field tells."""
    told = {MAIN if value is None else language_of(record, name, value) or MAIN}
    if f"{name}_en" in record.fields:
        told.add("en")
    for text, language in kept(record, name):
        if language not in told and not (language == MAIN and value is None):
            told.add(language)
            yield text, language
