"""Lines that run side by side in one gutter: which of them lies on which track."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Two lines whose ends meet head on would look like one line; worth ten crossings to avoid.
_MEETING = 10
_NEAR = 4.0
_PASSES = 4


@dataclass(frozen=True)
class Run:
    """A stretch along a gutter, from `low` to `high`, with the places where it is left on either side.

    `before` are those towards the first track, `after` those towards the last.
    """

    low: float
    high: float
    before: tuple[float, ...]
    after: tuple[float, ...]


def tracks(runs: Sequence[Run], apart: float = 0) -> list[int]:
    """The track of each run, such that runs on one track do not touch and few lines cross.

    Runs nearer than `apart` count as touching. The order that crosses least is sought by moving
    single runs; the runs are then pushed together without changing the order of any two that touch.
    """
    if len(runs) < 2:  # noqa: PLR2004
        return [0] * len(runs)
    low, high = np.array([run.low for run in runs]), np.array([run.high for run in runs])
    touching = (low[:, None] < high[None, :] + apart) & (low[None, :] < high[:, None] + apart)
    track = [0] * len(runs)
    done: list[int] = []
    for run in _order(_crossings(runs)):
        track[run] = max((track[other] + 1 for other in done if touching[run, other]), default=0)
        done.append(run)
    return track


def _crossings(runs: Sequence[Run]) -> npt.NDArray[np.float64]:
    """For each pair, what it costs to lay the first run on a track before the second."""
    count = len(runs)
    cost = np.zeros((count, count))
    low, high = np.array([run.low for run in runs]), np.array([run.high for run in runs])
    starts, owners_before = _flat([run.before for run in runs])
    ends, owners_after = _flat([run.after for run in runs])
    inside = (starts[:, None] > low[None, :]) & (starts[:, None] < high[None, :])
    np.add.at(cost.T, owners_before, inside)
    inside = (ends[:, None] > low[None, :]) & (ends[:, None] < high[None, :])
    np.add.at(cost, owners_after, inside)
    meeting = np.abs(starts[:, None] - ends[None, :]) < _NEAR
    for mine, other in zip(*np.nonzero(meeting), strict=True):
        cost[owners_after[other], owners_before[mine]] += _MEETING
    np.fill_diagonal(cost, 0)
    return cost


def _flat(lists: Sequence[tuple[float, ...]]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int_]]:
    values = np.array([value for values in lists for value in values], dtype=float)
    owners = np.array([owner for owner, values in enumerate(lists) for _ in values], dtype=int)
    return values, owners


def _order(cost: npt.NDArray[np.float64]) -> list[int]:
    """An order of little cost: by what each would rather precede, then single runs moved to their best place."""
    count = len(cost)
    gain = cost - cost.T
    order = [int(run) for run in np.argsort(gain.sum(axis=1), kind="stable")]
    for _ in range(_PASSES):
        moved = False
        for run in range(count):
            here = order.index(run)
            rest = order[:here] + order[here + 1 :]
            # Cost of standing at each place: after all before it, before all behind it.
            steps = cost[rest, run] - cost[run, rest]
            place_cost = np.concatenate(([0.0], np.cumsum(steps)))
            best = int(np.argmin(place_cost))
            if place_cost[best] < place_cost[here]:
                order = [*rest[:best], run, *rest[best:]]
                moved = True
        if not moved:
            break
    return order
