"""What the answer to a what-if holds."""

from dataclasses import dataclass
from typing import Literal

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.impact.assumption import Chain, How

Figure = Literal[
    "acts_in_force", "provisions_in_force", "acts_without_ground", "services", "documents_made", "flows", "table_lines"
]
Reason = Literal["ground", "offerer"]
Section = Literal["acts", "services", "others", "documents", "flows", "tables"]


@dataclass(frozen=True)
class Assumed:
    """A record that is assumed to end, how, and how many provisions or units of its own go with it."""

    thing: Thing
    how: How
    own: int


@dataclass(frozen=True)
class Figures:
    """How many there are before and after."""

    name: Figure
    before: int
    after: int


@dataclass(frozen=True)
class Loss:
    """A record that loses what it stands on (`ground`) or who offers it (`offerer`): what is lost, and what stays.

    With nothing that stays it loses its only one or all; `depth` tells how many steps from the assumption that is.
    """

    thing: Thing
    institution: Thing | None
    reason: Reason
    lost: tuple[Thing, ...]
    stays: tuple[Thing, ...]
    depth: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing stays."""
        return not self.stays


@dataclass(frozen=True)
class DocumentLoss:
    """A document or datum that nobody would make, by which services it was made and which would ask for it in vain."""

    document: Thing
    made_by: tuple[Thing, ...]
    required_by: tuple[Thing, ...]


@dataclass(frozen=True)
class FlowLoss:
    """What an institution would hand to another no longer: how many documents it was and would be, and which go."""

    sender: Thing
    receiver: Thing
    before: int
    after: int
    documents: tuple[Thing, ...]


@dataclass(frozen=True)
class TableLoss:
    """The service standards table of a unit: its lines, which are struck, which ask for what nobody makes."""

    unit: Thing
    before: int
    after: int
    struck: tuple[Thing, ...]
    in_vain: tuple[Thing, ...]


@dataclass(frozen=True)
class WhatIf(Answer):
    """What would change: figures, and for each part of the state the first of as many rows as `totals` says."""

    assumed: tuple[Assumed, ...]
    chain: Chain
    figures: tuple[Figures, ...]
    totals: dict[Section, int]
    acts: tuple[Loss, ...]
    services: tuple[Loss, ...]
    others: tuple[Loss, ...]
    documents: tuple[DocumentLoss, ...]
    flows: tuple[FlowLoss, ...]
    tables: tuple[TableLoss, ...]
