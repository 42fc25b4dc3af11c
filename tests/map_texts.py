"""Imports of files by maps that a test writes as a text."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from conftest import AUTHOR

from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.import_files import ImportSource
from kaysis_graph.transfer.maps import definition, mapped_source
from kaysis_graph.transfer.report import ImportReport


def source_by(kinds: Schema, rules: str, paths: Sequence[Path]) -> ImportSource:
    """The files as the rules read them."""
    return mapped_source.source(kinds, paths, definition.parse(tomllib.loads(rules), kinds, "map.toml"))


def import_text(store: Store, kinds: Schema, rules: str, path: Path, content: str) -> ImportReport:
    """Imports the content, written to the path."""
    path.write_text(content, "utf-8")
    return import_files.run(store, kinds, source_by(kinds, rules, [path]), AUTHOR)
