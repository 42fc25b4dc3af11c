"""PostgreSQL as a peer: the same records and edges in tables, asked in SQL written as well as we can.

It is set up in a folder of its own where `postgres` is installed, speaks over a socket in that folder alone, and is
gone afterwards. Edges lie in one table for each type with covering indexes both ways, and carry the days on which the
record they leave was there, so that a walk compares one range. What several questions need is laid down beside them:
what needs what, what rests on what, and the act of each provision.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import numpy as np
import psycopg
from psycopg import sql

from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse

# Where the programs are when they are not on the path, newest last.
_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt")
_SETTINGS = (
    "listen_addresses=''", "shared_buffers=512MB", "work_mem=128MB", "random_page_cost=1.1", "jit=off",
    "effective_cache_size=2GB", "fsync=off", "max_wal_size=4GB",
)  # fmt: skip
# Turkish letters are lowered and sorted by ICU; the words of full text follow the character type.
_LOCALE = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=tr-TR")
_NAMED = parse(
    "titles_and_categories",
    "// Every record with its name, and its category where it is an organisation.\n"
    "// gives: id, title, category\n"
    "MATCH (record:Record) RETURN record.id AS id, record.title AS title, record.category AS category",
)
_IMPACT = (
    "BASED_ON", "PART_OF", "PROVIDED_BY", "REQUIRES", "CONTAINS", "CARRIES", "ISSUED_BY", "USES", "RUNS_ON",
    "OPERATED_BY", "SENT_BY", "SENT_TO", "AT", "HOLDS", "LOCATED_IN",
)  # fmt: skip
_TABLES = """
CREATE TABLE record (no int PRIMARY KEY, id text NOT NULL, kind text NOT NULL, title text NOT NULL, category text,
  is_institution bool NOT NULL, first_day int NOT NULL, last_day int NOT NULL, top int NOT NULL);
CREATE TABLE needs (needed int, needing int, first_day int, last_day int);
CREATE TABLE rests (base int, resting int, first_day int, last_day int);
"""
_EDGE_TABLE = """
CREATE TABLE {table} (source int, target int, first_day int, last_day int, is_secondary bool)
"""
_INDEXES = """
CREATE UNIQUE INDEX record_id ON record (id);
CREATE INDEX record_list ON record (kind, title COLLATE "tr-x-icu", no) INCLUDE (id, first_day, last_day);
ALTER TABLE record ADD words tsvector GENERATED ALWAYS AS (to_tsvector('turkish', title)) STORED;
CREATE INDEX record_words ON record USING gin (words);
CREATE INDEX needs_needed ON needs (needed) INCLUDE (needing, first_day, last_day);
CREATE INDEX rests_base ON rests (base) INCLUDE (resting, first_day, last_day);
"""
_EDGE_INDEXES = """
CREATE INDEX ON {table} (source) INCLUDE (target, first_day, last_day, is_secondary);
CREATE INDEX ON {table} (target) INCLUDE (source, first_day, last_day, is_secondary);
"""
# The institution of each unit that provides a service: the nearest above it, then fewest second ties, then its number.
_PLACES: LiteralString = """
  up (unit, above, depth, seconds) AS (
    SELECT DISTINCT target, target, 0, 0 FROM provided_by WHERE first_day <= %(at)s AND %(at)s < last_day
    UNION ALL
    SELECT up.unit, tie.target, up.depth + 1, up.seconds + tie.is_secondary::int
    FROM up JOIN record AS below ON below.no = up.above AND NOT below.is_institution
    JOIN part_of AS tie ON tie.source = up.above AND tie.first_day <= %(at)s AND %(at)s < tie.last_day
    WHERE up.depth < 10),
  homes AS (
    SELECT DISTINCT ON (up.unit) up.unit, CASE WHEN place.is_institution THEN place.no ELSE up.unit END AS place
    FROM up JOIN record AS place ON place.no = up.above
    ORDER BY up.unit, NOT place.is_institution, up.depth, up.seconds, place.id),
  made AS (
    SELECT DISTINCT gives.target AS document, homes.place FROM produces AS gives
    JOIN provided_by AS offers ON offers.source = gives.source
      AND offers.first_day <= %(at)s AND %(at)s < offers.last_day
    JOIN homes ON homes.unit = offers.target
    WHERE gives.first_day <= %(at)s AND %(at)s < gives.last_day),
  taken AS (
    SELECT DISTINCT asks.target AS document, homes.place FROM requires AS asks
    JOIN provided_by AS offers ON offers.source = asks.source
      AND offers.first_day <= %(at)s AND %(at)s < offers.last_day
    JOIN homes ON homes.unit = offers.target
    WHERE asks.first_day <= %(at)s AND %(at)s < asks.last_day)
