"""The fields of a record or an edge out of what is said of a subject."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

from kaysis_graph.errors import Problem
from kaysis_graph.linked.imports.identity import Identity, IdentityRow
from kaysis_graph.linked.imports.known_records import KnownRecords
from kaysis_graph.linked.imports.meanings import KindMeaning, Languages, Meanings
from kaysis_graph.linked.imports.statements import OBJECT, PREDICATE, Said, Statements
from kaysis_graph.linked.imports.values import value_of
from kaysis_graph.linked.patterns import NOT_IN_FORCE, PARTLY_IN_FORCE
from kaysis_graph.linked.wordings import MAIN, language_of
from kaysis_graph.messages import LANGUAGES, say
from kaysis_graph.schema.definitions import WORDINGS, Field
from kaysis_graph.schema.derive.properties import SPELL
from kaysis_graph.schema.fieldtypes import parts_of_wording
from kaysis_graph.transfer.maps.applied import Place
from kaysis_graph.transfer.unfit import Unfit

_TEXTS = ("text", "prose")
# BCP 47, section 2.1.
_LONGEST_SUBTAG = 8
# What the text of an act says of it is farther than whatever the act says itself.
_FARTHER = 100
Node = tuple[str, list[Said]]


@dataclass(frozen=True)
class _Found:
    """A value of a field, and how near its property is to the field."""

    rank: int
    value: Any


class Fielding:
    """Reads fields, reporting what is tolerated."""

    def __init__(self, meanings: Meanings, statements: Statements, known: KnownRecords) -> None:
        self._meanings = meanings
        self._statements = statements
        self._known = known
        self._no_description = {say("linked.no_description", language) for language in LANGUAGES}
        self._alternative = meanings.named("skos:altLabel")
        self._texts = {meanings.named("dct:title"), self._alternative}

    def take(
        self, meaning: KindMeaning, told: dict[str, Any], name: Identity, said: Sequence[Said], place: Place
    ) -> Generator[Problem, None, list[Said]]:
        """Puts the fields of a record into `told`; gives back what is no field."""
        subject = str(place["subject"])
        found: dict[str, list[_Found]] = defaultdict(list)
        rest: list[Said] = []
        for one, farther in chain(((one, 0) for one in said), self._expression(meaning, subject)):
            predicate = self._meanings.canonical(one.predicate)
            languages = self._meanings.field(meaning, predicate)
            if languages is None and predicate == self._alternative and one.form:
                _put_beside(told, "title", one.value, one.tag)
                continue
            if languages is None or (not one.form and predicate in meaning.edges):
                rest.append(one)
                continue
            if meaning.kind.name == "Service" and one.value in self._no_description:
                continue
            held = yield from self._field(meaning.kind.fields, languages, one, place)
            if held is not None:
                yield from self._keep(held, predicate, one, found, place, farther)
            elif (beside := self._kept_with(languages)) is not None:
                _put_beside(told, beside, one.value, one.tag)
            else:
                rest.append(one)
        for held_name, values in found.items():
            yield from self._settle(meaning.kind.fields[held_name], values, told, place)
        if meaning.kind.name == "Service" and "duration" not in told:
            yield from self._processing_time(meaning, told, subject, place)
        if "told_force" in meaning.kind.fields and not name.is_own:
            self._force(told, subject)
        return rest

    def _force(self, told: dict[str, Any], subject: str) -> None:
        """What a source says of the force of an act beyond what its days say; of ours both follow from the record."""
        stated = self._meanings.named("eli:in_force")
        values = {
            one.value for one in self._statements.of(subject) if self._meanings.canonical(one.predicate) == stated
        }
        if NOT_IN_FORCE.value in values and "valid_to" not in told:
            told["told_force"] = "not_in_force"
        elif PARTLY_IN_FORCE.value in values:
            told["told_force"] = "partly_in_force"

    def complete(self, told: dict[str, Any], name: Identity, place: Place) -> Iterator[Problem]:
        """A title for a record that is told without a Turkish one: in another language, else that of a stub.

        What the graph has as a Turkish title stays. One that was borrowed before is borrowed again, since it may have
        changed in the source.
        """
        identifier = name.id or ""
        beside = [parts_of_wording(one) for one in told.get("other_titles", ())]
        title = told.get("title")
        if title is not None:
            if any(text == title for text, _ in beside) and (title, MAIN) not in beside:
                # The same in two languages: without this it would be taken for borrowed.
                _put_beside(told, "title", title, MAIN)
            return
        held = self._known.record(identifier)
        is_told = held is not None and not held.fields.get("is_stub")
        if held is not None and is_told and language_of(held, "title", held.title) is None:
            return
        ways = [(told["title_en"], "en")] if "title_en" in told else []
        ways += sorted(((text, language) for text, language in beside if language != MAIN), key=lambda way: way[1])
        ways += [(text, language) for text, language in beside if language == MAIN]
        if ways:
            text, language = ways[0]
            told["title"] = text
            if language != MAIN:
                _put_beside(told, "title", text, language)
                if not name.is_own:
                    values = {"value": text[:80], "language": language}
                    yield Problem("linked.borrowed_title", {**place, "field": "title"}, values, "warning")
        elif not is_told and identifier:
            told.update(title=identifier, is_stub=True)
            yield Problem("linked.stub", {**place, "field": "title"}, {"id": identifier}, "warning")

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

    def earlier_spells(
        self, meaning: KindMeaning, told: dict[str, Any], said: Sequence[Said], place: Place
    ) -> Generator[Problem, None, list[Said]]:
        """Puts the spells before the latest into `told`; gives back what is said beside them."""
        temporal, own = self._meanings.named("dct:temporal"), self._meanings.iris.own(SPELL).value
        spells, rest = [], []
        for one in said:
            about = self._statements.of(one.value) if self._meanings.canonical(one.predicate) == temporal else []
            if not any(self._meanings.canonical(held.value) == own for held in about):
                # Whatever else a period means there, it is not told to be the life of the record.
                rest.append(one)
                continue
            try:
                spells.append({"valid_from": None, **self._days(meaning, about)})
            except Unfit as unfit:
                yield Problem(unfit.rule, {**place, "field": "earlier_spells"}, unfit.values, "warning")
        if spells:
            told["earlier_spells"] = sorted(spells, key=lambda spell: str(spell["valid_from"] or ""))
        return rest

    def _days(self, meaning: KindMeaning, said: Sequence[Said]) -> dict[str, Any]:
        days = {}
        for name in ("valid_from", "valid_to"):
            own = self._meanings.iris.own(name).value
            for one in said:
                if self._meanings.canonical(one.predicate) == own:
                    days[name] = value_of(self._meanings.schema, meaning.kind.fields[name], one, [])
        return days

    def told_in_table(self, meaning: KindMeaning, row: IdentityRow) -> Generator[Problem, None, dict[str, Any]]:
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

    def _kept_with(self, languages: Languages) -> str | None:
        """The field beside which a text in another language is kept; None where there is no place for it."""
        names = {field.name.removesuffix("_en") for field in languages.values()}
        return next((name for name in ("title", "description") if name in names), None) or (
            "title" if "short_title" in names else None
        )

    def _keep(  # noqa: PLR0913  # a value, where it is from and where it goes
        self,
        held: Field,
        predicate: str,
        said: Said,
        found: dict[str, list[_Found]],
        place: Place,
        farther: int = 0,
    ) -> Iterator[Problem]:
        if not said.form and held.type in _TEXTS:
            yield Problem("linked.iri_for_text", {**place, "field": held.name}, {"value": said.value[:80]}, "warning")
        try:
            value = self._value(held, said)
        except Unfit as unfit:
            yield Problem(unfit.rule, {**place, "field": held.name}, unfit.values, "warning")
            return
        found[held.name].append(_Found(self._meanings.rank(held, predicate) + farther, value))

    def _value(self, held: Field, said: Said) -> Any:  # noqa: ANN401  # JSON
        named = self._labels(said.value) if held.type == "code" and not said.form else []
        value = value_of(self._meanings.schema, held, said, named)
        if self._meanings.tells_last_day(said.predicate) and value != date.max.isoformat():
            return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
        return value

    def _labels(self, iri: str) -> list[str]:
        names = {self._meanings.named(name) for name in ("skos:notation", "skos:prefLabel", "dct:title")}
        return [one.value for one in self._statements.of(iri) if self._meanings.canonical(one.predicate) in names]

    def _settle(self, held: Field, values: Sequence[_Found], told: dict[str, Any], place: Place) -> Iterator[Problem]:
        """All values of a list; of a single field the one whose property is nearest.

        Another name is kept beside the first, with a warning. Of any other text the first is kept. Two days, codes or
        numbers under one property would leave it to chance what is in force.
        """
        if held.many:
            has = [*told.get(held.name, ()), *(one.value for one in values)]
            told[held.name] = list({repr(one): one for one in has}.values())
            return
        ordered = sorted(values, key=lambda one: one.rank)
        distinct = list({repr(one.value): one for one in reversed(ordered)}.values())
        first, *others = sorted(distinct, key=ordered.index)
        told[held.name] = first.value
        base = held.name.removesuffix("_en")
        beside = "title" if base == "short_title" else base
        for one in others:
            said = {"field": held.name, "first": str(first.value)[:80], "second": str(one.value)[:80]}
            if beside in WORDINGS:
                _put_beside(told, beside, one.value, "en" if held.name.endswith("_en") else MAIN)
                yield Problem("linked.kept_beside", {**place, "field": held.name}, said, "warning")
                continue
            is_chance = held.type not in _TEXTS and one.rank == first.rank
            yield Problem("linked.two_values", {**place, "field": held.name}, said, "error" if is_chance else "warning")

    def _processing_time(
        self, meaning: KindMeaning, told: dict[str, Any], subject: str, place: Place
    ) -> Iterator[Problem]:
        """The time that the public vocabulary tells of a service."""
        time = self._meanings.named("cv:processingTime")
        for one in self._statements.of(subject):
            if self._meanings.canonical(one.predicate) == time:
                try:
                    told["duration"] = value_of(self._meanings.schema, meaning.kind.fields["duration"], one, [])
                except Unfit as unfit:
                    yield Problem(unfit.rule, {**place, "field": "duration"}, unfit.values, "warning")

    def _expression(self, meaning: KindMeaning, subject: str) -> Iterator[tuple[Said, int]]:
        """The names that the text of an act says of it: in ELI a title belongs to the expression in a language."""
        if meaning.kind.name not in ("Legislation", "Provision"):
            return
        realised = self._meanings.named("eli:is_realized_by")
        for link in self._statements.of(subject):
            if self._meanings.canonical(link.predicate) == realised:
                for one in self._statements.of(link.value):
                    if one.form and self._meanings.canonical(one.predicate) in self._texts:
                        yield one, _FARTHER


def _put_beside(told: dict[str, Any], name: str, text: str, language: str) -> None:
    """Keeps a text with its language among the others of a field, each once."""
    line = " ".join(text.split()) if name == "title" else text
    if line.strip():
        kept = told.setdefault(WORDINGS[name], [])
        if (one := f"{line}@{language}") not in kept:
            kept.append(one)
