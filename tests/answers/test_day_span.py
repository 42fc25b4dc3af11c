"""A day from which something no longer holds is never mistaken for its last one, wherever it is read."""

import pytest
from pydantic import TypeAdapter

from kaysis_graph.answers.day_span import write_day_span
from kaysis_graph.answers.json import documented
from kaysis_graph.explorer.ask import Explored
from kaysis_graph.messages import LANGUAGES, Language
from kaysis_graph.schema import Schema


@pytest.mark.parametrize(
    ("first", "last", "turkish", "english"),
    [
        ("1", "2", "1 – 2 (hariç)", "1 – 2 (exclusive)"),
        (None, "2", "… – 2 (hariç)", "… – 2 (exclusive)"),
        ("1", None, "1 – …", "1 – …"),
        (None, None, "", ""),
    ],
)
def test_a_span_says_that_its_last_day_is_excluded(
    first: str | None, last: str | None, turkish: str, english: str
) -> None:
    assert write_day_span(first, last, "tr") == turkish
    assert write_day_span(first, last, "en") == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_end_in_the_schema_says_that_it_is_the_first_day_without(kinds: Schema, language: Language) -> None:
    word, sentence = {"tr": ("hariç", "ilk gün"), "en": ("exclusive", "first day")}[language]
    fields = [
        held for kind in kinds.kinds.values() for held in (kind.fields, *(edge.fields for edge in kind.edges.values()))
    ]
    for end in (held["valid_to"] for held in fields):
        assert word in end.label.of(language)
        assert end.about is not None
        assert sentence in end.about.of(language)


def test_the_description_of_the_api_says_so_too() -> None:
    shapes = TypeAdapter(documented(Explored)).json_schema()["$defs"]
    for name in ("ShownRecord", "ShownEdge"):
        assert "first day on which it no longer holds" in shapes[name]["properties"]["valid_to"]["description"]
