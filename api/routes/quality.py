"""The graph held against its rules: counted and listed for programs, and as a list to be worked through."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Blank, Limit, Offset, Question, listed
from api.responses import Offer, respond
from kaysis_graph import quality
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.quality import rules
from kaysis_graph.quality.ask import NOBODY, Flaw, Quality, RuleCount, Share
from kaysis_graph.quality.rules import SEVERITIES, Severity
from kaysis_graph.render.formats import SHEETS, FormatName
from ui.pages.answer_parts import Ways, another, day_kept, downloads, notices, pages_of
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.page_parts import Form, Input, Option, rendered
from ui.pages.quality_parts import FlawRow, Holder, QualityPage, RuleWork
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["quality"])
pages = APIRouter(include_in_schema=False)
_FORMATS: tuple[FormatName, ...] = (*SHEETS, "json")
_ROWS = 100
_OTHERS = 4
Keys = Annotated[
    str | None,
    Blank,
    Query(description="Rules by their keys, between commas; all when left out.", examples=["service_without_basis"]),
]
Worst = Annotated[Severity | None, Blank, Query(description="Rules that are at least so bad.")]
Holding = Annotated[
    str | None, Blank, Query(description="The institution whose records are told; `none` for those of none.")
]


@api.get("/quality", operation_id="quality", summary="The graph held against its rules",
         responses=answers_with(Quality, *_FORMATS, "html"))  # fmt: skip
def quality_flaws(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    rule: Keys = None,
    severity: Worst = None,
    institution: Holding = None,
    offset: Offset = 0,
    limit: Limit = quality.ask.ROWS,
) -> Response:
    """Every rule with how often it is broken on the day; `rows` has `limit` flaws of each, after `offset`."""
    return _quality(asked, listed(rule), severity, institution, offset, limit)


@pages.get("/quality")
def quality_page(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    rule: Keys = None,
    severity: Worst = None,
    institution: Holding = None,
    offset: Offset = 0,
    limit: Limit | None = None,
) -> Response:
    """The same as a page: the first flaws of each rule, a hundred at a time of one."""
    keys = listed(rule)
    return _quality(
        asked, keys, severity, institution, offset, limit or (_ROWS if len(keys) == 1 else quality.ask.ROWS)
    )


def _quality(  # noqa: PLR0913  # the parameters of the address
    asked: Asked, keys: list[str], severity: Severity | None, institution: str | None, offset: int, limit: int
) -> Response:
    graph, at = asked.graph, asked.at
    chosen = rules.chosen(keys, severity)
    # Before twenty-five rules are held against the graph.
    quality.ask.place_of(graph, graph.on(at), institution)
    told = quality.ask.of(
        graph,
        at,
        chosen,
        institution=institution,
        offset=offset,
        limit=limit,
        publication=None if keys or severity or institution else asked.settings.publication,
    )
    offer = Offer(
        "quality",
        lambda: told,
        page=lambda: _page(asked, told, keys, severity, institution, limit),
        table=lambda: quality.table.of_flaws(
            graph.schema,
            whole_list(told),
            quality.ask.stream(graph, at, chosen, institution=institution),
            asked.language,
        ),
    )
    return respond(asked, offer)


def _page(  # noqa: PLR0913  # the answer and the parameters of the address
    asked: Asked, told: Quality, keys: list[str], severity: Severity | None, institution: str | None, limit: int
) -> str:
    plain = frame_of(asked, "")
    frame = frame_of(asked, plain.say("quality.title"))
    said = ",".join(keys) or None
    command = ["check", *(word for key in keys for word in ("--rule", key))]
    command += ["--severity", severity] if severity else []
    command += ["--organisation", institution] if institution else []
    ways = Ways(
        page="/quality",
        api="/api/quality",
        parameters={"rule": said, "severity": severity, "institution": institution},
        command=command,
        formats=_FORMATS,
    )
    broken = [rule for rule in told.rules if rule.total]
    lead = frame.say(
        "quality.lead", at=frame.day(asked.at), rules=frame.number(len(told.rules)),
        kept=frame.number(len(told.rules) - len(broken)), total=frame.number(told.total),
    )  # fmt: skip
    page = QualityPage(
        frame=frame,
        heading=frame.title,
        about=frame.say("quality.about"),
        lead=lead,
        notices=notices(frame, told.cut) if len(keys) == 1 else (),
        form=_form(frame, keys, severity, institution),
        severities=tuple((name, frame.say(f"quality.severity_{name}"), told.severities[name]) for name in SEVERITIES),
        holders=tuple(_holder(frame, share, institution) for share in told.institutions),
        rules=tuple(_work(asked, frame, told, rule, limit, is_alone=len(keys) == 1) for rule in broken),
        gaps=tuple(
            (gap.says.of(frame.language), gap.key, frame.say(f"quality.catalogue_{gap.need}")) for gap in told.catalogue
        ),
        kept=tuple(rule.says.of(frame.language) for rule in told.rules if not rule.total),
        empty=frame.say("quality.none"),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("quality.html", page)


def _work(  # noqa: PLR0913  # a rule with what is told of it
    asked: Asked, frame: Frame, told: Quality, rule: RuleCount, limit: int, *, is_alone: bool
) -> RuleWork:
    shown = [flaw for flaw in told.rows if flaw.rule == rule.key]
    every = None
    previous = following = None
    if is_alone:
        previous, following = pages_of(frame, told.offset, len(shown), rule.total, limit)
    elif rule.total > len(shown):
        every = Link(
            frame.say("quality.all_of_rule", count=frame.number(rule.total)), frame.here(rule=rule.key, offset=None)
        )
    drawn = [thing.id for flaw in shown[:1] for thing in (flaw.record, *flaw.others)]
    return RuleWork(
        id=rule.key,
        severity=rule.severity,
        severity_said=frame.say(f"quality.one_{rule.severity}"),
        heading=rule.says.of(frame.language),
        why=rule.why.of(frame.language),
        hint=rule.hint.of(frame.language),
        total=rule.total,
        flaws=tuple(_flaw(asked, frame, flaw) for flaw in shown),
        all=every,
        picture=Link(frame.say("quality.in_explorer"), frame.explore(*drawn)) if len(drawn) > 1 else None,
        previous=previous,
        following=following,
    )


def _flaw(asked: Asked, frame: Frame, flaw: Flaw) -> FlawRow:
    shown = flaw.others[:_OTHERS]
    rest = flaw.other_count - len(shown)
    return FlawRow(
        frame.thing(flaw.record),
        quality.ask.sentence(asked.graph.schema, flaw, frame.language, frame.day),
        frame.things(shown),
        frame.say("quality.and_others", count=frame.number(rest)) if rest else "",
    )


def _holder(frame: Frame, share: Share, institution: str | None) -> Holder:
    key = share.institution.id if share.institution else NOBODY
    text = share.institution.full_name(frame.language) if share.institution else frame.say("quality.of_nobody")
    is_current = institution == key
    href = frame.here(institution=None if is_current else key, offset=None)
    return Holder(Link(text, href, is_current), share.institution.id if share.institution else "", share.count)


def _form(frame: Frame, keys: list[str], severity: Severity | None, institution: str | None) -> Form:
    every = Option("", frame.say("all"))
    severities = (every, *(Option(name, frame.say(f"quality.least_{name}")) for name in SEVERITIES[:-1]))
    by_key = (every, *(Option(rule.key, rule.says.of(frame.language)) for rule in rules.RULES.values()))
    if len(keys) > 1:
        by_key += (Option(",".join(keys), frame.say("quality.rules_chosen", count=frame.number(len(keys)))),)
    inputs = (
        Input("severity", frame.say("quality.severity"), severity or "", "select", severities),
        Input("rule", frame.say("quality.rule"), ",".join(keys), "select", by_key),
        *((Input("institution", "", institution, "hidden"),) if institution else ()),
        *day_kept(frame),
    )
    return Form("quality", "/quality", inputs, frame.say("narrow"), frame.say("narrow"))
