"""Turkish text: case, folding for search, keys for sorting, slugs, days as people write them.

Cypher's toLower() and ORDER BY follow Unicode defaults: they turn I into i and put Ç after Z.
So both are done here, on the way in, and stored. ICU does the work: its tables know what ours would forget.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import TypeVar

import icu
import Stemmer

_Item = TypeVar("_Item")

_TURKISH = icu.Locale("tr")
_LOCALES = {"tr": _TURKISH, "en": icu.Locale("en")}
# Marks go, letters are lowered without regard to language, and the dotless ı joins i:
# İstanbul, istanbul, ISTANBUL and ıstanbul become one word, as do kâğıt and KAGIT.
_FOLD = icu.Transliterator.createFromRules("fold", "::NFKD; ::[:Nonspacing Mark:] Remove; ::Lower; ı > i;")
_COLLATORS = {language: icu.Collator.createInstance(locale) for language, locale in _LOCALES.items()}
for _collator in _COLLATORS.values():
    # "madde 9" before "madde 10".
    _collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)

# Sort keys are stored with every record and compared by the engine. The longest real title has 779 letters
# (a key of 3 kB); titles that agree in the first 160 bytes of the key are told apart by identifier.
_SORT_KEY_BYTES = 160

_WORD = re.compile(r"\w+", re.UNICODE)
_STEMMER = Stemmer.Stemmer("turkish")
# The ending of a compound: Müdürlüğ-ü, Daire-si, Okul-u.
_COMPOUND = re.compile(r"(?:(?<=[aeıioöuü])s|ğ|(?<=[bcçdfghjklmnprsştvyz]))[ıiuü]$")
# Snowball cuts only the vowel of this ending and leaves `belges` of "belgesi", which "belge" never meets.
_POSSESSIVE = re.compile(r"(?<=\w\w[aeıioöuü])s[ıiuü]$")


def lower(text: str) -> str:
    """The text in Turkish lower case: `IĞDIR` gives `ığdır`, `İZMİR` gives `izmir`."""
    return str(icu.CaseMap.toLower(_TURKISH, text))


def upper(text: str) -> str:
    """The text in Turkish upper case: `ısı` gives `ISI`, `izmir` gives `İZMİR`."""
    return str(icu.CaseMap.toUpper(_TURKISH, text))


def title_case(text: str) -> str:
    """The text with the first letter of each word in Turkish upper case, the rest in lower case."""
    return str(icu.CaseMap.toTitle(_TURKISH, text))


def fold(text: str) -> str:
    """The text as search compares it: without case, marks or the difference of ı and i."""
    return str(_FOLD.transliterate(text))


def words(text: str) -> list[str]:
    """The folded words of a text, in their order, repeated words kept."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The folded stem of one word as Snowball cuts it: `yazışmalarda` gives `yazisma`, `belgesi` gives `belge`.

    Stems are for comparing only: `kanunu` gives `kan`, and so does `kanun`.
    """
    return fold(_STEMMER.stemWord(_POSSESSIVE.sub("", lower(word))))


def stems(text: str) -> list[str]:
    """The stems of the words of a text, in their order."""
    return [stem(word) for word in _WORD.findall(text)]


def plural_of_title(title: str) -> str:
    """The plural of what offices are called: `İlçe Nüfus Müdürlüğü` gives `İlçe Nüfus Müdürlükleri`.

    Only the possessive ending that Turkish compounds have is turned; a title without one stays as it is.
    """
    before, blank, last = title.rpartition(" ")
    ending = _COMPOUND.search(lower(last))
    if ending is None:
        return title
    stem_of = lower(last)[: ending.start()] + ("k" if ending[0].startswith("ğ") else "")
    vowels = [letter for letter in stem_of if letter in "aıoueiöü"]
    plural = stem_of + ("leri" if vowels and vowels[-1] in "eiöü" else "ları")
    written = upper(plural) if len(last) > 1 and last == upper(last) else last[:1] + plural[1:]
    return f"{before}{blank}{written}"


def slug(text: str) -> str:
    """The folded words joined by hyphens, ASCII only, for file names and anchors; may be empty."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


@lru_cache(maxsize=65_536)
def sort_key(text: str) -> str:
    """A key whose plain string order is Turkish alphabetical order; numbers count as numbers."""
    return str(_COLLATORS["tr"].getSortKey(text)[:_SORT_KEY_BYTES].hex())


def written_day(value: date, language: str = "tr") -> str:
    """The day as people write it: `15.05.2019` in Turkish, `15 May 2019` in English."""
    if language == "tr":
        return f"{value.day:02}.{value.month:02}.{value.year}"
    # ICU would tell days before 1582 in the Julian calendar; Python's month names are English unless told otherwise.
    return f"{value.day} {value:%B} {value.year}"


def in_order(items: Iterable[_Item], name: Callable[[_Item], str], language: str = "tr") -> list[_Item]:
    """The items sorted by name in the alphabet of the language; items of equal name keep their order."""
    collator = _COLLATORS[language]
    return sorted(items, key=lambda item: bytes(collator.getSortKey(name(item))))
