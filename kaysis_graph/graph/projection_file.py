"""A projection in a file of its own, so that a start reads it in half a second in place of asking the engine.

Numbers are read, texts lie in the file and are read where they are asked for: processes on one machine share them. A
file is never written over, so that who has one open keeps it until he lets go.
"""

import contextlib
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Categories, EarlierSpells, frozen
from kaysis_graph.graph.fields.edge_columns import EdgeColumns
from kaysis_graph.graph.fields.field_file import (
    arrays_of_edge_fields,
    arrays_of_fields,
    restored_edge_fields,
    restored_fields,
)
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.record_table import GONE, RecordTable
from kaysis_graph.graph.titles import Titles
from kaysis_graph.schema import Schema

# Raised with every change of what lies in the file; a file of another form is passed over.
_FORM = 7
_SUFFIX = ".npy"
# Of the header before each member of a ZIP file: its size, and where it says how long the name and what follows it are.
_ZIP_HEADER, _ZIP_LENGTHS = 30, 26
_EDGE_COLUMNS = ("source", "target", "valid_from", "valid_to", "is_secondary", "field_row")
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
    arrays |= {f"field.{name}": array for name, array in arrays_of_fields(projection.fields).items()}
    for edge_type, columns in projection.edges.items():
        arrays |= {f"{edge_type}.{name}": getattr(columns, name) for name in _EDGE_COLUMNS}
        arrays |= {f"{edge_type}.{name}": array for name, array in arrays_of_edge_fields(columns.fields).items()}
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


def load(path: Path, fingerprint: str, schema: Schema) -> Projection | None:
    """The projection in the file; None when there is none, it is damaged, or the schema or the form is another."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(_text(_array(archive, "about")))
            if about["form"] != _FORM or about["fingerprint"] != fingerprint:
                return None
            names = [member.filename.removesuffix(_SUFFIX) for member in archive.infolist()]
            arrays = {
                name: frozen(_mapped(archive, name) if _is_mapped(name) else _array(archive, name)) for name in names
            }
            return _restored(about, arrays, schema)
    except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None


def _restored(about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], schema: Schema) -> Projection:
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
        arrays["valid_from"],
        arrays["valid_to"],
        EarlierSpells(*(arrays[f"spell.{name}"] for name in _SPELL_COLUMNS)),
        arrays["is_undated"],
        arrays["own_to"],
        arrays["is_told_over"],
        Categories(
            tuple(about["categories"]),
            frozen(np.array([*about["categories"].values()], np.bool_)),
            *(arrays[f"span.{name}"] for name in _SPAN_COLUMNS),
        ),
        Titles(*(arrays[f"title.{name}"] for name in _TITLE_COLUMNS)),
        position_of,
        about["in_order"],
    )
    edges = {
        edge_type: EdgeColumns(
            restored_edge_fields(schema, edge_type, arrays),
            *(arrays[f"{edge_type}.{name}"] for name in _EDGE_COLUMNS),
        )
        for edge_type in about["edge_types"]
    }
    kept = {name.removeprefix("field."): array for name, array in arrays.items() if name.startswith("field.")}
    fields = restored_fields(schema, records.ids, kept)
    return Projection(about["sequence"], about["fingerprint"], records, edges, fields, hash=about["hash"])


def _array(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    with archive.open(name + _SUFFIX) as member:
        return np.lib.format.read_array(member, allow_pickle=False)


def _is_mapped(name: str) -> bool:
    # Windows lets nobody put a file in the place of one that is mapped.
    return name.endswith(".letters") and os.name != "nt"


def _mapped(archive: zipfile.ZipFile, name: str) -> NDArray[Any]:
    """An array of bytes as it lies in the file, whose sum is checked as `zipfile` checks those it reads."""
    member = archive.getinfo(name + _SUFFIX)
    if not member.file_size or member.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile
    with Path(str(archive.filename)).open("rb") as file:
        file.seek(member.header_offset + _ZIP_LENGTHS)
        begin = member.header_offset + _ZIP_HEADER + sum(struct.unpack("<HH", file.read(4)))
        file.seek(begin)
        version = np.lib.format.read_magic(file)
        if version != (1, 0):
            raise zipfile.BadZipFile
        (size,), _, kind = np.lib.format.read_array_header_1_0(file)
        offset = file.tell()
        if kind != np.uint8 or offset - begin + size != member.file_size:
            raise zipfile.BadZipFile
        if size == 0:
            return np.empty(0, np.uint8)
        whole = np.memmap(file, np.uint8, "r", offset=begin, shape=(member.file_size,))
    if zlib.crc32(whole.data) != member.CRC:
        raise zipfile.BadZipFile
    return np.asarray(whole[offset - begin :])


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: NDArray[Any]) -> str:
    return array.tobytes().decode()
