"""Data flows as tables: the arrows with what they carry, and what does not meet."""

from dataclasses import dataclass

from kaysis_graph.answers.answer import Thing
from kaysis_graph.flows.answer import Carried, Carriers, End, FlowAnswer, FlowArrow, Unmatched, Yearly
from kaysis_graph.flows.picture import anchor
from ui.pages.answer_parts import number
from ui.pages.frame import Cell, Cells, Frame
from ui.pages.page_parts import Section

COLUMNS = ("document", "producing", "requiring", "legal_basis", "carried_by", "yearly")
_TERMS_SHOWN = 3


@dataclass(frozen=True)
class ArrowRows:
    """An arrow of the table: its ends, what is said of it as a whole, and a row for each document it carries."""

    id: str
    source: Cells
    target: Cells
    summary: str
    rows: tuple[tuple[Cells, ...], ...]
    more: str


def arrow_rows(frame: Frame, answer: FlowAnswer) -> tuple[ArrowRows, ...]:
    """The arrows in the order of the answer; each has an `id` that the arrow of the picture leads to."""
    told: dict[str, ArrowRows] = {}
    for arrow in answer.arrows:
        name = anchor(arrow.sender.id, arrow.receiver.id)
        # Two ends may exchange the same twice: as units of whom was asked about, and as groups.
        while name in told:
            name = f"{name}~"
        told[name] = _arrow(frame, arrow, name)
    return tuple(told.values())


def gap_sections(frame: Frame, answer: FlowAnswer) -> tuple[Section, ...]:
    """What does not meet: asked from applicants though another makes it, made by nobody, asked for by nobody."""
    gaps = answer.gaps
    sections = []
    if gaps.once_only:
        rows: tuple[tuple[Cells, ...], ...] = tuple(
            (
                (frame.thing(gap.document),),
                _services(frame, gap.asked_by, gap.asking_count),
                _services(frame, gap.made_by, gap.maker_count),
                _times(frame, gap.yearly),
            )
            for gap in gaps.once_only
        )
        columns = tuple(frame.say(key) for key in ("document", "asked_by", "made_by", "yearly"))
        note = frame.say("flows.once_only_about", count=frame.number(gaps.once_only_count or 0))
        note += _first_of(frame, len(gaps.once_only), gaps.once_only_count or 0)
        sections.append(Section(frame.say("flows.once_only"), columns, rows, "", note, id="once-only"))
    sections += _unmatched(frame, "unproduced", gaps.unproduced, gaps.unproduced_count)
    sections += _unmatched(frame, "unasked", gaps.unasked, gaps.unasked_count)
    return tuple(sections)


def grouped_cells(frame: Frame, answer: FlowAnswer) -> Cells:
    """The documents whose makers or takers were put together, with how many there are."""
    return tuple(
        Cell(
            frame.say(
                f"grouped_{held.side}", title=held.document.full_name(frame.language), count=frame.number(held.count)
            )
        )
        for held in answer.grouped
    )


def _unmatched(frame: Frame, name: str, found: tuple[Unmatched, ...], count: int) -> list[Section]:
    if not found:
        return []
    rows = tuple(((frame.thing(gap.document),), _services(frame, gap.services, gap.service_count)) for gap in found)
    columns = (frame.say("document"), frame.say("services_concerned"))
    note = frame.say(f"{name}_about", count=frame.number(count)) + _first_of(frame, len(found), count)
    return [Section(frame.say(name), columns, rows, "", note, id=name)]


def _first_of(frame: Frame, shown: int, count: int) -> str:
    return "" if shown == count else " " + frame.say("flows.first_of", shown=frame.number(shown))


def _arrow(frame: Frame, arrow: FlowArrow, name: str) -> ArrowRows:
    parts = [frame.say("flows.carries", count=frame.number(arrow.document_count))]
    parts += [cell.text for cell in _carriers(frame, arrow.carried_by)]
    if arrow.yearly.transactions is not None:
        parts.append(frame.say("flows.yearly_of", count=frame.number(arrow.yearly.transactions)))
    more = arrow.document_count - len(arrow.carries)
    return ArrowRows(
        id=name,
        source=_end(frame, arrow.sender),
        target=_end(frame, arrow.receiver),
        summary=" · ".join(parts),
        rows=tuple(_row(frame, carried) for carried in arrow.carries),
        more=frame.say("more_documents", count=frame.number(more)) if more else "",
    )


def _row(frame: Frame, carried: Carried) -> tuple[Cells, ...]:
    return (
        (frame.thing(carried.document), *_terms(frame, carried)),
        _services(frame, carried.producing, carried.producing_count),
        _services(frame, carried.requiring, carried.requiring_count),
        _bases(frame, carried),
        _carriers(frame, carried.carried_by),
        _times(frame, carried.yearly),
    )


def _terms(frame: Frame, carried: Carried) -> Cells:
    """What the requiring services say: one of several, when, how many copies."""
    said = []
    for terms in carried.terms[:_TERMS_SHOWN]:
        parts = []
        if terms.instead:
            others = ", ".join(thing.name(frame.language) for thing in terms.instead)
            parts.append(frame.say("flows.instead", others=others))
        if terms.condition:
            parts.append(frame.say("flows.condition", condition=terms.condition))
        if terms.copies is not None and terms.copies > 1:
            parts.append(frame.say("flows.copies", count=frame.number(terms.copies)))
        if parts:
            said.append("; ".join(parts))
    return tuple(Cell(words) for words in dict.fromkeys(said))


def _bases(frame: Frame, carried: Carried) -> Cells:
    cells = {basis.record.id: frame.thing(basis.record) for basis in carried.bases}
    rest = carried.basis_count - len(carried.bases)
    more = (Cell(frame.say("and_more", count=frame.number(rest))),) if rest else ()
    return (*cells.values(), *more)


def _times(frame: Frame, yearly: Yearly) -> Cells:
    cells = number(frame, yearly.transactions)
    if yearly.transactions is None or not yearly.unknown:
        return cells
    return (*cells, Cell(frame.say("flows.yearly_unknown", count=frame.number(yearly.unknown))))


def _end(frame: Frame, end: End) -> Cells:
    if end.record is None:
        return (Cell(end.name(frame.language)),)
    if end.institution is None or end.institution.id == end.record.id:
        return (frame.thing(end.record),)
    return (frame.thing(end.record, within=(end.institution.id,)), Cell(end.institution.full_name(frame.language)))


def _services(frame: Frame, services: tuple[Thing, ...], count: int) -> Cells:
    cells = frame.things(services)
    rest = count - len(services)
    return (*cells, Cell(frame.say("and_more", count=frame.number(rest)))) if rest else cells


def _carriers(frame: Frame, by: Carriers) -> Cells:
    named = {name: getattr(by, name) for name in ("applicant", "institution", "system", "unknown")}
    return tuple(
        Cell(frame.say(f"carrier_{name}", count=frame.number(count))) for name, count in named.items() if count
    )
