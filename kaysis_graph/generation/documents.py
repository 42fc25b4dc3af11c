"""The rows of documents, of the data in them, and of the systems that data is looked up in."""

from collections.abc import Iterator
from typing import Final

from kaysis_graph.generation import words
from kaysis_graph.generation.act_layout import ActLayout
from kaysis_graph.generation.acts import Acts
from kaysis_graph.generation.chance import Chance
from kaysis_graph.generation.service_layout import ServiceLayout
from kaysis_graph.generation.sizes import StateSize

DOCUMENT_COLUMNS: Final = ("numara", "ad", "tür", "öteki adlar", "düzenleyen", "dayanak")
CONTENT_COLUMNS: Final = ("belge", "veri")
ELEMENT_COLUMNS: Final = ("numara", "ad", "tür", "kişisel")
SYSTEM_COLUMNS: Final = ("numara", "ad", "kısa ad", "işleten", "altyapı")


class Documents:
    """The documents, data and systems of a state of a size and seed, row by row."""

    def __init__(self, size: StateSize, seed: int, layout: ServiceLayout, legislation: Acts) -> None:
        """`layout` and `legislation` are those of the same size."""
        self._size, self._seed, self._layout, self._legislation = size, seed, layout, legislation

    def document_rows(self, acts: ActLayout) -> Iterator[tuple[object, ...]]:
        """One row for each document, under `DOCUMENT_COLUMNS`."""
        chance = Chance(self._seed, "documents")
        units = self._layout.units
        for document in range(self._size.documents):
            form, code = words.DOCUMENT_FORMS[document % len(words.DOCUMENT_FORMS)]
            about = words.subject(document // len(words.DOCUMENT_FORMS))
            other = f"{about} evrakı" if chance.happens(0.3) else ""
            issuer = ""
            if document < self._layout.common:
                issuer = units.identifier(*self._layout.provider(self._layout.central_from + document))
            basis = self._legislation.basis(chance, acts.count)
            yield f"dbys-{document + 1}", f"{about} {form}", code, other, issuer, basis

    def content_rows(self) -> Iterator[tuple[object, ...]]:
        """Which data each document holds, under `CONTENT_COLUMNS`."""
        chance = Chance(self._seed, "contents")
        for document in range(self._size.documents):
            for element in dict.fromkeys(chance.skewed(self._size.elements) for _ in range(chance.between(5, 20))):
                yield f"dbys-{document + 1}", f"veri-{element + 1}"

    def element_rows(self) -> Iterator[tuple[object, ...]]:
        """One row for each data element, under `ELEMENT_COLUMNS`."""
        for element in range(self._size.elements):
            form, code = words.ELEMENT_FORMS[element % len(words.ELEMENT_FORMS)]
            about = words.subject(element // len(words.ELEMENT_FORMS))
            yield f"veri-{element + 1}", f"{about} {form}", code, "evet" if element % 3 == 0 else "hayır"

    def system_rows(self) -> Iterator[tuple[object, ...]]:
        """One row for each system, under `SYSTEM_COLUMNS`."""
        units = self._layout.units
        for system in range(self._size.systems):
            about = words.subject(system * 3)
            operator = units.identifier("support_unit", (system * 4 + 3) % units.count("support_unit"))
            below = f"sistem-{system // 10 + 1}" if system >= 10 else ""  # noqa: PLR2004  # the first ten carry the others
            short = "".join(word[0] for word in about.split() if word[0].isalpha()) + f"BS-{system + 1}"
            yield f"sistem-{system + 1}", f"{about} Bilgi Sistemi", short, operator, below
