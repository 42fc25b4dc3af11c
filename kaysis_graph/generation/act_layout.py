"""Which act is which: forty to a round, from the law to the board decision, in the order of their days.

Whatever is asked of an act follows from its number, so that none has to be kept: its day, its type, who issues it,
whether it was repealed and when.
"""

from dataclasses import dataclass
from typing import Final

from kaysis_graph.generation.days import FIRST_ACT, REFORM, TODAY, written_day, year_of
from kaysis_graph.generation.sizes import StateSize

ROUND: Final = 40
LAW, DECREE, CHAINED, REGULATIONS = 0, 1, range(2, 4), range(4, 8)
UNIVERSITY_REGULATIONS, COMMUNIQUES, CIRCULARS = range(8, 11), range(11, 15), range(15, 17)
DIRECTIVES, PRINCIPLES, BOARD_DECISIONS, RARE = range(17, 32), range(32, 38), range(38, 39), 39
CHAIN: Final = 61
"""How many acts a chain has in which each rests on the one before: sixty steps."""
# The acts of the first rounds are those that much rests on: they last.
_LASTING_ROUNDS = 9
# An act is in force three days after it was adopted, or a little later.
_ADOPTED_BEFORE = 5
_FIRST_NUMBER = 100_000
# The first gazette of a made-up state; there is one a day.
_FIRST_GAZETTE = 18_600


@dataclass(frozen=True)
class ActType:
    """What an act is called in identifiers, and its code."""

    prefix: str
    code: str


_FIXED: Final = {
    **dict.fromkeys(REGULATIONS, ActType("yonetmelik", "regulation")),
    **dict.fromkeys(UNIVERSITY_REGULATIONS, ActType("unyonetmelik", "university_regulation")),
    **dict.fromkeys(COMMUNIQUES, ActType("teblig", "communique")),
    **dict.fromkeys(CIRCULARS, ActType("genelge", "circular")),
    **dict.fromkeys(DIRECTIVES, ActType("yonerge", "directive")),
    **dict.fromkeys(PRINCIPLES, ActType("esaslar", "principles")),
    **dict.fromkeys(BOARD_DECISIONS, ActType("karar", "board_decision")),
}
_BEFORE_REFORM: Final = {
    DECREE: ActType("khk", "decree_law"),
    RARE: ActType("tuzuk", "bylaw"),
    **dict.fromkeys(CHAINED, ActType("bkk", "council_of_ministers_decision")),
}
_SINCE_REFORM: Final = {
    DECREE: ActType("cbk", "presidential_decree"),
    RARE: ActType("andlasma", "treaty"),
    **dict.fromkeys(CHAINED, ActType("cbkarari", "presidential_decision")),
}
_NUMBERED_THROUGH: Final = frozenset({"anayasa", "kanun", "khk", "cbk"})
_WITHOUT_GAZETTE: Final = frozenset({*CIRCULARS, *DIRECTIVES, *PRINCIPLES, *BOARD_DECISIONS})


class ActLayout:
    """The acts of a state of a size by their number, counted from the constitution, which is 0."""

    def __init__(self, size: StateSize) -> None:
        """Takes the count of acts from the size."""
        self.count = size.acts
        self.rounds = -(-size.acts // ROUND)

    def day(self, act: int) -> int:
        """The day on which the act is published and in force."""
        return FIRST_ACT + act * (TODAY - FIRST_ACT) // self.count

    def type_of(self, act: int) -> ActType:
        """What kind of act it is."""
        sort = act % ROUND
        if sort == LAW:
            return ActType("kanun", "law") if act else ActType("anayasa", "constitution")
        changing = _BEFORE_REFORM if self.day(act) < REFORM else _SINCE_REFORM
        return changing[sort] if sort in changing else _FIXED[sort]

    def number(self, act: int) -> str:
        """The number people know the act by; no two acts share one."""
        if self.type_of(act).prefix in _NUMBERED_THROUGH:
            return str(_FIRST_NUMBER + act)
        return f"{year_of(self.day(act))}/{_FIRST_NUMBER + act}"

    def identifier(self, act: int) -> str:
        """The identifier of the act."""
        return f"{self.type_of(act).prefix}-{self.number(act).replace('/', '-')}"

    def adopted_on(self, act: int) -> str:
        """The day of adoption, which lies before that of publication."""
        return written_day(self.day(act) - _ADOPTED_BEFORE)

    def gazette_number(self, act: int) -> int | None:
        """The number of the gazette; None for acts that institutions keep to themselves."""
        if act % ROUND in _WITHOUT_GAZETTE:
            return None
        return _FIRST_GAZETTE + self.day(act) - FIRST_ACT

    def repealed_by(self, act: int) -> int | None:
        """The act that repeals this one as a whole; it may be repealed itself in turn."""
        turn, sort = divmod(act, ROUND)
        if turn < _LASTING_ROUNDS or turn % 2 == 0 or turn % 3 == 0 or sort in CHAINED:
            return None
        later = (2 * turn + 1) * ROUND + sort
        return later if later < self.count else None

    def repeals(self, act: int) -> int | None:
        """The act that this one repeals as a whole."""
        turn, sort = divmod(act, ROUND)
        earlier = (turn - 1) // 2 * ROUND + sort
        return earlier if turn % 2 and 0 < earlier < act and self.repealed_by(earlier) == act else None

    def in_force(self, act: int, when: int) -> int:
        """The act, or what had taken its place when the act `when` was issued."""
        while (later := self.repealed_by(act)) is not None and later < when:
            act = later
        return act

    def law(self, number: int) -> int:
        """The law of a number, counted from the constitution, which is 0."""
        return number % self.rounds * ROUND

    def end(self, act: int) -> str:
        """The day the act ended; empty while it is in force."""
        later = self.repealed_by(act)
        return "" if later is None else written_day(self.day(later))

    def article_count(self, act: int) -> int:
        """How many articles of it are recorded; 0 for acts that are recorded as a whole."""
        turn, sort = divmod(act, ROUND)
        if sort == LAW:
            return 60 if turn < _LASTING_ROUNDS else 4 + turn * 37 % 15
        return 5 if sort == DECREE else 0

    def article(self, act: int, number: int) -> str:
        """The identifier of an article, or of the act where articles are not recorded."""
        count = self.article_count(act)
        return f"{self.identifier(act)}.m{1 + number % count}" if count else self.identifier(act)
