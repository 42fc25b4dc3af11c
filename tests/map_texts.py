"""Imports of files by maps that a test writes as a text."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from conftest import AUTHOR

from kaysis_graph.graph.store import Store
from kaysis_graph.registry.transfer import importing, mapped, mapping
from kaysis_graph.registry.transfer.importing import Source
from kaysis_graph.registry.transfer.report import ImportReport
from kaysis_graph.schema import Schema


def source_by(kinds: Schema, rules: str, paths: Sequence[Path]) -> Source:
    """The files as the rules read them."""
    return mapped.source(kinds, paths, mapping.parse(tomllib.loads(rules), kinds, "map.toml"))


def import_text(store: Store, kinds: Schema, rules: str, path: Path, content: str) -> ImportReport:
    """Imports the content, written to the path."""
    path.write_text(content, "utf-8")
    return importing.run(store, kinds, source_by(kinds, rules, [path]), AUTHOR)
