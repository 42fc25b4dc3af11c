"""What other catalogues are told of this one: who publishes it, under which licence, whom to ask, what it is about.

A TOML file of the operator says it (`KAYSIS_CATALOGUE`; `docs/catalogue.toml` is one to begin with). What the file does
not say is not invented: it is absent, and `kaysis check` names what portals will miss.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from kaysis_graph.errors import SettingError
from kaysis_graph.messages import LANGUAGES, Language

Texts = Mapping[Language, str]
Need = Literal["mandatory", "recommended"]
THEMES = (
    "AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "OP_DATPRO", "REGI", "SOCI", "TECH", "TRAN",
)  # fmt: skip
"""The data themes of the European Union, by which portals sort datasets."""
FREQUENCIES = (
    "CONT", "UPDATE_CONT", "HOURLY", "DAILY_2", "DAILY", "WEEKLY_3", "WEEKLY_2", "WEEKLY", "BIWEEKLY", "MONTHLY_3",
    "MONTHLY_2", "MONTHLY", "BIMONTHLY", "QUARTERLY", "ANNUAL_3", "ANNUAL_2", "ANNUAL", "BIENNIAL", "TRIENNIAL",
    "QUADRENNIAL", "QUINQUENNIAL", "DECENNIAL", "IRREG", "AS_NEEDED", "NOT_PLANNED", "NEVER", "OTHER", "UNKNOWN",
)  # fmt: skip
"""How often data are brought up to date, as the Publications Office of the European Union lists it."""
PUBLISHER_TYPES = (
    "NationalAuthority", "RegionalAuthority", "LocalAuthority", "SupraNationalAuthority", "StandardisationBody",
    "Academia-ScientificOrganisation", "NonGovernmentalOrganisation", "NonProfitOrganisation", "Company",
    "IndustryConsortium", "PrivateIndividual(s)",
)  # fmt: skip
"""The sorts of publishers of ADMS, which DCAT-AP asks for."""
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_COUNTRY = re.compile(r"[A-Z]{3}")
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Publication:
    """All that can be said; a new one says what is true of every graph of ours, and no more."""

    title: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    publisher: Texts = field(default_factory=dict)
    publisher_type: str | None = None
    publisher_homepage: str | None = None
    publisher_email: str | None = None
    contact: Texts = field(default_factory=dict)
    contact_email: str | None = None
    contact_page: str | None = None
    licence: str | None = None
    themes: tuple[str, ...] = ("GOVE",)
    keywords: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    spatial: tuple[str, ...] = ()
    frequency: str | None = None
    issued: date | None = None

    def missing(self) -> list[tuple[str, Need]]:
        """The keys of the file that DCAT-AP 3 wants and that say nothing, those it insists on first."""
        wanted: list[tuple[str, Need, object]] = [
            ("publisher.name", "mandatory", self.publisher),
            ("publisher.type", "recommended", self.publisher_type),
            ("contact", "recommended", self.contact_email or self.contact_page),
            ("licence", "recommended", self.licence),
            ("themes", "recommended", self.themes),
            ("keywords", "recommended", any(self.keywords.values())),
            ("spatial", "recommended", self.spatial),
            ("frequency", "recommended", self.frequency),
            ("issued", "recommended", self.issued),
        ]
        return [(key, need) for key, need, said in wanted if not said]


NOTHING_SAID = Publication()
"""Of a graph whose operator has said nothing of it."""


def read(path: Path) -> Publication:
    """What the file says; SettingError names the first key that cannot be, and what may stand there."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError("settings.catalogue_unreadable", file=str(path), reason=str(error)) from error
    return _Reader(path, told).publication()


