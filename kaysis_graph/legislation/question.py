"""Questions about acts as values: each gives its parameters in addresses and the command that asks it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kaysis_graph.legislation.lost_ground import EVERYTHING_LOST, Grouping, Mode, Narrowing, Sort


@dataclass(frozen=True)
class LostGroundQuestion:
    """Which acts lost their ground: all or any of it, narrowed, counted by something, in an order."""

    mode: Mode = "all"
    narrowing: Narrowing = EVERYTHING_LOST
    grouping: Grouping = "issuer"
    sort: Sort = "title"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out on purpose."""
        return self.narrowing != EVERYTHING_LOST

    @property
    def parameters(self) -> dict[str, str | None]:
        """By the names of the parameters; None for what was not said."""
        narrowing = self.narrowing
        return {
            "mode": self.mode,
            "type": narrowing.type,
            "issuer": narrowing.issuer,
            "base": narrowing.base,
            "words": narrowing.words or None,
            "group": self.grouping,
            "sort": self.sort,
        }

    @property
    def command(self) -> list[str]:
        """The words of the command, without the day."""
        named = {name: value for name, value in self.parameters.items() if name != "mode"}
        return ["legislation", f"--unfounded={self.mode}", *options_of(named)]


@dataclass(frozen=True)
class RestingQuestion:
    """Who rests on an act, of one kind (by its slug) and of one institution where these are given."""

    act: str
    kind: str | None = None
    institution: str | None = None

    @property
    def parameters(self) -> dict[str, str | None]:
        """By the names of the parameters."""
        return {"kind": self.kind, "institution": self.institution}

    @property
    def command(self) -> list[str]:
        """The words of the command, without the day."""
        return ["legislation", self.act, "--part=resting", *options_of(self.parameters)]


@dataclass(frozen=True)
class TextQuestion:
    """The text of an act, or its provisions that hold some words."""

    act: str
    words: str = ""

    @property
    def parameters(self) -> dict[str, str | None]:
        """By the names of the parameters."""
        return {"words": self.words or None}

    @property
    def command(self) -> list[str]:
        """The words of the command, without the day."""
        return ["legislation", self.act, "--part=text", *options_of(self.parameters)]


def options_of(parameters: Mapping[str, str | None]) -> list[str]:
    """Parameters as options of a command, those that say nothing left out; a value may begin with a dash."""
    return [f"--{name.replace('_', '-')}={value}" for name, value in parameters.items() if value]
