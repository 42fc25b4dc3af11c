"""How an act stands on the day, in plain sentences with the records they speak of."""

from collections.abc import Iterator
from dataclasses import replace

from kaysis_graph.answers.answer import Thing
from kaysis_graph.legislation.act_summary import Standing
from kaysis_graph.legislation.endings import Ending
from ui.pages.frame import Cell, Cells, Frame

Sentence = tuple[str, Cells]


def act_cell(frame: Frame, thing: Thing) -> Cell:
    """A record as a link; acts and provisions lead to their page among the legislation."""
    cell = frame.thing(thing)
    if thing.kind not in ("Legislation", "Provision"):
        return cell
    return replace(cell, href=frame.link(f"/legislation/{thing.id}"))


def act_cells(frame: Frame, things: tuple[Thing, ...]) -> Cells:
    """Several of them."""
    return tuple(act_cell(frame, thing) for thing in things)


def sentences(frame: Frame, standing: Standing) -> Iterator[Sentence]:
    """State and reason first, then amendments, then the ground it stands on."""
    yield _state(frame, standing)
    if standing.ending is not None:
        yield from ending_said(frame, standing.ending)
    if standing.amendments:
        yield _amended(frame, standing)
    for lost in standing.lost:
        yield frame.say("acts.lost", **_on(frame, lost)), (act_cell(frame, lost.text), *_by(frame, lost))
    if standing.lost and standing.state == "in_force":
        key = "acts.lost_all" if len(standing.lost) == standing.bases else "acts.lost_some"
        yield frame.say(key, lost=frame.number(len(standing.lost)), bases=frame.number(standing.bases)), ()


def ending_said(frame: Frame, ending: Ending) -> Iterator[Sentence]:
    """What repealed a text, or that it fell with the act around it."""
    if ending.fell_with is not None:
        yield frame.say("acts.fell_with"), (act_cell(frame, ending.fell_with),)
    if ending.by:
        yield frame.say("acts.repealed_by"), act_cells(frame, ending.by)


def why_ended(frame: Frame, ending: Ending) -> str:
    """When a base ended, in a line; by what is said beside it."""
    return frame.say("acts.base_ended", **_on(frame, ending))


def _state(frame: Frame, standing: Standing) -> Sentence:
    at = frame.day(frame.at)
    match standing.state:
        case "future":
            day = frame.day(standing.begins) if standing.begins else at
            return frame.say("acts.state_future", day=day), ()
        case "in_force":
            if standing.since is None:
                return frame.say("acts.state_in_force", at=at), ()
            return frame.say("acts.state_in_force_since", day=frame.day(standing.since)), ()
        case state:
            on = standing.ending.on if standing.ending else None
            if on is None:
                return frame.say(f"acts.state_{state}", at=at), ()
            return frame.say(f"acts.state_{state}_on", day=frame.day(on)), ()


def _amended(frame: Frame, standing: Standing) -> Sentence:
    count, acts = frame.number(standing.amendments), frame.number(standing.amending)
    if standing.last_on is None or standing.last_by is None:
        return frame.say("acts.amended", count=count, acts=acts), ()
    said = frame.say("acts.amended_last", count=count, acts=acts, day=frame.day(standing.last_on))
    return said, (act_cell(frame, standing.last_by),)


def _on(frame: Frame, ending: Ending) -> dict[str, str]:
    return {"day": frame.day(ending.on) if ending.on else frame.say("acts.unknown_day")}


def _by(frame: Frame, ending: Ending) -> Cells:
    return act_cells(frame, ending.by)
