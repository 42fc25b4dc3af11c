"""What can go wrong, said in both languages and without knowing HTTP.

Each text lies in `messages/`; an error carries the key and the values, so that a page, a terminal
and a log can each say it in their reader's language. `str()` of an error is English, for logs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kaysis_graph.messages import Language, catalogue, say


class KaysisError(Exception):
    """Something a caller can be told about, with the way out where there is one."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def text(self, language: Language) -> str:
        """The sentence for people."""
        return say(self.key, language, **self.values)

    def hint(self, language: Language) -> str | None:
        """The way out, when the catalogue has one under the key with `_hint`."""
        key = f"{self.key}_hint"
        return say(key, language, **self.values) if key in catalogue() else None

    def __str__(self) -> str:
        # A log must get its line even when the catalogue lacks the key or a value.
        try:
            return self.text("en")
        except (LookupError, ValueError):
            return f"{self.key} {self.values}"


class NotFound(KaysisError):
    """No record, page or file has the name that was asked for."""


class Gone(NotFound):
    """The record was deleted; its tombstone says what it was."""


class Conflict(KaysisError):
    """The write would break a rule the engine guards, such as a unique number."""


class TooLarge(KaysisError):
    """The question or the file is beyond a limit; the hint says how to ask for less at a time."""


class EngineDown(KaysisError):
    """The graph engine does not answer, or did not answer in time."""


class SchemaError(KaysisError):
    """A file under `ontology/` says something the schema does not know; file and key are named."""


class SettingError(KaysisError):
    """A variable of the environment says what cannot be; the variable is named."""


class QueryError(KaysisError):
    """A query file, its header or its call is wrong, or the engine refused the statement."""


class Forbidden(KaysisError):
    """The caller may not do this."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: the rule that was broken, where, with which values.

    `place` names the spot in the terms of the input: file, row, column, kind, id, field, edge; of RDF the `subject` and
    the `property` instead of row and column, and what is said about it then speaks of RDF where that differs.
    A warning is reported and kept; an error stops the whole input.
    """

    rule: str
    place: Mapping[str, str | int] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"

    def text(self, language: Language) -> str:
        """What is wrong, as a sentence."""
        return say(self._key(), language, **self._told())

    def hint(self, language: Language) -> str:
        """What to do about it."""
        return say(f"{self._key()}_hint", language, **self._told())

    def _key(self) -> str:
        key = f"rdf.{self.rule.rpartition('.')[2]}"
        return key if "subject" in self.place and key in catalogue() else self.rule

    def _told(self) -> dict[str, object]:
        return {"property": self.place.get("property", "–"), **self.values}

    def __str__(self) -> str:
        try:
            return self.text("en")
        except (LookupError, ValueError):
            return f"{self.rule} {dict(self.values)}"


class Invalid(KaysisError):
    """The input breaks rules; all of them are listed in `problems`, and nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("errors.invalid", count=len(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [
            f"{', '.join(f'{name} {value}' for name, value in problem.place.items())}: {problem}"
            for problem in self.problems[:20]
        ]
        return "\n".join([super().__str__(), *lines])
