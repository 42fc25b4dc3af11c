"""The full-text indexes that follow from the fields marked `searched`."""

from kaysis_graph.schema.definitions import Schema

# Stemmed words of the fields themselves, and the folded words of everything searched: the Turkish stemmer cuts
# "hastane" and "Hastanesi" differently, and ISTANBUL typed on an English keyboard meets no stem at all.
WORDS = "record_words"
FOLDED = "record_folded"


def indexes(schema: Schema) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Name, label, properties and analyzer (`turkish` or `plain`) of each index."""
    searched = {
        field.name: None
        for kind in schema.kinds.values()
        for field in kind.fields.values()
        if field.searched and not field.many and field.type in ("text", "prose")
    }
    return [(WORDS, "Record", tuple(searched), "turkish"), (FOLDED, "Record", ("search_text",), "plain")]
