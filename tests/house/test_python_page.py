"""The page for those who go on in Python says what its lines do."""

import re
from pathlib import Path

import pytest

from kaysis_graph import settings as settings_module
from kaysis_graph.graph.graph import Graph
from kaysis_graph.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
# A value with what the page says it is.
SAID = re.compile(r"^(?P<value>.+?) +# → (?P<is>True|'[^']+').*$", re.MULTILINE)


def test_the_lines_for_python_run_and_give_what_they_say(
    sample: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.follower.catch_up()
    monkeypatch.setattr(settings_module, "read", lambda: settings)
    lines = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    checked = SAID.sub(r"assert (\g<value>) == \g<is>", lines)
    assert checked.count("assert ") == 3
    names: dict[str, object] = {}
    try:
        exec(compile(checked, "docs/python.md", "exec"), names)  # our own page
    finally:
        opened = names.get("graph")
        assert isinstance(opened, Graph)
        opened.close()
    assert "eli:" in str(names["turtle"])
