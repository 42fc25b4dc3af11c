"""A question as one value: what an address, a command and a form say of it, and what it refuses."""

from typing import Annotated, Any, ClassVar

import pytest
from fastapi import Depends, FastAPI  # noqa: TID251  # the parameters of a question are those that FastAPI reads
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it
from pydantic import Field, ValidationError

from api.questions import taken
from kaysis_graph.answers.question import (
    ARGUMENT,
    Called,
    CommandOption,
    Names,
    Question,
    known_kinds,
    option_name,
    parameter_name,
    value_problems,
)
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.schema import Schema


class Walk(Question):
    """A question made up for these tests."""

    PAGE: ClassVar[str] = "/walk/{kind}/{id}"
    API: ClassVar[str] = "/api/walk/{kind}/{id}"
    COMMAND: ClassVar[tuple[str, ...]] = ("walk",)

    id: Annotated[str, ARGUMENT]
    kinds: Annotated[Names, CommandOption("--kind")] = ()
    from_: Annotated[str | None, Field(description="Where it begins.")] = None
    most_steps: Annotated[Annotated[int, Field(ge=1, le=9)] | None, Field()] = None
    is_short: bool = False

    def problems(self, called: Called = parameter_name) -> list[Problem]:
        if self.is_short and self.most_steps:
            return [Problem("api.missing", {"parameter": called("most_steps")}, {"name": called("most_steps")})]
        return []


def given(address: str) -> Any:
    app = FastAPI()

    @app.get("/walk/{kind}/{id}")
    def walk(kind: str, question: Annotated[Walk, Depends(taken(Walk))], at: str = "") -> dict[str, object]:  # taken
        return {"kind": kind, "at": at, **question.model_dump(), "refuses": bool(question.problems())}

    answer = TestClient(app).get(address)
    return answer.json() if answer.is_success else [error["loc"] for error in answer.json()["detail"]]


def test_an_address_and_a_command_say_what_is_not_usual_by_the_names_they_have_for_it(kinds: Schema) -> None:
    question = Walk(id="kanun-1", kinds=("service", "document"), from_="-a", most_steps=2, is_short=True)
    assert question.parameters == {
        "kinds": "service,document", "from": "-a", "most_steps": "2", "is_short": "true",
    }  # fmt: skip
    options = ["--kind", "service", "--kind", "document", "--from=-a", "--most-steps", "2", "--is-short"]
    assert question.command == ["walk", "kanun-1", *options]
    assert (question.page(kinds), question.api(kinds)) == (
        "/walk/legislation/kanun-1",
        "/api/walk/legislation/kanun-1",
    )
    assert Walk(id="kanun-1").parameters == {}


def test_several_values_may_stand_between_commas_or_be_said_one_by_one() -> None:
    asked = given("/walk/legislation/kanun-1?kinds=service,,document&kinds=%20service&at=2025-03-01&from=x")
    assert asked == {
        "kind": "legislation", "id": "kanun-1", "at": "2025-03-01", "kinds": ["service", "document"], "from_": "x",
        "most_steps": None, "is_short": False, "refuses": False,
    }  # fmt: skip


def test_a_value_that_does_not_fit_is_named_where_it_stands() -> None:
    assert given("/walk/legislation/kanun-1?most_steps=10") == [["query", "most_steps"]]
    with pytest.raises(ValidationError) as caught:
        Walk(id="kanun-1", most_steps=10)
    (problem,) = value_problems(caught.value.errors(), option_name)
    assert (problem.rule, problem.place, problem.values["limit"]) == ("api.too_much", {"parameter": "--most-steps"}, 9)


def test_parts_that_do_not_go_together_are_refused_in_the_words_of_whoever_asked() -> None:
    question = Walk(id="kanun-1", most_steps=1, is_short=True)
    with pytest.raises(Invalid) as caught:
        question.checked(option_name)
    assert [problem.place for problem in caught.value.problems] == [{"parameter": "--most-steps"}]
    assert Walk(id="kanun-1").checked() == Walk(id="kanun-1")


def test_what_a_question_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError):
        Walk.model_validate({"id": "kanun-1", "stepz": 1})


def test_every_kind_there_is_not_is_named(kinds: Schema) -> None:
    assert known_kinds(kinds, ("service", "Document"), "kinds") == frozenset({"Service", "Document"})
    assert known_kinds(kinds, (), "kinds") is None
    with pytest.raises(Invalid) as caught:
        known_kinds(kinds, ("cat", "service", "dog"), "kinds")
    assert [problem.values["kind"] for problem in caught.value.problems] == ["cat", "dog"]
