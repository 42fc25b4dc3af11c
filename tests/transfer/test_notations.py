"""What people write in the cells of a table: days, durations, lists of documents."""

from datetime import date
from typing import Any

import pytest

from kaysis_graph.transfer.maps.day_notations import read_day
from kaysis_graph.transfer.maps.document_lists import read_documents, read_items
from kaysis_graph.transfer.maps.duration_notations import has_numbers, read_duration
from kaysis_graph.transfer.unfit import Unfit


@pytest.mark.parametrize(
    "written",
    [
        "10.07.2018",
        "10/7/2018",
        "10-07-2018",
        "2018-07-10",
        "2018/07/10",
        "2018.7.10",
        "20180710",
        "10.Tem.2018",
        "10-Tem-2018",
        "10 TEMMUZ 2018",
        "10 Jul 2018",
        "10 Temmuz 2018 Salı",
        "Tuesday, July 10, 2018",
        "10.07.2018 00:00",
        "10.07.2018 00:00:00",
        "2018-07-10T00:00:00.000",
        "2018-07-10T00:00:00+03:00",
        "2018-07-09T21:00:00Z",
        "2018-07-10Z",
        "2018-07-10+03:00",
    ],
)
def test_a_day_is_read_as_programs_and_people_write_it(written: str) -> None:
    read = read_day(written)
    assert (read.day, read.time) == (date(2018, 7, 10), "")


@pytest.mark.parametrize(
    ("written", "day", "time"),
    [
        ("2018-07-09 21:00", date(2018, 7, 9), "21:00"),
        ("14.05.2019 21:00:30", date(2019, 5, 14), "21:00"),
        ("2018-07-09T22:30:00Z", date(2018, 7, 10), "01:30"),
        # Türkiye was two hours ahead in the winter of 2015.
        ("2015-12-31T22:00:00Z", date(2016, 1, 1), ""),
    ],
)
def test_a_time_of_day_is_told_and_a_zone_decides_the_day(written: str, day: date, time: str) -> None:
    read = read_day(written)
    assert (read.day, read.time) == (day, time)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("10.07.18", "short_year"),
        ("10-Tem-18", "short_year"),
        ("43291", "serial_day"),
        ("2018", "day_missing"),
        ("Temmuz 2018", "day_missing"),
        ("12/31/2019", "month_first"),
        ("31.02.2019", "no_such_day"),
        ("29.02.1900", "no_such_day"),
        ("0000-00-00", "no_such_day"),
        ("10.07.0218", "impossible_year"),
        ("0218-07-10", "impossible_year"),
        ("10.07.20188", "impossible_year"),
        ("10 Temmuz 20188", "impossible_year"),
        ("10.07.2818", "impossible_year"),
        ("31.12.9999", "open_end"),
        ("-5", "unreadable_date"),
        ("10 Xyz 2018", "unreadable_date"),
        ("10.07.2018 (Mükerrer)", "unreadable_date"),
        ("2018-07-10 ve sonrası", "unreadable_date"),
        ("2018-07-10T25:00", "unreadable_date"),
        ("7/10/2018 12:00:00 AM", "unreadable_date"),
    ],
)
def test_what_is_no_day_is_told_for_what_it_seems_to_be(written: str, rule: str) -> None:
    with pytest.raises(Unfit) as unfit:
        read_day(written)
    assert unfit.value.rule == f"transfer.{rule}"


def test_a_count_of_days_is_told_with_the_day_it_would_be() -> None:
    with pytest.raises(Unfit) as unfit:
        read_day("43291")
    assert unfit.value.values["day"] == "10.07.2018"


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("15 iş günü", {"max": 15, "unit": "day", "is_working": True}),
        ("5 İŞ GÜNÜ", {"max": 5, "unit": "day", "is_working": True}),
        ("3 işgünü içerisinde", {"max": 3, "unit": "day", "is_working": True}),
        ("1 (bir) gün", {"max": 1, "unit": "day"}),
        ("30 (otuz) iş günü", {"max": 30, "unit": "day", "is_working": True}),
        ("on beş gün", {"max": 15, "unit": "day"}),
        ("7 gün.", {"max": 7, "unit": "day"}),
        ("2 hafta", {"max": 2, "unit": "week"}),
        ("yarım saat", {"max": 30, "unit": "minute"}),
        ("1,5 saat", {"max": 90, "unit": "minute"}),
        ("bir buçuk saat", {"max": 90, "unit": "minute"}),
        ("1 saat 30 dakika", {"max": 90, "unit": "minute"}),
        ("30 dakikadan az", {"max": 30, "unit": "minute"}),
        ("en geç 60 gün", {"max": 60, "unit": "day"}),
        ("en az 3 gün", {"min": 3, "unit": "day"}),
        ("8-15 dk", {"min": 8, "max": 15, "unit": "minute"}),
        ("3 – 5 dk.", {"min": 3, "max": 5, "unit": "minute"}),
        ("3 ile 5 gün arası", {"min": 3, "max": 5, "unit": "day"}),
        ("10 dakika - 15 dakika", {"min": 10, "max": 15, "unit": "minute"}),
        ("5 gün (evrak tam ise)", {"max": 5, "unit": "day"}),
    ],
)
def test_plain_durations_become_numbers_and_keep_their_words(written: str, numbers: dict[str, Any]) -> None:
    assert read_duration(written) == {**numbers, "text": written}


