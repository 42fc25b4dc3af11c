"""A what-if in words, as a table of all its rows, and as a picture of what falls."""

from collections.abc import Iterator

from kaysis_graph.answers.answer import Thing, first_names
from kaysis_graph.answers.record_diagram import Drawing
from kaysis_graph.answers.table_columns import table, titled
from kaysis_graph.impact.what_if_answer import Assumed, Loss, WhatIf
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.table import Cell, Table
from kaysis_graph.schema import Schema

_NAMED = 3


def title_of(answer: WhatIf, language: Language) -> str:
    """What is assumed, as a heading."""
    first, *others = (about_assumed(each, language) for each in answer.assumed)
    return say("what_if.title", language, assumed="; ".join([first, *others]))


def about_assumed(assumed: Assumed, language: Language) -> str:
    """One assumption: what of the record, with how many of its own provisions or units go with it."""
    name = assumed.thing.full_name(language)
    said = say(f"what_if.assumed_{assumed.how}", language, title=name)
    return f"{said} {say(f'what_if.own_{assumed.how}', language, count=assumed.own)}" if assumed.own else said


def about_loss(loss: Loss, language: Language) -> str:
    """What a record loses, and what stays."""
    count = len(loss.lost) + len(loss.stays)
    if loss.is_whole:
        return say(f"what_if.{'only' if count == 1 else 'all'}_{loss.reason}", language, count=count)
    values = {"lost": len(loss.lost), "count": count, "stays": first_names(loss.stays, language)}
    return say(f"what_if.part_{loss.reason}", language, **values)


def about_rule(answer: WhatIf, language: Language) -> Iterator[str]:
    """What was followed and what was not, and that nothing is written."""
    yield say(f"what_if.followed_{answer.chain}", language)
    yield say("what_if.nothing_written", language)


def what_if_table(answer: WhatIf, language: Language) -> Table:
    """One row for each figure and each row of the lists, told apart by `section`."""
    names = ("section", "kind", "id", "title", "institution_title", "effect", "lost", "stays", "before", "after")
    return table(title_of(answer, language), names, _cells(answer, language), answer, language)


def _cells(answer: WhatIf, language: Language) -> Iterator[tuple[Cell, ...]]:
    for assumed in answer.assumed:
        told = about_assumed(assumed, language)
        yield "assumed", assumed.thing.kind, assumed.thing.id, assumed.thing.name(language), None, told, *[None] * 4
    for figure in answer.figures:
        label = say(f"what_if.figure_{figure.name}", language)
        yield "figures", None, figure.name, label, None, None, None, None, figure.before, figure.after
    for section, losses in (("acts", answer.acts), ("services", answer.services), ("others", answer.others)):
        for loss in losses:
            whose = loss.institution.full_name(language) if loss.institution else None
            ends = (loss.thing.kind, loss.thing.id, loss.thing.name(language), whose, about_loss(loss, language))
            yield section, *ends, _ids(loss.lost), _ids(loss.stays), len(loss.lost) + len(loss.stays), len(loss.stays)
    for document in answer.documents:
        held = document.document
        effect = say("what_if.document_effect", language, count=len(document.required_by))
        yield (
            "documents",
            held.kind,
            held.id,
            held.name(language),
            held.distinction(language) or None,
            effect,
            _ids(document.made_by),
            _ids(document.required_by),
            len(document.made_by),
            0,
        )
    for flow in answer.flows:
        name = f"{flow.sender.full_name(language)} → {flow.receiver.full_name(language)}"
        both = f"{flow.sender.id} {flow.receiver.id}"
        yield "flows", None, both, name, None, None, _ids(flow.documents), None, flow.before, flow.after
    for table_loss in answer.tables:
        unit = table_loss.unit
        named = (unit.kind, *titled(unit, language))
        lines = (_ids(table_loss.struck), _ids(table_loss.in_vain), table_loss.before, table_loss.after)
        yield "tables", *named, None, *lines


def _ids(things: tuple[Thing, ...]) -> str | None:
    return " ".join(thing.id for thing in things) or None


def what_if_diagram(answer: WhatIf, schema: Schema, language: Language) -> Diagram:
    """What is assumed and what falls with it, marked as ended, beside what loses a part and stands.

    Arrows point to what is needed; those that are lost are marked too.
    """
    drawing = Drawing(schema, language)
    for assumed in answer.assumed:
        drawing.add(assumed.thing, is_start=True, has_ended=True)
    edges = {"ground": "BASED_ON", "offerer": "PROVIDED_BY"}
    for loss in (*answer.acts, *answer.services, *answer.others):
        if drawing.is_full:
            break
        label = schema.edge_types[edges[loss.reason]].label.of(language)
        drawing.add(loss.thing, says=about_loss(loss, language), has_ended=loss.is_whole)
        for needed in loss.lost:
            drawing.add(needed, has_ended=True)
            drawing.join(loss.thing.id, needed.id, label, has_ended=True)
        for needed in loss.stays[:_NAMED] if not loss.is_whole else ():
            drawing.add(needed)
            drawing.join(loss.thing.id, needed.id, label)
    for document in answer.documents:
        if drawing.is_full:
            break
        drawing.add(document.document, says=say("what_if.made_by_nobody", language), has_ended=True)
        for service in document.made_by[:_NAMED]:
            drawing.add(service, has_ended=True)
            drawing.join(service.id, document.document.id, schema.edge_types["PRODUCES"].label.of(language))
        for service in document.required_by[:_NAMED]:
            drawing.add(service)
            drawing.join(service.id, document.document.id, schema.edge_types["REQUIRES"].label.of(language))
    total = sum(answer.totals[section] for section in ("acts", "services", "others", "documents"))
    return drawing.diagram(title_of(answer, language), answer, total, "from_start")
