"""Turkish text: case, folding, stems, order and slugs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaysis_graph import text


@pytest.mark.parametrize(
    ("written", "lower", "upper"),
    [
        ("IĞDIR", "ığdır", "IĞDIR"),
        ("İzmir", "izmir", "İZMİR"),
        ("ısı", "ısı", "ISI"),
        ("Şırnak", "şırnak", "ŞIRNAK"),
        ("kâğıt", "kâğıt", "KÂĞIT"),
        ("T.C. KİMLİK NO", "t.c. kimlik no", "T.C. KİMLİK NO"),
        ("", "", ""),
    ],
)
def test_case_follows_turkish(written: str, lower: str, upper: str) -> None:
    assert text.lower(written) == lower
    assert text.upper(written) == upper


def test_titles_begin_with_turkish_capitals() -> None:
    assert text.title_case("iç işleri ıslahı") == "İç İşleri Islahı"


@pytest.mark.parametrize(
    "alike",
    [
        ["İstanbul", "istanbul", "ISTANBUL", "İSTANBUL", "ıstanbul"],
        ["Iğdır", "IĞDIR", "igdir", "İğdir"],
        ["kâğıt", "KAGIT", "kağıt", "KÂĞIT"],
        ["Resmî", "resmi", "RESMİ", "RESMÎ"],
        ["sükûn", "sukun", "SÜKÛN"],
        ["Sağlık", "saglik", "SAGLIK", "SAĞLIK"],
        ["cafe\u0301", "café", "cafe"],
        ["ısı", "isi", "ISI", "İSİ"],
    ],
)
def test_folding_makes_spellings_one(alike: list[str]) -> None:
    assert len({text.fold(written) for written in alike}) == 1


@given(st.text())
def test_folding_twice_is_folding_once(written: str) -> None:
    assert text.fold(text.fold(written)) == text.fold(written)


@given(st.text(alphabet=text._USUAL_LETTERS))
def test_usual_letters_are_folded_as_icu_folds_them(written: str) -> None:
    assert text.fold(written) == text.plain(str(text._FOLD.transliterate(text.plain(written))))


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyzâîûABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZÂÎÛ 0123456789"))
def test_turkish_folds_to_ascii_whatever_its_case(written: str) -> None:
    folded = text.fold(written)
    assert folded.isascii()
    assert text.fold(text.upper(written)) == folded
    assert text.fold(text.lower(written)) == folded


@given(st.text())
def test_slugs_are_ascii_words_and_hyphens(written: str) -> None:
    slug = text.slug(written)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert text.slug(slug) == slug


@given(st.one_of(st.text(), st.text(alphabet=text._USUAL_LETTERS)))
def test_words_and_stems_looked_up_word_by_word_are_those_of_the_whole_text(written: str) -> None:
    assert text.words_and_stems(written) == (text.words(written), text.stems(written))


def test_words_are_folded_and_in_order() -> None:
    assert text.words("Kamu Malî Yönetimi, 5018; İZMİR'in") == ["kamu", "mali", "yonetimi", "5018", "izmir", "in"]
    assert text.slug("Çevre, Şehircilik ve İklim") == "cevre-sehircilik-ve-iklim"


@pytest.mark.parametrize(
    "alike",
    [
        ["yazışma", "yazışmalarda", "yazışmaların", "YAZIŞMALAR"],
        ["yönetmelik", "yönetmelikler", "yönetmeliğin"],
        ["belge", "belgesi", "belgeleri", "belgelerinin"],
        ["hastane", "hastanesi", "hastaneler"],
        ["başvuru", "başvurusu"],
        ["müdürlük", "müdürlüğü", "müdürlüğünün"],
        ["kimlik", "kimliği"],
        ["kanun", "kanunu"],
    ],
)
def test_forms_of_a_word_have_one_stem(alike: list[str]) -> None:
    assert len({text.stem(word) for word in alike}) == 1


@given(st.text(min_size=1))
def test_stems_are_folded(word: str) -> None:
    assert text.fold(text.stem(word)) == text.stem(word)


@pytest.mark.parametrize(
    "in_order",
    [
        ["Iğdır", "Ilgaz", "İzmir"],
        ["Cebeci", "Çankaya", "Denizli"],
        ["Gemlik", "Gölcük", "Ğ", "Hakkâri"],
        ["Ordu", "Osmaniye", "Ödemiş", "Polatlı"],
        ["Sivas", "Şırnak", "Tokat"],
        ["Uşak", "Ünye", "Van"],
        ["madde 2", "madde 9", "madde 10", "madde 100"],
        ["kar", "kâr", "kara"],
    ],
)
def test_the_order_is_that_of_the_turkish_alphabet(in_order: list[str]) -> None:
    assert text.in_order(reversed(in_order), str) == in_order
    assert sorted(in_order, key=text.sort_key) == in_order


@given(st.lists(st.text(max_size=12)))
def test_sort_keys_sort_as_the_collator_does(titles: list[str]) -> None:
    by_key = [text.sort_key(title) for title in text.in_order(titles, str)]
    assert by_key == sorted(by_key)


def test_english_order_differs() -> None:
    assert text.in_order(["z", "ç", "d"], str, "en") == ["ç", "d", "z"]
    assert text.in_order(["z", "ç", "d"], str, "tr") == ["ç", "d", "z"]
    assert text.in_order(["ıb", "ia"], str, "tr") == ["ıb", "ia"]


def test_a_day_is_written_as_its_readers_write_it() -> None:
    assert text.written_day(date(2019, 5, 15)) == "15.05.2019"
    assert text.written_day(date(1926, 10, 4), "en") == "4 October 1926"
    assert text.written_day(date(1329, 2, 4)) == "04.02.1329"


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("İlçe Nüfus Müdürlüğü", "İlçe Nüfus Müdürlükleri"),
        ("Kaymakamlığı", "Kaymakamlıkları"),
        ("Vergi Dairesi", "Vergi Daireleri"),
        ("Bilim ve Sanat Merkezi", "Bilim ve Sanat Merkezleri"),
        ("İLKOKULU", "İLKOKULLARI"),
        ("Devlet Hastanesi", "Devlet Hastaneleri"),
        ("Tahkim Kurulu", "Tahkim Kurulları"),
        ("Irmak Bürosu", "Irmak Büroları"),
        ("Enstitüsü", "Enstitüleri"),
        ("Sağlık Ocağı", "Sağlık Ocakları"),
        ("Hastane", "Hastane"),
        ("", ""),
    ],
)
def test_offices_of_one_kind_have_a_plural(title: str, plural: str) -> None:
    assert text.plural_of_title(title) == plural
