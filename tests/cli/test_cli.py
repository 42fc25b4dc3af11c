"""The command `kaysis` on the seed: what it answers, in which forms, how it refuses, in both languages."""

import csv
import errno
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from command_run import Run
from fastapi.testclient import TestClient  # noqa: TID251  # what the API says to the same questions

from kaysis_graph import files
from kaysis_graph.cli import exit_codes
from kaysis_graph.cli.app import build
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse
from kaysis_graph.linked.copy import keeper
from kaysis_graph.messages import LANGUAGES, Language, catalogue
from kaysis_graph.settings import Settings
from kaysis_graph.transfer.seed_data import PLANTER

COMMANDS = sorted(build("en").commands)
# What an example does may be tried on a shared graph only when it reads.
READING = (
    "search",
    "show",
    "flows",
    "legislation",
    "services",
    "impact",
    "path",
    "explore",
    "tree",
    "jobs",
    "status",
    "verify",
    "check",
)


class Asker:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Run:
        return Run(self._capsys, *arguments)


@pytest.fixture
def kaysis(capsys: pytest.CaptureFixture[str], told: Settings) -> Asker:  # noqa: ARG001  # the environment
    return Asker(capsys)


# Help


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_with_a_sentence_and_two_examples(
    command: str, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(capsys, "--lang", language, command, "--help")
    assert run.code == exit_codes.DONE
    assert catalogue()[f"cli.{command}"][language] in run.out
    assert len(examples(command, language)) >= 2
    assert run.out.count(f"kaysis {command}") >= 2
    assert "cli." not in run.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_of_the_whole_names_every_command(language: Language, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, "--lang", language)
    assert run.code == exit_codes.DONE
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", run.out, re.MULTILINE)
    assert max(len(line) for line in run.out.splitlines()) < 200


def test_a_copy_for_sparql_is_built_beside_and_put_in_its_place(kaysis: Asker, told: Settings) -> None:
    first = kaysis("linked", "rebuild")
    status = kaysis("status", "--json").json
    assert (status["linked_sequence"], status["linked_lag"]) == (2, 0)
    assert "geride" in kaysis("status").out
    built = keeper.newest_in(keeper.folder(told))
    second = kaysis("--lang", "en", "linked", "rebuild")
    again = keeper.newest_in(keeper.folder(told))
    assert (first.code, second.code) == (exit_codes.DONE, exit_codes.DONE)
    assert "http://127.0.0.1:8000/" in second.out
    assert built is not None
    assert again is not None
    assert built.path != again.path
    assert built.sequence == again.sequence == 2


def examples(command: str, language: Language) -> list[str]:
    return [
        line.partition("  #")[0].strip()
        for line in catalogue()[f"cli.{command}_examples"][language].strip().splitlines()
    ]


@pytest.mark.parametrize("example", [pytest.param(line, id=line) for name in READING for line in examples(name, "tr")])
def test_every_example_of_a_question_runs_as_it_stands(example: str, kaysis: Asker) -> None:
    words = shlex.split(re.split(r" [>&]", example)[0])
    assert words[0] == "kaysis"
    run = kaysis(*words[1:])
    if words[1] != "undo":
        assert run.code == exit_codes.DONE, run.err


# Languages


def test_turkish_is_spoken_unless_english_is_asked_for(kaysis: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Hizmet" in kaysis("show", "heys-41001").out
    english = kaysis("show", "heys-41001", "--lang=en")
    assert "Service" in english.out
    assert "Hizmet\n" not in english.out
    monkeypatch.setenv("KAYSIS_LANGUAGE", "en")
    assert "Service" in kaysis("show", "heys-41001").out


def test_an_unknown_language_is_refused(kaysis: Asker) -> None:
    run = kaysis("--lang", "de", "status")
    assert run.code == exit_codes.MISUSED
    assert "de" in run.err


# Answers and their forms

QUESTIONS = {
    "flows": ["flows", "--service", "heys-41008"],
    "legislation": ["legislation", "kanun-5490"],
    "impact": ["impact", "kanun-5490"],
    "path": ["path", "heys-41001", "anayasa-2709"],
    "explore": ["explore", "kanun-5490", "kanun-5490~in~BASED_ON~service~1"],
    "tree": ["tree", "99001009"],
}
TABLES = {
    **QUESTIONS,
    "unfounded": ["legislation", "--unfounded", "any"],
    "services": ["services", "99006201"],
    "inventory": ["services", "--inventory"],
    "check": ["check"],
    "ancestors": ["tree", "99006201", "--up"],
    "units of all days": ["tree", "99001009", "--ever"],
}
ROWS = {"flows": "arrows", "path": "paths", "explore": "nodes"}


@pytest.mark.parametrize("question", TABLES)
def test_an_answer_for_people_ends_with_day_change_and_whether_it_is_whole(question: str, kaysis: Asker) -> None:
    run = kaysis(*TABLES[question], "--at", "15.5.2019")
    assert run.code == exit_codes.DONE, run.err
    last = run.out.strip().splitlines()[-1]
    assert last.startswith("2019-05-15 tarihi itibarıyla · ")
    assert "\x1b" not in run.out


@pytest.mark.parametrize("question", TABLES)
def test_json_is_the_whole_list_in_the_shape_of_the_api(question: str, kaysis: Asker) -> None:
    body = kaysis(*TABLES[question], "--format", "json", "--at", "2020-01-01").json
    assert {"at", "sequence", "complete", "cut"} <= set(body)
    assert (body["at"], body["complete"], body["cut"]) == ("2020-01-01", True, None)
    rows = body[ROWS.get(question, "rows")]
    assert isinstance(rows, list)
    assert rows


@pytest.mark.pages
@pytest.mark.parametrize("question", TABLES)
def test_csv_and_xlsx_hold_the_same_rows(question: str, kaysis: Asker, tmp_path: Path) -> None:
    rows = kaysis(*TABLES[question], "--format", "csv").rows
    assert rows
    run = kaysis(*TABLES[question], "--output", "rows.xlsx")
    assert run.code == exit_codes.DONE, run.err
    book = openpyxl.load_workbook(tmp_path / "rows.xlsx")
    assert book.worksheets[0].max_row == len(rows) + 1
    book.close()


@pytest.mark.pages
@pytest.mark.parametrize("question", QUESTIONS)
def test_pictures_come_as_svg_graphml_and_mermaid(question: str, kaysis: Asker) -> None:
    assert ET.fromstring(kaysis(*QUESTIONS[question], "--format", "svg").out).tag.endswith("svg")
    assert ET.fromstring(kaysis(*QUESTIONS[question], "--format", "graphml").out).tag.endswith("graphml")
    assert "flowchart" in kaysis(*QUESTIONS[question], "--format", "mermaid").out


def test_the_name_of_the_file_tells_the_form(kaysis: Asker, tmp_path: Path) -> None:
    run = kaysis(*QUESTIONS["path"], "--output", "yol.svg")
    assert run.code == exit_codes.DONE
    assert "yol.svg" in run.err
    assert (tmp_path / "yol.svg").read_text(encoding="utf-8").startswith(("<svg", "<?xml"))


def test_processes_and_flows_come_as_bpmn_and_other_pictures_do_not(kaysis: Asker, tmp_path: Path) -> None:
    assert ET.fromstring(kaysis("service", "heys-41019", "--format", "bpmn").out).tag.endswith("definitions")
    assert kaysis("flows", "--service", "heys-41008", "--output", "akis.bpmn").code == exit_codes.DONE
    assert ET.parse(tmp_path / "akis.bpmn").getroot().tag.endswith("definitions")
    assert kaysis("impact", "kanun-5490", "--output", "etki.bpmn").code == exit_codes.MISUSED


def test_a_service_is_told_as_a_card(kaysis: Asker) -> None:
    card = kaysis("service", "imar durum belgesi verilmesi").out
    assert "Ne kadar sürer: 15 gün" in card
    assert "dbys-2017  Tapu kayıt örneği  ← Sultanbeyli Tapu Müdürlüğü: Tapu kayıt ve belge örneği verilmesi" in card
    assert "Belgenin imzası  İmza · Daire Başkanı" in card
    assert "Documents to bring" in kaysis("--lang", "en", "service", "heys-41019").out


def test_a_page_says_that_it_is_one_and_how_to_go_on(kaysis: Asker) -> None:
    first = kaysis("impact", "kanun-5490", "--limit", "3", "--format", "json").json
    assert first["complete"] is False
    assert first["cut"]
    second = kaysis("impact", "kanun-5490", "--limit", "3", "--offset", "3", "--format", "json").json
    assert isinstance(first["rows"], list)
    assert isinstance(second["rows"], list)
    assert {row["thing"]["id"] for row in first["rows"]}.isdisjoint(row["thing"]["id"] for row in second["rows"])
    assert "--offset 3" in kaysis("impact", "kanun-5490", "--limit", "3").out


def test_whole_makes_a_cut_answer_an_error(kaysis: Asker) -> None:
    assert kaysis("impact", "kanun-5490", "--limit", "3", "--whole").code == exit_codes.INCOMPLETE
    assert kaysis("impact", "kanun-5490", "--depth", "1", "--whole").code == exit_codes.INCOMPLETE
    assert kaysis("impact", "kanun-5490", "--whole", "--format", "csv").code == exit_codes.DONE


def test_a_search_finds_words_numbers_and_narrows_by_kind(kaysis: Asker) -> None:
    assert "kanun-5490" in kaysis("search", "nüfus", "hizmetleri").out
    hits = kaysis("search", "nüfus", "--kind", "service", "--format", "csv").rows
    assert {hit["kind"] for hit in hits} == {"Service"}
    body = kaysis("search", "nüfus", "--format", "json").json
    assert isinstance(body["hits"], list)
    assert body["total"] == len(body["hits"])
    assert "bulunamadı" in kaysis("search", "zzzzqqq").out


def test_a_record_is_shown_with_fields_edges_and_history(kaysis: Asker) -> None:
    run = kaysis("show", "heys-41001")
    assert "kanun-5490.m15" in run.out
    assert "BASED_ON 3" in run.out
    assert PLANTER.why in run.out
    body = kaysis("show", "heys-41001", "--format", "json").json
    assert isinstance(body["record"], dict)
    assert body["record"]["thing"]["id"] == "heys-41001"
    assert body["complete"] is True
    assert body["edges"]


def test_json_is_what_the_api_answers(kaysis: Asker, client: TestClient, sample: Graph) -> None:
    sample.follower.catch_up()
    for address, arguments in {
        "/api/impact/legislation/kanun-5490?limit=1000": ["impact", "kanun-5490"],
        "/api/organisations/99001009/tree?limit=1000": ["tree", "99001009"],
        "/api/organisations/99001009/difference?from=2018-09-01&to=2019-01-11&limit=1000": [
            *("tree", "99001009", "--from", "2018-09-01", "--to", "2019-01-11"),
        ],
        "/api/organisations/99001009/chart?": ["tree", "99001009", "--around"],
        "/api/organisations/99001009/children?ever=true": ["tree", "99001009", "--ever"],
        "/api/organisations/99006201/ancestors?": ["tree", "99006201", "--up"],
        "/api/organisations/99001009/days?": ["tree", "99001009", "--days"],
        "/api/legislation/kanun-1750/force?": ["legislation", "kanun-1750", "--part", "force"],
        "/api/legislation/kanun-5490/dependencies?direction=down&limit=1000": ["legislation", "kanun-5490"],
        "/api/services/table?organisation=99006201&units=subtree": ["services", "99006201"],
        "/api/services/heys-41019?": ["service", "heys-41019"],
        "/api/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1&ever=true": [
            "explore",
            "kanun-5490",
            "kanun-5490~in~BASED_ON~service~1",
            "--ever",
        ],
        "/api/paths?from=heys-41001&to=anayasa-2709": ["path", "heys-41001", "anayasa-2709"],
        "/api/search?q=saklı nüfus işlemleri&limit=200": ["search", "saklı nüfus işlemleri"],
    }.items():
        answer = client.get(f"{address}&at=2024-01-01")
        assert answer.status_code == 200, answer.text
        assert kaysis(*arguments, "--format", "json", "--at", "2024-01-01").json == answer.json(), address


# Records by name


def test_a_name_that_fits_one_record_stands_for_it(kaysis: Asker) -> None:
    by_name = kaysis("tree", "sağlık bakanlığı", "--format", "json")
    assert by_name.json == kaysis("tree", "24322010", "--format", "json").json
    assert "24322010" in by_name.err


def test_a_number_stands_for_an_act(kaysis: Asker) -> None:
    assert "kanun-5490" in kaysis("legislation", "5490").out


def test_a_name_that_fits_several_lists_them(kaysis: Asker) -> None:
    run = kaysis("flows", "--organisation", "nüfus müdürlüğü")
    assert run.code == exit_codes.NOT_FOUND
    assert "99006201" in run.err
    assert "99006202" in run.err


@pytest.mark.parametrize("name", ["kanun-9999", "böyle bir şey yok ki", "99999999"])
def test_a_name_of_nothing_is_not_found(name: str, kaysis: Asker) -> None:
    assert kaysis("show", name).code == exit_codes.NOT_FOUND


def test_a_record_of_another_kind_is_not_found(kaysis: Asker) -> None:
    assert kaysis("flows", "--organisation", "kanun-5018").code == exit_codes.NOT_FOUND


# Refusals


@pytest.mark.pages
@pytest.mark.parametrize(
    "arguments",
    [
        ["flow"],
        ["flows", "--format", "docx"],
        ["flows", "--limit", "abc"],
        ["flows", "--limit", "0"],
        ["flows", "--limitt", "3"],
        ["flows", "--service", "heys-41001", "--unit", "99006201"],
        ["flows", "--from", "24322010"],
        ["flows", "--at", "2019-02-30"],
        ["flows", "--at", "dün"],
        ["flows", "--output", "akis.docx"],
        ["flows", "--output", "/nowhere/akis.svg"],
        ["flows", "--output", "akis.csv", "--format", "table"],
        ["legislation"],
        ["legislation", "kanun-5018", "--offset", "1" + "0" * 30],
        ["legislation", "kanun-5018", "--depth", "1" + "0" * 30],
        ["legislation", "kanun-5018", "--unfounded", "all"],
        ["legislation", "--unfounded", "all", "--format", "svg"],
        ["path", "heys-41001", "kanun-5018", "--relation", "X"],
        ["path", "heys-41001"],
        ["services"],
        ["show"],
        ["show", "a", "b"],
        ["search", "nüfus", "--where", "type"],
        ["import", "x.csv"],
        ["export", "/nowhere/yedek.gz"],
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_line_without_meaning_is_explained(arguments: list[str], language: Language, kaysis: Asker) -> None:
    run = kaysis("--lang", language, *arguments)
    assert run.code == exit_codes.MISUSED, run.err
    assert run.out == ""
    assert run.err.strip()
    assert "cli." not in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "arguments", [["search", "?!"], ["search", "nüfus", "--where", "foo=1"], ["flows", "--limit", "5000"], ["seed"]]
)
def test_what_breaks_a_rule_is_refused_with_a_hint(arguments: list[str], kaysis: Asker) -> None:
    run = kaysis(*arguments)
    assert run.code == exit_codes.REFUSED
    assert run.err.strip()


@pytest.mark.parametrize(
    "said",
    [
        "[red]kırmızı[/red]",
        "\x1b[31mkırmızı",
        ":smile: nüfus",
        "x" * 5_000,
        "'; MATCH (n) DETACH DELETE n //",
        "\x00",
        "🙂",
    ],
)
@pytest.mark.parametrize("command", ["search", "show", "impact"])
def test_hostile_words_are_words(said: str, command: str, kaysis: Asker) -> None:
    run = kaysis(command, "--", said)
    assert run.code in (exit_codes.DONE, exit_codes.REFUSED, exit_codes.NOT_FOUND)
    assert "\x1b" not in run.out + run.err
    assert kaysis("show", "heys-41001").code == exit_codes.DONE


def test_an_engine_that_does_not_answer_has_its_own_code(kaysis: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAYSIS_GRAPH_URL", "bolt://127.0.0.1:1")
    monkeypatch.setenv("KAYSIS_GRAPH_PASSWORD", "secret")
    for arguments in (["show", "heys-41001"], ["flows"], ["status"], ["verify"]):
        run = kaysis(*arguments)
        assert run.code == exit_codes.ENGINE_DOWN
        assert "127.0.0.1:1" in run.err
        assert "secret" not in run.out + run.err


def test_status_does_not_start_an_engine(kaysis: Asker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KAYSIS_GRAPH_URL", raising=False)
    monkeypatch.setenv("KAYSIS_HOME", str(tmp_path / "fresh"))
    run = kaysis("status", "--json")
    assert run.code == exit_codes.ENGINE_DOWN
    assert run.json["is_running"] is False
    assert kaysis("stop").code == exit_codes.DONE
    assert not (tmp_path / "fresh" / "engine").exists()


def test_an_environment_that_cannot_be_read_is_explained(kaysis: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "abc")
    assert kaysis("status").code == exit_codes.MISUSED


# Looking after the graph


def test_status_counts_and_tells_where_the_sequence_stands(kaysis: Asker, sample: Graph) -> None:
    body = kaysis("status", "--json").json
    head = history.head(sample.store)
    assert (body["is_running"], body["sequence"], body["hash"]) == (True, head.number, head.hash)
    assert body["projection_lag"] == 0
    assert isinstance(body["counts"], dict)
    assert body["counts"]["Legislation"] > 200
    assert head.hash in kaysis("status").out


def test_verify_finds_a_change_that_was_altered(kaysis: Asker, sample: Graph) -> None:
    assert kaysis("verify").code == exit_codes.DONE
    rename = parse(
        "rename", "// Another reason.\n// takes: why\nMATCH (change:Change {number: 1}) SET change.why = $why"
    )
    sample.store.write(lambda transaction: transaction.run(rename, why="nothing happened"))
    try:
        run = kaysis("verify")
        assert run.code == exit_codes.REFUSED
        assert "1 numaralı değişikliğin" in run.out
    finally:
        sample.store.write(lambda transaction: transaction.run(rename, why=PLANTER.why))
    assert kaysis("verify").code == exit_codes.DONE


def test_verify_finds_a_record_that_was_changed_past_the_history(kaysis: Asker, sample: Graph) -> None:
    rename = parse(
        "rename", "// Another name.\n// takes: note\nMATCH (record:Place {id: 'il-06'}) SET record.note = $note"
    )
    sample.store.write(lambda transaction: transaction.run(rename, note="slipped in"))
    try:
        run = kaysis("verify")
        assert run.code == exit_codes.REFUSED
        assert "il-06" in run.out
    finally:
        sample.store.write(lambda transaction: transaction.run(rename, note=None))
    assert kaysis("verify").code == exit_codes.DONE


# Files in and out

MAP = """
[[record]]
kind = "System"
id = "{no}"
[record.fields]
title = "{ad}"
"""


def test_an_import_is_checked_written_once_and_taken_back(kaysis: Asker, tmp_path: Path) -> None:
    (tmp_path / "harita.toml").write_text(MAP, encoding="utf-8")
    (tmp_path / "sistemler.csv").write_text("no;ad\nsistem-901;Şehir Sistemi\nsistem-902;Iğdır Sistemi\n", "utf-8")
    asked = ("import", "sistemler.csv", "--map", "harita.toml", "--who", "Ayşe", "--why", "deneme")
    dry = kaysis(*asked, "--dry-run")
    assert dry.code == exit_codes.DONE, dry.out + dry.err
    assert "utf-8" in dry.out
    assert kaysis("show", "sistem-901").code == exit_codes.NOT_FOUND
    assert kaysis(*asked).code == exit_codes.DONE
    assert "Ayşe: deneme" in kaysis("show", "sistem-901").out
    assert "değişen bir şey yok" in kaysis(*asked).out
    job = re.search(r"import-\S+", kaysis("jobs").out)
    assert job
    assert kaysis("undo", job[0]).code == exit_codes.DONE
    assert kaysis("show", "sistem-901").code == exit_codes.NOT_FOUND


def test_every_problem_of_an_import_is_told_and_nothing_is_written(kaysis: Asker, tmp_path: Path) -> None:
    (tmp_path / "harita.toml").write_text(MAP, encoding="utf-8")
    rows = "".join(f"bozuk-{number};Ad {number}\n" for number in range(70))
    (tmp_path / "sistemler.csv").write_text(f"no;ad\n{rows}", encoding="utf-8")
    run = kaysis("import", "sistemler.csv", "--map", "harita.toml", "--report", "rapor")
    assert run.code == exit_codes.REFUSED
    report = next((tmp_path / "rapor").glob("*.csv"))
    assert str(report.relative_to(tmp_path)) in run.out
    with report.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) >= 70
    assert run.err.count("sistemler.csv") == exit_codes.SHOWN_PROBLEMS


def test_a_backup_is_written_and_not_restored_over_a_graph(kaysis: Asker, tmp_path: Path) -> None:
    assert kaysis("export", "yedek.jsonl.gz").code == exit_codes.DONE
    assert (tmp_path / "yedek.jsonl.gz").stat().st_size > 10_000
    assert kaysis("restore", "yedek.jsonl.gz").code == exit_codes.REFUSED
    assert kaysis("restore", "yok.jsonl").code in (exit_codes.REFUSED, exit_codes.NOT_FOUND)


# As a process


def kaysis_process(*arguments: str, encoding: str = "utf-8", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from kaysis_graph.cli import main; sys.exit(main())", *arguments]
    ran = subprocess.run(command, capture_output=True, timeout=60, check=False, env={**os.environ, **environment})
    # Notes beside data come in the encoding of the terminal.
    out, err = ran.stdout.decode(encoding), ran.stderr.decode(encoding, "replace")
    return subprocess.CompletedProcess(ran.args, ran.returncode, out, err)


@pytest.mark.usefixtures("told")
def test_the_service_says_where_it_is_and_ends_when_told() -> None:
    command = [sys.executable, "-c", "import sys; from kaysis_graph.cli import main; sys.exit(main())"]
    asked = [*command, "--lang", "en", "serve", "--port", str(free_port())]
    service = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert service.stdout is not None
        line = service.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        with urllib.request.urlopen(f"{address[0]}api/status", timeout=60) as answer:
            assert json.load(answer)["sequence"] > 0
        service.send_signal(signal.SIGTERM)
        _, noted = service.communicate(timeout=60)
    finally:
        service.kill()
    assert service.returncode == exit_codes.DONE
    assert "kaysis stop" in noted


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.mark.usefixtures("told")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{shlex.quote(sys.executable)} -c 'from kaysis_graph.cli import main; main()' search nüfus --format csv"
    run = subprocess.run(f"{command} | head -1", shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0
    assert "Traceback" not in run.stderr
    assert run.stdout.count("\n") == 1


def test_the_frame_loads_without_the_engine_or_the_answers() -> None:
    code = (
        "import sys; import kaysis_graph.cli; "
        "print([name for name in ('neo4j', 'numpy', 'scipy', 'pydantic', 'fastapi') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "[]"


def test_shells_complete_commands_and_kinds() -> None:
    complete = {"_KAYSIS_COMPLETE": "complete_bash", "COMP_CWORD": "1", "COMP_WORDS": "kaysis se"}
    words = kaysis_process(**complete).stdout.split()
    assert {"search", "seed", "serve", "services"} <= set(words)
    kinds = {"COMP_WORDS": "kaysis search nüfus --kind le", "COMP_CWORD": "4"}
    assert kaysis_process(**{**complete, **kinds}).stdout.split() == ["legislation"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1254"])
def test_a_pipe_of_any_encoding_gets_words_it_can_hold(told: Settings, encoding: str) -> None:
    assert told.home
    table = kaysis_process("legislation", "kanun-5490", PYTHONIOENCODING=encoding, PYTHONUTF8="0", encoding=encoding)
    assert (table.returncode, table.stderr) == (0, "")
    assert ("N?fus" if encoding == "ascii" else "Nüfus") in table.stdout


@pytest.mark.parametrize(("encoding", "form"), [("ascii", "csv"), ("cp857", "json")])
def test_a_pipe_of_any_encoding_gets_data_as_utf_8(told: Settings, encoding: str, form: str) -> None:
    assert told.home
    data = kaysis_process("legislation", "kanun-5490", "--format", form, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert data.returncode == 0
    assert "Traceback" not in data.stderr
    assert "Sultanbeyli İlçe Nüfus Müdürlüğü" in data.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
@pytest.mark.parametrize("form", ["table", "xlsx"])
def test_a_full_disk_behind_standard_output_is_told(told: Settings, form: str) -> None:
    assert told.home
    asked = [sys.executable, "-m", "kaysis_graph.cli", "--lang", "en", "legislation", "kanun-5490", "--format", form]
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(asked, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    assert run.returncode == exit_codes.REFUSED
    assert b"the disk it goes to is full" in run.stderr
    assert b"Traceback" not in run.stderr


def test_what_could_not_be_written_leaves_yesterdays_file_and_names_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "yesterday.csv"
    file.write_text("yesterday", encoding="utf-8")

    def written() -> None:
        with files.written_whole(file) as path:
            path.write_text("half of to", encoding="utf-8")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        written()
    assert file.read_text(encoding="utf-8") == "yesterday"
    assert [held.name for held in tmp_path.iterdir()] == ["yesterday.csv"]
    said = exit_codes.not_written(file, OSError(errno.ENOSPC, "No space left on device"))
    for language in LANGUAGES:
        assert f"{files.disk_of(file)} " in f"{said.text(language)} "
        assert said.hint(language)


def test_a_file_that_is_written_anew_keeps_its_rights_and_the_link_that_leads_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "table.csv", tmp_path / "latest.csv"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    with files.written_whole(link) as path:
        path.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "new"
    assert file.stat().st_mode & 0o777 == 0o640
