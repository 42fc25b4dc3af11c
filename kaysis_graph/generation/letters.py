"""The rows of correspondence steps, and of those who hold offices."""

from collections.abc import Iterator
from typing import Final

from kaysis_graph.generation import words
from kaysis_graph.generation.act_layout import REGULATIONS, ActLayout
from kaysis_graph.generation.chance import Chance
from kaysis_graph.generation.days import CHANGED_FROM, TODAY, part_of_span, written_day
from kaysis_graph.generation.service_layout import ServiceLayout, service_id
from kaysis_graph.generation.sizes import StateSize

STEP_COLUMNS: Final = ("hizmet", "sıra", "ad", "tür", "görev", "gönderen", "muhatap", "dayanak", "belge")
APPOINTMENT_COLUMNS: Final = ("numara", "ad", "tür", "görev", "birim", "yönetici", "başlangıç", "bitiş")
OFFICIAL_COLUMNS: Final = ("numara", "ad")
_STEPS: Final = (
    ("registration", "Evrak kaydı"),
    ("initials", "Paraf"),
    ("internal_letter", "Görüş yazısı"),
    ("signature", "İmza"),
    ("external_letter", "Bilgi isteme yazısı"),
    ("notification", "Sonucun tebliği"),
)
# Every third office has had an acting holder.
_KINDS: Final = ("permanent", "permanent", "acting")
_OFFICES: Final = ("directorate_general", "department", "district_directorate", "municipality", "university", "faculty")
_APPOINTED_LAST = TODAY - 400


def step_rows(size: StateSize, seed: int, layout: ServiceLayout, acts: ActLayout) -> Iterator[tuple[object, ...]]:
    """The steps of the services that need letters, under `STEP_COLUMNS`: two of five models of all kinds."""
    units = layout.units
    for service in range(size.services):
        chance = Chance(seed, "steps", layout.model(service))
        if not chance.happens(0.4):
            continue
        sender = layout.provider(service)
        whole = units.whole(*sender) or ("presidency", 0)
        other = ("ministry", chance.below(units.count("ministry")))
        regulation = acts.identifier(acts.in_force(REGULATIONS.start, acts.count))
        for order, (kind, name) in enumerate(_STEPS[: chance.between(2, 6)], 1):
            addressee = {"internal_letter": whole, "external_letter": other}.get(kind)
            yield (
                service_id(service), order, f"{name}: {words.subject(layout.model(service))}", kind,
                words.ROLES[order % len(words.ROLES)], units.identifier(*sender),
                "" if addressee is None else units.identifier(*addressee),
                regulation if kind in {"signature", "external_letter"} else "",
                f"dbys-{layout.document(service) + 1}" if kind == "notification" else "",
            )  # fmt: skip


def appointment_rows(size: StateSize, seed: int, layout: ServiceLayout) -> Iterator[tuple[object, ...]]:
    """Who held which office when, under `APPOINTMENT_COLUMNS`; persons have numbers, not names."""
    units = layout.units
    chance = Chance(seed, "appointments")
    for number in range(size.appointments):
        block = _OFFICES[number % len(_OFFICES)]
        unit = chance.below(units.count(block))
        begun = part_of_span(CHANGED_FROM, _APPOINTED_LAST, chance.below(10_000))
        ended = written_day(begun + chance.between(30, 390)) if chance.happens(0.6) else ""
        role = words.ROLES[number % len(words.ROLES)]
        yield (
            f"gorev-{number + 1}", f"{role} {number + 1}", _KINDS[number % len(_KINDS)], role,
            units.identifier(block, unit), f"yonetici-{number * 2 // 3 + 1}", written_day(begun), ended,
        )  # fmt: skip


def official_rows(size: StateSize) -> Iterator[tuple[object, ...]]:
    """The persons, under `OFFICIAL_COLUMNS`: two for every three appointments."""
    for number in range((size.appointments - 1) * 2 // 3 + 1):
        yield f"yonetici-{number + 1}", f"Yönetici {number + 1}"
