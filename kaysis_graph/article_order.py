"""The order in which the provisions of an act stand, read off their identifiers.

Articles come by number: m.9, m.9/A, m.10, an article repeated (mükerrer) right after the one it repeats; then the
additional ones (ek), then the temporary ones (geçici), which the rules on drafting legislation put last. What is none
of these follows by its name.
"""

import re
from typing import Final

from kaysis_graph import text

_PROVISION: Final = "Provision"
_ARTICLE = re.compile(r"([^\W\d]+)-?(\d+)-?(.*)")
# Written in full and as acts are cited.
_NAMES: Final = {
    "m": "article", "madde": "article",
    "mukerrer": "repeated", "mükerrer": "repeated", "muk": "repeated", "mük": "repeated",
    "ek": "additional", "ekmadde": "additional",
    "gecici": "temporary", "geçici": "temporary", "gec": "temporary", "geç": "temporary",
}  # fmt: skip
_GROUPS: Final = {"article": 1, "repeated": 1, "additional": 2, "temporary": 3}
_OTHER: Final = 4


def sort_key(kind: str, identifier: str, title: str) -> str:
    """The key that lists are ordered by: that of the title, for provisions that of their place in their act."""
    return text.sort_key(place(identifier) if kind == _PROVISION else title)


def record_key(identifier: str) -> str:
    """The key that records of a graph are ordered by: their identifiers, those of provisions as their act reads."""
    if "." not in identifier:
        return identifier
    act, _, within = place(identifier).partition(" ")
    # Two spellings of one article stand side by side, in an order that does not change.
    return f"{act}.{text.sort_key(within)} {identifier}"


def place(identifier: str) -> str:
    """The act and the place in it as a text that sorts as the act reads, once numbers count as numbers."""
    act, *parts = identifier.split(".")
    if not parts:
        return act
    read = _ARTICLE.fullmatch(parts[0])
    name = _NAMES.get(read[1]) if read else None
    if read is None or name is None:
        return " ".join((act, str(_OTHER), *parts))
    # The article itself, then the one repeated, then those put in between under a letter.
    turn = "1" if name == "repeated" else "2" if read[3] else "0"
    return " ".join((act, str(_GROUPS[name]), read[2], turn, read[3] or "0", *parts[1:]))
