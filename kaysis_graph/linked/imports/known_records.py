"""What an import of RDF knows of the graph it comes into: the records that other catalogues have IRIs of their own for.

So the next harvest of a catalogue finds its records again without a table of identifiers.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import writer
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema import Schema

_KNOWN_ELSEWHERE = load("linked/known_elsewhere")
# A name within one file, or one that the reader gave, is none by which anything is found again.
_PASSING = ("_:", "file:")
# RFC 3987: what real catalogues write in IRIs all the same.
_UNFIT = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)


@dataclass(frozen=True)
class ElsewhereRow:
    """A record with the IRIs that others know it by."""

    id: str
    same_as: list[str]


class KnownRecords:
    """The records of a graph by the IRIs of others, read once when first asked."""

    def __init__(self, reader: Reader, schema: Schema) -> None:
        self._reader = reader
        self._schema = schema

    def ids(self, iri: str) -> Sequence[str]:
        """The identifiers of the records known by the IRI; more than one where somebody gave it twice."""
        found = lasting(iri)
        return () if found is None else self._by_iri.get(found, ())

    def iris(self, identifier: str) -> Sequence[str]:
        """The IRIs that others know a record by, as far as the graph has them."""
        return self._by_id.get(identifier, ())

    def record(self, identifier: str) -> Record | None:
        """The record as the graph has it."""
        return writer.existing(self._reader, self._schema, [identifier]).get(identifier)

    @cached_property
    def _by_id(self) -> dict[str, list[str]]:
        return {row.id: row.same_as for row in self._reader.read(_KNOWN_ELSEWHERE, into=ElsewhereRow)}

    @cached_property
    def _by_iri(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for identifier, iris in self._by_id.items():
            for iri in iris:
                found[iri].append(identifier)
        return dict(found)


def lasting(iri: str) -> str | None:
    """The IRI as it is kept, percent-encoded where it must be; None for a name that lasts no longer than its file."""
    if iri.startswith(_PASSING) or not _ABSOLUTE.fullmatch(iri):
        return None
    return _UNFIT.sub(lambda sign: quote(sign[0]), iri)
