"""The picture of a data flow."""

from dataclasses import replace
from datetime import date

import pytest
from flow_questions import of_institution, of_state
from test_flows import hub, small_state
from worlds import Row, document, organisation, part_of, produces, provided_by, put, requires, service

from kaysis_graph.flows.picture import MOST_ARROWS, MOST_LANES, flow_diagram
from kaysis_graph.graph.store import Store
from kaysis_graph.render import svg
from kaysis_graph.render.layout.grid import grid
from kaysis_graph.schema import Schema

pytestmark = pytest.mark.pages

TODAY = date(2026, 11, 23)


def test_the_institution_asked_about_lies_on_top_of_the_others(store: Store, kinds: Schema) -> None:
    picture = flow_diagram(of_institution(put(store, kinds, small_state()), "99000002", date(2019, 1, 1)), "tr")
    lanes = picture.lanes[::-1]
    top = grid(replace(picture, lanes=lanes)).lanes[0]
    assert top is not None
    assert picture.first_lane == lanes[top].id == "99000002"


def test_an_institution_is_a_lane_with_its_units_and_others_stand_as_themselves(store: Store, kinds: Schema) -> None:
    picture = flow_diagram(of_institution(put(store, kinds, small_state()), "99000001", date(2019, 1, 1)), "tr")
    assert [lane.title for lane in picture.lanes] == ["İçişleri Bakanlığı", "Sağlık Bakanlığı"]
    assert {(node.title, node.lane) for node in picture.nodes} == {
        ("Nüfus Genel Müdürlüğü", "99000001"),
        ("Göç Dairesi", "99000001"),
        ("Sağlık Bakanlığı", "99000002"),
    }
    assert {arrow.label for arrow in picture.arrows} == {"Nüfus kayıt örneği"}
    assert picture.footnotes[0] == "01.01.2019 tarihindeki durum; 1. değişiklik itibarıyla."
    assert "<svg" in svg.render(picture)


def test_a_group_is_one_box_that_says_how_many(store: Store, kinds: Schema) -> None:
    picture = flow_diagram(of_state(put(store, kinds, hub()), TODAY), "en")
    group = next(node for node in picture.nodes if node.shape == "group")
    assert (group.title, group.count) == ("Municipality (200 institutions)", 200)
    assert any("Beyanname" in footnote for footnote in picture.footnotes)


def crowd(count: int) -> list[Row]:
    """Affiliated bodies that each make a paper of their own for two others."""
    rows = []
    for number in range(1, count + 1):
        rows.append(organisation(number, f"Kurum {number}", "affiliated_body", *([part_of(1)] if number > 1 else [])))
        rows.append(document(number, f"Belge {number}"))
        neighbours = [(number + step) % count + 1 for step in (1, 5)]
        needs = [requires(neighbour) for neighbour in neighbours]
        rows.append(service(number, f"Hizmet {number}", provided_by(number), produces(number), *needs))
    return rows


def test_beyond_sixty_lanes_the_rest_is_grouped_by_category_and_the_picture_says_so(
    store: Store, kinds: Schema
) -> None:
    answer = of_state(put(store, kinds, crowd(150)), TODAY, limit=1_000)
    assert len(answer.arrows) == 300
    labels = {code: entry.label for code, entry in kinds.codes["organisation_category"].entries.items()}
    picture = flow_diagram(answer, "tr", labels)
    assert len(picture.lanes) <= MOST_LANES
    assert len(picture.arrows) <= MOST_ARROWS
    rest = next(node for node in picture.nodes if node.shape == "group")
    assert rest.title == "Bağlı kuruluş: 100 kurum veya birim daha"
    assert sum(arrow.weight for arrow in picture.arrows) == 300
    assert any("En yoğun 50 kutu" in footnote for footnote in picture.footnotes)
    assert flow_diagram(answer, "tr", labels) == picture


def test_a_picture_of_nothing_still_says_what_was_asked(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [organisation(1, "Bakanlık", "ministry")])
    picture = flow_diagram(of_institution(graph, "99000001", TODAY), "tr")
    assert (picture.title, picture.nodes, picture.arrows) == ("Bakanlık: belge ve veri akışı", (), ())
