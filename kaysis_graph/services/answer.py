"""What the service standards table and the service inventory hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.answers.durations import in_words
from kaysis_graph.messages import Language, say

Units = Literal["self", "subtree"]
TABLE_COLUMNS: Final = ("number", "service", "documents", "duration")
"""The columns of the service standards table, by the names of their headings."""
Duration = Mapping[str, Any]


@dataclass(frozen=True)
class Required:
    """One thing a service requires, on the terms of the day; `carried_by` is None where it is not known."""

    thing: Thing
    condition: str | None
    copies: int | None
    carried_by: str | None

    def text(self, language: Language) -> str:
        """The name, with condition and copies in parentheses."""
        copies = say("services.copies", language, count=self.copies) if self.copies and self.copies > 1 else None
        terms = "; ".join(term for term in (self.condition, copies) if term)
        name = self.thing.name(language)
        return f"{name} ({terms})" if terms else name


@dataclass(frozen=True)
class AskedFor:
    """One line of the documents asked for: any one of the choices is enough."""

    choices: tuple[Required, ...]

    def text(self, language: Language) -> str:
        """The choices, joined by `veya`."""
        return say("services.instead", language).join(choice.text(language) for choice in self.choices)


@dataclass(frozen=True)
class RequiredPapers:
    """What a service requires: lines for the applicant, and what others bring or must have been done before."""

    lines: tuple[AskedFor, ...]
    brought_by_others: tuple[Required, ...]
    prior_services: tuple[Required, ...]

    def text(self, language: Language) -> str:
        """The lines, numbered when there are several."""
        texts = [line.text(language) for line in self.lines]
        if len(texts) == 1:
            return texts[0]
        numbered = (say("services.line", language, number=n, text=text) for n, text in enumerate(texts, start=1))
        return "\n".join(numbered)


@dataclass(frozen=True)
class TableRow:
    """One service of the service standards table; `units` provide it."""

    number: int
    service: Thing
    units: tuple[Thing, ...]
    documents: RequiredPapers
    duration: Duration | None

    def duration_text(self, language: Language) -> str:
        """The time to complete, in words."""
        return in_words(self.duration, language)


@dataclass(frozen=True)
class Authority:
    """A place of application. Name and contact stay empty until officials are recorded; the unit is computed."""

    unit: Thing | None
    name: str | None = None
    role: str | None = None
    address: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    is_computed: bool = True


@dataclass(frozen=True)
class ServiceTable(Answer):
    """The service standards table of an organisation (BKK 2009/15169, annex 2), in Turkish alphabetical order.

    `title`, `columns` and `footer` are those of the legal form, in Turkish.
    """

    organisation: Thing
    institution: Thing
    units: Units
    unit_count: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    footer: str
    first_authority: Authority
    second_authority: Authority


@dataclass(frozen=True)
class ServiceBasis:
    """An act or provision that a service rests on, with the act it lies in and the place there."""

    record: Thing
    act: Thing | None
    place: str | None

    def text(self, language: Language) -> str:
        """The act and the place in it, as the inventory writes it."""
        if self.act is None:
            return self.record.name(language)
        return f"{self.act.name(language)} {self.place}" if self.place else self.record.name(language)


@dataclass(frozen=True)
class InventoryRow:
    """One service of the inventory (BKK 2009/15169, annex 1).

    `institutions` are those of the providing units on the day; their identifiers are the institution code. `computed`
    names the fields that were not written down and are told from the structure or the correspondence steps.
    """

    number: int
    service: Thing
    institutions: tuple[Thing, ...]
    units: tuple[Thing, ...]
    file_plan_code: str | None
    description: str | None
    description_en: str | None
    bases: tuple[ServiceBasis, ...]
    beneficiaries: tuple[str, ...]
    central_providers: str | None
    provincial_providers: str | None
    local_providers: str | None
    other_providers: str | None
    documents: RequiredPapers
    first_application_office: str | None
    initials_list: str | None
    internal_letters: str | None
    external_letters: str | None
    legal_duration: Duration | None
    average_duration: Duration | None
    yearly_transactions: int | None
    channel: str | None
    computed: frozenset[str]


@dataclass(frozen=True)
class Inventory(Answer):
    """The service inventory of an organisation or of the whole state, `limit` rows from `offset` on."""

    organisation: Thing | None
    units: Units
    unit_count: int
    title: str
    rows: tuple[InventoryRow, ...]
    total: int
    offset: int
    limit: int
