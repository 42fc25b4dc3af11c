"""Text as it is set on a picture: cleaned, measured, wrapped.

The widths are those of Arial, which Liberation Sans and Helvetica share. They are first in the pictures' font list,
so a line that fits here fits on nearly every machine; boxes keep a margin for the others.
"""

import re
import unicodedata
from functools import lru_cache

# Thousandths of the font size, by width; read off Liberation Sans Regular.
_WIDTHS = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ftıİîÎ·",
    333: "()-`r“”",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzçş",
    537: "¶",
    556: "#$0123456789?L_abdeghnopquğöüâû§–†€«»",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXYŞÂ",
    722: "CDHNRUwÇÜÛ",
    778: "GOQĞÖ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER_WIDTH = 667
_WIDE = 1000
# Liberation Sans Bold is 4 to 10 % wider than Regular on Turkish titles.
_BOLD = 1.08

_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\u2028\u2029]+")
# What XML 1.0 forbids (§2.2), and the marks that turn the direction of text and so can make a title lie.
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text on one line: control characters and runs of white space become one space, forbidden ones go."""
    return _SPACES.sub(" ", _FORBIDDEN.sub("", text)).strip()


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in pixels at the font size."""
    return sum(_letter_width(letter) for letter in text) * size / 1000 * (_BOLD if bold else 1)


def wrap(text: str, room: float, size: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines that fit the room; the last ends in `…` when words are left over.

    A word wider than the room is broken where it must be. Empty text gives no line.
    """
    done: list[str] = []
    line = ""
    waiting = clean(text).split(" ") if clean(text) else []
    while waiting:
        word = waiting.pop(0)
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if len(done) == lines - 1:
            return (*done, _cut(longer, room, size, bold=bold))
        if line:
            done.append(line)
            line = ""
            waiting.insert(0, word)
            continue
        head = _fitting(word, room, size, bold=bold)
        done.append(head)
        waiting.insert(0, word[len(head) :])
    return (*done, line) if line else tuple(done)


def _fitting(text: str, room: float, size: float, *, bold: bool) -> str:
    """The longest start of the text that fits, one letter at least."""
    end = len(text)
    while end > 1 and width(text[:end], size, bold=bold) > room:
        end -= 1
    return text[:end]


def _cut(text: str, room: float, size: float, *, bold: bool) -> str:
    return _fitting(text, room - width("…", size, bold=bold), size, bold=bold).rstrip(" ,;:-") + "…"


@lru_cache(maxsize=4096)
def _letter_width(letter: str) -> int:
    if letter in _WIDTH_OF:
        return _WIDTH_OF[letter]
    if unicodedata.combining(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF else _OTHER_WIDTH  # noqa: PLR2004
