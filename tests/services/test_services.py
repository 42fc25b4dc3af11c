"""The service standards table and the inventory, as of a date."""

from datetime import date

import pytest
from worlds import Row, based_on, document, organisation, part_of, produces, provided_by, put, requires, service

from kaysis_graph import services
from kaysis_graph.answers import durations
from kaysis_graph.errors import NotFound, TooLarge
from kaysis_graph.graph.store import Store
from kaysis_graph.render.table import csv, xlsx
from kaysis_graph.schema import Schema
from kaysis_graph.services import card_table, service_card, standards_table
from kaysis_graph.services.answer import ServiceTable
from kaysis_graph.services.document_sources import DocumentSource
from kaysis_graph.services.process_picture import process_diagram
from kaysis_graph.services.question import InventoryQuestion
from kaysis_graph.services.service_card import ServiceCard
from kaysis_graph.services.standards_table import InventoryList

TODAY = date(2026, 11, 23)


def municipality() -> list[Row]:
    """A municipality with two units; one licence needs papers with alternatives, conditions and copies."""
    return [
        organisation(1, "Iğdır Belediyesi", "municipality"),
        organisation(2, "İmar ve Şehircilik Müdürlüğü", "institution_unit", part_of(1), level="local"),
        organisation(
            3, "Ruhsat Bürosu", "institution_unit", part_of(2, is_secondary=False), part_of(1, is_secondary=True)
        ),
        {"kind": "Legislation", "id": "kanun-3194", "title": "İmar Kanunu", "legislation_type": "law"},
        {
            "kind": "Provision",
            "id": "kanun-3194.m21",
            "title": "İmar Kanunu m.21",
            "provision_type": "article",
            "place": "m.21",
            "edges": [{"type": "PART_OF", "to": "kanun-3194"}],
        },
        document(1, "Dilekçe"),
        document(2, "Tapu"),
        document(3, "Kira sözleşmesi"),
        document(4, "Nüfus kayıt örneği"),
        service(
            1,
            "Yapı ruhsatı",
            provided_by(2),
            based_on("kanun-3194.m21"),
            requires(4, carried_by="system", order=1),
            requires(1, carried_by="applicant", order=2, copies=2),
            requires(2, carried_by="applicant", order=3, alternative="mülkiyet"),
            requires(3, order=4, alternative="mülkiyet", condition="kiracılar için"),
            {"type": "REQUIRES", "to": "heys-2"},
            duration={"max": 30, "unit": "day"},
            earlier={"duration": [{"value": {"max": 45, "unit": "day"}, "valid_to": "2020-01-01"}]},
            legal_duration={"max": 30, "unit": "day", "text": "30 gün"},
            beneficiaries=["citizens", "businesses"],
            channel="on_paper",
            yearly_transactions=40,
            description="Yapıya izin verilmesi",
        ),
        service(2, "Çap verilmesi", provided_by(2), requires(1), duration={"text": "aynı gün"}),
        service(3, "İskân", provided_by(3), valid_from="2015-01-01"),
        service(4, "Ilıca tahsisi", provided_by(1), duration={"min": 8, "max": 15, "unit": "minute"}),
        service(5, "Eski hizmet", provided_by(2), valid_to="2010-01-01"),
        {
            "kind": "CorrespondenceStep",
            "id": "heys-1.adim-1",
            "title": "Tapu kaydının sorulması",
            "order": 2,
            "step_kind": "internal_letter",
            "edges": [
                {"type": "PART_OF", "to": "heys-1"},
                {"type": "SENT_BY", "to": "99000003"},
                {"type": "SENT_TO", "to": "99000002"},
            ],
        },
        {
            "kind": "CorrespondenceStep",
            "id": "heys-1.adim-2",
            "title": "Paraf",
            "order": 1,
            "step_kind": "initials",
            "role": "Şef",
            "edges": [{"type": "PART_OF", "to": "heys-1"}],
        },
    ]


def named(table: ServiceTable) -> list[str]:
    return [row.service.title for row in table.rows]


