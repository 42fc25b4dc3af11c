"""The page of rules over several records, with the flaws of each."""

from kaysis_graph import quality
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.answers.reply import Reply
from kaysis_graph.quality import rules
from kaysis_graph.quality.ask import Flaw, FlawShare, Quality, RuleCount
from kaysis_graph.quality.question import QualityQuestion
from kaysis_graph.quality.rules import SEVERITIES
from ui.pages.answer_parts import another, day_kept, downloads, notices, pages_of, ways_of
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.page_parts import Form, Input, Option, rendered
from ui.pages.quality_parts import FlawHolder, FlawRow, QualityPage, RuleWork
from ui.pages.reader import Asked

_OTHERS = 4


def quality_page_of(asked: Asked, reply: Reply[Quality, Flaw], question: QualityQuestion, limit: int) -> str:
    """The page of the rules with what breaks them."""
    told = reply.answer
    plain = frame_of(asked, "")
    frame = frame_of(asked, plain.say("quality.title"))
    ways = ways_of(frame, reply)
    is_alone = len(question.rule) == 1
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
        notices=notices(frame, told.cut) if is_alone else (),
        form=_form(frame, question),
        severities=tuple((name, frame.say(f"quality.severity_{name}"), told.severities[name]) for name in SEVERITIES),
        holders=tuple(_holder(frame, share, question.institution) for share in told.institutions),
        rules=tuple(_work(asked, frame, told, rule, limit, is_alone=is_alone) for rule in broken),
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


def _holder(frame: Frame, share: FlawShare, institution: str | None) -> FlawHolder:
    key = share.institution.id if share.institution else NOBODY
    text = share.institution.full_name(frame.language) if share.institution else frame.say("quality.of_nobody")
    is_current = institution == key
    href = frame.here(institution=None if is_current else key, offset=None)
    return FlawHolder(Link(text, href, is_current), share.institution.id if share.institution else "", share.count)


def _form(frame: Frame, question: QualityQuestion) -> Form:
    keys = question.rule
    every = Option("", frame.say("all"))
    severities = (every, *(Option(name, frame.say(f"quality.least_{name}")) for name in SEVERITIES[:-1]))
    by_key = (every, *(Option(rule.key, rule.says.of(frame.language)) for rule in rules.RULES.values()))
    if len(keys) > 1:
        by_key += (Option(",".join(keys), frame.say("quality.rules_chosen", count=frame.number(len(keys)))),)
    inputs = (
        Input("severity", frame.say("quality.severity"), question.severity or "", "select", severities),
        Input("rule", frame.say("quality.rule"), ",".join(keys), "select", by_key),
        *((Input("institution", "", question.institution, "hidden"),) if question.institution else ()),
        *day_kept(frame),
    )
    return Form("quality", "/quality", inputs, frame.say("narrow"), frame.say("narrow"))