@pytest.mark.parametrize(
    "written",
    [
        "aynı gün",
        "derhal",
        "Tebliğde belirtilir",
        "dosya 25 dakika + tahkikat 3 ay",
        "15 dk başvuru / 2 saat işlem",
        "20 dakika ile 1 saat",
        "15 (on) gün",
        "10-5 gün",
        "1.5 gün",
        "30",
        "5 gün (itirazda 15 gün)",
    ],
)
def test_durations_that_are_not_plain_stay_words(written: str) -> None:
    read = read_duration(written)
    assert read == {"text": written}
    assert not has_numbers(read)


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1- Dilekçe\n2- Form", ["Dilekçe", "Form"]),
        ("1.Dilekçe.\n2)Form,\n(3) Rapor", ["Dilekçe", "Form", "Rapor"]),
        ("a) Dilekçe\nb) Form", ["Dilekçe", "Form"]),
        ("• Dilekçe\n• Form", ["Dilekçe", "Form"]),
        ("- Dilekçe\n- Form", ["Dilekçe", "Form"]),
        ("Dilekçe\nForm", ["Dilekçe", "Form"]),
        ("Dilekçe; form", ["Dilekçe", "form"]),
        ("1- Uzun adı olan\nbir dilekçe\n2- Form", ["Uzun adı olan bir dilekçe", "Form"]),
        ("1-Dilekçe 2-Form (Ek 3-A) 3-Makbuz", ["Dilekçe", "Form (Ek 3-A)", "Makbuz"]),
        ("10.07.2018 tarihli karar", ["10.07.2018 tarihli karar"]),
        ("", []),
    ],
)
def test_a_cell_is_divided_where_it_counts_or_breaks_its_lines(cell: str, items: list[str]) -> None:
    assert read_items(cell) == items


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("2 adet vesikalık fotoğraf", [{"title": "Vesikalık fotoğraf", "copies": 2}]),
        ("Form dilekçe (3 nüsha)", [{"title": "Form dilekçe", "copies": 3}]),
        ("Proje, iki nüsha", [{"title": "Proje", "copies": 2}]),
        ("İmza sirküleri (tüzel kişi ise)", [{"title": "İmza sirküleri", "condition": "tüzel kişi ise"}]),
        ("Gerekiyorsa sağlık raporu", [{"title": "Sağlık raporu", "condition": "Gerekiyorsa"}]),
        ("Kira sözleşmesi varsa", [{"title": "Kira sözleşmesi", "condition": "varsa"}]),
        ("Başvuru sahibi yabancı ise pasaport", [{"title": "Pasaport", "condition": "Başvuru sahibi yabancı ise"}]),
        ("Vekâletname (vekil hâlinde)", [{"title": "Vekâletname", "condition": "vekil hâlinde"}]),
        ("Sicil gazetesi (Bursa)", [{"title": "Sicil gazetesi (Bursa)"}]),
        (
            "Nüfus cüzdanı veya pasaport fotokopisi",
            [{"title": "Nüfus cüzdanı", "alternative": "1"}, {"title": "Pasaport fotokopisi", "alternative": "1"}],
        ),
        (
            "Kimlik kartı, ehliyet ya da pasaport (yabancılar için)",
            [
                {"title": "Kimlik kartı", "alternative": "1", "condition": "yabancılar için"},
                {"title": "Ehliyet", "alternative": "1", "condition": "yabancılar için"},
                {"title": "Pasaport", "alternative": "1", "condition": "yabancılar için"},
            ],
        ),
        ("Başvuru sahibi veya vekilinin dilekçesi", [{"title": "Başvuru sahibi veya vekilinin dilekçesi"}]),
        ("Kimliğin aslı veya fotokopisi", [{"title": "Kimliğin aslı veya fotokopisi"}]),
        ("Rapor veya belge ve dilekçe", [{"title": "Rapor veya belge ve dilekçe"}]),
        ("Gerekli belgeler:\n1. Dilekçe", [{"title": "Dilekçe"}]),
        (
            "1. Dilekçe\nYabancılar için:\n1. Pasaport",
            [{"title": "Dilekçe"}, {"title": "Pasaport", "condition": "Yabancılar için"}],
        ),
        ("-", []),
        ("Belge istenmemektedir.", []),
    ],
)
def test_copies_conditions_and_choices_are_read_only_where_they_are_plain(
    cell: str, read: list[dict[str, Any]]
) -> None:
    told = [{name: value for name, value in document.items() if name != "text"} for document in read_documents(cell)]
    assert told == read


def test_documents_keep_their_words() -> None:
    assert [document["text"] for document in read_documents("1- 2 adet fotoğraf")] == ["2 adet fotoğraf"]