def test_the_table_has_the_form_of_the_regulation(store: Store, kinds: Schema) -> None:
    table = standards_table.table(put(store, kinds, municipality()), "99000002", TODAY)
    assert table.title == "IĞDIR BELEDİYESİ / İMAR VE ŞEHİRCİLİK MÜDÜRLÜĞÜ KAMU HİZMET STANDARTLARI TABLOSU"
    assert table.columns == (
        "SIRA NO",
        "VATANDAŞA SUNULAN HİZMETİN ADI",
        "BAŞVURUDA İSTENİLEN BELGELER",
        "HİZMETİN TAMAMLANMA SÜRESİ (EN GEÇ SÜRE)",
    )
    assert table.footer.startswith("Başvuru esnasında yukarıda belirtilen belgelerin dışında belge istenmesi, ")
    assert table.footer.endswith("ilk müracaat yerine ya da ikinci müracaat yerine başvurunuz.")
    assert [(row.number, row.service.title) for row in table.rows] == [(1, "Çap verilmesi"), (2, "Yapı ruhsatı")]
    assert table.complete
    licence = table.rows[1]
    assert licence.documents.text("tr") == "1- Dilekçe (2 nüsha)\n2- Tapu veya Kira sözleşmesi (kiracılar için)"
    assert [other.thing.title for other in licence.documents.brought_by_others] == ["Nüfus kayıt örneği"]
    assert [prior.thing.title for prior in licence.documents.prior_services] == ["Çap verilmesi"]
    assert licence.duration_text("tr") == "30 gün"
    assert table.rows[0].documents.text("tr") == "Dilekçe"


def test_the_table_is_of_the_day(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, municipality())
    before = standards_table.table(graph, "99000002", date(2019, 12, 31))
    assert before.rows[1].duration_text("tr") == "45 gün"
    assert named(standards_table.table(graph, "99000002", date(2009, 12, 31))) == [
        "Çap verilmesi",
        "Eski hizmet",
        "Yapı ruhsatı",
    ]


def test_a_table_with_sub_units_is_in_turkish_order(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, municipality())
    table = standards_table.table(graph, "99000001", TODAY, "subtree")
    assert named(table) == ["Çap verilmesi", "Ilıca tahsisi", "İskân", "Yapı ruhsatı"]
    assert table.title == "IĞDIR BELEDİYESİ KAMU HİZMET STANDARTLARI TABLOSU"
    assert table.unit_count == 3
    assert [unit.title for unit in table.rows[2].units] == ["Ruhsat Bürosu"]
    assert named(standards_table.table(graph, "99000001", TODAY)) == ["Ilıca tahsisi"]


def test_the_second_place_of_application_is_one_level_up(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, municipality())
    table = standards_table.table(graph, "99000003", TODAY)
    assert table.first_authority.unit is not None
    assert table.second_authority.unit is not None
    assert table.first_authority.unit.title == "Ruhsat Bürosu"
    assert table.second_authority.unit.title == "İmar ve Şehircilik Müdürlüğü"
    assert table.second_authority.is_computed
    assert table.second_authority.name is None
    assert standards_table.table(graph, "99000001", TODAY).second_authority.unit is None


def test_units_in_a_circle_have_a_table(store: Store, kinds: Schema) -> None:
    rows = [
        organisation(1, "Birinci", "central_unit", part_of(2), part_of(1)),
        organisation(2, "İkinci", "central_unit", part_of(1)),
        service(1, "Hizmet", provided_by(1), provided_by(2)),
    ]
    table = standards_table.table(put(store, kinds, rows), "99000001", TODAY, "subtree")
    assert named(table) == ["Hizmet"]
    assert [unit.title for unit in table.rows[0].units] == ["Birinci", "İkinci"]
    assert table.second_authority.unit is not None
    assert table.second_authority.unit.title == "İkinci"


