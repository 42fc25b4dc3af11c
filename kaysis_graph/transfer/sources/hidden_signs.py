"""Signs in the cells of a file that nobody sees or tells from others: kept as they are, folded away, and told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from kaysis_graph import text
from kaysis_graph.errors import Problem
from kaysis_graph.transfer.sources.source_file import Row

_NAMED_ROWS = 5
_SHOWN = 80


@dataclass
class _InColumn:
    """What was found in one column: the signs, how many cells have them, the first rows and the first cell."""

    cell: str
    signs: dict[str, None] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    count: int = 0


class HiddenSigns:
    """The hidden signs of one file, column by column."""

    def __init__(self, file: str, columns: Collection[str]) -> None:
        self._file = file
        self._columns = columns
        self._found: dict[str, _InColumn] = {}

    def look(self, row: Row) -> None:
        """Looks through the cells of a row."""
        if row.is_plain:
            return
        for name, cell in row.cells.items():
            if isinstance(cell, str) and name in self._columns and (signs := text.hidden_signs(cell)):
                found = self._found.setdefault(name, _InColumn(cell))
                found.count += 1
                found.signs |= dict.fromkeys(signs)
                if len(found.rows) < _NAMED_ROWS:
                    found.rows.append(row.number)

    def problems(self) -> Iterator[Problem]:
        """One warning for each column: in how many cells, in which rows first, and one cell with its signs shown."""
        for name, found in self._found.items():
            named = [sign for sign in found.signs if sign != text.TWO_BLANKS]
            # Runs of blanks are named by a rule of their own: nothing in them is hidden.
            rule = "transfer.hidden_signs" if named else "transfer.runs_of_blanks"
            values = {
                "count": found.count,
                "rows": ", ".join(map(str, found.rows)) + (" …" if found.count > len(found.rows) else ""),
                "signs": ", ".join(named),
                "cell": text.visible(found.cell.strip("\n"))[:_SHOWN],
            }
            yield Problem(rule, {"file": self._file, "row": found.rows[0], "column": name}, values, "warning")
