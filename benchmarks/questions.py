"""What the benchmark asks: each answer with its address, where it tells its count, and what peers ask instead."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from subjects import Subjects


@dataclass(frozen=True)
class BenchmarkQuestion:
    """One answer: its address, its count in the JSON, and the keys by which peers know the same question.

    `is_equal` tells whether peers must give the same count: search compares words in its own way.
    """

    name: str
    address: str
    count: Callable[[dict[str, Any]], int]
    sql: str | None = None
    twin: str | None = None
    walk: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    is_equal: bool = True
    is_hub: bool = False


def questions(subjects: Subjects, at: date) -> list[BenchmarkQuestion]:
    """All answers as of the day, for what is typical and for the worst hub."""
    day = f"at={at.isoformat()}"
    return [
        *_questions_of_the_state(day),
        *_questions_of_records(subjects, day),
        *_questions_of_size("typical", subjects.typical_institution, subjects.typical_whole, subjects.typical_act, day),
        *_questions_of_size("hub", subjects.hub_institution, subjects.hub_whole, subjects.hub_act, day),
    ]


def _questions_of_the_state(day: str) -> list[BenchmarkQuestion]:
    found = [
        BenchmarkQuestion(
            f"search, {count} words", f"search?q={quote(words)}", _total, sql="search", values={"words": words},
            is_equal=False,
        )
        for count, words in (("two", "su ürünleri"), ("three", "su ürünleri denetim"))
    ]  # fmt: skip
    return [
        BenchmarkQuestion("list of organisations", f"records/organisation?limit=50&{day}", _total, sql="list"),
        *found,
        BenchmarkQuestion(
            "data flow of the state", f"data-flows?{day}", _arrows, sql="state", twin="flows/twins/flows_of_state"
        ),
        BenchmarkQuestion(
            "unfounded legislation", f"legislation/unfounded?mode=all&{day}", _total, sql="unfounded",
            twin="legislation/twins/unfounded_all",
        ),
    ]  # fmt: skip


def _questions_of_records(subjects: Subjects, day: str) -> list[BenchmarkQuestion]:
    ends = {"source": subjects.first_service, "target": subjects.last_service}
    return [
        BenchmarkQuestion(
            "a record", f"records/legislation/{subjects.typical_act}?{day}", lambda _: 1, sql="record",
            values={"id": subjects.typical_act},
        ),
        BenchmarkQuestion(
            "ancestors of a unit", f"organisations/{subjects.unit}/ancestors?{day}", _rows, sql="ancestors",
            twin="organisations/twins/ancestors", walk="above", values={"id": subjects.unit},
        ),
        BenchmarkQuestion(
            "path of two services", f"paths?from={ends['source']}&to={ends['target']}&{day}", _hops,
            twin="paths/twins/shortest_path", walk="path", values=ends,
        ),
    ]  # fmt: skip


def _questions_of_size(whose: str, institution: str, whole: str, act: str, day: str) -> list[BenchmarkQuestion]:
    is_hub = whose == "hub"
    between = "level=institution&scope=between&units=own"
    return [
        BenchmarkQuestion(
            f"data flow of an institution, {whose}", f"data-flows?organisation={institution}&{between}&{day}", _arrows,
            sql="flows", twin="flows/twins/flows_of_institution", values={"id": institution}, is_hub=is_hub,
        ),
        BenchmarkQuestion(
            f"service table with sub-units, {whose}", f"services/table?organisation={institution}&units=subtree&{day}",
            _rows, is_hub=is_hub,
        ),
        BenchmarkQuestion(
            f"units under an institution, {whose}", f"organisations/{whole}/tree?{day}", _total,
            sql="subtree", twin="organisations/twins/subtree", walk="under", values={"id": whole}, is_hub=is_hub,
        ),
        BenchmarkQuestion(
            f"what rests on an act, {whose}", f"legislation/{act}/dependencies?direction=down&{day}", _total,
            sql="resting", twin="legislation/twins/resting_on", walk="resting", values={"id": act}, is_hub=is_hub,
        ),
        BenchmarkQuestion(
            f"impact of an act, {whose}", f"impact/legislation/{act}?{day}", _total,
            sql="impact", twin="impact/twins/impact", values={"id": act}, is_hub=is_hub,
        ),
    ]  # fmt: skip


def _total(told: dict[str, Any]) -> int:
    return int(told["total"])


def _rows(told: dict[str, Any]) -> int:
    return len(told["rows"])


def _arrows(told: dict[str, Any]) -> int:
    return int(told["totals"]["arrows"])


def _hops(told: dict[str, Any]) -> int:
    return len(told["paths"][0]) if told["paths"] else 0