def test_the_inventory_has_every_column_of_the_form(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, municipality())
    inventory = InventoryList(graph, InventoryQuestion(organisation="99000002", units="self"), TODAY).answer()
    table = services.tables.of_inventory(kinds, inventory, inventory.rows, "tr")
    rows = [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]
    assert rows[1] == {
        "number": 2,
        "institution_code": "99000001",
        "file_plan_code": None,
        "service": "Yapı ruhsatı",
        "description": "Yapıya izin verilmesi",
        "bases": "İmar Kanunu m.21",
        "beneficiaries": "Vatandaşlar, İşletmeler",
        "central_providers": None,
        "provincial_providers": None,
        "local_providers": "Iğdır Belediyesi İmar ve Şehircilik Müdürlüğü",
        "other_providers": None,
        "documents": "1- Dilekçe (2 nüsha)\n2- Tapu veya Kira sözleşmesi (kiracılar için)",
        "first_application_office": None,
        "initials_list": "Şef",
        "internal_letters": "Ruhsat Bürosu → İmar ve Şehircilik Müdürlüğü: Tapu kaydının sorulması",
        "external_letters": None,
        "legal_duration": "30 gün",
        "average_duration": None,
        "yearly_transactions": 40,
        "channel": "Elektronik ortamda sunulmuyor",
    }
    assert inventory.rows[1].computed == {"local_providers", "initials_list", "internal_letters"}
    labels = [column.label for column in table.columns]
    assert labels[5] == "Hizmetin Dayanağı Mevzuatın Adı ve Madde Numarası"
    assert labels[7] == "Hizmet Sunmakla Görevli/Yetkili Kurumların/Birimlerin Adı: Merkezi İdare"
    assert labels[-1] == "Hizmetin Sunum Sürecinde: Hizmetin Elektronik Ortamda Sunulup Sunulamayacağı"


def test_the_inventory_of_the_state_is_paged_and_streamed(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, municipality())
    first = InventoryList(graph, InventoryQuestion(), TODAY).answer(limit=3)
    second = InventoryList(graph, InventoryQuestion(), TODAY).answer(offset=3, limit=3)
    assert (first.total, len(first.rows), len(second.rows), first.complete) == (4, 3, 1, False)
    assert first.cut is not None
    assert first.cut.values == {"total": 4, "shown": 3, "next": 3}
    streamed = list(InventoryList(graph, InventoryQuestion(), TODAY).listing().rows)
    assert streamed == [*first.rows, *second.rows]
    assert [row.number for row in streamed] == [1, 2, 3, 4]
    with pytest.raises(TooLarge):
        InventoryList(graph, InventoryQuestion(), TODAY).answer(limit=standards_table.MOST_ROWS + 1)


def test_both_tables_are_written_as_files_with_translated_headings(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, municipality())
    table = services.tables.of_table(standards_table.table(graph, "99000002", TODAY), "en")
    assert table.columns[3].label == "HİZMETİN TAMAMLANMA SÜRESİ (EN GEÇ SÜRE) / Time to complete (at most)"
    assert "1- Dilekçe (2 nüsha)" in "".join(csv(table))
    assert xlsx(table)[:2] == b"PK"
    whole = InventoryList(graph, InventoryQuestion(), TODAY).listing()
    inventory = services.tables.of_inventory(kinds, whole.answer, whole.rows, "tr")
    assert len(list(inventory.rows)) == 4
    assert table.footnotes[0].startswith("Başvuru esnasında")
    assert any("1 document " in footnote for footnote in table.footnotes)


@pytest.mark.parametrize(
    ("duration", "turkish", "english"),
    [
        (None, "", ""),
        ({"max": 15, "unit": "day", "is_working": True}, "15 iş günü", "15 working days"),
        ({"min": 1, "max": 1, "unit": "hour"}, "1 saat", "1 hour"),
        ({"min": 8, "max": 15, "unit": "minute", "text": "8–15 dk"}, "8-15 dakika", "8-15 minutes"),
        ({"min": 5, "unit": "day"}, "en az 5 gün", "at least 5 days"),
        ({"text": "Tebliğde belirtilir"}, "Tebliğde belirtilir", "Tebliğde belirtilir"),
        (
            {"max": 10, "unit": "minute", "text": "10 dk + tahkikat"},
            "10 dk + tahkikat",
            "10 minutes (as published: “10 dk + tahkikat”)",
        ),
        (
            {"max": 15, "unit": "day", "is_working": True, "text": "başka kurumu ilgilendirirse 30 iş günü"},
            "15 iş günü (başka kurumu ilgilendirirse 30 iş günü)",
            "15 working days (başka kurumu ilgilendirirse 30 iş günü)",
        ),
    ],
)
def test_durations_are_told_in_words(duration: Row | None, turkish: str, english: str) -> None:
    assert durations.in_words(duration, "tr") == turkish
    assert durations.in_words(duration, "en") == english


