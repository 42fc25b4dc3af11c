"""What `kaysis export` does when RDF is wanted."""

import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad

from kaysis_graph.cli.opening import day, opened_graph
from kaysis_graph.cli.options import RdfFormat
from kaysis_graph.cli.refusals import Misuse, not_written
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.cli.transferring import progress_told
from kaysis_graph.linked import dumping
from kaysis_graph.linked.iris import Iris


def export(terminal: Terminal, file: Path, said: RdfFormat | None, at: str | None) -> None:
    """The graph as of the day in the format that is said, or that the name of the file tells; Misuse for none."""
    form = dumping.FORMS[said] if said is not None else dumping.form_of(file)
    if form is None:
        known = ", ".join((".jsonl", *(held.suffix for held in dumping.FORMS.values())))
        raise Misuse("linked.unknown_form", file=file.name, known=known)
    on, begun, written = day(at), time.perf_counter(), 0
    with opened_graph(terminal) as graph, progress_told(terminal) as told:
        iris = Iris(terminal.settings.base, graph.schema, terminal.settings.publication)

        def quads() -> Iterator[Quad]:
            nonlocal written
            written = 0
            graph.follower.catch_up()
            view = graph.on(on)
            for quad in dumping.of_graph(graph.store, iris, view, lambda done, total: told("records", done, total)):
                written += 1
                yield quad

        try:
            dumping.export(file, form, iris, quads)
        except OSError as error:
            raise not_written(file, error) from error
        sequence = graph.sequence
    seconds = time.perf_counter() - begun
    terminal.print(terminal.say("cli.exported", file=str(file), size=terminal.number(file.stat().st_size)))
    values = {"quads": terminal.number(written), "seconds": round(seconds, 1), "sequence": terminal.number(sequence)}
    terminal.print(terminal.say("cli.exported_rdf", base=terminal.settings.base, day=on.isoformat(), **values))
    if not form.has_graphs:
        terminal.note(terminal.say("cli.exported_today", form=form.name))
