"""Which article was meant where an act is named with one of its articles."""

from dataclasses import dataclass

from kaysis_graph.records.names import titles
from kaysis_graph.search.citations import Citation, read_citation
from ui.pages.choice import Choices, kind_of, meant
from ui.pages.reader import Asked


@dataclass(frozen=True)
class CitedArticles:
    """The ways to an article of an act, of each of several `acts`, or to the text that does not have the `place`."""

    paths: list[str]
    acts: Choices
    place: str = ""


def cited_articles(asked: Asked, said: str) -> CitedArticles:
    """Where an act is named with one of its articles; without any way where it is not."""
    citation = read_citation(said)
    if citation is None or not citation.act:
        return CitedArticles([], Choices(said, ()))
    acts = [act for act in citation.acts if kind_of(asked, act) == "Legislation"]
    if not acts:
        tried = (meant(asked, name, ("Legislation",)) for name in citation.names)
        acts = [act for act in tried if isinstance(act, str)][:1]
    having = {act: place for act in acts if (place := _place_in(asked, act, citation))}
    if len(acts) == 1:
        path = f"{acts[0]}.{having[acts[0]]}" if having else f"{acts[0]}/text"
        return CitedArticles([path], Choices(said, ()), "" if having else citation.place)
    # Several acts of one number: a law and a decree law.
    named = titles(asked.graph, having, asked.at)
    return CitedArticles([f"{act}.{having[act]}" for act in named], Choices(said, tuple(named.values())))


def _place_in(asked: Asked, act: str, citation: Citation) -> str | None:
    """The most exact of the cited places that the act has."""
    return next((place for place in citation.places if kind_of(asked, f"{act}.{place}") == "Provision"), None)
