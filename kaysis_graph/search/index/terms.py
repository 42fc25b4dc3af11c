"""What is asked of the index: a question of words, its ranks and its filters as queries of the search library."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import tantivy
from tantivy import FieldType, Occur, Query

from kaysis_graph.graph.columns import day_of
from kaysis_graph.search.index.day_blocks import blocks_of_day
from kaysis_graph.search.index.documents import OTHER, PRESENT, code_word, name_word, range_name, range_number
from kaysis_graph.search.query import SearchQuery, Word

# Whole words of two letters stay whole: a beginning `il` would find every "ilçe" and "ilgili".
_SHORTEST_BEGINNING: Final = 3
_PLAIN: Final = re.compile(r"[\w·-]+")
BY_NAMES: Final = 4
"""The first of the ranks that names and words tell; those before it are whole names and numbers."""
RANKS: Final = 10
"""How many ranks there are before that of what is found for no better reason."""
# Comes after whatever a word can go on with.
_AFTER_ALL: Final = "\U0010ffff"


@dataclass(frozen=True)
class Terms:
    """Queries over one index."""

    index: tantivy.Index

    def term(self, field: str, word: str) -> Query:
        """Documents that have the word."""
        return Query.term_query(self.index.schema, field, word, index_option="basic")

    def any_term(self, field: str, words: Iterable[str]) -> Query:
        """Documents that have one of the words."""
        return any_of([self.term(field, word) for word in dict.fromkeys(words)])

    def beginning(self, field: str, start: str) -> Query:
        """Documents with a word that begins so."""
        if not _PLAIN.fullmatch(start):
            # What one letter is taken apart into ("℀" is a/c) stands in no word of a document.
            return Query.empty_query()
        return self.index.parse_query(f"{field}:[{start} TO {start}{_AFTER_ALL}}}")

    def after(self, order: str) -> Query:
        """Documents that come after this place in the order."""
        return self.index.parse_query(f"order:{{{order} TO *}}")

    def between(self, order: str, end: str) -> Query:
        """Documents after the one place in the order and before the other."""
        return self.index.parse_query(f"order:{{{order} TO {end}}}")

    def number(self, field: str, least: int | None, most: int | None) -> Query:
        """Documents whose number lies within, both ends belonging to it."""
        return Query.range_query(self.index.schema, field, FieldType.Integer, least, most)

    def kinds(self, names: Sequence[str]) -> list[Query]:
        """Nothing, or that the record is of one of the kinds."""
        return [self.any_term("codes", [code_word("kind", name) for name in names])] if names else []

    def candidates(self, question: SearchQuery, *, is_relaxed: bool) -> Query:
        """All that is found: each word whole, as a beginning or as a stem; all of them, or any when relaxed.

        Or the words with a synonym in place of one, or a provision that is cited, or its act.
        """
        gather = any_of if is_relaxed else all_of
        found = [gather([self._anywhere(word) for word in question.words])]
        found += [all_of([self._anywhere(word) for word in other]) for other in question.others]
        numbers = (*question.cited, *question.cited_acts, *question.bare_numbers)
        return any_of([*found, self.any_term("numbers", numbers)] if numbers else found)

    def ranks(self, question: SearchQuery) -> list[Query]:
        """What tells the ranks of a question, the best first; what is found by none of them has the rank after."""
        name, whole = question.name, self._all_whole("name_words", question.words)
        others = [
            self.beginning("names", name_word(mark, _joined(other))) for other in question.others for mark in _ALL
        ]
        numbers = self.any_term("numbers", question.numbers)
        return [
            any_of(
                [
                    self.term("names", name_word(PRESENT, name)),
                    self.any_term("numbers", [*filter(None, [question.number]), *question.cited_exactly]),
                ]
            ),
            any_of([self.named(name), self.any_term("numbers", question.cited)]),
            all_of([numbers, whole]),
            numbers,
            self.beginning("names", name_word(PRESENT, name)),
            any_of([self.beginning("names", name_word(OTHER, name)), *others]),
            whole,
            all_of([self._started(word) for word in question.words]),
            any_of([all_of([self._started(word) for word in other]) for other in question.others]),
            self._all_whole("words", question.words),
        ]

    def are_beginnings(self, question: SearchQuery) -> bool:
        """Whether each word is also looked for as a beginning."""
        words = (word for held in (question.words, *question.others) for word in held)
        return all(len(word.folded) >= _SHORTEST_BEGINNING for word in words)

    def suggestions(self, question: SearchQuery) -> list[Query]:
        """What comes up while a question is typed, the best first; texts and stems are left out."""
        numbers = [*filter(None, [question.number]), *question.numbers]
        by_number = self.any_term("numbers", numbers)
        whole = self._all_whole("name_words", question.words)
        sets = [question.words, *question.others]
        return [
            *(self.term("numbers", held) for held in dict.fromkeys((*question.cited_exactly, *question.cited))),
            all_of([by_number, whole]),
            by_number,
            self.term("names", name_word(PRESENT, question.name)),
            self.beginning("names", name_word(PRESENT, question.name)),
            any_of(
                [
                    *(all_of([self._in_names(word) for word in words]) for words in sets),
                    *(self.beginning("numbers", held) for held in dict.fromkeys(numbers)),
                ]
            ),
        ]

    def named(self, words: str) -> Query:
        """Documents with a name of exactly these folded words, now or once."""
        return self.any_term("names", [name_word(mark, words) for mark in _ALL])

    def filters(self, narrowed: Mapping[str, Any]) -> list[Query]:
        """The filters of a list, as `Filters.takes` gives them: each must be met."""
        at: date | None = narrowed["at"]
        found = [self._equal(held, at) for held in narrowed["equal"]]
        found += [
            self.any_term("codes", [code_word(held["name"], value) for value in held["values"]])
            for held in narrowed["holding"]
        ]
        for held in narrowed["within"]:
            least, most = (None if end is None else range_number(end) for end in (held["least"], held["most"]))
            found.append(self.number(range_name(held["name"]), least, most))
        return found if at is None else [*found, self.there_on(day_of(at))]

    def there_on(self, day: int) -> Query:
        """Documents of records that are there on the day, in whichever of their spells."""
        latest = all_of([self.number("first", None, day), self.number("last", day + 1, None)])
        return any_of([latest, self.any_term("spells", blocks_of_day(day))])

    def without_day(self) -> Query:
        """Documents of records that tell no first day."""
        return none_of([Query.all_query()], [Query.exists_query("began")])

    def _equal(self, held: Mapping[str, Any], at: date | None) -> Query:
        name, values = held["name"], held["values"]
        present = self.any_term("codes", [code_word(name, value) for value in values])
        if held["absent"] in values:
            # A flag that is not told is not set.
            unset = none_of([Query.all_query()], [self.term("codes", code_word(name, value=True))])
            present = any_of([present, unset])
        if at is None or not held["earlier_values"]:
            return present
        blocks = blocks_of_day(day_of(at))
        earlier = self.any_term("codes", [f"{code_word(name, value)}@{block}" for value in values for block in blocks])
        changed_since = self.any_term("codes", [f"{name}@{block}" for block in blocks])
        return any_of([earlier, none_of([present], [changed_since])])

    def _anywhere(self, word: Word) -> Query:
        stemmed = [self.term("stems", word.stem), self.term("words", word.stem)] if word.stem else []
        return any_of([self._begun("words", word), *stemmed])

    def _in_names(self, word: Word) -> Query:
        return self._begun("name_words", word)

    def _begun(self, field: str, word: Word) -> Query:
        if len(word.folded) < _SHORTEST_BEGINNING:
            return self.term(field, word.folded)
        return self.beginning(field, word.folded)

    def _started(self, word: Word) -> Query:
        return self.beginning("name_words", word.folded)

    def _all_whole(self, field: str, words: Sequence[Word]) -> Query:
        return all_of([self.term(field, word.folded) for word in words])


_ALL: Final = (PRESENT, OTHER)


def all_of(queries: Sequence[Query]) -> Query:
    """Documents that all of the queries find."""
    return _gathered(Occur.Must, queries)


def any_of(queries: Sequence[Query]) -> Query:
    """Documents that one of the queries finds; none where there are none."""
    return _gathered(Occur.Should, queries)


def none_of(queries: Sequence[Query], others: Sequence[Query]) -> Query:
    """Documents that all of the queries find and none of the others."""
    if not others:
        return all_of(queries)
    return Query.boolean_query([*((Occur.Must, one) for one in queries), *((Occur.MustNot, one) for one in others)])


def _gathered(occur: Occur, queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(occur, one) for one in queries]) if queries else Query.empty_query()


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words)
