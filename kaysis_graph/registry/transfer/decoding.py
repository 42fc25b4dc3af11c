"""Finding out how a file is written: its compression, its encoding, its delimiter."""

import codecs
import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from charset_normalizer import from_bytes

from kaysis_graph.errors import Invalid, NotFound, Problem

# Enough to see the letters and rows a file uses; a megabyte is judged in 10 ms.
_SAMPLE = 1 << 20
_BLOCK = 1 << 18
_TURKISH = frozenset("çğıöşüÇĞİÖŞÜâîûÂÎÛ")
# Quotes, dashes and signs that Turkish office files hold beside letters.
_USUAL_SIGNS = frozenset("‘’“”–—…•€§°´«»·©®™½²³\xa0")
# Turkish UTF-8 that somebody read as Windows-1254 and saved again: Ä±, ÅŸ, ÄŸ, Ã¼, Ã¶, Ã§, Ä°.
_TWICE_DECODED = ("Ä±", "ÅŸ", "ÄŸ", "Ã¼", "Ã¶", "Ã§", "Ä°", "Åž", "Ã–", "Ãœ", "Ã‡")
_DELIMITERS = (",", ";", "\t", "|")


def raw(path: Path) -> IO[bytes]:
    """The bytes of a file, decompressed when its name ends in .gz."""
    if not path.is_file():
        raise NotFound("transfer.no_file", file=str(path))
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def encoding_of(path: Path) -> str:
    """utf-8-sig, utf-8, utf-16, windows-1254 or iso-8859-9; Invalid when the bytes are no Turkish or plain text."""
    with raw(path) as file:
        sample = file.read(_SAMPLE)
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _is_utf_8(path):
        return "utf-8"
    nul_at = Counter(place % 2 for place, byte in enumerate(sample[:4_000]) if byte == 0)
    if nul_at.total() > len(sample[:4_000]) // 4:
        return "utf-16-le" if nul_at[1] > nul_at[0] else "utf-16-be"
    high = {byte for byte in sample if byte >= 0x80}  # noqa: PLR2004  # beyond ASCII
    # ISO 8859-9 has control signs where Windows-1254 has quotes and dashes; elsewhere they agree.
    name = "windows-1254" if any(byte < 0xA0 for byte in high) else "iso-8859-9"  # noqa: PLR2004  # end of C1
    decoded = sample.decode(name, errors="replace")
    odd = [sign for sign in decoded if ord(sign) > 0x7F]  # noqa: PLR2004  # beyond ASCII
    fit = sum(sign in _TURKISH or sign in _USUAL_SIGNS for sign in odd)
    # guess: real Turkish text in either encoding has over 99 % of its non-ASCII signs among these.
    if b"\x00" in sample or fit < len(odd) * 0.9:
        best = from_bytes(sample[:65_536]).best()
        likely = best.encoding if best else "?"
        raise Invalid([Problem("transfer.encoding", {"file": path.name}, {"likely": likely})])
    return name


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The decoded lines of a file with their ends, so that a quoted field may hold them."""
    # Not a codec's own reader: that one counts U+2028 and U+0085 inside a text as ends of lines.
    with raw(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        yield from text


def was_decoded_twice(sample: str) -> bool:
    """Whether the text shows the marks of UTF-8 that was once read as something else."""
    return sum(sample.count(mark) for mark in _TWICE_DECODED) > 2  # noqa: PLR2004  # guess: one may be meant


def delimiter_of(sample: str) -> str:
    """The sign that gives the rows of the sample equally many fields, and the most; a comma for a single column."""
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(sample.splitlines()[:200], delimiter=delimiter) if row]
        if not rows or len(rows[0]) < 2:  # noqa: PLR2004  # one field is no table
            continue
        width = len(rows[0])
        score = (sum(len(row) == width for row in rows) / len(rows), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _is_utf_8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with raw(path) as file:
            while block := file.read(_BLOCK):
                if b"\x00" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
