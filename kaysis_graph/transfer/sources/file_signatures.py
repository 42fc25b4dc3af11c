"""The kind of a file by its first bytes, whatever its name: for the error that names a file we cannot read."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Literal

from kaysis_graph.transfer.sources import text_encoding

Kind = Literal["workbook", "binary_workbook", "old_workbook", "locked_workbook", "ods", "word", "zip", "pdf", "html"]
Signature = Kind | Literal["xml", "rtf", "image", "gzip", "sqlite"]
# What a ZIP of an office program holds, in the order they are asked: the first that is there names the file.
_MEMBERS: Mapping[str, Kind] = {
    "xl/workbook.bin": "binary_workbook",
    "xl/workbook.xml": "workbook",
    "word/document.xml": "word",
    "content.xml": "ods",
}
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names in an OLE2 file are UTF-16; a workbook with a password is one stream of this name in such a file.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_FIRST_BYTES: tuple[tuple[bytes, Signature], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "sqlite"),
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(!doctype html|html|table|head|meta|\?xml)", re.IGNORECASE)
_SAMPLE = 1 << 20


def signature_of(path: Path) -> Signature | None:
    """What the bytes say that the file is; None for whatever may be text."""
    with text_encoding.raw(path) as file:
        sample = file.read(_SAMPLE)
        if sample.startswith(b"PK\x03\x04"):
            return next(_in_zip(file), "zip")
    if sample.startswith(_OLE2):
        return "locked_workbook" if _LOCKED in sample else "old_workbook"
    if (found := _MARKUP.match(sample)) is not None:
        return "xml" if found[1].startswith(b"?") else "html"
    return next((kind for first, kind in _FIRST_BYTES if sample.startswith(first)), None)


def _in_zip(file: IO[bytes]) -> Iterator[Kind]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return
    yield from (kind for member, kind in _MEMBERS.items() if member in names)
