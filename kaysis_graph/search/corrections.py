"""Words with one mistake in them: what was meant by a word that no record has."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kaysis_graph import text
from kaysis_graph.search.index.open_index import OpenIndex
from kaysis_graph.search.query import SearchQuery

# A word of six letters or less has too many others one letter away for one of them to be searched in its place.
_LONGEST_OFFERED: Final = 6
_SHORTEST_OFFERED: Final = 4
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_IS_WORD: Final = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Correction:
    """A word as it was said, and the word that was taken for it."""

    said: str
    taken: str


def unknown_words(index: OpenIndex, question: SearchQuery) -> dict[str, str]:
    """For each word of the question that no record has: the most frequent word with one mistake less, both folded.

    A mistake is a letter too many, too few or another, or two that changed places. Numbers are never mistaken.
    """
    found = {}
    for word in question.words:
        said = word.folded
        if len(said) < _SHORTEST_OFFERED or not _IS_WORD.fullmatch(said) or index.has_word(said, word.stem):
            continue
        near = [(index.frequency(other), other) for other in set(_one_away(said))]
        if near := [(count, other) for count, other in near if count]:
            found[said] = min(near, key=lambda held: (-held[0], held[1]))[1]
    return found


def taken_for(unknown: Mapping[str, str]) -> dict[str, str]:
    """Those that are searched for without being asked: the long ones."""
    return {said: taken for said, taken in unknown.items() if len(said) > _LONGEST_OFFERED}


def said_again(words: str, instead: Mapping[str, str]) -> str:
    """What was typed with other words in place of some."""
    return re.sub(r"\w+", lambda word: instead.get(text.fold(word[0]), word[0]), text.plain(words))


def corrections_in(words: str, instead: Mapping[str, str], written: Mapping[str, str]) -> tuple[Correction, ...]:
    """The words that were taken for others, as they were typed and as records write them."""
    typed = {text.fold(word): word for word in re.findall(r"\w+", text.plain(words))}
    return tuple(Correction(typed.get(said, said), written.get(taken, taken)) for said, taken in instead.items())


def _one_away(word: str) -> Iterator[str]:
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in parts:
        yield from (before + letter + after for letter in _LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in _LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
