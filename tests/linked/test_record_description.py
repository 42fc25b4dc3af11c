"""What the RDF of a record says where it rests on more than the record: repeals, parts, roles, days."""

import json
from datetime import date
from typing import Any

import pytest
from conftest import AUTHOR
from pyoxigraph import NamedNode
from quality_worlds import act, article, edge, unit

from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.linked.export import all_quads
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema

BASE = "https://veri.example"
SHORT = {
    f"{BASE}/id/": "",
    f"{BASE}/def/": "kaysis:",
    "http://data.europa.eu/eli/ontology#": "eli:",
    "http://data.europa.eu/m8g/": "cv:",
    "http://purl.org/vocab/cpsv#": "cpsv:",
    "http://purl.org/dc/terms/": "dct:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
Said = set[tuple[str, str, str]]
pytestmark = pytest.mark.pages


def said(store: Store, kinds: Schema, told: list[dict[str, Any]], *days: date) -> list[Said]:
    """What the default graph of each day says, in short names."""
    for one in told:
        within = [held for held in one.get("edges", ()) if held["type"] == "PART_OF"]
        writer.save(store, kinds, {**one, "edges": within}, AUTHOR)
    for one in told:
        writer.save(store, kinds, one, AUTHOR)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    iris = Iris(BASE, kinds)
    return [
        {
            (short(quad.subject), short(quad.predicate), short(quad.object))
            for quad in all_quads.quads(store, iris, graph.on(day))
            if not isinstance(quad.graph_name, NamedNode)
        }
        for day in days
    ]


def short(term: Any) -> str:  # any term
    value = str(term.value)
    long = next((long for long in SHORT if value.startswith(long)), "")
    return SHORT.get(long, "") + value.removeprefix(long)


def ways(found: Said, source: str, target: str) -> set[str]:
    """By which properties the first points at the second."""
    return {predicate for subject, predicate, value in found if (subject, value) == (source, target)}


def values(found: Said, subject: str, predicate: str) -> set[str]:
    return {value for one, said, value in found if (one, said) == (subject, predicate)}


def test_a_repeal_is_told_as_one_when_it_has_ended_what_it_names(store: Store, kinds: Schema) -> None:
    told = [act(1), act(2, valid_from="2031-01-01"), article(2, 9, edge("REPEALS", "kanun-1"))]
    before, after = said(store, kinds, told, date(2030, 1, 1), date(2031, 1, 1))
    source, target = "provision/kanun-2.m9", "legislation/kanun-1"
    assert (ways(before, source, target), ways(after, source, target)) == ({"kaysis:repeals"}, {"eli:repeals"})
    assert values(before, target, "eli:in_force") == {"eli:InForce-inForce"}
    assert values(after, target, "eli:in_force") == {"eli:InForce-notInForce"}
    assert values(before, target, "eli:date_no_longer_in_force") == set()
    assert values(after, target, "eli:date_no_longer_in_force") == {"2030-12-31"}, "ELI tells the last day"
    assert values(after, target, "kaysis:valid_to") == set(), "the record says nothing of its end"


def test_what_lapsed_before_its_day_is_told_as_neither_repeal_nor_change(store: Store, kinds: Schema) -> None:
    lapsing = [edge(kind, f"kanun-{other}", valid_from="2025-01-01") for kind, other in (("REPEALS", 4), ("AMENDS", 5))]
    told = [act(2, *lapsing), act(3, edge("REPEALS", "kanun-2", valid_from="2024-06-01")), act(4), act(5)]
    (after,) = said(store, kinds, told, date(2026, 1, 1))
    assert values(after, "legislation/kanun-4", "eli:in_force") == {"eli:InForce-inForce"}
    assert values(after, "legislation/kanun-2", "eli:in_force") == {"eli:InForce-notInForce"}
    assert ways(after, "legislation/kanun-2", "legislation/kanun-4") == {"kaysis:repeals"}
    assert ways(after, "legislation/kanun-2", "legislation/kanun-5") == {"kaysis:amends"}


@pytest.mark.parametrize("days", [{}, {"valid_to": "2010-01-01"}])
def test_an_act_of_which_an_article_was_repealed_is_partly_in_force_whatever_days_the_article_has(
    store: Store, kinds: Schema, days: dict[str, str]
) -> None:
    told = [
        act(1),
        article(1, 1) | days,
        article(1, 2),
        act(2, edge("REPEALS", "kanun-1.m1", valid_from="2010-01-01"), valid_from="2010-01-01"),
    ]
    before, after = said(store, kinds, told, date(2009, 1, 1), date(2020, 1, 1))
    assert values(before, "legislation/kanun-1", "eli:in_force") == {"eli:InForce-inForce"}
    assert values(after, "legislation/kanun-1", "eli:in_force") == {"eli:InForce-partiallyInForce"}


def test_a_datum_that_a_service_results_in_is_no_output_of_cpsv(store: Store, kinds: Schema) -> None:
    datum = {"kind": "DataElement", "id": "veri-1", "title": "Vergi kimliği", "description": "On bir hane"}
    told = [
        unit(1, "Bakanlık", category="ministry"),
        datum,
        {"kind": "Service", "id": "heys-1", "title": "Kayıt",
         "edges": [edge("PRODUCES", "veri-1"), edge("PROVIDED_BY", "99000001")]},
    ]  # fmt: skip
    (found,) = said(store, kinds, told, date(2020, 1, 1))
    assert ways(found, "service/heys-1", "data_element/veri-1") == {"kaysis:produces"}
    assert values(found, "data_element/veri-1", "rdf:type") == {"kaysis:DataElement", "cv:InformationConcept"}


def test_a_value_that_only_the_past_has_is_told_as_of_the_past(store: Store, kinds: Schema) -> None:
    earlier = {"duration": [{"value": {"max": 5, "unit": "day"}, "valid_to": "2010-01-01"}]}
    told = [{"kind": "Service", "id": "heys-1", "title": "Kayıt", "earlier": earlier}]
    past, present = said(store, kinds, told, date(2005, 1, 1), date(2020, 1, 1))
    assert values(past, "service/heys-1", "cv:processingTime") == {"P5D"}
    assert len(values(past, "service/heys-1", "kaysis:duration")) == 1
    assert values(present, "service/heys-1", "kaysis:duration") == set()


def test_a_shortest_time_is_no_time_that_a_service_takes(store: Store, kinds: Schema) -> None:
    told = [{"kind": "Service", "id": "heys-1", "title": "Kayıt", "duration": {"min": 3, "unit": "day"}}]
    (found,) = said(store, kinds, told, date(2020, 1, 1))
    assert values(found, "service/heys-1", "cv:processingTime") == set()


def test_working_days_are_not_told_as_days_of_the_calendar(store: Store, kinds: Schema) -> None:
    duration = {"max": 7, "unit": "day", "is_working": True, "text": "7 iş günü"}
    told = [{"kind": "Service", "id": "heys-1", "title": "Kayıt", "duration": duration}]
    (found,) = said(store, kinds, told, date(2020, 1, 1))
    assert values(found, "service/heys-1", "cv:processingTime") == set()
    (whole,) = values(found, "service/heys-1", "kaysis:duration")
    assert json.loads(whole) == duration


def test_a_translated_title_is_no_text_of_the_act_in_that_language(store: Store, kinds: Schema) -> None:
    (found,) = said(store, kinds, [act(1, title_en="Law 1")], date(2020, 1, 1))
    assert values(found, "legislation/kanun-1", "eli:is_realized_by") == {"legislation/kanun-1#tr"}
    assert "Law 1" in values(found, "legislation/kanun-1", "dct:title")


def test_a_provision_is_typed_as_a_subdivision(store: Store, kinds: Schema) -> None:
    (found,) = said(store, kinds, [act(1), article(1, 1)], date(2020, 1, 1))
    assert values(found, "provision/kanun-1.m1", "eli:type_subdivision") == {"kaysis:code/provision_type.article"}
    assert values(found, "provision/kanun-1.m1", "eli:type_document") == set()


def test_the_procedure_of_a_service_implements_what_its_steps_rest_on(store: Store, kinds: Schema) -> None:
    step = {"kind": "CorrespondenceStep", "title": "Yazı", "order": 1, "step_kind": "initials"}
    told = [
        act(1),
        act(2, valid_to="2010-01-01"),
        {"kind": "Service", "id": "heys-1", "title": "Kayıt"},
        {**step, "id": "heys-1.adim-1", "edges": [edge("PART_OF", "heys-1"), edge("BASED_ON", "kanun-1")]},
        {**step, "id": "heys-1.adim-2", "edges": [edge("PART_OF", "heys-1"),
         edge("BASED_ON", "kanun-1"), edge("BASED_ON", "kanun-2", valid_to="2010-01-01")]},
    ]  # fmt: skip
    past, present = said(store, kinds, told, date(2005, 1, 1), date(2020, 1, 1))
    rule = "service/heys-1#procedure"
    assert values(past, rule, "cpsv:implements") == {"legislation/kanun-1", "legislation/kanun-2"}
    assert values(present, rule, "cpsv:implements") == {"legislation/kanun-1"}
