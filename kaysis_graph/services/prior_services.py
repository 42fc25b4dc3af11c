"""What has to be done before a service: the services that make what it asks for, and what those ask for in turn."""

from collections.abc import Iterator
from dataclasses import dataclass

from kaysis_graph.answers.answer import Thing, kind_name
from kaysis_graph.facts.makers_and_takers import makers
from kaysis_graph.facts.nearness import Origin
from kaysis_graph.graph.view import View
from kaysis_graph.services.document_sources import best_maker

# Applicants do not go further back, and papers like the identity card are asked for by nearly all services.
_DEEPEST = 4
_MOST = 40


@dataclass(frozen=True)
class Prior:
    """A service needed before another: at which step back, for what it makes, as the first of how many that make it.

    `document` is None where the service itself is required.
    """

    depth: int
    service: Thing
    needed_by: Thing
    document: Thing | None
    maker_count: int


@dataclass(frozen=True)
class _Link:
    depth: int
    service: int
    needed_by: int
    document: int | None
    maker_count: int


@dataclass(frozen=True)
class PriorServices:
    """The chain by position, waiting for names."""

    links: tuple[_Link, ...]

    def positions(self) -> set[int]:
        """The records that are named."""
        found = {end for link in self.links for end in (link.service, link.needed_by)}
        return found | {link.document for link in self.links if link.document is not None}

    def named(self, names: dict[int, Thing]) -> tuple[Prior, ...]:
        """The chain with its names."""
        return tuple(
            Prior(
                link.depth,
                names[link.service],
                names[link.needed_by],
                None if link.document is None else names[link.document],
                link.maker_count,
            )
            for link in self.links
        )


def chain(view: View, service: int, place: int | None) -> PriorServices:
    """The services needed before this one, nearest first, each once, four steps back and forty at most.

    Of a document that many services make the one is followed that fits whoever asks from the place, or from where the
    asking service is given when none is named.
    """
    links: list[_Link] = []
    seen = {service}
    documents: set[int] = set()
    front = [service]
    for depth in range(1, _DEEPEST + 1):
        following: list[int] = []
        for needed_by in front:
            required = [each for each in view.out(needed_by, "REQUIRES").tolist() if each not in documents]
            documents.update(required)
            for link in _links(view, depth, needed_by, required, place):
                if link.service not in seen:
                    seen.add(link.service)
                    links.append(link)
                    following.append(link.service)
                if len(links) == _MOST:
                    return PriorServices(tuple(links))
        front = following
    return PriorServices(tuple(links))


def _links(view: View, depth: int, needed_by: int, required: list[int], place: int | None) -> Iterator[_Link]:
    """The services that one service needs for what it requires."""
    side = view.once(makers)
    origin: Origin | None = None
    for each in required:
        if kind_name(view, each) == "Service":
            yield _Link(depth, each, needed_by, None, 1)
            continue
        if needed_by in side.service[side.rows_of(each)]:
            # Who makes it itself needs nobody before.
            continue
        if origin is None:
            origin = Origin.of(view, view.out(needed_by, "PROVIDED_BY"), place)
        found = best_maker(view, each, origin)
        if found is not None:
            yield _Link(depth, found[0], needed_by, each, found[1])
