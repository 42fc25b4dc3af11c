"""Which of the words that were asked for a text has, looked up word by word: the hits of a page repeat few words."""

from collections.abc import Iterable
from itertools import chain

from kaysis_graph import text
from kaysis_graph.search.query import SearchQuery, Word


class AskedWords:
    """The words of one question and of its synonyms, each as one bit."""

    def __init__(self, question: SearchQuery) -> None:
        self.question = question
        words = dict.fromkeys(chain(question.words, *question.others))
        self._bits = {word: 1 << place for place, word in enumerate(words)}
        self._own = self._bits_of(question.words)
        self._others = [self._bits_of(other) for other in question.others]
        self._by_text: dict[str, int] = {}
        self._by_word: dict[str, int] = {}
        self._by_stem: dict[str, int] = {}

    def count(self, said: str) -> int:
        """How many of the words asked for the text has; all of them where it has all of one with a synonym."""
        found = self._found(said)
        if any(found & other == other for other in self._others):
            return len(self.question.words)
        return (found & self._own).bit_count()

    def spots(self, said: str) -> tuple[tuple[int, int], ...]:
        """Where the words, or those of a synonym, stand in a text."""
        return tuple(spot.span() for spot in text.shown_words(said) if self._found(spot[0]))

    def _found(self, said: str) -> int:
        """The bits of the words that the text has: whole, as a beginning, or by their stem."""
        if said not in self._by_text:
            words, stems = text.words_and_stems(said)
            found = 0
            for word in words:
                found |= self._of_word(word)
            for stem in stems:
                found |= self._of_stem(stem)
            self._by_text[said] = found
        return self._by_text[said]

    def _of_word(self, word: str) -> int:
        if word not in self._by_word:
            self._by_word[word] = self._bits_of(
                asked for asked in self._bits if word.startswith(asked.folded) or word == asked.stem
            )
        return self._by_word[word]

    def _of_stem(self, stem: str) -> int:
        if stem not in self._by_stem:
            self._by_stem[stem] = self._bits_of(asked for asked in self._bits if stem == asked.stem)
        return self._by_stem[stem]

    def _bits_of(self, words: Iterable[Word]) -> int:
        return sum(self._bits[word] for word in set(words))