@pytest.mark.parametrize("hostile", ["", "99999999", "heys-1", "'}) DETACH DELETE n //", "9" * 10_000])
def test_what_is_no_organisation_has_no_table(store: Store, kinds: Schema, hostile: str) -> None:
    graph = put(store, kinds, municipality())
    with pytest.raises(NotFound):
        standards_table.table(graph, hostile, TODAY)
    with pytest.raises(NotFound):
        InventoryList(graph, InventoryQuestion(organisation=hostile), TODAY)


def registry() -> list[Row]:
    """A registry office whose service asks for papers that it makes, others make, one of them makes, nobody makes."""
    return [
        organisation(1, "İl Valiliği", "governorship"),
        organisation(2, "Nüfus Müdürlüğü", "institution_unit", part_of(1)),
        organisation(3, "Sağlık Bakanlığı", "ministry"),
        organisation(4, "Devlet Hastanesi", "institution_unit", part_of(3)),
        organisation(5, "Tapu Müdürlüğü", "central_unit"),
        {"kind": "Legislation", "id": "kanun-5490", "title": "Nüfus Hizmetleri Kanunu", "legislation_type": "law"},
        {
            "kind": "Provision",
            "id": "kanun-5490.m15",
            "title": "5490 sayılı Kanun m.15",
            "provision_type": "article",
            "place": "m.15",
            "edges": [{"type": "PART_OF", "to": "kanun-5490"}],
        },
        document(1, "Doğum raporu"),
        document(2, "Nüfus kayıt örneği"),
        document(3, "Dilekçe"),
        document(4, "Kimlik kartı"),
        document(5, "Tapu senedi", {"type": "ISSUED_BY", "to": "99000005"}),
        document(6, "Gebelik kaydı"),
        service(
            1,
            "Doğum tescili",
            provided_by(2),
            based_on("kanun-5490.m15"),
            based_on("kanun-5490"),
            requires(1, carried_by="applicant", order=1, alternative="bildirim"),
            requires(3, carried_by="applicant", order=2, alternative="bildirim", copies=2),
            requires(2, carried_by="applicant", order=3),
            requires(5, carried_by="institution", order=4),
            produces(4),
        ),
        service(2, "Doğum raporu düzenlenmesi", provided_by(4), produces(1), requires(6)),
        service(3, "Nüfus kayıt örneği verilmesi", provided_by(2), produces(2)),
        service(4, "Gebelik izleme", provided_by(4), produces(6)),
        step(1, "initials", "Doğum tescili: tescilin parafı", 1, {"type": "SENT_BY", "to": "99000002"}, role="Memur"),
        step(
            2,
            "signature",
            "Doğum tescili: tescilin imzası",
            2,
            {"type": "SENT_BY", "to": "99000002"},
            {"type": "CARRIES", "to": "dbys-4"},
            role="Müdür",
        ),
        step(
            3,
            "external_letter",
            "Doğum tescili: hastaneye bildirim",
            3,
            {"type": "SENT_BY", "to": "99000002"},
            {"type": "SENT_TO", "to": "99000004"},
        ),
    ]


def step(number: int, kind: str, title: str, order: int, *edges: Row, **more: object) -> Row:
    return {
        "kind": "CorrespondenceStep",
        "id": f"heys-1.adim-{number}",
        "title": title,
        "order": order,
        "step_kind": kind,
        "edges": [{"type": "PART_OF", "to": "heys-1"}, *edges],
        **more,
    }


