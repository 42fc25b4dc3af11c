"""The files of a made-up state, each beside the map that brings it in."""

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kaysis_graph.generation import acts, documents, letters, organisations, places, services
from kaysis_graph.generation.act_layout import ActLayout
from kaysis_graph.generation.service_layout import ServiceLayout
from kaysis_graph.generation.sizes import StateSize
from kaysis_graph.generation.unit_layout import UnitLayout

_MAPS = Path(__file__).parent / "maps"
Rows = Iterator[tuple[object, ...]]


@dataclass(frozen=True)
class StateFile:
    """One file: its name without ending, its columns, and its rows made when they are asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Rows]


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written, and how many rows it holds."""

    path: Path
    rows: int


def state_files(scale: float, seed: int) -> list[StateFile]:
    """The files of the state at this scale; the same scale and seed give the same rows."""
    size = StateSize.of_scale(scale)
    units, act_layout = UnitLayout(size), ActLayout(size)
    held = organisations.Organisations(size, seed, units, act_layout)
    legislation = acts.Acts(seed, act_layout, units, held)
    layout = ServiceLayout(size, seed, units)
    offered = services.Services(size, seed, layout, legislation)
    papers = documents.Documents(size, seed, layout, legislation)
    return [
        StateFile("places", places.PLACE_COLUMNS, lambda: places.place_rows(size)),
        StateFile("organisations", organisations.UNIT_COLUMNS, held.unit_rows),
        StateFile("organisation_ties", organisations.TIE_COLUMNS, held.tie_rows),
        StateFile("legislation", acts.ACT_COLUMNS, legislation.act_rows),
        StateFile("provisions", acts.PROVISION_COLUMNS, legislation.provision_rows),
        StateFile("legislation_relations", acts.RELATION_COLUMNS, legislation.relation_rows),
        StateFile("data_elements", documents.ELEMENT_COLUMNS, papers.element_rows),
        StateFile("documents", documents.DOCUMENT_COLUMNS, lambda: papers.document_rows(act_layout)),
        StateFile("document_contents", documents.CONTENT_COLUMNS, papers.content_rows),
        StateFile("systems", documents.SYSTEM_COLUMNS, papers.system_rows),
        StateFile("services", services.SERVICE_COLUMNS, offered.service_rows),
        StateFile("service_requirements", services.REQUIREMENT_COLUMNS, offered.requirement_rows),
        StateFile("service_products", services.PRODUCT_COLUMNS, offered.product_rows),
        StateFile("service_bases", services.BASIS_COLUMNS, lambda: offered.basis_rows(act_layout)),
        StateFile("correspondence", letters.STEP_COLUMNS, lambda: letters.step_rows(size, seed, layout, act_layout)),
        StateFile("officials", letters.OFFICIAL_COLUMNS, lambda: letters.official_rows(size)),
        StateFile("appointments", letters.APPOINTMENT_COLUMNS, lambda: letters.appointment_rows(size, seed, layout)),
    ]


def write_state(folder: Path, scale: float, seed: int, told: Callable[[WrittenFile], None]) -> None:
    """Writes all files and their maps into the folder, row by row; each is told of once it is whole."""
    files = state_files(scale, seed)
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        path = folder / f"{file.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened, lineterminator="\n")
            writer.writerow(file.columns)
            rows = 0
            for row in file.rows():
                writer.writerow(row)
                rows += 1
        shutil.copyfile(_MAPS / f"{file.name}.toml", folder / f"{file.name}.toml")
        told(WrittenFile(path, rows))
