"""What a reader accepts, by RFC 9110: ranges with their weights, and which form on offer is wanted most."""

import re
import string
from collections.abc import Mapping, Sequence
from typing import TypeVar

Range = tuple[str, float]
_Name = TypeVar("_Name", bound=str)
# Section 12.4.2, and without the nought, as Java's own client writes it.
_WEIGHT = re.compile(r"0(\.\d*)?|\.\d+|1(\.0*)?")
# Media types and languages are ASCII: the letters of a Turkish text are none of theirs.
_LOWERED = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def ranges(header: str) -> list[Range]:
    """The ranges of an Accept header in lower case, as they are named; those refused have the weight nothing.

    An empty header is none (section 12.5.1): everything is welcome. What has a weight that is none is passed over.
    """
    found = []
    for part in (header.strip() or "*/*").translate(_LOWERED).split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        said = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        if name and _WEIGHT.fullmatch(said):
            found.append((name, float(said)))
    return found


def weight(names: Sequence[str], accepted: Sequence[Range]) -> float:
    """How much a form is wanted that goes by these names: the most specific range that fits it decides."""
    for patterns in (names, (f"{names[0].partition('/')[0]}/*",), ("*/*",)):
        said = [weight for name, weight in accepted if name in patterns]
        if said:
            return max(said)
    return 0.0


def preferred(offered: Mapping[_Name, Sequence[str]], accepted: Sequence[Range]) -> _Name | None:
    """The form that is wanted most, by the names it goes by; the first of equal ones, None when none is wanted."""
    weights = {form: weight(names, accepted) for form, names in offered.items()}
    best = max(weights, key=lambda form: weights[form])
    return best if weights[best] > 0 else None


def is_for_people(accepted: Sequence[Range]) -> bool:
    """Whether HTML is wanted before everything else, as browsers say."""
    name, weight = max(accepted, key=lambda held: held[1], default=("", 0.0))
    return name == "text/html" and weight > 0
