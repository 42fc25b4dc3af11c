"""What can be asked about a record: each question as a link, in a line, with a count where the projection has it."""

from kaysis_graph.records.degrees import Degrees
from kaysis_graph.schema import Kind
from ui.pages.frame import Frame, Link
from ui.pages.records.record_page import RecordQuestion

_LAWS = ("Legislation", "Provision")


def questions_about(
    frame: Frame, kind: Kind, identifier: str, degrees: Degrees, resting: int
) -> tuple[RecordQuestion, ...]:
    """The questions that fit the kind, the most telling first; so many records rest on an act with its provisions."""
    match kind.name:
        case "Organisation":
            own = _of_organisation(frame, identifier, degrees)
        case "Legislation" | "Provision":
            own = _of_law(frame, kind, identifier, degrees, resting)
        case "Service":
            own = _of_service(frame, identifier)
        case _:
            own = ()
    return (*own, *_of_every(frame, kind, identifier, degrees))


def _of_organisation(frame: Frame, identifier: str, degrees: Degrees) -> tuple[RecordQuestion, ...]:
    units, services = degrees.get(("into", "PART_OF", "Organisation"), 0), _count(degrees, "into", "PROVIDED_BY")
    return (
        _question(frame, "organisations", "units", frame.link(f"/organisations/{identifier}"), units),
        _question(
            frame, "services", "services", frame.link("/services/table", organisation=identifier, units="subtree"),
            services,
        ),
        _question(frame, "flows", "flows", frame.link("/flows", organisation=identifier)),
    )  # fmt: skip


def _of_law(frame: Frame, kind: Kind, identifier: str, degrees: Degrees, resting: int) -> tuple[RecordQuestion, ...]:
    found = []
    if kind.name == "Legislation":
        found.append(_question(frame, "record.act", "act", frame.link(f"/legislation/{identifier}")))
    for relation, edge_type in (("based_on", "BASED_ON"), ("repeals", "REPEALS"), ("amends", "AMENDS")):
        for way, direction in (("down", "into"), ("up", "out")):
            is_resting = (relation, way) == ("based_on", "down")
            count = resting if is_resting else _count(degrees, direction, edge_type)
            # What rests on it is asked of every law; the rest only where there is an answer.
            if count or is_resting:
                href = frame.link(f"/legislation/{identifier}", relation=relation, direction=way)
                found.append(_question(frame, f"turn_{relation}_{way}", f"{relation}_{way}", href, count))
    return tuple(found)


def _of_service(frame: Frame, identifier: str) -> tuple[RecordQuestion, ...]:
    return (
        _question(frame, "record.card", "card", frame.link(f"/services/{identifier}")),
        _question(frame, "flows", "flows_of_service", frame.link("/flows", service=identifier)),
    )


def _of_every(frame: Frame, kind: Kind, identifier: str, degrees: Degrees) -> tuple[RecordQuestion, ...]:
    found = []
    bases = 0 if kind.name in _LAWS else _count(degrees, "out", "BASED_ON")
    if bases:
        href = frame.link(f"/legislation/{identifier}", direction="up")
        found.append(_question(frame, "turn_based_on_up", "ground", href, bases))
    return (
        *found,
        _question(frame, "record.explore", "explore", frame.explore(identifier)),
        _question(frame, "impact", "impact", frame.link(f"/impact/{kind.slug}/{identifier}")),
        _question(frame, "paths_start", "paths", frame.link("/paths", **{"from": identifier})),
    )


def _question(frame: Frame, key: str, about: str, href: str, count: int | None = None) -> RecordQuestion:
    """A count of none has a sentence of its own."""
    said = (
        frame.say(f"record.ask_{about}_none")
        if count == 0
        else frame.say(f"record.ask_{about}", count=frame.number(count or 0))
    )
    return RecordQuestion(Link(frame.say(key), href), said)


def _count(degrees: Degrees, direction: str, edge_type: str) -> int:
    return sum(count for (way, name, _), count in degrees.items() if (way, name) == (direction, edge_type))
