"""Which kinds come first among records that match equally well: what people look for before what belongs to it."""

from collections.abc import Iterable

from kaysis_graph.schema import Schema

# "Evlenme" is a service before it is a declaration that the service asks for, or a letter that it writes.
_FIRST = ("Service",)
_LAST = ("Provision", "CorrespondenceStep", "DataElement", "Appointment")


def kind_takes(schema: Schema) -> dict[str, object]:
    """The parameters by which a query orders kinds: the labels of those that come first, and last."""
    return {
        "first_kinds": [name for name in _FIRST if name in schema.kinds],
        "last_kinds": [name for name in _LAST if name in schema.kinds],
    }


def kind_place(labels: Iterable[str]) -> int:
    """0, 1 or 2: where records with these labels come among equals."""
    held = set(labels)
    if not held.isdisjoint(_FIRST):
        return 0
    return 1 if held.isdisjoint(_LAST) else 2
