"""The search over HTTP: suggestions of some kinds, files of all hits, the page narrowed, ordered and as a table."""

import csv
import io

import html5lib
import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed, words

pytestmark = pytest.mark.pages

TABLE = "/search?q=kanun&kind=legislation&view=table&columns=legislation_type,accepted_on&sort=newest"


def test_suggestions_keep_to_the_kinds_of_the_address(client: TestClient) -> None:
    told = client.get("/api/suggest?q=n%C3%BCf&kind=service,document").json()["suggestions"]
    assert {held["kind"] for held in told} <= {"service", "document"}
    assert client.get("/api/suggest?q=5490").json()["suggestions"][0]["id"] == "kanun-5490"
    assert client.get("/api/suggest?q=n%C3%BCf&kind=cat").status_code == 422


def test_a_file_of_a_search_holds_every_hit_with_the_columns_asked_for(client: TestClient) -> None:
    asked = "q=kanun&kind=legislation&sort=title&columns=legislation_type,accepted_on"
    total = client.get(f"/api/search?{asked}").json()["total"]
    response = client.get(f"/api/search?{asked}&format=csv")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert len(rows) == total > 100
    assert {row["legislation_type"] for row in rows} >= {"law"}
    assert "accepted_on" in rows[0]
    assert client.get(f"/api/search?{asked}&format=xlsx").content[:2] == b"PK"


def test_an_unknown_column_or_order_is_refused(client: TestClient) -> None:
    told = client.get("/api/search?q=kanun&columns=colour").json()["problems"]
    assert [problem["rule"] for problem in told] == ["search.unknown_column"]
    assert client.get("/api/search?q=kanun&sort=colour").status_code == 422

    root = parsed(client, TABLE)
    assert [words(cell) for cell in elements(root, "th")] == ["Kayıt", "Tür", "Kabul tarihi"]
    chosen = [words(link) for link in elements(root, "a") if link.get("aria-current") == "true"]
    assert {"en yeni", "tablo", "Tür", "Kabul tarihi"} <= set(chosen)


@pytest.mark.parametrize("gone", ["Mevzuat", "Tür"])
def test_a_choice_is_taken_off_by_its_own_link(client: TestClient, gone: str) -> None:
    root = parsed(client, TABLE)
    link = next(
        link for link in elements(root, "a") if words(link).endswith(gone) and "chosen" in str(link.get("class"))
    )
    left = link.get("href") or ""
    assert ("kind=" in left) == (gone != "Mevzuat")
    assert ("legislation_type" in left) == (gone != "Tür")


def test_where_nothing_is_found_names_that_begin_alike_are_offered(client: TestClient) -> None:
    text = words(html5lib.HTMLParser().parse(client.get("/search?q=hastahane").text))
    assert "Şunlardan birini mi aradınız?" in text
    assert "Devlet Hastanesi" in text


def test_a_mistyped_word_is_searched_as_it_was_meant_and_the_page_says_so(client: TestClient) -> None:
    told = client.get("/api/search?q=bakanllk").json()
    assert told["total"] > 0
    assert [held["said"] for held in told["corrected"]] == ["bakanllk"]
    taken = told["corrected"][0]["taken"]
    text = words(html5lib.HTMLParser().parse(client.get("/search?q=bakanllk").text))
    assert taken.startswith("bakanlı")
    assert f"“bakanllk” hiçbir kayıtta geçmiyor; yerine “{taken}” arandı." in text


def test_a_short_word_that_no_record_has_is_offered_as_it_may_be_meant(client: TestClient) -> None:
    assert client.get("/api/search?q=kannun").json()["did_you_mean"] == "kanun"
    (link,) = (link for link in elements(parsed(client, "/search?q=kannun"), "a") if words(link) == "kanun")
    assert "q=kanun" in str(link.get("href"))


def test_a_page_without_hits_does_not_say_that_any_are_shown(client: TestClient) -> None:
    sentence = "herhangi birini taşıyanlar gösteriliyor"
    assert sentence in client.get("/search?q=nüfus+kömürlük").text
    assert sentence not in client.get("/search?q=belde+hizmt").text
