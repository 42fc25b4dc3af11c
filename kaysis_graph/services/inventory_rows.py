"""One row of the service inventory, with what is told from the structure where nothing is written down."""

from kaysis_graph.facts.institutions import category, institution_of
from kaysis_graph.messages import say
from kaysis_graph.records.record_model import Record
from kaysis_graph.services.answer import Duration, InventoryRow, ServiceBasis
from kaysis_graph.services.facts import Facts, act_of, steps

_COLUMN_OF_LEVEL = {
    "central": "central_providers",
    "provincial": "provincial_providers",
    "foreign": "central_providers",
    "local": "local_providers",
}
# Where the level of a unit is not recorded, the category of its institution tells it.
_LOCAL = frozenset({"provincial_administration", "metropolitan_municipality", "municipality", "municipal_body"})
_PROVINCIAL = frozenset({"governorship", "district_governorship", "provincial_unit"})
_OTHER = frozenset({"public_company", "professional_body"})

_TEXTS = (
    "file_plan_code",
    "description",
    "description_en",
    "central_providers",
    "provincial_providers",
    "local_providers",
    "other_providers",
    "first_application_office",
    "initials_list",
    "internal_letters",
    "external_letters",
    "channel",
)


def inventory_row(facts: Facts, number: int, service: int) -> InventoryRow:
    """The row of one service."""
    view, record = facts.view, facts.records[facts.names[service].id]
    institution = view.once(institution_of)
    units = view.out(service, "PROVIDED_BY").tolist()
    written = {name: value for name in _TEXTS if isinstance(value := record.on(name, facts.at), str)}
    computed = {
        name: value
        for name, value in {**_providers(facts, units), **_letters(facts, service)}.items()
        if name not in written
    }
    said = {**written, **computed}
    beneficiaries = record.fields.get("beneficiaries")
    yearly = record.fields.get("yearly_transactions")
    return InventoryRow(
        number=number,
        service=facts.names[service],
        institutions=tuple(facts.names[each] for each in dict.fromkeys(int(institution[unit]) for unit in units)),
        units=facts.units(service),
        file_plan_code=said.get("file_plan_code"),
        description=said.get("description"),
        description_en=said.get("description_en"),
        bases=tuple(_basis(facts, base) for base in view.out(service, "BASED_ON").tolist()),
        beneficiaries=tuple(str(each) for each in beneficiaries) if isinstance(beneficiaries, list) else (),
        central_providers=said.get("central_providers"),
        provincial_providers=said.get("provincial_providers"),
        local_providers=said.get("local_providers"),
        other_providers=said.get("other_providers"),
        documents=facts.asked(service),
        first_application_office=said.get("first_application_office"),
        initials_list=said.get("initials_list"),
        internal_letters=said.get("internal_letters"),
        external_letters=said.get("external_letters"),
        legal_duration=_duration(record, facts, "legal_duration"),
        average_duration=_duration(record, facts, "average_duration"),
        yearly_transactions=yearly if isinstance(yearly, int) else None,
        channel=said.get("channel"),
        computed=frozenset(computed),
    )


def _duration(record: Record, facts: Facts, name: str) -> Duration | None:
    value = record.on(name, facts.at)
    return value if isinstance(value, dict) else None


def _basis(facts: Facts, base: int) -> ServiceBasis:
    act = act_of(facts.view, base)
    record = facts.names[base]
    return ServiceBasis(record, None if act is None else facts.names[act], facts.places.get(base))


def _providers(facts: Facts, units: list[int]) -> dict[str, str]:
    """The providing units by column; the institution stands before a unit."""
    view = facts.view
    institution = view.once(institution_of)
    columns: dict[str, list[str]] = {}
    for unit in units:
        owner, name = facts.names[int(institution[unit])], facts.names[unit]
        full = name.title if owner.id == name.id else f"{owner.title} {name.title}"
        columns.setdefault(_column(facts, unit), []).append(full)
    return {column: "; ".join(names) for column, names in columns.items()}


def _column(facts: Facts, unit: int) -> str:
    view = facts.view
    record = facts.records.get(facts.names[unit].id)
    level = record.on("level", facts.at) if record else None
    if isinstance(level, str) and level in _COLUMN_OF_LEVEL:
        return _COLUMN_OF_LEVEL[level]
    held = view.once(category)
    codes = [
        view.records.categories.names[held[each]]
        for each in (unit, int(view.once(institution_of)[unit]))
        if held[each] >= 0
    ]
    for marks, column in ((_LOCAL, "local"), (_PROVINCIAL, "provincial"), (_OTHER, "other")):
        if marks.intersection(codes):
            return f"{column}_providers"
    return "central_providers"


def _letters(facts: Facts, service: int) -> dict[str, str]:
    """Initials and letters as the correspondence steps tell them, in their order."""
    told: dict[str, list[str]] = {}
    found = [(record, step) for step in steps(facts.view, service) if (record := _record(facts, step))]
    for record, step in sorted(found, key=lambda pair: (_order(pair[0]), pair[0].id)):
        match record.fields.get("step_kind"):
            case "initials":
                told.setdefault("initials_list", []).append(str(record.fields.get("role") or record.title))
            case "internal_letter" | "external_letter" as kind:
                told.setdefault(f"{kind}s", []).append(_letter(facts, record, step))
    return {name: "; ".join(dict.fromkeys(parts)) for name, parts in told.items()}


def _letter(facts: Facts, record: Record, step: int) -> str:
    sender, receiver = (_ends(facts, step, edge_type) for edge_type in ("SENT_BY", "SENT_TO"))
    if not sender or not receiver:
        return record.title
    return say("services.letter", "tr", sender=sender, receiver=receiver, title=record.title)


def _ends(facts: Facts, step: int, edge_type: str) -> str:
    return ", ".join(facts.names[end].title for end in facts.view.out(step, edge_type).tolist())


def _record(facts: Facts, position: int) -> Record | None:
    return facts.records.get(facts.names[position].id)


def _order(record: Record) -> int:
    order = record.fields.get("order")
    return order if isinstance(order, int) else 0
