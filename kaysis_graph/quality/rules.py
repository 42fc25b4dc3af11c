"""The rules: what each is called, how bad it is to break it, and how its flaws are found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, get_args

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.store import Reader, Store
from kaysis_graph.graph.view import View
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.quality import circle_rules, legislation_rules, recorded_rules, responsibility_rules
from kaysis_graph.quality.flaws import Flaws
from kaysis_graph.schema import Label

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Walk = Callable[[View], Flaws]
Statement = Callable[[Reader, View], Flaws]


@dataclass(frozen=True)
class QualityRule:
    """One rule. An error contradicts itself or a standard, a warning is to be looked at, an info is work to be done.

    It is a `walk` of the projection or a `statement` of the engine.
    """

    key: str
    severity: Severity
    walk: Walk | None = None
    statement: Statement | None = None

    @cached_property
    def says(self) -> Label:
        """The rule as a sentence."""
        return _label(f"quality.rule_{self.key}")

    @cached_property
    def why(self) -> Label:
        """Where the rule comes from, and what goes wrong where it is broken."""
        return _label(f"quality.why_{self.key}")

    @cached_property
    def hint(self) -> Label:
        """What to do about a flaw."""
        return _label(f"quality.do_{self.key}")


@dataclass(frozen=True)
class _Asked:
    """A rule asked over one store, so that a view keeps what it said."""

    rule: QualityRule
    store: Store

    def __call__(self, view: View) -> Flaws:
        if self.rule.walk is not None:
            return self.rule.walk(view)
        assert self.rule.statement is not None, "a rule is one or the other"
        return self.rule.statement(self.store, view)


RULES: Final[Mapping[str, QualityRule]] = {
    rule.key: rule
    for rule in (
        QualityRule("part_of_circle", "error", circle_rules.part_of_circles),
        QualityRule("based_on_circle", "error", circle_rules.based_on_circles),
        QualityRule("repeals_circle", "error", circle_rules.repeals_circles),
        QualityRule("succession_circle", "error", circle_rules.succession_circles),
        QualityRule("loop", "error", circle_rules.loops),
        QualityRule("part_without_whole", "error", responsibility_rules.parts_without_whole),
        QualityRule("service_without_authority", "error", responsibility_rules.services_without_authority),
        QualityRule("ends_unlike_repeal", "error", legislation_rules.ends_unlike_repeal),
        QualityRule("idle_repeal", "error", legislation_rules.idle_repeals),
        QualityRule("outlives_act", "error", legislation_rules.outlives_act),
        QualityRule("ended_with_dependants", "error", statement=recorded_rules.ended_with_dependants),
        QualityRule("unlike_number", "error", statement=recorded_rules.unlike_numbers),
        QualityRule("requires_circle", "warning", circle_rules.requires_circles),
        QualityRule("service_of_ended", "warning", responsibility_rules.services_of_ended),
        QualityRule("service_on_repealed_law", "warning", legislation_rules.services_on_repealed_law),
        QualityRule("service_without_basis", "warning", responsibility_rules.services_without_basis),
        QualityRule("unit_of_nobody", "warning", responsibility_rules.units_of_nobody),
        QualityRule("several_first_ties", "warning", responsibility_rules.several_first_ties),
        QualityRule("same_title", "warning", statement=recorded_rules.same_titles),
        QualityRule("lone_alternative", "warning", statement=recorded_rules.lone_alternatives),
        QualityRule("changed_before_published", "warning", statement=recorded_rules.changed_before_published),
        QualityRule("changed_after_ended", "warning", statement=recorded_rules.changed_after_ended),
        QualityRule("lapsed_change", "info", legislation_rules.lapsed_changes),
        QualityRule("ended_by_nothing", "info", legislation_rules.ended_by_nothing),
        QualityRule("stub_pointed_at", "info", statement=recorded_rules.stubs_pointed_at),
        QualityRule("unused_document", "info", responsibility_rules.unused_documents),
    )
}
"""All rules by key, the worst first."""


def chosen(keys: list[str] | None = None, severity: Severity | None = None) -> tuple[QualityRule, ...]:
    """The rules of these keys that are at least so bad; Invalid names every key that is none, or of one less bad."""
    if unknown := [key for key in keys or () if key not in RULES]:
        known = ", ".join(RULES)
        raise Invalid(
            [
                Problem("quality.unknown_rule", {"parameter": "rule"}, {"key": key[:80], "known": known})
                for key in unknown
            ]
        )
    named = [rule for rule in RULES.values() if not keys or rule.key in keys]
    if severity is None:
        return tuple(named)
    kept = tuple(rule for rule in named if SEVERITIES.index(rule.severity) <= SEVERITIES.index(severity))
    if keys and len(kept) < len(named):
        # "No flaws" of a rule that was not held against the graph would be untrue.
        raise Invalid(
            [
                Problem("quality.less_severe", {"parameter": "severity"}, {"key": rule.key, "severity": rule.severity})
                for rule in named
                if rule not in kept
            ]
        )
    return kept


def flaws(rule: QualityRule, store: Store, view: View) -> Flaws:
    """All flaws of a rule on the day of the view, asked once and kept with it."""
    return view.once(_Asked(rule, store))


def _label(key: str) -> Label:
    tr, en = (say(key, language) for language in LANGUAGES)
    return Label(tr, en)
