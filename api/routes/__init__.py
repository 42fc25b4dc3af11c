"""The addresses, one module for each area: its part of the API and its pages."""

from fastapi import APIRouter

from api.routes import (
    changes,
    explore,
    flows,
    icons,
    impact,
    legislation,
    organisations,
    paths,
    record_histories,
    record_lists,
    record_pages,
    records,
    search,
    services,
    start,
)

ROUTERS: tuple[APIRouter, ...] = (
    explore.api,
    explore.pages,
    flows.api,
    flows.pages,
    impact.api,
    impact.pages,
    legislation.api,
    legislation.pages,
    organisations.api,
    organisations.pages,
    paths.api,
    paths.pages,
    services.api,
    services.pages,
    records.api,
    record_lists.pages,
    record_pages.pages,
    record_histories.pages,
    search.api,
    search.pages,
    changes.api,
    start.pages,
    icons.pages,
)