class _Reader:
    """One file, and the way to complain about a key in it."""

    def __init__(self, path: Path, told: Mapping[str, Any]) -> None:
        self._path = path
        self._left: dict[str, Any] = {}
        self._known: list[str] = []
        for key, value in told.items():
            inner = value if key in ("publisher", "contact") and isinstance(value, dict) else None
            self._left |= {key: value} if inner is None else {f"{key}.{name}": one for name, one in inner.items()}

    def publication(self) -> Publication:
        found = Publication(
            title=self._take("title", self._texts, {}),
            description=self._take("description", self._texts, {}),
            publisher=self._take("publisher.name", self._texts, {}),
            publisher_type=self._take("publisher.type", self._one_of(PUBLISHER_TYPES), None),
            publisher_homepage=self._take("publisher.homepage", self._iri, None),
            publisher_email=self._take("publisher.email", self._mail, None),
            contact=self._take("contact.name", self._texts, {}),
            contact_email=self._take("contact.email", self._mail, None),
            contact_page=self._take("contact.page", self._iri, None),
            licence=self._take("licence", self._iri, None),
            themes=self._take("themes", self._listed(self._one_of(THEMES)), Publication.themes),
            keywords=self._take("keywords", self._keywords, {}),
            spatial=self._take("spatial", self._listed(self._place), ()),
            frequency=self._take("frequency", self._one_of(FREQUENCIES), None),
            issued=self._take("issued", self._day, None),
        )
        if self._left:
            raise self._wrong("settings.catalogue_key", next(iter(self._left)), known=", ".join(self._known))
        return found

    def _take(self, key: str, reading: Callable[[str, Any], _Value], absent: _Value) -> _Value:
        self._known.append(key)
        return reading(key, self._left.pop(key)) if key in self._left else absent

    def _wrong(self, rule: str, key: str, **values: object) -> SettingError:
        return SettingError(rule, file=str(self._path), key=key, **values)

    def _text(self, key: str, said: object) -> str:
        if isinstance(said, str) and said.strip():
            return said.strip()
        raise self._wrong("settings.catalogue_text", key)

    def _texts(self, key: str, said: object) -> Texts:
        """A text for each language; a bare one is Turkish."""
        told = said if isinstance(said, dict) else {"tr": said}
        if not told or any(language not in LANGUAGES for language in told):
            raise self._wrong("settings.catalogue_text", key)
        return {name: self._text(f"{key}.{name}", told[name]) for name in LANGUAGES if name in told}

    def _keywords(self, key: str, said: object) -> Mapping[Language, tuple[str, ...]]:
        told = said if isinstance(said, dict) else {"tr": said}
        if any(language not in LANGUAGES for language in told):
            raise self._wrong("settings.catalogue_text", key)
        return {name: self._listed(self._text)(f"{key}.{name}", told[name]) for name in LANGUAGES if name in told}

    def _listed(self, reading: Callable[[str, Any], _Value]) -> Callable[[str, Any], tuple[_Value, ...]]:
        def several(key: str, said: object) -> tuple[_Value, ...]:
            return tuple(reading(key, one) for one in (said if isinstance(said, list) else [said]))

        return several

    def _one_of(self, known: tuple[str, ...]) -> Callable[[str, Any], str]:
        def chosen(key: str, said: object) -> str:
            if said in known:
                return str(said)
            raise self._wrong("settings.catalogue_code", key, value=said, known=", ".join(known))

        return chosen

    def _iri(self, key: str, said: object) -> str:
        if isinstance(said, str) and _IRI.fullmatch(said):
            return said
        raise self._wrong("settings.catalogue_iri", key, value=said)

    def _mail(self, key: str, said: object) -> str:
        if isinstance(said, str) and _MAIL.fullmatch(said):
            return said
        raise self._wrong("settings.catalogue_mail", key, value=said)

    def _place(self, key: str, said: object) -> str:
        """A country by its three letters, or any place by its IRI."""
        if isinstance(said, str) and (_COUNTRY.fullmatch(said) or _IRI.fullmatch(said)):
            return said
        raise self._wrong("settings.catalogue_place", key, value=said)

    def _day(self, key: str, said: object) -> date:
        if isinstance(said, date) and not isinstance(said, datetime):
            return said
        raise self._wrong("settings.catalogue_day", key, value=said)
