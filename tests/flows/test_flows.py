"""Who hands what to whom, as of a date."""

from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest
from flow_questions import between, every_arrow, of_institution, of_service, of_state, of_unit
from worlds import (
    Row,
    based_on,
    document,
    organisation,
    part_of,
    produces,
    provided_by,
    put,
    requires,
    service,
    statements,
)

from kaysis_graph.answers.answer import Thing
from kaysis_graph.errors import NotFound, TooLarge
from kaysis_graph.facts.requirements import requirements_of
from kaysis_graph.flows.answer import Carriers, FlowAnswer, FlowArrow, Yearly
from kaysis_graph.flows.ask import MOST_ARROWS, FlowWalk, flows_of
from kaysis_graph.flows.carriage import CODES, carriage_of
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.reply import flow_reply
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema

TODAY = date(2026, 11, 23)


def small_state() -> list[Row]:
    """Two ministries; the population office moved from one to the other, and its register extract is asked by three."""
    return [
        organisation(1, "İçişleri Bakanlığı", "ministry", title_en="Ministry of Interior"),
        organisation(2, "Sağlık Bakanlığı", "ministry"),
        organisation(
            3,
            "Nüfus Genel Müdürlüğü",
            "central_unit",
            part_of(1, valid_to="2020-01-01"),
            part_of(2, valid_from="2020-01-01"),
        ),
        organisation(4, "Göç Dairesi", "central_unit", part_of(1)),
        organisation(5, "Ruhsat Dairesi", "central_unit", part_of(2)),
        {"kind": "Legislation", "id": "kanun-5490", "title": "Nüfus Hizmetleri Kanunu", "legislation_type": "law"},
        {
            "kind": "Provision",
            "id": "kanun-5490.m15",
            "title": "Nüfus Hizmetleri Kanunu m.15",
            "provision_type": "article",
            "place": "m.15",
            "edges": [{"type": "PART_OF", "to": "kanun-5490"}],
        },
        document(1, "Nüfus kayıt örneği", based_on("kanun-5490")),
        document(2, "Adli sicil belgesi"),
        document(3, "Ruhsat"),
        document(4, "Pasaport"),
        service(1, "Kayıt örneği verilmesi", provided_by(3), produces(1), based_on("kanun-5490.m15")),
        service(
            2,
            "Ruhsat verilmesi",
            provided_by(5),
            requires(1, carried_by="applicant", alternative="kimlik", copies=2),
            requires(4, alternative="kimlik", condition="yabancılar için"),
            requires(2),
            produces(3),
            yearly_transactions=1_200,
        ),
        service(3, "İkamet izni", provided_by(4), requires(1, carried_by="system", valid_from="2015-01-01")),
    ]


def ends(answer: FlowAnswer) -> set[tuple[str, str, tuple[str, ...]]]:
    return {
        (arrow.sender.name("tr"), arrow.receiver.name("tr"), tuple(titles(arrow.documents))) for arrow in answer.arrows
    }


def titles(things: tuple[Thing, ...]) -> list[str]:
    return [thing.title for thing in things]


def the_arrow(answer: FlowAnswer) -> FlowArrow:
    assert len(answer.arrows) == 1
    return answer.arrows[0]


