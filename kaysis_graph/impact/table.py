"""What falls with a record as a table: the columns of its CSV and XLSX."""

from collections.abc import Iterable

from kaysis_graph.answers.table_columns import OF_THING, cells_of, name_of, table
from kaysis_graph.impact.ask import Fallen, Impact
from kaysis_graph.messages import Language, say
from kaysis_graph.render.table import Table


def impact_table(answer: Impact, rows: Iterable[Fallen], language: Language) -> Table:
    """One row for each record that rests on the one asked about, with the identifiers of the chain up to it."""
    names = (
        "depth",
        *OF_THING,
        "institution",
        "institution_title",
        "chain",
        "other_sources",
        "bases_touched",
        "bases_staying",
    )
    cells = (
        (
            row.depth,
            *cells_of(row.thing, language),
            row.institution.id if row.institution else None,
            name_of(row.institution, language),
            " ".join([answer.start.id, *(f"{link.type} {link.thing.id}" for link in row.chain)]),
            row.other_sources,
            " ".join(base.id for base in row.ground.touched) if row.ground else None,
            " ".join(base.id for base in row.ground.stays) or None if row.ground else None,
        )
        for row in rows
    )
    title = say("pictures.impact", language, title=answer.start.full_name(language))
    return table(title, names, cells, answer, language)
