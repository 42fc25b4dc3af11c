"""What is said to people: in both languages alike, with a way out for every problem, and nothing left over."""

import ast
import re
import string
from pathlib import Path

import pytest

from kaysis_graph.errors import KaysisError
from kaysis_graph.messages import catalogue, say

ROOT = Path(__file__).parents[2]
PLACES = [path for room in ("kaysis_graph", "api", "ui/pages") for path in (ROOT / room).rglob("*.py")] + [
    *(ROOT / "ui").rglob("*.html")
]
AREAS = {key.partition(".")[0] for key in catalogue()}
KEY = re.compile(rf"\b(?:{'|'.join(sorted(AREAS))})\.[a-z0-9_]+\b")
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(PLACES)}
CODE = "\n".join(SOURCES.values())
# `frame.words("viewer", "close", …)` names keys of one area for a script.
WORDS = re.compile(r"\bwords\(\s*[\"'](\w+)[\"']((?:\s*,\s*[\"']\w+[\"'])+)")
FOR_SCRIPTS = {f"{area}.{key}" for area, listed in WORDS.findall(CODE) for key in re.findall(r"\w+", listed)}
# Where a Turkish text stands in an English sentence, the English says more.
UNLIKE = {"services.as_published", "services.beside", "transfer.said"}
# `f"records.not_a_{type}"` is every key that begins so.
BEGINNINGS = tuple(re.findall(rf"""f["']((?:{"|".join(sorted(AREAS))})\.[a-z0-9_]*)\{{""", CODE))
# `inputs_of(frame, question, "impact", …)` labels each field and each of its choices from that area.
FORMS = re.compile(r"""\b(?:inputs_of|field_input)\(\s*frame,\s*question,\s*["'](\w+)["']""")
BEGINNINGS += tuple(f"{area}." for area in FORMS.findall(CODE))


def calls_by_name() -> dict[str, list[tuple[Path, ast.Call]]]:
    """Every call in the code by the name of what is called; parsed once, which takes a second."""
    found: dict[str, list[tuple[Path, ast.Call]]] = {}
    for path, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)) if path.suffix == ".py" else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                found.setdefault(name, []).append((path, node))
    return found


CALLS = calls_by_name()


def first_text(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def placeholders(text: str) -> set[str]:
    """The values a text shows; those it only chooses a word by are the language's own."""
    return {name for _, name, spec, _ in string.Formatter().parse(text) if name and "|" not in (spec or "")}


def test_both_languages_say_the_same_values() -> None:
    told = catalogue().items()
    unlike = {key for key, texts in told if placeholders(texts["tr"]) != placeholders(texts["en"])}
    assert unlike == UNLIKE
    assert [key for key, texts in told if not all(text.strip() for text in texts.values())] == []


def test_every_key_named_in_the_code_exists() -> None:
    modules = {path.stem for path in PLACES} | {"toml"}
    named = {
        key for call in ("say", "Problem", *errors()) for _, made in CALLS.get(call, []) if (key := first_text(made))
    }
    missing = {
        key for key in named if KEY.fullmatch(key) and key not in catalogue() and key.split(".")[1] not in modules
    }
    assert missing == set()


def test_every_text_said_by_a_page_exists() -> None:
    named = {first_text(call) for _, call in CALLS.get("say", [])}
    named |= {first_text(ast.Call(call.func, call.args[1:], [])) for _, call in CALLS.get("said", [])}
    missing = {key for key in named if key and re.fullmatch("[a-z0-9_]+", key) and f"pages.{key}" not in catalogue()}
    assert missing == set()


def errors() -> list[str]:
    kinds = [KaysisError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return sorted({kind.__name__ for kind in kinds})


def test_no_key_is_left_over() -> None:
    used = set(KEY.findall(CODE)) | FOR_SCRIPTS
    unused = [
        key
        for key in catalogue()
        if key not in used and key.removesuffix("_hint") not in used and not key.startswith(BEGINNINGS or ("\0",))
    ]
    assert unused == []


def test_every_rule_of_a_problem_has_a_hint_with_no_other_values() -> None:
    rules = {rule for _, call in CALLS.get("Problem", []) if (rule := first_text(call))}
    assert rules
    for rule in sorted(rules):
        assert f"{rule}_hint" in catalogue(), rule


def test_every_hint_belongs_to_something() -> None:
    alone = [key for key in catalogue() if key.endswith("_hint") and key.removesuffix("_hint") not in catalogue()]
    assert alone == []


def test_values_given_to_a_message_are_those_it_says() -> None:
    for name in errors():
        for path, call in CALLS.get(name, []):
            key = first_text(call)
            if key is None or key not in catalogue() or any(word.arg is None for word in call.keywords):
                continue
            wanted = placeholders(catalogue()[key]["en"]) | placeholders(
                catalogue().get(f"{key}_hint", {}).get("en", "")
            )
            given = {str(word.arg) for word in call.keywords}
            assert wanted <= given, f"{path.name}, line {call.lineno}: {key} also says {wanted - given}"


def test_values_given_to_a_problem_are_those_it_says() -> None:
    for path, call in CALLS.get("Problem", []):
        key = first_text(call)
        values = call.args[2] if len(call.args) > 2 else None
        if key is None or not isinstance(values, ast.Dict) or None in values.keys:
            continue
        wanted = placeholders(catalogue()[key]["en"]) | placeholders(catalogue()[f"{key}_hint"]["en"])
        given = {held.value for held in values.keys if isinstance(held, ast.Constant)}
        assert wanted <= given, f"{path.name}, line {call.lineno}: {key} also says {wanted - given}"


def test_a_missing_value_or_key_does_not_pass_silently() -> None:
    with pytest.raises(KeyError):
        say("records.gone", "tr", id="1")
    with pytest.raises(KeyError):
        say("records.no_such_key", "tr")


def test_a_word_follows_its_number() -> None:
    assert say("answers.depth", "en", depth=1) == "Only 1 step was followed."
    assert say("answers.depth", "en", depth="1,000") == "Only 1,000 steps were followed."


def test_no_text_leaves_the_plural_to_its_reader() -> None:
    assert [key for key, texts in catalogue().items() if "(s)" in texts["en"]] == []
