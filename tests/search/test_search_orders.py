"""Facets, orders and suggestions of a search, on the seed."""

from datetime import date

import pytest

from kaysis_graph import search, text
from kaysis_graph.errors import Invalid
from kaysis_graph.graph.graph import Graph
from kaysis_graph.search.hit_order import Sort


def test_a_facet_also_counts_the_codes_that_were_not_chosen(sample: Graph) -> None:
    free = search.ask.found(sample, "sağlık")
    chosen = search.ask.found(sample, "sağlık", filters={"category": "ministry,central_unit"})
    narrowed = {code: free.facets["category"].get(code, 0) for code in ("ministry", "central_unit")}
    assert chosen.facets["category"] == free.facets["category"]
    assert chosen.total == sum(narrowed.values()) < free.total
    assert chosen.facets["kind"] == {"Organisation": chosen.total}


def test_what_is_found_is_ordered_by_title_or_by_first_day(sample: Graph) -> None:
    def hits(sort: Sort) -> list[search.ask.Hit]:
        return list(search.ask.streamed(sample, "kanun", kinds=["legislation"], sort=sort))

    titles = [hit.record.title for hit in hits("title")]
    assert titles == sorted(titles, key=text.sort_key)
    days = [hit.record.fields.get("valid_from") for hit in hits("newest")]
    known = [day for day in days if isinstance(day, date)]
    assert known == sorted(known, reverse=True)
    assert days[: len(known)] == known
    oldest = [day for hit in hits("oldest") if (day := hit.record.fields.get("valid_from"))]
    assert oldest == known[::-1]
    assert {hit.name.id for hit in hits("relevance")} == {hit.name.id for hit in hits("title")}


def test_pages_in_the_order_of_titles_follow_each_other(sample: Graph) -> None:
    whole = [hit.name.id for hit in search.ask.streamed(sample, "belge", sort="title")]
    first = search.ask.found(sample, "belge", sort="title", limit=5)
    second = search.ask.found(sample, "belge", sort="title", limit=5, cursor=first.next_cursor)
    assert [hit.name.id for page in (first, second) for hit in page.hits] == whole[:10]
    with pytest.raises(Invalid):
        search.ask.found(sample, "belge", cursor=first.next_cursor)


def test_suggestions_keep_to_the_kinds_asked_for(sample: Graph) -> None:
    found = search.ask.suggested(sample, "nüf", kinds=["service"])
    assert {name.kind for name in found} == {"Service"}
    by_number = search.ask.suggested(sample, "5490", kinds=["legislation"])
    assert by_number[0].id == "kanun-5490"
