"""Files become records and edges: every format, every problem named, never doubled."""

from pathlib import Path

from conftest import AUTHOR

from kaysis_graph.graph.store import Store
from kaysis_graph.registry.transfer import importing, mapping
from kaysis_graph.schema import Schema

ACTS = """
[values]
act = "{prefix}-{no}"
prefix = { from = "{type}", values = { "1" = "kanun", "4" = "khk" } }

[[record]]
kind = "Legislation"
id = "{act}"
[record.fields]
title = "{title}"
number = "{no}"
gazette_on = "{date}"
legislation_type = { from = "{type}", values = { "1" = "law", "4" = "decree_law" } }
"""


def read_map(kinds: Schema, text: str) -> mapping.ImportMap:
    import tomllib

    return mapping.parse(tomllib.loads(text), kinds, "map.toml")


def test_a_csv_becomes_records_and_a_second_run_changes_nothing(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("type;no;title;date\n1;5018;Kamu Malî Yönetimi Kanunu;24/12/2003\n4;375;Kararname;30.06.1989\n", "utf-8")
    acts = read_map(kinds, ACTS)
    report = importing.run(store, kinds, [path], acts, AUTHOR)
    assert (report.status, report.records.new, report.errors) == ("written", 2, 0)
    assert (report.files[0].encoding, report.files[0].delimiter) == ("utf-8", ";")
    again = importing.run(store, kinds, [path], acts, AUTHOR)
    assert (again.status, again.changes, again.records.unchanged) == ("unchanged", 0, 2)
