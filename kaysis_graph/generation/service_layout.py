"""Which service is which: models that every district or municipality offers, then those of the centre."""

from typing import Final

from kaysis_graph.generation.chance import fate
from kaysis_graph.generation.sizes import StateSize
from kaysis_graph.generation.unit_layout import UnitLayout

# More than half of all services are those that each district offers, every seventh is one of a municipality.
_OF_DISTRICTS, _OF_MUNICIPALITIES = 55, 15
_FIRST_NUMBER = 100_001
_CENTRAL_BLOCKS: Final = ("department", "body_department", "faculty", "metropolitan_department", "support_unit")
_SALT = 11


class ServiceLayout:
    """The services of a state of a size by their number: who provides which, after which model, giving what."""

    def __init__(self, size: StateSize, seed: int, units: UnitLayout) -> None:
        """Works out how many models districts and municipalities share."""
        self.size, self.seed, self.units = size, seed, units
        self.district_models = max(2, size.services * _OF_DISTRICTS // 100 // size.districts)
        self.municipal_models = max(2, size.services * _OF_MUNICIPALITIES // 100 // size.municipalities)
        self._municipal_from = self.district_models * size.districts
        self.central_from = self._municipal_from + self.municipal_models * size.municipalities
        assert self.central_from < size.services, "the centre offers services too"
        self.common = size.documents - self.district_models - self.municipal_models
        """How many documents the centre makes; those of districts and municipalities come after them."""

    def is_central(self, service: int) -> bool:
        """Whether one unit alone offers it."""
        return service >= self.central_from

    def model(self, service: int) -> int:
        """What services that are alike share: one number for the same service of every district."""
        if service < self._municipal_from:
            return service // self.size.districts
        if service < self.central_from:
            return self.district_models + (service - self._municipal_from) // self.size.municipalities
        return self.district_models + self.municipal_models + service - self.central_from

    def provider(self, service: int) -> tuple[str, int]:
        """The unit that provides it, as block and number."""
        if service < self._municipal_from:
            model, district = divmod(service, self.size.districts)
            return "district_directorate", model % self.units.district_fields * self.size.districts + district
        if service < self.central_from:
            model, town = divmod(service - self._municipal_from, self.size.municipalities)
            per = self.units.blocks["municipal_directorate"].per
            return "municipal_directorate", town * per + model % per
        block = _CENTRAL_BLOCKS[fate(self.seed, service, _SALT) % len(_CENTRAL_BLOCKS)]
        # Most units offer few services, some very many.
        share = fate(self.seed, service, _SALT + 1)
        return block, share * share // 10_000 * share // 10_000 * self.units.count(block) // 10_000

    def document(self, service: int) -> int:
        """The document it gives: one for each model of districts and municipalities, the others in turn."""
        if self.is_central(service):
            return (service - self.central_from) % self.common
        return self.common + self.model(service)


def service_id(service: int) -> str:
    """The identifier of a service, counted from 0."""
    return f"heys-{_FIRST_NUMBER + service}"
