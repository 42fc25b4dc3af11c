"""A small state that keeps every rule, and for each rule what breaks it and no other."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from worlds import Row, based_on, document, organisation, part_of, produces, provided_by, put, requires, service

from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.quality.ask import Flaw
from kaysis_graph.schema import Schema

NOW = date(2026, 1, 1)

Seen = tuple[str, str, list[str]]


def unit(number: int, title: str, *edges: Row, **more: object) -> Row:
    told: dict[str, Any] = {"category": "central_unit", "number_is_invented": True, **more}
    return organisation(number, title, told.pop("category"), *edges, **told)


def act(number: int, *edges: Row, **more: object) -> Row:
    told = {"kind": "Legislation", "id": f"kanun-{number}", "title": f"{number} sayılı Kanun"}
    return told | {"legislation_type": "law", "edges": list(edges)} | more


def article(number: int, place: int, *edges: Row, tie: Mapping[str, object] | None = None, **more: object) -> Row:
    within = {"type": "PART_OF", "to": f"kanun-{number}", **(tie or {})}
    told = {"kind": "Provision", "id": f"kanun-{number}.m{place}", "title": f"m.{place}", "place": f"m.{place}"}
    return told | {"provision_type": "article", "edges": [within, *edges]} | more


def edge(edge_type: str, target: str, **more: object) -> Row:
    return {"type": edge_type, "to": target, **more}


SOUND = [
    unit(1, "Bakanlık", category="ministry"),
    unit(2, "Genel Müdürlük", part_of(1)),
    act(1, valid_from="2000-01-01", accepted_on="1999-12-20"),
    article(1, 1),
    act(2, edge("REPEALS", "kanun-3", valid_from="2010-01-01"), based_on("kanun-1"), valid_from="2010-01-01"),
    act(3, valid_from="1990-01-01", valid_to="2010-01-01"),
    service(1, "Hizmet", provided_by(2), based_on("kanun-1"), requires(1), produces(2)),
    document(1, "Dilekçe"),
    document(2, "Ruhsat"),
]

# What is added to the sound state or stands in the place of a record of it, and the flaws that come of it.
BROKEN: dict[str, tuple[list[Row], list[Seen]]] = {
    "part_of_circle": (
        [unit(2, "Genel Müdürlük", part_of(1), part_of(3, is_secondary=True)), unit(3, "Daire", part_of(2))],
        [("part_of_circle", "99000002", ["99000003"])],
    ),
    "based_on_circle": (
        [act(4, based_on("kanun-5")), act(5, based_on("kanun-6")), act(6, based_on("kanun-4"))],
        [("based_on_circle", "kanun-4", ["kanun-5", "kanun-6"])],
    ),
    "repeals_circle": (
        [act(4, edge("REPEALS", "kanun-5")), act(5, edge("REPEALS", "kanun-4"))],
        [("repeals_circle", "kanun-4", ["kanun-5"])],
    ),
    "succession_circle": (
        [
            unit(3, "A", part_of(1), edge("SUCCEEDED_BY", "99000004")),
            unit(4, "B", part_of(1), edge("SUCCEEDED_BY", "99000003")),
        ],
        [("succession_circle", "99000003", ["99000004"])],
    ),
    "loop": (
        [
            act(4, edge("AMENDS", "kanun-4.m1"), edge("AMENDS", "kanun-4")),
            article(4, 1, based_on("kanun-4")),
            unit(3, "Daire", part_of(1), part_of(3, is_secondary=True)),
        ],
        [
            ("loop", "99000003", ["99000003"]),
            ("loop", "kanun-4", ["kanun-4"]),
            ("loop", "kanun-4", ["kanun-4.m1"]),
            ("loop", "kanun-4.m1", ["kanun-4"]),
        ],
    ),
    "part_without_whole": (
        [
            article(1, 2, tie={"valid_to": "2020-01-01"}),
            article(1, 3, tie={"valid_to": "2020-01-01"}, valid_to="2020-01-01"),
        ],
        [("part_without_whole", "kanun-1.m2", [])],
    ),
    "service_without_authority": (
        [
            service(2, "Sahipsiz", provided_by(1, valid_to="2020-01-01"), based_on("kanun-1")),
            service(3, "Bitmiş", based_on("kanun-1"), valid_to="2020-01-01"),
        ],
        [("service_without_authority", "heys-2", [])],
    ),
    "ends_unlike_repeal": (
        [act(3, valid_from="1990-01-01", valid_to="2012-01-01"), article(3, 1, valid_to="2010-01-01")],
        [("ends_unlike_repeal", "kanun-3", ["kanun-2"])],
    ),
    "idle_repeal": (
        [
            act(4, edge("REPEALS", "kanun-5", valid_from="2015-01-01"), valid_from="2016-01-01"),
            act(5, valid_from="2000-01-01"),
        ],
        [("idle_repeal", "kanun-4", ["kanun-5"])],
    ),
    "outlives_act": (
        [article(3, 1, valid_to="2012-01-01"), article(3, 2), article(3, 3, valid_to="2005-01-01")],
        [("outlives_act", "kanun-3.m1", ["kanun-3"])],
    ),
    "ended_with_dependants": (
        [
            unit(3, "Kapanan", part_of(1), valid_to="2020-01-01"),
            unit(4, "Şube", part_of(3)),
            unit(5, "Devreden", part_of(1), edge("SUCCEEDED_BY", "99000002"), valid_to="2020-01-01"),
            unit(6, "Şube", part_of(5)),
            unit(7, "Anlatılan", part_of(1), valid_to="2020-01-01", note="Görevi kalmadı."),
            unit(8, "Şube", part_of(7)),
            unit(9, "Boş", part_of(1), valid_to="2020-01-01"),
        ],
        [("ended_with_dependants", "99000003", ["99000004"])],
    ),
    "unlike_number": (
        [
            unit(3, "Gerçek sanılan", part_of(1), number_is_invented=False),
            unit(4, "Söylemeyen", part_of(1), number_is_invented=None),
            unit(5, "Gerçek", part_of(1), number_is_invented=None) | {"id": "24322010"},
            unit(6, "Temsilî sanılan", part_of(1)) | {"id": "24322011"},
        ],
        [("unlike_number", number, []) for number in ("24322011", "99000003", "99000004")],
    ),
    "requires_circle": (
        [
            service(2, "A", provided_by(1), based_on("kanun-1"), edge("REQUIRES", "heys-3")),
            service(3, "B", provided_by(1), based_on("kanun-1"), edge("REQUIRES", "heys-2")),
        ],
        [("requires_circle", "heys-2", ["heys-3"])],
    ),
    "service_of_ended": (
        [
            unit(3, "Devreden", part_of(1), edge("SUCCEEDED_BY", "99000002"), valid_to="2020-01-01"),
            service(2, "A", provided_by(3), based_on("kanun-1")),
            service(3, "B", provided_by(3), provided_by(2), based_on("kanun-1")),
        ],
        [("service_of_ended", "heys-2", ["99000003"])],
    ),
    "service_on_repealed_law": (
        [
            article(3, 1),
            service(2, "A", provided_by(1), based_on("kanun-3"), based_on("kanun-3.m1")),
            service(3, "B", provided_by(1), based_on("kanun-3"), based_on("kanun-1")),
        ],
        [("service_on_repealed_law", "heys-2", ["kanun-3", "kanun-3.m1"])],
    ),
    "service_without_basis": ([service(2, "A", provided_by(1))], [("service_without_basis", "heys-2", [])]),
    "unit_of_nobody": (
        [unit(3, "Daire", part_of(1, valid_to="2020-01-01"))],
        [("unit_of_nobody", "99000003", [])],
    ),
    "several_first_ties": (
        [unit(3, "Daire", part_of(1), part_of(2)), unit(4, "Başka", part_of(1), part_of(2, is_secondary=True))],
        [("several_first_ties", "99000003", ["99000001", "99000002"])],
    ),
    "same_title": (
        [
            unit(3, "Müdürlük", part_of(1)),
            unit(4, "Müdürlük", part_of(1), earlier={"title": [{"value": "Şeflik", "valid_to": "2015-01-01"}]}),
            unit(5, "Müdürlük", part_of(2)),
            unit(6, "Müdürlük", part_of(1), valid_to="2020-01-01"),
        ],
        [("same_title", "99000001", ["99000003", "99000004"])],
    ),
    "lone_alternative": (
        [
            document(3, "Pasaport"),
            service(
                2, "A", provided_by(1), based_on("kanun-1"), requires(1, alternative="kimlik"),
                requires(2, alternative="adres"), requires(3, alternative="adres"),
            ),
        ],
        [("lone_alternative", "heys-2", ["dbys-1"])],
    ),
    "changed_before_published": (
        [
            act(4, edge("AMENDS", "kanun-5.m1"), valid_from="1999-12-25"),
            act(5, valid_from="2000-01-01", gazette_on="1999-12-28"),
            article(5, 1, valid_from="2000-01-01"),
            # Between its publication and its entry into force an act may be amended.
            act(6, edge("AMENDS", "kanun-1"), valid_from="1999-12-25"),
        ],
        [("changed_before_published", "kanun-5.m1", ["kanun-4"])],
    ),
    "changed_after_ended": (
        [
            article(1, 2, valid_to="2011-01-01"),
            article(1, 3, valid_to="2011-01-01"),
            act(
                4, edge("AMENDS", "kanun-1.m2"), edge("AMENDS", "kanun-1.m3", amendment="reenacts"),
                valid_from="2012-01-01",
            ),
        ],
        [("changed_after_ended", "kanun-1.m2", ["kanun-4"])],
    ),
    "lapsed_change": (
        [
            act(4, edge("REPEALS", "kanun-5", valid_from="2015-01-01"), valid_from="2000-01-01"),
            act(5, valid_from="2000-01-01"),
            act(6, edge("REPEALS", "kanun-4", valid_from="2014-01-01"), valid_from="2000-01-01"),
        ],
        [("lapsed_change", "kanun-4", ["kanun-5"])],
    ),
    "ended_by_nothing": (
        [act(4, valid_to="2020-01-01"), act(5, valid_to="2030-01-01")],
        [("ended_by_nothing", "kanun-4", [])],
    ),
    "stub_pointed_at": (
        [act(4, is_stub=True), act(5, based_on("kanun-4")), act(6, is_stub=True)],
        [("stub_pointed_at", "kanun-4", ["kanun-5"])],
    ),
    "unused_document": (
        [document(3, "Unutulan"), document(4, "Bitmiş", valid_to="2020-01-01")],
        [("unused_document", "dbys-3", [])],
    ),
}  # fmt: skip


def world(store: Store, kinds: Schema, changes: list[Row]) -> Graph:
    rows = {row["id"]: row for row in [*SOUND, *changes]}
    return put(store, kinds, [*rows.values()])


def seen(flaws: Iterator[Flaw]) -> list[Seen]:
    return [(flaw.rule, flaw.record.id, [other.id for other in flaw.others]) for flaw in flaws]
