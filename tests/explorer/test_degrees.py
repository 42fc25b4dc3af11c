"""How many edges a record has, by direction, type and kind: counted in the projection as the engine counts them."""

from datetime import date

from kaysis_graph.graph.graph import Graph
from kaysis_graph.records import reader
from kaysis_graph.records.degrees import degrees


def test_counts_of_the_projection_are_those_of_the_engine(sample: Graph) -> None:
    for identifier in ("kanun-5490", "99001009", "heys-41001", "il-06"):
        for at in (date(2025, 3, 1), date(1990, 1, 1)):
            view = sample.on(at)
            counted = degrees(view, view.records.position_of[identifier])
            told = {
                ("out" if count.direction == "out" else "into", count.type, count.kind): count.total
                for count in reader.edge_counts(sample.store, sample.schema, identifier, at)
            }
            assert counted == told
