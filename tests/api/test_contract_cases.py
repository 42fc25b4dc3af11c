"""Thousands of requests made from OpenAPI, allowed and forbidden ones: what it promises is what is answered.

A short run belongs to the suite. `KAYSIS_TEST_CASES=8 make test TESTS=tests/api/test_contract_cases.py` makes so many
of each kind for each address, and goes through every bound and every choice of every parameter. A run that is made
again makes the same requests.
"""

import json
import os
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

pytestmark = pytest.mark.pages

LONG = int(os.environ.get("KAYSIS_TEST_CASES", "0"))
PHASES = ("examples", "coverage", "fuzzing", "stateful") if LONG else ("examples", "fuzzing", "stateful")
CASES = LONG or 4
LEAST = 4_000 if LONG else 200
# What one parameter may say beside another, and names that are in the graph and its schema: OpenAPI cannot tell them.
# A request that it allows may be refused by these rules, and by no other.
BEYOND_OPENAPI = {
    # One way to ask; of `from` and `to` each needs the other.
    *("api.one_way", "api.missing", "api.scope_alone", "flows.units_alone", "flows.level_of_state"),
    *("flows.with_between", "tree.days_reversed", "quality.less_severe"),
    *("what_if.does_not_fit", "what_if.not_there"),
    *("records.unknown_kind", "records.unknown_edge_type", "records.unknown_sort", "records.bad_cursor"),
    *("acts.unknown_type", "answers.unit_of_institution", "answers.unit_of_none"),
    *("quality.unknown_rule", "search.no_words", "search.unknown_column"),
}


def test_every_request_made_from_openapi_is_answered_as_it_promises(client: TestClient) -> None:
    config = SchemathesisConfig.from_dict(
        {
            "seed": 11,
            "cache": {"enabled": False},
            "continue-on-failure": True,
            "generation": {"max-examples": CASES, "deterministic": True, "database": "none", "no-shrink": True},
            "phases": {name: {"enabled": name in PHASES} for name in ("examples", "coverage", "fuzzing", "stateful")},
        }
    )
    described = schemathesis.openapi.from_asgi("/api/openapi.json", client.app, config=config)
    cases, faults = 0, set[str]()
    for event in from_schema(described).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            faults.add(str(event))
        if isinstance(event, events.ScenarioFinished):
            cases += len(event.recorder.interactions)
            faults |= {fault for case in event.recorder.checks for fault in faults_of(event.recorder, case)}
    assert not faults, "\n".join(sorted(faults))
    assert cases >= LEAST


def faults_of(recorder: Any, case: str) -> list[str]:  # its type is no part of the library's interface
    """What a request showed that is not as OpenAPI promises, with the command that asks it again."""
    failed = [check for check in recorder.checks[case] if check.status is Status.FAILURE]
    asked = recorder.interactions[case]
    if not failed or is_refused_beyond_openapi(asked.response):
        return []
    if has_empty_value(asked.request.uri):
        # What a form leaves empty is not said, also where OpenAPI wants a number: no reason to refuse it.
        failed = [check for check in failed if check.name != "negative_data_rejection"]
    return [f"{check.failure_info.failure.title}: {check.failure_info.code_sample}" for check in failed]


def has_empty_value(address: str) -> bool:
    """Whether a parameter of the query was given without a value."""
    return any(not value for _, value in parse_qsl(urlsplit(address).query, keep_blank_values=True))


def is_refused_beyond_openapi(response: Any) -> bool:  # same
    """Whether a request was refused by rules alone that OpenAPI cannot tell, or sent on before it was looked at."""
    if response is None or response.status_code not in (308, 400, 406, 422):
        return False
    if response.status_code == 308:
        # Shown to the one form of its address, which is looked at there.
        return True
    told = json.loads(response.content)
    if told["instance"] == "/sparql":
        # Whether a text is a query, and which formats its answer has, is for the grammar of SPARQL to say.
        return True
    return bool(told["problems"]) and {held["rule"] for held in told["problems"]} <= BEYOND_OPENAPI
