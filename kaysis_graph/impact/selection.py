"""Which rows of an impact are told, and in which order."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from kaysis_graph import article_order, text
from kaysis_graph.answers.answer import Cut, counted, kind_name
from kaysis_graph.answers.institution_choice import NOBODY, chosen_institution
from kaysis_graph.answers.question import known_kinds
from kaysis_graph.facts.owners import institutions
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import Reach
from kaysis_graph.impact.question import Group, ImpactQuestion
from kaysis_graph.records import reader

# Names are read 5,000 at a time, 60 to 150 ms each; nobody waits for more than these.
MOST_NAMED: Final = 20_000


@dataclass(frozen=True)
class Selection:
    """The rows that are told in their order, with the groups they lie in, and what other choices would tell.

    `groups` counts by institution (nobody's under NOBODY), kind or depth in the order of the rows.
    """

    positions: Ints
    owners: Ints
    depths: Ints
    groups: dict[str, int]
    of_every_kind: Ints
    of_every_institution: tuple[Ints, Ints]
    cut: Cut | None


def selected(graph: Graph, view: View, walk: Reach, wanted: ImpactQuestion, own: Mask) -> Selection:
    """The rows of a walk that are wanted; those marked `own` are parts of what was asked about and never told.

    Invalid for kinds there are not and for a unit in place of its institution; NotFound for no organisation.
    """
    kinds = known_kinds(graph.schema, wanted.kinds, "kinds")
    institution = chosen_institution(view, wanted.institution)
    is_told = (walk.depths > 0) & ~own[walk.positions]
    found, depths = walk.positions[is_told], walk.depths[is_told]
    owners = institutions(view, found)
    titles = _titles(view, found) if wanted.words or wanted.sort == "title" else None
    has_words = _with_words(titles, wanted.words, len(found)) if titles and wanted.words else np.ones(len(found), bool)
    of_kind = np.ones(len(found), bool) if kinds is None else view.records.of_kinds(*kinds)[found]
    of_institution = np.ones(len(found), bool) if institution is None else owners == institution
    told = np.flatnonzero(has_words & of_kind & of_institution)
    if wanted.sort == "title" and titles is not None:
        keys = [_key(view, int(found[row]), titles[row][0]) if row < len(titles) else "~" for row in told.tolist()]
        told = told[sorted(range(len(told)), key=keys.__getitem__)]
    groups: dict[str, int] = {}
    if wanted.group is not None:
        names = _group_names(view, wanted.group, found[told], owners[told], depths[told])
        groups = counted(names)
        if wanted.group == "depth":
            groups = dict(sorted(groups.items(), key=lambda held: int(held[0])))
        order = {name: number for number, name in enumerate(groups)}
        told = told[np.argsort([order[name] for name in names], kind="stable")] if names else told
    is_cut = titles is not None and len(titles) < len(found)
    return Selection(
        positions=found[told],
        owners=owners[told],
        depths=depths[told],
        groups=groups,
        of_every_kind=found[has_words & of_institution],
        of_every_institution=(found[has_words & of_kind], owners[has_words & of_kind]),
        cut=Cut("impact.named", {"most": MOST_NAMED, "total": len(found)}) if is_cut else None,
    )


def _key(view: View, place: int, title: str) -> str:
    return article_order.sort_key(kind_name(view, place), str(view.records.ids[place]), title)


def _titles(view: View, found: Ints) -> list[tuple[str, str]]:
    """The title of each of the first rows on the day, and everything it can be found by."""
    names = reader.names_at(view, found[:MOST_NAMED])
    return [(name.title, text.fold(f"{name.title} {name.title_en or ''} {name.id}")) for name in names]


def _with_words(titles: list[tuple[str, str]], words: str, size: int) -> Mask:
    asked = text.fold(words).split()
    has = np.zeros(size, np.bool_)
    has[: len(titles)] = [all(word in told for word in asked) for _, told in titles]
    return has


def _group_names(view: View, group: Group, places: Ints, owners: Ints, depths: Ints) -> list[str]:
    match group:
        case "institution":
            return [str(view.records.ids[owner]) if owner >= 0 else NOBODY for owner in owners.tolist()]
        case "kind":
            return [kind_name(view, place) for place in places.tolist()]
        case "depth":
            return [str(depth) for depth in depths.tolist()]
