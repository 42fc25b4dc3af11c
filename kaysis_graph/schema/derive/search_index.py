"""The full-text index over what `records/search_text.py` keeps of the fields marked `searched`."""

NAME = "record_words"
# Words come folded and stems ready-made, so the engine only has to cut at the spaces. Names stand apart from the text,
# so that a match in a name can weigh more.
_PROPERTIES = ("search_marks", "search_names", "search_text", "search_stems")


def indexes() -> list[tuple[str, str, tuple[str, ...], str]]:
    """Name, label, properties and analyzer (`turkish` or `plain`) of each index."""
    return [(NAME, "Record", _PROPERTIES, "plain")]
