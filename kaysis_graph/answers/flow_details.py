"""The arrows of one page with everything said of them.

Three statements are enough: one for requirements, one for names, one for the places of provisions in their acts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kaysis_graph.answers import requirements
from kaysis_graph.answers.answer import Thing, day, kind_name, things_by_position
from kaysis_graph.answers.flow_answer import Arrow, Basis, Carried, End, Group, Terms, Whose
from kaysis_graph.answers.flow_lines import Lines
from kaysis_graph.answers.requirements import Requirements
from kaysis_graph.graph import sides
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.handovers import Handovers
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.sides import NOWHERE, Side
from kaysis_graph.graph.structure import category, institution_of
from kaysis_graph.graph.view import View
from kaysis_graph.messages import say
from kaysis_graph.schema.definitions import Label

_PLACES = load("flows/places")


@dataclass(frozen=True)
class PlaceRow:
    """Where a provision stands in its act."""

    id: str
    place: str | None


@dataclass(frozen=True)
class Most:
    """How much of each list an arrow shows; None shows all."""

    documents: int | None
    services: int
    bases: int
    terms: int


@dataclass(frozen=True)
class _Base:
    """A legal basis by position."""

    record: int
    whose: Whose
    count: int


@dataclass(frozen=True)
class _Row:
    """A document on an arrow by position, with all services on either side."""

    document: int
    producing: Ints
    requiring: Ints
    meetings: int
    bases: tuple[_Base, ...]


@dataclass(frozen=True)
class _Draft:
    """An arrow by position: the documents shown, and the services that require each of all its documents."""

    sender: "_DraftEnd"
    receiver: "_DraftEnd"
    rows: tuple[_Row, ...]
    document_count: int
    meetings: int
    required: tuple[tuple[int, Ints], ...]


@dataclass(frozen=True)
class _DraftEnd:
    """An end by position; `members` counts what was grouped."""

    place: int
    institution: int | None
    members: int


class Page:
    """Some arrows of the lines, to be named.

    `services` are those whose requirements must be read, `positions` the records whose names must be; both may be
    asked for together with those of other parts of an answer.
    """

    def __init__(self, view: View, lines: Lines, chosen: Iterable[int], most: Most) -> None:
        self._view = view
        self._most = most
        self._lines = lines
        self.drafts = [self._draft(number) for number in chosen]

    @cached_property
    def services(self) -> set[int]:
        """The services that require anything on these arrows."""
        return {service for draft in self.drafts for _, found in draft.required for service in found.tolist()}

    @cached_property
    def bases(self) -> set[int]:
        """The acts and provisions that are shown as legal bases."""
        shown = self._most.bases
        return {base.record for draft in self.drafts for row in draft.rows for base in row.bases[:shown]}

    def positions(self, known: Requirements) -> set[int]:
        """The records that are named on these arrows."""
        ids, find = self._view.records.ids, self._view.records.position_of
        wanted = {act for base in self.bases if (act := self._act(base)) is not None} | self.bases
        for draft in self.drafts:
            for end in (draft.sender, draft.receiver):
                wanted.update(place for place in (end.place, end.institution) if place is not None and place >= 0)
            for row in draft.rows:
                wanted.add(row.document)
                wanted.update(row.producing[: self._most.services].tolist())
                wanted.update(row.requiring[: self._most.services].tolist())
                for service, requirement in self._terms(row, known)[: self._most.terms]:
                    wanted.add(service)
                    others = known.instead(str(ids[service]), requirement)
                    wanted.update(find[other] for other in others if other in find)
        return wanted

    def arrows(self, graph: Graph, known: Requirements, names: dict[int, Thing]) -> tuple[Arrow, ...]:
        """The arrows with names, in their order."""
        ids = self._view.records.ids
        provisions = [str(ids[base]) for base in self.bases if kind_name(self._view, base) == "Provision"]
        rows = graph.store.read(_PLACES, into=PlaceRow, ids=provisions) if provisions else []
        places = {row.id: row.place for row in rows}
        return tuple(self._arrow(graph, draft, known, names, places) for draft in self.drafts)

    def _draft(self, number: int) -> _Draft:
        part, rows = self._lines.rows(number)
        shown = rows if self._most.documents is None else rows[: self._most.documents]
        return _Draft(
            self._end(int(self._lines.sender[number]), part.makers, part, rows),
            self._end(int(self._lines.receiver[number]), part.takers, part, rows),
            tuple(self._row(part, int(row)) for row in shown),
            len(rows),
            int(self._lines.meetings[number]),
            tuple((int(part.document[row]), part.requiring_services(int(row))) for row in rows),
        )

    def _row(self, part: Handovers, row: int) -> _Row:
        document = int(part.document[row])
        producing, requiring = part.producing_services(row), part.requiring_services(row)
        bases = [
            *self._bases(requiring, "requiring"),
            *self._bases(producing, "producing"),
            *self._bases(np.array([document], np.int32), "document"),
        ]
        return _Row(document, producing, requiring, int(part.meetings[row]), tuple(bases))

    def _bases(self, sources: Ints, whose: Whose) -> list[_Base]:
        """What these records are based on, what most of them name first."""
        found, counts = np.unique(self._view.adjacency("BASED_ON", "out").of_all(sources), return_counts=True)
        order = np.lexsort((self._view.records.rank[found], -counts))
        return [_Base(int(found[place]), whose, int(counts[place])) for place in order]

    def _end(self, place: int, side: Side, part: Handovers, rows: np.ndarray) -> _DraftEnd:
        institution = self._view.once(institution_of)
        if place == NOWHERE:
            return _DraftEnd(place, None, 0)
        if place >= 0:
            return _DraftEnd(place, int(institution[place]), 1)
        documents = side.of_documents(np.unique(part.document[rows]))
        units = documents.unit[documents.place == place]
        owners = np.unique(institution[units])
        members = len(np.unique(self._lines.place[units]))
        return _DraftEnd(place, int(owners[0]) if len(owners) == 1 else None, members)

    def _act(self, record: int) -> int | None:
        """The act of a provision: its identifier begins with that of the act."""
        identifier = str(self._view.records.ids[record])
        act = identifier.partition(".")[0]
        return None if act == identifier else self._view.records.position_of.get(act)

    def _terms(self, row: _Row, known: Requirements) -> list[tuple[int, requirements.Requirement]]:
        """The requiring services that say more than that they want the document."""
        ids = self._view.records.ids
        told = ((service, known.one(str(ids[service]), str(ids[row.document]))) for service in row.requiring.tolist())
        return [
            (service, requirement)
            for service, requirement in told
            if requirement.alternative or requirement.condition or requirement.copies
        ]

    def _arrow(
        self, graph: Graph, draft: _Draft, known: Requirements, names: dict[int, Thing], places: dict[str, str | None]
    ) -> Arrow:
        ids = self._view.records.ids
        pairs = [(str(ids[s]), str(ids[document])) for document, services in draft.required for s in services.tolist()]
        return Arrow(
            named_end(graph, self._view, draft.sender, names),
            named_end(graph, self._view, draft.receiver, names),
            tuple(self._carried(row, known, names, places) for row in draft.rows),
            draft.document_count,
            draft.meetings,
            known.carriers(pairs),
            known.yearly(list(dict.fromkeys(service for service, _ in pairs))),
        )

    def _carried(
        self, row: _Row, known: Requirements, names: dict[int, Thing], places: dict[str, str | None]
    ) -> Carried:
        ids = self._view.records.ids
        requiring = [str(ids[service]) for service in row.requiring.tolist()]
        terms = self._terms(row, known)
        return Carried(
            document=names[row.document],
            producing=_named(row.producing[: self._most.services], names),
            producing_count=len(row.producing),
            requiring=_named(row.requiring[: self._most.services], names),
            requiring_count=len(row.requiring),
            meetings=row.meetings,
            bases=tuple(self._basis(base, names, places) for base in row.bases[: self._most.bases]),
            basis_count=len(row.bases),
            carried_by=known.carriers((service, str(ids[row.document])) for service in requiring),
            yearly=known.yearly(requiring),
            terms=tuple(self._term(s, told, known, names) for s, told in terms[: self._most.terms]),
            terms_count=len(terms),
        )

    def _basis(self, base: _Base, names: dict[int, Thing], places: dict[str, str | None]) -> Basis:
        act = self._act(base.record)
        record = names[base.record]
        return Basis(record, None if act is None else names[act], places.get(record.id), base.whose, base.count)

    def _term(
        self, service: int, told: requirements.Requirement, known: Requirements, names: dict[int, Thing]
    ) -> Terms:
        find = self._view.records.position_of
        others = known.instead(str(self._view.records.ids[service]), told)
        instead = tuple(names[find[other]] for other in others if other in find)
        return Terms(names[service], told.alternative, instead, told.condition, told.copies)

    def is_shortened(self, arrows: Sequence[Arrow]) -> bool:
        """Whether a list on an arrow holds less than its count says."""
        return any(
            len(arrow.carries) < arrow.document_count
            or any(
                len(carried.producing) < carried.producing_count
                or len(carried.requiring) < carried.requiring_count
                or len(carried.bases) < carried.basis_count
                or len(carried.terms) < carried.terms_count
                for carried in arrow.carries
            )
            for arrow in arrows
        )


def named_end(graph: Graph, view: View, end: _DraftEnd, names: dict[int, Thing]) -> End:
    """An end with its name, or the label of its group."""
    if end.place == NOWHERE:
        return End("nobody", None, None, None, None)
    codes = view.records.categories.names
    institution = None if end.institution is None else names[end.institution]
    if end.place >= 0:
        held = int(view.once(category)[end.place])
        return End(names[end.place].id, names[end.place], None, institution, codes[held] if held >= 0 else None)
    code = sides.category_of_group(end.place)
    name = codes[code] if code >= 0 else None
    are_institutions = bool(view.records.categories.is_institution[code]) if name else False
    identifier = "-".join(["group", name or "none", *([institution.id] if institution else [])])
    group = Group(name, label_of_category(graph, name), end.members, are_institutions)
    return End(identifier, None, group, institution, name)


def label_of_category(graph: Graph, code: str | None) -> Label:
    """The label of an organisation category; a way to say that there is none."""
    entry = graph.schema.codes["organisation_category"].entries.get(code or "")
    return entry.label if entry else Label(say("flows.no_category", "tr"), say("flows.no_category", "en"))


def _named(positions: Ints, names: dict[int, Thing]) -> tuple[Thing, ...]:
    return tuple(names[position] for position in positions.tolist())


def of_page(graph: Graph, view: View, page: Page) -> tuple[Arrow, ...]:
    """The arrows of a page that stands alone."""
    ids = view.records.ids
    known = requirements.read(graph.store, [str(ids[service]) for service in sorted(page.services)], day(view))
    return page.arrows(graph, known, things_by_position(graph, view, page.positions(known)))
