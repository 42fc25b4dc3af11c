"""The formats an answer may come in, one row each, and which of them come together.

RDF has forms of its own, in `linked`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

# Readers of JSON agree on whole numbers up to this one (RFC 8259, section 6); more rows are in no graph.
LARGEST_NUMBER: Final = 2**53 - 1
FormatName = Literal["json", "csv", "xlsx", "mermaid", "svg", "png", "pdf", "graphml", "bpmn", "html"]


@dataclass(frozen=True)
class OutputFormat:
    """One format: its media type, how the names of its files end, and what people call it."""

    media: str
    suffix: str
    title: str


FORMATS: Mapping[FormatName, OutputFormat] = {
    "json": OutputFormat("application/json", "json", "JSON"),
    "csv": OutputFormat("text/csv", "csv", "CSV"),
    "xlsx": OutputFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "Excel (XLSX)"),
    "svg": OutputFormat("image/svg+xml", "svg", "SVG"),
    "png": OutputFormat("image/png", "png", "PNG"),
    "pdf": OutputFormat("application/pdf", "pdf", "PDF"),
    "mermaid": OutputFormat("text/vnd.mermaid", "mmd", "Mermaid"),
    "graphml": OutputFormat("application/graphml+xml", "graphml", "GraphML"),
    # Registered nowhere; what bpmn-io and Camunda give their files.
    "bpmn": OutputFormat("application/bpmn20-xml", "bpmn", "BPMN 2.0"),
    "html": OutputFormat("text/html", "html", "HTML"),
}
SHEETS: tuple[FormatName, ...] = ("csv", "xlsx")
# A picture as it is drawn, and the texts that other programs draw it from.
DRAWINGS: tuple[FormatName, ...] = ("svg", "png", "pdf")
PICTURE_TEXTS: tuple[FormatName, ...] = ("mermaid", "graphml")
PICTURES: tuple[FormatName, ...] = (*DRAWINGS, *PICTURE_TEXTS)
# A walk: its rows, the answer itself, and its picture.
OF_A_WALK: tuple[FormatName, ...] = (*SHEETS, "json", *PICTURES)
