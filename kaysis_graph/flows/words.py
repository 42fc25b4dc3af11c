"""What an answer about data flows says of tied offices, and of what there is instead."""

from collections.abc import Iterator

from kaysis_graph.flows.answer import FlowAnswer, Instead
from kaysis_graph.messages import Language, say

_KINDS_NAMED = 4


def about_offices(answer: FlowAnswer, language: Language) -> Iterator[str]:
    """Which tied offices count and how they are shown; nothing where there are none."""
    if not answer.tied:
        return
    names = ", ".join(thing.full_name(language) for thing in answer.asked)
    if answer.question.units == "own":
        yield say("flows.offices_left_out", language, title=names, count=answer.tied)
        return
    yield say("flows.offices_counted", language, title=names, count=answer.tied)
    if answer.folded:
        kinds = [end.name(language) for end in answer.folded]
        more = ", …" if len(kinds) > _KINDS_NAMED else ""
        yield say("flows.offices_folded", language, kinds=", ".join(kinds[:_KINDS_NAMED]) + more)


def about_instead(instead: Instead, language: Language) -> str:
    """What there is in the place of an empty answer."""
    names = [thing.full_name(language) for thing in instead.asked]
    values = {"title": " → ".join(names), "arrows": instead.arrows, "offices": instead.offices}
    return say(f"flows.instead_{instead.why}", language, **values)
