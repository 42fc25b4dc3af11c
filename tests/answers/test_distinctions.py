"""What tells records of one title apart, and where readers see it."""

import re

import numpy as np
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from sketches import SOME_DAY, Sketch, view_of

from kaysis_graph.answers.distinctions import belongings
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO
from kaysis_graph.graph.view import View

DAY = 18_500


def told(sketch: Sketch, *names: str, day: int = DAY) -> dict[str, list[str]]:
    view = view_of(sketch, day)
    return read(view, *names)


def read(view: View, *names: str) -> dict[str, list[str]]:
    found = belongings(view, np.array([view.records.position_of[name] for name in names], np.int32))
    return {
        str(view.records.ids[place]): [str(view.records.ids[part]) for part in belonging.parts]
        for place, belonging in found.items()
    }


def organisation(sketch: Sketch, name: str, title: str, above: str | None = None, category: str = "unit") -> None:
    sketch.record(name, "Organisation", OPEN_FROM, OPEN_TO, category)
    sketch.call(name, title)
    if above is not None:
        sketch.edge(name, "PART_OF", above)


def place(sketch: Sketch, name: str, title: str, above: str | None = None) -> None:
    sketch.record(name, "Place")
    sketch.call(name, title)
    if above is not None:
        sketch.edge(name, "PART_OF", above)


def state() -> Sketch:
    """Two ministries, each with a legal department; one of them has two field offices of one title in two districts."""
    sketch = Sketch()
    place(sketch, "ulke-1", "Türkiye")
    for province, title in (("il-42", "Konya"), ("il-67", "Zonguldak")):
        place(sketch, province, title, "ulke-1")
        place(sketch, f"ilce-{province[3:]}", "Ereğli", province)
    organisation(sketch, "health", "Sağlık Bakanlığı", category="ministry")
    organisation(sketch, "interior", "İçişleri Bakanlığı", category="ministry")
    organisation(sketch, "law-1", "Hukuk Hizmetleri Genel Müdürlüğü", "health")
    organisation(sketch, "law-2", "HUKUK HİZMETLERİ GENEL MÜDÜRLÜĞÜ", "interior")
    organisation(sketch, "only", "Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü", "interior")
    return sketch


def test_units_of_one_title_are_told_apart_by_their_institutions_and_a_title_of_its_own_stays_plain() -> None:
    assert told(state(), "law-1", "law-2", "only", "health") == {"law-1": ["health"], "law-2": ["interior"]}


def test_a_title_is_shared_only_within_a_kind_and_as_it_was_on_the_day() -> None:
    sketch = state()
    sketch.record("paper", "Document")
    sketch.call("paper", "Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü")
    organisation(sketch, "renamed", "Vatandaşlık Başkanlığı", "health")
    sketch.call("renamed", "Vatandaşlık Başkanlığı", (17_000, 18_000, "Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü"))
    assert told(sketch, "only", "renamed", "paper") == {}
    assert told(sketch, "only", "renamed", day=17_500) == {"only": ["interior"], "renamed": ["health"]}


def test_a_record_that_has_ended_still_shares_its_title() -> None:
    sketch = state()
    sketch.record("old", "Organisation", OPEN_FROM, 18_000, "unit")
    sketch.call("old", "Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü")
    assert told(sketch, "only") == {"only": ["interior"]}


def test_offices_of_one_institution_are_told_apart_by_their_place_and_its_province_where_places_share_a_name() -> None:
    sketch = state()
    for number, district in enumerate(("ilce-42", "ilce-67"), start=1):
        organisation(sketch, f"office-{number}", "İlçe Nüfus Müdürlüğü", "only")
        sketch.edge(f"office-{number}", "LOCATED_IN", district)
    assert told(sketch, "office-1", "office-2") == {
        "office-1": ["ilce-42", "il-42", "interior"],
        "office-2": ["ilce-67", "il-67", "interior"],
    }
    assert told(sketch, "ilce-42", "il-42") == {"ilce-42": ["il-42"]}


