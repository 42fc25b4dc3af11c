"""What a request costs beyond its answer, and how the service holds when fifty read and one writes."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2

_READERS = 50


@dataclass(frozen=True)
class Pressure:
    """Requests a second, with the median and the slowest hundredth in milliseconds, and what went wrong."""

    readers: int
    per_second: float
    median_ms: float
    p99_ms: float
    errors: int
    writes: int


def raw_requests(address: str, seconds: float, *, is_known: bool = False) -> tuple[float, float]:
    """One connection that asks the same again and again: requests a second, and the median in milliseconds.

    `is_known` asks as somebody who has the answer already, which must be a 304. Spoken over a bare socket, since a
    client library takes longer than the service does.
    """
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    lines = [f"GET {path} HTTP/1.1", f"Host: {parts.netloc}"]
    spent = []
    with socket.create_connection((parts.hostname or "", parts.port or 80)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        status = b" 200 "
        if is_known:
            # The tag of an answer to these headers and no others: what is accepted is a part of it.
            connection.sendall(_as_bytes(lines))
            tag = next(line for line in _read_answer(connection) if line.lower().startswith(b"etag:"))
            lines.append(f"If-None-Match: {tag[5:].strip().decode()}")
            status = b" 304 "
        asked = _as_bytes(lines)
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            begun = time.perf_counter()
            connection.sendall(asked)
            head = _read_answer(connection)
            spent.append(time.perf_counter() - begun)
            assert status in head[0], head[0]
    return len(spent) / sum(spent), statistics.median(spent) * 1_000


def under_pressure(base: str, addresses: Sequence[str], seconds: float, write: Callable[[], None] | None) -> Pressure:
    """Fifty readers, each with a connection of its own, going round the addresses, while one writer commits if any."""
    spent: list[float] = []
    errors = [0]
    writes = [0]
    ended = threading.Event()
    lock = threading.Lock()

    def read(number: int) -> None:
        own: list[float] = []
        failed = 0
        with httpx2.Client(base_url=base, timeout=60) as client:
            turn = number
            while not ended.is_set():
                begun = time.perf_counter()
                try:
                    failed += client.get(addresses[turn % len(addresses)]).is_error
                except httpx2.HTTPError:
                    failed += 1
                own.append(time.perf_counter() - begun)
                turn += 1
        with lock:
            spent.extend(own)
            errors[0] += failed

    def keep_writing() -> None:
        while write is not None and not ended.is_set():
            write()
            writes[0] += 1
            ended.wait(0.1)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(_READERS)]
    threads.append(threading.Thread(target=keep_writing))
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    ended.set()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    slow = sorted(spent)
    p99 = slow[min(len(slow) - 1, len(slow) * 99 // 100)]
    return Pressure(_READERS, len(spent) / took, statistics.median(spent) * 1_000, p99 * 1_000, errors[0], writes[0])


def _as_bytes(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _read_answer(connection: socket.socket) -> list[bytes]:
    """Reads one answer to its end, as its headers tell it; gives the lines of its head."""
    held = b""
    while b"\r\n\r\n" not in held:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError
        held += part
    head, _, body = held.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65_536)
    return head.split(b"\r\n")