def test_a_card_tells_where_each_paper_comes_from(store: Store, kinds: Schema) -> None:
    card = service_card.of(put(store, kinds, registry()), "heys-1", TODAY)
    papers = {need.required.thing.title: need for line in card.lines for need in line.choices}
    assert [[need.required.thing.title for need in line.choices] for line in card.lines] == [
        ["Doğum raporu", "Dilekçe"],
        ["Nüfus kayıt örneği"],
    ]
    report = papers["Doğum raporu"].source
    assert [thing.title for thing in report.services] == ["Doğum raporu düzenlenmesi"]
    assert [thing and thing.title for thing in report.units] == ["Devlet Hastanesi"]
    assert [thing.title for thing in report.institutions] == ["Sağlık Bakanlığı"]
    assert (report.is_own, report.elsewhere_count) == (False, 1)
    assert papers["Nüfus kayıt örneği"].source.is_own
    assert [title for title, need in papers.items() if need.once_only] == ["Doğum raporu", "Nüfus kayıt örneği"]
    assert papers["Dilekçe"].source.institution_count == 0
    deed = card.brought_by_others[0]
    assert ([thing.title for thing in deed.source.institutions], deed.once_only) == (["Tapu Müdürlüğü"], False)


def place(identifier: str, title: str, within: str | None) -> Row:
    types = {"ulke": "country", "il": "province", "ilce": "district"}
    place_type = types[identifier.partition("-")[0]]
    edges = [{"type": "PART_OF", "to": within}] if within else []
    return {"kind": "Place", "id": identifier, "title": title, "place_type": place_type, "edges": edges}


def located_in(identifier: str) -> Row:
    return {"type": "LOCATED_IN", "to": identifier}


def provinces() -> list[Row]:
    """Two provinces with districts; licences are asked for in Altındağ, identity cards are made in many places."""
    return [
        place("ulke-1", "Türkiye", None),
        place("il-06", "Ankara", "ulke-1"),
        place("il-34", "İstanbul", "ulke-1"),
        place("ilce-1130", "Altındağ", "il-06"),
        place("ilce-1231", "Çankaya", "il-06"),
        place("ilce-2014", "Sultanbeyli", "il-34"),
        organisation(1, "Sultanbeyli Nüfus", "provincial_unit", located_in("ilce-2014")),
        organisation(2, "Karaburun Nüfus", "provincial_unit", located_in("il-34"), phone="0216 000 00 00"),
        organisation(3, "Çankaya Nüfus", "provincial_unit", located_in("ilce-1231")),
        organisation(4, "Altındağ Kaymakamlığı", "district_governorship", located_in("ilce-1130")),
        organisation(5, "Merkez Arşivi", "central_unit"),
        document(1, "Kimlik kartı"),
        document(2, "Arşiv örneği"),
        service(1, "Doğum işlemleri", provided_by(1), produces(1, is_by_product=True)),
        service(2, "Kimlik kartı verilmesi", provided_by(2), produces(1), requires(2)),
        service(3, "Kimlik kartı verilmesi", provided_by(3), produces(1)),
        service(4, "Tüfek ruhsatı", provided_by(4), requires(1, carried_by="applicant")),
        service(5, "Pasaport", provided_by(1), requires(1, carried_by="applicant")),
        service(6, "Arşiv örneği verilmesi", provided_by(5), produces(2)),
    ]


def source_of(card: ServiceCard) -> DocumentSource:
    return card.lines[0].choices[0].source


def test_a_card_sends_the_asker_to_the_nearest_office_whose_result_the_document_is(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, provinces())
    source = source_of(service_card.of(graph, "heys-4", TODAY))
    assert [service.id for service in source.services] == ["heys-3", "heys-2"]
    assert [unit and unit.title for unit in source.units] == ["Çankaya Nüfus", "Karaburun Nüfus"]
    assert [where and where.title for where in source.places] == ["Çankaya", "İstanbul"]
    assert (source.nearness, source.equal_count, source.office_count) == ("province", 1, 2)
    assert (source.service_count, source.aside_count) == (2, 1)
    assert [prior.service.id for prior in service_card.of(graph, "heys-4", TODAY).chain] == ["heys-3"]


