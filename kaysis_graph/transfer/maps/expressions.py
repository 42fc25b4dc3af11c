"""Making values: templates filled from a row, the steps of a rule, the notations people write.

A value that cannot be made raises Unfit with the rule it breaks; whoever knows the row makes a Problem of it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from kaysis_graph import text
from kaysis_graph.transfer.maps.day_notations import read_day
from kaysis_graph.transfer.maps.document_lists import read_documents, read_items
from kaysis_graph.transfer.maps.rules import TEMPLATE_NAME, Condition, Find, Rule, Said, names_in, steps_of
from kaysis_graph.transfer.unfit import Unfit

Finder = Callable[[str, str, str | None], list[str]]
Invent = Callable[[str, int, int], str | None]

# Words that stay small inside Turkish titles.
_SMALL = re.compile(r"(?<=\s)(Ve|İle|Veya|De|Da|İlişkin|Dair)(?=\s)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_TRUE = frozenset({"1", "true", "yes", "evet", "dogru", "x", "e"})
_FALSE = frozenset({"0", "false", "no", "hayir", "yanlis", "h"})


class Scope:
    """What a template can name: the columns of a row, of one item in it, and the map's named values.

    `missed` is the kind and the name of a record that was looked for and is not there.
    """

    def __init__(
        self,
        cells: Mapping[str, Any],
        said: Mapping[str, Said],
        lookups: Mapping[str, Mapping[str, Any]],
        finder: Finder,
        invent: Invent,
    ) -> None:
        self._cells = cells
        self._said = said
        self._lookups = lookups
        self._finder = finder
        self._invent = invent
        self.missed: tuple[str, str] | None = None
        self._made: dict[str, Any] = {}
        self._making: set[str] = set()

    def get(self, name: str) -> Any:  # noqa: ANN401  # whatever the cell holds
        """The value of that name, else the cell of the column; None when the row has neither."""
        if name in self._made:
            return self._made[name]
        if name not in self._said or name in self._making:
            return self._cells.get(name)
        self._making.add(name)
        try:
            self._made[name] = made(steps_of(self._said[name]), self)
        finally:
            self._making.discard(name)
        return self._made[name]

    def put(self, name: str, value: str) -> None:
        """From here on the name stands for this value."""
        self._made[name] = value

    def cell(self, name: str) -> Any:  # noqa: ANN401  # whatever the cell holds
        """What `get` gives, without blanks around a text."""
        value = self._cells.get(name) if name not in self._said and name not in self._made else self.get(name)
        return value.strip() if isinstance(value, str) else value

    def fill(self, template: str) -> Any:  # noqa: ANN401  # a lone column keeps its type
        """The template with names replaced; empty text when every name in it is empty."""
        names = names_in(template)
        if len(names) == 1 and len(template) == len(names[0]) + 2:
            return self.cell(names[0])
        if not names:
            return template
        values = {name: written(self.get(name)) for name in names}
        if not any(values.values()):
            return ""
        return TEMPLATE_NAME.sub(lambda found: values[found[1]], template).strip()

    def meets(self, condition: Condition) -> bool:
        """Whether every name equals its value, is one of its values, is not empty (`*`) or is empty (``)."""
        return all(self._meets(name, wanted) for name, wanted in condition.items())

    def _meets(self, name: str, wanted: Any) -> bool:  # noqa: ANN401  # a scalar or a list of them
        has = written(self.get(name))
        if wanted == "*":
            return bool(has)
        allowed = wanted if isinstance(wanted, list) else [wanted]
        return any(has == written(value) for value in allowed)

    def lookup(self, name: str) -> Mapping[str, Any]:
        """A table of the map that turns values into others."""
        return self._lookups[name]

    def invented(self, told: str, span: tuple[int, int]) -> str:
        """The number in the span that stands for the text; Unfit when all of them are taken."""
        number = self._invent(told, *span)
        if number is None:
            raise Unfit("transfer.range_full", first=span[0], last=span[1], value=told[:80])
        return number

    def found(self, find: Find) -> str:
        """The identifier of the one record that is meant; empty when there is none, Unfit when there are several."""
        title = written(self.fill(find.title))
        part_of = written(self.fill(find.part_of)) if find.part_of else None
        ids = self._finder(find.kind, title, part_of) if title else []
        if title and not ids:
            self.missed = (find.kind, title)
        if len(ids) > 1:
            raise Unfit("transfer.several_found", kind=find.kind, title=title, ids=", ".join(ids[:5]))
        return ids[0] if ids else ""


def written(value: Any) -> str:  # noqa: ANN401, PLR0911  # one return for each kind of cell
    """A cell as text: whole numbers without a decimal point, dates as ISO, nothing as empty text."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case [one]:
            return written(one)
        case _:
            return str(value)


