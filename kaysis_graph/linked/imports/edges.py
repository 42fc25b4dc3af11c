"""The edges of a record out of what is said of it: plain triples, n-ary nodes, requirements, the procedure of a step.

An edge that has a node is what the node says. The plain triple, which every consumer understands, is for those without.
"""

import re
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from kaysis_graph.errors import Problem
from kaysis_graph.linked import patterns
from kaysis_graph.linked.imports.fields import Fielding, Node
from kaysis_graph.linked.imports.identity import Naming, is_apart
from kaysis_graph.linked.imports.meanings import KindMeaning, Meanings
from kaysis_graph.linked.imports.statements import FOLLOWS, OBJECT, PREDICATE, SUBJECT, Said, Statements
from kaysis_graph.linked.literals import RDF
from kaysis_graph.messages import say
from kaysis_graph.schema.definitions import EdgeDefinition
from kaysis_graph.transfer.maps.applied import GivenEdge, Place

_Told = dict[str, Any]
# guess: nobody reads the names of more documents than this in the words of a condition.
_SHOWN = 8


class Edging:
    """Reads edges, reporting what is tolerated."""

    def __init__(self, meanings: Meanings, statements: Statements, naming: Naming, fielding: Fielding) -> None:
        self._meanings = meanings
        self._statements = statements
        self._naming = naming
        self._fielding = fielding
        named = meanings.named
        self._part_of, self._holds, self._concept = (
            named("dct:isPartOf"),
            named("cv:holdsRequirement"),
            named("cv:hasConcept"),
        )
        self._lists, self._specifies = named("cv:hasEvidenceTypeList"), named("cv:specifiesEvidenceType")
        self._input, self._identifier = named("cv:hasInputType"), named("dct:identifier")
        self._spatial, self._changes, self._repeals = named("dct:spatial"), named("eli:changes"), named("eli:repeals")
        self._catalogues = {named("dcat:Dataset"), named("dcat:Catalog")}

    def nodes_of(self, subject: str) -> list[Node]:
        """The statements that the files make about the record, each a node with what is said of it."""
        return [(node, self._statements.of(node)) for node in self._statements.pointing(SUBJECT, subject)]

    def take(
        self, meaning: KindMeaning, identifier: str, subject: str, said: Sequence[Said], place: Place
    ) -> Generator[GivenEdge | Problem, None, list[Said]]:
        """Gives the edges that leave the record, and those that arrive by an inverse; returns what is no edge."""
        known = yield from self._nodes(meaning, identifier, subject, place)
        rest: list[Said] = []
        for one in said:
            predicate = self._meanings.canonical(one.predicate)
            if (definitions := self._definitions(meaning, predicate)) is not None:
                yield from self._plain(definitions, predicate, identifier, one, known, rest, place)
            elif self._is_catalogue(predicate, one):
                continue
            elif inverse := self._meanings.inverses.get(predicate):
                yield from self._arriving(inverse, meaning, identifier, one, rest, place)
            else:
                rest.append(one)
        yield from self._requirements(meaning, identifier, subject, known, place)
        return rest

    def _definitions(self, meaning: KindMeaning, predicate: str) -> tuple[EdgeDefinition, ...] | None:
        if predicate == self._changes:
            return meaning.edges.get(self._repeals)
        return meaning.edges.get(predicate)

    def _nodes(
        self, meaning: KindMeaning, identifier: str, subject: str, place: Place
    ) -> Generator[GivenEdge | Problem, None, set[tuple[str, str]]]:
        known: set[tuple[str, str]] = set()
        for _, said in self.nodes_of(subject):
            about = {one.predicate: one for one in said}
            predicate, target = about.get(PREDICATE), about.get(OBJECT)
            if predicate is None or target is None:
                continue
            definitions = meaning.edges.get(self._meanings.canonical(predicate.value))
            if definitions is None:
                continue
            end = self._end(target.value)
            if end is None:
                yield Problem(
                    "linked.unknown_end", place, {"property": predicate.value, "iri": target.value}, "warning"
                )
                continue
            edge = self._chosen(definitions, "", end[0])
            where = _placed(place, identifier, edge, end[1])
            fields = yield from self._fielding.edge_fields(meaning.edge_fields[edge.type], said, where)
            known.add((edge.type, end[1]))
            yield GivenEdge(identifier, edge.type, end[1], fields, [], {}, None, where)
        return known

    def _plain(  # noqa: PLR0913  # an edge, part by part, and where it is read
        self,
        definitions: Sequence[EdgeDefinition],
        predicate: str,
        identifier: str,
        said: Said,
        known: set[tuple[str, str]],
        rest: list[Said],
        place: Place,
    ) -> Iterator[GivenEdge | Problem]:
        if predicate == self._spatial and is_apart(said.value):
            # Said of every organisation whose place is not known.
            return
        end = self._end(said.value)
        if end is None and said.form:
            kinds = [kind for edge in definitions for kind in edge.to]
            fitting = self._naming.fitting(said.value.strip(), kinds)
            end = (fitting, said.value.strip()) if fitting else None
            if end is None:
                rest.append(said)
                return
            yield Problem("linked.text_for_iri", place, {"value": said.value[:80]}, "warning")
        if end is None:
            yield Problem("linked.unknown_end", place, {"property": said.predicate, "iri": said.value}, "warning")
            return
        edge = self._chosen(definitions, predicate, end[0])
        if (edge.type, end[1]) in known:
            return
        told: _Told = {"is_partial": True} if predicate == self._changes else {}
        yield GivenEdge(identifier, edge.type, end[1], told, [], {}, None, _placed(place, identifier, edge, end[1]))

    def _arriving(  # noqa: PLR0913  # an edge, part by part, and where it is read
        self, inverse: str, meaning: KindMeaning, identifier: str, said: Said, rest: list[Said], place: Place
    ) -> Iterator[GivenEdge]:
        start = self._end(said.value)
        definitions = self._meanings.kinds[start[0]].edges.get(inverse) if start else None
        if start is None or definitions is None:
            rest.append(said)
            return
        edge = self._chosen(definitions, inverse, meaning.kind.name)
        role = self._meanings.iris.own(edge.role).value
        for _, about in self.nodes_of(said.value):
            told = {one.predicate: one.value for one in about}
            ends = self._end(told.get(OBJECT, ""))
            if ends == (meaning.kind.name, identifier) and self._meanings.canonical(told[PREDICATE]) == role:
                return
        yield GivenEdge(start[1], edge.type, identifier, {}, [], {}, None, _placed(place, start[1], edge, identifier))

    def _chosen(self, definitions: Sequence[EdgeDefinition], predicate: str, target_kind: str) -> EdgeDefinition:
        """The edge of those the property may be that reaches the kind; where none does, the checks say so."""
        term_of = self._meanings.iris.term
        exact = (
            edge
            for edge in definitions
            if target_kind in edge.rdf and term_of(edge.rdf[target_kind]).value == predicate
        )
        fitting = (edge for edge in definitions if target_kind in edge.to)
        return next(exact, None) or next(fitting, definitions[0])

    def _end(self, iri: str) -> tuple[str, str] | None:
        """The record at the end of an edge; of a procedure it is the service that follows it."""
        name = self._naming.of(iri)
        if name.kind and name.id:
            return name.kind, name.id
        if (owner := self._naming.owner(iri)) is not None and iri.endswith(patterns.PROCEDURE):
            return owner
        for service in self._statements.pointing(FOLLOWS, iri):
            followed = self._naming.of(service)
            if followed.kind and followed.id:
                return followed.kind, followed.id
        return None

    def _is_catalogue(self, predicate: str, said: Said) -> bool:
        if predicate != self._part_of:
            return False
        types = {one.value for one in self._statements.of(said.value) if one.predicate == f"{RDF}type"}
        return is_apart(said.value) or bool(types & self._catalogues)

    def _requirements(
        self, meaning: KindMeaning, identifier: str, subject: str, known: set[tuple[str, str]], place: Place
    ) -> Iterator[GivenEdge | Problem]:
        """Data and documents behind the requirements of a service; each only where no node says more of it."""
        edge = meaning.kind.edge("REQUIRES")
        if edge is None:
            return
        for one in self._statements.of(subject):
            if self._meanings.canonical(one.predicate) != self._holds:
                continue
            by_predicate: dict[str, list[Said]] = defaultdict(list)
            for said in self._statements.of(one.value):
                by_predicate[self._meanings.canonical(said.predicate)].append(said)
            direct = [*by_predicate[self._concept], *by_predicate[self._input]]
            choices = [
                [found for found in self._statements.of(listed.value) if self._is(found, self._specifies)]
                for listed in by_predicate[self._lists]
            ]
            if not direct and not any(choices):
                values = {"property": one.predicate, "iri": one.value}
                yield Problem("linked.unknown_end", place, values, "warning")
            group = next((said.value for said in by_predicate[self._identifier]), self._group(one.value, choices))
            for said, told in [*((said, {}) for said in direct), *self._alternatives(choices, group)]:
                end = self._end(said.value)
                if end is None:
                    values = {"property": said.predicate, "iri": said.value}
                    yield Problem("linked.unknown_end", place, values, "warning")
                elif (edge.type, end[1]) not in known:
                    where = _placed(place, identifier, edge, end[1])
                    yield GivenEdge(identifier, edge.type, end[1], told, [], {}, None, where)

    def _group(self, node: str, choices: Sequence[Sequence[Said]]) -> str:
        """The name of a group of alternatives that has none of its own: the end of its IRI, else what it offers."""
        if not node.startswith("_:"):
            return re.split(r"[/#]", node)[-1] or node
        ends = [self._end(said.value) for documents in choices for said in documents]
        return " | ".join(sorted({end[1] for end in ends if end is not None})) or node.removeprefix("_:")

    def _alternatives(self, choices: Sequence[Sequence[Said]], group: str) -> Iterator[tuple[Said, _Told]]:
        """One of the lists is enough, of which all documents are needed (CCCEV 2.1, evidence type list).

        A single list is no choice. Of several, each document carries the group; one that is needed together with
        others says so as its condition.
        """
        for documents in choices:
            for one in documents:
                told: _Told = {"alternative": group} if len(choices) > 1 else {}
                if len(choices) > 1 and len(documents) > 1:
                    others = [end[1] for other in documents if other != one and (end := self._end(other.value))]
                    told["condition"] = say("linked.together", "tr", names=", ".join(others[:_SHOWN]))
                yield one, told

    def _is(self, said: Said, predicate: str) -> bool:
        return self._meanings.canonical(said.predicate) == predicate


def _placed(place: Place, source: str, edge: EdgeDefinition, target: str) -> Place:
    return {**place, "edge": f"{source} {edge.type} {target}"}
