"""Every query file through Neo4j's own parser and semantic checker, for Cypher 5 and Cypher 25.

It needs Node and, once, `npm ci --prefix tests/dialect`. The checker takes minutes for all files, so what it has
nothing against is listed in `dialect/clean.tsv` with a digest of statement and checker; what is another
since is asked again, and `pytest tests/graph/test_neo4j_dialect.py --update` lists it.
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import TypedDict

import pytest

from kaysis_graph import files
from kaysis_graph.graph.queries import Query, load

FOLDER = Path(__file__).parents[1] / "dialect"
CLEAN = FOLDER / "clean.tsv"
NODE = shutil.which("node")
FILLED = {"KIND": "Organisation", "FIELD": "category", "EDGE_TYPE": "PART_OF"}
ANY_VALUE = "text"

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="Node is not installed"),
    pytest.mark.skipif(not (FOLDER / "node_modules").is_dir(), reason="run: npm ci --prefix tests/dialect"),
]


class Objection(TypedDict):
    name: str
    dialect: str
    line: int
    message: str


def objections(queries: list[Query]) -> list[Objection]:
    assert NODE is not None
    asked = [
        {
            "name": query.name,
            "text": query.named(**{name: FILLED.get(name, "PART_OF") for name in query.names}).text,
            "parameters": dict.fromkeys(query.takes, ANY_VALUE),
        }
        for query in queries
    ]
    run = [NODE, str(FOLDER / "lint.cjs")]
    done = subprocess.run(run, input=json.dumps(asked), capture_output=True, text=True, timeout=1800, check=True)
    told: list[Objection] = json.loads(done.stdout)
    return told


def test_neo4j_objects_to_no_query_in_cypher_5_or_25(pytestconfig: pytest.Config) -> None:
    names = sorted(str(path.relative_to(files.CYPHER).with_suffix("")) for path in files.CYPHER.rglob("*.cypher"))
    version = (FOLDER / "package-lock.json").read_text("utf-8")
    marks = {name: hashlib.sha256(f"{version} {load(name).text}".encode()).hexdigest()[:16] for name in names}
    known = dict(line.split("\t") for line in CLEAN.read_text("utf-8").splitlines())
    told = objections([load(name) for name in names if marks[name] != known.get(name)])
    assert told == []
    if pytestconfig.getoption("--update"):
        CLEAN.write_text("".join(f"{name}\t{mark}\n" for name, mark in marks.items()), "utf-8")
    else:
        assert marks == known, "nothing is wrong with them; list them with --update"


def test_the_checker_finds_what_is_wrong() -> None:
    text = "MATCH (record) WHERE id(record) = $id RETURN recrod"
    wrong = Query("wrong", text, "", frozenset({"id"}), ("recrod",), frozenset(), writes=False)
    told = {(objection["dialect"], objection["message"].split(".")[0]) for objection in objections([wrong])}
    deprecated, unknown = "The query used a deprecated function", "Variable `recrod` not defined"
    assert told >= {(dialect, said) for dialect in ("CYPHER 5", "CYPHER 25") for said in (deprecated, unknown)}
