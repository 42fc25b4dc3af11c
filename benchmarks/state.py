"""A made-up state of a chosen size with the shapes of a real one: hubs, long chains, cycles, dates."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

_CATEGORIES = ("ministry", "affiliated_body", "governorship", "municipality", "university")
_FIRST = date(1930, 1, 1)


def records(nodes: int = 100_000, seed: int = 5018) -> Iterator[dict[str, Any]]:
    """Records as JSON with their edges, about 2.5 edges a record, targets possibly later than their sources.

    Of 100 records 60 are units, 20 services, 3 documents and 17 acts. The first act is a hub, as is the first
    document; every hundredth act closes a circle.
    """
    chance = random.Random(seed)
    units, services, documents = nodes * 60 // 100, nodes * 20 // 100, nodes * 3 // 100
    acts = nodes - units - services - documents
    institutions = max(units // 300, 20)
    yield from (_unit(chance, number, institutions) for number in range(units))
    yield from (_act(chance, number, acts) for number in range(acts))
    yield from (_document(number) for number in range(documents))
    yield from (_service(chance, number, units, documents, acts) for number in range(services))


def _unit(chance: random.Random, number: int, institutions: int) -> dict[str, Any]:
    is_institution = number < institutions
    told: dict[str, Any] = {
        "kind": "Organisation",
        "id": unit_id(number),
        "title": f"{'Kurum' if is_institution else 'Birim'} {number} Başkanlığı",
        "category": _CATEGORIES[number % len(_CATEGORIES)] if is_institution else "central_unit",
    }
    if is_institution:
        return told
    # A unit hangs under one that is at most a twentieth of the way back, so that trees are some six deep.
    parent = chance.randrange(institutions) if chance.random() < 0.3 else chance.randrange(max(number // 20, 1), number)
    edges: list[dict[str, Any]] = [{"type": "PART_OF", "to": unit_id(parent), **_days(chance, 0.5)}]
    if chance.random() < 0.02:
        edges.append({"type": "PART_OF", "to": unit_id(chance.randrange(number)), "is_secondary": True})
    return {**told, "edges": edges}


def _act(chance: random.Random, number: int, acts: int) -> dict[str, Any]:
    first = _FIRST + timedelta(days=number * 35_000 // acts)
    told = {
        "kind": "Legislation",
        "id": act_id(number),
        "title": f"{number} sayılı Kanun",
        "legislation_type": "law",
        "number": str(number),
        "valid_from": first.isoformat(),
    }
    edges: dict[tuple[str, str], dict[str, Any]] = {}
    if number:
        for _ in range(chance.choice((1, 1, 2, 3))):
            # The older an act, the more rests on it.
            _add(edges, "BASED_ON", act_id(int(number * chance.random() ** 3)), {"valid_from": first.isoformat()})
        if chance.random() < 0.2:
            _add(edges, "REPEALS", act_id(chance.randrange(number)), {"valid_from": first.isoformat()})
        for _ in range(chance.choice((0, 1, 1, 1))):
            _add(edges, "AMENDS", act_id(chance.randrange(number)), {"valid_from": first.isoformat()})
    if number % 100 == 99:
        _add(edges, "BASED_ON", act_id(min(number + 1, acts - 1)), {})
    return {**told, "edges": list(edges.values())}


def _document(number: int) -> dict[str, Any]:
    return {"kind": "Document", "id": f"dbys-{number}", "title": f"Belge {number}"}


def _service(chance: random.Random, number: int, units: int, documents: int, acts: int) -> dict[str, Any]:
    edges: dict[tuple[str, str], dict[str, Any]] = {}
    _add(edges, "PROVIDED_BY", unit_id(chance.randrange(units)), {})
    for _ in range(chance.choice((2, 3, 4, 5))):
        _add(edges, "REQUIRES", f"dbys-{int(documents * chance.random() ** 2)}", _days(chance, 0.2))
    if chance.random() < 0.6:
        _add(edges, "PRODUCES", f"dbys-{chance.randrange(documents)}", {})
    for _ in range(chance.choice((1, 2))):
        _add(edges, "BASED_ON", act_id(int(acts * chance.random() ** 2)), {})
    return {"kind": "Service", "id": f"heys-{number}", "title": f"Hizmet {number}", "edges": list(edges.values())}


def _add(edges: dict[tuple[str, str], dict[str, Any]], edge_type: str, target: str, more: dict[str, Any]) -> None:
    edges.setdefault((edge_type, target), {"type": edge_type, "to": target, **more})


def _days(chance: random.Random, share: float) -> dict[str, str]:
    if chance.random() > share:
        return {}
    return {"valid_from": (date(2000, 1, 1) + timedelta(days=chance.randrange(9_000))).isoformat()}


def unit_id(number: int) -> str:
    """The identifier of a made-up unit."""
    return str(10_000_000 + number)


def act_id(number: int) -> str:
    """The identifier of a made-up act."""
    return f"kanun-{number}"
