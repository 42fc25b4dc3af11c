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


def say(key: str, language: Language, /, **values: object) -> str:
    """The text of the key with the values put in; an unknown key or a missing value is a KeyError."""
    return string.Formatter().vformat(catalogue()[key][language], (), values)
