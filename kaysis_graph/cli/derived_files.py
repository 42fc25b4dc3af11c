"""Writes every derived file that is committed: `python -m kaysis_graph.cli.derived_files`, which is `make derive`."""

import sys

from kaysis_graph import schema
from kaysis_graph.render import appearance
from kaysis_graph.schema.derive import committed


def main() -> None:
    """Writes the files that differ from what they are derived from, and names them."""
    for path, text in {**committed.derived(schema.read()), **appearance.derived()}.items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
