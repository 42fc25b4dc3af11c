"""Offices of one kind put together: 977 civil registries of districts are one end of an arrow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kaysis_graph import text
from kaysis_graph.facts.institutions import category
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.view import View
from kaysis_graph.records import reader
from kaysis_graph.records.names import Name
from kaysis_graph.schema import Schema
from kaysis_graph.schema.definitions import Label


@dataclass(frozen=True)
class OfficeKind:
    """Two or more offices of the same category, status and types that are tied to one organisation.

    `id` is the same in every answer of the day; `members` are the offices by position.
    """

    id: str
    tied_to: int
    category: str | None
    label: Label
    members: Ints


def office_kinds(schema: Schema, view: View, tied_to: int, offices: Mask) -> list[OfficeKind]:
    """The kinds of the marked offices that have two members or more, in the order of their identifiers."""
    positions = np.flatnonzero(offices).astype(np.int32)
    if len(positions) < 2:  # noqa: PLR2004  # two make a kind
        return []
    codes, held = view.records.categories.names, view.once(category)[positions].tolist()
    members: dict[tuple[str, ...], list[int]] = {}
    offices_told = zip(
        positions.tolist(), held, view.said("status", positions), view.said("types", positions), strict=True
    )
    for position, number, status, types in offices_told:
        named = codes[number] if number >= 0 else ""
        members.setdefault((named, status or "", *(types or ())), []).append(position)
    shared = {key: places for key, places in sorted(members.items()) if len(places) > 1}
    wanted = [place for places in shared.values() for place in places]
    names = dict(zip(wanted, reader.names_at(view, np.array(wanted, np.int32)), strict=True))
    return [
        OfficeKind(
            id="-".join(["offices", str(view.records.ids[tied_to]), *(part for part in key if part)]),
            tied_to=tied_to,
            category=key[0] or None,
            label=_label(schema, key, [names[place] for place in places]),
            members=np.array(places, np.int32),
        )
        for key, places in shared.items()
    ]


def common_ending(titles: Sequence[str]) -> str:
    """The words that all the titles end in, as the first one writes them; a title's own first word is never taken."""
    parted = [title.split() for title in titles]
    folded = [[text.fold(word) for word in words] for words in parted]
    longest = min((len(words) - 1 for words in folded), default=0)
    count = 0
    while count < longest and len({words[-1 - count] for words in folded}) == 1:
        count += 1
    return " ".join(parted[0][len(parted[0]) - count :]) if count else ""


def _label(schema: Schema, key: tuple[str, ...], names: Sequence[Name]) -> Label:
    """What the offices are called together: what their names share, else their types, status or category."""
    turkish = text.plural_of_title(common_ending([name.title for name in names]))
    english = common_ending([name.title_en for name in names if name.title_en])
    named, status, *types = key
    codes: Mapping[str, tuple[str, ...]] = {
        "organisation_type": tuple(types),
        "organisation_status": (status,) if status else (),
        "organisation_category": (named,) if named else (),
    }
    entries = [schema.codes[name].entries[code].label for name, held in codes.items() for code in held[:1]]
    by_code = entries[0] if entries else Label("–", "–")
    return Label(turkish or text.plural_of_title(by_code.tr), english or turkish or by_code.en)
