"""The seed as files: every line fits the schema, every fact has a source, and the chains it promises are there."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from kaysis_graph import files, schema
from kaysis_graph.records import checks

Told = dict[str, Any]
SCHEMA = schema.read()
LINES = [
    (path.stem, number, line)
    for path in sorted(files.SEED.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]
RECORDS: dict[str, Told] = {told["id"]: told for told in (json.loads(line) for _, _, line in LINES)}
# The numbers that are public; facts are in seed/README.md.
KNOWN_NUMBERS = {"24322010", "35955870", "22620739"}
INTERIOR = "İçişleri Bakanlığı"


def edges() -> Iterator[tuple[Told, Told]]:
    """Each edge with the record it leaves."""
    return ((told, edge) for told in RECORDS.values() for edge in told.get("edges", []))


def of_kind(kind: str) -> list[Told]:
    return [told for told in RECORDS.values() if told["kind"] == kind]


def titled(kind: str, title: str) -> str:
    """The identifier of the one record of that title."""
    (found,) = [told["id"] for told in of_kind(kind) if told["title"] == title]
    return str(found)


def holds(told: Told, at: str) -> bool:
    return bool(told.get("valid_from", "") <= at and (at < told["valid_to"] if "valid_to" in told else True))


def units_of(organisation: str, at: str) -> set[str]:
    return {
        told["title"]
        for told, edge in edges()
        if edge["type"] == "PART_OF" and edge["to"] == organisation and holds(edge, at) and holds(told, at)
        if edge.get("tie") == "service_unit"
    }


def test_every_line_fits_the_schema() -> None:
    problems = []
    for name, number, line in LINES:
        told = json.loads(line)
        place: dict[str, str | int] = {"file": name, "line": number}
        problems += checks.record_problems(SCHEMA, told, place)
        for edge in told.get("edges", []):
            problems += checks.edge_problems(SCHEMA, SCHEMA.kinds[told["kind"]], edge, place)
    assert problems == []


def test_identifiers_are_unique_sorted_and_of_their_file() -> None:
    assert len(RECORDS) == len(LINES)
    by_file = defaultdict(list)
    for name, _, line in LINES:
        told = json.loads(line)
        by_file[name].append(told["id"])
        kind = SCHEMA.kind(name)
        assert kind is not None
        assert kind.name == told["kind"]
        assert re.fullmatch(kind.id_pattern, told["id"])
    assert all(identifiers == sorted(identifiers) for identifiers in by_file.values())


def test_every_edge_ends_at_a_record_of_a_kind_it_may_reach() -> None:
    for told, edge in edges():
        definition = SCHEMA.kinds[told["kind"]].edge(edge["type"])
        assert definition is not None
        assert RECORDS[edge["to"]]["kind"] in definition.to, (told["id"], edge)


def test_no_edge_is_told_twice() -> None:
    keys = [(told["id"], edge["type"], edge["to"], edge.get("valid_from", "")) for told, edge in edges()]
    assert len(keys) == len(set(keys))


def test_every_record_and_edge_names_its_source() -> None:
    assert [told["id"] for told in RECORDS.values() if not told.get("source")] == []
    assert [(told["id"], edge) for told, edge in edges() if not edge.get("source")] == []


def test_what_rests_on_general_knowledge_is_unverified() -> None:
    told_twice = [*RECORDS.values(), *(edge for _, edge in edges())]
    assert [
        told for told in told_twice if told["source"].startswith("genel bilgi") and not told.get("is_unverified")
    ] == []


def test_days_are_in_order() -> None:
    for told in [*RECORDS.values(), *(edge for _, edge in edges())]:
        days = [date.fromisoformat(told[name]) for name in ("valid_from", "valid_to") if name in told]
        assert days == sorted(set(days)), told
    for act in of_kind("Legislation"):
        if {"accepted_on", "gazette_on"} <= set(act):
            assert act["accepted_on"] <= act["gazette_on"], act["id"]
        if {"gazette_on", "valid_from"} <= set(act):
            assert act["gazette_on"] <= act["valid_from"], act["id"]


def test_invented_numbers_begin_with_99_and_say_so() -> None:
    for told in of_kind("Organisation"):
        assert (told["id"] in KNOWN_NUMBERS) != told["id"].startswith("99")
        assert told.get("number_is_invented", False) == told["id"].startswith("99")
    assert set(RECORDS) >= KNOWN_NUMBERS


def test_no_persons_telephones_or_yearly_counts_are_made_up() -> None:
    assert not of_kind("Official")
    assert not of_kind("Appointment")
    for told in RECORDS.values():
        assert not {"phone", "fax", "email", "yearly_transactions"} & set(told), told["id"]


def test_the_state_has_its_size() -> None:
    ministries = [
        told for told in of_kind("Organisation") if told["category"] == "ministry" and holds(told, "2026-01-01")
    ]
    assert len(ministries) == 17
    assert len([told for told in of_kind("Service") if not told.get("is_unverified")]) >= 48
    in_force = [told for told in of_kind("Legislation") if "gazette_on" in told and not told.get("is_unverified")]
    assert len(in_force) >= 90
    assert len([told for told in of_kind("Place") if told["place_type"] == "province"]) == 81
    assert (
        len(
            {edge["to"] for told, edge in edges() if told["kind"] == "CorrespondenceStep" and edge["type"] == "PART_OF"}
        )
        >= 5
    )


ALWAYS = {
    "İller İdaresi Genel Müdürlüğü",
    "Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü",
    "Personel Genel Müdürlüğü",
    "Teftiş Kurulu Başkanlığı",
    "Strateji Geliştirme Başkanlığı",
    "Kaçakçılık İstihbarat, Harekat ve Bilgi Toplama Dairesi Başkanlığı",
    "Avrupa Birliği ve Dış İlişkiler Dairesi Başkanlığı",
    "Eğitim Dairesi Başkanlığı",
    "Destek Hizmetleri Dairesi Başkanlığı",
    "Basın ve Halkla İlişkiler Müşavirliği",
    "Özel Kalem Müdürlüğü",
}
SEPTEMBER_2018 = {"Sivil Toplumla İlişkiler Genel Müdürlüğü", "İç Güvenlik Stratejileri Dairesi Başkanlığı"}
JANUARY_2019 = {"Hukuk Hizmetleri Genel Müdürlüğü"}
JUNE_2021 = {"Bilgi Teknolojileri Genel Müdürlüğü", "Güvenlik ve Acil Durumlar Koordinasyon Merkezi"}
EMERGENCY = {"Acil Durumlar ve Savunma Planlaması Dairesi Başkanlığı"}


@pytest.mark.parametrize(
    ("at", "units"),
    [
        ("2018-09-01", ALWAYS | EMERGENCY),
        ("2019-01-11", ALWAYS | SEPTEMBER_2018 | JANUARY_2019),
        ("2021-07-01", ALWAYS | SEPTEMBER_2018 | JANUARY_2019 | JUNE_2021),
        ("2025-10-17", ALWAYS | SEPTEMBER_2018 | JANUARY_2019 | JUNE_2021 | EMERGENCY),
    ],
)
def test_the_interior_ministry_has_the_units_of_the_day(at: str, units: set[str]) -> None:
    assert units_of(titled("Organisation", INTERIOR), at) == units


def test_one_change_reaches_fourteen_ministries() -> None:
    ministries = {told["id"] for told in of_kind("Organisation") if told["category"] == "ministry"}
    reached = {
        edge["to"]
        for told, edge in edges()
        if told["title"] in EMERGENCY and edge["type"] == "PART_OF" and edge.get("valid_from") == "2025-10-16"
    }
    assert len(reached & ministries) == 14


def test_a_unit_moves_between_ministries() -> None:
    unit = RECORDS[titled("Organisation", "Çölleşme ve Erozyonla Mücadele Genel Müdürlüğü")]
    parents = [edge for edge in unit["edges"] if edge["type"] == "PART_OF"]
    on = {
        at: [RECORDS[edge["to"]]["title"] for edge in parents if holds(edge, at)] for at in ("2021-10-28", "2021-10-29")
    }
    assert on["2021-10-28"] == ["Tarım ve Orman Bakanlığı"]
    assert on["2021-10-29"] == ["Çevre, Şehircilik ve İklim Değişikliği Bakanlığı"]


def test_a_unit_becomes_an_affiliated_body() -> None:
    unit = RECORDS[titled("Organisation", "Doğa Koruma ve Milli Parklar Genel Müdürlüğü")]
    assert unit["category"] == "affiliated_body"
    assert unit["earlier"]["category"] == [
        {"value": "central_unit", "valid_from": "2018-07-10", "valid_to": "2024-12-28"}
    ]
    ties = {edge["tie"]: edge.get("valid_to") for edge in unit["edges"] if edge["type"] == "PART_OF"}
    assert ties == {"service_unit": "2024-12-28", "affiliated": None}


def test_a_ministry_is_split_and_another_renamed() -> None:
    split = RECORDS[titled("Organisation", "Aile, Çalışma ve Sosyal Hizmetler Bakanlığı")]
    heirs = {RECORDS[edge["to"]]["title"] for edge in split["edges"] if edge["type"] == "SUCCEEDED_BY"}
    assert heirs == {"Aile ve Sosyal Hizmetler Bakanlığı", "Çalışma ve Sosyal Güvenlik Bakanlığı"}
    renamed = RECORDS[titled("Organisation", "Çevre, Şehircilik ve İklim Değişikliği Bakanlığı")]
    assert renamed["earlier"]["title"][0]["value"] == "Çevre ve Şehircilik Bakanlığı"


def test_numbers_are_shared_by_acts_that_are_not_the_same() -> None:
    assert RECORDS["kanun-6085"]["title"] == "Sayıştay Kanunu"
    assert RECORDS["kanun-1953-6085"]["title"] == "Karayolları Trafik Kanunu"
    assert {edge["to"] for edge in RECORDS["kanun-2918"]["edges"] if edge["type"] == "REPEALS"} == {"kanun-1953-6085"}


def test_a_regulation_in_force_rests_on_a_repealed_law() -> None:
    bases = {edge["to"] for edge in RECORDS["bkk-2009-15169"]["edges"] if edge["type"] == "BASED_ON"}
    assert bases == {"kanun-3056.m2", "kanun-3056.m33"}
    assert ("khk-703", "kanun-3056") in {
        (told["id"], edge["to"]) for told, edge in edges() if edge["type"] == "REPEALS"
    }


def test_a_regulation_keeps_one_basis_and_lost_the_other() -> None:
    repealed = {edge["to"] for told, edge in edges() if edge["type"] == "REPEALS"}
    bases = {edge["to"] for edge in RECORDS["yonetmelik-27149"]["edges"] if edge["type"] == "BASED_ON"}
    assert bases & repealed == {"kanun-5502.m41"}
    assert "kanun-657.m72" in bases


CHAINS = [
    ("Tapu kayıt örneği", "İmar durum belgesi verilmesi"),
    ("İmar durum belgesi", "Vaziyet planı onayı"),
    ("İmar durum belgesi", "Proje tescili"),
    ("Aplikasyon krokisi", "Çap verilmesi"),
    ("Aplikasyon krokisi", "İmar durum belgesi verilmesi"),
    ("Yapı ruhsatı", "Kanal bağlantı ruhsatı verilmesi"),
    ("Yapı ruhsatı", "Yapı kullanma izin belgesi verilmesi"),
    ("Yapı kullanma izin belgesi", "İşyeri açma ve çalışma ruhsatı verilmesi"),
    ("İşyeri açma ve çalışma ruhsatı", "Turizm işletmesi belgesi verilmesi"),
    ("İşyeri açma ve çalışma ruhsatı", "Kuyumcu silah ruhsatı verilmesi"),
    ("İtfaiye raporu", "İşyeri açma ve çalışma ruhsatı verilmesi"),
    ("Nüfus kayıt örneği", "Nikâh işlemleri"),
    ("Nüfus kayıt örneği", "Yabancı ikamet tezkeresi"),
    ("Nüfus kayıt örneği", "Sosyal yardım başvurusu"),
    ("Tek hekim raporu", "Nikâh işlemleri"),
    ("Tek hekim raporu", "Yivsiz tüfek ruhsatnamesi verilmesi"),
    ("Tek hekim raporu", "Avcılık belgesi verilmesi"),
    ("Adli sicil kaydı", "Yivsiz tüfek ruhsatnamesi verilmesi"),
    ("Adli sicil kaydı", "Umuma açık işyeri ruhsatı verilmesi"),
    ("Adli sicil kaydı", "Özel öğretim kurumu açma izni"),
    ("Vergi borcu yoktur yazısı", "Silah taşıma ruhsatı verilmesi"),
    ("Vergi borcu yoktur yazısı", "Yivsiz tüfek ruhsatnamesi verilmesi"),
    ("Çiftçilik belgesi", "Çiftçi Kayıt Sistemine ilk kayıt"),
    ("Tapu senedi", "Çiftçi Kayıt Sistemine ilk kayıt"),
    ("ÇKS belgesi", "Mazot ve gübre desteği başvurusu"),
    ("ÇKS belgesi", "Sertifikalı tohum desteği başvurusu"),
    ("ÇKS belgesi", "Patates üretim izni verilmesi"),
    ("Yivsiz tüfek ruhsatnamesi", "Avcılık belgesi verilmesi"),
    ("Transkript", "Ders muafiyeti"),
    ("Transkript", "Yatay geçiş başvurusu"),
    ("ÖSYM sınav sonuç belgesi", "Üniversite ilk kayıt işlemleri"),
]


@pytest.mark.parametrize(("document", "service"), CHAINS)
def test_a_document_of_one_service_is_asked_for_by_another(document: str, service: str) -> None:
    wanted = titled("Document", document)
    assert any(edge["type"] == "PRODUCES" and edge["to"] == wanted for _, edge in edges())
    asked = RECORDS[titled("Service", service)]
    assert wanted in {edge["to"] for edge in asked["edges"] if edge["type"] == "REQUIRES"}


@pytest.mark.parametrize(
    "names",
    [
        {"nüfus cüzdanı", "kimlik", "T.C. kimlik kartı"},
        {"sabıka kaydı", "Adli sicil kaydı"},
        {"ikametgâh", "Yerleşim yeri belgesi"},
        {"kira kontratı", "Kira sözleşmesi"},
        {"çiftçi belgesi", "Çiftçilik belgesi"},
        {"küşat ruhsatı", "İşyeri açma ve çalışma ruhsatı"},
        {"not durum belgesi", "Transkript"},
        {"foto", "resim", "Fotoğraf"},
    ],
)
def test_names_of_one_document_meet_in_one_record(names: set[str]) -> None:
    bearers = [told for told in of_kind("Document") if names & {told["title"], *told.get("synonyms", [])}]
    assert len(bearers) == 1
    assert names <= {bearers[0]["title"], *bearers[0]["synonyms"]}


def test_registry_records_that_look_alike_stay_apart() -> None:
    alike = [
        titled("Document", title) for title in ("Esnaf sicil kaydı", "Ticaret sicil gazetesi", "Oda kayıt belgesi")
    ]
    assert len(set(alike)) == 3
    assert all("Aynı şey değildir" in RECORDS[document]["note"] for document in alike)
