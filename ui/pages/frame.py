"""What stands around every page, and how it speaks: language, day, addresses, records as links."""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from fastapi import Request

from kaysis_graph import files
from kaysis_graph.answers.answer import Thing
from kaysis_graph.clock import today
from kaysis_graph.messages import Language, catalogue, say
from kaysis_graph.render.shapes import shape_of
from kaysis_graph.render.sprite import symbol_of
from kaysis_graph.schema import Schema
from kaysis_graph.settings import VERSION
from ui.pages import numbers_and_days as written
from ui.pages.reader import Asked, Theme, theme_of

Parameter = str | int | date | None | tuple[str, ...]
# Where each entry of the main menu leads, what it is called, and where the pages under it begin.
MENU = (
    ("/flows", "menu_flows", "/flows"),
    ("/legislation", "menu_legislation", "/legislation"),
    ("/services", "menu_services", "/services"),
    ("/impact", "menu_impact", "/impact"),
    ("/paths", "menu_paths", "/paths"),
    ("/organisations", "menu_organisations", "/organisations"),
    ("/explore", "menu_explore", "/explore"),
)


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere."""

    text: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Frame:
    """What stands around every page, and how it speaks: language, day, address, the way back."""

    schema: Schema | None
    language: Language
    at: date
    is_dated: bool
    path: str
    query: tuple[tuple[str, str], ...]
    site: str
    title: str
    crumbs: tuple[Link, ...] = ()
    sequence: int | None = None
    has_day: bool = True
    theme: Theme | None = None
    version: str = VERSION

    def say(self, key: str, /, **values: object) -> str:
        """A text of `messages/pages.toml`, or of another area where the key names it: `tree.open_all`."""
        return say(key if "." in key else f"pages.{key}", self.language, **values)

    def words(self, area: str, *keys: str) -> str:
        """The texts of an area as JSON, for the script of a part of the page to put values into."""
        texts = catalogue()
        return json.dumps({key: texts[f"{area}.{key}"][self.language] for key in keys}, ensure_ascii=False)

    @property
    def kinds(self) -> str:
        """The kinds as JSON, for scripts that name records: label and icon by slug."""
        held = () if self.schema is None else self.schema.kinds.values()
        told = {kind.slug: {"label": kind.label.of(self.language), "icon": shape_named(kind.slug)} for kind in held}
        return json.dumps(told, ensure_ascii=False)

    @property
    def has_script(self) -> bool:
        """Whether the scripts of the pages were built on this machine; without them everything is still there."""
        return (files.UI / "static" / "bundle" / "site.js").is_file()

    def day(self, value: date) -> str:
        """A day as its reader writes it."""
        return written.day(value, self.language)

    @property
    def day_said(self) -> str:
        """The day of the page in the words of its reader, whatever form the browser gives its date field."""
        said = written.day_in_words(self.at, self.language)
        return self.say("as_of_today", at=said) if self.is_today else self.say("shell.not_today", at=said)

    def number(self, value: int) -> str:
        """A number as its reader writes it."""
        return written.number(value, self.language)

    @property
    def is_today(self) -> bool:
        """Whether the day shown is the present one."""
        return self.at == today()

    def link(self, path: str, /, **parameters: Parameter) -> str:
        """An address of ours that keeps the day, when one was chosen; empty parameters are left out."""
        return address(path, {**parameters, "at": self.at if self.is_dated else None})

    def here(self, **changes: Parameter) -> str:
        """This page with other parameters; None takes one away, those said several times are kept as they are."""
        kept = [(name, value) for name, value in self.query if value and name not in changes]
        said = [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
        return f"{quote(self.path)}?{urlencode([*kept, *said], safe='~')}" if kept or said else quote(self.path)

    @property
    def is_embedded(self) -> bool:
        """Whether the page is shown inside one of another site."""
        return self.path.startswith("/embed/")

    @property
    def layout(self) -> str:
        """The template around a page that is shown alone as well as inside another site."""
        return "embed.html" if self.is_embedded else "base.html"

    def stays_inside(self, href: str) -> bool:
        """Whether a link of a page that is shown inside another site leads on inside of it; others open beside it."""
        return self.is_embedded and href.startswith(self.path)

    def explore(self, *acts: str) -> str:
        """The explorer with these acts done, in order: a record shown by its identifier, its edges opened."""
        day = [("at", self.at.isoformat())] if self.is_dated else []
        return f"/explore?{urlencode([*(('act', act) for act in acts), *day], safe='~')}"

    @property
    def menu(self) -> tuple[Link, ...]:
        """The main menu, with the day kept and the part that the page belongs to marked."""
        return tuple(
            Link(self.say(f"shell.{key}"), self.link(href), f"{self.path}/".startswith(f"{under}/"))
            for href, key, under in MENU
        )

    @property
    def other_language(self) -> Language:
        """The language the page is not in."""
        return "en" if self.language == "tr" else "tr"

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """The parameters that a change of the day keeps: not where a long list stood."""
        return tuple(held for held in self.query if held[0] not in ("at", "lang", "cursor", "offset"))

    def thing(self, thing: Thing, within: Container[str] = ()) -> "Cell":
        """A record as a link, with what has to be said beside its name.

        That it belongs to one of those it is shown `within` need not be said again.
        """
        assert self.schema is not None, "only errors come without a schema"
        kind = self.schema.kinds[thing.kind]
        badges: list[str] = [thing.state] if thing.state != "valid" else []
        badges += ["unverified"] if thing.is_unverified else []
        badges += ["stub"] if thing.is_stub else []
        href = self.link(f"/records/{kind.slug}/{thing.id}")
        label, shape = kind.label.of(self.language), shape_named(kind.slug)
        beside = thing.distinction(self.language, within)
        return Cell(thing.name(self.language), href, label, tuple(badges), thing.id, shape=shape, beside=beside)

    def things(self, things: Sequence[Thing], within: Container[str] = ()) -> tuple["Cell", ...]:
        """Records as links, one under the other."""
        return tuple(self.thing(thing, within) for thing in things)


@dataclass(frozen=True)
class Cell:
    """One thing said in a table: a record with its kind and badges, or plain words.

    `beside` is whose the record is, where others share its title.
    """

    text: str
    href: str | None = None
    kind: str = ""
    badges: tuple[str, ...] = ()
    id: str = ""
    is_number: bool = False
    shape: str = ""
    beside: str = ""


Cells = tuple[Cell, ...]


def shape_named(slug: str) -> str:
    """The icon of a kind, as style sheets and `/static/kinds.svg` name it."""
    return symbol_of(shape_of(slug))


def address(path: str, parameters: Mapping[str, Parameter]) -> str:
    """A path with its parameters, those that say nothing left out, those with several values said for each."""
    said = [
        (name, str(each))
        for name, value in parameters.items()
        for each in (value if isinstance(value, tuple) else (value,))
        if each not in (None, "")
    ]
    return f"{quote(path)}?{urlencode(said, safe='~')}" if said else quote(path)


def frame_of(asked: Asked, title: str, crumbs: tuple[Link, ...] = (), *, has_day: bool = True) -> Frame:
    """The frame of a page about the question."""
    return Frame(
        schema=asked.graph.schema,
        language=asked.language,
        at=asked.at,
        is_dated=asked.is_dated,
        path=asked.url.path,
        query=tuple(asked.parameters),
        site=asked.site,
        title=title,
        crumbs=crumbs,
        sequence=asked.graph.sequence,
        has_day=has_day,
        theme=asked.theme,
    )


def frame_of_error(request: Request, language: Language, title: str) -> Frame:
    """The frame of a page that nothing but the address is known of."""
    site = request.app.state.settings.base
    query = tuple(held for held in request.query_params.multi_items() if held[0] != "theme")
    theme = theme_of(request)
    # Two slashes at the beginning of a link would name another site.
    path = f"/{request.url.path.lstrip('/')}"
    return Frame(None, language, today(), False, path, query, site, title, has_day=False, theme=theme)
