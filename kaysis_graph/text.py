"""Turkish text: case, folding for search, keys for sorting, slugs, days as people write them.

Cypher's toLower() and ORDER BY follow Unicode defaults: they turn I into i and put Ç after Z.
So both are done here, on the way in, and stored. ICU does the work: its tables know what ours would forget.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
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
# Most texts have these letters alone, each of which is folded by itself: by ICU once, then by a table in a tenth of
# the time.
_USUAL_LETTERS = "".join(map(chr, range(0x20, 0x7F))).replace("`", "") + "çğıöşüÇĞİÖŞÜâîûÂÎÛ“”"
_FOLDED = {ord(letter): str(_FOLD.transliterate(letter)) for letter in _USUAL_LETTERS}
_IS_USUAL = re.compile(f"[{re.escape(_USUAL_LETTERS)}]*")
_COLLATORS = {language: icu.Collator.createInstance(locale) for language, locale in _LOCALES.items()}
for _collator in _COLLATORS.values():
    # "madde 9" before "madde 10".
    _collator.setAttribute(icu.UCollAttribute.NUMERIC_COLLATION, icu.UCollAttributeValue.ON)

# Sort keys are stored with every record and compared by the engine. The longest real title has 779 letters
# (a key of 3 kB); titles that agree in the first 160 bytes of the key are told apart by identifier.
_SORT_KEY_BYTES = 160

_WORD = re.compile(r"\w+", re.UNICODE)
# Soft hyphens, zero-width signs, marks of byte order and of the direction of writing (Unicode category Cf).
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"
_HYPHENS = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u201b\u2032\u02bc\u02b9`\u00b4\uff07"
_IS_UNSEEN, _IS_HYPHEN, _IS_APOSTROPHE = (re.compile(f"[{signs}]") for signs in (_UNSEEN, _HYPHENS, _APOSTROPHES))
_IS_ODD = re.compile(f"[{_UNSEEN}{_HYPHENS}{_APOSTROPHES}]")
# Beside what is unseen, blanks that are not the one on the keyboard, and hyphens that look like it.
_HIDDEN = re.compile(rf"[{_UNSEEN}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2010\u2011\ufe63\uff0d]")
_RUN_OF_BLANKS = re.compile(r"[^\S\n\r]{2,}")
TWO_BLANKS = "  "
"""Stands for a run of blanks among the hidden signs of a text."""
# A word as it stands in a text, with the signs and marks that are written into it and do not part it.
_SHOWN_WORD = re.compile(rf"[\w\u0300-\u036f{_UNSEEN}]+")
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


def plain(text: str) -> str:
    """The text with one sign for those that look alike: nothing unseen, one hyphen, one apostrophe, single blanks."""
    kept = composed(text)
    if "`" in kept or (not kept.isascii() and _IS_ODD.search(kept)):
        kept = _IS_APOSTROPHE.sub("'", _IS_HYPHEN.sub("-", _IS_UNSEEN.sub("", kept)))
    return " ".join(kept.split())


def composed(text: str) -> str:
    """The text with letters and their marks in one sign each (NFC), as nearly everybody writes them."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The text on one line with single blanks, and without signs that nobody sees."""
    return " ".join(_IS_UNSEEN.sub("", text).split())


def hidden_signs(text: str) -> list[str]:
    """The signs in a text that nobody sees or tells from others: `U+00AD SOFT HYPHEN`; a run of blanks as two."""
    # Nearly every cell of a table, and what is printable has no blanks but the usual one and no sign that is unseen.
    if text.isprintable() and TWO_BLANKS not in text and (text.isascii() or not _IS_HYPHEN.search(text)):
        return []
    signs = [] if text.isascii() else list(dict.fromkeys(_HIDDEN.findall(text)))
    named = [f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip() for sign in signs]
    return [*named, TWO_BLANKS] if _RUN_OF_BLANKS.search(text.strip()) else named


def visible(text: str) -> str:
    """The text with the code of each sign that nobody sees: `99500051‹U+200B›`."""
    return _HIDDEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def fold(text: str) -> str:
    """The text as search compares it: plain, without case, marks or the difference of ı and i."""
    if _IS_USUAL.fullmatch(text):
        return " ".join(text.translate(_FOLDED).split())
    # What is taken apart may leave blanks and hyphens behind.
    return plain(str(_FOLD.transliterate(plain(text))))


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
    return [stem(word) for word in _WORD.findall(plain(text))]


def words_and_stems(text: str) -> tuple[list[str], list[str]]:
    """The folded words of a text and the stems of them, as `words` and `stems` give them.

    Both are looked up word by word, since records repeat few words: that takes a fourth of the time.
    """
    if not _IS_USUAL.fullmatch(text):
        return words(text), stems(text)
    # Of these letters none parts a word, or joins two, by being folded.
    found = _WORD.findall(text)
    return [_folded_word(word) for word in found], [stem(word) for word in found]


@lru_cache(maxsize=65_536)
def _folded_word(word: str) -> str:
    return fold(word)


def shown_words(text: str) -> Iterator[re.Match[str]]:
    """The words of a text as they stand in it; what is hidden inside a word does not part it."""
    return _SHOWN_WORD.finditer(text)


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
    return str(_COLLATORS["tr"].getSortKey(plain(text))[:_SORT_KEY_BYTES].hex())


def written_day(value: date, language: str = "tr") -> str:
    """The day as people write it: `15.05.2019` in Turkish, `15 May 2019` in English."""
    if language == "tr":
        return f"{value.day:02}.{value.month:02}.{value.year}"
    # ICU would tell days before 1582 in the Julian calendar; Python's month names are English unless told otherwise.
    return f"{value.day} {value:%B} {value.year}"


def in_order(items: Iterable[_Item], name: Callable[[_Item], str], language: str = "tr") -> list[_Item]:
    """The items sorted by name in the alphabet of the language; items of equal name keep their order."""
    collator = _COLLATORS[language]
    return sorted(items, key=lambda item: bytes(collator.getSortKey(plain(name(item)))))
