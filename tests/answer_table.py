"""The table of answers: what is asked of the service and of the command line, and the digest of what each answers.

`answer_table.tsv` holds one line for each question. What a line stands for is the whole answer: the headers that
readers rely on and the body, or all that a command writes. Taken out before the digest is only what is another on each
planting or each machine, by the patterns named below.
"""

import gzip
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import Any, Final

import openpyxl
import zstandard

TABLE: Final = Path(__file__).with_name("answer_table.tsv")
# The texts behind the digests, as they were when they were last asked for: for the difference when they change.
TEXTS: Final = Path(__file__).parents[1] / "artefacts" / "answers"
HEADERS: Final = (
    "location",
    "content-disposition",
    "content-language",
    "link",
    "vary",
    "allow",
    "cache-control",
    "accept-query",
)
_COLUMNS: Final = "question\taccept\tstatus\tmedia\tdigest"
# Prefixes come out of a hash table of the library in another order in each process.
_PREFIXED: Final = {
    "text/turtle": re.compile(r"(?:@prefix [^\n]*\n)+"),
    "application/trig": re.compile(r"(?:@prefix [^\n]*\n)+"),
    "application/rdf+xml": re.compile(r"(?: xmlns:[^ >]*)+"),
}
# Blank nodes are named by chance; they are numbered in the order in which they come.
_BLANK: Final = re.compile(r"_:[0-9a-f]{20,32}\b")
_DIGITS: Final = 12
_MOST_LINES_SHOWN: Final = 60
# Two dumps of 17,000 lines in another order took the differ half a minute.
_MOST_LINES_COMPARED: Final = 10_000


@dataclass(frozen=True)
class AnswerLine:
    """One line of the table: a question, and what it is answered with.

    The question is `GET /flows?lang=en`, `POST /sparql query=…` or `kaysis flows --scope inside`; `accept` is the
    header sent, empty for none. The status of a command is its exit code; its media is what it was told to write.
    """

    question: str
    accept: str
    status: int
    media: str
    digest: str

    @property
    def is_command(self) -> bool:
        """Whether the command line is asked, not the service."""
        return self.question.split(" ", 1)[0] == "kaysis"

    @property
    def method(self) -> str:
        """GET, HEAD or POST."""
        return self.question.split(" ", 2)[0]

    @property
    def address(self) -> str:
        """The path with its parameters."""
        return self.question.split(" ", 2)[1]

    @property
    def path(self) -> str:
        """The path alone."""
        return self.address.partition("?")[0]

    @property
    def body(self) -> str:
        """What is sent with it."""
        return self.question.split(" ", 2)[2] if self.method == "POST" else ""

    def __str__(self) -> str:
        return self.question + (f"  [{self.accept}]" if self.accept else "")


@dataclass(frozen=True)
class Volatile:
    """A part of answers that is another on each planting, engine or machine though the answer is the same."""

    pattern: re.Pattern[str]
    instead: str
    reason: str


VOLATILE: Final = (
    Volatile(re.compile(r"\bimport-[0-9a-f]{12}\b"), "import-JOB", "jobs are named by chance"),
    Volatile(
        re.compile(r"<(?:link|script) [^>]*/static/bundle/[^>]*>\s*(?:</script>\s*)?"),
        "",
        "the scripts of the pages are not built everywhere",
    ),
    Volatile(
        re.compile(r'("(?:projection|build)_seconds"|data-milliseconds)([:=]) ?"?[\d.]+"?'), r"\1\2 TIME", "is measured"
    ),
    Volatile(re.compile(r"\([\d.,]+ (bayt|bytes)\)"), r"(SIZE \1)", "a workbook holds the second it was packed in"),
    Volatile(re.compile(r"[\d.,]+ (saniye|sn\b|seconds|s\b|ms\b)"), r"TIME \1", "is measured"),
    Volatile(re.compile(r'"pid": (?:\d+|null)'), '"pid": PID', "a process of this machine, and none of a server"),
    Volatile(re.compile(r"(?m)^(?:Süreç|Process) +\d+\n"), "", "a process of this machine, and none of a server"),
    Volatile(re.compile(r'"(engine|release)": "[^"]*"'), r'"\1": ENGINE', "is that of the engine"),
    Volatile(re.compile(r"(?m)^(Motor|Sürüm|Engine|Version) +\S+$"), r"\1 ENGINE", "is that of the engine"),
    Volatile(re.compile(r"(çizge motoru|graph engine): \w+"), r"\1: ENGINE", "is that of the engine"),
    Volatile(re.compile(r"(bolt|neo4j)://[^\s\"]+"), "SERVER", "the port that was free on this machine"),
    Volatile(re.compile(r'<p class="quiet">[^<]*make setup\s*</p>\s*'), "", "so the page says that they are missing"),
)


