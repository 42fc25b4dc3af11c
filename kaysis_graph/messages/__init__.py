"""Everything the software says to people, in Turkish and English, by key.

The texts lie in the TOML files beside this module, one file for each area; a key is `area.name`.
"""

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

from kaysis_graph import files

Language = Literal["tr", "en"]
LANGUAGES: tuple[Language, ...] = ("tr", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key with its text in each language; a key given twice or without one of the languages is an error."""
    texts: dict[str, Mapping[str, str]] = {}
    for path in sorted(files.MESSAGES.glob("*.toml")):
        for name, text in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if set(text) != set(LANGUAGES):
                raise ValueError(f"{path.name}: {name} must be given in {', '.join(LANGUAGES)} and nothing else")
            texts[f"{path.stem}.{name}"] = text
    return texts


class _Sentences(string.Formatter):
    """`{count:record|records}` says the one word after 1 and the other after everything else."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        return (one if str(value) == "1" else many) if bar else str(super().format_field(value, format_spec))


_SENTENCES = _Sentences()


def say(key: str, language: Language, /, **values: object) -> str:
    """The text of the key with the values put in; an unknown key or a missing value is a KeyError."""
    return _SENTENCES.vformat(catalogue()[key][language], (), values)
