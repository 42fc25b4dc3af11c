"""The whole graph as quads, record by record, without ever holding more than a page of them."""

from collections.abc import Callable, Iterator

from pyoxigraph import Quad

from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.linked.export import vocabulary
from kaysis_graph.linked.export.description import Describer
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import whole_records


def quads(reader: Reader, iris: Iris, view: View, progress: Callable[[int, int], None] | None = None) -> Iterator[Quad]:
    """Code lists and catalogue first, then every record in the order of identifiers, as of the day of the view.

    `progress` hears how many records are done, and of how many, after each page.
    """
    yield from vocabulary.quads(iris)
    describer = Describer(iris, view)
    done, there = 0, int((view.records.kind != GONE).sum())
    for page in whole_records.every(reader, iris.schema):
        for whole in page:
            yield from describer.quads(whole.record, whole.edges)
        done += len(page)
        if progress is not None:
            progress(done, there)