def read_table(path: Path = TABLE) -> list[AnswerLine]:
    """The lines of the table in their order; a line may lack its answer until it is written by `--update`."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    assert head == _COLUMNS
    read = []
    for line in lines:
        question, accept, status, media, digest = (*line.split("\t"), "", "", "", "")[:5]
        read.append(AnswerLine(question, accept, int(status or 0), media, digest))
    return read


def write_table(lines: Iterable[AnswerLine], path: Path = TABLE) -> None:
    """Writes the table anew."""
    told = ("\t".join((line.question, line.accept, str(line.status), line.media, line.digest)) for line in lines)
    path.write_text("\n".join((_COLUMNS, *told, "")), encoding="utf-8")


def text_of(media: str, body: bytes) -> str:
    """The body as a text with one thing a line: what is compared, and what a difference is shown of."""
    body = _unpacked(body)
    if body[:4] == b"PK\x03\x04":
        return _cells(body)
    if body[:4] == b"%PDF":
        # Its objects are packed in another order each time.
        return " ".join(str(found) for found in re.findall(rb"/MediaBox ?\[[^\]]*\]", body))
    try:
        return _in_lines(media, body.decode())
    except UnicodeDecodeError:
        return f"{body[:4]!r} {len(body)} {hashlib.sha256(body).hexdigest()}"


def _unpacked(body: bytes) -> bytes:
    if body[:2] == b"\x1f\x8b":
        return gzip.decompress(body)
    if body[:4] == zstandard.MAGIC_NUMBER.to_bytes(4, "little"):
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return body


def _in_lines(media: str, text: str) -> str:
    if media.endswith("json") and text:
        return json.dumps(_in_order(json.loads(text)), ensure_ascii=False, indent=1)
    if media in _PREFIXED:
        return _PREFIXED[media].sub(lambda found: "\n".join(sorted(re.split(r"\n| (?=xmlns)", found[0]))), text)
    if media == "text/html":
        # Indentation may change with the templates; whether there is a space may not.
        return re.sub(r"\s+", " ", text).replace("<", "\n<")
    return text.replace("><", ">\n<") if media.endswith("xml") else text


def _in_order(told: Any) -> Any:  # any JSON
    """JSON with the prefixes of its context in order."""
    if not isinstance(told, dict) or not isinstance(told.get("@context"), dict):
        return told
    return {**told, "@context": dict(sorted(told["@context"].items()))}


def _cells(body: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(body))
    lines = []
    for sheet in book.worksheets:
        lines.append(f"# {sheet.title} {sheet.freeze_panes}")
        for row in sheet.iter_rows():
            links = [cell.hyperlink.target or cell.hyperlink.location for cell in row if cell.hyperlink]
            lines.append("\t".join([*(repr(cell.value) for cell in row), *map(str, links)]))
    return "\n".join(lines)


def without_volatile(text: str, values: Mapping[str, str]) -> str:
    """The text with what is another each time put in one form; `values` are those of this graph and this machine."""
    for value, instead in values.items():
        text = text.replace(value, instead)
    for volatile in VOLATILE:
        text = volatile.pattern.sub(volatile.instead, text)
    names: dict[str, str] = {}
    return _BLANK.sub(lambda found: names.setdefault(found[0], f"_:b{len(names)}"), text)


@dataclass(frozen=True)
class GivenAnswer:
    """What a question is answered with now: its line, and the text that the digest is of."""

    line: AnswerLine
    text: str


def given_answer(asked: AnswerLine, status: int, media: str, text: str) -> GivenAnswer:
    """The answer given to a line's question; its text is kept for the next difference."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
    return GivenAnswer(replace(asked, status=status, media=media, digest=digest), text)


def keep_texts(answers: Iterable[GivenAnswer]) -> None:
    """Lays the texts of answers down, each under its digest."""
    TEXTS.mkdir(parents=True, exist_ok=True)
    for answer in answers:
        place = TEXTS / answer.line.digest
        if not place.exists():
            place.write_text(answer.text, encoding="utf-8", newline="")


def difference_of(expected: AnswerLine, given: GivenAnswer) -> str:
    """How an answer differs from the one in the table; without the old text only that it does."""
    told = f"{expected}\n  {expected.status} {expected.media} -> {given.line.status} {given.line.media}"
    place = TEXTS / expected.digest
    if not place.is_file():
        return f"{told}\n  (the text of {expected.digest} is not at hand; the new one: {TEXTS / given.line.digest})"
    old, new = place.read_text(encoding="utf-8").split("\n"), given.text.split("\n")
    if len(old) + len(new) > _MOST_LINES_COMPARED:
        gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
        lines = [f"  {len(gone)} lines gone, {len(come)} come, the others may stand elsewhere"]
        lines += [*(f"-{line}" for line in gone[:5]), *(f"+{line}" for line in come[:5])]
    else:
        lines = list(unified_diff(old, new, lineterm="", n=1))[2:_MOST_LINES_SHOWN]
    return "\n".join([told, *(line[:300] for line in lines)])


def differences(expected: Sequence[AnswerLine], given: Sequence[GivenAnswer], shown: int = 5) -> str:
    """All questions whose answers differ, the first few with the difference; empty when there is none."""
    pairs = [(old, new) for old, new in zip(expected, given, strict=True) if old != new.line]
    if not pairs:
        return ""
    names = [f"{len(pairs)} of {len(expected)} answers are not those of the table:", *(str(old) for old, _ in pairs)]
    return "\n".join([*names, "", *(difference_of(*pair) for pair in pairs[:shown])])
