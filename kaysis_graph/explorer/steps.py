"""Steps: what somebody did in the explorer, one after the other; addresses call each an `act`.

`kanun-5490` shows a record. `kanun-5490~in~BASED_ON~service~2` shows its neighbours of that meaning, two pages of
them; with 0 pages they stand as one node with their number. `path~A~B` shows the shortest way between two records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kaysis_graph.errors import Invalid, Problem, TooLarge
from kaysis_graph.graph.record_table import GONE, RecordTable
from kaysis_graph.schema import Schema

PAGE: Final = 50
"""How many neighbours one page of a step adds."""

MOST: Final = 200
"""How many steps an address may have: each may look for a way, which takes 8 ms among a thousand records."""

Side = Literal["out", "in"]
_PARTS_OF_OPEN = 5
_PARTS_OF_CONNECT = 3


@dataclass(frozen=True)
class Show:
    """A record is shown."""

    id: str


@dataclass(frozen=True)
class Open:
    """The neighbours of a record over one edge type to one kind are shown; `pages` 0 gathers them in one node."""

    id: str
    side: Side
    type: str
    kind: str
    pages: int


@dataclass(frozen=True)
class Connect:
    """The shortest way between two records is shown."""

    source: str
    target: str


ExplorerStep = Show | Open | Connect


def read(schema: Schema, records: RecordTable, said: Sequence[str]) -> list[ExplorerStep]:
    """The steps of an address; Invalid lists everything that is wrong with any of them. TooLarge for more than MOST."""
    if len(said) > MOST:
        raise TooLarge("explorer.too_many_acts", count=len(said), most=MOST)
    problems: list[Problem] = []
    acts = []
    for text in said:
        act, wrong = _act(schema, text)
        if act is not None:
            wrong = [
                _problem("explorer.no_record", text, id=name[:80])
                for name in _named(act)
                if (place := records.position_of.get(name)) is None or records.kind[place] == GONE
            ]
            acts.append(act)
        problems += wrong
    if problems:
        raise Invalid(problems)
    return acts


def _act(schema: Schema, text: str) -> tuple[ExplorerStep | None, list[Problem]]:
    parts = text.split("~")
    if len(parts) == 1 and text:
        return Show(text), []
    if len(parts) == _PARTS_OF_CONNECT and parts[0] == "path":
        return Connect(parts[1], parts[2]), []
    if len(parts) != _PARTS_OF_OPEN:
        return None, [_problem("explorer.unreadable", text)]
    return _open(schema, text, *parts)


def _open(  # noqa: PLR0913  # a step part by part
    schema: Schema, text: str, identifier: str, side: str, edge_type: str, slug: str, pages: str
) -> tuple[ExplorerStep | None, list[Problem]]:
    kind = schema.kind(slug)
    wrong = []
    if side not in ("out", "in"):
        wrong.append(_problem("explorer.bad_direction", text, value=side[:40]))
    if edge_type not in schema.edge_types:
        known = ", ".join(schema.edge_types)
        wrong.append(_problem("explorer.bad_type", text, value=edge_type[:40], known=known))
    if kind is None:
        known = ", ".join(held.slug for held in schema.kinds.values())
        wrong.append(_problem("explorer.bad_kind", text, value=slug[:40], known=known))
    # Five digits hold more pages than any record has neighbours to fill.
    if not (pages.isascii() and pages.isdecimal() and len(pages) <= 5):  # noqa: PLR2004
        wrong.append(_problem("explorer.bad_pages", text, value=pages[:40]))
    if wrong or kind is None:
        return None, wrong
    return Open(identifier, "out" if side == "out" else "in", edge_type, kind.name, int(pages)), []


def _named(act: ExplorerStep) -> tuple[str, ...]:
    return (act.source, act.target) if isinstance(act, Connect) else (act.id,)


def _problem(rule: str, text: str, **values: str) -> Problem:
    return Problem(rule, {"parameter": "act", "act": text[:120]}, {"act": text[:120], **values})
