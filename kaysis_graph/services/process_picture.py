"""The process of a service as a picture in lanes: who brings what, who writes, initials and signs, what comes out."""

from collections.abc import Iterable

from kaysis_graph import text
from kaysis_graph.answers.answer import OVER, Thing
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Arrow, Diagram, Lane, Node
from kaysis_graph.schema import Schema
from kaysis_graph.services.service_card import CardStep, Need, ServiceCard

_APPLICANT, _BEFORE, _NOBODY, _NO_MAKER = "applicant", "before", "nobody", "no-maker"
_START, _APPLIES, _RECEIVES, _GETS, _END = "start", "applies", "receives", "gets", "end"
_LETTERS = ("internal_letter", "external_letter", "referral", "notification")
_SHAPES = {
    "initials": "initials",
    "coordination": "initials",
    "signature": "signature",
    "approval": "signature",
    **dict.fromkeys(_LETTERS, "correspondence_step"),
}


def process_diagram(card: ServiceCard, schema: Schema, language: Language) -> Diagram:
    """From the need to the end: the applicant's lane, one for each unit that acts, one for who makes a document.

    Each document asked for is a box in the lane of whoever makes it, and in that of the applicant where nobody is
    known to. It goes to the applicant, or past the applicant to the unit where institutions bring it to each other.
    Steps stand in the lane of their sender, in their order; a letter to whoever does not take the next step ends in a
    box of its own.
    """
    drawing = _Drawing(card, schema, language)
    drawing.application()
    drawing.result(drawing.steps())
    return drawing.diagram()


