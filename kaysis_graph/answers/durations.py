"""Durations in words, as the service standards table writes them."""

import re
from collections.abc import Mapping
from typing import Any

from kaysis_graph.messages import Language, say

# How published tables shorten the units; spelled out, `10 dk` and `10 dakika` are one.
_SHORT = {"sn": "saniye", "dk": "dakika", "sa": "saat"}
_WORDS = re.compile(r"[^\W\d_]+|\d+|[-+/]")


def in_words(duration: Mapping[str, Any] | None, language: Language) -> str:
    """`15 iş günü`, `8-15 dakika`, `aynı gün`; empty for none.

    What was published as text stands as it is when it says more than the numbers do, with the numbers before it when
    it does not repeat them. In English the numbers come first and the Turkish text after them.
    """
    if not duration:
        return ""
    words, text = _numbers(duration, language), str(duration.get("text") or "")
    if not words or not text:
        return words or text
    if _same(text) == _same(_numbers(duration, "tr")):
        return words
    known = {str(duration[name]) for name in ("min", "max") if duration.get(name) is not None}
    key = "services.as_published" if known <= set(_same(text)) else "services.also"
    return say(key, language, words=words, text=text)


def _numbers(duration: Mapping[str, Any], language: Language) -> str:
    least, most = duration.get("min"), duration.get("max")
    if least is None and most is None:
        return ""
    unit = _unit(duration, language, most if most is not None else least)
    if most is None:
        return say("services.at_least", language, count=least, unit=unit)
    if least is None or least == most:
        return say("services.exactly", language, count=most, unit=unit)
    return say("services.range", language, least=least, most=most, unit=unit)


def _unit(duration: Mapping[str, Any], language: Language, count: int | None) -> str:
    is_working_day = duration.get("is_working") and duration["unit"] == "day"
    return say(f"services.unit_{'working_day' if is_working_day else duration['unit']}", language, count=count)


def _same(text: str) -> list[str]:
    """The words and numbers of a text with short units spelled out and every dash alike."""
    return [_SHORT.get(word, word) for word in _WORDS.findall(text.replace("–", "-"))]
