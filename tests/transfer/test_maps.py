"""The maps that travel with the seed: on rows of the real shape, and on the real files where they are."""

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest
from conftest import AUTHOR

from kaysis_graph import files
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files, seed_data
from kaysis_graph.transfer.maps import definition, mapped_source
from kaysis_graph.transfer.report import ImportReport

SHARED = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "tr"
IN_ORDER = {
    "census": "census.json",
    "laws": "laws.jsonl.gz",
    "amendments": "derived_amendments.csv",
    "repeals": "derived_whole_law_repeals.csv",
    "units": "derived_ministry_units.csv",
    "provinces": "provinces.json",
    "districts": "districts.json",
}
INTERIOR = "99001009"
LEAVING = load("records/edges_leaving")
ARRIVING = load("records/edges_arriving")


def run(store: Store, kinds: Schema, name: str, folder: Path) -> ImportReport:
    read = definition.read(files.SEED / "maps" / f"{name}.toml", kinds)
    return import_files.run(store, kinds, mapped_source.source(kinds, [folder / IN_ORDER[name]], read), AUTHOR)


def counts(report: ImportReport) -> dict[str, int]:
    return {count.rule.partition(".")[2]: count.count for count in report.by_rule}


def edges(store: Store, identifier: str) -> set[tuple[str, str, str]]:
    rows = store.read(LEAVING, into=StoredEdgeRow, ids=[identifier])
    return {(row.type, row.target, row.properties["first_day"]) for row in rows}


def units_on(store: Store, kinds: Schema, day: date) -> list[str]:
    """The names of the units of the Ministry of Interior on a day, those without a name left out."""
    rows = store.read(ARRIVING, into=StoredEdgeRow, ids=[INTERIOR])
    held = [
        row.source
        for row in rows
        if row.type == "PART_OF"
        and row.properties.get("tie") == "service_unit"
        and row.properties["first_day"] <= day.isoformat()
        and (row.properties.get("valid_to") is None or day < row.properties["valid_to"])
    ]
    found = writer.existing(store, kinds, held).values()
    return sorted(record.title for record in found if not record.title.startswith("Adı metinde"))