def test_a_card_is_for_who_lives_in_a_chosen_place(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, provinces())
    card = service_card.of(graph, "heys-4", TODAY, "ilce-2014")
    assert (source_of(card).services[0].id, source_of(card).nearness) == ("heys-2", "here")
    assert [prior.service.id for prior in card.chain] == ["heys-2", "heys-6"]
    assert card.place
    assert card.place.title == "Sultanbeyli"
    assert [(office.unit.title, office.nearness) for office in card.places] == [("Altındağ Kaymakamlığı", "elsewhere")]
    far = card_table.distance(card, card.places[0].nearness, "tr")
    assert far.startswith("Sultanbeyli ve bulunduğu ilde bunu veren bir birim kayıtlı değil")
    table = "".join(csv(card_table.of_card(kinds, card, "tr")))
    assert "Karaburun Nüfus" in table
    assert "Doğum işlemleri" not in table
    with pytest.raises(NotFound):
        service_card.of(graph, "heys-4", TODAY, "il-99")
    with pytest.raises(NotFound):
        service_card.of(graph, "heys-4", TODAY, "heys-1")


def test_offices_that_fit_alike_are_told_as_several(store: Store, kinds: Schema) -> None:
    rows = [*provinces(), service(7, "Kimlik kartı verilmesi", provided_by(3), provided_by(4), produces(1))]
    graph = put(store, kinds, rows)
    # Two services of Çankaya and none of Altındağ's own category.
    source = source_of(service_card.of(graph, "heys-5", TODAY, "ilce-1231"))
    assert [unit and unit.title for unit in source.units[: source.equal_count]] == ["Çankaya Nüfus", "Çankaya Nüfus"]
    assert (source.nearness, source.office_count) == ("here", 4)
    # The asking institution makes it itself.
    assert source_of(service_card.of(graph, "heys-4", TODAY)).nearness == "own"


def test_a_service_that_gives_nothing_else_comes_before_one_that_does(store: Store, kinds: Schema) -> None:
    rows = [
        document(1, "Kart"),
        document(2, "Kayıt"),
        organisation(1, "Nüfus", "central_unit"),
        service(1, "Doğum", provided_by(1), produces(1), produces(2)),
        service(2, "Kart verilmesi", provided_by(1), produces(1)),
        service(3, "Kart yenileme", provided_by(1), produces(1)),
        service(4, "Ruhsat", provided_by(1), requires(1)),
    ]
    card = service_card.of(put(store, kinds, rows), "heys-4", TODAY)
    source = source_of(card)
    assert [service.title for service in source.services] == ["Kart verilmesi", "Kart yenileme"]
    assert (source.equal_count, source.aside_count, source.is_own) == (2, 1, True)


def test_where_to_apply_says_where_and_how_to_reach_it(store: Store, kinds: Schema) -> None:
    card = service_card.of(put(store, kinds, provinces()), "heys-2", TODAY)
    office = card.places[0]
    assert (office.located_in and office.located_in.title, office.phone) == ("İstanbul", "0216 000 00 00")
    assert (office.address, office.website) == (None, None)


def test_a_card_groups_its_basis_by_act_and_names_whom_to_turn_to(store: Store, kinds: Schema) -> None:
    card = service_card.of(put(store, kinds, registry()), "heys-1", TODAY)
    assert [(ground.act.id, [basis.place for basis in ground.provisions]) for ground in card.grounds] == [
        ("kanun-5490", ["m.15"])
    ]
    assert [
        (place.unit.title, place.institution.title, place.above and place.above.title) for place in card.places
    ] == [("Nüfus Müdürlüğü", "İl Valiliği", "İl Valiliği")]
    assert [thing.title for thing in card.produces] == ["Kimlik kartı"]


