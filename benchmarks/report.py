"""What was measured as a table in Markdown, as JSON, and as a chart."""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import vl_convert

_PEERS = {"postgres": "PostgreSQL", "twin": "bare driver", "networkx": "networkx"}


@dataclass(frozen=True)
class Timing:
    """Milliseconds: the median and the slowest twentieth of some requests, with the count that was told."""

    median: float
    p95: float
    count: int
    trouble: str = ""


@dataclass(frozen=True)
class MeasuredAnswer:
    """One answer over HTTP and from its peers, as of one day."""

    name: str
    at: str
    is_hub: bool
    ours: Timing
    first_ms: float
    handler_ms: float
    kilobytes: float
    peers: dict[str, Timing] = field(default_factory=dict)
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasuredState:
    """Everything measured at one scale."""

    scale: float
    records: int
    edges: int
    figures: dict[str, float]
    answers: list[MeasuredAnswer]


@dataclass(frozen=True)
class BenchmarkReport:
    """What was measured where, the largest state last."""

    machine: dict[str, Any]
    states: list[MeasuredState]


def write_report(report: BenchmarkReport, folder: Path) -> None:
    """Writes `benchmark.md`, `benchmark.json` and `benchmark.svg` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmark.json").write_text(json.dumps(asdict(report), indent=1, ensure_ascii=False), encoding="utf-8")
    (folder / "benchmark.md").write_text("\n".join([*_lines(report), ""]), encoding="utf-8")
    (folder / "benchmark.svg").write_text(_chart(report.states[-1]), encoding="utf-8")


def fitted_exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """How a time grows with the size: the slope of the straight line through both on logarithmic axes."""
    points = [(math.log(size), math.log(max(spent, 0.01))) for size, spent in zip(sizes, times, strict=True)]
    middle = sum(x for x, _ in points) / len(points)
    height = sum(y for _, y in points) / len(points)
    spread = sum((x - middle) ** 2 for x, _ in points)
    return sum((x - middle) * (y - height) for x, y in points) / spread if spread else 0.0


def _lines(report: BenchmarkReport) -> Iterator[str]:
    yield "# What was measured"
    yield ""
    yield " · ".join(f"{name}: {value}" for name, value in report.machine.items())
    state = report.states[-1]
    yield ""
    yield f"Scale {state.scale:g}: {state.records:,} records, {state.edges:,} edges."
    yield "Milliseconds, median and 95th percentile."
    yield "A ratio above 1 means that our whole answer over HTTP comes sooner than the peer's bare rows."
    yield ""
    peers = [peer for peer in _PEERS if any(peer in answer.peers for answer in state.answers)]
    heads = ["answer", "as of", "ours", "kB", "rows"] + [head for peer in peers for head in (_PEERS[peer], "ratio")]
    yield f"| {' | '.join(heads)} |"
    yield "| --- " * (5 + 2 * len(peers)) + "|"
    for answer in state.answers:
        cells = [
            answer.name,
            answer.at,
            _milliseconds(answer.ours),
            f"{answer.kilobytes:,.0f}",
            f"{answer.ours.count:,}",
        ]
        for peer in peers:
            cells += _peer_cells(answer, peer)
        yield "| " + " | ".join(cells) + " |"
    yield ""
    yield "| figure | |"
    yield "| --- | --- |"
    for name, value in state.figures.items():
        yield f"| {name} | {value:,.1f} |"
    if len(report.states) > 1:
        yield from _growth(report)


def _growth(report: BenchmarkReport) -> Iterator[str]:
    sizes = [state.records + state.edges for state in report.states]
    yield ""
    yield "## Growth"
    yield ""
    yield "Medians in milliseconds, and the exponent of the size that fits them: 1 is as the size, 0 not at all."
    yield ""
    yield "| answer, on the last day | " + " | ".join(f"{state.scale:g}" for state in report.states) + " | exponent |"
    yield "| --- " * (2 + len(report.states)) + "|"
    last = report.states[-1].answers[0].at
    held: list[Mapping[str, MeasuredAnswer]] = [
        {answer.name: answer for answer in state.answers if answer.at == last} for state in report.states
    ]
    for name in held[-1]:
        times = [answers[name].ours.median for answers in held if name in answers]
        if len(times) == len(sizes):
            shown = " | ".join(f"{spent:,.1f}" for spent in times)
            yield f"| {name} | {shown} | {fitted_exponent(sizes, times):.2f} |"


def _peer_cells(answer: MeasuredAnswer, peer: str) -> list[str]:
    timing = answer.peers.get(peer)
    if timing is None:
        return ["–", "–"]
    if timing.trouble:
        return [timing.trouble, "–"]
    mark = f" ({timing.count:,} rows)" if peer in answer.differs else ""
    return [_milliseconds(timing) + mark, f"{timing.median / answer.ours.median:.1f} ×"]


def _milliseconds(timing: Timing) -> str:
    return f"{timing.median:,.1f} / {timing.p95:,.1f}"


def _chart(state: MeasuredState) -> str:
    """Medians beside each other on a logarithmic scale, one row for each answer of the last day."""
    last = state.answers[0].at
    bars = [
        {"answer": answer.name, "system": system, "ms": max(timing.median, 0.1)}
        for answer in state.answers
        if answer.at == last
        for system, timing in (
            ("KAYSİS Graph", answer.ours),
            *((_PEERS[name], one) for name, one in answer.peers.items()),
        )
        if not timing.trouble
    ]
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": f"Median milliseconds at scale {state.scale:g} ({state.records:,} records, {state.edges:,} edges)",
        "data": {"values": bars},
        "mark": {"type": "point", "filled": True, "size": 90},
        "width": 620,
        "encoding": {
            "y": {"field": "answer", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 320}},
            "x": {"field": "ms", "type": "quantitative", "scale": {"type": "log"}, "title": "ms"},
            "color": {"field": "system", "type": "nominal", "title": None},
            "shape": {"field": "system", "type": "nominal", "title": None},
        },
    }
    return vl_convert.vegalite_to_svg(chart)
