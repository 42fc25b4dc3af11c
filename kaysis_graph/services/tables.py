"""The two tables of services as rows of text, for CSV, XLSX and pages.

The form is a legal one and stays Turkish; for readers of English the headings carry a translation beside.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kaysis_graph import text
from kaysis_graph.answers.answer import Answer
from kaysis_graph.answers.durations import in_words
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.schema import Schema
from kaysis_graph.services.answer import TABLE_COLUMNS, Inventory, InventoryRow, ServiceTable, TableRow


@dataclass(frozen=True)
class Heading:
    """A column of the inventory; `group` is the heading it stands under together with its neighbours, if any."""

    name: str
    group: str | None = None

    def label(self, language: Language) -> str:
        """What the column is called by itself."""
        return _beside(f"services.inventory_{self.name}", language)

    def group_label(self, language: Language) -> str | None:
        """What the columns of the group are called together."""
        return None if self.group is None else _beside(f"services.inventory_{self.group}", language)


INVENTORY_COLUMNS = (
    Heading("number"),
    Heading("institution_code"),
    Heading("file_plan_code"),
    Heading("service"),
    Heading("description"),
    Heading("bases"),
    Heading("beneficiaries"),
    Heading("central_providers", "providers"),
    Heading("provincial_providers", "providers"),
    Heading("local_providers", "providers"),
    Heading("other_providers", "providers"),
    Heading("documents", "process"),
    Heading("first_application_office", "process"),
    Heading("initials_list", "process"),
    Heading("internal_letters", "process"),
    Heading("external_letters", "process"),
    Heading("legal_duration", "process"),
    Heading("average_duration", "process"),
    Heading("yearly_transactions", "process"),
    Heading("channel", "process"),
)


def of_table(answer: ServiceTable, language: Language) -> Table:
    """The service standards table with the columns of the form; its footer and authorities as footnotes."""
    columns = tuple(Column(name, _beside(f"services.{name}", language)) for name in TABLE_COLUMNS)
    rows = [_table_cells(row) for row in answer.rows]
    return Table(answer.title, columns, rows, tuple(table_footnotes(answer, language)))


def _table_cells(row: TableRow) -> tuple[Cell, ...]:
    """One row of the table as the form writes it, in Turkish, in the order of its columns."""
    return row.number, row.service.title, row.documents.text("tr"), row.duration_text("tr")


def table_footnotes(answer: ServiceTable, language: Language) -> Iterator[str]:
    """The footer of the form, what is left out of it and why, and the date."""
    yield answer.footer
    if language == "en":
        yield say("services.footer", "en")
    for key, authority in (("first", answer.first_authority), ("second", answer.second_authority)):
        name = authority.unit.title if authority.unit else ""
        yield f"{_beside(f'services.{key}_authority', language)}: {name}".rstrip(": ")
    yield say("services.authority_computed", language)
    left_out = sum(len(row.documents.brought_by_others) for row in answer.rows)
    if left_out:
        yield say("services.not_asked", language, count=left_out)
    yield _as_of(answer, language)


def of_inventory(schema: Schema, answer: Inventory, rows: Iterable[InventoryRow], language: Language) -> Table:
    """The inventory with the columns of the form."""
    columns = tuple(Column(heading.name, _full_label(heading, language)) for heading in INVENTORY_COLUMNS)
    cells = (inventory_cells(schema, row) for row in rows)
    footnotes = [_as_of(answer, language)]
    if answer.cut is not None:
        footnotes.append(answer.cut.sentence(language))
    return Table(answer.title, columns, cells, tuple(footnotes))


def inventory_cells(schema: Schema, row: InventoryRow) -> tuple[Cell, ...]:
    """One row of the inventory as the form writes it, in Turkish."""
    labels = (schema.label_of_code("beneficiary", code, "tr") for code in row.beneficiaries)
    return (
        row.number,
        "; ".join(institution.id for institution in row.institutions) or None,
        row.file_plan_code,
        row.service.title,
        row.description,
        "; ".join(basis.text("tr") for basis in row.bases) or None,
        ", ".join(labels) or None,
        row.central_providers,
        row.provincial_providers,
        row.local_providers,
        row.other_providers,
        row.documents.text("tr") or None,
        row.first_application_office,
        row.initials_list,
        row.internal_letters,
        row.external_letters,
        in_words(row.legal_duration, "tr") or None,
        in_words(row.average_duration, "tr") or None,
        row.yearly_transactions,
        schema.label_of_code("service_channel", row.channel, "tr") if row.channel else None,
    )


def _full_label(heading: Heading, language: Language) -> str:
    group = heading.group_label(language)
    return heading.label(language) if group is None else f"{group}: {heading.label(language)}"


def _beside(key: str, language: Language) -> str:
    return say("services.beside", language, tr=say(key, "tr"), en=say(key, "en"))


def _as_of(answer: Answer, language: Language) -> str:
    return say("services.as_of", language, at=text.written_day(answer.at, language), sequence=answer.sequence)
