"""The fields of a record or an edge out of what is said of a subject."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaysis_graph.errors import Problem
from kaysis_graph.linked.describing import TYPE
from kaysis_graph.linked.meanings import KindMeaning, Languages, Meanings
from kaysis_graph.linked.naming import Row
from kaysis_graph.linked.statements import OBJECT, PREDICATE, Said, Statements
from kaysis_graph.linked.values import value_of
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.registry.transfer.applying import Place
from kaysis_graph.registry.transfer.unfit import Unfit
from kaysis_graph.schema.definitions import Field

_TEXTS = ("text", "prose")
# BCP 47, section 2.1.
_LONGEST_SUBTAG = 8
Node = tuple[str, list[Said]]


@dataclass(frozen=True)
class _Found:
    """A value of a field, and how near its property is to the field."""

    rank: int
    value: Any


class Fielding:
    """Reads fields, reporting what is tolerated."""

    def __init__(self, meanings: Meanings, statements: Statements) -> None:
        self._meanings = meanings
        self._statements = statements
        self._no_description = {say("linked.no_description", language) for language in LANGUAGES}

    def take(
        self, meaning: KindMeaning, told: dict[str, Any], subject: str, said: Sequence[Said], place: Place
    ) -> Generator[Problem, None, list[Said]]:
        """Puts the fields of a record into `told`; gives back what is no field."""
        found: dict[str, list[_Found]] = defaultdict(list)
        others: dict[str, str] = {}
        rest: list[Said] = []
        for one in said:
            predicate = self._meanings.canonical(one.predicate)
            languages = self._meanings.field(meaning, predicate)
            if languages is None or (not one.form and predicate in meaning.edges):
                rest.append(one)
                continue
            if meaning.kind.name == "Service" and one.value in self._no_description:
                continue
            held = yield from self._field(meaning.kind.fields, languages, one, place)
            if held is None:
                if any(field.name in ("title", "title_en") for field in languages.values()):
                    others.setdefault(one.form, one.value)
                rest.append(one)
                continue
            yield from self._keep(held, predicate, one, found, place)
        for name, values in found.items():
            yield from self._settle(meaning.kind.fields[name], values, told, place)
        yield from self._completed(meaning, told, subject, others, place)
        return rest

    def edge_fields(
        self, fields: Mapping[str, Languages], said: Sequence[Said], place: Place
    ) -> Generator[Problem, None, dict[str, Any]]:
        """The fields of an edge out of the statements about its node."""
        known = {field.name: field for languages in fields.values() for field in languages.values()}
        found: dict[str, list[_Found]] = defaultdict(list)
        told: dict[str, Any] = {}
        for one in said:
            predicate = self._meanings.canonical(one.predicate)
            if (languages := fields.get(predicate)) is not None:
                held = yield from self._field(known, languages, one, place)
                if held is not None:
                    yield from self._keep(held, predicate, one, found, place)
        for name, values in found.items():
            yield from self._settle(known[name], values, told, place)
        return told

    def earlier(
        self, meaning: KindMeaning, told: dict[str, Any], nodes: Sequence[Node], place: Place
    ) -> Iterator[Problem]:
        """Puts earlier values of dated fields into `told`, and the one to come in the place of the one of today."""
        spells: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for _, said in nodes:
            about = {self._meanings.canonical(one.predicate): one for one in said}
            predicate, value = about.get(PREDICATE), about.get(OBJECT)
            if predicate is None or value is None:
                continue
            languages = self._meanings.field(meaning, self._meanings.canonical(predicate.value))
            held = (yield from self._field(meaning.kind.fields, languages, value, place)) if languages else None
            if held is None or not held.dated:
                continue
            try:
                spells[held.name].append({"value": self._value(held, value), **self._days(meaning, said)})
            except Unfit as unfit:
                yield Problem(unfit.rule, {**place, "field": held.name}, unfit.values, "warning")
        for name, values in spells.items():
            to_come = [spell["value"] for spell in values if "valid_to" not in spell]
            if to_come:
                told[name] = to_come[0]
            if ended := [{"valid_from": None, **spell} for spell in values if "valid_to" in spell]:
                ended.sort(key=lambda spell: str(spell["valid_from"] or ""))
                told.setdefault("earlier", {})[name] = ended

    def _days(self, meaning: KindMeaning, said: Sequence[Said]) -> dict[str, Any]:
        days = {}
        for name in ("valid_from", "valid_to"):
            own = self._meanings.iris.own(name).value
            for one in said:
                if self._meanings.canonical(one.predicate) == own:
                    days[name] = value_of(self._meanings.schema, meaning.kind.fields[name], one, [])
        return days

    def told_in_table(self, meaning: KindMeaning, row: Row) -> Generator[Problem, None, dict[str, Any]]:
        """The fields that a table gives of a record; a column that is no field of it is reported."""
        told: dict[str, Any] = {}
        for name, cell in row.fields.items():
            held = meaning.kind.fields.get(name)
            if held is None:
                yield Problem("linked.ids_column", row.place, {"column": name, "kind": meaning.kind.name}, "warning")
                continue
            try:
                value = value_of(self._meanings.schema, held, Said("", cell, "", 0), [])
            except Unfit:
                # The checks say what is wrong with it.
                value = cell
            told[name] = [value] if held.many else value
        return told

    def _field(
        self, fields: Mapping[str, Field], languages: Languages, said: Said, place: Place
    ) -> Generator[Problem, None, Field | None]:
        """The field that a value belongs to by its language; None for a language that there is no field for."""
        first = next(iter(languages.values()))
        if first.type not in _TEXTS:
            return first
        language = said.language
        if language is None:
            if None not in languages and said.form:
                yield Problem("linked.untagged", {**place, "field": first.name}, {"value": said.value[:80]}, "warning")
            return languages.get(None) or languages.get("tr", first)
        if any(len(part) > _LONGEST_SUBTAG for part in said.form[1:].split("-")):
            yield Problem("linked.long_language", place, {"language": said.form[1:]}, "warning")
        plain = languages.get(None)
        if language in languages or plain is None:
            return languages.get(language)
        other = fields.get(f"{plain.name}_en")
        return {"tr": plain, "en": other}.get(language) if other else plain

    def _keep(
        self, held: Field, predicate: str, said: Said, found: dict[str, list[_Found]], place: Place
    ) -> Iterator[Problem]:
        if not said.form and held.type in _TEXTS:
            yield Problem("linked.iri_for_text", {**place, "field": held.name}, {"value": said.value[:80]}, "warning")
        try:
            value = self._value(held, said)
        except Unfit as unfit:
            yield Problem(unfit.rule, {**place, "field": held.name}, unfit.values, "warning")
            return
        found[held.name].append(_Found(self._meanings.rank(held, predicate), value))

    def _value(self, held: Field, said: Said) -> Any:  # noqa: ANN401  # JSON
        named = self._labels(said.value) if held.type == "code" and not said.form else []
        return value_of(self._meanings.schema, held, said, named)

    def _labels(self, iri: str) -> list[str]:
        names = {self._meanings.named(name) for name in ("skos:notation", "skos:prefLabel", "dct:title")}
        return [one.value for one in self._statements.of(iri) if self._meanings.canonical(one.predicate) in names]

    def _settle(self, held: Field, values: Sequence[_Found], told: dict[str, Any], place: Place) -> Iterator[Problem]:
        """All values of a list; of a single field the one whose property is nearest.

        Two names beside each other do no harm, so the first is kept with a warning. Two days, codes or numbers under
        one property would leave it to chance what is in force.
        """
        if held.many:
            told[held.name] = list({repr(one.value): one.value for one in values}.values())
            return
        nearest = min(one.rank for one in values)
        near = list({repr(one.value): one.value for one in values if one.rank == nearest}.values())
        told[held.name] = near[0]
        if len(near) > 1:
            severity: Any = "warning" if held.type in _TEXTS else "error"
            said = {"field": held.name, "first": str(near[0])[:80], "second": str(near[1])[:80]}
            yield Problem("linked.two_values", {**place, "field": held.name}, said, severity)

    def _completed(
        self, meaning: KindMeaning, told: dict[str, Any], subject: str, others: Mapping[str, str], place: Place
    ) -> Iterator[Problem]:
        """What a record needs and another form of the vocabularies tells: a title, a duration."""
        if "title" not in told and meaning.kind.name in ("Legislation", "Provision"):
            yield from self._expression_titles(meaning, told, subject, place)
        if "title" not in told:
            borrowed = told.get("title_en") or next((others[form] for form in sorted(others)), None)
            if borrowed is not None:
                told["title"] = borrowed
                yield Problem("linked.borrowed_title", {**place, "field": "title"}, {"value": borrowed[:80]}, "warning")
        if meaning.kind.name == "Service" and "duration" not in told:
            time = self._meanings.named("cv:processingTime")
            for one in self._statements.of(subject):
                if self._meanings.canonical(one.predicate) == time:
                    try:
                        told["duration"] = value_of(self._meanings.schema, meaning.kind.fields["duration"], one, [])
                    except Unfit as unfit:
                        yield Problem(unfit.rule, {**place, "field": "duration"}, unfit.values, "warning")

    def _expression_titles(
        self, meaning: KindMeaning, told: dict[str, Any], subject: str, place: Place
    ) -> Iterator[Problem]:
        """In ELI a title belongs to the expression of an act in a language."""
        realised = self._meanings.named("eli:is_realized_by")
        texts = [
            one
            for link in self._statements.of(subject)
            if self._meanings.canonical(link.predicate) == realised
            for one in self._statements.of(link.value)
            if one.predicate != TYPE.value
        ]
        found: dict[str, list[_Found]] = defaultdict(list)
        title = self._meanings.named("dct:title")
        for one in texts:
            if self._meanings.canonical(one.predicate) == title:
                languages = meaning.fields[title]
                held = yield from self._field(meaning.kind.fields, languages, one, place)
                if held is not None:
                    yield from self._keep(held, title, one, found, place)
        for name, values in found.items():
            yield from self._settle(meaning.kind.fields[name], values, told, place)
