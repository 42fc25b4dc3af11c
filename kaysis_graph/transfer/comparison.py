"""What an input says, put together, checked and compared with what is in the graph."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kaysis_graph.errors import Problem
from kaysis_graph.graph.queries import Query, load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import checks, record_model, warnings, writer
from kaysis_graph.records.checks import Place, StoredEdgeRow
from kaysis_graph.records.record_model import Edge, Record
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import spell_rows
from kaysis_graph.transfer.contradictions import (
    Contradiction,
    corrected_days,
    other_wholes,
    paired_edges,
    replaced_values,
    with_origins,
)
from kaysis_graph.transfer.inclusive_ends import InclusiveEnds
from kaysis_graph.transfer.later_changes import LastChanges, undone_names
from kaysis_graph.transfer.maps.applied import GivenEdge, GivenRecord
from kaysis_graph.transfer.overlay import laid_over
from kaysis_graph.transfer.part_circles import PART_OF, find_circles
from kaysis_graph.transfer.spool import Part, ReadyEdge, ReadyRecord, Spool

_LEAVING = load("records/edges_leaving")
# Records looked at together: their edges and what is stored of them are in memory at once.
_AT_A_TIME = 2_000
# guess: 20 MB; an input whose edges arrive at more records asks for some of them twice.
_MOST_KINDS = 100_000
_RULES_OF_SPELLS = ("checks.ends_before_it_begins", "checks.spells_overlap")
EdgeKey = tuple[str, str, str, str]
_Row = TypeVar("_Row")


@dataclass
class ImportTotals:
    """How many of something are new, changed or as they were."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def count(self, before: object, after: object) -> bool:
        """Counts one; gives whether it has to be written."""
        if before is None:
            self.new += 1
        elif before != after:
            self.changed += 1
        else:
            self.unchanged += 1
        return before != after


@dataclass
class Compared:
    """What the input comes to."""

    records: ImportTotals = field(default_factory=ImportTotals)
    edges: ImportTotals = field(default_factory=ImportTotals)


@dataclass
class _Told:
    """All that was said of one record or edge, put together."""

    kind: str
    told: dict[str, Any]
    keep: list[str]
    is_stub: bool
    place: Place


class Nothing:
    """A reader of an empty graph, so that a first import looks nothing up."""

    def read(self, query: Query, *, into: type[_Row], **takes: object) -> list[_Row]:  # noqa: ARG002  # a Reader
        """No rows."""
        return []


def compare(reader: Reader, schema: Schema, spool: Spool, step: Callable[[int], None]) -> Compared:
    """Checks everything in the spool, reports there, and makes ready what differs; `step` hears how far it is."""
    compared = Compared()
    done = 0
    across = _Across(LastChanges(reader, undone_names(reader)), InclusiveEnds())
    for first, last in spool.parts(_AT_A_TIME):
        part = _Part(reader, schema, spool, across)
        part.take(first, last)
        part.check()
        part.count(compared)
        done += _AT_A_TIME
        step(done)
    across.ends.note_all(spool.ends_before_successors())
    spool.report(across.ends.problems())
    spool.report(find_circles(reader, spool))
    spool.report(warnings.legislation_warnings(spool.gazette()))
    return compared


@dataclass(frozen=True)
class _Across:
    """What all parts of an input share: the history that they ask, and what is told of them together."""

    last_changes: LastChanges
    ends: InclusiveEnds
    # Of records that the graph has: many edges of an input arrive at the same few.
    kinds: dict[str, str] = field(default_factory=dict)

    def kinds_of(self, reader: Reader, schema: Schema, ids: Collection[str]) -> dict[str, str]:
        """The kinds of the records that the graph has among these identifiers."""
        if len(self.kinds) > _MOST_KINDS:
            self.kinds.clear()
        self.kinds.update(checks.kinds_of(reader, schema, [one for one in ids if one not in self.kinds]))
        return {identifier: self.kinds[identifier] for identifier in ids if identifier in self.kinds}


