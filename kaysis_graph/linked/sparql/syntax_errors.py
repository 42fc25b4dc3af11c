"""Where a query is not SPARQL, out of what the engine's parser says.

The parser names the farthest place it looked at, which lies behind the fault: for "expected OPTIONAL" it has passed
over the eight letters that were not OPTIONAL. And it does not tell a prefix that nobody declared from any other fault.
What it finds wrong with a query as a whole it says, if at all, in a sentence among the signs it looked for at the end.
"""

import re
from collections.abc import Mapping

from kaysis_graph.linked.sparql.limits import BadQuery

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_KEYWORD = re.compile(r"\b[A-Za-z][A-Za-z0-9_]+\b")
# `expected one of ")", ['0'..='9']` was looked for at the very place.
_SIGN = re.compile(r"\"|\['")
# `SELECT * is not authorized with GROUP BY`. A text of three words, `IRI parsing failed`, belongs to a place.
_SENTENCE = re.compile(r"\b[A-Z][A-Za-z]*(?: [A-Za-z.*]+){3,}")
# Texts, IRIs and comments, in which brackets and words are none.
_ASIDE = re.compile(
    r"""
      "{3} (?: [^"\\] | \\. | "(?!"") )* "{3}
    | '{3} (?: [^'\\] | \\. | '(?!'') )* '{3}
    | " (?: [^"\\\n] | \\. )* "
    | ' (?: [^'\\\n] | \\. )* '
    | < [^<>"{}|^`\\\s]* >
    | \# [^\n]*
    """,
    re.VERBOSE | re.DOTALL,
)
_LAST_IS_KEYWORD = re.compile(r"(?<![^\s)}\]>*])[A-Za-z]+\s*\Z")
_SHOWN = 40


def fault(query: str, said: str, undeclared: Mapping[str, int]) -> BadQuery:
    """The error to tell; `undeclared` are the prefixes nobody declared, with the place of their first use."""
    sentence = _SENTENCE.search(said)
    if sentence is not None:
        return BadQuery("sparql.failed", reason=sentence[0].rstrip("."))
    if undeclared:
        prefix, at = min(undeclared.items(), key=lambda held: held[1])
        line, column = _line_and_column(query, at)
        return BadQuery("sparql.undeclared", prefix=prefix[:80], line=line, column=column)
    place = _PLACE.fullmatch(said)
    if place is None:
        return BadQuery("sparql.failed", reason=said[:500])
    at = max(0, _begin(query, int(place[1]), int(place[2])) - _passed_over(place[3]))
    line, column = _line_and_column(query, at)
    if not query[at:].strip():
        rule = "sparql.ends_early" if _goes_on(query) else "sparql.no_reason"
        return BadQuery(rule, line=line, column=column)
    text = query[at:].partition("\n")[0].strip()[:_SHOWN]
    return BadQuery("sparql.syntax", line=line, column=column, text=text)


def _goes_on(query: str) -> bool:
    """Whether the query stops before its end: in a bracket or a text, after a keyword, before its group."""
    told = _ASIDE.sub(" ", query)
    opened = sum(map(told.count, "({[")) > sum(map(told.count, ")}]"))
    return opened or not {"'", '"'}.isdisjoint(told) or "{" not in told or bool(_LAST_IS_KEYWORD.search(told))


def _passed_over(expected: str) -> int:
    """How many letters the parser passed over to find that they are none of the keywords."""
    listed = expected.partition("expected ")[2].removeprefix("one of ")
    words = _KEYWORD.findall(listed)
    return 0 if _SIGN.search(listed) or "failed" in words else min(map(len, words), default=0)


def _begin(query: str, line: int, column: int) -> int:
    before = query.split("\n")[: line - 1]
    # The parser may count one past the end.
    return sum(len(text) + 1 for text in before) + column - 1


def _line_and_column(query: str, at: int) -> tuple[int, int]:
    return query.count("\n", 0, at) + 1, at - query.rfind("\n", 0, at)