"""
# Where many places make or take a document they count by category, as ours do.
_GROUPED: LiteralString = """
  makers AS (
    SELECT DISTINCT made.document,
      CASE WHEN many.document IS NULL THEN made.place::text ELSE record.category END AS place
    FROM made JOIN record ON record.no = made.place
    LEFT JOIN (SELECT document FROM made GROUP BY document HAVING count(*) > 12) AS many USING (document)),
  takers AS (
    SELECT DISTINCT taken.document,
      CASE WHEN many.document IS NULL THEN taken.place::text ELSE record.category END AS place
    FROM taken JOIN record ON record.no = taken.place
    LEFT JOIN (SELECT document FROM taken GROUP BY document HAVING count(*) > 12) AS many USING (document))
"""
QUERIES: dict[str, LiteralString] = {
    "list": """
SELECT (SELECT count(*) FROM record WHERE kind = 'Organisation' AND first_day <= %(at)s AND %(at)s < last_day),
  ARRAY(SELECT id || title FROM record WHERE kind = 'Organisation' AND first_day <= %(at)s AND %(at)s < last_day
        ORDER BY title COLLATE "tr-x-icu", no LIMIT 50)""",
    "search": """
SELECT count(*) OVER (), id, title FROM record WHERE words @@ plainto_tsquery('turkish', %(words)s)
ORDER BY ts_rank(words, plainto_tsquery('turkish', %(words)s)) DESC LIMIT 20""",
    "subtree": """
WITH RECURSIVE under (no) AS (
  SELECT source FROM part_of JOIN record ON record.no = target
  WHERE record.id = %(id)s AND part_of.first_day <= %(at)s AND %(at)s < part_of.last_day
  UNION
  SELECT tie.source FROM under JOIN part_of AS tie ON tie.target = under.no
  WHERE tie.first_day <= %(at)s AND %(at)s < tie.last_day)
SELECT count(*) OVER (), record.id, record.title FROM under JOIN record USING (no) ORDER BY record.id LIMIT 500""",
    "ancestors": """
WITH RECURSIVE above (no, depth) AS (
  SELECT no, 0 FROM record WHERE id = %(id)s
  UNION
  SELECT tie.target, depth + 1 FROM above JOIN part_of AS tie ON tie.source = above.no
  WHERE tie.first_day <= %(at)s AND %(at)s < tie.last_day)
SELECT count(*) OVER (), record.id, record.title, min(depth) FROM above JOIN record USING (no)
WHERE record.id <> %(id)s GROUP BY record.id, record.title ORDER BY 4, 2""",
    "resting": """
WITH RECURSIVE bases (no) AS (
  SELECT no FROM record WHERE id = %(id)s
  UNION
  SELECT rests.resting FROM bases JOIN rests ON rests.base = bases.no
  WHERE rests.first_day <= %(at)s AND %(at)s < rests.last_day),
found (no) AS (
  SELECT DISTINCT edge.source FROM bases JOIN based_on AS edge ON edge.target = bases.no
  WHERE edge.first_day <= %(at)s AND %(at)s < edge.last_day)
