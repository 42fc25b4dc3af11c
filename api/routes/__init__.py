"""The addresses, one module for each area: its part of the API and its pages."""

from fastapi import APIRouter

from api.routes import legislation, start

ROUTERS: tuple[APIRouter, ...] = (
    legislation.api,
    legislation.pages,
    start.pages,
)
