"""A record and the edges that leave it as RDF, as of the day of a view.

The default graph takes what holds on the day, the graph of the history the rest. Every quad belongs to one record:
its subject is the record's IRI, or that and a fragment. So a record that changed is made anew, and nothing else is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kaysis_graph.facts.legal_force import has_effect, in_force, repealed, repealed_since
from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.view import View
from kaysis_graph.linked import literals, patterns, record_roles, wordings
from kaysis_graph.linked.export import plans
from kaysis_graph.linked.export.plans import EdgePlan, FieldPlan, KindPlan
from kaysis_graph.linked.iris import Iris, fragment
from kaysis_graph.linked.literals import RDF
from kaysis_graph.linked.patterns import Subject
from kaysis_graph.records.record_model import Edge, Record, holds
from kaysis_graph.schema import Kind
from kaysis_graph.schema.definitions import WORDINGS
from kaysis_graph.schema.fieldtypes import Value

TYPE = NamedNode(f"{RDF}type")
_STATEMENT = NamedNode(f"{RDF}Statement")
_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(f"{RDF}{name}") for name in ("subject", "predicate", "object"))
_DEFAULT = DefaultGraph()
# CPSV-AP demands a competent authority of a public service and a place of an organisation; our rules a whole of parts.
_DEMANDED = frozenset(
    {
        ("Service", "PROVIDED_BY"),
        ("Organisation", "LOCATED_IN"),
        ("Provision", "PART_OF"),
        ("CorrespondenceStep", "PART_OF"),
    }
)
_Spell = tuple[Value, date | None, date | None]


class Describer:
    """Turns records into quads, all as of one view; a view of another day gives the graph of that day."""

    def __init__(self, iris: Iris, view: View) -> None:
        self._iris = iris
        self._view = view
        day = date_of(view.day)
        assert day is not None, "a view is of a day"
        self._day: date = day
        self._plans: Mapping[str, KindPlan] = plans.of(iris)
        self._words = patterns.FormWords(iris)
        self._edge_class = iris.own("Edge")
        self._earlier_class = iris.own("EarlierValue")

    def quads(self, record: Record, edges: Sequence[Edge]) -> list[Quad]:
        """Everything that is said of the record and of the edges that leave it, the record itself first."""
        plan = self._plans[record.kind]
        is_valid = self._is_there(record)
        graph = _DEFAULT if is_valid or self._marks(record_roles.described, record.id) else self._iris.history
        subject = Subject(NamedNode(self._iris.record(plan.kind, record.id)), graph)
        held = {id(edge): is_valid and holds(edge.fields, self._day) for edge in edges}
        quads = [Quad(subject.iri, TYPE, one, graph) for one in (plan.own, *self._classes(plan, record))]
        quads.append(subject.says(patterns.IDENTIFIER, Literal(record.id)))
        quads += self._fields(plan, subject, record)
        quads += self._in_other_languages(plan, subject, record)
        quads += self._forms(subject, record)
        quads += self._earlier(plan, subject, record)
        quads += self._words.earlier_spells(subject, record)
        quads += self._triples(plan, subject, [edge for edge in edges if held[id(edge)]])
        parallel = Counter((edge.type, edge.target) for edge in edges)
        for edge in edges:
            if edge.fields or not held[id(edge)] or parallel[edge.type, edge.target] > 1:
                quads += self._node(plan.edges[edge.type], subject, edge, is_held=held[id(edge)])
        return quads

    def neighbour(self, record: Record, edges: Sequence[Edge], *, is_followed: bool) -> list[Quad]:
        """What a document says of a record that another one points at: its classes, its names, what these demand.

        Whatever else changes in it leaves the documents of others as they are. `is_followed` tells that its procedure
        is pointed at, too.
        """
        plan = self._plans[record.kind]
        subject = Subject(NamedNode(self._iris.record(plan.kind, record.id)), _DEFAULT)
        told = _named(plan.kind, record)
        quads = [Quad(subject.iri, TYPE, one, _DEFAULT) for one in (plan.own, *self._classes(plan, record))]
        quads.append(subject.says(patterns.IDENTIFIER, Literal(record.id)))
        quads += self._fields(plan, subject, told)
        quads += self._in_other_languages(plan, subject, told)
        match record.kind:
            case "Organisation":
                quads += self._words.place(subject, is_placed=self._marks(record_roles.placed, record.id))
            case "Service":
                quads += self._words.catalogued(subject, told)
                quads += self._words.procedure(subject, record, ()) if is_followed else ()
            case "Legislation" | "Provision":
                quads += self._act(subject, record)
            case _:
                pass
        demanded = [edge for edge in edges if (record.kind, edge.type) in _DEMANDED and holds(edge.fields, self._day)]
        return [*quads, *self._triples(plan, subject, demanded)]

    def _is_there(self, record: Record) -> bool:
        """Whether the record is there on the day; where it tells no first day, its ties may (`graph/spells.py`)."""
        position = self._view.records.position_of.get(record.id)
        if position is None or record.earlier_spells or "valid_from" in record.fields:
            return record.is_valid(self._day)
        return bool(self._view.valid[position])

    def _marks(self, question: record_roles.RecordRole, identifier: str) -> bool:
        position = self._view.records.position_of.get(identifier)
        return position is not None and bool(self._view.once(question)[position])

    def _classes(self, plan: KindPlan, record: Record) -> Iterator[NamedNode]:
        """The standard classes; a record that lacks what a class demands of its members is not given the class."""
        yield from plan.classes
        for role, classes in plan.classes_when.items():
            if self._marks(record_roles.ROLES[role], record.id):
                yield from classes

    def _fields(self, plan: KindPlan, subject: Subject, record: Record) -> Iterator[Quad]:
        for name in dict.fromkeys((*record.fields, *record.earlier)):
            value = record.on(name, self._day) if name in record.earlier else record.fields[name]
            if value is None:
                continue
            held = plan.fields[name]
            if borrowed := wordings.language_of(record, name, value):
                yield from self._in_language(subject, held, str(value), borrowed)
                continue
            values = value if isinstance(value, list) else [value]
            roles = [ways for role, ways in held.ways_when.items() if self._marks(record_roles.ROLES[role], record.id)]
            for predicate, made in (*held.ways, *chain.from_iterable(roles)):
                for one in values:
                    yield subject.says(predicate, made(one))

    def _in_language(self, subject: Subject, held: FieldPlan, text: str, language: str) -> Iterator[Quad]:
        """A text in another language than the field has, under each of its properties; plain ones as they are."""
        for predicate, made in held.ways:
            told = Literal(text, language=language) if predicate in held.tagged else made(text)
            yield subject.says(predicate, told)

    def _in_other_languages(self, plan: KindPlan, subject: Subject, record: Record) -> Iterator[Quad]:
        for name in WORDINGS:
            for text, language in wordings.further(record, name, record.on(name, self._day)):
                for predicate in plan.fields[name].tagged:
                    yield subject.says(predicate, Literal(text, language=language))

    def _forms(self, subject: Subject, record: Record) -> Iterator[Quad]:
        match record.kind:
            case "Organisation":
                yield from self._words.organisation(
                    subject, record, is_placed=self._marks(record_roles.placed, record.id)
                )
            case "Service":
                has_steps = self._marks(record_roles.with_steps, record.id)
                bases = self._bases_of_steps(record) if has_steps else ()
                yield from self._words.service(subject, record, self._day, has_steps=has_steps, bases=bases)
            case "Legislation" | "Provision":
                yield from self._act(subject, record)
                since = self._repealed_since(record)
                if since is not None and record.fields.get("valid_to") is None:
                    yield self._words.repealed(subject, since)
            case _:
                return

    def _act(self, subject: Subject, record: Record) -> Iterator[Quad]:
        is_in_force = self._marks(in_force, record.id)
        is_whole = self._marks(record_roles.whole_in_force, record.id)
        return self._words.act(subject, record, self._day, is_in_force=is_in_force, is_whole=is_whole)

    def _bases_of_steps(self, record: Record) -> list[NamedNode]:
        """What the steps of a service rest on, in the order of identifiers."""
        view = self._view
        parts = view.into(view.records.position_of[record.id], "PART_OF")
        steps = parts[view.records.of_kinds("CorrespondenceStep")[parts]]
        bases = {str(view.records.ids[base]) for step in steps.tolist() for base in view.out(step, "BASED_ON").tolist()}
        return [self._target(name, self._kind_of(name)) for name in sorted(bases)]

    def _repealed_since(self, record: Record) -> date | None:
        position = self._view.records.position_of.get(record.id)
        return None if position is None else date_of(repealed_since(self._view, position))

    def _earlier(self, plan: KindPlan, subject: Subject, record: Record) -> Iterator[Quad]:
        """The values of dated fields with their days: the earlier ones, and the present one where it is yet to come."""
        for name, values in record.earlier.items():
            spells: list[_Spell] = [(one.value, one.valid_from, one.valid_to) for one in values]
            now = record.fields.get(name)
            if now is not None and record.on(name, self._day) != now:
                spells.append((now, values[-1].valid_to, None))
            _, made = plan.fields[name].ways[0]
            for number, (value, first, last) in enumerate(spells, 1):
                node = subject.owned(fragment("earlier", name, str(number)), self._iris.history)
                borrowed = wordings.language_of(record, name, value)
                told = made(value) if borrowed is None else Literal(str(value), language=borrowed)
                yield from self._statement(node, self._earlier_class, subject, plan.fields[name].own, told)
                for word, at in (("valid_from", first), ("valid_to", last)):
                    if at is not None:
                        yield node.says(self._iris.own(word), literals.day(at))

    def _triples(self, plan: KindPlan, subject: Subject, edges: Iterable[Edge]) -> Iterator[Quad]:
        """The edges that hold as plain triples, each once; those that need more than a triple in their own form."""
        said: set[tuple[NamedNode, NamedNode]] = set()
        groups: dict[str, list[NamedNode]] = {}
        for edge in edges:
            target_kind = self._kind_of(edge.target)
            target = self._target(edge.target, target_kind)
            match edge.type, target_kind:
                case "REQUIRES", "DataElement":
                    yield from self._words.data_requirement(subject, edge.target, target)
                    continue
                case "REQUIRES", "Document" if "alternative" in edge.fields:
                    groups.setdefault(str(edge.fields["alternative"]), []).append(target)
                    continue
            predicate = self._predicate(plan.edges[edge.type], edge, target_kind)
            if edge.type == "PART_OF" and plan.kind.name == "CorrespondenceStep":
                # Steps are part of the procedure that the service follows.
                target = NamedNode(f"{target.value}{patterns.PROCEDURE}")
            if (predicate, target) not in said:
                said.add((predicate, target))
                yield subject.says(predicate, target)
        for group, documents in groups.items():
            yield from self._words.alternatives(subject, group, documents)

    def _predicate(self, plan: EdgePlan, edge: Edge, target_kind: str) -> NamedNode:
        if not self._has_effect(edge):
            # What lapsed before its day, or is dated before its act was there, changes nothing.
            return plan.own
        if edge.type == "REPEALS" and edge.fields.get("is_partial"):
            # eli:repeals "completely cancels"; what is repealed in part is changed.
            return patterns.CHANGES
        if edge.type == "REPEALS" and not self._marks(repealed, edge.target):
            # A repeal that has no effect yet, such as that of an act that is not in force itself, repeals nothing.
            return plan.own
        if edge.type == "REQUIRES" and target_kind == "Service" and not self._marks(record_roles.offered, edge.target):
            return plan.own
        return plan.properties.get(target_kind, plan.own)

    def _has_effect(self, edge: Edge) -> bool:
        first = edge.fields.get("valid_from")
        return has_effect(self._view, edge.source, edge.target, edge.type, first if isinstance(first, date) else None)

    def _node(self, plan: EdgePlan, subject: Subject, edge: Edge, *, is_held: bool) -> Iterator[Quad]:
        graph = _DEFAULT if is_held else self._iris.history
        parts = (edge.type, edge.target, edge.first_day) if edge.first_day else (edge.type, edge.target)
        node = subject.owned(fragment("edge", *parts), graph)
        target = self._target(edge.target, self._kind_of(edge.target))
        yield from self._statement(node, self._edge_class, subject, plan.own, target)
        for name, value in edge.fields.items():
            for predicate, made in plan.fields[name].ways:
                for one in value if isinstance(value, list) else [value]:
                    yield node.says(predicate, made(one))

    def _statement(
        self, node: Subject, own: NamedNode, subject: Subject, predicate: NamedNode, value: NamedNode | Literal
    ) -> Iterator[Quad]:
        yield node.says(TYPE, own)
        yield node.says(TYPE, _STATEMENT)
        yield node.says(_SUBJECT, subject.iri)
        yield node.says(_PREDICATE, predicate)
        yield node.says(_OBJECT, value)

    def _kind_of(self, identifier: str) -> str:
        records = self._view.records
        position = records.position_of.get(identifier)
        if position is not None:
            return records.kinds[int(records.kind[position])]
        # Written since the view was made: the form of an identifier tells its kind, too.
        kind = self._iris.schema.kind_of(identifier)
        assert kind is not None, "every record's identifier has the form of its kind"
        return kind.name

    def _target(self, identifier: str, kind: str) -> NamedNode:
        return NamedNode(self._iris.record(self._plans[kind].kind, identifier))


def _named(kind: Kind, record: Record) -> Record:
    """The record with its names, what its kind demands, whether its number is real, and a service's description."""
    names = {
        "title",
        "title_en",
        WORDINGS["title"],
        "number_is_invented",
        *(name for name, field in kind.fields.items() if field.required),
    }
    if kind.name == "Service":
        # CPSV-AP demands one of a public service.
        names |= {"description", "description_en", WORDINGS["description"]}
    fields = {name: value for name, value in record.fields.items() if name in names}
    return Record(kind.name, record.id, fields, {name: held for name, held in record.earlier.items() if name in names})