def test_a_service_is_told_what_it_receives_through_which_services_and_on_which_basis(
    store: Store, kinds: Schema
) -> None:
    answer = of_service(put(store, kinds, small_state()), "heys-2", date(2019, 6, 1))
    assert (answer.at, answer.sequence, answer.complete, answer.cut) == (date(2019, 6, 1), 1, True, None)
    assert titles(answer.asked) == ["Ruhsat verilmesi"]
    arrow = the_arrow(answer)
    assert arrow.sender.name("en") == "Ministry of Interior"
    assert arrow.sender.category == "ministry"
    assert arrow.receiver.name("tr") == "Ruhsat Dairesi"
    assert arrow.receiver.institution is not None
    assert arrow.receiver.institution.title == "Sağlık Bakanlığı"
    assert arrow.yearly == Yearly(1_200, services=1, unknown=0)
    assert arrow.carried_by == Carriers(applicant=1)
    carried = arrow.carries[0]
    assert carried.document.title == "Nüfus kayıt örneği"
    assert titles(carried.producing) == ["Kayıt örneği verilmesi"]
    assert titles(carried.requiring) == ["Ruhsat verilmesi"]
    assert [(basis.record.id, basis.place, basis.whose, basis.count) for basis in carried.bases] == [
        ("kanun-5490.m15", "m.15", "producing", 1),
        ("kanun-5490", None, "document", 1),
    ]
    assert carried.bases[0].act is not None
    assert carried.bases[0].act.title == "Nüfus Hizmetleri Kanunu"
    (terms,) = carried.terms
    assert (terms.alternative, titles(terms.instead), terms.condition, terms.copies) == (
        "kimlik",
        ["Pasaport"],
        None,
        2,
    )


