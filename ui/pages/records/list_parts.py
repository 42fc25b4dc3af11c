"""Parts of the page of records of a kind: columns, orders and filters."""

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.schema import Field, Kind, Schema
from ui.pages.answer_parts import day_kept
from ui.pages.frame import Frame, Link
from ui.pages.page_parts import Form, Input, Option

# No column but the title.
_NONE = "none"
# Coded fields with more values than this make no select.
_MOST_OPTIONS = 60


def shown_values(kind: Kind, said: str | None) -> list[Field]:
    """The fields of the columns asked for; the first two coded ones when none are. Unknown names are Invalid."""
    if said is None:
        return [held for held in kind.fields.values() if held.codes and held.filtered and not held.many][:2]
    names = [name for part in said.split(",") if (name := part.strip()) and name != _NONE]
    may = {held.name: held for held in _fit_for_columns(kind)}
    if unknown := [name for name in names if name not in may]:
        values = {"known": ", ".join(may)}
        raise Invalid(
            [
                Problem("record.unknown_column", {"parameter": "columns"}, {"name": name[:80], **values})
                for name in unknown
            ]
        )
    return [may[name] for name in dict.fromkeys(names)]


def _fit_for_columns(kind: Kind) -> list[Field]:
    """Texts of many lines fill no column, and the title is there anyway."""
    return [held for held in kind.fields.values() if held.type != "prose" and held.name != "title"]


def columns_of(frame: Frame, kind: Kind, shown: list[Field]) -> tuple[Link, ...]:
    """Each field as a link that puts its column there or takes it away."""
    links = []
    for held in _fit_for_columns(kind):
        left = [other.name for other in shown if other.name != held.name]
        names = left if held in shown else [*left, held.name]
        href = frame.here(columns=",".join(names) or _NONE, cursor=None)
        links.append(Link(held.label.of(frame.language), href, held in shown))
    return tuple(links)


def orders_of(frame: Frame, kind: Kind, shown: list[Field], sort: str) -> tuple[Link, ...]:
    """The orders by title and by the columns shown, both ways where there is no other word for it."""
    sortable = [kind.fields["title"], *(held for held in shown if held.filtered and not held.many)]
    return tuple(
        Link(
            frame.say(f"record.{way}", label=held.label.of(frame.language)),
            frame.here(sort=None if name == "title" else name, cursor=None),
            name == sort,
        )
        for held in sortable
        for way, name in (("upwards", held.name), ("downwards", f"-{held.name}"))
    )


def filters_of_list(frame: Frame, kind: Kind, schema: Schema, filters: dict[str, str]) -> Form | None:
    """The form of filters that a kind has; None where it has none."""
    inputs = []
    for held in kind.fields.values():
        if not held.filtered or held.type not in ("code", "flag", "date", "integer") or held.name == "is_stub":
            continue
        label, value = held.label.of(frame.language), filters.get(held.name, "")
        if held.codes and len(schema.codes[held.codes].entries) <= _MOST_OPTIONS:
            entries = schema.codes[held.codes].entries.values()
            options = (
                Option("", frame.say("any")),
                *(Option(entry.code, entry.label.of(frame.language)) for entry in entries),
            )
            inputs.append(Input(held.name, label, value, "select", options))
        elif held.type == "flag":
            options = (Option("", frame.say("any")), Option("true", frame.say("yes")), Option("false", frame.say("no")))
            inputs.append(Input(held.name, label, value, "select", options))
        elif held.type in ("date", "integer") and held.name not in ("valid_from", "valid_to", "order"):
            inputs.append(Input(held.name, label, value, hint=frame.say(f"range_{held.type}")))
    if not inputs:
        return None
    said = dict(frame.query)
    kept = (Input(name, "", said[name], "hidden") for name in ("sort", "columns", "ever") if name in said)
    return Form(
        "filters", f"/records/{kind.slug}", (*inputs, *kept, *day_kept(frame)), frame.say("narrow"), frame.say("narrow")
    )