def test_offices_without_a_place_are_told_apart_by_the_unit_above() -> None:
    sketch = state()
    for city in ("Ankara", "Bursa"):
        organisation(sketch, city, f"{city} İl Sağlık Müdürlüğü", "health")
        organisation(sketch, f"staff-{city}", "Personel Birimi", city)
    assert told(sketch, "staff-Ankara") == {"staff-Ankara": ["Ankara", "health"]}


def test_of_institutions_that_share_a_title_too_the_one_above_is_named() -> None:
    sketch = state()
    for number, district in enumerate(("il-42", "il-67"), start=1):
        organisation(sketch, f"governor-{number}", "Valilik", "interior", "municipality")
        sketch.edge(f"governor-{number}", "LOCATED_IN", district)
        organisation(sketch, f"press-{number}", "Basın Bürosu", f"governor-{number}")
    assert told(sketch, "press-1", "governor-2") == {
        "press-1": ["il-42", "interior"],
        "governor-2": ["il-67", "interior"],
    }


def test_an_article_is_told_by_its_act_and_a_service_by_its_provider() -> None:
    sketch = state()
    for act in ("kanun-1", "kanun-2"):
        sketch.record(act, "Legislation")
        sketch.call(act, "İş Kanunu")
        sketch.edge(act, "ISSUED_BY", "health")
        sketch.record(f"{act}.m1", "Provision")
        sketch.call(f"{act}.m1", "Amaç")
        sketch.edge(f"{act}.m1", "PART_OF", act)
    for service, provider in (("s1", "law-1"), ("s2", "law-2"), ("s3", "law-2")):
        sketch.record(service, "Service")
        sketch.call(service, "Bilgi edinme başvurusu")
        sketch.edge(service, "PROVIDED_BY", provider)
    assert told(sketch, "kanun-1") == {}, "one issuer of both tells nothing"
    assert told(sketch, "kanun-2.m1") == {"kanun-2.m1": ["kanun-2"]}
    assert told(sketch, "s1", "s2") == {"s1": ["health"], "s2": ["interior"]}


def test_a_change_of_title_is_followed_like_any_other_change() -> None:
    sketch = state()
    projection = sketch.projection()
    sketch.call("law-2", "Hukuk Müşavirliği")
    renamed = projection.after(2, records=[sketch.records["law-2"]])
    assert read(projection.on(SOME_DAY), "law-1") == {"law-1": ["health"]}
    assert read(renamed.on(SOME_DAY), "law-1") == {}
    assert read(projection.after(2, removed=["law-2"]).on(SOME_DAY), "law-1") == {}


SHARED = "Hukuk Hizmetleri Genel Müdürlüğü"


def test_suggestions_and_hits_of_one_title_carry_the_institution_above_each(client: TestClient) -> None:
    suggested = client.get("/api/suggest", params={"q": "hukuk hizmetleri"}).json()["suggestions"]
    hits = client.get("/api/search", params={"q": SHARED}).json()["hits"]
    for things in (suggested, [hit["thing"] for hit in hits]):
        units = [thing for thing in things if thing["title"] == SHARED]
        above = [thing["distinctions"][-1]["title"] for thing in units]
        assert len(units) > 1
        assert len(set(above)) == len(above)
    assert client.get("/api/suggest", params={"q": "5018"}).json()["suggestions"][0]["distinctions"] == []


def test_pages_of_hits_and_of_choices_say_whose_a_shared_name_is_in_both_languages(client: TestClient) -> None:
    for path, name in (("/search", "q"), ("/flows", "organisation"), ("/organisations", "record")):
        for language, ministry in (("tr", "Adalet Bakanlığı"), ("en", "Ministry of Justice")):
            page = client.get(path, params={name: SHARED, "lang": language}, headers={"Accept": "text/html"}).text
            assert re.search(rf'class="whose">· {ministry}</span>', page), (path, language)
