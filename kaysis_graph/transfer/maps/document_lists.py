"""The documents that one cell of a service standards table lists: numbered, bulleted, line by line.

Read as a person reads them, but only where the words are plain: alternatives, copies and conditions that are not stay
in the title, as they are written.
"""

import re
from collections.abc import Iterator
from typing import Any

from kaysis_graph import text

# `1-`, `1.`, `1)`, `(1)`; not the beginning of 10.07.2018, `3- 2 adet` is one all the same.
_NUMBERED = r"\s*(?:[.)]-?|[-–])(?:\s+(?=\S)|(?=[^\d\s.)]))"
_NUMBER_MARK = re.compile(rf"\(?\d{{1,2}}{_NUMBERED}|[a-zçğıöşü]\s*\)\s*")
_BULLET = re.compile(r"[•●▪■◦·✓*]\s*|[-–—]\s+")
_COUNT_WORDS = ("bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz", "on")
_COUNT = rf"(\d{{1,3}}|{'|'.join(_COUNT_WORDS)})\s*(?:adet|nüsha|suret|tane)"
_COPIES = (
    re.compile(rf"\(\s*{_COUNT}\s*\)", re.IGNORECASE),
    re.compile(rf"^{_COUNT}\s+", re.IGNORECASE),
    re.compile(rf"\s*[-–,:]?\s*\b{_COUNT}$", re.IGNORECASE),
)
_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")
# Conditional forms, folded: ise, varsa, gerekiyorsa, değilse, edilmişse, olacaksa; hâlinde, durumunda.
_IF = r"(?:ise|\w+[rylzskn]s[ae]|halinde|durumunda|takdirde)"
_CONDITION = re.compile(rf"(?:.*\s)?(?:{_IF}|icin)")
_LEADING = re.compile(rf"(?P<condition>(?:\S+\s+){{0,9}}?{_IF}),?\s+(?P<title>\S.*)")
_TRAILING = re.compile(r"(?P<title>.*\S)\s+(?P<condition>varsa|gerekiyorsa|gerekirse|isteniyorsa|istenirse)")
# Ends like a condition and is a place.
_NO_CONDITION = re.compile(r"(?:.*\s)?bursa")
_OR = re.compile(r"\s+(?:veya|veyahut|ya\s?da)\s+", re.IGNORECASE)
_AND = re.compile(r"\s(?:ve|ile)\s", re.IGNORECASE)
# How names of documents begin once folded: dilekçesi, kimlik kartı, tapu senedi, imza sirküleri.
_DOCUMENT = re.compile(
    r"(?:dilekce|form|kimlik|kart|cuzdan|pasaport|belge|rapor|beyan|tutana|karar|vekalet|sozlesme|fatura|makbuz|dekont"
    r"|diploma|ruhsat|tapu|sened|senet|liste|fotograf|harita|proje|plan|yazi|taahhut|ehliyet|sertifika|kroki|levha"
    r"|sirkuler|gazete|police|muvafakat|izinname|ilmuhaber|kayit|kayd|sicil|bildirim|mazbata|protokol)\w{0,8}"
)
_COPY = re.compile(r"(?:asli|asil|fotokopi|ornek|ornegi|suret|kopya|onayli)\w{0,4}")
# What tables write where they ask for nothing.
_NOTHING = frozenset(
    {
        "-",
        "–",
        "—",
        "yok",
        "yoktur",
        "istenmez",
        "istenmiyor",
        "istenmemektedir",
        "belge istenmez",
        "belge istenmemektedir",
        "gerekmez",
    }
)
_HEADING = re.compile(r"belge|evrak|dokuman")


def read_items(cell: str) -> list[str]:
    """What a cell lists, in its order and without numbers and bullets; a line without a mark goes on from the last.

    A cell of one line is read through its numbers (`1- Dilekçe 2- Form`), else divided at semicolons.
    """
    return [item for _, item in _items(cell)]


def read_documents(cell: str) -> list[dict[str, Any]]:
    """The documents of a cell: `text` as written, `title`, and `copies`, `condition`, `alternative` where plain.

    Those with the same `alternative`, the place of their item in the list, are "A or B". A line that ends in a colon
    (`Yabancılar için:`) is the condition of what stands under it.
    """
    documents = []
    items = [(heading, item) for heading, item in _items(cell) if text.fold(item) not in _NOTHING]
    for number, (heading, item) in enumerate(items, 1):
        read = _read_document(item)
        if heading:
            read["condition"] = "; ".join(part for part in (heading, read.get("condition")) if part)
        titles = _alternatives(read["title"])
        for one in titles:
            title, condition = _condition(one) if len(titles) > 1 else (one, "")
            choice = {"alternative": str(number)} if len(titles) > 1 else {}
            only = {"condition": condition} if condition else {}
            documents.append({**read, "title": _capitalised(title), **choice, **only})
    return documents


