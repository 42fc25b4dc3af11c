"""What an input says laid over what is there: by comparing, and once more in the transaction that writes it."""

from collections.abc import Mapping
from typing import Any

from kaysis_graph.transfer import spell_rows


def laid_over(before: Mapping[str, Any] | None, given: Mapping[str, Any], keep: list[str]) -> dict[str, Any]:
    """JSON laid over JSON: fields given win but those to keep, the others stay; a stub gives way to who tells more."""
    if before is None:
        laid = dict(given)
        spell_rows.lay_spells(laid)
        return laid
    if given.get("is_stub"):
        # A stub tells nothing: what is there stays as it is, also where that is a stub that was told its name.
        return dict(before)
    was_stub = bool(before.get("is_stub"))
    kept = set() if was_stub else {name for name in keep if before.get(name) not in (None, "", [])}
    laid = {**before, **{name: _in_order(before.get(name), value) for name, value in given.items() if name not in kept}}
    if was_stub:
        laid.pop("is_stub")
    if "earlier" in before or "earlier" in given:
        laid["earlier"] = {**before.get("earlier", {}), **given.get("earlier", {})}
    spell_rows.lay_spells(laid, [] if was_stub else keep)
    return laid


def _in_order(before: object, given: object) -> object:
    """The values in the order they are held in already: nothing rests on it, and RDF, for one, does not keep it."""
    if isinstance(before, list) and isinstance(given, list) and {*map(repr, before)} == {*map(repr, given)}:
        return before
    return given
