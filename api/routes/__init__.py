"""The addresses, one module for each area: its part of the API and its pages."""

from fastapi import APIRouter

from api.routes import (
    changes,
    crawlers,
    explorer,
    flows,
    icons,
    impact,
    paths,
    quality,
    search,
    start,
    what_if,
)
from api.routes.legislation import act, dependencies, legislation_entry
from api.routes.linked import harvest, identifiers, iri_names, linked_data, sparql, vocabulary
from api.routes.organisations import units
from api.routes.records import record_data, record_histories, record_lists, record_pages, records
from api.routes.services import cards, services_entry, tables

ROUTERS: tuple[APIRouter, ...] = (
    explorer.api,
    explorer.pages,
    flows.api,
    flows.pages,
    what_if.api,
    impact.api,
    what_if.pages,
    impact.pages,
    legislation_entry.api,
    legislation_entry.pages,
    dependencies.api,
    dependencies.pages,
    act.api,
    act.pages,
    units.api,
    units.pages,
    paths.api,
    paths.pages,
    quality.api,
    quality.pages,
    tables.api,
    tables.pages,
    services_entry.pages,
    cards.api,
    cards.pages,
    records.api,
    record_lists.pages,
    record_pages.pages,
    record_histories.pages,
    identifiers.pages,
    linked_data.pages,
    harvest.pages,
    record_data.pages,
    vocabulary.pages,
    search.api,
    search.pages,
    changes.api,
    sparql.api,
    linked_data.api,
    start.pages,
    iri_names.api,
    icons.pages,
    crawlers.pages,
)
