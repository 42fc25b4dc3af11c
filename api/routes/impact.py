"""Impact: what falls, or must be looked at again, when a record changes or ends."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Asking, Depth, Limit, Offset
from api.responses import Offer, html, respond
from api.routes.records.kinds import at_home, kinds_named
from kaysis_graph import impact
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.impact.ask import Impact
from kaysis_graph.impact.selection import Group, ImpactNarrowing, Sort
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import OF_A_WALK
from ui.pages.answer_parts import Ways
from ui.pages.choice import Choices, choose_page, kind_of, meant
from ui.pages.frame import Link, frame_of
from ui.pages.impact import begin_form, impact_page
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/impact", tags=["impact"])
pages = APIRouter(include_in_schema=False)
KindSlug = Annotated[str, Path(description="The slug of the kind.", examples=["legislation"])]
Identifier = Annotated[str, Path(examples=["kanun-5490"])]
_ROWS = 100
_ROWS_IN_PICTURE = 500


@dataclass(frozen=True)
class Narrowed:
    """How the rows of an impact are narrowed and arranged, as the address says it."""

    kinds: str | None
    institution: str | None
    words: str | None
    group: Group | None
    sort: Sort

    def wanted(self, asked: Asked) -> ImpactNarrowing:
        """The same for the answer; Invalid for kinds there are not."""
        kinds = kinds_named(asked.graph.schema, self.kinds, "kinds")
        return ImpactNarrowing(kinds, self.institution, self.words or "", self.group, self.sort)

    @cached_property
    def parameters(self) -> dict[str, str | None]:
        """What an address says of it."""
        sort = self.sort if self.sort != "depth" else None
        told = {"kinds": self.kinds, "institution": self.institution, "words": self.words}
        return {**told, "group": self.group, "sort": sort}

    @property
    def command(self) -> list[str]:
        """The same as options of the command."""
        kinds = [f"--kind={kind}" for kind in (self.kinds or "").split(",") if kind]
        rest = [f"--{name}={value}" for name, value in self.parameters.items() if name != "kinds" and value]
        return [*kinds, *rest]


def narrowed(
    kinds: Annotated[
        list[str] | None,
        Query(description="Slugs of the kinds to tell of, between commas.", examples=[["service,document"]]),
    ] = None,
    institution: Annotated[
        str | None, Query(description="Only what belongs to this institution; `none` for nobody's.")
    ] = None,
    words: Annotated[
        Annotated[str, Field(max_length=200)] | None,
        Query(description="Only records with all these words in their name."),
    ] = None,
    group: Annotated[Group | None, Query(description="Rows of one group after those of another.")] = None,
    sort: Annotated[Sort, Query(description="By depth and identifier, or by title.")] = "depth",
) -> Narrowed:
    """The narrowing of an address; kinds may stand between commas or be said one by one, as forms do."""
    return Narrowed(",".join(filter(None, kinds or ())) or None, institution, words, group, sort)


Narrowing = Annotated[Narrowed, Depends(narrowed)]


@api.get("/{kind}/{id}", operation_id="impact", summary="What falls with a record",
         responses=answers_with(Impact, *OF_A_WALK, "html"))  # fmt: skip
def of_record(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002  # the name in the address
    narrowing: Narrowing,
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """Everything that rests on the record, directly or on the way, each with the chain that makes it so."""
    return at_home(asked, kind, id, "/api/impact") or _impact(asked, id, narrowing, depth, offset, limit)


@pages.get("/impact/{kind}/{id}")
def page_of_record(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    narrowing: Narrowing,
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The same as a page."""
    return at_home(asked, kind, id, "/impact") or _impact(asked, id, narrowing, depth, offset, limit)


@pages.get("/impact")
def choose(asked: Asking, record: Annotated[str | None, Query()] = None, depth: Depth = None) -> Response:
    """The form of the question; what was typed leads to the answer, or to a choice."""
    frame = frame_of(asked, "")
    schema = asked.graph.schema
    found = meant(asked, record, list(schema.kinds)) if record else None
    if isinstance(found, str):
        home = schema.kinds[kind_of(asked, found) or ""].slug
        return RedirectResponse(frame.link(f"/impact/{home}/{found}", depth=depth), 303)
    choices = found if isinstance(found, Choices) else None
    links = [
        frame.link(f"/impact/{schema.kinds[name.kind].slug}/{name.id}", depth=depth)
        for name in (choices.names if choices else ())
    ]
    heading = frame.say("impact")
    form = begin_form(frame, record or "", depth)
    also = (Link(frame.say("what_if.heading"), frame.link("/impact/what-if")),)
    return html(
        choose_page(asked, frame_of(asked, heading), heading, frame.say("impact_about"), form, choices, links, also)
    )


def _impact(  # noqa: PLR0913  # the parameters of the address
    asked: Asked, identifier: str, narrowing: Narrowed, depth: int | None, offset: int, limit: int
) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    wanted = narrowing.wanted(asked)
    answer = impact.ask.of(graph, identifier, at, depth=depth, offset=offset, limit=limit, wanted=wanted)

    def picture() -> Diagram:
        # A tree needs its trunk: whichever page is read, the picture is of the first rows.
        drawn = impact.ask.of(graph, identifier, at, depth=depth, limit=_ROWS_IN_PICTURE, wanted=wanted)
        return impact.picture.impact_diagram(drawn, graph.schema, language)

    def page() -> str:
        home = graph.schema.kinds[answer.start.kind].slug
        title = frame_of(asked, "").say("impact_of", title=answer.start.name(language))
        frame = frame_of(asked, title, (Link(frame_of(asked, "").say("impact"), "/impact"),))
        ways = Ways(
            page=f"/impact/{home}/{identifier}",
            api=f"/api/impact/{home}/{identifier}",
            parameters={"depth": depth, **narrowing.parameters},
            command=["impact", identifier, *(["--depth", str(depth)] if depth else []), *narrowing.command],
            formats=OF_A_WALK,
            twin="impact/twins/impact",
            takes={"id": identifier},
        )
        drawn = None if offset else picture()
        return rendered("impact.html", impact_page(asked, frame, answer, wanted, ways, drawn, limit))

    offer = Offer(
        name=f"{identifier}-impact",
        body=lambda: answer,
        page=page,
        table=lambda: impact.table.impact(
            whole_list(answer), impact.ask.stream(graph, identifier, at, depth=depth, wanted=wanted), language
        ),
        diagram=picture,
    )
    return respond(asked, offer)
