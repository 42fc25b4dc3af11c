"""Data flows as a table: one row for each document that goes from one end to another."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kaysis_graph.answers.table_columns import name_of, table
from kaysis_graph.flows.answer import FlowAnswer, FlowArrow
from kaysis_graph.flows.words import about_offices
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Cell, Table


def flow_table(answer: FlowAnswer, arrows: Iterable[FlowArrow], language: Language) -> Table:
    """One row for each document on each arrow; a group of institutions stands as one end."""
    names = (
        "sender", "sender_title", "sender_institution", "receiver", "receiver_title", "receiver_institution",
        "document", "document_title", "producing", "requiring", "legal_bases",
        "by_applicant", "by_institution", "by_system", "carrier_unknown", "yearly_transactions",
    )  # fmt: skip
    told = table(say("tables.flows", language), names, _carried(arrows, language), answer, language)
    return replace(told, footnotes=(*told.footnotes, *about_offices(answer, language)))


def _carried(arrows: Iterable[FlowArrow], language: Language) -> Iterator[tuple[Cell, ...]]:
    for arrow in arrows:
        sender, receiver = arrow.sender, arrow.receiver
        for carried in arrow.carries:
            by = carried.carried_by
            yield (
                sender.id,
                sender.name(language),
                name_of(sender.institution, language),
                receiver.id,
                receiver.name(language),
                name_of(receiver.institution, language),
                carried.document.id,
                carried.document.name(language),
                " ".join(service.id for service in carried.producing) or None,
                " ".join(service.id for service in carried.requiring) or None,
                " ".join(dict.fromkeys(basis.record.id for basis in carried.bases)) or None,
                by.applicant,
                by.institution,
                by.system,
                by.unknown,
                carried.yearly.transactions,
            )
