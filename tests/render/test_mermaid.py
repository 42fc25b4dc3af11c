"""Mermaid text: split as Mermaid demands, and safe whatever a title holds."""

import re
from dataclasses import replace

from test_svg import HOSTILE, crowd, diagram

from kaysis_graph.render import mermaid
from kaysis_graph.render.diagram import Arrow, Node

LINE = re.compile(
    r"flowchart LR|%% [^{}]*|  acc(Title|Descr): [^#;{}<>\"]+|"
    r'  subgraph lane\d+\["[^"]*"\]|  end|  classDef \w+ [\w:. -]+|  class [\w,]+ \w+|'
    r'\s+n\d+[\[({>/\\]{1,2}"[^"]*"[\])}/\\]{1,2}|  n\d+ -(-|\.-)>(\|"[^"]*"\|)? n\d+'
)


def test_each_part_keeps_mermaids_limits_and_all_arrows_are_in_one() -> None:
    drawn = crowd(60, 3, 1700, 5)
    parts = mermaid.render(drawn)
    assert len(parts) >= 4
    assert all(len(part) <= 50_000 for part in parts)
    counts = [len(re.findall(r"^  n\d+ -", part, re.MULTILINE)) for part in parts]
    assert max(counts) <= 500
    assert sum(counts) == 1700
    assert "bölüm 2 / " in parts[1]


def test_long_texts_split_a_diagram_before_it_has_500_arrows() -> None:
    drawn = diagram(300, [(number, number + 1) for number in range(299)])
    long = tuple(replace(node, title="Çok uzun başlık " * 40) for node in drawn.nodes)
    parts = mermaid.render(replace(drawn, nodes=long))
    assert len(parts) > 1
    assert all(len(part) <= 50_000 for part in parts)


def test_a_part_names_every_node_its_arrows_join() -> None:
    for part in mermaid.render(crowd(10, 3, 1200, 7)):
        named = set(re.findall(r'^\s+(n\d+)[^ -]*"', part, re.MULTILINE))
        joined = set(re.findall(r"^  (n\d+) -", part, re.MULTILINE)) | set(re.findall(r" (n\d+)$", part, re.MULTILINE))
        assert joined <= named


def test_hostile_text_cannot_leave_its_quotes() -> None:
    drawn = diagram(2, [(0, 1)], 1)
    drawn = replace(
        drawn, title=HOSTILE, about=HOSTILE + "{", footnotes=("%%{init: {}}%%",),
        nodes=tuple(replace(node, title=HOSTILE, note="end ```") for node in drawn.nodes),
        lanes=(replace(drawn.lanes[0], title=HOSTILE),),
        arrows=(Arrow("n0", "n1", HOSTILE, tags=frozenset({"ended"})),),
    )  # fmt: skip
    (text,) = mermaid.render(drawn)
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert "<script" not in text


def test_a_title_that_begins_with_a_number_is_no_list() -> None:
    drawn = replace(diagram(0, []), nodes=(Node("x", "1. Hukuk Müşavirliği", "organisation", note="- eski"),))
    assert '"1#46; Hukuk Müşavirliği<br>#45; eski"' in mermaid.render(drawn)[0]


def test_an_empty_diagram_is_one_empty_flowchart() -> None:
    (text,) = mermaid.render(diagram(0, []))
    assert text.startswith("flowchart LR\n")


def test_a_node_without_arrows_is_drawn_too() -> None:
    drawn = replace(diagram(1, []), nodes=(Node("x", "Yalnız kutu", "place"),))
    assert '"Yalnız kutu"' in mermaid.render(drawn)[0]
