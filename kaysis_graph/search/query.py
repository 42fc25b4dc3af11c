"""A search question as people type it, cut and folded into the words, names and numbers that are looked for."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.records.search_text import number
from kaysis_graph.search.synonyms import read_synonyms, words_of

# guess: the longest title of a real act has 779 letters; nobody types more words than these to find one.
_MOST_LETTERS = 1_000
_MOST_WORDS = 24
# "5018 sayılı kanun": said of a number, and in no record's words. Left out beside other words.
_SAID_OF_NUMBERS = frozenset({"sayili", "numarali", "nolu", "tarihli", "ve", "ile", "and", "of", "the"})
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

    def says_all(self, name_words: Collection[str]) -> bool:
        """Whether the words of a record's names hold those that were asked for, and not only those of a synonym."""
        return all(any(held.startswith(word.folded) for held in name_words) for word in self.words)


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


def _too_long() -> Invalid:
    return Invalid(
        [Problem("search.too_long", {"parameter": "words"}, {"letters": _MOST_LETTERS, "words": _MOST_WORDS})]
    )
