"""Records whose names are known, as answers name them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kaysis_graph.answers.answer import Thing, distinctions, fresh_thing, states
from kaysis_graph.graph.graph import Graph
from kaysis_graph.records.names import Name


def things_named(graph: Graph, at: date, names: Sequence[Name]) -> list[Thing]:
    """Records of names that are those of the day: how each stood then is known without asking the engine."""
    view = graph.on(at)
    places = {name.id: place for name in names if (place := view.records.position_of.get(name.id)) is not None}
    stands = dict(zip(places, states(view, list(places.values())), strict=True))
    told = distinctions(view, list(places.values()))
    return [
        replace(fresh_thing(name), state=stands[name.id], distinctions=told.get(places[name.id], ()))
        if name.id in stands
        else fresh_thing(name)
        for name in names
    ]
