"""Answers about services in every form."""

from datetime import date

from kaysis_graph.answers.reply import Reply
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language
from kaysis_graph.services import card_table, service_card, standards_table, tables
from kaysis_graph.services.answer import Inventory, InventoryRow, ServiceTable
from kaysis_graph.services.process_picture import process_diagram
from kaysis_graph.services.question import InventoryQuestion, ServiceQuestion, ServiceTableQuestion
from kaysis_graph.services.service_card import ServiceCard
from kaysis_graph.services.standards_table import InventoryList


def service_table_reply(
    graph: Graph, question: ServiceTableQuestion, at: date, language: Language
) -> Reply[ServiceTable, None]:
    """The service standards table of an organisation; NotFound for none."""
    return Reply(
        question=question,
        name=f"{question.organisation}-hizmet-standartları",
        make_answer=lambda: standards_table.table(graph, question.organisation, at, question.units),
        make_table=lambda listing: tables.of_table(listing.answer, language),
    )


def inventory_reply(  # noqa: PLR0913  # a question with its limits
    graph: Graph, question: InventoryQuestion, at: date, language: Language, offset: int, limit: int
) -> Reply[Inventory, InventoryRow]:
    """The inventory of an organisation or of the whole state; NotFound for no organisation."""
    found = InventoryList(graph, question, at)
    return Reply(
        question=question,
        name=f"{question.organisation or 'devlet'}-hizmet-envanteri",
        make_answer=lambda: found.answer(offset, limit),
        list_field="rows",
        make_listing=lambda: found.listing(limit),
        make_table=lambda listing: tables.of_inventory(graph.schema, listing.answer, listing.rows, language),
    )


def service_reply(graph: Graph, question: ServiceQuestion, at: date, language: Language) -> Reply[ServiceCard, None]:
    """The card of a service, its process as the picture; NotFound for no service or place."""
    reply: Reply[ServiceCard, None] = Reply(
        question=question,
        name=f"{question.id}-hizmet",
        make_answer=lambda: service_card.of(graph, question.id, at, question.place),
        make_table=lambda listing: card_table.of_card(graph.schema, listing.answer, language),
        make_diagram=lambda: process_diagram(reply.answer, graph.schema, language),
        is_process=True,
    )
    return reply
