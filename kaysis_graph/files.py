"""Where the files that travel with the code lie: beside it in a checkout, inside it in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_ROOT = _PACKAGE.parent if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "share"

CYPHER = _ROOT / "cypher"
ONTOLOGY = _ROOT / "ontology"
UI = _ROOT / "ui"
SEED = _ROOT / "seed"
MESSAGES = _PACKAGE / "messages"