SELECT count(*) OVER (), record.id, record.title FROM found JOIN record USING (no)
WHERE record.id <> %(id)s ORDER BY record.id LIMIT 500""",
    "unfounded": """
WITH lost AS (
  SELECT edge.source FROM based_on AS edge JOIN record AS act ON act.no = edge.source AND act.kind = 'Legislation'
  JOIN record AS base ON base.no = edge.target JOIN record AS whole ON whole.no = base.top
  WHERE edge.first_day <= %(at)s AND %(at)s < edge.last_day
  GROUP BY edge.source HAVING bool_and(base.last_day <= %(at)s OR whole.last_day <= %(at)s))
SELECT count(*) OVER (), record.id, record.title FROM lost JOIN record ON record.no = lost.source LIMIT 500""",
    "impact": """
WITH RECURSIVE falling (no) AS (
  SELECT no FROM record WHERE id = %(id)s
  UNION
  SELECT needs.needing FROM falling JOIN needs ON needs.needed = falling.no
  WHERE needs.first_day <= %(at)s AND %(at)s < needs.last_day)
SELECT count(*) OVER (), record.id, record.title FROM falling JOIN record USING (no)
WHERE record.id <> %(id)s
  AND NOT (record.kind = 'Provision' AND record.top = (SELECT no FROM record WHERE id = %(id)s))
LIMIT 500""",
    "record": """
SELECT 1, record.*, ARRAY(
  SELECT other.id || other.title FROM issued_by JOIN record AS other ON other.no = issued_by.target
  WHERE issued_by.source = record.no)
FROM record WHERE id = %(id)s""",
    "state": "WITH RECURSIVE " + _PLACES + "," + _GROUPED + """
SELECT count(*) FROM (
  SELECT DISTINCT makers.place AS sender, takers.place AS receiver FROM makers JOIN takers USING (document)
  WHERE makers.place <> takers.place OR makers.place ~ '[a-z]') AS arrows""",
    "flows": "WITH RECURSIVE " + _PLACES + """, mine AS (SELECT no FROM record WHERE id = %(id)s),
  outgoing AS (
    SELECT taken.document, taken.place FROM taken, mine
    WHERE taken.place <> mine.no AND taken.document IN (SELECT document FROM made, mine WHERE made.place = mine.no)),
  incoming AS (
    SELECT made.document, made.place FROM made, mine
    WHERE made.place <> mine.no AND made.document IN (SELECT document FROM taken, mine WHERE taken.place = mine.no)),
  ends AS (
    SELECT 'out' AS way, document, place, count(*) OVER (PARTITION BY document) AS places FROM outgoing
    UNION ALL
    SELECT 'in', document, place, count(*) OVER (PARTITION BY document) FROM incoming)
