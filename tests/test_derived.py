"""Derived files equal what the schema gives, and the reference page leaves nothing out."""

import re

from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import committed, reference


def test_committed_files_are_what_the_schema_gives(kinds: Schema) -> None:
    stale = [
        path.name
        for path, text in committed.derived(kinds).items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run `make derive`"


def test_the_reference_names_every_kind_field_edge_and_code_in_both_languages(kinds: Schema) -> None:
    page = reference.page(kinds)
    for kind in kinds.kinds.values():
        assert kind.about.tr in page
        assert kind.about.en in page
        for field in kind.fields.values():
            assert f"| `{field.name}` | {field.label.tr} | {field.label.en} |" in page
        for edge in kind.edges.values():
            assert f"| `{edge.type}` | `{edge.role}` |" in page
            for field in edge.fields.values():
                assert f"| `{field.name}` | {field.label.tr} | {field.label.en} |" in page
    for codes in kinds.codes.values():
        for entry in codes.entries.values():
            assert f"| `{entry.code}` | {entry.label.tr} | {entry.label.en} |" in page


def test_links_of_the_reference_lead_somewhere(kinds: Schema) -> None:
    page = reference.page(kinds)
    anchors = set(re.findall(r'<a id="([^"]+)">', page))
    wanted = {anchor for anchor in re.findall(r"\(#([^)]+)\)", page) if anchor.startswith(("kind-", "codes-"))}
    assert wanted <= anchors


def test_rows_of_a_table_have_as_many_cells_as_its_head(kinds: Schema) -> None:
    cells = 0
    for line in reference.page(kinds).splitlines():
        here = line.count("|") if line.startswith("|") else 0
        assert not (cells and here) or here == cells, line
        cells = here
