"""Entity tags: how answers are marked, and whether a reader has one already (RFC 9110, sections 8.8.3 and 13.1.2)."""

import hashlib
import re
from collections.abc import Iterator

from starlette.datastructures import Headers

# A tag may hold commas, so a list of them cannot be cut at commas.
_TAG = re.compile(r'(?:^|,)[ \t]*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)')


def weak_tag(*parts: str, sequence: int | None = None) -> str:
    """A weak tag that changes with any of the parts, since compression gives one answer in several codings.

    With a sequence it begins with that number, for people who read headers.
    """
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=9).hexdigest()
    return f'W/"{digest}"' if sequence is None else f'W/"{sequence}-{digest}"'


def content_tag(content: bytes) -> str:
    """A weak tag of an answer that is told from its bytes alone."""
    return f'W/"{hashlib.blake2b(content, digest_size=18).hexdigest()}"'


def is_known(headers: Headers, tag: str) -> bool:
    """Whether If-None-Match names the tag. Tags are compared weakly, so `W/` says nothing here."""
    return tag.removeprefix("W/") in _tags(headers)


def is_any_known(headers: Headers) -> bool:
    """Whether If-None-Match is `*`: the reader has some representation, whichever it is, and wants none."""
    return any(value.strip() == "*" for value in headers.getlist("if-none-match"))


def _tags(headers: Headers) -> Iterator[str]:
    """The opaque parts of the tags that If-None-Match lists; what is not in quotation marks is no tag."""
    for value in headers.getlist("if-none-match"):
        yield from _TAG.findall(value)
