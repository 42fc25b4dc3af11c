"""A search question as people type it, cut and folded into what the full-text index and the ranking take."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.records.search_text import BAR, kind_mark, name_mark, number, number_mark
from kaysis_graph.search.synonyms import read_synonyms, words_of

# guess: the longest title of a real act has 779 letters; nobody types more words than these to find one.
_MOST_LETTERS = 1_000
_MOST_WORDS = 24
# "5018 sayılı kanun": said of a number, and in no record's words. Left out beside other words.
_SAID_OF_NUMBERS = frozenset({"sayili", "numarali", "nolu", "tarihli", "ve", "ile", "and", "of", "the"})
# Whole words of two letters stay whole: `il*` would find every "ilçe" and "ilgili".
_SHORTEST_BEGINNING = 3
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
# After an apostrophe stands a case ending: 5018'e, İzmir'in.
_ENDING = re.compile(r"(?<=\w)['’`´]\w*")


@dataclass(frozen=True)
class Word:
    """One word asked for: folded, and its stem."""

    folded: str
    stem: str


@dataclass(frozen=True)
class SearchQuery:
    """The words asked for in their order, the numbers among them, and the whole as a name and as a number.

    `others` are the words with synonyms in place of what was said, `also` those synonyms as they are told. `cited` are
    the numbers of the provisions that are cited, the most exact ones in `cited_exactly`; `cited_acts` those of the acts
    they are of, which are found where the graph has no such provision. `bare_numbers` are those numbers that were typed
    with zeros in front, without them.
    """

    words: tuple[Word, ...]
    numbers: tuple[str, ...]
    name: str
    number: str
    others: tuple[tuple[Word, ...], ...] = ()
    also: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    cited_exactly: tuple[str, ...] = ()
    cited_acts: tuple[str, ...] = ()
    bare_numbers: tuple[str, ...] = ()

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
            "others": [[f" {word.folded}" for word in other] for other in self.others],
            "beginnings": [f"{BAR} {' '.join(word.folded for word in other)}" for other in self.others],
            "cited": list(self.cited),
            "cited_exactly": list(self.cited_exactly),
        }

    def says_all(self, names: str) -> bool:
        """Whether the folded names of a record hold the words themselves, and not only those of a synonym."""
        return all(f" {word.folded}" in names for word in self.words)

    def lucene(self, kinds: Sequence[str], *, is_relaxed: bool) -> str:
        """The question for the index: each word whole, as a beginning or as a stem; all of them, or any when relaxed.

        With kinds, only records of those.

        Folded words hold letters, digits and underscores only, so that nothing in them can mean anything to Lucene.
        """
        sign = "" if is_relaxed else "+"
        asked = _all_of(self.words, _alternatives, sign)
        if beside := [f"({_all_of(other, _alternatives, '+')})" for other in self.others]:
            asked = f"({asked}) {' '.join(beside)}"
        if found := (*self.cited, *self.cited_acts, *self.bare_numbers):
            asked = f"({asked}) {' '.join(f'search_marks:{number_mark(held)}^2000' for held in found)}"
        # Where there are more candidates than can be ranked, the exact ones must be among them.
        marks = [name_mark(self.name), *map(number_mark, dict.fromkeys((self.number, *self.numbers)))]
        exactly = " ".join(f"search_marks:{mark}^1000" for mark in marks if mark.isidentifier())
        return f"+({asked}) {exactly}{_among(kinds)}"

    def as_typed(self, kinds: Sequence[str]) -> str:
        """The question for the index while it is being typed: words and beginnings of words of names, and of numbers.

        With kinds, only records of those.

        Texts and stems are left out: `yaz` took 310 ms with them on a busy embedded engine, 34 without.
        """
        words = _all_of(self.words, _in_names, "+")
        beside = "".join(f" ({_all_of(other, _in_names, '+')})^900" for other in self.others)
        cited = "".join(f" search_marks:{number_mark(held)}^20000" for held in self.cited)
        marks = [number_mark(held) for held in dict.fromkeys((self.number, *self.numbers))]
        numbers = " ".join(f"search_marks:{mark}^1000 search_marks:{mark}*^9" for mark in marks if mark.isidentifier())
        # A number alone is enough; before the many articles 9 come those that say the rest too, as "5018 m.9" does.
        return f"+(({words})^9000 {numbers}{beside}{cited}){_among(kinds)}"


def read_question(said: str) -> SearchQuery:
    """The question of what was typed; Invalid when no word is in it, or more than can be searched for."""
    if len(said) > _MOST_LETTERS:
        raise _too_long()
    kept = _ENDING.sub(" ", text.plain(said))
    found = [Word(text.fold(word), text.stem(word)) for word in re.findall(r"\w+", kept)]
    # A word that is all marks folds to nothing.
    words = [word for word in found if word.folded]
    if not words:
        raise Invalid([Problem("search.no_words", {"parameter": "words"})])
    telling = [word for word in words if word.folded not in _SAID_OF_NUMBERS] or words
    unlike = tuple(dict.fromkeys(telling))
    if len(unlike) > _MOST_WORDS:
        raise _too_long()
    tokens = [token for token in kept.split() if any(letter.isdigit() for letter in token)]
    numbers = dict.fromkeys(number(token) for token in tokens)
    bare = tuple(held for token in tokens if (held := number(_ZEROS.sub("", token))) not in numbers)
    name = " ".join(word.folded for word in words)
    others, also = _with_synonyms(telling)
    return SearchQuery(unlike, (*numbers, *bare), name, number(kept), others, also, bare_numbers=bare)


def _with_synonyms(words: Sequence[Word]) -> tuple[tuple[tuple[Word, ...], ...], tuple[str, ...]]:
    """The words with each synonym in place of the phrase that was said, and the synonyms as they are told."""
    said = [(word.folded, word.stem) for word in words]
    others: dict[tuple[Word, ...], str] = {}
    place = 0
    while place < len(words):
        synonym = next((held for held in read_synonyms() if held.stands_at(said, place)), None)
        length = len(synonym.words) if synonym else 1
        for phrase in synonym.also if synonym else ():
            instead = [Word(*held) for held in words_of(phrase)]
            others[tuple(dict.fromkeys([*words[:place], *instead, *words[place + length :]]))] = phrase
        place += length
    return tuple(others), tuple(dict.fromkeys(others.values()))


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


def _in_names(word: Word) -> list[str]:
    whole = f"search_names:{word.folded}^8"
    return [whole, f"search_names:{word.folded}*"] if len(word.folded) >= _SHORTEST_BEGINNING else [whole]


def _all_of(words: Sequence[Word], asked: Callable[[Word], list[str]], sign: str) -> str:
    """Each of the words with the sign before it: all of them must be there, or with an empty one any."""
    return " ".join(f"{sign}({' '.join(asked(word))})" for word in words)


def _too_long() -> Invalid:
    return Invalid(
        [Problem("search.too_long", {"parameter": "words"}, {"letters": _MOST_LETTERS, "words": _MOST_WORDS})]
    )
