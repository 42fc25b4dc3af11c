"""The page where services begin: search, beneficiaries and a first list."""

from dataclasses import dataclass

from kaysis_graph.answers.answer import Thing, things_by_position
from kaysis_graph.answers.durations import in_words
from kaysis_graph.graph.view import View
from kaysis_graph.records.record_model import Record
from ui.pages.answer_parts import day_kept
from ui.pages.frame import Cell, Cells, Frame, Link
from ui.pages.page_parts import Form, Input, Option, Section

ROWS = 50
# Of the sample state: many papers, correspondence in lanes, a choice of papers. Shown where they are there.
EXAMPLES = ("heys-41001", "heys-41019", "heys-41028")
_MOST_UNITS = 3


@dataclass(frozen=True)
class ServicesPage:
    """What can be asked of services, and the list of them."""

    frame: Frame
    heading: str
    lead: str
    search: Form
    unit: Form
    examples: tuple[Cell, ...]
    inventory: Link
    beneficiaries: tuple[Link, ...]
    section: Section


def units_named(view: View, services: list[str]) -> dict[str, Thing]:
    """The services and the first of their units by identifier, read at once."""
    find = view.records.position_of
    places = [find[identifier] for identifier in services if identifier in find]
    units = [unit for place in places for unit in view.out(place, "PROVIDED_BY")[:_MOST_UNITS].tolist()]
    return {thing.id: thing for thing in things_by_position(view, [*places, *units]).values()}


def row_of(frame: Frame, view: View, record: Record, named: dict[str, Thing]) -> tuple[Cells, ...]:
    """A service as a row: its name, units and beneficiaries."""
    assert frame.schema is not None, "a question has one"
    place = view.records.position_of.get(record.id)
    units = [] if place is None else view.out(place, "PROVIDED_BY").tolist()
    shown = tuple(frame.thing(named[str(view.records.ids[unit])]) for unit in units[:_MOST_UNITS])
    rest = len(units) - len(shown)
    more = (Cell(frame.say("and_more", count=frame.number(rest))),) if rest else ()
    title = (record.on("title_en", frame.at) if frame.language == "en" else None) or record.on("title", frame.at)
    codes = record.fields.get("beneficiaries")
    labels = [
        frame.schema.label_of_code("beneficiary", str(code), frame.language)
        for code in (codes if isinstance(codes, list) else ())
    ]
    duration = record.on("duration", frame.at)
    return (
        (Cell(str(title), frame.link(f"/services/{record.id}"), "", (), record.id),),
        (*shown, *more) or (Cell("–"),),
        (Cell(", ".join(labels) or "–"),),
        (Cell(in_words(duration, frame.language) if isinstance(duration, dict) else "–"),),
    )


def search_form(frame: Frame) -> Form:
    """The form that looks for a service."""
    inputs = (
        Input("q", frame.say("process.search_words"), hint=frame.say("process.search_hint"), is_required=True),
        Input("kind", "", "service", "hidden"),
        *day_kept(frame),
    )
    return Form("service-search", "/search", inputs, frame.say("search"), frame.say("process.search"))


def unit_of(frame: Frame) -> Form:
    """The form that takes a unit to its service table."""
    options = tuple(Option(held, frame.say(f"units_{held}")) for held in ("self", "subtree"))
    hint = frame.say("services_organisation_hint")
    inputs = (
        Input("organisation", frame.say("services_organisation"), hint=hint, is_required=True),
        Input("units", frame.say("units"), "self", "select", options),
        *day_kept(frame),
    )
    return Form("table", "/services/table", inputs, frame.say("show"), frame.say("services"))


def beneficiaries_of(frame: Frame, chosen: str | None) -> tuple[Link, ...]:
    """The beneficiaries as filters, the chosen one marked."""
    assert frame.schema is not None, "a question has one"
    entries = frame.schema.codes["beneficiary"].entries
    everyone = Link(frame.say("process.everyone"), frame.here(beneficiary=None, cursor=None) + "#table", chosen is None)
    return everyone, *(
        Link(
            entry.label.of(frame.language),
            frame.here(beneficiary=code, cursor=None) + "#table",
            is_current=code == chosen,
        )
        for code, entry in entries.items()
    )
