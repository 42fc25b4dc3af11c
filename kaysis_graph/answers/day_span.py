"""From when to when something holds, as people read it: the last day is the first on which it no longer does."""

from kaysis_graph.messages import Language, say


def write_day_span(first: str | None, last: str | None, language: Language) -> str:
    """`09.07.2018 – 10.07.2018 (hariç)`, of two written days, an open end as dots; empty when both are open."""
    if first is None and last is None:
        return ""
    key = "answers.span_open" if last is None else "answers.span"
    return say(key, language, first=first or "…", last=last or "…")
