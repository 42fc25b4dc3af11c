"""The arrows of one page with everything said of them, told for many arrows at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kaysis_graph.answers.answer import Thing, things_by_position
from kaysis_graph.facts import makers_and_takers
from kaysis_graph.facts.handovers import Handovers
from kaysis_graph.facts.institutions import category, institution_of
from kaysis_graph.facts.legal_basis import places_in_acts
from kaysis_graph.facts.makers_and_takers import NOWHERE, Side
from kaysis_graph.facts.requirements import Requirements, requirements_of
from kaysis_graph.flows.answer import Basis, Carried, CategoryEnd, DocumentTerms, End, FlowArrow, Whose
from kaysis_graph.flows.carriage import Carriage, carriage_of
from kaysis_graph.flows.office_kinds import OfficeKind
from kaysis_graph.flows.unit_lines import Lines
from kaysis_graph.graph.columns import Ints, Longs
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.messages import say
from kaysis_graph.schema.definitions import Label


@dataclass(frozen=True)
class Most:
    """How much of each list an arrow shows, of the bases for each of those whose they are; None shows all."""

    documents: int | None
    services: int
    bases: int
    terms: int


@dataclass(frozen=True)
class RequiringWords:
    """What the requiring services say: counts over all of them, words of those that are shown."""

    carriage: Carriage
    requirements: Requirements


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
    basis_count: int


@dataclass(frozen=True)
class _DraftEnd:
    """An end by position; `members` counts what was grouped, `office` tells the kind of office it stands for."""

    place: int
    institution: int | None
    members: int
    office: OfficeKind | None = None

    @property
    def positions(self) -> set[int]:
        """The records that name it."""
        held = (self.place, self.institution, self.office.tied_to if self.office else None)
        return {place for place in held if place is not None and place >= 0}


@dataclass(frozen=True)
class _Draft:
    """An arrow by position: the documents shown, and each service that requires a document beside the document."""

    sender: _DraftEnd
    receiver: _DraftEnd
    rows: tuple[_Row, ...]
    document_count: int
    meetings: int
    services: Ints
    documents: Ints


class ArrowPage:
    """Some arrows of the lines, waiting to be named.

    `services` are those that must be known, `positions` the records whose names must be; both may be asked for
    together with those of other parts of an answer.
    """

    def __init__(self, view: View, lines: Lines, chosen: Iterable[int], most: Most) -> None:
        self._view = view
        self._most = most
        self._lines = lines
        self._drafts = [self._draft(number) for number in chosen]

    @cached_property
    def services(self) -> set[int]:
        """The services that require anything on these arrows."""
        return set(np.unique(np.concatenate([np.empty(0, np.int32), *(d.services for d in self._drafts)])).tolist())

    @cached_property
    def _bases(self) -> set[int]:
        return {base.record for draft in self._drafts for row in draft.rows for base in row.bases}

    def with_terms(self, told: Carriage) -> set[int]:
        """The services whose terms are shown."""
        return {
            service for draft in self._drafts for row in draft.rows for service in self._terms(row, told)[0].tolist()
        }

    def positions(self, known: RequiringWords) -> set[int]:
        """The records that are named on these arrows."""
        wanted = {act for base in self._bases if (act := self._act(base)) is not None} | self._bases
        for draft in self._drafts:
            for end in (draft.sender, draft.receiver):
                wanted |= end.positions
            for row in draft.rows:
                wanted.add(row.document)
                wanted.update(row.producing[: self._most.services].tolist())
                wanted.update(row.requiring[: self._most.services].tolist())
                for service in self._terms(row, known.carriage)[0].tolist():
                    wanted.add(service)
                    requirement = known.requirements.one(service, row.document)
                    wanted.update(known.requirements.instead(service, requirement))
        return wanted

    def arrows(self, graph: Graph, known: RequiringWords, names: Mapping[int, Thing]) -> tuple[FlowArrow, ...]:
        """The arrows with names, in their order."""
        places = places_in_acts(self._view, self._bases)
        return tuple(self._arrow(graph, draft, known, names, places) for draft in self._drafts)

    def _draft(self, number: int) -> _Draft:
        part, rows = self._lines.rows(number)
        sender, receiver = int(self._lines.sender[number]), int(self._lines.receiver[number])
        producers, requirers = self._lines.members[self._lines.part[number]]
        services, counts = requirers.at(part.document[rows], receiver)
        shown = rows if self._most.documents is None else rows[: self._most.documents]
        producing = np.split(*_cuts(*producers.at(part.document[shown], sender)))
        requiring = np.split(*_cuts(services, counts))
        return _Draft(
            self._end(sender, part.makers, part, rows),
            self._end(receiver, part.takers, part, rows),
            tuple(
                self._row(int(part.document[row]), made, taken, int(part.meetings[row]))
                for row, made, taken in zip(shown.tolist(), producing, requiring[: len(shown)], strict=True)
            ),
            len(rows),
            int(self._lines.meetings[number]),
            services,
            np.repeat(part.document[rows], counts),
        )

    def _row(self, document: int, producing: Ints, requiring: Ints, meetings: int) -> _Row:
        found = [
            self._bases_of(requiring, "requiring"),
            self._bases_of(producing, "producing"),
            self._bases_of(np.array([document], np.int32), "document"),
        ]
        bases = tuple(base for listed, _ in found for base in listed)
        return _Row(document, producing, requiring, meetings, bases, sum(count for _, count in found))

    def _bases_of(self, sources: Ints, whose: Whose) -> tuple[list[_Base], int]:
        """The first of what these records are based on, what most of them name first, and how many there are."""
        based_on = self._view.adjacency("BASED_ON", "out").of_all(sources)
        if len(based_on) == 0:
            return [], 0
        found, counts = np.unique(based_on, return_counts=True)
        order = np.lexsort((self._view.records.rank[found], -counts))[: self._most.bases]
        pairs = zip(found[order].tolist(), counts[order].tolist(), strict=True)
        return [_Base(base, whose, count) for base, count in pairs], len(found)

    def _end(self, place: int, side: Side, part: Handovers, rows: Longs) -> _DraftEnd:
        institution = self._view.once(institution_of)
        if place == NOWHERE:
            return _DraftEnd(place, None, 0)
        if place >= 0:
            return _DraftEnd(place, int(institution[place]), 1)
        if office := self._lines.offices.get(place):
            return draft_of_office(self._view, place, office)
        documents = side.of_documents(np.unique(part.document[rows]))
        units = documents.unit[documents.place == place]
        members = np.unique(self._lines.place[units])
        if self._lines.are_categories:
            return _DraftEnd(place, None, len(members))
        if len(members) == 1:
            # A group of one is that one: the only ministry among a thousand municipalities.
            return _DraftEnd(int(members[0]), int(institution[members[0]]), 1)
        owners = np.unique(institution[units])
        return _DraftEnd(place, int(owners[0]) if len(owners) == 1 else None, len(members))

    def _act(self, record: int) -> int | None:
        """The act of a provision: its identifier begins with that of the act."""
        identifier = str(self._view.records.ids[record])
        act = identifier.partition(".")[0]
        return None if act == identifier else self._view.records.position_of.get(act)

    def _terms(self, row: _Row, told: Carriage) -> tuple[Ints, int]:
        """The first of the requiring services that say more than that they want the document, and how many do."""
        services = row.requiring[told.with_terms(row.requiring, np.full(len(row.requiring), row.document, np.int32))]
        return services[: self._most.terms], len(services)

    def _arrow(
        self,
        graph: Graph,
        draft: _Draft,
        known: RequiringWords,
        names: Mapping[int, Thing],
        places: Mapping[int, str | None],
    ) -> FlowArrow:
        return FlowArrow(
            named_end(graph, self._view, draft.sender, names),
            named_end(graph, self._view, draft.receiver, names),
            tuple(self._carried(row, known, names, places) for row in draft.rows),
            draft.document_count,
            draft.meetings,
            known.carriage.carriers(draft.services, draft.documents),
            known.carriage.yearly(draft.services),
        )

    def _carried(
        self, row: _Row, known: RequiringWords, names: Mapping[int, Thing], places: Mapping[int, str | None]
    ) -> Carried:
        documents = np.full(len(row.requiring), row.document, np.int32)
        terms, terms_count = self._terms(row, known.carriage)
        return Carried(
            document=names[row.document],
            producing=_named(row.producing[: self._most.services], names),
            producing_count=len(row.producing),
            requiring=_named(row.requiring[: self._most.services], names),
            requiring_count=len(row.requiring),
            meetings=row.meetings,
            bases=tuple(self._basis(base, names, places) for base in row.bases),
            basis_count=row.basis_count,
            carried_by=known.carriage.carriers(row.requiring, documents),
            yearly=known.carriage.yearly(row.requiring),
            terms=tuple(self._term(service, row.document, known, names) for service in terms.tolist()),
            terms_count=terms_count,
        )

    def _basis(self, base: _Base, names: Mapping[int, Thing], places: Mapping[int, str | None]) -> Basis:
        act = self._act(base.record)
        record = names[base.record]
        return Basis(record, None if act is None else names[act], places.get(base.record), base.whose, base.count)

    def _term(self, service: int, document: int, known: RequiringWords, names: Mapping[int, Thing]) -> DocumentTerms:
        told = known.requirements.one(service, document)
        instead = tuple(names[other] for other in known.requirements.instead(service, told))
        return DocumentTerms(names[service], told.alternative, instead, told.condition, told.copies)


def is_shortened(arrows: Sequence[FlowArrow]) -> bool:
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


def known_of(view: View, page: ArrowPage, others: Iterable[int] = ()) -> RequiringWords:
    """What the requiring services of a page, and others, say."""
    told = carriage_of(view, _positions(page.services | set(others)))
    return RequiringWords(told, requirements_of(view, _positions(page.with_terms(told))))


def of_page(graph: Graph, view: View, page: ArrowPage) -> tuple[FlowArrow, ...]:
    """The arrows of a page that stands alone."""
    known = known_of(view, page)
    return page.arrows(graph, known, things_by_position(view, sorted(page.positions(known))))


def _positions(services: Iterable[int]) -> Ints:
    return np.array(sorted(services), np.int32)


def _cuts(services: Ints, counts: Longs) -> tuple[Ints, Longs]:
    return services, np.cumsum(counts)[:-1]


def draft_of_office(view: View, place: int, office: OfficeKind) -> _DraftEnd:
    """The end that stands for a kind of office, with whom it is tied to."""
    return _DraftEnd(place, int(view.once(institution_of)[office.tied_to]), len(office.members), office)


def named_end(graph: Graph, view: View, end: _DraftEnd, names: Mapping[int, Thing]) -> End:
    """An end with its name, or the label of its group."""
    if end.place == NOWHERE:
        return End("nobody", None, None, None, None)
    codes = view.records.categories.names
    institution = None if end.institution is None else names[end.institution]
    if end.place >= 0:
        held = int(view.once(category)[end.place])
        return End(names[end.place].id, names[end.place], None, institution, codes[held] if held >= 0 else None)
    if end.office is not None:
        told = end.office
        offices = CategoryEnd(told.category, told.label, end.members, False, names[told.tied_to])
        return End(told.id, None, offices, institution, told.category)
    code = makers_and_takers.category_of_group(end.place)
    name = codes[code] if code >= 0 else None
    are_institutions = bool(view.records.categories.is_institution[code]) if name else False
    identifier = "-".join(["group", name or "none", *([institution.id] if institution else [])])
    group = CategoryEnd(name, label_of_category(graph, name), end.members, are_institutions)
    return End(identifier, None, group, institution, name)


def label_of_category(graph: Graph, code: str | None) -> Label:
    """The label of an organisation category; a way to say that there is none."""
    entry = graph.schema.codes["organisation_category"].entries.get(code or "")
    return entry.label if entry else Label(say("flows.no_category", "tr"), say("flows.no_category", "en"))


def _named(positions: Ints, names: Mapping[int, Thing]) -> tuple[Thing, ...]:
    return tuple(names[position] for position in positions.tolist())
