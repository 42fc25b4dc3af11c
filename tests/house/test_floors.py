"""House rules: imports go down, the driver stays in its two modules, names and sizes stay within bounds."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = sorted(path for room in ("kaysis_graph", "api", "ui/pages") for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MODULES = {
    str(path.relative_to(ROOT).with_suffix("")).replace("/", ".").removesuffix(".__init__"): path for path in CODE
}

# A feature is one word, the same on every floor; features do not import each other.
FEATURES = ("flows", "legislation", "services", "organisations", "impact", "paths", "explorer", "quality")
GROUND = ("text", "article_order", "clock", "errors", "files", "settings", "publication", "messages")
FLOORS = dict.fromkeys(GROUND, 0) | {
    "schema": 1,
    "graph": 2,
    "render": 2,
    "generation": 2,
    "facts": 3,
    "records": 3,
    "search": 4,
    "transfer": 4,
    "answers": 5,
    **dict.fromkeys(FEATURES, 6),
    "linked": 6,
    "ui": 7,
    "cli": 8,
    "api": 8,
}
# "Base" is missing here on purpose: it is the field's word for what an act rests on.
BANNED_WORDS = frozenset(
    {
        *("utils", "helpers", "helper", "common", "misc", "core", "manager", "handler", "processor"),
        *("impl", "dto", "proxy", "wrapper", "provider"),
    }
)
# The longest of the projects we learn from stay below this.
MOST_LINES = 400
CASES = frozenset({"lower", "upper", "casefold", "title", "capitalize", "swapcase"})
# What the eye takes in as one list.
MOST_MODULES = 20


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[0] if parts[0] in {"api", "ui"} else (parts[1] if len(parts) > 1 else "")


def imports(path: Path) -> Iterator[str]:
    """Every module that is imported, for types only and inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_go_down_only() -> None:
    assert [wrong for module in MODULES for wrong in imports_against_the_floors(module)] == []


def imports_against_the_floors(module: str) -> Iterator[str]:
    room = room_of(module)
    for imported in imports(MODULES[module]) if room else ():
        if imported.split(".")[0] not in {"kaysis_graph", "api", "ui"} or imported not in MODULES:
            continue
        other = room_of(imported)
        if not other or other == room or (other in GROUND and room in GROUND):
            continue
        if FLOORS[other] >= FLOORS[room]:
            yield f"{module} imports {imported}"


def test_the_driver_and_the_web_framework_stay_where_they_belong() -> None:
    roots = {module: {imported.split(".")[0] for imported in imports(path)} for module, path in MODULES.items()}
    with_driver = {module for module, imported in roots.items() if "neo4j" in imported}
    assert with_driver == {"kaysis_graph.graph.engines", "kaysis_graph.graph.store"}
    with_web = {module for module, imported in roots.items() if imported & {"fastapi", "starlette"}}
    assert {room_of(module) for module in with_web} == {"api", "ui"}


def test_only_the_engines_know_which_engine_it_is() -> None:
    knowing = [
        module
        for module, path in MODULES.items()
        if not module.startswith("kaysis_graph.graph.")
        and module != "kaysis_graph.settings"
        and re.search(r"arcadedb|(?<!/)neo4j(?!'s own browser)", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert knowing == []


def test_a_module_stays_small_and_says_what_it_is() -> None:
    texts = {module: path.read_text(encoding="utf-8") for module, path in MODULES.items()}
    assert [module for module, text in texts.items() if text.count("\n") > MOST_LINES] == []
    assert [module for module, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []


def test_no_module_or_class_hides_behind_an_empty_word() -> None:
    empty = []
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [module.rsplit(".", 1)[-1], *(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
        empty += [
            f"{module}: {name}"
            for name in names
            if {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)} & BANNED_WORDS
        ]
    assert empty == []


# Nouns that end so.
NOUNS_IN_ING = frozenset({"encoding"})


def test_modules_are_called_by_nouns() -> None:
    last_words = {re.split(r"[._]", module)[-1] for module in [*MODULES, *(path.stem for path in TESTS)]}
    assert sorted(word for word in last_words - NOUNS_IN_ING if word.endswith("ing")) == []


def test_a_folder_holds_at_most_twenty_modules_beside_its_init() -> None:
    held = Counter(path.parent for path in [*CODE, *TESTS] if path.name != "__init__.py")
    assert {str(folder.relative_to(ROOT)): count for folder, count in held.items() if count > MOST_MODULES} == {}


def test_proofs_and_statements_lie_in_rooms_called_like_those_of_the_library() -> None:
    rooms = {path.parent.name for path in (ROOT / "kaysis_graph").rglob("__init__.py")} | {"api", "ui", "house"}
    for tree, pattern in (("tests", "*.py"), ("cypher", "*.cypher")):
        found = {path.relative_to(ROOT / tree).parts[0] for path in (ROOT / tree).rglob(pattern)}
        assert {name for name in found if "." not in name} <= rooms, tree


def test_a_type_name_exists_once() -> None:
    types = Counter(
        node.name
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in types.items() if count > 1] == []


def test_turkish_text_is_lowered_and_sorted_in_one_place() -> None:
    wrong = []
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if module != "kaysis_graph.text" else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                is_ours = isinstance(node.func.value, ast.Name) and node.func.value.id == "text"
                if not is_ours and node.func.attr in CASES:
                    wrong.append(f"{module}, line {node.lineno}: use kaysis_graph.text")
    assert wrong == []