class _Part:
    """A run of identifiers with everything said of them and everything stored of them."""

    def __init__(self, reader: Reader, schema: Schema, spool: Spool, across: _Across) -> None:
        self.reader = reader
        self.schema = schema
        self.spool = spool
        self.across = across
        self.given: dict[str, _Told] = {}
        self.given_edges: dict[EdgeKey, _Told] = {}
        self.before: dict[str, dict[str, Any]] = {}
        self.before_edges: dict[EdgeKey, dict[str, Any]] = {}
        # Edges of the graph whose first day the input corrects, by the key of the edge that takes their place.
        self.corrected: dict[EdgeKey, EdgeKey] = {}
        # The kinds of the records given and of the sources of edges; of those alone that the graph has.
        self.kinds: dict[str, str] = {}
        self.stored_kinds: dict[str, str] = {}
        self.sound: dict[str, dict[str, Any]] = {}
        self.sound_edges: dict[EdgeKey, dict[str, Any]] = {}

    def take(self, first: str, last: str) -> None:
        for given in self.spool.records_between(first, last):
            self._take_record(given)
        edges = list(self.spool.edges_between(first, last))
        sources = {edge.source for edge in edges}
        stored = writer.existing(self.reader, self.schema, self.given) if self.given else {}
        self.before = {identifier: record_model.record_json(record) for identifier, record in stored.items()}
        self.kinds = {identifier: record.kind for identifier, record in stored.items()}
        self.kinds |= self.across.kinds_of(self.reader, self.schema, sources - self.given.keys())
        held = sorted(source for source in sources if source in self.kinds)
        for row in self.reader.read(_LEAVING, into=StoredEdgeRow, ids=held) if held else ():
            kind = self.kinds[row.source]
            edge = record_model.loaded_edge(self.schema, kind, row.source, row.type, row.target, row.properties)
            self.before_edges[edge.key] = record_model.edge_json(edge)
        self.stored_kinds = dict(self.kinds)
        self.kinds |= {identifier: told.kind for identifier, told in self.given.items()}
        self._take_edges(edges)
        self._correct_days()

    def _take_record(self, given: GivenRecord) -> None:
        told = {"kind": given.kind, "id": given.id, **given.told}
        known = self.given.get(given.id)
        if known is None or (known.is_stub and not given.is_stub):
            self.given[given.id] = _Told(given.kind, told, given.keep, given.is_stub, given.place)
        elif not given.is_stub or known.is_stub:
            row = known.place.get("row", "")
            if "valid_from" not in given.combine and (
                second := spell_rows.second_spell(known.told, told, given.place, row)
            ):
                self.spool.report([second])
                told = {name: value for name, value in told.items() if name not in ("valid_from", "valid_to")}
            self._put_together(known, told, given.combine, given.place)

    def _put_together(self, known: _Told, told: Mapping[str, Any], combine: Mapping[str, str], place: Place) -> None:
        for name, value in told.items():
            has = known.told.get(name)
            if value is None:
                # An empty cell takes nothing away from what another row says.
                continue
            if name == "earlier" and has is not None:
                known.told["earlier"] = {**has, **value}
            elif name == spell_rows.ROWS:
                self.spool.report(spell_rows.add_rows(known.told, value, place))
            elif has is None:
                known.told[name] = value
            elif name in combine:
                known.told[name] = _combined(combine[name], has, value)
            elif has != value and not known.is_stub:
                values = {
                    "field": name,
                    "first": str(has)[:80],
                    "second": str(value)[:80],
                    "row": known.place.get("row", ""),
                }
                self.spool.report([Problem("transfer.given_twice", {**place, "field": name}, values)])

    def _take_edges(self, edges: list[GivenEdge]) -> None:
        ends: dict[tuple[str, str, str], list[GivenEdge]] = defaultdict(list)
        for given in edges:
            if given.ends is not None:
                ends[given.source, given.type, given.target].append(given)
                continue
            key = (given.source, given.type, given.target, str(given.told.get("valid_from") or ""))
            known = self.given_edges.get(key)
            if known is None:
                told = {"type": given.type, "to": given.target, **given.told}
                self.given_edges[key] = _Told("", told, given.keep, is_stub=False, place=given.place)
            else:
                self._put_together(known, given.told, given.combine, given.place)
        spells: dict[tuple[str, str, str], set[EdgeKey]] = defaultdict(set)
        for key in {*self.before_edges, *self.given_edges} if ends else ():
            spells[key[:3]].add(key)
        for between, end_rows in ends.items():
            for given in sorted(end_rows, key=lambda edge: str(edge.ends)):
                spells[between].add(self._end(given, spells[between]))

    def _end(self, given: GivenEdge, spells: set[EdgeKey]) -> EdgeKey:
        """Ends the spell that is open on the day, else adds one that ends on it; gives its key."""
        day = str(given.ends)
        laid = {
            key: laid_over(
                self.before_edges.get(key), self.given_edges[key].told if key in self.given_edges else {}, []
            )
            for key in spells
        }
        if ended := [key for key, told in laid.items() if told.get("valid_to") == day]:
            return ended[0]
        fit = [key for key, told in laid.items() if key[3] < day and str(told.get("valid_to") or "9999") > day]
        first = max(fit)[3] if fit else str(given.told.get("valid_from", ""))
        key = (given.source, given.type, given.target, first)
        told = {"type": given.type, "to": given.target, **(given.told if not fit else {})}
        if first:
            told["valid_from"] = first
        known = self.given_edges.setdefault(key, _Told("", told, given.keep, is_stub=False, place=given.place))
        known.told["valid_to"] = day
        return key

    def _correct_days(self) -> None:
        """An edge whose first day is not told is the one that is there; one told otherwise takes its place."""
        told = {key: given.told for key, given in self.given_edges.items()}
        for key, old in paired_edges(self.before_edges, told).items():
            given = self.given_edges[key]
            if key[3] and "valid_from" not in given.keep:
                self.corrected[key] = old
            elif not self.before_edges[old].get("valid_to"):
                self.given_edges[old] = self.given_edges.pop(key)
                given.told.pop("valid_from", None)

    def _before(self, key: EdgeKey) -> dict[str, Any] | None:
        return self.before_edges.get(self.corrected.get(key, key))

    def check(self) -> None:
        """Reports what is wrong and keeps what is sound."""
        for identifier, given in self.given.items():
            laid = laid_over(self.before.get(identifier), given.told, given.keep)
            problems, remarks = self._record_problems(laid, given)
            self.spool.report([*problems, *remarks])
            if not given.is_stub:
                self.spool.report(warnings.record_warnings(laid, {**given.place, "id": identifier}))
            if not problems:
                self.sound[identifier] = laid
        for key, given in self.given_edges.items():
            laid = laid_over(self._before(key), given.told, given.keep)
            kind = self.schema.kinds.get(self.kinds.get(key[0], ""))
            if kind is None:
                values = {"id": key[0]}
                self.spool.report([Problem("checks.no_source", given.place, values)])
                continue
            problems = checks.edge_problems(self.schema, kind, laid, {**given.place, "id": key[0]})
            self.spool.report([*problems, *warnings.edge_warnings(key, given.place)])
            if not problems:
                self.sound_edges[key] = laid
        self._note_parts()
        self.spool.report(with_origins(self.across.last_changes, [*self._contradictions()]))
        made = {identifier: record_model.record_of(self.schema, told) for identifier, told in self.sound.items()}
        edges = [(self._edge(key, told), self.given_edges[key].place) for key, told in self.sound_edges.items()]
        self.spool.report(self._together(made, edges))

    def _record_problems(self, laid: dict[str, Any], given: _Told) -> tuple[list[Problem], list[Problem]]:
        """The errors of a record, and what of its spells is to be looked at though it can be written."""
        before = self.before.get(laid["id"], {})
        problems = spell_rows.spell_problems(before, given.told, given.keep)
        if problems:
            # Told already, with their rows.
            return [*problems, *checks.record_problems(self.schema, spell_rows.without_spells(laid), given.place)], []
        problems = checks.record_problems(self.schema, laid, given.place)
        if "valid_from" in given.keep or {spell_rows.ROWS, "earlier_spells"} & given.told.keys():
            return problems, []
        second = spell_rows.second_spell(before, given.told, given.place, "–")
        if second is None:
            return problems, []
        others = [problem for problem in problems if problem.rule not in _RULES_OF_SPELLS]
        if len(others) < len(problems):
            return [second, *others], []
        return others, [Problem(second.rule, second.place, second.values, "warning")]

    def _note_parts(self) -> None:
        """What is part of what once this is written, for whatever comes back to itself."""
        laid = {key: told for key, told in self._held().items() if key not in self.given_edges}
        self.spool.note_parts(
            Part(key[0], key[2], key[3], str(told.get("valid_to") or ""), self._place_of(key))
            for key, told in {**laid, **self.sound_edges}.items()
            if key[1] == PART_OF
        )

    def _held(self) -> dict[EdgeKey, dict[str, Any]]:
        """The edges of the graph without those that others take the place of."""
        gone = set(self.corrected.values())
        return {key: told for key, told in self.before_edges.items() if key not in gone}

    def _contradictions(self) -> Iterator[Contradiction]:
        places = {key: {**given.place, "id": key[0]} for key, given in self.given_edges.items()}
        for identifier, laid in self.sound.items():
            if (before := self.before.get(identifier)) is not None:
                yield from replaced_values(self.schema.kinds[laid["kind"]], before, laid, self.given[identifier].place)
        sound = {key: old for key, old in self.corrected.items() if key in self.sound_edges}
        yield from corrected_days(sound, places)
        yield from other_wholes(self.schema, self.kinds, self._held(), self.sound_edges, places)
        self.across.ends.look({**self._held(), **self.sound_edges}, places)

    def _place_of(self, key: EdgeKey) -> Place:
        given = self.given_edges.get(key)
        return given.place if given else {}

    def _together(self, made: Mapping[str, Record], edges: list[tuple[Edge, Place]]) -> Iterator[Problem]:
        ends = {edge.target for edge, _ in edges}
        told_kinds = self.spool.kinds_of(ends)
        # What the graph has wins over a stub; any other record of another kind is a problem of its own.
        stubs = {identifier for identifier, (_, is_stub) in told_kinds.items() if is_stub}
        stored = checks.kinds_of(self.reader, self.schema, stubs) if stubs else {}
        planned = {identifier: kind for identifier, (kind, _) in told_kinds.items()} | stored
        # Records that had problems of their own exist all the same: their edges are not to be blamed for it.
        planned |= {identifier: told.kind for identifier, told in self.given.items()}
        planned = {identifier: kind for identifier, kind in planned.items() if identifier not in made}
        planned |= self.stored_kinds
        planned |= self.across.kinds_of(self.reader, self.schema, ends - planned.keys() - made.keys())
        gone = frozenset(self.corrected.values())
        for problem in checks.together_problems(self.reader, self.schema, made, edges, planned=planned, gone=gone):
            given = self.given.get(str(problem.place.get("id", "")))
            place = problem.place if given is None else {**given.place, **problem.place}
            yield Problem(problem.rule, place, problem.values, problem.severity)

    def _edge(self, key: EdgeKey, told: Mapping[str, Any]) -> Edge:
        return record_model.edge_of(self.schema.kinds[self.kinds[key[0]]], key[0], told)

    def count(self, compared: Compared) -> None:
        """Counts the differences and makes ready what has to be written."""
        records: list[ReadyRecord] = []
        edges: list[ReadyEdge] = []
        for identifier, told in self.sound.items():
            before = self.before.get(identifier)
            if compared.records.count(before, _normal(told)):
                given = self.given[identifier]
                records.append(ReadyRecord(given.told, given.keep, before is None))
        for key, told in self.sound_edges.items():
            before = self._before(key)
            if compared.edges.count(before, _normal(told)):
                given, old = self.given_edges[key], self.corrected.get(key, key)
                kind = self.kinds[key[0]]
                edges.append(ReadyEdge(key[0], kind, given.told, given.keep, old[3], before is None))
        self.spool.make_ready(records, edges)


def _combined(how: str, has: Any, value: Any) -> Any:  # noqa: ANN401  # JSON
    """What two rows say of one field, put together as the map wants it."""
    match how:
        case "count":
            return has + value
        case "join" if isinstance(has, list):
            return [*has, *(one for one in value if one not in has)]
        case "join":
            return has if str(value) in str(has).split("; ") else f"{has}; {value}"
        case "lowest":
            return min(has, value)
        case "highest":
            return max(has, value)
        case _:
            return has


def _normal(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told as it is told of what is stored: nothing that is empty, and earlier values with both their days."""
    normal = {name: value for name, value in told.items() if value is not None and value != []}
    if earlier := normal.get("earlier"):
        normal["earlier"] = {name: _with_both_days(values) for name, values in earlier.items()}
    if spells := normal.get("earlier_spells"):
        normal["earlier_spells"] = _with_both_days(spells)
    return normal


def _with_both_days(held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"valid_from": None, **one} for one in held]
