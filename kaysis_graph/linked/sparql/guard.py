"""What a query may not say, found before anything is evaluated, and what it is that it asks for.

A query is cut into the terminals of SPARQL 1.1, section 19.8. The engine's own parser knows no terminals: it reads
letter by letter and lets `trueSERVICE<…>{}` and `SERVICE:x{}` through as calls of other machines. Where the two could
read a query differently, the guard refuses.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from kaysis_graph.errors import Forbidden
from kaysis_graph.linked.sparql.limits import BadQuery

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: tuple[Form, ...] = get_args(Form)
UPDATES = ("LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

# Productions 164 to 172, as insides of a character class.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE + r"_\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
_VARIABLE = _BASE + r"_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_:0-9]|{_ESCAPED})(?:(?:[{_CHARS}.:]|{_ESCAPED})*(?:[{_CHARS}:]|{_ESCAPED}))?"
_RUN = rf"[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?"
_POINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
# The first that fits is taken, so longer ones stand before shorter ones. Words are taken in whole runs, joined by dots
# and hyphens as prefixes may be: beginning anew at each dot would take the square of the length.
_TERMINAL = re.compile(
    rf"""
      (?P<blank> [ \t\r\n]+ | \#[^\r\n]* )
    | (?P<string> \"{{3}} (?: \"{{0,2}} (?: [^\"\\] | \\. ) )* \"{{3}}
        | '{{3}} (?: '{{0,2}} (?: [^'\\] | \\. ) )* '{{3}}
        | (?! '{{3}} | \"{{3}} ) (?: \" (?: [^\"\\\n\r] | \\. )* \" | ' (?: [^'\\\n\r] | \\. )* ' ) )
    | (?P<open> ['\"] )
    | (?P<iri> < (?: [^<>\"{{}}|^`\\\x00-\x20] | {_POINT} )* > )
    | (?P<node> _: [{_BASE}_0-9] (?: [{_CHARS}.]* [{_CHARS}] )? )
    | (?P<name> (?: {_RUN} )? : (?: {_LOCAL} )? )
    | (?P<variable> [?$] [{_BASE}_0-9] [{_VARIABLE}]* )
    | (?P<tag> @ [A-Za-z]+ (?: -{{1,2}} [A-Za-z0-9]+ )* )
    | (?P<number> (?: [0-9]+ \.? [0-9]* | \. [0-9]+ ) (?: [eE] [+-]? [0-9]+ )? )
    | (?P<word> {_RUN} )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_SERVICE = re.compile("service", re.IGNORECASE)
_UPDATE = re.compile("|".join(UPDATES), re.IGNORECASE)
_FORM = re.compile(rf"({'|'.join(FORMS)})", re.IGNORECASE)
_UNSTEADY = re.compile("NOW|RAND|UUID|STRUUID|BNODE", re.IGNORECASE)
_TRUTH = re.compile("(?:true|false)$", re.IGNORECASE)
_PART = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Reading:
    """What a query is, as far as its terminals tell.

    `form` is None when it is no query at all; `is_steady` tells that the same data give the same answer each time.
    `undeclared` are the prefixes that it uses and does not declare, each with the place of its first use.
    """

    form: Form | None
    is_steady: bool
    undeclared: Mapping[str, int]


class _Terminal(NamedTuple):
    kind: str
    text: str
    start: int


def read(query: str) -> Reading:
    """What the query is; Forbidden when it would write or ask another machine, BadQuery when it can be read two ways.

    Both as it stands, which is how the engine reads it, and with its codepoint escapes resolved first (section 19.2).
    """
    terminals = _terminals(query)
    _check(query, terminals)
    resolved = re.sub(_POINT, _letter, query)
    if resolved != query:
        _check(resolved, _terminals(resolved))
    words = [word for held in terminals if held.kind == "word" for word in _PART.findall(held.text)]
    form = next((match[1] for word in words if (match := _FORM.match(word))), None)
    return Reading(
        next((known for known in FORMS if form is not None and re.fullmatch(known, form, re.IGNORECASE)), None),
        not any(_UNSTEADY.fullmatch(word) for word in words),
        _undeclared(terminals),
    )


def _terminals(query: str) -> Sequence[_Terminal]:
    found = []
    for match in _TERMINAL.finditer(query):
        # Only a text begins so, and it has no end. Going on would look for one at every quotation mark that follows.
        if match.lastgroup == "open":
            raise BadQuery("sparql.unclosed", line=_line(query, match.start()))
        if match.lastgroup != "blank":
            found.append(_Terminal(str(match.lastgroup), match[0], match.start()))
    return found


def _check(query: str, terminals: Sequence[_Terminal]) -> None:
    end = _Terminal("sign", "", len(query))
    before, depth = end, 0
    for terminal, after in zip(terminals, [*terminals, end][1:], strict=True):
        match terminal.kind:
            case "word":
                _check_word(query, terminal)
            # `SERVICE:x {` is a name and a brace here, and a call to the engine.
            case "name" if after.text == "{" and not re.fullmatch("graph", before.text, re.IGNORECASE):
                if _SERVICE.search(terminal.text.partition(":")[0]):
                    raise Forbidden(
                        "sparql.forbidden_service", word=terminal.text[:80], line=_line(query, terminal.start)
                    )
            # Values are compared in brackets alone: of FILTER, of BIND, of a column that is worked out.
            case "iri" if depth > 0 and _may_compare(terminal.text, before):
                raise BadQuery("sparql.two_readings", text=terminal.text[:80], line=_line(query, terminal.start))
            case "sign":
                depth += (terminal.text == "(") - (terminal.text == ")")
        before = terminal


def _check_word(query: str, terminal: _Terminal) -> None:
    # `trueSERVICE` is one word here, and a truth value before a call to the engine.
    if _SERVICE.search(terminal.text):
        raise Forbidden("sparql.forbidden_service", word=terminal.text[:80], line=_line(query, terminal.start))
    for word in _PART.findall(terminal.text):
        if _UPDATE.fullmatch(word):
            raise Forbidden("sparql.forbidden_update", word=word, line=_line(query, terminal.start))


def _may_compare(iri: str, before: _Terminal) -> bool:
    """Whether the engine could read `<` as "less than" and then find a comment or a text where the IRI has # or '.

    `?a<?b#>` is such a case. With two slashes before that, as in `<http://…#…>`, nothing but an IRI is possible.
    """
    head = re.split("[#']", iri, maxsplit=1)[0]
    if head == iri or "//" in head:
        return False
    match before.kind:
        case "word":
            return _TRUTH.search(before.text) is not None
        case "sign":
            return before.text in {")", "}", ">", "<"}
        case "name":
            # `PREFIX x: <#…>` declares and compares nothing; a name with a local part is a value.
            return not before.text.endswith(":")
        case _:
            return True


def _undeclared(terminals: Sequence[_Terminal]) -> Mapping[str, int]:
    seen: dict[str, int] = {}
    declared: set[str] = set()
    before = ""
    for terminal in terminals:
        if terminal.kind == "name":
            prefix = terminal.text.partition(":")[0]
            if re.fullmatch("prefix", before, re.IGNORECASE):
                declared.add(prefix)
            seen.setdefault(prefix, terminal.start)
        before = terminal.text
    return {prefix: start for prefix, start in seen.items() if prefix not in declared}


def _line(query: str, position: int) -> int:
    return query.count("\n", 0, position) + 1


def _letter(escape: re.Match[str]) -> str:
    point = int(f"0x{escape[0][2:]}", 0)
    # What is no letter at all stays as it is: the engine refuses it.
    return chr(point) if point < 0x11_0000 else escape[0]  # noqa: PLR2004  # one past the last of Unicode
