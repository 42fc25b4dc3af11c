"""The names of the schema as TypeScript types, so that a script cannot ask for a kind or an edge there is not."""

from collections.abc import Iterable

from kaysis_graph.schema.definitions import Schema


def types(schema: Schema) -> str:
    """Slugs of kinds, edge types and the codes of each list as unions of literals; labels come with the page."""
    codes = [f"  {codes.name}:{_union('    ', codes.entries)};" for codes in schema.codes.values()]
    lines = [
        "/** What the schema names; made by `make derive`, not to be edited. */",
        "",
        f"export type KindSlug ={_union('  ', (kind.slug for kind in schema.kinds.values()))};",
        "",
        f"export type EdgeType ={_union('  ', schema.edge_types)};",
        "",
        "/** The codes of each list. */",
        "export interface Codes {",
        *codes,
        "}",
    ]
    return "\n".join(lines) + "\n"


def _union(indent: str, names: Iterable[str]) -> str:
    return "".join(f'\n{indent}| "{name}"' for name in names)
