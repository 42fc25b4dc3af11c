"""What an answer about data flows says of tied offices and of what there is instead, and how a question is asked."""

from collections.abc import Iterator

from kaysis_graph.flows.answer import FlowAnswer, FlowQuestion, Instead, Level
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


def parameters_of(question: FlowQuestion) -> dict[str, str]:
    """The parameters that ask the question: those of its subject, then how it is narrowed; usual ones are left out."""
    usual: Level = "institution" if question.subject == "state" else "unit"
    narrowing = {
        "scope": "" if question.scope == "both" else question.scope,
        "level": "" if question.level == usual else question.level,
        "document": ",".join(question.documents),
        "with": ",".join(question.counterparts),
        "carried_by": question.carried_by or "",
        "units": "" if question.units == "both" else question.units,
        "offices": "" if question.offices == "kinds" else question.offices,
    }
    return {**subject_of(question), **{name: value for name, value in narrowing.items() if value}}


def subject_of(question: FlowQuestion) -> dict[str, str]:
    """The parameters that tell whom the question is about."""
    match question.subject:
        case "institution":
            return {"organisation": question.ids[0]}
        case "between":
            return {"from": question.ids[0], "to": question.ids[1]}
        case "state":
            return {}
        case _:
            return {question.subject: question.ids[0]}


def command_of(question: FlowQuestion) -> list[str]:
    """The words of the command that asks the question, without the day."""
    parts = [
        part
        for name, value in parameters_of(question).items()
        for each in value.split(",")
        for part in (f"--{name.replace('_', '-')}", each)
    ]
    return ["flows", *parts]
