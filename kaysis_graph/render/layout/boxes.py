"""What stands in a box, and how much room it takes."""

from dataclasses import dataclass

from kaysis_graph.render.diagram import Lane, Node
from kaysis_graph.render.typeset import clean, wrap

TITLE_SIZE = 12.5
NOTE_SIZE = 11
LABEL_SIZE = 11
LINE_HEIGHT = 15
BADGE = 20
PADDING = 9
# In layers titles are mostly those of acts, whose last word tells what they are; in lanes every column costs.
WIDTH, LANE_WIDTH = 248, 200
LANE_HEADER = 176
_LEAST_HEIGHT = 40


@dataclass(frozen=True)
class Words:
    """The lines of a box and the size they ask for."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    width: float
    height: float


def words_of(node: Node, width: float) -> Words:
    """The title on three lines at most, the note on two; states are marked by † and the count by ×."""
    room = width - BADGE - 3 * PADDING - 4
    mark = "† " if "ended" in node.tags else ""
    lines = wrap(mark + (clean(node.title) or clean(node.id)), room, TITLE_SIZE, 3)
    notes = wrap(node.note, room, NOTE_SIZE, 2)
    height = 2 * PADDING + LINE_HEIGHT * len(lines) + (LINE_HEIGHT - 1) * len(notes)
    return Words(lines, notes, width, max(_LEAST_HEIGHT, height))


def lane_words(lane: Lane) -> Words:
    """The title of a lane on three lines at most, its note on two."""
    room = LANE_HEADER - 2 * PADDING
    lines = wrap(lane.title or lane.id, room, TITLE_SIZE, 3, bold=True)
    notes = wrap(lane.note, room, NOTE_SIZE, 2)
    height = 2 * PADDING + LINE_HEIGHT * len(lines) + (LINE_HEIGHT - 1) * len(notes)
    return Words(lines, notes, LANE_HEADER, height)
