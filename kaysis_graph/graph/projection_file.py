"""A projection in a file of its own, so that a start reads it in half a second in place of asking the engine."""

import contextlib
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Categories, EarlierSpells, EdgeColumns, frozen
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.record_table import GONE, RecordTable
from kaysis_graph.graph.titles import Titles

# Raised with every change of what lies in the file; a file of another form is passed over.
_FORM = 5
_EDGE_COLUMNS = ("source", "target", "valid_from", "valid_to", "is_secondary")
_SPELL_COLUMNS = ("position", "valid_from", "valid_to")
_TITLE_COLUMNS = ("present", "position", "valid_from", "valid_to", "former")
_SPAN_COLUMNS = ("position", "valid_from", "valid_to", "category")


def save(projection: Projection, path: Path) -> None:
    """Puts the projection in the place of the file at once: who reads meanwhile finds the old one or the new one."""
    records, categories = projection.records, projection.records.categories
    about = {
        "form": _FORM,
        "sequence": projection.sequence,
        "hash": projection.hash,
        "fingerprint": projection.fingerprint,
        "kinds": records.kinds,
        "in_order": records.in_order,
        "categories": dict(zip(categories.names, categories.is_institution.tolist(), strict=True)),
        "edge_types": list(projection.edges),
    }
    arrays: dict[str, NDArray[Any]] = {
        "about": _bytes(json.dumps(about)),
        "ids": _bytes("\n".join(records.ids.tolist())),
        "kind": records.kind,
        "valid_from": records.valid_from,
        "valid_to": records.valid_to,
        "is_undated": records.is_undated,
        "own_to": records.own_to,
        "is_told_over": records.is_told_over,
    }
    arrays |= {f"spell.{name}": getattr(records.earlier, name) for name in _SPELL_COLUMNS}
    arrays |= {f"span.{name}": getattr(categories, name) for name in _SPAN_COLUMNS}
    arrays |= {f"title.{name}": getattr(records.titles, name) for name in _TITLE_COLUMNS}
    for edge_type, columns in projection.edges.items():
        arrays |= {f"{edge_type}.{name}": getattr(columns, name) for name in _EDGE_COLUMNS}
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def load(path: Path, fingerprint: str) -> Projection | None:
    """The projection in the file; None when there is none, it is damaged, or the schema or the form is another."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            about = json.loads(_text(arrays["about"]))
            if about["form"] != _FORM or about["fingerprint"] != fingerprint:
                return None
            return _restored(about, {name: arrays[name] for name in arrays.files})
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


def _restored(about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Projection:
    text = _text(arrays["ids"])
    kind = arrays["kind"]
    ids = text.split("\n") if len(kind) else []
    position_of = dict(zip(ids, range(len(ids)), strict=True))
    if (kind == GONE).any():
        # A deleted record may have come back at a later position: the one that is there counts.
        position_of = {name: at for at, name in enumerate(ids) if kind[at] != GONE}
    records = RecordTable(
        tuple(about["kinds"]),
        frozen(np.array(ids, np.object_)),
        frozen(kind),
        frozen(arrays["valid_from"]),
        frozen(arrays["valid_to"]),
        EarlierSpells(*(frozen(arrays[f"spell.{name}"]) for name in _SPELL_COLUMNS)),
        frozen(arrays["is_undated"]),
        frozen(arrays["own_to"]),
        frozen(arrays["is_told_over"]),
        Categories(
            tuple(about["categories"]),
            frozen(np.array([*about["categories"].values()], np.bool_)),
            *(frozen(arrays[f"span.{name}"]) for name in _SPAN_COLUMNS),
        ),
        Titles(*(frozen(arrays[f"title.{name}"]) for name in _TITLE_COLUMNS)),
        position_of,
        about["in_order"],
    )
    edges = {
        edge_type: EdgeColumns(*(frozen(arrays[f"{edge_type}.{name}"]) for name in _EDGE_COLUMNS))
        for edge_type in about["edge_types"]
    }
    return Projection(about["sequence"], about["fingerprint"], records, edges, hash=about["hash"])


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: NDArray[Any]) -> str:
    return array.tobytes().decode()
