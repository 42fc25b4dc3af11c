"""Real provinces, ministry units and repeals keep the same rules as the seed, and no edge of them is lost."""

from collections import Counter

import pytest
from conftest import AUTHOR
from exported import (
    ID,
    SHARED,
    STANDARDS,
    classes_added,
    edges_ever,
    edges_held,
    edges_said,
    edges_told,
    exported,
    flaws,
    flaws_of,
    our_rules,
    pointed_at_without_class,
    rules,
)
from rdflib import URIRef

from kaysis_graph import files
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import definition, mapped_source

DATA = SHARED.parent / "data" / "tr"
REAL = {
    "provinces": "provinces.json",
    "units": "derived_ministry_units.csv",
    "repeals": "derived_whole_law_repeals.csv",
}
# Our own rules are asked of some: pySHACL asks node by node, 0.15 ms for each rule.
ONE_IN = 10


@pytest.mark.skipif(not (DATA.is_dir() and SHARED.is_dir()), reason=f"not there: {DATA}, {SHARED} (KAYSIS_SHARED)")
def test_real_records_keep_every_rule(store: Store, kinds: Schema) -> None:
    for name, file in REAL.items():
        columns = definition.read(files.SEED / "maps" / f"{name}.toml", kinds)
        report = import_files.run(store, kinds, mapped_source.source(kinds, [DATA / file], columns), AUTHOR)
        assert report.status == "written", (name, report.status)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    try:
        export = exported(graph)
        for standard in STANDARDS:
            assert flaws(export.whole, rules(standard)) == [], standard
        records = sorted(str(node) for node in set(export.whole.subjects()) if str(node).startswith(str(ID)))
        assert flaws_of({URIRef(one) for one in records[::ONE_IN]}, export.whole, our_rules()) == []
        assert classes_added(export.whole) == {}
        assert pointed_at_without_class(export.today) == set()
        held = edges_held(graph)
        assert held.total() > 300
        assert Counter(edges_said(export.today, kinds)) == held
        assert edges_told(export, kinds) == edges_ever(graph)
    finally:
        graph.follower.end()
