"""The index as one search reads it: what is written meanwhile is not in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import tantivy
from tantivy import DocAddress, Order, Query

from kaysis_graph.records.record_model import Record
from kaysis_graph.search.index.documents import POSITION, IndexFields, loaded_document, loaded_position
from kaysis_graph.search.index.terms import Terms


@dataclass(frozen=True)
class FoundDocument:
    """A document that was found, and the word that puts it in order."""

    order: str
    address: DocAddress

    @property
    def id(self) -> str:
        """The identifier of its record: the end of that word, read without the document."""
        return self.order.partition("-")[2]


@dataclass(frozen=True)
class OpenIndex:
    """A searcher with what is asked of it; `sequence` is the change it stands at."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    fields: IndexFields
    sequence: int

    @cached_property
    def terms(self) -> Terms:
        """The queries over it."""
        return Terms(self.index)

    def first(self, query: Query, limit: int) -> list[FoundDocument]:
        """The first documents of a query, in their order."""
        hits = self.searcher.search(query, limit, count=False, order_by_field="order", order=Order.Asc).hits
        return [FoundDocument(order, address) for order, address in hits]

    def days(self, query: Query, limit: int, order: Order) -> list[int]:
        """The first days of the documents of a query that tell one, as written numbers, each once."""
        hits = self.searcher.search(query, limit, count=False, order_by_field="began", order=order).hits
        return list(dict.fromkeys(began for began, _ in hits if began is not None))

    def record_at(self, found: FoundDocument) -> Record:
        """The record of a document."""
        return loaded_document(self.fields.schema, self.searcher.doc(found.address))

    def frequency(self, word: str) -> int:
        """How many records have the word, or have it as the stem of one."""
        return max(self.searcher.doc_freq("words", word), self.searcher.doc_freq("stems", word))

    def has_word(self, word: str, stem: str) -> bool:
        """Whether any record has the word, one that begins with it, or its stem."""
        # Beginnings last: to find one of a common word goes through all that have it.
        asked = (self.terms.term("words", word), self.terms.term("stems", stem), self.terms.beginning("words", word))
        return any(self.searcher.search(query, 1, count=False).hits for query in asked)

    def record_of(self, identifier: str) -> Record | None:
        """The record of an identifier, if there is one."""
        found = self._of_id(identifier)
        return loaded_document(self.fields.schema, found) if found else None

    def told_position(self) -> Mapping[str, Any] | None:
        """Where the index says that it stands; None for one in which nothing was written yet."""
        found = self._of_id(POSITION)
        return loaded_position(found) if found else None

    def _of_id(self, identifier: str) -> tantivy.Document | None:
        hits = self.searcher.search(self.terms.term("id", identifier), 1, count=False).hits
        return self.searcher.doc(hits[0][1]) if hits else None
