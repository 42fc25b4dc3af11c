"""Lives on a line of years, one under the other, as an SVG file: what begins, what changes it, what ends it.

It knows no kind and no edge, as `Diagram` does not: a diagram has no days, and a line of years has no arrows.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kaysis_graph.messages import Language, say
from kaysis_graph.render.layout.boxes import LABEL_SIZE, NOTE_SIZE, TITLE_SIZE
from kaysis_graph.render.shapes import shape_of
from kaysis_graph.render.svg_elements import escaped, group, text_lines
from kaysis_graph.render.theme import LIGHT, style_sheet
from kaysis_graph.render.typeset import width, wrap

Sort = Literal["begun", "changed", "ended_in_part", "ended"]
SORTS: tuple[Sort, ...] = ("begun", "changed", "ended_in_part", "ended")

_MARGIN = 16.0
_NAMES = 170.0
_LINE = 740.0
_ROW = 30.0
_BAR = 12.0
_MOST_TICKS = 12
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
# The pen of each sort of mark around its middle: told apart without colour.
_MARKS: dict[Sort, str] = {
    "begun": "M-4 -8H4V8H-4Z",
    "changed": "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
    "ended_in_part": "M-5 -5L5 5M5 -5L-5 5",
    "ended": "M-6 -6H6V6H-6ZM-6 -6L6 6M6 -6L-6 6",
}


@dataclass(frozen=True)
class DayMark:
    """Something that happened on a day."""

    on: date
    sort: Sort
    title: str
    link: str | None = None


@dataclass(frozen=True)
class Track:
    """One life: from its first day, open when that is not known, to its last, the present day when it lasts."""

    title: str
    shape: str
    begins: date | None
    ends: date | None
    marks: tuple[DayMark, ...]
    link: str | None = None


@dataclass(frozen=True)
class TimelinePicture:
    """The picture whole, up to the day `until`; `about` is its description for those who do not see it."""

    title: str
    about: str
    tracks: tuple[Track, ...]
    until: date
    language: Language
    footnotes: tuple[str, ...] = ()


def render(timeline: TimelinePicture) -> str:
    """The picture as a standalone SVG document; the same timeline gives the same bytes."""
    scale = _Scale.of(timeline)
    heading = wrap(timeline.title, _NAMES + _LINE, 17, 2, bold=True)
    top = _MARGIN + 22 * len(heading) + 18
    body = _ROW * len(timeline.tracks) + 8
    key = [*_key(timeline)]
    notes = [line for note in timeline.footnotes for line in wrap(note, _NAMES + _LINE, NOTE_SIZE, 4)]
    under = top + body + 18
    height = under + 30 + 16 * len(notes) + _MARGIN
    whole = _NAMES + _LINE + 2 * _MARGIN
    name = "kgt" + hashlib.sha256(repr(timeline).encode()).hexdigest()[:10]
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="kg" role="graphics-document document"'
            f' aria-roledescription="timeline" aria-labelledby="{name}-title" aria-describedby="{name}-about"'
            f' lang="{timeline.language}" width="{whole:g}" height="{height:g}" viewBox="0 0 {whole:g} {height:g}"'
            ' font-family="Arial, Liberation Sans, Helvetica, sans-serif">'
        ),
        f'<title id="{name}-title">{escaped(timeline.title)}</title>',
        f'<desc id="{name}-about">{escaped(timeline.about)}</desc>',
        f"<style>\n{style_sheet()}\n</style>",
        f'<rect class="ground" width="100%" height="100%" fill="{LIGHT.ground}"/>',
        f'<g fill="{LIGHT.ink}">',
        *text_lines(heading, _MARGIN, _MARGIN + 16, 17, 22, bold=True),
        "</g>",
        f'<g transform="translate({_MARGIN:g} {top:g})" fill="{LIGHT.ink}">',
        *_axis(scale, body),
        *(line for number, track in enumerate(timeline.tracks) for line in _track(track, number, scale, timeline)),
        "</g>",
        f'<g transform="translate({_MARGIN:g} {under:g})" fill="{LIGHT.ink}">',
        *key,
        "</g>",
        f'<g class="footnotes" fill="{LIGHT.quiet}">',
        *text_lines(notes, _MARGIN, under + 38, NOTE_SIZE, 16, quiet=True),
        "</g>",
        "</svg>",
        "",
    ]
    return "\n".join(parts)


@dataclass(frozen=True)
class _Scale:
    """Days as places on the line."""

    first: date
    last: date

    @staticmethod
    def of(timeline: TimelinePicture) -> "_Scale":
        days = [mark.on for track in timeline.tracks for mark in track.marks]
        days += [day for track in timeline.tracks for day in (track.begins, track.ends) if day is not None]
        first = min([*days, timeline.until])
        last = max([*days, timeline.until])
        # A line of less than two years would have no year on it.
        year = first.year if last.year - first.year > 1 else max(date.min.year, first.year - 1)
        return _Scale(date(year, 1, 1), last)

    def x(self, day: date) -> float:
        whole = max(1, self.last.toordinal() - self.first.toordinal())
        return round(_NAMES + _LINE * (day.toordinal() - self.first.toordinal()) / whole, 1)

    def years(self) -> Iterator[int]:
        span = self.last.year - self.first.year + 1
        step = next((step for step in _STEPS if span / step <= _MOST_TICKS), 200)
        begin = -(-self.first.year // step) * step
        yield from range(begin, self.last.year + 1, step)


def _axis(scale: _Scale, height: float) -> Iterator[str]:
    for year in scale.years():
        x = scale.x(date(year, 1, 1))
        yield f'<path class="rule" d="M{x:g} 0V{height:g}" stroke="{LIGHT.rule}" fill="none"/>'
        yield (
            f'<text class="quiet" fill="{LIGHT.quiet}" x="{x:g}" y="-5" font-size="{LABEL_SIZE}"'
            f' text-anchor="middle">{year}</text>'
        )


def _track(track: Track, number: int, scale: _Scale, timeline: TimelinePicture) -> Iterator[str]:
    y = _ROW * number + _ROW / 2 + 4
    shape = shape_of(track.shape).replace("_", "-")
    colours = LIGHT.of(shape_of(track.shape))
    opening, closing = group(f"node {shape}", track.link, focusable=False)
    yield f'<g class="{shape}">'
    yield f"{opening}<title>{escaped(track.title)}</title>"
    yield from text_lines(wrap(track.title, _NAMES - 12, TITLE_SIZE, 1), 0, y + 4, TITLE_SIZE, 0, bold=number == 0)
    yield closing
    begin = scale.x(track.begins) if track.begins else _NAMES
    end = scale.x(min(track.ends or timeline.until, timeline.until))
    # An open beginning is drawn with a broken line.
    dashes = "" if track.begins else ' stroke-dasharray="4 3"'
    yield (
        f'<rect class="outline" x="{begin:g}" y="{y - _BAR / 2:g}" width="{max(1.0, end - begin):g}" height="{_BAR:g}"'
        f' rx="2" fill="{colours.fill}" stroke="{colours.line}"{dashes}/>'
    )
    for mark in track.marks:
        opening, closing = group("node mark", mark.link, focusable=True, x=scale.x(mark.on), y=y)
        yield f"{opening}<title>{escaped(mark.title)}</title>{_pen(mark.sort, colours.line)}{closing}"
    yield "</g>"


def _pen(sort: Sort, colour: str) -> str:
    if sort == "ended_in_part":
        return f'<path class="outline" d="{_MARKS[sort]}" fill="none" stroke="{colour}" stroke-width="2.4"/>'
    if sort == "ended":
        return f'<path class="outline" d="{_MARKS[sort]}" fill="{LIGHT.ground}" stroke="{colour}" stroke-width="2"/>'
    return f'<path class="badge" d="{_MARKS[sort]}" fill="{colour}"/>'


def _key(timeline: TimelinePicture) -> Iterator[str]:
    """Only the sorts of marks that the picture has."""
    used: Sequence[Sort] = [
        sort for sort in SORTS if any(mark.sort == sort for track in timeline.tracks for mark in track.marks)
    ]
    x = 8.0
    for sort in used:
        words = say(f"render.mark_{sort}", timeline.language)
        yield f'<g class="legislation" transform="translate({x:g} 8)">{_pen(sort, LIGHT.of("legislation").line)}</g>'
        yield from text_lines([words], x + 13, 12, NOTE_SIZE, 0)
        x += width(words, NOTE_SIZE) + 44