class _Drawing:
    """A picture in the making."""

    def __init__(self, card: ServiceCard, schema: Schema, language: Language) -> None:
        self._card = card
        self._schema = schema
        self._language = language
        self._lanes: dict[str, Lane] = {}
        self._nodes: dict[str, Node] = {}
        self._arrows: list[Arrow] = []

    def application(self) -> None:
        """What is brought, by whom, and how it reaches the unit."""
        card = self._card
        applicant = self._applicant()
        has_papers = bool(card.lines or card.prior_services)
        self._add(_START, self._say("wanted"), "beginning", applicant)
        self._add(_APPLIES, self._say("applies" if has_papers else "applies_bare"), "task", applicant)
        self._add(_RECEIVES, self._say("receives"), "task", self._provider())
        self._join(_START, _APPLIES)
        for line in card.lines:
            for need in line.choices:
                label = self._say("one_of") if len(line.choices) > 1 else ""
                self._join(self._need(need, applicant), _APPLIES, label)
        for prior in card.prior_services:
            self._thing(prior.thing, self._lane(_BEFORE, self._say("before")))
            self._join(prior.thing.id, _APPLIES)
        self._join(_APPLIES, _RECEIVES, self._say("application"))
        for need in card.brought_by_others:
            lane = self._lane(_NO_MAKER, self._say("no_maker"))
            self._join(self._need(need, lane), _RECEIVES, self._say(f"by_{need.required.carried_by}"))

    def steps(self) -> str:
        """The steps in their order; gives the last box before the result."""
        steps = self._card.steps
        last = _RECEIVES
        for number, step in enumerate(steps):
            following = steps[number + 1] if number + 1 < len(steps) else None
            self._join(last, self._step(step), self._passed(steps[number - 1], step) if number else "")
            last = step.record.id
            self._arrivals(step, following)
        return last

    def result(self, last: str) -> None:
        """What is produced, by the step that carries it or else the last, and how it reaches the applicant."""
        card = self._card
        applicant = self._applicant()
        self._add(_GETS, self._say("gets"), "task", applicant)
        self._add(_END, self._say("ends"), "ending", applicant)
        for product in card.produces:
            carrying = [
                step.record.id
                for step in card.steps
                if step.step_kind not in _LETTERS and any(each.id == product.id for each in step.carries)
            ]
            maker = carrying[-1] if carrying else last
            # A document may be asked for and produced anew.
            box = f"{product.id} {self._say('product')}" if product.id in self._nodes else product.id
            self._thing(product, self._nodes[maker].lane or "", self._say("product"), box)
            self._join(maker, box)
            self._join(box, _GETS)
        if not card.produces:
            self._join(last, _GETS, self._say("result"))
        self._join(_GETS, _END)

    def diagram(self) -> Diagram:
        """The picture whole."""
        card, language = self._card, self._language
        title = card.service.name(language)
        notes = [
            say("services.as_of", language, at=text.written_day(card.at, language), sequence=card.sequence),
            self._say("source"),
            *([] if card.steps else [self._say("no_steps")]),
        ]
        counts = {"lanes": len(self._lanes), "nodes": len(self._nodes), "arrows": len(self._arrows)}
        return Diagram(
            title=say("process.title", language, title=title),
            about=say("process.about", language, title=title, **counts),
            nodes=tuple(self._nodes.values()),
            arrows=tuple(self._arrows),
            language=language,
            lanes=tuple(self._lanes.values()),
            layout="lanes",
            footnotes=tuple(notes),
        )

    def _need(self, need: Need, home: str) -> str:
        """The box of what is asked for, in the lane of its maker; `home` where none is known."""
        source, required = need.source, need.required
        lane = home
        if source.institutions:
            lane = self._maker(need)
        copies = say("services.copies", self._language, count=required.copies) if (required.copies or 1) > 1 else ""
        titles = {each.id: each.name(self._language) for each in source.services[: source.equal_count]}
        maker = self._say("made_by", title=", ".join(titles.values())) if titles else ""
        note = "; ".join(part for part in (required.condition, copies, maker) if part)
        self._thing(required.thing, lane, note)
        return required.thing.id

    def _maker(self, need: Need) -> str:
        """The lane of who makes it: a unit that acts in the process anyway, else the institution."""
        source = need.source
        acting = {place.unit.id for place in self._card.places}
        for unit in source.units[: source.equal_count]:
            if unit is not None and unit.id in acting:
                return self._unit(unit)
        first, rest = source.institutions[0], source.institution_count - 1
        if not rest:
            return self._unit(first)
        note = self._say("more_makers", count=rest)
        return self._lane(f"{first.id} +{rest}", first.name(self._language), note, self._link(first))

    def _step(self, step: CardStep) -> str:
        lane = self._unit(step.senders[0]) if step.senders else self._provider()
        title = self._card.step_title(step, self._language)
        kind = self._schema.label_of_code("step_kind", step.step_kind, self._language)
        note = " · ".join(part for part in (kind, step.role) if part)
        shape = _SHAPES.get(step.step_kind, "task")
        self._add(step.record.id, title, shape, lane, note, self._link(step.record), _tags(step.record))
        return step.record.id

    def _passed(self, before: CardStep, step: CardStep) -> str:
        """What the arrow to a step says: the letter that brought it there, if one did."""
        if not self._reaches(before, step):
            return ""
        return self._carried(before)

    def _carried(self, step: CardStep) -> str:
        return ", ".join(each.name(self._language) for each in step.carries) or self._say("letter")

    def _reaches(self, step: CardStep, following: CardStep | None) -> bool:
        senders = following.senders if following else ()
        return any(receiver.id == sender.id for receiver in step.receivers for sender in senders[:1])

    def _arrivals(self, step: CardStep, following: CardStep | None) -> None:
        if self._reaches(step, following):
            return
        for receiver in step.receivers:
            box = f"{step.record.id} {receiver.id}"
            self._add(box, self._say("arrives"), "task", self._unit(receiver))
            self._join(step.record.id, box, self._carried(step))

    def _applicant(self) -> str:
        codes = self._card.beneficiaries
        labels = (self._schema.label_of_code("beneficiary", code, self._language) for code in codes)
        return self._lane(_APPLICANT, self._say("applicant"), ", ".join(labels))

    def _provider(self) -> str:
        places = self._card.places
        if not places:
            return self._lane(_NOBODY, self._say("nobody"))
        place, rest = places[0], self._card.place_count - 1
        if rest:
            note = self._say("more_units", count=rest)
            return self._lane(place.unit.id, place.unit.name(self._language), note, self._link(place.unit))
        return self._unit(place.unit)

    def _unit(self, unit: Thing) -> str:
        own = {place.unit.id: place.institution for place in self._card.places}.get(unit.id)
        note = own.name(self._language) if own is not None and own.id != unit.id else ""
        return self._lane(unit.id, unit.name(self._language), note, self._link(unit))

    def _lane(self, identifier: str, title: str, note: str = "", link: str | None = None) -> str:
        self._lanes.setdefault(identifier, Lane(identifier, title, note, link))
        return identifier

    def _thing(self, thing: Thing, lane: str, note: str = "", box: str | None = None) -> None:
        shape = self._schema.kinds[thing.kind].slug
        self._add(box or thing.id, thing.name(self._language), shape, lane, note, self._link(thing), _tags(thing))

    def _add(  # noqa: PLR0913  # a box part by part
        self,
        identifier: str,
        title: str,
        shape: str,
        lane: str,
        note: str = "",
        link: str | None = None,
        tags: Iterable[str] = (),
    ) -> None:
        node = Node(identifier, title, shape, lane=lane, note=note, link=link, tags=frozenset(tags))
        self._nodes.setdefault(identifier, node)

    def _join(self, source: str, target: str, label: str = "") -> None:
        self._arrows.append(Arrow(source, target, label))

    def _link(self, thing: Thing) -> str:
        if thing.kind == "Service":
            return f"/services/{thing.id}"
        return f"/records/{self._schema.kinds[thing.kind].slug}/{thing.id}"

    def _say(self, key: str, **values: object) -> str:
        return say(f"process.{key}", self._language, **values)


def _tags(thing: Thing) -> set[str]:
    tags = {"ended"} if thing.state in OVER else set()
    return tags | ({"unverified"} if thing.is_unverified or thing.is_stub else set())
