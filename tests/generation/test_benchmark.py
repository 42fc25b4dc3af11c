"""The benchmark still runs, and its peers count what we count."""

import json
from functools import partial
from pathlib import Path

import pytest
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # asked as the benchmark asks it
from other_peers import Networkx
from postgres import ask, load, running_server
from questions import questions
from report import BenchmarkReport, MeasuredState, fitted_exponent, write_report
from run import DAYS, measured_answer
from subjects import chosen_subjects

from api.app import create
from kaysis_graph.generation.state_files import write_state
from kaysis_graph.graph.columns import day_of
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import map_folder

SCALE = 0.001


def test_every_answer_is_measured_and_peers_count_the_same(
    store: Store, kinds: Schema, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "state"
    write_state(folder, SCALE, 7, lambda _: None)
    report = import_files.run(store, kinds, map_folder.source_of_folder(kinds, folder), AUTHOR)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    subjects = chosen_subjects(graph, DAYS[0])
    answers = []
    with running_server() as connection, TestClient(create(graph, settings)) as client:
        rows = 0 if connection is None else load(connection, graph)
        # Without PostgreSQL the rest is held all the same.
        assert rows in {0, report.records.new + report.edges.new}
        for at in DAYS:
            walks = Networkx(graph.on(at))
            for question in questions(subjects, at):
                peers = {"networkx": walk} if (walk := walks.walk_of(question)) is not None else {}
                if connection is not None and question.sql is not None:
                    name, values = question.sql, {**question.values, "at": day_of(at)}
                    peers["postgres"] = partial(ask, connection, name, values)
                answer = measured_answer(client, question, at, peers, 1)
                assert not question.is_equal or answer.differs == (), answer
                answers.append(answer)
    assert len({(answer.name, answer.at) for answer in answers}) == len(answers) > 30
    state = MeasuredState(SCALE, report.records.new, report.edges.new, {"a figure": 1.0}, answers)
    write_report(BenchmarkReport({"cores": 2}, [state, state]), tmp_path / "out")
    told = json.loads((tmp_path / "out" / "benchmark.json").read_text(encoding="utf-8"))
    assert len(told["states"][0]["answers"]) == len(answers)
    table = (tmp_path / "out" / "benchmark.md").read_text(encoding="utf-8")
    assert "| impact of an act, hub | 2026-06-30 |" in table
    assert (tmp_path / "out" / "benchmark.svg").read_text(encoding="utf-8").startswith("<svg")
    graph.follower.end()


@pytest.mark.parametrize(("times", "exponent"), [([3.0, 30.0, 300.0], 1), ([5.0, 5.0, 5.0], 0), ([1.0, 100.0, 1e4], 2)])
def test_growth_is_the_slope_on_logarithmic_axes(times: list[float], exponent: float) -> None:
    assert fitted_exponent([10, 100, 1_000], times) == pytest.approx(exponent)
