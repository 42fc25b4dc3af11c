"""The service standards table and the service inventory of BKK 2009/15169 (annexes 2 and 1), as of a date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from kaysis_graph import text
from kaysis_graph.answers.answer import Thing, page_cut, position_of_kind, things, whole_list
from kaysis_graph.answers.reply import Listing
from kaysis_graph.errors import TooLarge
from kaysis_graph.facts.institutions import institution_of, one_level_up, only
from kaysis_graph.graph.columns import Mask
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import subtree
from kaysis_graph.messages import say
from kaysis_graph.services.answer import (
    TABLE_COLUMNS,
    Authority,
    Inventory,
    InventoryRow,
    ServiceTable,
    TableRow,
    Units,
)
from kaysis_graph.services.facts import Facts, for_inventory, for_table
from kaysis_graph.services.inventory_rows import inventory_row
from kaysis_graph.services.question import InventoryQuestion

ROWS = 500
MOST_ROWS = 2_000
_ROWS_AT_A_TIME = 500


def table(graph: Graph, organisation_id: str, at: date, units: Units = "self") -> ServiceTable:
    """The service standards table of an organisation alone or with everything under it, whole.

    NotFound when there is no such organisation.
    """
    view = graph.on(at)
    organisation = position_of_kind(view, organisation_id, "Organisation")
    institution = int(view.once(institution_of)[organisation])
    above = one_level_up(view, organisation)
    meant = _units(view, organisation, units)
    named = {organisation, institution, *([] if above is None else [above])}
    facts = for_table(graph, view, _services(view, meant), named)
    own = facts.names[organisation]
    rows = [_table_row(facts, number, service) for number, service in enumerate(_in_order(facts, meant), start=1)]
    return ServiceTable(
        at=at,
        sequence=view.sequence,
        complete=True,
        cut=None,
        organisation=own,
        institution=facts.names[institution],
        units=units,
        unit_count=int(meant.sum()),
        title=say("services.title", "tr", name=_name_in_title(own, facts.names[institution])),
        columns=tuple(say(f"services.{column}", "tr") for column in TABLE_COLUMNS),
        rows=tuple(rows),
        footer=say("services.footer", "tr"),
        first_authority=Authority(own),
        second_authority=Authority(None if above is None else facts.names[above]),
    )


class InventoryList:
    """The service inventory of an organisation or of the whole state, found once: pages and files are cut from it."""

    def __init__(self, graph: Graph, question: InventoryQuestion, at: date) -> None:
        """NotFound when there is no such organisation."""
        self._graph = graph
        self._units: Units = question.units
        self._at = at
        self._view = view = graph.on(at)
        self._organisation, self._meant = _asked(view, question.organisation, question.units)
        self._services = _ordered(view, self._meant)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Inventory:
        """The inventory with at most `limit` rows from `offset` on.

        TooLarge when more rows are asked for at once than an answer holds; the listing gives them all.
        """
        if limit > MOST_ROWS:
            raise TooLarge("services.too_many", most=MOST_ROWS)
        view = self._view
        page = self._services[offset : offset + limit]
        own = None
        name = text.upper(say("services.whole_state", "tr"))
        if self._organisation is not None:
            places = [self._organisation, int(view.once(institution_of)[self._organisation])]
            own, institution = things(view, places)
            name = _name_in_title(own, institution)
        rows = tuple(_inventory_rows(self._graph, view, page, offset))
        cut = page_cut(len(self._services), offset, len(page))
        return Inventory(
            at=self._at,
            sequence=view.sequence,
            complete=cut is None,
            cut=cut,
            organisation=own,
            units=self._units,
            unit_count=0 if self._meant is None else int(self._meant.sum()),
            title=say("services.inventory_title", "tr", name=name),
            rows=rows,
            total=len(self._services),
            offset=offset,
            limit=limit,
        )

    def listing(self, limit: int = ROWS) -> Listing[Inventory, InventoryRow]:
        """The inventory beside all its rows, of one and the same state of the graph; `limit` is what was asked for."""
        return Listing(replace(whole_list(self.answer(limit=0)), limit=limit), self._all_rows())

    def _all_rows(self) -> Iterator[InventoryRow]:
        for offset in range(0, len(self._services), _ROWS_AT_A_TIME):
            page = self._services[offset : offset + _ROWS_AT_A_TIME]
            yield from _inventory_rows(self._graph, self._view, page, offset)


def _inventory_rows(graph: Graph, view: View, services: list[int], offset: int) -> Iterator[InventoryRow]:
    if services:
        facts = for_inventory(graph, view, services)
        for number, service in enumerate(services, start=offset + 1):
            if str(view.records.ids[service]) in facts.records:
                yield inventory_row(facts, number, service)


def _asked(view: View, organisation_id: str | None, units: Units) -> tuple[int | None, Mask | None]:
    if organisation_id is None:
        return None, None
    organisation = position_of_kind(view, organisation_id, "Organisation")
    return organisation, _units(view, organisation, units)


def _units(view: View, organisation: int, units: Units) -> Mask:
    if units == "self":
        return only(view, organisation)
    marks = np.zeros(len(view), np.bool_)
    marks[subtree(view, organisation).positions] = True
    return marks & view.records.of_kinds("Organisation")


def _services(view: View, units: Mask) -> list[int]:
    found = np.unique(view.adjacency("PROVIDED_BY", "into").of_all(np.flatnonzero(units).astype(np.int32)))
    services: list[int] = found[view.records.of_kinds("Service")[found]].tolist()
    return services


def _in_order(facts: Facts, units: Mask) -> list[int]:
    services = [service for service in _services(facts.view, units) if facts.names[service].id in facts.records]
    return text.in_order(services, lambda service: facts.names[service].title)


def _ordered(view: View, units: Mask | None) -> list[int]:
    """The services in Turkish alphabetical order: those of some units, or all that are valid on the day."""
    if units is not None:
        found = _services(view, units)
        named = zip(found, things(view, found), strict=True)
        return [service for service, _ in text.in_order(named, lambda pair: pair[1].title)]
    services = view.fields.of_kind["Service"]
    ordered = services.position[services.order]
    return list(ordered[view.valid[ordered]].tolist())


def _name_in_title(organisation: Thing, institution: Thing) -> str:
    parts = [organisation] if organisation.id == institution.id else [institution, organisation]
    return " / ".join(text.upper(part.title) for part in parts)


def _table_row(facts: Facts, number: int, service: int) -> TableRow:
    thing = facts.names[service]
    duration = facts.records[thing.id].on("duration", facts.at)
    return TableRow(
        number,
        thing,
        facts.units(service),
        facts.asked(service),
        duration if isinstance(duration, dict) else None,
    )
