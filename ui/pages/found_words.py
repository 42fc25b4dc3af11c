"""The words that were looked for, marked in what a page shows."""

from collections.abc import Sequence

from markupsafe import Markup, escape


def marked(said: str, spots: Sequence[tuple[int, int]]) -> Markup:
    """The text with each of the spots in a `mark` element, everything escaped."""
    pieces, end = [], 0
    for first, last in spots:
        pieces += [escape(said[end:first]), Markup("<mark>{}</mark>").format(said[first:last])]
        end = last
    return Markup("").join([*pieces, escape(said[end:])])
