"""Two texts compared word by word, and words found in a text: as pieces that a page can mark."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from kaysis_graph import text

Mark = Literal["same", "added", "removed", "found"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
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
    """The first text with what was removed, the last one with what was added; white space alone is no difference."""
    before, after = _TOKEN.findall(first), _TOKEN.findall(last)
    matcher = SequenceMatcher(None, [_key(word) for word in before], [_key(word) for word in after], autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for sort, begin, end, other_begin, other_end in matcher.get_opcodes():
        left.append(Piece("".join(before[begin:end]), "same" if sort == "equal" else "removed"))
        right.append(Piece("".join(after[other_begin:other_end]), "same" if sort == "equal" else "added"))
    return _joined(left), _joined(right)


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


def _key(token: str) -> str:
    return " " if token.isspace() else token


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
