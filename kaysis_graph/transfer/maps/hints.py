"""Problems of records told in the words of the map they came by: with the key of the map that would help."""

import re
from dataclasses import replace

from kaysis_graph.errors import Problem

_FIXED_DIGITS = re.compile(r"\[0-9\]\{(\d+)\}")
_WHOLE_WITH_DECIMALS = re.compile(r"\d+[.,]0+")


def with_map_key(problem: Problem, column: str) -> Problem:
    """The problem under the rule whose hint names the key; as it is where no key would help.

    `column` is the one column the value came from.
    """
    values = {**problem.values, "column": column}
    match problem.rule:
        case "checks.wrong_id":
            value = str(problem.values["value"])
            digits = _FIXED_DIGITS.fullmatch(str(problem.values["pattern"]))
            if digits and value.isdecimal() and len(value) < int(digits[1]):
                values |= {"digits": len(value), "wanted": int(digits[1])}
                return replace(problem, rule="transfer.short_id", values=values)
            if _WHOLE_WITH_DECIMALS.fullmatch(value):
                return replace(problem, rule="transfer.decimal_id", values=values)
        case "checks.not_one_line":
            shown = " ⏎ ".join(str(problem.values["value"]).split("\n"))
            return replace(problem, rule="transfer.several_lines", values={**values, "value": shown})
        case "transfer.inclusive_end":
            return replace(problem, values=values)
    return problem
