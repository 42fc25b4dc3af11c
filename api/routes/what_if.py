"""What-if: what would change if some records ended."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking
from api.responses import Offer, html, respond
from kaysis_graph.impact import what_if
from kaysis_graph.impact.assumption import Chain, How
from kaysis_graph.impact.what_if_answer import WhatIf
from kaysis_graph.impact.what_if_words import what_if_diagram, what_if_table
from kaysis_graph.render.formats import OF_A_WALK
from kaysis_graph.render.table import Table
from ui.pages.answer_parts import Ways
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import frame_of
from ui.pages.reader import Asked, listed
from ui.pages.what_if import assumption_form, what_if_page

api = APIRouter(prefix="/api/impact", tags=["impact"])
pages = APIRouter(include_in_schema=False)
Records = Annotated[
    str,
    Query(description="What is assumed to end: identifiers with commas between.", examples=["kanun-5490"]),
]
Assume = Annotated[
    Literal["repealed", "closed", "no_longer_issued", "ended"] | None,
    Query(
        description="What is assumed of each: legislation is repealed, an organisation closed, a document no longer "
        "issued, anything else ended. It follows from the kind; given, it must fit."
    ),
]
Following = Annotated[
    Literal["first", "all"] | None,
    Query(description="`all` takes acts that lose their only ground for ended too, and so on; usually they stay."),
]


@api.get("/what-if", operation_id="whatIf", summary="What would change if some records ended",
         responses=answers_with(WhatIf, *OF_A_WALK, "html"))  # fmt: skip
def what_would_change(asked: Asking, record: Records, assume: Assume = None, chain: Following = None) -> Response:
    """Legislation, services, documents, flows and service tables of the day as it is and as it would be.

    Nothing is written. Each record that loses something says what stays.
    """
    return _what_if(asked, record, assume, chain)


@pages.get("/impact/what-if")
def page(
    asked: Asking,
    record: Annotated[str | None, Query()] = None,
    assume: Assume = None,
    chain: Following = None,
) -> Response:
    """The same as a page; a name in the place of an identifier leads to the record, or to a choice."""
    found = []
    for said in listed(record):
        choice = meant(asked, said, list(asked.graph.schema.kinds))
        if isinstance(choice, Choices):
            return html(_choose(asked, record or "", said, choice, chain or "first"))
        found.append(choice)
    if not found:
        frame = frame_of(asked, frame_of(asked, "").say("what_if.heading"))
        form = assumption_form(frame, "", chain or "first")
        return html(choose_page(asked, frame, frame.title, frame.say("what_if.about"), form, None, ()))
    return _what_if(asked, ",".join(found), assume, chain)


def _choose(asked: Asked, record: str, said: str, choice: Choices, chain: str) -> str:
    """The page that asks which record was meant."""
    frame = frame_of(asked, frame_of(asked, "").say("what_if.heading"))
    others = [each for each in listed(record) if each != said]
    links = [
        frame.link("/impact/what-if", record=",".join([*others, name.id]), chain=None if chain == "first" else chain)
        for name in choice.names
    ]
    form = assumption_form(frame, record, chain)
    return choose_page(asked, frame, frame.title, frame.say("what_if.about"), form, choice, links)


def _what_if(asked: Asked, record: str, how: How | None, chain: Chain | None) -> Response:
    graph, language = asked.graph, asked.language
    identifiers = tuple(listed(record))
    followed = chain or "first"
    answer = what_if.of(graph, identifiers, asked.at, how=how, chain=followed)
    first, *others = (each.thing.id for each in answer.assumed)
    ways = Ways(
        page="/impact/what-if",
        api="/api/impact/what-if",
        parameters={"record": ",".join([first, *others]), "chain": None if followed == "first" else followed},
        command=[
            *("impact", first, "--assume", answer.assumed[0].how),
            *(part for other in others for part in ("--also", other)),
            *(("--chain", followed) if followed != "first" else ()),
        ],
        formats=OF_A_WALK,
    )

    def table() -> Table:
        """A file holds every row: where the answer left some out it is asked once more."""
        every = answer
        if not answer.complete:
            every = what_if.of(graph, identifiers, asked.at, how=how, chain=followed, limit=None)
        return what_if_table(every, language)

    offer = Offer(
        name=f"what-if-{first}",
        body=lambda: answer,
        page=lambda: what_if_page(asked, answer, ways),
        table=table,
        diagram=lambda: what_if_diagram(answer, graph.schema, language),
    )
    return respond(asked, offer)