def act(number: str, **told: object) -> dict[str, object]:
    return {
        "id": f"kanun-{number}",
        "mevzuatNo": number,
        "mevzuatTur": 1,
        "mevzuatTertip": 5,
        "title": "MİLLÎ KORUNMA İLE İLGİLİ KANUN",
        "type": "kanun",
        "gazetteDate": "2003-12-24",
        "gazetteNumber": "25326 (Mükerrer)",
        "acceptanceDate": "2003-12-10",
        "url": "https://www.mevzuat.gov.tr/mevzuat?MevzuatNo=1&MevzuatTur=1&MevzuatTertip=5",
        "classification": "ingestable",
        "repealed": False,
        **told,
    }


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A few rows of the shape of each real file, written for the test."""
    acts = [
        act("90001"),
        act("5018", title="KAMU MALİ YÖNETİMİ VE KONTROL KANUNU", gazetteNumber="25326"),
        act("9", id="law-9", gazetteDate="1329-02-15", acceptanceDate="1329-02-01", gazetteNumber=""),
        act("2709", title="TÜRKİYE CUMHURİYETİ ANAYASASI"),
    ]
    (tmp_path / "census.json").write_text(json.dumps({"generated_at": "x", "laws": acts}), "utf-8")
    refs = ["madde1", "madde1", "madde4_A", "ek_madde2", "gecici_madde3", "madde5"]
    provisions = [{"provision_ref": ref, "section": "1", "title": "x", "content": f"Metin {ref}"} for ref in refs]
    provisions[5]["content"] = "Madde 5 – (Mülga: 2/7/2018-KHK-703/15 md.)"
    law = {"id": "kanun-90001", "title": "X", "provisions": provisions}
    rest = ("type", "status", "title_en", "short_name", "issued_date", "in_force_date", "url", "definitions")
    content = json.dumps({**law, **dict.fromkeys(rest, "")}) + "\n"
    (tmp_path / "laws.jsonl.gz").write_bytes(gzip.compress(content.encode()))
    (tmp_path / "derived_amendments.csv").write_text(
        "source_id,source_title_if_in_census,relation,target_id,target_provision,amendment_date,amending_article,matched_text\n"
        "cbk-990,,ADDS,kanun-90001,madde4_A,15/5/2019,1,(Ek:RG-15/5/2019\n"
        "cbk-990,,AMENDS,kanun-90001,madde4_A,15/5/2019,2,(Değişik:RG-15/5/2019\n"
        "khk-703,,REPEALS_PROVISION,kanun-90001,madde5,2/7/2018,15,(Mülga: 2/7/2018-KHK-703/15 md\n",
        "utf-8",
    )
    (tmp_path / "derived_whole_law_repeals.csv").write_text(
        "repealing_id,repealing_title,provision,repealed_number,repealed_date,repealed_title_as_written\n"
        "kanun-90001,X,madde7,588,26/11/1999,Tasfiyeye Dair Kanun HükmündeKararname\n"
        "kanun-90001,X,madde7,442,18/3/1924,Köy Kanununun aykırı hükümleri\n",
        "utf-8",
    )
    (tmp_path / "derived_ministry_units.csv").write_text(
        "bakanlik,bent,birim,olay,rg_tarihi,rg_sayisi,degistiren_cbk,degistiren_madde,kaynak_madde,"
        "maddenin_son_tam_degisikligi\n"
        "Deneme Bakanlığı,a,Eğitim Dairesi Başkanlığı,ORIGINAL,,,,,CBK 1 m.256,\n"
        "Deneme Bakanlığı,b,,REPEALED,30/6/2021,31527,CBK-75,1,CBK 1 m.256,\n"
        "Deneme Bakanlığı,c,Savunma Dairesi Başkanlığı,REPEALED,10/1/2019,30651,CBK-27,48,CBK 1 m.256,\n"
        "Deneme Bakanlığı,c,Savunma Dairesi Başkanlığı,RE-ADDED,16/10/2025,33049,CBK-189,19,CBK 1 m.256,\n",
        "utf-8",
    )
    return tmp_path


def test_the_census_keeps_the_better_titles_of_the_seed(store: Store, kinds: Schema, rows: Path) -> None:
    seed_data.plant(store, kinds)
    before = writer.existing(store, kinds, ["kanun-5018", "anayasa-2709"])
    report = run(store, kinds, "census", rows)
    assert report.errors == 0
    assert writer.existing(store, kinds, ["kanun-5018", "anayasa-2709"]) == before
    found = writer.existing(store, kinds, ["kanun-90001", "kanun-9"])
    made = found["kanun-90001"].fields
    assert made["title"] == "Millî Korunma ile İlgili Kanun"
    assert (made["gazette_no"], made["gazette_issue"], made["gazette_on"]) == ("25326", "repeated", date(2003, 12, 24))
    assert found["kanun-9"].fields["date_as_written"] == "1329-02-15"


def test_texts_become_provisions_and_amendments_reach_them(store: Store, kinds: Schema, rows: Path) -> None:
    for name in ("census", "laws", "amendments", "repeals"):
        report = run(store, kinds, name, rows)
        assert report.errors == 0, report.first_problems[0].text("en")
    names = ["m1", "m1-2", "m4-a", "ek2", "gecici3", "m5"]
    found = writer.existing(store, kinds, [f"kanun-90001.{name}" for name in names])
    assert len(found) == len(names)
    assert found["kanun-90001.ek2"].fields["place"] == "ek m.2"
    assert found["kanun-90001.m4-a"].fields["last_text"] == "Metin madde4_A"
    assert found["kanun-90001.m5"].fields["valid_to"] == date(2018, 7, 2)
    assert edges(store, "cbk-990") == {("AMENDS", "kanun-90001.m4-a", "2019-05-15")}
    assert edges(store, "kanun-90001") == {("REPEALS", "khk-588", ""), ("REPEALS", "kanun-442", "")}
    stubs = writer.existing(store, kinds, ["cbk-990", "khk-588", "kanun-442"])
    assert all(stub.fields["is_stub"] for stub in stubs.values())
    for name in ("census", "laws", "amendments", "repeals"):
        assert run(store, kinds, name, rows).changes == 0


def test_units_have_their_dated_spells_and_invented_numbers(store: Store, kinds: Schema, rows: Path) -> None:
    report = run(store, kinds, "units", rows)
    assert report.errors == 0, report.first_problems[0].text("en")
    assert counts(report) == {"said": 1}
    assert run(store, kinds, "units", rows).changes == 0
    identifiers = mapped_source.finder_in(store, kinds)("Organisation", "savunma dairesi başkanlığı", None)
    (unit,) = writer.existing(store, kinds, identifiers).values()
    assert unit.id.startswith("99")
    assert unit.fields["number_is_invented"] is True
    spells = {first for kind, _, first in edges(store, unit.id) if kind == "PART_OF"}
    assert spells == {"2018-07-10", "2025-10-16"}


real = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real files are not in {SHARED} (KAYSIS_SHARED)")


@real
def test_the_real_files_go_in_beside_the_seed_and_their_dirt_is_reported(store: Store, kinds: Schema) -> None:
    seed_data.plant(store, kinds)
    reports = {
        name: run(store, kinds, name, SHARED) for name in ("census", "repeals", "units", "provinces", "districts")
    }
    assert {name: report.errors for name, report in reports.items()} == dict.fromkeys(reports, 0)
    dirt = counts(reports["census"])
    assert dirt["accepted_after_gazette"] == 7
    assert dirt["gazette_two_days"] == 1
    assert dirt["no_gazette_no"] == 8
    assert dirt["shared_number"] >= 12
    assert dirt["shared_title"] > 10
    assert (
        reports["census"].records.new + reports["census"].records.changed + reports["census"].records.unchanged == 994
    )
    for name in reports:
        assert run(store, kinds, name, SHARED).changes == 0, name


@real
@pytest.mark.parametrize("is_planted", [True, False], ids=["beside the seed", "alone"])
def test_the_interior_ministry_has_its_units_on_four_days(
    store: Store, kinds: Schema, monkeypatch: pytest.MonkeyPatch, *, is_planted: bool
) -> None:
    if is_planted:
        seed_data.plant(store, kinds)
    run(store, kinds, "units", SHARED)
    if not is_planted:
        (interior,) = mapped_source.finder_in(store, kinds)("Organisation", "İçişleri Bakanlığı", None)
        monkeypatch.setitem(globals(), "INTERIOR", interior)
    emergency = "Acil Durumlar ve Savunma Planlaması Dairesi Başkanlığı"
    first = units_on(store, kinds, date(2018, 9, 1))
    assert len(first) == 12
    assert emergency in first
    second = units_on(store, kinds, date(2019, 1, 11))
    assert set(second) - set(first) == {
        "Hukuk Hizmetleri Genel Müdürlüğü",
        "Sivil Toplumla İlişkiler Genel Müdürlüğü",
        "İç Güvenlik Stratejileri Dairesi Başkanlığı",
    }
    assert set(first) - set(second) == {emergency}
    third = units_on(store, kinds, date(2021, 7, 1))
    assert set(third) - set(second) == {
        "Bilgi Teknolojileri Genel Müdürlüğü",
        "Güvenlik ve Acil Durumlar Koordinasyon Merkezi",
    }
    assert set(units_on(store, kinds, date(2025, 10, 17))) - set(third) == {emergency}
