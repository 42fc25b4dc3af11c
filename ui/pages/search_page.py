"""The page of a search: hits, facets, chosen filters and what is spelt alike."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from kaysis_graph import search
from kaysis_graph.answers.answer import Thing, things_read
from kaysis_graph.answers.search.columns import column_fields, columns_named
from kaysis_graph.answers.search.question import SearchQuestion, read_page
from kaysis_graph.records.names import Name
from kaysis_graph.schema import Field
from kaysis_graph.search.cited_acts import missing_place
from kaysis_graph.search.hit_order import Sort
from ui.pages.answer_parts import Ways, another, downloads
from ui.pages.found_words import marked
from ui.pages.frame import Cell, Frame, Link, frame_of, shape_named
from ui.pages.page_parts import Facet, HitShownOnPage, SearchPage, Section, rendered
from ui.pages.reader import Asked, listed
from ui.pages.records import field_values

View = Literal["list", "table"]
_HITS = 20
_ROWS = 50
_SIMILAR = 6
# So many are looked through at a glance: a column of ways to narrow them takes more room than they do.
_FEW = 5
# Words that differ at their ends still begin alike: "hastahane" and "hastane".
_BEGINNING = 4


@dataclass(frozen=True)
class SearchSeen:
    """One page of a search: what was looked for, what was found, and how it is shown."""

    asked: Asked
    frame: Frame
    looked: SearchQuestion
    kinds: tuple[str, ...]
    found: search.ask.FoundPage
    columns: tuple[Field, ...]
    view: View


def search_page(asked: Asked, question: SearchQuestion, view: View, cursor: str | None) -> str:
    """The page for what was found, or of a search that has not begun."""
    plain = frame_of(asked, "")
    if not question.q.strip():
        frame = frame_of(asked, plain.say("search"))
        return rendered("search.html", SearchPage(frame, "", (), frame.say("search_hint"), kinds=kinds_shown(frame)))
    graph = asked.graph
    seen = SearchSeen(
        asked,
        frame_of(asked, plain.say("search_title", words=question.q[:80])),
        question,
        question.kinds(graph.schema),
        read_page(graph, question, asked.day, asked.language, cursor, _HITS if view == "list" else _ROWS),
        columns_named(graph.schema, question.columns),
        view,
    )
    return rendered("search.html", _page(seen, is_first=cursor is None))


def _page(seen: SearchSeen, *, is_first: bool) -> SearchPage:
    """The parts of the page; `is_first` says that it is the first of its hits."""
    frame, looked, found = seen.frame, seen.looked, seen.found
    total = frame.number(found.total)
    lead = frame.say("search_lead" if found.total else "search_none", total=total, words=looked.q)
    ways = _ways(seen)
    things = things_read(seen.asked.graph, seen.asked.at, [hit.name for hit in found.hits])
    chosen = _chosen(seen)
    following = Link(frame.say("next"), frame.here(cursor=found.next_cursor)) if found.next_cursor else None
    nothing = {"cursor": None, "kind": None, **dict.fromkeys(looked.filters)}
    return SearchPage(
        frame=frame,
        words=looked.q,
        kept=tuple(held for held in frame.kept if held[0] != "q"),
        lead=lead,
        notices=_notices(seen),
        meant=_meant(seen),
        chosen=chosen,
        cleared=Link(frame.say("search.clear"), frame.here(**nothing)) if len(chosen) > 1 else None,
        sorts=_choices(frame, "sort", get_args(Sort), looked.sort),
        views=_choices(frame, "view", get_args(View), seen.view),
        columns=_columns(seen) if seen.view == "table" else (),
        facets=_facets(seen) if found.total > _FEW or chosen else (),
        hits=_hits(frame, found.hits, things) if seen.view == "list" else (),
        table=_table(seen, things) if seen.view == "table" and things else None,
        similar=() if found.total else _similar(seen),
        kinds=() if found.total else kinds_shown(frame),
        previous=None if is_first else Link(frame.say("first_page"), frame.here(cursor=None)),
        following=following,
        downloads=downloads(frame, ways) if found.total else (),
        another=another(frame, ways),
    )


def _ways(seen: SearchSeen) -> Ways:
    looked = seen.looked
    slugs = [seen.asked.graph.schema.kinds[name].slug for name in seen.kinds]
    command = ["search", *looked.q.split()]
    command += [part for slug in slugs for part in ("--kind", slug)]
    command += [part for name, said in looked.filters.items() for part in ("--where", f"{name}={said}")]
    parameters = {
        "q": looked.q,
        "kind": ",".join(slugs),
        **looked.filters,
        "sort": None if looked.sort == "relevance" else looked.sort,
        "columns": ",".join(held.name for held in seen.columns),
    }
    return Ways("/search", "/api/search", parameters, command, ("csv", "xlsx", "json"), is_of_today=False)


def _notices(seen: SearchSeen) -> tuple[str, ...]:
    notices = [seen.frame.say("search.corrected", said=held.said, taken=held.taken) for held in seen.found.corrected]
    if seen.found.also:
        notices.append(seen.frame.say("search.also", words=", ".join(f"“{words}”" for words in seen.found.also)))
    if place := missing_place(seen.looked.q, [hit.name.id for hit in seen.found.hits]):
        notices.append(seen.frame.say("search.no_place", place=place))
    if seen.found.is_relaxed and seen.found.hits:
        notices.append(seen.frame.say("search.relaxed"))
    return tuple(notices)


def _meant(seen: SearchSeen) -> Link | None:
    """The question in other words, for who mistyped a short one."""
    words = seen.found.did_you_mean
    return None if words is None else Link(words, seen.frame.here(q=words, cursor=None))


def _choices(frame: Frame, name: str, values: Sequence[str], chosen: str) -> tuple[Link, ...]:
    """The values of a parameter as links; the first one is meant where the address says nothing."""
    return tuple(
        Link(
            frame.say(f"search.{name}_{value}"),
            frame.here(**{name: None if value == values[0] else value, "cursor": None}),
            value == chosen,
        )
        for value in values
    )


def _chosen(seen: SearchSeen) -> tuple[Link, ...]:
    """What narrows the search, value by value, each as the way to be rid of it."""
    schema, language, frame = seen.asked.graph.schema, seen.asked.language, seen.frame
    kinds = [schema.kinds[name] for name in seen.kinds]
    slugs = [kind.slug for kind in kinds]
    links = [Link(kind.plural.of(language), _toggled(frame, "kind", slugs, kind.slug)) for kind in kinds]
    fields = column_fields(seen.asked.graph.schema)
    for name, said in seen.looked.filters.items():
        values = listed(said) if fields[name].codes else [said]
        for value in values:
            text = schema.label_of_code(fields[name].codes or "", value, language) if fields[name].codes else value
            label = f"{fields[name].label.of(language)}: {text}"
            links.append(Link(label, _toggled(frame, name, values, value)))
    return tuple(links)


def _toggled(frame: Frame, name: str, chosen: Sequence[str], value: str) -> str:
    """This page with one value of a list put on, or taken off where it is on."""
    left = [held for held in chosen if held != value] if value in chosen else [*chosen, value]
    return frame.here(**{name: ",".join(left), "cursor": None})


def _columns(seen: SearchSeen) -> tuple[Link, ...]:
    chosen = [held.name for held in seen.columns]
    kinds = seen.kinds or tuple(seen.found.facets.get("kind", ()))
    offered = column_fields(seen.asked.graph.schema, kinds)
    fields = [*offered.values(), *(held for held in seen.columns if held.name not in offered)]
    return tuple(
        Link(
            held.label.of(seen.asked.language),
            _toggled(seen.frame, "columns", chosen, held.name) + "#columns",
            held.name in chosen,
        )
        for held in fields
    )


def _facets(seen: SearchSeen) -> tuple[Facet, ...]:
    schema, language, frame = seen.asked.graph.schema, seen.asked.language, seen.frame
    fields = column_fields(seen.asked.graph.schema)
    facets = []
    for name, counted in seen.found.facets.items():
        if name == "kind":
            heading, chosen = frame.say("kind"), [schema.kinds[held].slug for held in seen.kinds]
            told = [
                (kind.slug, kind.plural.of(language), shape_named(kind.slug), counted[kind.name])
                for kind in (schema.kinds[key] for key in counted)
            ]
        else:
            owners = [kind.label.of(language) for kind in schema.kinds.values() if name in kind.fields]
            heading = f"{fields[name].label.of(language)} ({', '.join(owners)})"
            chosen = listed(seen.looked.filters.get(name, ""))
            codes = fields[name].codes or ""
            told = [(key, schema.label_of_code(codes, key, language), "", count) for key, count in counted.items()]
        links = tuple(
            (Link(text, _toggled(frame, name, chosen, value), value in chosen), shape, count)
            for value, text, shape, count in told
        )
        if len(links) > 1 or chosen:
            facets.append(Facet(heading, links))
    return tuple(facets)


def _hits(frame: Frame, hits: Sequence[search.ask.Hit], things: Sequence[Thing]) -> tuple[HitShownOnPage, ...]:
    shown = []
    for hit, thing in zip(hits, things, strict=True):
        former = ""
        if hit.former is not None:
            days = field_values.days(frame, hit.former.valid_from, hit.former.valid_to)
            former = frame.say("former_title", title=hit.former.title, days=days)
        snippet = "" if hit.snippet in (thing.title, thing.id) else marked(hit.snippet, hit.snippet_marks)
        cell = frame.thing(thing)
        # A title of another day than the one that was searched has other letters.
        marks = hit.title_marks if cell.text == _title(frame, hit.name) else ()
        cell = replace(cell, text=marked(cell.text, marks))
        shown.append(HitShownOnPage(cell, frame.say(f"match_{hit.match}"), hit.field, snippet, former))
    return tuple(shown)


def _title(frame: Frame, name: Name) -> str:
    return (name.title_en if frame.language == "en" else None) or name.title


def _table(seen: SearchSeen, things: Sequence[Thing]) -> Section:
    frame, fields = seen.frame, seen.columns
    rows = tuple(
        (
            (frame.thing(thing),),
            *(field_values.cells_of(frame, held, hit.record.on(held.name, seen.asked.at)) for held in fields),
        )
        for thing, hit in zip(things, seen.found.hits, strict=True)
    )
    columns = (frame.say("record"), *(held.label.of(frame.language) for held in fields))
    return Section(frame.say("table"), columns, rows, "")


def _similar(seen: SearchSeen) -> tuple[Cell, ...]:
    """Names that begin like one of the words, for who mistyped one."""
    asked = seen.asked
    for word in sorted(seen.looked.q.split(), key=len, reverse=True):
        for letters in (len(word) - 1, _BEGINNING):
            if letters < _BEGINNING:
                continue
            names = search.ask.suggested(asked.graph, word[:letters], _SIMILAR, asked.at)
            if names:
                return seen.frame.things(things_read(asked.graph, asked.at, names))
    return ()


def kinds_shown(frame: Frame) -> tuple[Cell, ...]:
    """The kinds there are, each a way to its records."""
    assert frame.schema is not None, "a search has one"
    return tuple(
        Cell(kind.plural.of(frame.language), frame.link(f"/records/{kind.slug}"), shape=shape_named(kind.slug))
        for kind in frame.schema.kinds.values()
    )
