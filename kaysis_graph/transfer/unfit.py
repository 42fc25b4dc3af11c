"""What a value that cannot be made breaks; whoever knows the row makes a Problem of it."""


class Unfit(Exception):  # a statement about the value
    """A value cannot be made: it breaks the rule, whose message takes these values."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values
