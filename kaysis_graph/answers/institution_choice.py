"""Which institution the records of an answer are narrowed to, as addresses and commands name it."""

from typing import Final

from kaysis_graph.answers.answer import position_of_kind, things_by_position
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.facts.institutions import institution_of, is_institution
from kaysis_graph.graph.view import View

NOBODY: Final = "none"
"""Names, among institutions and issuers, those records that have none."""


def chosen_institution(view: View, institution: str | None) -> int | None:
    """Where the institution lies, -1 for NOBODY; None where the records of all are told.

    NotFound when it is no organisation. Invalid for a unit, which has no records of its own here: they are counted
    with its institution, and the problem names that one.
    """
    if institution in (None, NOBODY):
        return None if institution is None else -1
    place = position_of_kind(view, str(institution), "Organisation")
    if view.once(is_institution)[place]:
        return place
    above = int(view.once(institution_of)[place])
    at_fault = {"parameter": "institution"}
    if above == place:
        raise Invalid([Problem("answers.unit_of_none", at_fault, {"id": institution, "none": NOBODY})])
    (thing,) = things_by_position(view, [above]).values()
    values = {"id": institution, "institution": thing.id, "title": thing.title}
    raise Invalid([Problem("answers.unit_of_institution", at_fault, values)])
