"""Finding out how a file is written: its compression, its encoding, its delimiter."""

import codecs
import contextlib
import csv
import gzip
import io
import re
import sys
import zlib
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
# The first line by which spreadsheets are told the delimiter.
_SAID_DELIMITER = re.compile(r"\ufeff?\"?sep=(.)\"?\s*", re.IGNORECASE)
# A cell may hold a whole law; the module's own limit is 131,072 letters.
csv.field_size_limit(sys.maxsize)


def raw(path: Path) -> IO[bytes]:
    """The bytes of a file, decompressed when its name ends in .gz."""
    if not path.is_file():
        raise NotFound("transfer.no_file", file=str(path))
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


@contextlib.contextmanager
def unpacked(path: Path) -> Iterator[None]:
    """Around whatever reads the file: Invalid when its compression is broken off, damaged or none at all."""
    try:
        yield
    except gzip.BadGzipFile as error:
        raise Invalid([Problem("transfer.no_gzip", {"file": path.name})]) from error
    except (EOFError, zlib.error) as error:
        raise Invalid([Problem("transfer.gzip_cut", {"file": path.name})]) from error


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
        raise Invalid([_undecodable(path, sample)])
    return name


def _undecodable(path: Path, sample: bytes) -> Problem:
    row, byte, is_lone = _first_odd(path)
    place: dict[str, str | int] = {"file": path.name, "row": row}
    if is_lone:
        return Problem("transfer.odd_byte", place, {"byte": f"0x{byte:02X}", "encoding": "utf-8"})
    best = from_bytes(sample[:65_536]).best()
    values = {"likely": best.encoding if best else "?", "byte": f"0x{byte:02X}", "row": row}
    return Problem("transfer.encoding", place, values)


def _first_odd(path: Path) -> tuple[int, int, bool]:
    """Row and value of the first byte that UTF-8 text does not have, and whether the file is UTF-8 all the same."""
    row = byte = odd = sound = 0
    number = 1
    with raw(path) as file:
        for number, line in enumerate(file, 1):
            at = line.find(b"\x00")
            if at < 0:
                try:
                    sound += len(line.decode()) < len(line)
                except UnicodeDecodeError as error:
                    at = error.start
            if at >= 0:
                odd += 1
                row, byte = (row, byte) if row else (number, line[at])
    # guess: a text in another encoding has no more rows with letters that are UTF-8 by chance than with odd bytes.
    return row, byte, sound > odd or (byte == 0 and (odd == 1 or odd * 10 <= number))


def twice_decoded_row(sample: str) -> int:
    """The first line that shows the marks of UTF-8 once read as something else."""
    rows = sample.splitlines()
    return next(number for number, row in enumerate(rows, 1) if any(mark in row for mark in _TWICE_DECODED))


def lines(path: Path, encoding: str) -> Iterator[str]:
    """The decoded lines of a file with their ends, so that a quoted field may hold them."""
    # Not a codec's own reader: that one counts U+2028 and U+0085 inside a text as ends of lines.
    with raw(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        yield from text


def was_decoded_twice(sample: str) -> bool:
    """Whether the text shows the marks of UTF-8 that was once read as something else."""
    return sum(sample.count(mark) for mark in _TWICE_DECODED) > 2  # noqa: PLR2004  # guess: one may be meant


def said_delimiter(line: str) -> str | None:
    """The delimiter that a first line `sep=;` says."""
    found = _SAID_DELIMITER.fullmatch(line.split("\n", 1)[0].rstrip("\r\n"))
    return found[1] if found else None


def delimiter_of(sample: str) -> str:
    """The sign that gives most rows of the sample equally many fields, and the most; a comma for a single column."""
    if said := said_delimiter(sample):
        return said
    best, best_score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = [row for row in csv.reader(sample.splitlines()[:200], delimiter=delimiter) if row]
        # Titles and notes above and below a table are of another width than its rows.
        width = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
        if width < 2:  # noqa: PLR2004  # one field is no table
            continue
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
