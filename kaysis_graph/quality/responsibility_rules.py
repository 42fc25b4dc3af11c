"""Rules that say who answers for a service, where a unit belongs, and what hangs on what has ended."""

import numpy as np

from kaysis_graph.facts.institutions import is_institution
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.view import View
from kaysis_graph.quality.flaws import Flaws, alone, grouped


def services_without_authority(view: View) -> Flaws:
    """Services that no unit provides on the day."""
    return alone(view, _of(view, "Service") & (_out(view, "PROVIDED_BY") == 0))


def services_of_ended(view: View) -> Flaws:
    """Services all of whose providers have ended."""
    columns, rows = view.edges["PROVIDED_BY"], view.all_holding("PROVIDED_BY")
    service, unit = columns.source[rows], columns.target[rows]
    lives = ~view.over[unit]
    served = np.zeros(len(view), np.bool_)
    served[service[lives]] = True
    lost = ~served[service]
    return grouped(view, service[lost], unit[lost])


def services_without_basis(view: View) -> Flaws:
    """Services without any legal basis on the day."""
    return alone(view, _of(view, "Service") & (_out(view, "BASED_ON") == 0))


def unused_documents(view: View) -> Flaws:
    """Documents that no service asks for or produces and no step carries on the day."""
    used = sum(_into(view, edge_type) for edge_type in ("REQUIRES", "PRODUCES", "CARRIES"))
    return alone(view, _of(view, "Document") & (used == 0))


def parts_without_whole(view: View) -> Flaws:
    """Provisions and correspondence steps that are part of nothing on the day."""
    return alone(view, _of(view, "Provision", "CorrespondenceStep") & (_out(view, "PART_OF") == 0))


def units_of_nobody(view: View) -> Flaws:
    """Units that are no institution of their own and have none above."""
    units = _of(view, "Organisation") & ~view.once(is_institution)
    return alone(view, units & (_out(view, "PART_OF") == 0))


def several_first_ties(view: View) -> Flaws:
    """Units that are part of several others on the day without one of the ties being marked as the second."""
    columns, rows = view.edges["PART_OF"], view.all_holding("PART_OF")
    rows = rows[~columns.is_secondary[rows] & view.records.of_kinds("Organisation")[columns.source[rows]]]
    flaws = grouped(view, columns.source[rows], columns.target[rows])
    several = flaws.counts > 1
    return grouped(
        view,
        np.repeat(flaws.places[several], flaws.counts[several]),
        flaws.others[np.repeat(several, flaws.counts)],
    )


def holding_on_to_ended(view: View) -> tuple[Ints, Ints]:
    """Each organisation that ended without a successor, with a unit or service that still hangs on it."""
    records = view.records
    ended = records.of_kinds("Organisation") & view.over
    ended[view.edges["SUCCEEDED_BY"].source] = False
    near, far = [], []
    for edge_type in ("PART_OF", "PROVIDED_BY"):
        columns, rows = view.edges[edge_type], view.all_holding(edge_type)
        rows = rows[ended[columns.target[rows]]]
        near.append(columns.target[rows])
        far.append(columns.source[rows])
    return np.concatenate(near), np.concatenate(far)


def _of(view: View, *kinds: str) -> Mask:
    return view.valid & view.records.of_kinds(*kinds)


def _out(view: View, edge_type: str) -> Ints:
    return np.diff(view.adjacency(edge_type, "out").starts).astype(np.int32)


def _into(view: View, edge_type: str) -> Ints:
    return np.diff(view.adjacency(edge_type, "into").starts).astype(np.int32)
