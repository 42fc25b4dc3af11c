"""The start page, and what this service says of itself."""

from fastapi import APIRouter
from starlette.responses import Response

from api.request import Asking
from api.responses import html
from kaysis_graph.messages import catalogue, say
from kaysis_graph.settings import VERSION
from ui.pages import latest_changes
from ui.pages import numbers_and_days as written
from ui.pages.frame import MENU, Link, frame_of, shape_named
from ui.pages.page_parts import AboutPage, Figure, Recent, StartPage, rendered
from ui.pages.start import CHANGES, EXAMPLES, TRIES, asked_title, card_of, feed_of, figures

pages = APIRouter(include_in_schema=False)


@pages.get("/")
def start(asked: Asking) -> Response:
    """Search, the questions, figures, latest changes."""
    frame = frame_of(asked, asked_title(asked))
    counted = figures(asked, frame)
    lines = latest_changes.latest(asked.graph.store, asked.graph.sequence, CHANGES)
    page = StartPage(
        frame=frame,
        tries=tuple(Link(words, frame.link("/search", q=words)) for words in TRIES),
        cards=tuple(card_of(asked, frame, name, href) for (href, _, _), name in zip(MENU, EXAMPLES, strict=True)),
        figures=counted,
        records=sum(figure.count for figure in counted),
        edges=sum(len(columns) for columns in asked.graph.follower.current.edges.values()),
        changes=tuple(
            Recent(
                line.number,
                written.moment(line.at, asked.language),
                line.who,
                Link(line.why or frame.say("record.change", number=frame.number(line.number)), feed_of(line.number)),
            )
            for line in lines
        ),
    )
    return html(rendered("start.html", page))


@pages.get("/about")
def about(asked: Asking) -> Response:
    """What this is, how programs ask it, what its errors mean."""
    frame = frame_of(asked, say("pages.about", asked.language), has_day=False)
    schema, language = asked.graph.schema, asked.language
    codes = [key for key in catalogue() if key.startswith("api.status_") and key.count("_") == 1]
    page = AboutPage(
        frame=frame,
        version=VERSION,
        engine=asked.graph.store.engine.name,
        kinds=tuple(
            (
                Figure(Link(kind.plural.of(language), frame.link(f"/records/{kind.slug}")), shape_named(kind.slug)),
                kind.about.of(language),
            )
            for kind in schema.kinds.values()
        ),
        problems=tuple(
            (int(key.rpartition("_")[2]), say(key, language), say(f"{key}_hint", language)) for key in sorted(codes)
        ),
    )
    return html(rendered("about.html", page))
