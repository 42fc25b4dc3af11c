"""A question with the provisions that it cites, whatever the act was called by: its number, its name, a short name."""

from collections.abc import Sequence
from dataclasses import replace

from kaysis_graph import text
from kaysis_graph.records.search_text import number
from kaysis_graph.search.citations import Citation, read_citation
from kaysis_graph.search.index.open_index import OpenIndex
from kaysis_graph.search.index.terms import all_of, any_of
from kaysis_graph.search.query import SearchQuery, read_question

_MOST_OF_ONE_NAME = 20


def read_cited_question(index: OpenIndex, words: str) -> SearchQuery:
    """The question of what was typed, with the provisions it cites of an act by whatever the act is called."""
    question = read_question(words)
    citation = read_citation(words)
    if citation is None or not citation.act:
        return question
    acts = citation.acts or acts_named(index, citation)
    exactly = [number(f"{act}.{citation.places[0]}") for act in acts]
    cited = [number(held) for held in citation.identifiers(acts)]
    return replace(
        question, cited=tuple(cited), cited_exactly=tuple(exactly), cited_acts=tuple(number(act) for act in acts)
    )


def missing_place(words: str, found: Sequence[str]) -> str:
    """The cited article, where the act cited by its number comes first of what was found and no article of it does.

    `found` are the identifiers of the hits, best first. Empty otherwise.
    """
    citation = read_citation(words)
    if citation is None or not found or found[0] not in citation.acts:
        return ""
    return "" if any(one.startswith(f"{found[0]}.") for one in found) else citation.place


def acts_named(index: OpenIndex, citation: Citation) -> Sequence[str]:
    """The acts whose whole name or short name is what the citation calls its act."""
    terms = index.terms
    names = (" ".join(text.words(name)) for name in citation.names)
    called = any_of([terms.named(name) for name in names if name])
    hits = index.first(all_of([called, *terms.kinds(["Legislation"])]), _MOST_OF_ONE_NAME)
    return sorted(hit.id for hit in hits)
