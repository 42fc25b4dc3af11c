"""Which form of an answer a reader is given: every route that has several asks here."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from api import accept_header
from api.errors import NoFormat

_Form = TypeVar("_Form", bound=str)


def negotiated(offered: Mapping[_Form, Sequence[str]], named: str | None, accept: str) -> _Form:
    """The form that is named, or else the one that the Accept header wants most, the first of equal ones.

    `offered` tells the media types that each form goes by. NoFormat when it is none of these.
    """
    if named is None:
        best = accept_header.preferred(offered, accept_header.ranges(accept))
    else:
        best = next((form for form in offered if form == named), None)
    if best is None:
        raise NoFormat("api.no_format", format=(named or accept)[:80], known=", ".join(offered))
    return best
