"""The rules by which the parts of a question about data flows go together: one set for addresses and commands."""

import pytest
from command_run import Run
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

from kaysis_graph.cli import exit_codes
from kaysis_graph.flows.question import FlowQuestion

# What is asked, and the rules that it breaks.
REFUSED = {
    "level=unit": ["flows.level_of_state"],
    "scope=inside": ["api.scope_alone"],
    "unit=99006201&scope=both": ["api.scope_alone"],
    "units=own": ["flows.units_alone"],
    "service=heys-41001&units=tied&offices=each": ["flows.units_alone", "flows.units_alone"],
    "organisation=99001009&unit=99006201": ["api.one_way"],
    "service=heys-41001&from=24322010&to=99006101": ["api.one_way"],
    "from=24322010": ["api.missing"],
    "from=24322010&to=99006101&with=99001009": ["flows.with_between"],
    "level=unit&scope=inside": ["api.scope_alone", "flows.level_of_state"],
}


@pytest.mark.pages
@pytest.mark.parametrize("asked", REFUSED)
def test_the_command_line_refuses_what_the_api_refuses_by_the_same_rules(
    asked: str, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = client.get(f"/api/data-flows?{asked}")
    assert (refused.status_code, [told["rule"] for told in refused.json()["problems"]]) == (422, REFUSED[asked])
    run = Run(capsys, "--lang", "en", "flows", *(f"--{part}" for part in asked.split("&")))
    assert run.code == exit_codes.MISUSED
    assert [line.rpartition("[")[2].removesuffix("]") for line in run.err.splitlines() if "→" in line] == REFUSED[asked]
    assert "parameter --" in run.err


def test_what_is_left_out_is_the_usual() -> None:
    assert FlowQuestion().told == FlowQuestion(level="institution").told
    assert FlowQuestion(unit="1", level="unit").told == FlowQuestion(unit="1").told
    told = FlowQuestion(from_="1", to="2", document=("4", "3"), units="both").told
    assert (told.subject, told.ids, told.scope, told.level) == ("between", ("1", "2"), "both", "unit")
    assert (told.documents, told.units, told.offices) == (("4", "3"), "both", "kinds")


def test_an_address_and_a_command_leave_the_usual_out() -> None:
    question = FlowQuestion(organisation="1", scope="both", level="unit", with_=("2", "3"), offices="each")
    assert question.parameters == {"organisation": "1", "with": "2,3", "offices": "each"}
    assert question.command == ["flows", "--organisation", "1", "--with", "2", "--with", "3", "--offices", "each"]
    assert FlowQuestion(level="institution").parameters == {}
    assert FlowQuestion(level="category").parameters == {"level": "category"}


def test_the_api_tells_arrows_in_brief_unless_their_details_are_asked_for(client: TestClient) -> None:
    address = "/api/data-flows?lang=en&limit=200"
    brief, whole = client.get(address).json(), client.get(f"{address}&expand=details").json()
    assert brief["totals"] == whole["totals"]
    for told, known in zip(brief["arrows"], whole["arrows"], strict=True):
        assert len(told["carries"]) == min(3, len(known["carries"]))
        for few, all_of_it in zip(told["carries"], known["carries"], strict=False):
            assert few["document"] == all_of_it["document"]
            assert few["producing"] == all_of_it["producing"][:2]
            assert {key: few[key] for key in few if key.endswith("_count")} == {
                key: all_of_it[key] for key in few if key.endswith("_count")
            }
    assert len(str(brief)) < len(str(whole))
    assert brief["complete"] is False
    assert "expand=details" in str(brief["cut"])
    files = [client.get(f"{address}&format=csv{more}").text for more in ("", "&expand=details")]
    assert files[0] == files[1]
    pictures = [client.get(f"{address}&format=mermaid{more}").text for more in ("", "&expand=details&limit=200")]
    assert pictures[0] == pictures[1]
