"""Two texts compared word by word, and words found in a text: as pieces that a page can mark."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from kaysis_graph import text

Mark = Literal["same", "added", "removed", "found"]

# A word or sign with the space behind it. With the spaces apart each of them is a place where two texts may agree:
# two texts of 1,500 words took 2.4 s, and take 0.02 s.
_TOKEN = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")
# Time grows with the product of what is unlike, and with how often words repeat: 0.02 to 0.4 s for 2,000 on each side.
_MOST_WORDS = 2_000
_WORD = re.compile(r"\w+")
# The official texts come in one line; paragraphs "(2)" and clauses "b)" begin after a sentence or a comma.
_NEW_LINE = re.compile(r"(?<=[.:;,])\s*(?=\(\d{1,2}\) ?|[a-zçğıöşü]{1,2}\) ?\w)")


@dataclass(frozen=True)
class Piece:
    """A stretch of text and what is to be said of it."""

    text: str
    mark: Mark


def laid_out(words: str) -> str:
    """The text with each paragraph and clause on a line of its own."""
    return _NEW_LINE.sub("\n", words)


def compared(first: str, last: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The first text with what was removed, the last one with what was added; white space alone is no difference.

    Of texts that differ over more than 2,000 words what lies between their common ends is told as one difference.
    """
    stretches = [*_stretches(first, last)]
    left = [Piece(old, "same" if is_same else "removed") for is_same, old, _ in stretches]
    right = [Piece(new, "same" if is_same else "added") for is_same, _, new in stretches]
    return _joined(left), _joined(right)


def merged(first: str, last: str) -> tuple[Piece, ...]:
    """Both texts as one, what was removed before what came in its place."""
    return _joined(
        [
            piece
            for is_same, old, new in _stretches(first, last)
            for piece in ((Piece(new, "same"),) if is_same else (Piece(old, "removed"), Piece(new, "added")))
        ]
    )


def found(words: str, sought: Sequence[str]) -> tuple[Piece, ...]:
    """The text with every word marked that holds one of the sought words; the whole text where none is sought."""
    pieces: list[Piece] = []
    end = 0
    for word in _WORD.finditer(words) if sought else ():
        if any(one in text.fold(word.group()) for one in sought):
            pieces += [Piece(words[end : word.start()], "same"), Piece(word.group(), "found")]
            end = word.end()
    return _joined([*pieces, Piece(words[end:], "same")])


def holds(words: str, sought: Sequence[str]) -> bool:
    """Whether the text holds all sought words, each inside any word of it: scanned texts have lost spaces."""
    folded = text.fold(words)
    return all(one in folded for one in sought)


def _stretches(first: str, last: str) -> Iterator[tuple[bool, str, str]]:
    """Both texts from beginning to end: whether they agree over a stretch, and how each of them says it."""
    before, after = _TOKEN.findall(first), _TOKEN.findall(last)
    words, others = [token.rstrip() for token in before], [token.rstrip() for token in after]
    begin = _alike(words, others)
    alike = _alike(words[begin:][::-1], others[begin:][::-1])
    end, other_end = len(words) - alike, len(others) - alike
    yield True, "".join(before[:begin]), "".join(after[:begin])
    old, new = words[begin:end], others[begin:other_end]
    if len(old) * len(new) > _MOST_WORDS**2:
        yield False, "".join(before[begin:end]), "".join(after[begin:other_end])
    else:
        for sort, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            said = "".join(before[begin + one : begin + two]), "".join(after[begin + three : begin + four])
            yield sort == "equal", *said
    yield True, "".join(before[end:]), "".join(after[other_end:])


def _alike(words: Sequence[str], others: Sequence[str]) -> int:
    """With how many equal words both begin."""
    pairs = enumerate(zip(words, others, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(words), len(others)))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    def runs() -> Iterator[Piece]:
        said, mark = "", pieces[0].mark if pieces else "same"
        for piece in pieces:
            if piece.text and piece.mark != mark and said:
                yield Piece(said, mark)
                said = ""
            if piece.text:
                mark = piece.mark
            said += piece.text
        if said:
            yield Piece(said, mark)

    return tuple(runs())
