"""The spells of a record that an import tells, one a row, put together with those the record has.

A spell is known by its first day, as an edge is: a row with the first day of one that is there corrects its end, any
other adds one. So rows may come in any order, in one file or in several, and again.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kaysis_graph.errors import Problem

Place = Mapping[str, str | int]

ROWS: Final = "spell_rows"
"""Where the JSON of a record keeps the spells of the rows until they are laid over what is there."""

_DAYS = ("valid_from", "valid_to")
_NEVER = "9999-12-31"


def take_spell(told: dict[str, Any], place: Place) -> None:
    """Makes the two days of a row a spell of its own, which remembers the row; a row without days tells none."""
    spell = {name: told.pop(name) for name in _DAYS if name in told}
    if any(spell.values()):
        told[ROWS] = [{**spell, "place": {key: place[key] for key in ("file", "row") if key in place}}]


def add_rows(known: dict[str, Any], rows: Sequence[Mapping[str, Any]], place: Place) -> Iterator[Problem]:
    """Adds spells of another row of the same input; two rows with one first day must agree on the last."""
    held = known.setdefault(ROWS, [])
    for row in rows:
        same = next((one for one in held if _first(one) == _first(row)), None)
        if same is None:
            held.append(row)
        elif "valid_to" not in same or same["valid_to"] is None:
            same.update({name: row[name] for name in ("valid_to", "place") if row.get(name) is not None})
        elif row.get("valid_to") not in (None, same["valid_to"]):
            values = {
                "field": "valid_to",
                "first": same["valid_to"],
                "second": row["valid_to"],
                "row": same["place"].get("row", ""),
            }
            yield Problem("transfer.given_twice", {**place, "field": "valid_to"}, values)


def lay_spells(laid: dict[str, Any], keep: Sequence[str] = ()) -> None:
    """The spells of the rows in the place of the days of a record: the latest as its own, the others as earlier ones.

    `laid` is the JSON of the record with those spells under `ROWS`; without them it stays as it is.
    """
    if ROWS not in laid:
        return
    *earlier, latest = joined_spells(laid, laid.pop(ROWS), keep)
    for name in _DAYS:
        laid.pop(name, None)
        if latest.get(name) is not None:
            laid[name] = latest[name]
    laid["earlier_spells"] = [{name: spell.get(name) for name in _DAYS} for spell in earlier]


def joined_spells(
    before: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], keep: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The spells a record has and those of the rows, the oldest first; spells of rows keep their place."""
    own = {name: before[name] for name in _DAYS if before.get(name) is not None}
    held = [dict(spell) for spell in before.get("earlier_spells", ())]
    # A record without any day has no spell to keep: what it is told now is its first.
    spells = {_first(spell): spell for spell in [*held, *([own] if own else [])]}
    for row in rows:
        known = spells.get(_first(row), {})
        spell = {**known, **row}
        if "valid_to" in keep and known.get("valid_to") is not None:
            spell["valid_to"] = known["valid_to"]
        spells[_first(row)] = spell
    return [spells[first] for first in sorted(spells)]


def spell_problems(before: Mapping[str, Any], told: Mapping[str, Any], keep: Sequence[str]) -> list[Problem]:
    """Spells that are empty or meet, each with its row, and with the row or the record of the one it meets."""
    problems = []
    spells = joined_spells(before, told[ROWS], keep) if told.get(ROWS) else []
    for number, spell in enumerate(spells):
        place: Place = {**spell.get("place", {}), "id": told["id"], "field": "valid_to"}
        first, last = _first(spell), spell.get("valid_to")
        if last is not None and last <= first:
            problems.append(Problem("checks.ends_before_it_begins", place, {"first": first, "last": last}))
            continue
        for other in spells[number + 1 :]:
            if _first(other) >= (last or _NEVER):
                break
            later, where = (other, spell) if "place" in other else (spell, other)
            values = {"spell": shown(later), "other": shown(where), "row": where.get("place", {}).get("row", "–")}
            at: Place = {**later.get("place", {}), "id": told["id"], "field": "valid_from"}
            problems.append(Problem("transfer.spells_overlap", at, values))
    return problems


def second_spell(before: Mapping[str, Any], given: Mapping[str, Any], place: Place, row: object) -> Problem | None:
    """What a map without `spells` would lose: the days it tells begin when those that are there are over."""
    first, last = given.get("valid_from"), before.get("valid_to")
    is_again = isinstance(first, str) and isinstance(last, str) and last <= first
    is_before = isinstance(given.get("valid_to"), str) and given["valid_to"] <= (before.get("valid_from") or "")
    if not is_again and not is_before:
        return None
    values = {"spell": shown(given), "other": shown(before), "row": row}
    return Problem("transfer.second_spell", {**place, "field": "valid_from"}, values)


def without_spells(laid: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a record but for its days."""
    return {name: value for name, value in laid.items() if name not in (*_DAYS, "earlier_spells")}


def shown(spell: Mapping[str, Any]) -> str:
    """The days of a spell as a problem names them."""
    return f"{spell.get('valid_from') or '…'} – {spell.get('valid_to') or '…'}"


def _first(spell: Mapping[str, Any]) -> str:
    return str(spell.get("valid_from") or "")
