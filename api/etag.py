"""Entity tags: how answers are marked, and whether a reader has one already (RFC 9110, sections 8.8.3 and 13.1.2).

The rule for every answer: a tag is weak and compared weakly. It follows from the change that the graph stands at where
an answer is told from the graph, and from what is told where it is not (`content_tag`), or where the rest of the graph
would wear it out, as that of one record's data.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping

from starlette.datastructures import Headers
from starlette.responses import Response

# A tag may hold commas, so a list of them cannot be cut at commas.
_TAG = re.compile(r'(?:^|,)[ \t]*(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)')
_NOT_MODIFIED = 304


def weak_tag(*parts: str, sequence: int | None = None) -> str:
    """A weak tag that changes with any of the parts, since compression gives one answer in several codings.

    With a sequence it begins with that number, for people who read headers.
    """
    digest = hashlib.blake2b("\n".join(parts).encode(), digest_size=9).hexdigest()
    return f'W/"{digest}"' if sequence is None else f'W/"{sequence}-{digest}"'


def content_tag(content: bytes) -> str:
    """A weak tag of an answer that is told from its bytes alone."""
    return f'W/"{hashlib.blake2b(content, digest_size=18).hexdigest()}"'


def tagged(response: Response) -> Response:
    """The response with the tag of its content."""
    response.headers["ETag"] = content_tag(bytes(response.body))
    return response


def is_named(asked: Headers, tag: str) -> bool:
    """Whether If-None-Match names the tag. Tags are compared weakly, so `W/` says nothing here."""
    return tag.removeprefix("W/") in _tags(asked)


def is_known(asked: Headers, tag: str | None) -> bool:
    """Whether the reader has the answer of this tag, where it is certain that there is one.

    `*` says that the reader has some representation, whichever it is, and wants none.
    """
    takes_any = any(value.strip() == "*" for value in asked.getlist("if-none-match"))
    return takes_any or (tag is not None and is_named(asked, tag))


def unchanged(asked: Headers, headers: Mapping[str, str]) -> Response | None:
    """The answer to a reader who has what these headers belong to; None when the work must be done."""
    if not is_known(asked, headers.get("ETag")):
        return None
    return Response(status_code=_NOT_MODIFIED, headers=headers)


def _tags(asked: Headers) -> Iterator[str]:
    """The opaque parts of the tags that If-None-Match lists; what is not in quotation marks is no tag."""
    for value in asked.getlist("if-none-match"):
        yield from _TAG.findall(value)
