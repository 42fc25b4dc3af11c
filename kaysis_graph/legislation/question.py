"""What is asked about legislation: of one act, or of the acts that lost their ground."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from kaysis_graph.answers.question import ARGUMENT, Called, CommandOption, Question, parameter_name
from kaysis_graph.errors import Problem
from kaysis_graph.facts.legal_basis import Relation
from kaysis_graph.legislation.amendments import Way

Direction = Literal["up", "down"]
Mode = Literal["all", "any"]
Grouping = Literal["issuer", "base", "type"]
Sort = Literal["title", "lost_on", "-lost_on", "lost"]
ChainName = Literal["repealed_by", "repealed"]

_WAYS: dict[ChainName, Way] = {"repealed_by": "of", "repealed": "by"}

ActId = Annotated[str, ARGUMENT, Field(description="An act or a provision.", examples=["kanun-5018", "kanun-5018.m9"])]
Towards = Annotated[
    Direction, Field(description="`up`: what it rests on; `down`: what rests on it.", examples=["down"])
]
Related = Annotated[Relation, Field(examples=["based_on"])]
Lost = Annotated[Mode, CommandOption("--unfounded"), Field(description="Whether all bases are lost, or any of them.")]


class ActQuestion(Question):
    """An act at a glance."""

    PAGE = "/legislation/{id}"
    API = "/api/legislation/{id}"
    COMMAND = ("legislation", "--part=overview")

    id: ActId


class DependencyQuestion(Question):
    """What an act or provision rests on (`up`) or what rests on it (`down`), to any depth.

    With another relation `up` goes along the edges (what it repealed or amended) and `down` against them (by what it
    was repealed or amended). Asked of anything that rests on legislation, a service say, `up` answers as well.
    """

    PAGE = "/legislation/{id}"
    API = "/api/legislation/{id}/dependencies"
    COMMAND = ("legislation",)
    # Without them the address is that of the act.
    ALWAYS_SAID: ClassVar[frozenset[str]] = frozenset({"direction", "relation"})

    id: ActId
    direction: Towards = "down"
    relation: Related = "based_on"
    depth: Annotated[
        Annotated[int, Field(ge=1, le=1000)] | None, Field(description="How many steps to walk; all when left out.")
    ] = None


class BranchQuestion(Question):
    """One level of the tree of an act: what rests on a text directly, or what it rests on."""

    PAGE = "/legislation/{id}"
    API = "/api/legislation/{id}/branches"
    COMMAND = ("legislation", "--depth=1")

    id: ActId
    direction: Towards = "down"
    relation: Related = "based_on"


class RepealQuestion(Question):
    """The chain of repeals of an act."""

    PAGE = "/legislation/{id}"
    API = "/api/legislation/{id}/repeals"
    COMMAND = ("legislation",)

    id: ActId
    chain: Annotated[
        ChainName | None,
        CommandOption("--part"),
        Field(description="`repealed_by`: what repealed it (when left out); `repealed`: what it repealed."),
    ] = None
    way: Annotated[
        Way | None,
        Field(description="The former name of `chain`: `of` is `repealed_by`, `by` is `repealed`.", deprecated=True),
    ] = None

    @property
    def _former(self) -> Way | None:
        """What the former name says; the attribute itself warns whoever reads it."""
        former: Way | None = vars(self)["way"]
        return former

    @property
    def wanted(self) -> Way:
        """The chain, by its name or by its former one."""
        return _WAYS[self.chain] if self.chain else self._former or "of"

    def problems(self, called: Called = parameter_name) -> list[Problem]:
        """Both names given, and saying something else."""
        if self.chain is None or self._former in (None, _WAYS[self.chain]):
            return []
        values = f"{called('chain')}={self.chain}, {called('way')}={self._former}"
        return [Problem("api.said_twice", {"parameter": called("way")}, {"name": called("chain"), "values": values})]


class ForceQuestion(Question):
    """Whether an act is in force, and why not."""

    PAGE = "/legislation/{id}"
    API = "/api/legislation/{id}/force"
    COMMAND = ("legislation", "--part=force")

    id: ActId


class RestingQuestion(Question):
    """Who rests on an act, of one kind and of one institution where these are given."""

    PAGE = "/legislation/{id}/resting"
    API = "/api/legislation/{id}/resting"
    COMMAND = ("legislation", "--part=resting")

    id: ActId
    kind: Annotated[str | None, Field(description="A kind by its slug.", examples=["service"])] = None
    institution: Annotated[
        str | None, Field(description="An institution; `none` for records of none.", examples=["99001009"])
    ] = None


class TextQuestion(Question):
    """The text of an act, or its provisions that hold some words.

    Words are compared without case and marks; each may stand inside a longer word.
    """

    PAGE = "/legislation/{id}/text"
    API = "/api/legislation/{id}/provisions"
    COMMAND = ("legislation", "--part=text")

    id: ActId
    words: Annotated[str | None, Field(description="Only provisions that hold these words.", examples=["bütçe"])] = None


class TimelineQuestion(Question):
    """The life of an act up to the day."""

    PAGE = "/legislation/{id}/timeline"
    API = "/api/legislation/{id}/timeline"
    COMMAND = ("legislation", "--part=timeline")

    id: ActId


class ForceDaysQuestion(Question):
    """What came into force and what ended around a day."""

    PAGE = "/legislation"
    API = "/api/legislation/force-days"
    COMMAND = ("legislation", "--part=days")


class UnfoundedQuestion(Question):
    """The acts in force of which all, or any, bases are no longer in force."""

    PAGE = "/legislation/unfounded"
    API = "/api/legislation/unfounded"
    COMMAND = ("legislation",)
    ALWAYS_SAID: ClassVar[frozenset[str]] = frozenset({"mode"})

    mode: Lost = "all"


class LostGroundQuestion(Question):
    """The same acts as a work list: of a type, of an issuer, that lost a base, that hold words; grouped, sorted."""

    PAGE = "/legislation/unfounded"
    API = "/api/legislation/lost-ground"
    COMMAND = ("legislation",)
    # What is counted and the order make a work list of it on the command line.
    ALWAYS_SAID: ClassVar[frozenset[str]] = frozenset({"mode", "group", "sort"})

    mode: Lost = "all"
    type: Annotated[str | None, Field(description="A type of act.", examples=["regulation"])] = None
    issuer: Annotated[str | None, Field(description="Who issued it; `none` where nobody is recorded.")] = None
    base: Annotated[
        str | None, Field(description="Only what lost this act or provision as a base, or a part of it.")
    ] = None
    words: Annotated[str | None, Field(description="Words of its name.")] = None
    group: Grouping = "issuer"
    sort: Sort = "title"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out on purpose."""
        return bool(self.type or self.issuer or self.base or self.words)
