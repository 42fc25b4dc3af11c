"""What narrows an answer means the same everywhere: what is unknown is refused, never answered with nothing."""

import re

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

pytestmark = pytest.mark.pages

BY_INSTITUTION = (
    "/impact/legislation/kanun-5490",
    "/legislation/kanun-5490/resting",
    "/quality",
    "/explore?act=kanun-5490",
)
INSTITUTION, UNIT_OF_IT = "99006101", "99006201"


def asked(client: TestClient, address: str) -> tuple[int, str]:
    """The status of an address, and the rule it names where it refuses."""
    answer = client.get(address)
    problems = answer.json().get("problems", []) if answer.status_code == 422 else []
    return answer.status_code, " ".join(problem["rule"] for problem in problems)


def with_institution(address: str, institution: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}institution={institution}"


@pytest.mark.parametrize("address", BY_INSTITUTION)
def test_an_institution_there_is_not_is_refused_by_every_answer(client: TestClient, address: str) -> None:
    api = f"/api{address}"
    assert asked(client, with_institution(api, "99999999"))[0] == 404
    assert asked(client, with_institution(api, "heys-41001"))[0] == 404
    assert asked(client, with_institution(api, UNIT_OF_IT)) == (422, "answers.unit_of_institution")
    assert asked(client, with_institution(api, INSTITUTION))[0] == 200
    assert asked(client, with_institution(api, "none"))[0] == 200


def test_the_page_names_the_institution_to_which_nothing_belongs(client: TestClient) -> None:
    page = client.get("/impact/legislation/kanun-3056?institution=99006101&lang=tr").text
    chips = re.findall(r'<a class="chip"[^>]*>([^<]*)', page)
    assert any("Sultanbeyli Kaymakamlığı" in words for words in chips)


@pytest.mark.parametrize(
    ("address", "status", "rule"),
    [
        ("/api/legislation/lost-ground?base=nothing", 404, ""),
        ("/api/legislation/lost-ground?type=nothing", 422, "acts.unknown_type"),
        ("/api/legislation/kanun-5490/resting?kind=nothing", 422, "records.unknown_kind"),
        ("/api/records/service/heys-41001/edges?kind=nothing", 422, "records.unknown_kind"),
        ("/api/impact/legislation/kanun-5490?kinds=nothing", 422, "records.unknown_kind"),
        ("/api/explore?act=kanun-5490&kinds=nothing", 422, "records.unknown_kind"),
        ("/api/suggest?q=n%C3%BCfus&kind=nothing", 422, "records.unknown_kind"),
    ],
)
def test_a_filter_by_what_there_is_not_is_refused(client: TestClient, address: str, status: int, rule: str) -> None:
    assert asked(client, address) == (status, rule)


@pytest.mark.parametrize("base", ["kanun-3056", "kanun-3056.m2"])
def test_acts_are_found_by_the_base_they_lost_and_by_what_took_it_along(client: TestClient, base: str) -> None:
    told = client.get(f"/api/legislation/lost-ground?base={base}&at=2026-01-01").json()
    assert [row["act"]["id"] for row in told["rows"]] == ["bkk-2009-15169"]


def test_a_form_keeps_a_choice_that_is_not_among_those_it_offers(client: TestClient) -> None:
    page = client.get("/legislation/kanun-5490/resting?kind=system&institution=99007201").text
    assert '<option value="system" selected>' in page
    assert '<option value="99007201" selected>' in page
