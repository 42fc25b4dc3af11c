"""How the service and a worker speak: a head in JSON with the length of what follows, then the bytes themselves."""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">II")


def write(stream: BinaryIO, head: Mapping[str, Any], content: bytes = b"") -> None:
    """One message, sent at once."""
    told = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(told), len(content)))
    stream.write(told)
    stream.write(content)
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next message; EOFError when the other side is gone."""
    lengths = _exactly(stream, _LENGTHS.size)
    of_head, of_content = _LENGTHS.unpack(lengths)
    return json.loads(_exactly(stream, of_head)), _exactly(stream, of_content)


def _exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content
