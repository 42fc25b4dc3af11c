"""A folder of files, each beside the map that is called like it, brought in as one import."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.store import Reader
from kaysis_graph.schema import Schema
from kaysis_graph.transfer.import_files import ImportSource
from kaysis_graph.transfer.inventions import Invention
from kaysis_graph.transfer.maps import definition, mapped_source
from kaysis_graph.transfer.maps.applied import Given
from kaysis_graph.transfer.report import FileRead


@dataclass(frozen=True)
class MappedFile:
    """One of several sources: what its map is called, and the files it reads."""

    name: str
    source: ImportSource


def source_of_folder(schema: Schema, folder: Path) -> ImportSource:
    """Every map of the folder with the file of its name (`units.toml`, `units.csv`), in the order of their names.

    Invalid for a folder without maps, for a map without a file and for a file without a map: what is left aside
    without a word would be missed later.
    """
    maps = sorted(folder.glob("*.toml"))
    others = sorted(path for path in folder.iterdir() if path.is_file() and path not in maps and path.name[0] != ".")
    problems = [] if maps else [Problem("transfer.folder_without_maps", {"file": folder.name})]
    named = {path.stem: [file for file in others if file.name.partition(".")[0] == path.stem] for path in maps}
    for name, files in named.items():
        if not files:
            problems.append(Problem("transfer.map_without_file", {"file": f"{name}.toml"}, {"name": name}))
    for file in others:
        if maps and file.name.partition(".")[0] not in named:
            name = file.name.partition(".")[0]
            problems.append(Problem("transfer.file_without_map", {"file": file.name}, {"name": name}))
    if problems:
        raise Invalid(problems)
    held = [
        MappedFile(path.stem, mapped_source.source(schema, named[path.stem], definition.read(path, schema)))
        for path in maps
    ]
    return ImportSource(
        [path for one in held for path in one.source.paths],
        "\n".join(one.source.rules for one in held),
        _reading(held),
        {f"{one.name}: {rule}": columns for one in held for rule, columns in one.source.columns.items()},
        folder=folder,
    )


def _reading(
    held: Sequence[MappedFile],
) -> Callable[[Reader, list[FileRead], Callable[[int], None]], Iterator[Given]]:
    def read(reader: Reader, files: list[FileRead], step: Callable[[int], None]) -> Iterator[Given]:
        before = 0

        def further(done: int) -> None:
            step(before + done)

        begun: list[tuple[str, Iterator[Given]]] = []
        for one in held:
            told = one.source.read(reader, files, further)
            # What is wrong with a header comes before its rows, and is told of all files before the rows of any.
            for given in told:
                if not isinstance(given, Problem):
                    begun.append((one.name, itertools.chain([given], told)))
                    break
                yield _named(one.name, given)
        for name, rest in begun:
            for given in rest:
                yield _named(name, given)
            before = sum(file.rows for file in files)

    return read


def _named(name: str, given: Given) -> Given:
    """The same with the map named beside the rule of it, since each map of the folder has a first rule."""
    if isinstance(given, Invention) or "map" not in given.place:
        return given
    return replace(given, place={**given.place, "map": f"{name}: {given.place['map']}"})
