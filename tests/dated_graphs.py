"""Random small graphs that obey the schema, written straight into an engine: cycles, parallel edges, short lives."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store, Transaction
from kaysis_graph.records import derived_lives
from kaysis_graph.schema import Schema

_CREATE = load("records/create")
_CREATE_EDGES = load("records/create_edges")
YEARS = range(2000, 2021, 2)
# Most kinds matter to few walks; acts, provisions and units to nearly all.
HOW_MANY = {"Legislation": 12, "Provision": 10, "Organisation": 12, "Service": 6, "Document": 5}


@dataclass
class DatedGraph:
    """Records by identifier and edges by what tells them apart."""

    kinds: dict[str, str] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, str], dict[str, Any]] = field(default_factory=dict)

    def record(self, identifier: str, kind: str, **fields: object) -> None:
        known = {name: value for name, value in fields.items() if value is not None}
        self.kinds[identifier] = kind
        self.records[identifier] = {"id": identifier, "title": identifier, "sort_key": identifier, **known}

    def edge(self, source: str, edge_type: str, target: str, **fields: object) -> None:
        first = fields.get("valid_from")
        first_day = first.isoformat() if isinstance(first, date) else ""
        known = {name: value for name, value in fields.items() if value is not None}
        self.edges[source, edge_type, target, first_day] = {**known, "first_day": first_day}

    def of_kinds(self, *kinds: str) -> list[str]:
        return [identifier for identifier, kind in self.kinds.items() if kind in kinds]

    def is_there(self, identifier: str, at: date) -> bool:
        """By all its spells; a part that tells no first day while one of its ties holds, if all of them begin."""
        record = self.records[identifier]
        if "spells" in record:
            return any(
                first <= at.isoformat() < last for first, last in (spell.split("/") for spell in record["spells"])
            )
        ties = [fields for key, fields in self.edges.items() if key[:2] == (identifier, "PART_OF")]
        if "valid_from" not in record and ties and all("valid_from" in tie for tie in ties):
            over = record.get("valid_to", date.max)
            held = [(tie["valid_from"], min(tie.get("valid_to", date.max), over)) for tie in ties]
            if any(first < last for first, last in held):
                return any(first <= at < last for first, last in held)
        return bool(record.get("valid_from", date.min) <= at < record.get("valid_to", date.max))

    def written(self, store: Store) -> None:
        """Into an empty graph, in one transaction and past the checks."""
        records, edges = defaultdict(list), defaultdict(list)
        for identifier, properties in self.records.items():
            records[self.kinds[identifier]].append(properties)
        for (source, edge_type, target, _), properties in self.edges.items():
            edges[edge_type].append({"source": source, "target": target, "properties": properties})

        def work(transaction: Transaction) -> None:
            for kind, rows in records.items():
                transaction.run(_CREATE.named(KIND=kind), rows=rows)
            for edge_type, rows in edges.items():
                transaction.run(_CREATE_EDGES.named(EDGE_TYPE=edge_type), rows=rows)
            derived_lives.write_lives(transaction, self.records)

        store.write(work)


def random_graph(schema: Schema, seed: int, edges: int = 150) -> DatedGraph:
    """Records of every kind and edges of every type the schema lets them have."""
    chance = random.Random(seed)
    graph = DatedGraph()
    for kind in schema.kinds.values():
        for number in range(HOW_MANY.get(kind.name, 2)):
            categories = _categories(schema, chance) if kind.name == "Organisation" else {}
            days = _days(chance)
            graph.record(f"{kind.slug}-{number}", kind.name, **days, **_earlier(chance, days), **categories)
    for provision in graph.of_kinds("Provision"):
        # Part of one text at most; in a circle now and then, which no real act is.
        above = chance.choice(graph.of_kinds("Legislation") * 3 + graph.of_kinds("Provision"))
        if chance.random() < 0.95:
            graph.edge(provision, "PART_OF", above, **(_days(chance) if chance.random() < 0.3 else {}))
    _tell_force(graph, seed)
    names = list(graph.records)
    while len(graph.edges) < edges:
        source = chance.choice(names)
        definitions = list(schema.kinds[graph.kinds[source]].edges.values())
        if graph.kinds[source] == "Provision":
            definitions = [edge for edge in definitions if edge.type != "PART_OF"]
        if not definitions:
            continue
        definition = chance.choice(definitions)
        target = chance.choice(graph.of_kinds(*definition.to))
        marks = {mark: True for mark in ("is_secondary", "is_partial") if mark in definition.fields}
        fields = {**_days(chance), **(marks if chance.random() < 0.3 else {})}
        graph.edge(source, definition.type, target, **fields)
        if chance.random() < 0.1:
            graph.edge(source, definition.type, target, **_days(chance))
    return graph


def _tell_force(graph: DatedGraph, seed: int) -> None:
    """Of some texts a source says that they are not in force, without a day."""
    chance = random.Random(f"force of {seed}")
    for text in graph.of_kinds("Legislation", "Provision"):
        if chance.random() < 0.2:
            graph.records[text]["told_force"] = chance.choice(["not_in_force", "not_in_force", "partly_in_force"])


def days_asked(seed: int, count: int) -> list[date]:
    """Days on which something begins or ends, and days on which nothing does."""
    chance = random.Random(seed)
    return [date(chance.choice(YEARS), 1, chance.choice([1, 1, 2])) for _ in range(count)]


def _days(chance: random.Random) -> dict[str, date]:
    first, last = sorted(chance.sample(YEARS, 2))
    days = {}
    if chance.random() < 0.35:
        days["valid_from"] = date(first, 1, 1)
    if chance.random() < 0.25:
        days["valid_to"] = date(last, 1, 1)
    return days


def _earlier(chance: random.Random, days: dict[str, date]) -> dict[str, list[str]]:
    """Two spells before the one that begins on a known day, now and then."""
    if "valid_from" not in days or chance.random() < 0.5:
        return {}
    year, last = days["valid_from"].year, days.get("valid_to", date.max).isoformat()
    first = chance.choice(["", f"{year - 6}-01-01"])
    return {
        "earlier_spell_from": [first, f"{year - 3}-01-01"],
        "earlier_spell_to": [f"{year - 4}-01-01", f"{year - 2}-01-01"],
        "spells": [
            f"{first or '0001-01-01'}/{year - 4}-01-01",
            f"{year - 3}-01-01/{year - 2}-01-01",
            f"{year}-01-01/{last}",
        ],
    }


def _categories(schema: Schema, chance: random.Random) -> dict[str, Any]:
    institutions = sorted(schema.codes["organisation_category"].marked("institution"))[:2]
    units = sorted(schema.codes["organisation_category"].entries.keys() - institutions)[:1]
    now, before, long_before = chance.choices([*institutions, *units * 5], k=3)
    if chance.random() < 0.6:
        return {"category": now}
    return {
        "category": now,
        "earlier_category": [long_before, before],
        "earlier_category_from": ["", "2006-01-01"],
        "earlier_category_to": ["2006-01-01", "2012-01-01"],
    }