def test_the_services_needed_before_are_followed_back(store: Store, kinds: Schema) -> None:
    card = service_card.of(put(store, kinds, registry()), "heys-1", TODAY)
    assert [(prior.depth, prior.service.title, prior.needed_by.title) for prior in card.chain] == [
        (1, "Doğum raporu düzenlenmesi", "Doğum tescili"),
        (1, "Nüfus kayıt örneği verilmesi", "Doğum tescili"),
        (2, "Gebelik izleme", "Doğum raporu düzenlenmesi"),
    ]
    with pytest.raises(NotFound):
        service_card.of(put(store, kinds, registry()), "dbys-1", TODAY)


def test_a_process_runs_from_the_need_to_the_end(store: Store, kinds: Schema) -> None:
    card = service_card.of(put(store, kinds, registry()), "heys-1", TODAY)
    drawn = process_diagram(card, kinds, "tr")
    lane = {node.title: node.lane for node in drawn.nodes}
    title = {node.id: node.title for node in drawn.nodes}
    ways = [(title[arrow.source], title[arrow.target], arrow.label) for arrow in drawn.arrows]
    assert lane["Doğum raporu"] == "99000003"
    assert lane["Nüfus kayıt örneği"] == lane["Tescilin imzası"] == lane["Kimlik kartı"] == "99000002"
    assert lane["Dilekçe"] == lane["Hizmete ihtiyaç duyulur"] == "applicant"
    assert lane["Yazıyı alır"] == "99000004"
    assert ("Doğum raporu", "Belgelerini hazırlar ve başvurur", "biri yeter") in ways
    assert ("Tapu senedi", "Başvuruyu alır ve inceler", "kurumdan kuruma") in ways
    assert ("Tescilin parafı", "Tescilin imzası", "") in ways
    # The card comes from the signature that carries it, not from the last letter.
    assert ("Tescilin imzası", "Kimlik kartı", "") in ways
    assert ("Hastaneye bildirim", "Yazıyı alır", "yazı") in ways
    assert ("Kimlik kartı", "Sonucu alır", "") in ways
    shapes = {node.title: node.shape for node in drawn.nodes}
    assert (shapes["Tescilin parafı"], shapes["Tescilin imzası"]) == ("initials", "signature")


def test_a_process_without_papers_steps_or_products_is_whole(store: Store, kinds: Schema) -> None:
    rows = [organisation(1, "Belediye", "municipality"), service(1, "Danışma", provided_by(1)), service(2, "Sahipsiz")]
    graph = put(store, kinds, rows)
    for identifier, lanes in (("heys-1", ["applicant", "99000001"]), ("heys-2", ["applicant", "nobody"])):
        drawn = process_diagram(service_card.of(graph, identifier, TODAY), kinds, "en")
        assert [lane.id for lane in drawn.lanes] == lanes
        assert [arrow.label for arrow in drawn.arrows] == ["", "application", "result", ""]


def test_a_card_as_a_table_has_a_row_for_each_thing(store: Store, kinds: Schema) -> None:
    card = service_card.of(put(store, kinds, registry()), "heys-1", TODAY)
    sheet = card_table.of_card(kinds, card, "tr")
    rows = [row[:4] for row in sheet.rows]
    assert rows == [
        ("İstenen belge", 1, "dbys-1", "Doğum raporu"),
        ("İstenen belge", 1, "dbys-3", "Dilekçe"),
        ("İstenen belge", 2, "dbys-2", "Nüfus kayıt örneği"),
        ("Kurumun edindiği belge", 1, "dbys-5", "Tapu senedi"),
        ("Başvurulacak yer", 1, "99000002", "Nüfus Müdürlüğü"),
        ("İkinci müracaat yeri", 1, "99000001", "İl Valiliği"),
        ("Yazışma adımı", 1, "heys-1.adim-1", "Doğum tescili: tescilin parafı"),
        ("Yazışma adımı", 2, "heys-1.adim-2", "Doğum tescili: tescilin imzası"),
        ("Yazışma adımı", 3, "heys-1.adim-3", "Doğum tescili: hastaneye bildirim"),
        ("Üretilen", 1, "dbys-4", "Kimlik kartı"),
        ("Dayanak", 1, "kanun-5490.m15", "5490 sayılı Kanun m.15"),
    ]