def _items(cell: str) -> Iterator[tuple[str, str]]:
    lines = [" ".join(line.split()) for line in cell.splitlines() if line.strip()]
    if len(lines) == 1:
        lines = _numbered_parts(lines[0]) or [part.strip() for part in lines[0].split(";")]
    is_marked = any(_mark(line) for line in lines)
    heading, item = "", ""
    for line in lines:
        mark = _mark(line)
        if not mark and line.endswith(":") and len(lines) > 1:
            yield from _told(heading, item)
            item = ""
            heading = "" if _HEADING.search(text.fold(line)) else line.rstrip(" :")
        elif is_marked and not mark and item:
            item = f"{item} {line}"
        else:
            yield from _told(heading, item)
            item = line[len(mark) :]
    yield from _told(heading, item)


def _told(heading: str, item: str) -> Iterator[tuple[str, str]]:
    if plain := item.strip(" ,;").removesuffix(".").strip():
        yield heading, plain


def _mark(line: str) -> str:
    found = _NUMBER_MARK.match(line) or _BULLET.match(line)
    return found[0] if found else ""


def _numbered_parts(line: str) -> list[str]:
    """The parts of a line that counts 1, 2, 3 …; none when it does not begin with 1 or never comes to 2."""
    starts: list[int] = []
    at = 0
    while found := re.compile(rf"(?:^|(?<=[\s,;]))\(?{len(starts) + 1}{_NUMBERED}").search(line, at):
        at = found.end()
        # `Form (Ek 2-A)` counts nothing.
        if line.count("(", 0, found.start()) == line.count(")", 0, found.start()):
            starts.append(found.start())
    if len(starts) < 2 or starts[0] != 0:  # noqa: PLR2004  # a list has two items
        return []
    return [line[first:last].strip() for first, last in zip(starts, [*starts[1:], len(line)], strict=True)]


def _read_document(item: str) -> dict[str, Any]:
    read: dict[str, Any] = {"text": item}
    title = item
    for pattern in _COPIES:
        if found := pattern.search(title):
            rest = f"{title[: found.start()]} {title[found.end() :]}".strip()
            if rest:
                read["copies"] = _count(found[1])
                title = " ".join(rest.split())
            break
    title, condition = _condition(title)
    if condition:
        read["condition"] = condition
    return {**read, "title": title}


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _COUNT_WORDS.index(text.lower(written)) + 1


def _condition(title: str) -> tuple[str, str]:
    """The title without its condition, and the condition; empty where none is plain."""
    if (found := _BRACKETS.search(title)) and found.start() > 0:
        folded = text.fold(found[1]).strip()
        if _CONDITION.fullmatch(folded) and not _NO_CONDITION.fullmatch(folded):
            return title[: found.start()].strip(), found[1].strip()
    folded = text.fold(title)
    # Folding keeps the number of letters of composed Turkish text, so places in one are places in the other.
    if len(folded) == len(title):
        for pattern in (_TRAILING, _LEADING):
            if (found := pattern.fullmatch(folded)) and not _NO_CONDITION.fullmatch(found["condition"]):
                first, last = found.span("title")
                begun, ended = found.span("condition")
                return title[first:last], title[begun:ended]
    return title, ""


def _alternatives(title: str) -> list[str]:
    """The documents of which one is enough; the whole title when a part of it names no document of its own."""
    plain = re.sub(r"\([^()]*\)", "", title)
    if not _OR.search(plain) or _AND.search(plain):
        return [title]
    parts = [part.strip() for choice in _OR.split(title) for part in choice.split(",")]
    return parts if all(map(_is_document, parts)) else [title]


def _is_document(part: str) -> bool:
    words = text.words(re.sub(r"\([^()]*\)", "", part))
    named = [word for word in words if _DOCUMENT.fullmatch(word)]
    return bool(named) and (words[-1] in named or _COPY.fullmatch(words[-1]) is not None)


def _capitalised(title: str) -> str:
    return text.upper(title[:1]) + title[1:]
