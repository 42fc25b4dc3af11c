"""Cursors: where a page ended, as opaque text that the next question hands back.

A cursor holds the last row's sort values, so a page begins where the last one ended even when records came or went.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date

from kaysis_graph.errors import Invalid, Problem

Mark = str | int | bool | date | None


def cursor(order: str, marks: Sequence[Mark]) -> str:
    """The text of a place in an order: `order` names what was listed how, so that no other list takes it."""
    told = [order, *(_plain(mark) for mark in marks)]
    return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode().rstrip("=")


def marks_of(given: str | None, order: str, types: Sequence[type]) -> list[Mark]:
    """The values of a cursor, of the given types or None; all None when there is no cursor yet.

    Invalid when the text is not a cursor, or one of another list.
    """
    if given is None:
        return [None] * len(types)
    try:
        told = json.loads(base64.urlsafe_b64decode(given.encode("ascii") + b"=" * (-len(given) % 4)))
        if not isinstance(told, list) or len(told) != len(types) + 1 or told[0] != order:
            raise _bad(given)
        return [_typed(mark, wanted) for mark, wanted in zip(told[1:], types, strict=True)]
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise _bad(given) from error


def _plain(mark: Mark) -> str | int | bool | None:
    return mark.isoformat() if isinstance(mark, date) else mark


def _typed(mark: object, wanted: type) -> Mark:
    if mark is None:
        return None
    if wanted is date and isinstance(mark, str):
        return date.fromisoformat(mark)
    # A flag is an int in Python, and 10**400 is one that no engine takes.
    if type(mark) is not wanted or (isinstance(mark, int) and abs(mark) >= 2**63):
        raise TypeError
    return mark  # type: ignore[return-value]  # of the wanted type, which is a Mark


def _bad(given: str) -> Invalid:
    return Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": given[:40]})])
