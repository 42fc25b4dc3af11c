"""The rows of services: the same one in every district, those of municipalities, and those of the centre."""

from collections.abc import Iterator
from typing import Final

from kaysis_graph.generation import words
from kaysis_graph.generation.act_layout import ActLayout
from kaysis_graph.generation.acts import Acts
from kaysis_graph.generation.chance import Chance
from kaysis_graph.generation.service_layout import ServiceLayout, service_id
from kaysis_graph.generation.sizes import StateSize

SERVICE_COLUMNS: Final = (
    "numara", "ad", "tanım", "önem", "yararlananlar", "süre", "ortalama süre", "yıllık işlem", "sunum", "dosya planı",
    "sunan", "sistemler",
)  # fmt: skip
REQUIREMENT_COLUMNS: Final = ("hizmet", "istenen", "sıra", "seçenek", "koşul", "nüsha", "getiren")
PRODUCT_COLUMNS: Final = ("hizmet", "ürün", "yan ürün")
BASIS_COLUMNS: Final = ("hizmet", "dayanak")
_DURATIONS: Final = ("15 iş günü", "3-5 gün", "30 dakika", "1 saat", "20 iş günü", "2 hafta", "8-15 dakika", "1 gün")
_AVERAGES: Final = ("5 iş günü", "2 gün", "15 dakika", "40 dakika", "10 iş günü", "1 hafta", "8 dakika", "1 saat")
_BENEFICIARIES: Final = ("citizens", "businesses", "students", "farmers", "public_bodies", "foreigners", "owners")
_CHANNELS: Final = ("electronic", "partly_electronic", "on_paper")
_CARRIERS: Final = ("applicant", "applicant", "institution", "system")
_VERBS: Final = ("Verilmesi", "Yenilenmesi", "Değiştirilmesi", "İptali", "Onaylanması", "Kaydının Yapılması")


class Services:
    """The services of a state of a size and seed, row by row."""

    def __init__(self, size: StateSize, seed: int, layout: ServiceLayout, legislation: Acts) -> None:
        """`layout` and `legislation` are those of the same size."""
        self._size, self._seed, self._layout, self._legislation = size, seed, layout, legislation

    def service_rows(self) -> Iterator[tuple[object, ...]]:
        """One row for each service, under `SERVICE_COLUMNS`."""
        units = self._layout.units
        for service in range(self._size.services):
            model = self._layout.model(service)
            chance = Chance(self._seed, "service", model)
            about = f"{words.subject(model)} {chance.one_of(words.DOCUMENT_FORMS)[0]}"
            place = chance.below(len(_DURATIONS))
            systems = dict.fromkeys(
                f"sistem-{1 + chance.skewed(self._size.systems)}" for _ in range(chance.between(0, 2))
            )
            yield (
                service_id(service), f"{words.genitive(about)} {chance.one_of(_VERBS)}",
                f"{about} için başvuruların alınması ve sonuçlandırılması (uydurma).",
                "core" if chance.happens(0.8) else "support",
                ";".join(dict.fromkeys(chance.one_of(_BENEFICIARIES) for _ in range(chance.between(1, 3)))),
                _DURATIONS[place], _AVERAGES[place], self._transactions(service), chance.one_of(_CHANNELS),
                f"{chance.between(100, 999)}.{chance.between(1, 20):02}",
                units.identifier(*self._layout.provider(service)), ";".join(systems),
            )  # fmt: skip

    def requirement_rows(self) -> Iterator[tuple[object, ...]]:
        """What each service asks for, under `REQUIREMENT_COLUMNS`."""
        for service in range(self._size.services):
            chance = Chance(self._seed, "requirements", self._layout.model(service))
            identifier = service_id(service)
            asked = self._documents(service, chance)
            chosen = len(asked) > 3 and chance.happens(0.5)  # noqa: PLR2004  # a choice stands among other papers
            for order, document in enumerate(asked, 1):
                choice = "kimlik" if chosen and order <= 2 else ""  # noqa: PLR2004  # the first two are a choice
                condition = chance.one_of(words.CONDITIONS) if chance.happens(0.15) else ""
                copies = chance.between(2, 4) if chance.happens(0.2) else ""
                yield identifier, document, order, choice, condition, copies, chance.one_of(_CARRIERS)
            for element in dict.fromkeys(chance.skewed(self._size.elements) for _ in range(chance.between(2, 9))):
                yield identifier, f"veri-{element + 1}", "", "", "", "", "system"
            if self._layout.is_central(service) and service > self._layout.central_from and chance.happens(0.05):
                prior = self._layout.central_from + chance.below(service - self._layout.central_from)
                yield identifier, service_id(prior), "", "", "", "", ""

    def product_rows(self) -> Iterator[tuple[object, ...]]:
        """What each service gives, under `PRODUCT_COLUMNS`."""
        for service in range(self._size.services):
            chance = Chance(self._seed, "products", self._layout.model(service))
            yield service_id(service), f"dbys-{self._layout.document(service) + 1}", ""
            if chance.happens(0.3):
                yield service_id(service), f"veri-{chance.below(self._size.elements) + 1}", "evet"

    def basis_rows(self, acts: ActLayout) -> Iterator[tuple[object, ...]]:
        """What each service rests on, under `BASIS_COLUMNS`."""
        for service in range(self._size.services):
            chance = Chance(self._seed, "bases", self._layout.model(service))
            bases = [self._legislation.basis(chance, acts.count) for _ in range(chance.between(1, 4))]
            for basis in dict.fromkeys(bases):
                yield service_id(service), basis

    def _documents(self, service: int, chance: Chance) -> list[str]:
        """Papers by a power law; those that districts and municipalities make are asked for by the centre alone."""
        drawn = [chance.skewed(self._layout.common) for _ in range(chance.between(4, 18))]
        if self._layout.is_central(service) and chance.happens(0.2):
            drawn.append(self._layout.common + chance.below(self._size.documents - self._layout.common))
        made = self._layout.document(service)
        return [f"dbys-{document + 1}" for document in dict.fromkeys(drawn) if document != made]

    def _transactions(self, service: int) -> int:
        """How often a year: a few services very often, most a few hundred times."""
        chance = Chance(self._seed, "transactions", service)
        return 60_000 // (1 + chance.below(600)) + chance.below(90)
