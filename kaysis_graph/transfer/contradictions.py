"""Where an input contradicts the graph: warnings with both values, and the import that wrote the earlier one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kaysis_graph.errors import Problem
from kaysis_graph.records.checks import Place
from kaysis_graph.records.writer import EdgeKey
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.transfer.later_changes import Key, LastChanges

# What happens on a day, and may happen again on another between the same two: an act amends another in three steps.
_EVENTS = frozenset({"REPEALS", "AMENDS", "SUCCEEDED_BY"})
# An edge that says whether it is the second tie has a first one, of which there is one at a time.
_RANKED_BY = "is_secondary"
_ALWAYS = "9999-12-31"
_SHOWN = 80
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Contradiction:
    """A warning, without the origin of what it is set against: the record or the edge `key`."""

    key: Key
    problem: Problem


def with_origins(last_changes: LastChanges, found: Collection[Contradiction]) -> Iterator[Problem]:
    """The warnings with the import, or whoever else, that wrote what was there."""
    changes = last_changes.of({one.key for one in found})
    for one in found:
        change = changes.get(one.key)
        origin = "–" if change is None else change.job or f"{change.who}, {change.at[:10]}"
        values = {"origin": origin, **one.problem.values}
        yield Problem(one.problem.rule, one.problem.place, values, "warning")


def paired_edges(before: Mapping[EdgeKey, Told], given: Mapping[EdgeKey, Told]) -> dict[EdgeKey, EdgeKey]:
    """The edges given whose first day alone differs from that of one that is there, with the key of that one.

    Two edges between the same ends that hold on the same days say one thing twice, so the day is corrected, or was
    not told. What happens on a day is left out, and where several could be meant none is.
    """
    new, old = _by_ends(given, before), _by_ends(before, given)
    paired = {}
    for ends, keys in new.items():
        fit = [key for key in old.get(ends, ()) if _overlap(keys[0], given[keys[0]], key, before[key])]
        if len(keys) == len(fit) == 1:
            paired[keys[0]] = fit[0]
    return paired


def corrected_days(paired: Mapping[EdgeKey, EdgeKey], places: Mapping[EdgeKey, Place]) -> Iterator[Contradiction]:
    """That the first day of an edge was corrected."""
    for key, old in paired.items():
        place = {**places[key], "field": "valid_from"}
        values = {"type": key[1], "to": key[2], "before": old[3] or "–", "after": key[3]}
        yield Contradiction(old, Problem("transfer.day_corrected", place, values))


def replaced_values(kind: Kind, before: Told, laid: Told, place: Place) -> Iterator[Contradiction]:
    """Names and other dated values that become others without a day on which they did."""
    if before.get("is_stub"):
        return
    for name, definition in kind.fields.items():
        old, new = before.get(name), laid.get(name)
        is_lasting = definition.dated or name == "title"
        is_kept = before.get("earlier", {}).get(name) != laid.get("earlier", {}).get(name)
        if is_lasting and not is_kept and old is not None and new is not None and old != new:
            values = {"field": name, "before": str(old)[:_SHOWN], "after": str(new)[:_SHOWN]}
            yield Contradiction(str(laid["id"]), Problem("transfer.value_replaced", {**place, "field": name}, values))


def other_wholes(
    schema: Schema,
    kinds: Mapping[str, str],
    held: Mapping[EdgeKey, Told],
    laid: Mapping[EdgeKey, Told],
    places: Mapping[EdgeKey, Place],
) -> Iterator[Contradiction]:
    """First ties that are new while another first tie holds: `held` are those of the graph, `laid` those of the input.

    Each pair is told once, of the one that comes later in the input.
    """
    by_source: dict[tuple[str, str], list[EdgeKey]] = defaultdict(list)
    for key, told in {**held, **laid}.items():
        definition = schema.kinds[kinds[key[0]]].edge(key[1]) if key[0] in kinds else None
        if definition and _RANKED_BY in definition.fields and not told.get(_RANKED_BY):
            by_source[key[:2]].append(key)
    for (source, _), keys in by_source.items():
        new = [key for key in keys if key in laid and key not in held]
        for key in new:
            for other in keys:
                is_told = other in new and _row(places, other) >= _row(places, key)
                if other[2] == key[2] or is_told or not _overlap(key, laid[key], other, laid.get(other) or held[other]):
                    continue
                values: dict[str, object] = {"id": source, "whole": key[2], "other": other[2], "since": other[3] or "–"}
                if other in new:
                    values["origin"] = f"{places[other].get('file', '')}:{places[other].get('row', '')}"
                yield Contradiction(other, Problem("transfer.other_whole", places[key], values))


def _row(places: Mapping[EdgeKey, Place], key: EdgeKey) -> tuple[int, EdgeKey]:
    row = places[key].get("row", 0)
    return (row if isinstance(row, int) else 0, key)


def _by_ends(edges: Iterable[EdgeKey], others: Collection[EdgeKey]) -> dict[tuple[str, str, str], list[EdgeKey]]:
    found: dict[tuple[str, str, str], list[EdgeKey]] = defaultdict(list)
    for key in edges:
        if key not in others and key[1] not in _EVENTS:
            found[key[:3]].append(key)
    return found


def _overlap(key: EdgeKey, told: Told, other: EdgeKey, told_of_other: Told) -> bool:
    return key[3] < str(told_of_other.get("valid_to") or _ALWAYS) and other[3] < str(told.get("valid_to") or _ALWAYS)