def made(rule: Rule, scope: Scope) -> Any:  # noqa: ANN401  # text, number, flag, list or None
    """What the rule gives in the scope: empty text or None when there is nothing."""
    value = scope.found(rule.find) if rule.find else scope.fill(rule.template)
    if rule.split is not None:
        value = [part.strip() for part in written(value).split(rule.split) if part.strip()]
    if rule.items is not None:
        read = _ITEMS[rule.items]
        parts = value if isinstance(value, list) else [value]
        return [item for part in parts for item in read(written(part))]
    if isinstance(value, list) and (rule.split is not None or len(value) != 1):
        value = [_stepped(rule, one, scope) for one in value]
    else:
        value = _stepped(rule, value, scope)
    if rule.join is not None and isinstance(value, list):
        value = rule.join.join(written(one) for one in value)
    if value in ("", None, []) and rule.otherwise is not None:
        return scope.fill(rule.otherwise) if isinstance(rule.otherwise, str) else rule.otherwise
    return value


def _stepped(rule: Rule, value: Any, scope: Scope) -> Any:  # noqa: ANN401  # a cell
    if rule.extract is not None:
        found = re.search(rule.extract, written(value))
        value = (found[1] if found.re.groups else found[0]) or "" if found else ""
    for old, new in rule.replace:
        value = written(value).replace(old, new)
    for step in rule.text:
        value = _TEXT_STEPS[step](written(value))
    if rule.scheme is not None and written(value) and not _SCHEME.match(written(value)):
        value = rule.scheme + written(value)
    if rule.values is not None:
        table = scope.lookup(rule.values) if isinstance(rule.values, str) else rule.values
        value = _looked_up(table, value, rule, scope)
    if rule.pad is not None and written(value):
        value = written(value).zfill(rule.pad)
    if rule.range is not None and written(value):
        value = scope.invented(written(value), rule.range)
    if rule.add_days is not None and written(value):
        value = _moved(written(value), rule.add_days)
    return value


def _looked_up(table: Mapping[str, Any], value: Any, rule: Rule, scope: Scope) -> Any:  # noqa: ANN401  # a cell
    key = written(value)
    if key in table:
        return scope.fill(table[key]) if isinstance(table[key], str) else table[key]
    if "*" in table:
        others = table["*"]
        if others == "{}":
            return value
        return written(scope.fill(others)).replace("{}", key) if isinstance(others, str) else others
    if not key:
        return ""
    if rule.otherwise is not None:
        return ""
    raise Unfit("transfer.not_in_values", value=key[:80], known=", ".join(table))


def _title_case(value: str) -> str:
    return _SMALL.sub(lambda found: text.lower(found[0]), text.title_case(value))


def _moved(value: str, days: int) -> str:
    try:
        return (day(value) + timedelta(days=days)).isoformat()
    except OverflowError as error:
        raise Unfit("transfer.no_such_day", value=value[:80]) from error


_ITEMS: Mapping[str, Callable[[str], Sequence[Any]]] = {"texts": read_items, "documents": read_documents}
_TEXT_STEPS: Mapping[str, Callable[[str], str]] = {
    "fold": text.fold,
    "lower": text.lower,
    "upper": text.upper,
    "title_case": _title_case,
    "one_line": text.one_line,
}


def day(value: str) -> date:
    """The day of a notation where a time of day behind it says nothing; Unfit when it is none."""
    return read_day(value).day


def flag(value: str) -> bool:
    """The yes or no of a word; Unfit when it is neither."""
    folded = text.fold(value)
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise Unfit("transfer.no_flag", value=value[:80])


def integer(value: str) -> int:
    """The number of digits alone; Unfit for anything else, `1.234` too: it is read differently in two countries."""
    if not re.fullmatch(r"-?\d{1,18}", value):
        raise Unfit("transfer.no_integer", value=value[:80])
    return int(value)
