"""What-if: what would change if some records ended."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import taken
from api.request import Asking
from api.responses import html, respond
from kaysis_graph.impact.what_if_answer import WhatIf
from kaysis_graph.impact.what_if_question import WhatIfQuestion
from kaysis_graph.impact.what_if_reply import what_if_reply
from kaysis_graph.render.formats import OF_A_WALK
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import frame_of
from ui.pages.reader import Asked
from ui.pages.what_if import assumption_form, what_if_page

api = APIRouter(prefix="/api/impact", tags=["impact"])
pages = APIRouter(include_in_schema=False)


@api.get("/what-if", operation_id="whatIf", summary="What would change if some records ended",
         responses=answers_with(WhatIf, *OF_A_WALK, "html"))  # fmt: skip
def what_would_change(
    asked: Asking, question: Annotated[WhatIfQuestion, Depends(taken(WhatIfQuestion, "record"))]
) -> Response:
    """Legislation, services, documents, flows and service tables of the day as it is and as it would be.

    Nothing is written. Each record that loses something says what stays.
    """
    return _what_if(asked, question)


@pages.get("/impact/what-if")
def page(asked: Asking, question: Annotated[WhatIfQuestion, Depends(taken(WhatIfQuestion))]) -> Response:
    """The same as a page; a name in the place of an identifier leads to the record, or to a choice."""
    found = []
    for said in question.record:
        choice = meant(asked, said, list(asked.graph.schema.kinds))
        if isinstance(choice, Choices):
            return html(_choose(asked, question, said, choice))
        found.append(choice)
    if not found:
        frame = frame_of(asked, frame_of(asked, "").say("what_if.heading"))
        form = assumption_form(frame, question)
        return html(choose_page(asked, frame, frame.title, frame.say("what_if.about"), form, None, ()))
    return _what_if(asked, question.model_copy(update={"record": tuple(dict.fromkeys(found))}))


def _choose(asked: Asked, question: WhatIfQuestion, said: str, choice: Choices) -> str:
    """The page that asks which record was meant."""
    frame = frame_of(asked, frame_of(asked, "").say("what_if.heading"))
    others = [each for each in question.record if each != said]
    links = [
        frame.link("/impact/what-if", **{**question.parameters, "record": ",".join([*others, name.id])})
        for name in choice.names
    ]
    form = assumption_form(frame, question)
    return choose_page(asked, frame, frame.title, frame.say("what_if.about"), form, choice, links)


def _what_if(asked: Asked, question: WhatIfQuestion) -> Response:
    reply = what_if_reply(asked.graph, question, asked.at, asked.language)
    return respond(asked, reply, lambda: what_if_page(asked, reply, question))
