"""Which kinds come first among records that match equally well: what people look for before what belongs to it."""

from collections.abc import Iterable

KIND_PLACES = 3
# "Evlenme" is a service before it is a declaration that the service asks for, or a letter that it writes.
_FIRST = ("Service",)
_LAST = ("Provision", "CorrespondenceStep", "DataElement", "Appointment")


def kind_place(labels: Iterable[str]) -> int:
    """0, 1 or 2: where records with these labels come among equals."""
    held = set(labels)
    if not held.isdisjoint(_FIRST):
        return 0
    return 1 if held.isdisjoint(_LAST) else 2
