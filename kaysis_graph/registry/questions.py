"""A search question as people type it, cut and folded into what the full-text index and the ranking take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.registry.searched import BAR, kind_mark, name_mark, number, number_mark

# guess: the longest title of a real act has 779 letters; nobody types more words than these to find one.
_MOST_LETTERS = 1_000
_MOST_WORDS = 24
# "5018 sayılı kanun": said of a number, and in no record's words. Left out beside other words.
_SAID_OF_NUMBERS = frozenset({"sayili", "numarali", "nolu", "tarihli", "ve", "ile", "and", "of", "the"})
# Whole words of two letters stay whole: `il*` would find every "ilçe" and "ilgili".
_SHORTEST_BEGINNING = 3
# After an apostrophe stands a case ending: 5018'e, İzmir'in.
_ENDING = re.compile(r"(?<=\w)['’`´]\w*")


@dataclass(frozen=True)
class Word:
    """One word asked for: folded, and its stem."""

    folded: str
    stem: str


@dataclass(frozen=True)
class Question:
    """The words asked for in their order, the numbers among them, and the whole as a name and as a number."""

    words: tuple[Word, ...]
    numbers: tuple[str, ...]
    name: str
    number: str

    @property
    def takes(self) -> dict[str, object]:
        """The parameters by which the query ranks what it finds."""
        return {
            "exact": f"{BAR} {self.name} {BAR}",
            "beginning": f"{BAR} {self.name}",
            "number": self.number,
            "numbers": list(self.numbers),
            "whole": [f" {word.folded} " for word in self.words],
            "starts": [f" {word.folded}" for word in self.words],
        }

    def lucene(self, kinds: Sequence[str], *, is_relaxed: bool) -> str:
        """The question for the index: each word whole, as a beginning or as a stem; all of them, or any when relaxed.

        With kinds, only records of those.

        Folded words hold letters, digits and underscores only, so that nothing in them can mean anything to Lucene.
        """
        sign = "" if is_relaxed else "+"
        asked = " ".join(f"{sign}({' '.join(_alternatives(word))})" for word in self.words)
        # Where there are more candidates than can be ranked, the exact ones must be among them.
        marks = [name_mark(self.name), *map(number_mark, dict.fromkeys((self.number, *self.numbers)))]
        exactly = " ".join(f"search_marks:{mark}^1000" for mark in marks if mark.isidentifier())
        return f"+({asked}) {exactly}{_among(kinds)}"

    def as_typed(self, kinds: Sequence[str]) -> str:
        """The question for the index while it is being typed: words and beginnings of words of names, and of numbers.

        With kinds, only records of those.

        Texts and stems are left out: `yaz` took 310 ms with them on a busy embedded engine, 34 without.
        """
        words = " ".join(f"+({' '.join(_in_names(word.folded))})" for word in self.words)
        marks = [number_mark(held) for held in dict.fromkeys((self.number, *self.numbers))]
        numbers = " ".join(f"search_marks:{mark}^1000 search_marks:{mark}*^9" for mark in marks if mark.isidentifier())
        # A number alone is enough; before the many articles 9 come those that say the rest too, as "5018 m.9" does.
        return f"+(({words})^9000 {numbers}){_among(kinds)}"


def read_question(said: str) -> Question:
    """The question of what was typed; Invalid when no word is in it, or more than can be searched for."""
    if len(said) > _MOST_LETTERS:
        raise _too_long()
    kept = _ENDING.sub(" ", said)
    found = [Word(text.fold(word), text.stem(word)) for word in re.findall(r"\w+", kept)]
    # A word that is all marks folds to nothing.
    words = [word for word in found if word.folded]
    if not words:
        raise Invalid([Problem("search.no_words", {"parameter": "words"})])
    telling = [word for word in words if word.folded not in _SAID_OF_NUMBERS] or words
    unlike = tuple(dict.fromkeys(telling))
    if len(unlike) > _MOST_WORDS:
        raise _too_long()
    numbers = [number(token) for token in kept.split() if any(letter.isdigit() for letter in token)]
    name = " ".join(word.folded for word in words)
    return Question(unlike, tuple(dict.fromkeys(numbers)), name, number(kept))


def _among(kinds: Sequence[str]) -> str:
    marks = " ".join(f"search_marks:{kind_mark(kind)}" for kind in kinds)
    return f" +({marks})" if marks else ""


def _alternatives(word: Word) -> list[str]:
    # Weights order the candidates only where there are more than can be ranked: names before text, whole before part.
    asked = [f"search_names:{word.folded}^8", f"search_text:{word.folded}^2"]
    if len(word.folded) >= _SHORTEST_BEGINNING:
        asked += [f"search_names:{word.folded}*^3", f"search_text:{word.folded}*"]
    if word.stem:
        stem = text.fold(word.stem)
        asked += [f"search_stems:{stem}", *([f"search_text:{stem}"] if stem != word.folded else [])]
    return asked


def _in_names(folded: str) -> list[str]:
    whole = f"search_names:{folded}^8"
    return [whole, f"search_names:{folded}*"] if len(folded) >= _SHORTEST_BEGINNING else [whole]


def _too_long() -> Invalid:
    return Invalid(
        [Problem("search.too_long", {"parameter": "words"}, {"letters": _MOST_LETTERS, "words": _MOST_WORDS})]
    )
