"""Making values: templates filled from a row, the steps of a rule, the notations people write.

A value that cannot be made raises Unfit with the rule it breaks; whoever knows the row makes a Problem of it.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kaysis_graph import text
from kaysis_graph.registry.transfer.rules import TEMPLATE_NAME, Condition, Find, Rule, Said, steps_of

Finder = Callable[[str, str, str | None], list[str]]

_MONTHS = {
    "ocak": 1, "subat": 2, "mart": 3, "nisan": 4, "mayis": 5, "haziran": 6,
    "temmuz": 7, "agustos": 8, "eylul": 9, "ekim": 10, "kasim": 11, "aralik": 12,
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_TURKISH = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_SPOKEN = re.compile(r"(\d{1,2})\s+([^\W\d]+)\s+(\d{4})")
# Words that stay small inside Turkish titles.
_SMALL = re.compile(r"(?<=\s)(Ve|İle|Veya|De|Da|İlişkin|Dair)(?=\s)")
_TRUE = frozenset({"1", "true", "yes", "evet", "dogru", "x", "e"})
_FALSE = frozenset({"0", "false", "no", "hayir", "yanlis", "h"})


class Unfit(Exception):  # a statement about the value
    """A value cannot be made: it breaks the rule, whose message takes these values."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


class Scope:
    """What a template can name: the columns of a row, of one item in it, and the map's named values."""

    def __init__(
        self,
        cells: Mapping[str, Any],
        said: Mapping[str, Said],
        lookups: Mapping[str, Mapping[str, Any]],
        finder: Finder,
    ) -> None:
        self._cells = cells
        self._said = said
        self._lookups = lookups
        self._finder = finder
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

    def fill(self, template: str) -> Any:  # noqa: ANN401  # a lone column keeps its type
        """The template with names replaced; empty text when every name in it is empty."""
        names = TEMPLATE_NAME.findall(template)
        if len(names) == 1 and template == f"{{{names[0]}}}":
            value = self.get(names[0])
            return value.strip() if isinstance(value, str) else value
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

    def found(self, find: Find) -> str:
        """The identifier of the one record that is meant; empty when there is none, Unfit when there are several."""
        title = written(self.fill(find.title))
        part_of = written(self.fill(find.part_of)) if find.part_of else None
        ids = self._finder(find.kind, title, part_of) if title else []
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
        case datetime():
            return value.date().isoformat()
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
    if rule.values is not None:
        table = scope.lookup(rule.values) if isinstance(rule.values, str) else rule.values
        value = _looked_up(table, value, rule, scope)
    if rule.pad is not None and written(value):
        value = written(value).zfill(rule.pad)
    if rule.range is not None and written(value):
        first, last = rule.range
        digest = hashlib.sha256(text.lower(written(value)).encode()).digest()
        value = str(first + int.from_bytes(digest[:8]) % (last - first + 1))
    return value


def _looked_up(table: Mapping[str, Any], value: Any, rule: Rule, scope: Scope) -> Any:  # noqa: ANN401  # a cell
    key = written(value)
    if key in table:
        return scope.fill(table[key]) if isinstance(table[key], str) else table[key]
    if "*" in table:
        return value if table["*"] == "{}" else table["*"]
    if not key:
        return ""
    if rule.otherwise is not None:
        return ""
    raise Unfit("transfer.not_in_values", value=key[:80], known=", ".join(table))


def _title_case(value: str) -> str:
    return _SMALL.sub(lambda found: text.lower(found[0]), text.title_case(value))


_TEXT_STEPS: Mapping[str, Callable[[str], str]] = {
    "fold": text.fold,
    "lower": text.lower,
    "upper": text.upper,
    "title_case": _title_case,
    "one_line": lambda value: " ".join(value.split()),
}


@lru_cache(maxsize=65_536)
def day(value: str) -> date:
    """The day of `15/5/2019`, `10.06.2020`, `10 Ekim 2019` or `2019-10-10`; Unfit when it is none of these."""
    if found := _ISO.fullmatch(value):
        numbers = (found[1], found[2], found[3])
    elif found := _TURKISH.fullmatch(value):
        numbers = (found[3], found[2], found[1])
    elif (found := _SPOKEN.fullmatch(value)) and (month := _MONTHS.get(text.fold(found[2]))):
        numbers = (found[3], str(month), found[1])
    else:
        raise Unfit("transfer.unreadable_date", value=value[:80])
    try:
        return date(int(numbers[0]), int(numbers[1]), int(numbers[2]))
    except ValueError as error:
        raise Unfit("transfer.no_such_day", value=value[:80]) from error


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
