"""What IRIs are called, and which terms there are to ask with: what an editor of queries needs to know."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking
from api.responses import respond_as_json
from ui.pages.frame import frame_of
from ui.pages.linked import iri_names

api = APIRouter(prefix="/api", tags=["linked data"])
_MOST = 100


@dataclass(frozen=True)
class IriName:
    """An IRI by its name in the language of the reader; `href` is its page, `shape` the icon of a record's kind."""

    iri: str
    text: str
    href: str | None
    id: str
    kind: str
    shape: str


@dataclass(frozen=True)
class IriNames:
    """The names of IRIs, each once, in the order asked for."""

    sequence: int
    names: list[IriName]


@dataclass(frozen=True)
class VocabularyTerm:
    """A class or a property of the graph, as queries write it."""

    term: str
    iri: str
    is_class: bool
    label_tr: str
    label_en: str


@dataclass(frozen=True)
class VocabularyTerms:
    """The prefixes of the graph and its terms in alphabetical order."""

    sequence: int
    prefixes: dict[str, str]
    terms: list[VocabularyTerm]


@api.get("/names", operation_id="iri_names", summary="What IRIs are called", responses=answers_with(IriNames))
def names(
    asked: Asking,
    iri: Annotated[
        list[str],
        Query(
            description="The IRIs, each as a parameter.",
            max_length=_MOST,
            examples=[["http://127.0.0.1:8000/def/Service"]],
        ),
    ],
) -> Response:
    """Records by their titles on the day, codes and our own terms by their labels, others by prefix and name."""
    iris = asked.iris
    found = iri_names.cells(asked.graph, iris, frame_of(asked, ""), iri)
    told = [IriName(one, cell.text, cell.href, cell.id, cell.kind, cell.shape) for one, cell in found.items()]
    return respond_as_json(asked, IriNames(asked.graph.sequence, told))


@api.get(
    "/terms",
    operation_id="terms",
    summary="The classes and properties to query with",
    responses=answers_with(VocabularyTerms),
)
def terms(asked: Asking) -> Response:
    """Every class and property that records are given out with, labelled in both languages."""
    iris = asked.iris
    told = [
        VocabularyTerm(held.term, held.iri, held.is_class, held.label.tr, held.label.en)
        for held in iri_names.terms(iris)
    ]
    return respond_as_json(asked, VocabularyTerms(asked.graph.sequence, dict(iris.prefixes), told))
