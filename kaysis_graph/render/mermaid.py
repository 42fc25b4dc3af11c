"""A diagram as Mermaid flowcharts, in parts that Mermaid agrees to draw."""

import re
from collections.abc import Iterator

from kaysis_graph.messages import say
from kaysis_graph.render.diagram import Arrow, Diagram, Node
from kaysis_graph.render.typeset import clean

# Mermaid's own defaults: maxEdges 500, maxTextSize 50,000. A page cannot raise them for its reader.
_MOST_ARROWS = 500
_MOST_LETTERS = 50_000

_UNSAFE = re.compile(r"[^\w .,:/()+§–—…→×’-]")
# "1. Hukuk Müşavirliği" is an office; Mermaid 11 writes "Unsupported markdown: list" in its place.
_LIST = re.compile(r"^(\d*)([.)+-])(?= )")
_OUTLINES = {
    "organisation": ("[", "]"),
    "legislation": ("[[", "]]"),
    "service": ("(", ")"),
    "document": (">", "]"),
    "data_element": ("{{", "}}"),
    "correspondence_step": ("[/", "/]"),
    "initials": ("[/", "/]"),
    "signature": ("[/", "/]"),
    "beginning": ("([", "])"),
    "task": ("(", ")"),
    "ending": ("([", "])"),
    "system": ("[(", ")]"),
    "official": ("([", "])"),
    "place": ("[\\", "\\]"),
    "group": ("[[", "]]"),
}


def render(diagram: Diagram) -> list[str]:
    """The parts, each a flowchart that is whole by itself: ≤ 500 arrows and ≤ 50,000 letters.

    Arrows keep their order over the parts; a part holds the nodes of its arrows, and nodes without
    an arrow come last. An empty diagram is one part without nodes.
    """
    names = {node.id: f"n{number}" for number, node in enumerate(diagram.nodes)}
    packs = list(_packs(diagram, names))
    return [_part(diagram, names, pack, number, len(packs)) for number, pack in enumerate(packs, start=1)]


def _packs(diagram: Diagram, names: dict[str, str]) -> Iterator[tuple[list[Node], list[Arrow]]]:
    """Arrows, with the nodes they need, as many as one part holds."""
    by_id = {node.id: node for node in diagram.nodes}
    joined = {end for arrow in diagram.arrows for end in (arrow.source, arrow.target)}
    wants: list[tuple[Arrow | None, tuple[str, ...]]] = [
        *((arrow, (arrow.source, arrow.target)) for arrow in diagram.arrows),
        *((None, (node.id,)) for node in diagram.nodes if node.id not in joined),
    ]
    # Every lane may have to be opened in every part, and the head holds titles and footnotes.
    frame = len(_head(diagram, 1, 1)) + sum(len(_lane_line(lane.title, 0)) + 20 for lane in diagram.lanes) + 200
    held: dict[str, Node] = {}
    arrows: list[Arrow] = []
    letters = frame
    for arrow, ends in wants:
        new = [end for end in dict.fromkeys(ends) if end not in held]
        cost = sum(len(_node_line(by_id[end], names)) for end in new) + (len(_arrow_line(arrow, names)) if arrow else 0)
        if (held or arrows) and (len(arrows) == _MOST_ARROWS or letters + cost > _MOST_LETTERS):
            yield list(held.values()), arrows
            held, arrows, letters = {}, [], frame
            new = list(dict.fromkeys(ends))
            cost = sum(len(_node_line(by_id[end], names)) for end in new) + (
                len(_arrow_line(arrow, names)) if arrow else 0
            )
        held.update((end, by_id[end]) for end in new)
        if arrow:
            arrows.append(arrow)
        letters += cost
    yield list(held.values()), arrows


def _part(
    diagram: Diagram, names: dict[str, str], pack: tuple[list[Node], list[Arrow]], number: int, count: int
) -> str:
    nodes, arrows = pack
    lines = [_head(diagram, number, count)]
    lanes = {lane.id: (place, lane.title) for place, lane in enumerate(diagram.lanes)}
    for lane_id, (place, title) in lanes.items():
        inside = [node for node in nodes if node.lane == lane_id]
        if inside:
            lines += [_lane_line(title, place), *(f"  {_node_line(node, names)}" for node in inside), "  end\n"]
    lines += [_node_line(node, names) for node in nodes if node.lane not in lanes]
    lines += [_arrow_line(arrow, names) for arrow in arrows]
    for tag, style in (("ended", "stroke-dasharray:5 3"), ("start", "stroke-width:4px")):
        tagged = [names[node.id] for node in nodes if tag in node.tags]
        if tagged:
            lines += [f"  classDef {tag} {style}\n", f"  class {','.join(tagged)} {tag}\n"]
    return "".join(lines)


def _head(diagram: Diagram, number: int, count: int) -> str:
    comments = [diagram.title, say("render.part", diagram.language, number=number, of=count), *diagram.footnotes]
    return (
        "flowchart LR\n"
        + "".join(f"%% {_plain(comment)}\n" for comment in comments)
        + f"  accTitle: {_plain(diagram.title)}\n"
        + (f"  accDescr: {_plain(diagram.about)}\n" if diagram.about else "")
    )


def _plain(text: str) -> str:
    """Text where Mermaid knows no quotes: what could end it, or open a directive in a comment, becomes a space."""
    return clean(re.sub(r"[#;{}%<>&\"`]", " ", text)) or "-"


def _lane_line(title: str, place: int) -> str:
    return f'  subgraph lane{place}["{_quoted(title)}"]\n'


def _node_line(node: Node, names: dict[str, str]) -> str:
    opening, closing = _OUTLINES.get(node.shape, ("[", "]"))
    marks = ("† " if "ended" in node.tags else "") + ("? " if "unverified" in node.tags else "")
    count = f" ×{node.count}" if node.count > 1 else ""
    note = f"<br>{_quoted(node.note)}" if node.note else ""
    return f'  {names[node.id]}{opening}"{marks}{_quoted(node.title)}{count}{note}"{closing}\n'


def _arrow_line(arrow: Arrow, names: dict[str, str]) -> str:
    line = "-.->" if "ended" in arrow.tags else "-->"
    label = _quoted(arrow.label) + (f" ({arrow.weight})" if arrow.weight > 1 else "")
    shown = f'|"{label.strip()}"|' if label.strip() else ""
    return f"  {names[arrow.source]} {line}{shown} {names[arrow.target]}\n"


def _quoted(text: str) -> str:
    """Text for inside quotes: every character that Mermaid, Markdown or HTML could take for a sign as its number."""
    safe = _UNSAFE.sub(lambda found: f"#{ord(found[0])};", clean(text))
    return _LIST.sub(lambda found: f"{found[1]}#{ord(found[2])};", safe) or " "