SELECT count(DISTINCT (way, CASE WHEN places > 12 THEN record.category ELSE place::text END))
FROM ends JOIN record ON record.no = ends.place""",
}  # fmt: skip


@dataclass(frozen=True)
class NamedRow:
    """A record with its name and category."""

    id: str
    title: str
    category: str | None


@contextmanager
def running_server() -> Iterator[psycopg.Connection[Any] | None]:
    """A connection to a server of our own; None where PostgreSQL is not installed, or will not start."""
    programs = _programs()
    if programs is None:
        print("PostgreSQL is left out: neither initdb nor pg_ctl is installed.")
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="kaysis-postgres-"))
    # It refuses to run for the superuser.
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        options = " ".join(f"-c {setting}" for setting in _SETTINGS)
        start = ["-o", f"-k {folder} {options}", "-l", str(folder / "log"), "-w", "start"]
        _run([str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-E", "UTF8", *_LOCALE], user, folder)
        _run([str(programs / "pg_ctl"), "-D", str(data), *start], user, folder)
    except (subprocess.CalledProcessError, OSError, LookupError) as error:
        print(f"PostgreSQL is left out: {error}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        yield None
        return
    try:
        with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            yield connection
    finally:
        _run([str(programs / "pg_ctl"), "-D", str(data), "-m", "fast", "stop"], user, folder)
        shutil.rmtree(folder, ignore_errors=True)


def load(connection: psycopg.Connection[Any], graph: Graph) -> int:
    """Copies all records and edges into tables, with indexes and statistics; gives how many rows went over."""
    projection = graph.follower.current
    records = projection.records
    named = {row.id: row for row in graph.store.read(_NAMED, into=NamedRow)}
    institutions = graph.schema.codes["organisation_category"].marked("institution")
    kinds = [records.kinds[number] for number in records.kind]
    connection.execute(_TABLES)
    tops = _tops(graph, kinds)
    rows = 0
    with connection.cursor().copy("COPY record FROM STDIN") as copying:
        for number, name in enumerate(map(str, records.ids)):
            row = named[name]
            days = int(records.valid_from[number]), int(records.valid_to[number])
            is_institution = row.category in institutions
            copying.write_row(
                (number, name, kinds[number], row.title, row.category, is_institution, *days, tops[number])
            )
            rows += 1
    for edge_type, columns in projection.edges.items():
        table = sql.Identifier(edge_type.lower())
        connection.execute(sql.SQL(_EDGE_TABLE).format(table=table))
        first = np.maximum(columns.valid_from, records.valid_from[columns.source])
        last = np.minimum(columns.valid_to, records.valid_to[columns.source])
        held = [columns.source, columns.target, first, last]
        with connection.cursor().copy(sql.SQL("COPY {table} FROM STDIN").format(table=table)) as copying:
            for row_of_edge in zip(*(column.tolist() for column in (*held, columns.is_secondary)), strict=True):
                copying.write_row(row_of_edge)
                rows += 1
        if edge_type in _IMPACT:
            _insert(connection, "needs", table, "target, source")
        if edge_type == "PRODUCES":
            _insert(connection, "needs", table, "source, target")
        if edge_type == "BASED_ON":
            _insert(connection, "rests", table, "target, source")
        if edge_type == "PART_OF":
            of_provisions = " WHERE source IN (SELECT no FROM record WHERE kind = 'Provision')"
            _insert(connection, "rests", table, "target, source", of_provisions)
        for statement in _EDGE_INDEXES.strip().split("\n"):
            connection.execute(sql.SQL(statement).format(table=table))
    for statement in _INDEXES.strip().split("\n"):
        connection.execute(sql.SQL(statement))
    connection.execute("VACUUM ANALYZE")
    return rows


def ask(connection: psycopg.Connection[Any], name: str, values: dict[str, object]) -> int:
    """Asks and fetches all rows; gives the count that the answer tells."""
    rows: Sequence[tuple[Any, ...]] = connection.execute(QUERIES[name], values, prepare=True).fetchall()
    return int(rows[0][0]) if rows else 0


def _insert(connection: psycopg.Connection[Any], into: str, table: sql.Identifier, ends: str, where: str = "") -> None:
    statement = f"INSERT INTO {into} SELECT {ends}, first_day, last_day FROM {{table}}{where}"
    connection.execute(sql.SQL(statement).format(table=table))


def _tops(graph: Graph, kinds: list[str]) -> list[int]:
    """The act of each provision; everything else is its own."""
    parts = graph.follower.current.edges["PART_OF"]
    tops = np.arange(len(kinds))
    is_provision = np.array([kind == "Provision" for kind in kinds])[parts.source]
    tops[parts.source[is_provision]] = parts.target[is_provision]
    while not (tops[tops] == tops).all():
        tops = tops[tops]
    return [int(top) for top in tops]


def _programs() -> Path | None:
    """The folder with the programs of the newest PostgreSQL."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).parent
    held = sorted(path.parent for folder in _FOLDERS for path in Path(folder).glob("*/bin/initdb"))
    return held[-1] if held else None


def _run(command: list[str], user: str | None, folder: Path) -> None:
    subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