def test_an_arrow_follows_the_unit_from_one_institution_to_the_other(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    before = of_institution(graph, "99000001", date(2019, 12, 31))
    after = of_institution(graph, "99000001", date(2020, 1, 1))
    document = ("Nüfus kayıt örneği",)
    assert ends(before) == {
        ("Nüfus Genel Müdürlüğü", "Göç Dairesi", document),
        ("Nüfus Genel Müdürlüğü", "Sağlık Bakanlığı", document),
    }
    assert ends(after) == {("Sağlık Bakanlığı", "Göç Dairesi", document)}
    across = between(graph, "99000002", "99000001", date(2020, 1, 1))
    assert ends(across) == {("Nüfus Genel Müdürlüğü", "Göç Dairesi", document)}
    assert between(graph, "99000002", "99000001", date(2019, 12, 31)).arrows == ()


def test_inside_and_between_are_told_apart(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    inside = of_institution(graph, "99000002", TODAY, "inside")
    across = of_institution(graph, "99000002", TODAY, "between")
    assert ends(inside) == {("Nüfus Genel Müdürlüğü", "Ruhsat Dairesi", ("Nüfus kayıt örneği",))}
    assert ends(across) == {("Nüfus Genel Müdürlüğü", "İçişleri Bakanlığı", ("Nüfus kayıt örneği",))}
    assert ends(of_institution(graph, "99000002", TODAY)) == ends(inside) | ends(across)


def test_a_requirement_that_had_not_begun_makes_no_arrow(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    assert of_service(graph, "heys-3", date(2014, 12, 31)).arrows == ()
    assert the_arrow(of_service(graph, "heys-3", date(2015, 1, 1))).carried_by == Carriers(system=1)


def test_the_state_shows_what_passes_between_institutions_only(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    assert ends(of_state(graph, TODAY)) == {("Sağlık Bakanlığı", "İçişleri Bakanlığı", ("Nüfus kayıt örneği",))}
    before = of_state(graph, date(2019, 1, 1))
    assert ends(before) == {("İçişleri Bakanlığı", "Sağlık Bakanlığı", ("Nüfus kayıt örneği",))}
    assert (before.totals.arrows, before.totals.documents, before.totals.senders) == (1, 1, 1)
    assert before.gaps.once_only is None


def test_what_is_unknown_is_counted_as_unknown(store: Store, kinds: Schema) -> None:
    rows = [*small_state(), service(4, "Kimlik", provided_by(4), requires(1))]
    arrow = next(
        each for each in of_institution(put(store, kinds, rows), "99000001", TODAY).arrows if each.meetings == 2
    )
    assert arrow.carried_by == Carriers(system=1, unknown=1)
    assert arrow.yearly == Yearly(None, services=2, unknown=2)


def test_documents_without_maker_or_taker_are_listed(store: Store, kinds: Schema) -> None:
    gaps = of_institution(put(store, kinds, small_state()), "99000002", TODAY).gaps
    assert [each.document.title for each in gaps.unproduced] == ["Adli sicil belgesi", "Pasaport"]
    assert [each.document.title for each in gaps.unasked] == ["Ruhsat"]
    assert titles(gaps.unproduced[0].services) == ["Ruhsat verilmesi"]


def test_what_another_institution_makes_should_not_be_asked_from_the_applicant(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    gaps = of_institution(graph, "99000002", date(2019, 1, 1)).gaps
    assert gaps.once_only is not None
    (once,) = gaps.once_only
    assert (once.document.title, titles(once.asked_by), titles(once.made_by)) == (
        "Nüfus kayıt örneği",
        ["Ruhsat verilmesi"],
        ["İçişleri Bakanlığı"],
    )
    assert once.yearly.transactions == 1_200
    # The institution makes it itself since 2020: nobody else need be asked.
    assert of_institution(graph, "99000002", TODAY).gaps.once_only == ()


REQUIRED = load("facts/twins/requirements")


@dataclass(frozen=True)
class RequiredRow:
    id: str
    requirements: list[dict[str, Any]]


def test_what_requirements_say_is_what_the_engine_has(store: Store, kinds: Schema) -> None:
    rows = small_state()
    edges = rows[-1]["edges"]
    # Side by side on one day: the one that began last is told.
    edges.append(requires(1, carried_by="institution", valid_from="2018-01-01"))
    edges.append(requires(2, carried_by="applicant", valid_to="2016-01-01"))
    view = put(store, kinds, rows).on(TODAY)
    services = np.flatnonzero(view.records.of_kinds("Service")).astype(np.int32)
    find, ids = view.records.position_of, view.records.ids
    stored = {
        (find[row.id], find[held["required"]]): held
        for row in store.read(REQUIRED, into=RequiredRow, ids=ids[services].tolist(), at=TODAY)
        for held in sorted(row.requirements, key=lambda held: held["first_day"])
    }
    told = requirements_of(view, services)
    assert {(service, each) for service, of in told.of.items() for each in of} == stored.keys()
    carriage = carriage_of(view)
    assert carriage.keys.tolist() == sorted(service << 32 | each for service, each in stored)
    for (asking, each), held in stored.items():
        said = told.one(asking, each)
        assert astuple(said)[1:] == tuple(
            held[name] for name in ("carried_by", "alternative", "condition", "copies", "order")
        )
        pair = np.array([asking], np.int32), np.array([each], np.int32)
        assert carriage.carrier_codes(*pair).tolist() == [CODES[said.carried_by or ""]]
        is_told = any(held[name] is not None for name in ("alternative", "condition", "copies"))
        assert carriage.with_terms(*pair).tolist() == [is_told]
    assert len(stored) == 4
    assert carriage.codes.tolist().count(CODES["institution"]) == 1
    of_one = carriage_of(view, services[:1])
    assert of_one.keys.tolist() == [key for key in carriage.keys.tolist() if key >> 32 == services[0]]


def hub(makers: int = 200) -> list[Row]:
    rows = [document(9, "Beyanname"), organisation(999, "Maliye Bakanlığı", "ministry")]
    for number in range(1, makers + 1):
        rows.append(organisation(number, f"{number}. Belediye", "municipality"))
        rows.append(service(number, f"Beyan {number}", provided_by(number), produces(9)))
    rows.append(service(999, "Vergi", provided_by(999), requires(9, carried_by="institution"), yearly_transactions=5))
    return rows


def test_a_document_made_by_two_hundred_institutions_is_one_arrow_that_says_so(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, hub())
    answer = of_state(graph, TODAY)
    arrow = the_arrow(answer)
    assert arrow.sender.group is not None
    assert (arrow.sender.group.category, arrow.sender.group.count) == ("municipality", 200)
    assert arrow.sender.name("tr") == "Belediye (200 kurum)"
    assert arrow.sender.name("en") == "Municipality (200 institutions)"
    assert arrow.carries[0].producing_count == 200
    assert arrow.meetings == 200
    assert [(each.document.title, each.side, each.count) for each in answer.grouped] == [("Beyanname", "makers", 200)]
    assert not answer.complete
    assert answer.cut is not None
    assert answer.cut.key == "flows.shortened"
    one = of_institution(graph, "99000007", TODAY)
    assert ends(one) == {("7. Belediye", "Maliye Bakanlığı", ("Beyanname",))}
    assert one.complete
    (streamed,) = every_arrow(graph, FlowQuestion(), TODAY)
    assert len(streamed.carries[0].producing) == 100


def test_pages_add_up_to_the_stream(store: Store, kinds: Schema) -> None:
    rows = [organisation(900, "Bakanlık", "ministry"), document(1, "Belge")]
    for number in range(1, 13):
        rows.append(organisation(number, f"Kurum {number}", "affiliated_body"))
        rows.append(service(number, f"Hizmet {number}", provided_by(number), requires(1)))
    rows.append(service(900, "Veren", provided_by(900), produces(1)))
    graph = put(store, kinds, rows)
    whole = every_arrow(graph, FlowQuestion(), TODAY)
    pages = [of_state(graph, TODAY, offset=offset, limit=5) for offset in (0, 5, 10)]
    assert [arrow for page in pages for arrow in page.arrows] == whole
    assert [len(page.arrows) for page in pages] == [5, 5, 2]
    assert all(page.totals.arrows == 12 and not page.complete for page in pages)
    assert pages[0].cut is not None
    assert pages[0].cut.values == {"total": 12, "shown": 5, "next": 5}
    assert of_state(graph, TODAY, offset=50).arrows == ()
    with pytest.raises(TooLarge):
        of_state(graph, TODAY, limit=MOST_ARROWS + 1)


def test_a_group_hands_to_itself_and_a_group_of_one_is_that_one(store: Store, kinds: Schema) -> None:
    rows = hub(20)
    for number in range(21, 41):
        rows.append(organisation(number, f"{number}. Belediye", "municipality"))
        rows.append(service(number, f"Kabul {number}", provided_by(number), requires(9)))
    state = of_state(put(store, kinds, rows), TODAY)
    assert {(arrow.sender.id, arrow.receiver.id) for arrow in state.arrows} == {
        ("group-municipality", "group-municipality"),
        ("group-municipality", "99000999"),
    }


def test_units_in_a_circle_stay_with_themselves(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Birinci", "central_unit", part_of(2)),
        organisation(2, "İkinci", "central_unit", part_of(1)),
        organisation(3, "Kendi", "central_unit", part_of(3)),
        document(1, "Belge"),
        service(1, "Verir", provided_by(1), produces(1)),
        service(2, "Alır", provided_by(2), requires(1)),
        service(3, "Hem verir hem alır", provided_by(3), requires(1), produces(1)),
    ]
    graph = put(store, kinds, rows)
    belge = ("Belge",)
    assert ends(of_state(graph, TODAY)) == {
        ("Birinci", "İkinci", belge),
        ("Birinci", "Kendi", belge),
        ("Kendi", "İkinci", belge),
    }
    assert ends(of_institution(graph, "99000001", TODAY, "inside")) == {("Birinci", "İkinci", belge)}


def test_a_service_hands_nothing_to_itself_but_its_unit_may(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        document(1, "Belge"),
        service(1, "Döngü", provided_by(1), requires(1), produces(1)),
    ]
    graph = put(store, kinds, rows)
    assert of_service(graph, "heys-1", TODAY).arrows == ()
    assert of_unit(graph, "99000001", TODAY).arrows == ()
    graph = put(store, kinds, [service(2, "İkinci", provided_by(1), requires(1))])
    arrow = the_arrow(of_unit(graph, "99000001", TODAY))
    assert (arrow.sender.id, arrow.receiver.id, arrow.meetings) == ("99000001", "99000001", 1)


def test_a_service_of_nobody_is_shown_as_such(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        document(1, "Belge"),
        service(1, "Sahipsiz", produces(1)),
        service(2, "Sahipli", provided_by(1), requires(1)),
    ]
    graph = put(store, kinds, rows)
    arrow = the_arrow(of_unit(graph, "99000001", TODAY))
    assert (arrow.sender.id, arrow.sender.name("en")) == ("nobody", "No unit named")
    assert of_state(graph, TODAY).arrows == ()


@pytest.mark.parametrize("hostile", ["", "yok", "99999999", "' OR 1=1 //", "dbys-1", "99000001\x00", "ı" * 5_000])
def test_what_is_no_such_record_is_not_found(store: Store, kinds: Schema, hostile: str) -> None:
    graph = put(store, kinds, small_state())
    for ask in (of_service, of_unit, of_institution):
        with pytest.raises(NotFound):
            ask(graph, hostile, TODAY)
    with pytest.raises(NotFound):
        between(graph, "99000001", hostile, TODAY)


def test_a_question_is_narrowed_to_documents_counterparts_and_who_carries(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    past = date(2019, 1, 1)
    everything = flows_of(graph, FlowQuestion(organisation="99000001"), past)
    assert len(everything.arrows) == 2
    by_applicant = FlowQuestion(organisation="99000001", carried_by="applicant")
    carried = flows_of(graph, by_applicant, past)
    assert [arrow.carried_by for arrow in carried.arrows] == [Carriers(applicant=1)]
    assert carried.totals.arrows == 1
    with_health = FlowQuestion(organisation="99000001", with_=("99000002",))
    exchanged = flows_of(graph, with_health, past)
    assert {arrow.receiver.name("tr") for arrow in exchanged.arrows} == {"Sağlık Bakanlığı"}
    assert titles(exchanged.counterparts) == ["Sağlık Bakanlığı"]
    other = flows_of(graph, FlowQuestion(organisation="99000001", document=("dbys-2",)), past)
    assert other.arrows == ()
    assert [len(every_arrow(graph, each, past)) for each in (by_applicant, with_health)] == [1, 1]
    with pytest.raises(NotFound):
        flows_of(graph, FlowQuestion(document=("dbys-999",)), past)


def test_units_are_rolled_up_to_institutions_and_these_to_categories(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    past = date(2019, 1, 1)
    question = FlowQuestion(organisation="99000001", level="institution")
    assert ends(flows_of(graph, question, past)) == {
        ("İçişleri Bakanlığı", "İçişleri Bakanlığı", ("Nüfus kayıt örneği",)),
        ("İçişleri Bakanlığı", "Sağlık Bakanlığı", ("Nüfus kayıt örneği",)),
    }
    (arrow,) = flows_of(graph, FlowQuestion(level="category"), past).arrows
    assert arrow.sender.group is not None
    assert (arrow.sender.id, arrow.sender.category, arrow.sender.group.count) == ("group-ministry", "ministry", 1)


def test_what_a_question_can_be_narrowed_to_is_the_same_whatever_it_is_narrowed_to(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    past = date(2019, 1, 1)
    question = FlowQuestion(organisation="99000001")
    choices = FlowWalk(graph, question, past).choices
    assert titles(choices.documents) == ["Nüfus kayıt örneği"]
    assert titles(choices.counterparts) == ["Sağlık Bakanlığı"]
    assert FlowWalk(graph, FlowQuestion(organisation="99000001", carried_by="system"), past).choices == choices


def test_a_page_and_what_it_can_be_narrowed_to_take_no_statement(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, small_state())
    walk = FlowWalk(graph, FlowQuestion(organisation="99000001"), date(2019, 1, 1))
    reply = flow_reply(walk, kinds, "tr", 0, 10)
    with statements() as asked:
        assert reply.answer.arrows
        assert walk.choices.documents
        assert reply.diagram.nodes
    assert asked == []
