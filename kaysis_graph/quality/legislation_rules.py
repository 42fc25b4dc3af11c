"""Rules that say the days of acts and provisions agree with what repealed and amended them."""

import numpy as np

from kaysis_graph.facts import effects, legal_force
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Ints
from kaysis_graph.graph.view import View
from kaysis_graph.quality.flaws import Flaws, alone, days, grouped, pairs

# guess: article, paragraph, clause, sub-clause and annexes nest five deep; the rest is for circles to end in.
_DEEPEST_PROVISION = 16


def ends_unlike_repeal(view: View) -> Flaws:
    """Texts repealed as a whole that end by their own days on another day than the repeal took effect.

    A text that says no end is no flaw: what is in force follows from the repeal. Nor is a repeal on an unknown day.
    """
    done, columns = view.once(legal_force.repeals), view.edges["REPEALS"]
    rows = np.flatnonzero(done.ends & (done.first != OPEN_FROM))
    rows = rows[np.lexsort((done.first[rows], columns.target[rows]))]
    earliest = rows[np.unique(columns.target[rows], return_index=True)[1]]
    target, first = columns.target[earliest], done.first[earliest]
    says = view.records.valid_to[target]
    # One of several spells may have ended with it.
    fits = view.records.valid_on(target, first - 1) & ~view.records.valid_on(target, first)
    differs = (says != OPEN_TO) & (says != first) & ~fits
    return pairs(
        view,
        target[differs],
        columns.source[earliest][differs],
        valid_to=days(says[differs]),
        repealed_on=days(first[differs]),
    )


def idle_repeals(view: View) -> Flaws:
    """Repeals of a whole by a text that was yet to come on the day they were to take effect, so that they had none."""
    columns, idle = view.edges["REPEALS"], view.once(legal_force.repeals).idle
    rows = np.flatnonzero(idle & view.ever(effects.of_repeals).is_early)
    first = view.once(legal_force.repeals).first
    return pairs(view, columns.source[rows], columns.target[rows], on=days(first[rows]))


def lapsed_changes(view: View) -> Flaws:
    """Repeals and amendments without effect, because what they come from was out of force by their day."""
    found = []
    for edge_type, question in (("REPEALS", legal_force.repeals), ("AMENDS", legal_force.amendments)):
        columns, done = view.edges[edge_type], view.once(question)
        idle = done.idle
        if edge_type == "REPEALS":
            idle = idle & ~view.ever(effects.of_repeals).is_early
        rows = np.flatnonzero(idle)
        found.append((columns.source[rows], columns.target[rows], done.first[rows]))
    source, target, first = (np.concatenate(held) for held in zip(*found, strict=True))
    return pairs(view, source, target, on=days(first))


def changed_after_ended(view: View) -> Flaws:
    """Texts that were amended after they, or what they are part of, had ended; what enacted them anew among it."""
    done, columns = view.once(legal_force.amendments), view.edges["AMENDS"]
    rows = np.flatnonzero(done.done & (done.first != OPEN_FROM))
    target, first = columns.target[rows], done.first[rows]
    over = view.once(_over)[target]
    late = first > over
    return pairs(view, target[late], columns.source[rows][late], on=days(first[late]), ended_on=days(over[late]))


def changes_before_begun(view: View) -> tuple[Ints, Ints, Ints, Ints]:
    """Of each repeal or amendment before what it changes, or its act, began: its ends, its day, the act changed.

    Most of them are right: an act may be amended between its publication and the day it comes into force. Those of
    an act that does not say when it began are among them.
    """
    found = []
    for edge_type, done in (("REPEALS", view.once(legal_force.repeals)), ("AMENDS", view.once(legal_force.amendments))):
        columns = view.edges[edge_type]
        rows = np.flatnonzero(done.done & (done.first != OPEN_FROM))
        found.append((columns.source[rows], columns.target[rows], done.first[rows]))
    source, target, first = (np.concatenate(held) for held in zip(*found, strict=True))
    act = target.copy()
    part, whole = _parts(view)
    above = np.full(len(view), -1, np.int32)
    above[part] = whole
    for _ in range(_DEEPEST_PROVISION):
        climbing = above[act] >= 0
        act[climbing] = above[act[climbing]]
    begun = view.records.valid_from
    early = (first < np.maximum(begun[target], begun[act])) | (begun[act] == OPEN_FROM)
    return source[early], target[early], first[early], act[early]


def outlives_act(view: View) -> Flaws:
    """Provisions that end by their own days later than what they are part of ended by the day.

    A provision that says no end falls with its act and is no flaw.
    """
    part, whole = _parts(view)
    says, over = view.records.valid_to[part], view.once(_over)[whole]
    outlives = (says != OPEN_TO) & (over <= view.day) & (says > over)
    part, whole, says, over = part[outlives], whole[outlives], says[outlives], over[outlives]
    return pairs(view, part, whole, valid_to=days(says), ended_on=days(over))


def ended_by_nothing(view: View) -> Flaws:
    """Acts that ended by their own days, of which no repeal is recorded."""
    acts = view.records.of_kinds("Legislation")
    return alone(view, acts & view.over & ~view.once(legal_force.repealed))


def services_on_repealed_law(view: View) -> Flaws:
    """Services in force that rest on law, none of which stands any more."""
    columns, rows = view.edges["BASED_ON"], view.all_holding("BASED_ON")
    service, base = columns.source[rows], columns.target[rows]
    asked = view.records.of_kinds("Service")[service]
    service, base = service[asked], base[asked]
    over = view.once(legal_force.ended)[base]
    standing = np.zeros(len(view), np.bool_)
    standing[service[~over]] = True
    lost = ~standing[service]
    return grouped(view, service[lost], base[lost])


def _parts(view: View) -> tuple[Ints, Ints]:
    """Each provision with what it is part of, whatever the day."""
    columns = view.edges["PART_OF"]
    rows = np.flatnonzero(view.records.of_kinds("Provision")[columns.source])
    return columns.source[rows], columns.target[rows]


def _over(view: View) -> Ints:
    """The day each record ended by its own days or by a repeal, a provision no later than what it is part of."""
    over = view.records.valid_to.copy()
    done = view.once(legal_force.repeals)
    known = view.once(legal_force.lasting) & (done.first != OPEN_FROM)
    np.minimum.at(over, view.edges["REPEALS"].target[known], done.first[known])
    part, whole = _parts(view)
    for _ in range(_DEEPEST_PROVISION):
        before = over.copy()
        np.minimum.at(over, part, over[whole])
        if (over == before).all():
            break
    return over
