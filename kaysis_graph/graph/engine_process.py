"""The embedded engine as seen from outside: its folder, its lock, and how to start, find and stop its process.

The process belongs to nobody: the service and the command line start it when it is not there, join it when it is,
and leave it running. Its folder is readable by its owner only, and so is the password that lies in it.
"""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, answer_challenge, deliver_challenge
from pathlib import Path
from typing import IO

from kaysis_graph.errors import EngineDown

LOOPBACK = "127.0.0.1"
DATABASE = "kaysis"

# Exit statuses of the process: another engine has the folder; this machine has no such engine.
TAKEN, UNFIT = 3, 4

# guess: an empty engine is up in 2 s; the rest is for reading back a long log after a crash.
_SECONDS_TO_START = 180
_SECONDS_TO_STOP = 120
# Making a search index over 380,000 records takes under a minute.
_SECONDS_TO_ANSWER = 600
_LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Running:
    """An engine that answered: where it listens, since when (seconds of the epoch), and its release."""

    pid: int
    bolt_port: int
    control_port: int
    started: float
    release: str


@dataclass(frozen=True)
class EngineFiles:
    """The files of the embedded engine under a home."""

    home: Path

    @property
    def folder(self) -> Path:
        """Everything of the engine but its log, for the owner's eyes only."""
        return self.home / "engine"

    @property
    def log(self) -> Path:
        """The log of the engine, of about its last two runs."""
        return self.home / "engine.log"

    @property
    def lock(self) -> Path:
        """Held by the engine while it lives."""
        return self.folder / "lock"

    @property
    def state_file(self) -> Path:
        """Written by the engine when it is ready, removed when it stops; a killed one leaves it behind."""
        return self.folder / "state.json"

    @property
    def password_file(self) -> Path:
        """The engine's password, made at its first start."""
        return self.folder / "password"

    def make(self) -> None:
        """Make the folder and the password where they are missing."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.folder.chmod(0o700)
            with contextlib.suppress(FileExistsError):
                self._make_password()
        except OSError as error:
            raise EngineDown("engines.home_not_writable", home=self.home, reason=error.strerror) from error

    def _make_password(self) -> None:
        """Two starts at once agree on one password: it appears whole, and only once."""
        if self.password_file.exists():
            return
        mine = self.folder / f"password-{os.getpid()}-{secrets.token_hex(4)}"
        mine.touch(mode=0o600, exist_ok=False)
        mine.write_text(secrets.token_urlsafe(32), encoding="ascii")
        try:
            os.link(mine, self.password_file)
            # A lost password is replaced: without its file of users the engine takes the new one.
            (self.folder / "config" / "server-users.jsonl").unlink(missing_ok=True)
        finally:
            mine.unlink()

    def password(self) -> str:
        """The password, as made at the first start."""
        return self.password_file.read_text(encoding="ascii")

    def secret(self) -> bytes:
        """The password, as the control connection takes it."""
        return self.password().encode("ascii")

    def state(self) -> dict[str, float]:
        """What the last engine wrote, living or not; nothing when there was none."""
        try:
            state: dict[str, float] = json.loads(self.state_file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return state

    def write_state(self, **state: float) -> None:
        """Say where the engine listens; a reader sees all of it or nothing."""
        new = self.state_file.with_suffix(".new")
        new.write_text(json.dumps(state), encoding="utf-8")
        new.replace(self.state_file)


def hold_lock(path: Path, patience: float) -> IO[bytes] | None:
    """The open file whose lock is ours until it is closed or the process ends, or None when another has it."""
    until = time.monotonic() + patience
    file = path.open("ab")
    while not _lock(file):
        if time.monotonic() >= until:
            file.close()
            return None
        time.sleep(0.02)
    return file


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows alone has it

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - Windows alone has it not

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_held(place: EngineFiles) -> bool:
    """Whether an engine lives on the folder, ready or not."""
    if not place.lock.exists():
        return False
    lock = hold_lock(place.lock, patience=0)
    if lock is None:
        return True
    lock.close()
    return False


def find(place: EngineFiles) -> Running | None:
    """The engine that runs on the folder and answers, or None: there is none, or it is not ready yet."""
    state = place.state()
    if not state or not is_held(place):
        return None
    try:
        answer = ask(place, int(state["control_port"]), "hello")
    except (OSError, EOFError, AuthenticationError, KeyError):
        return None
    if answer.get("pid") != state["pid"]:
        return None
    return Running(
        pid=int(state["pid"]),
        bolt_port=int(state["bolt_port"]),
        control_port=int(state["control_port"]),
        started=state["started"],
        release=str(answer["release"]),
    )


def start(place: EngineFiles) -> Running:
    """The engine of the folder: the one that runs, or a new one; of several starts at once one wins, all join it."""
    place.make()
    running = find(place)
    process: subprocess.Popen[bytes] | None = None
    until = time.monotonic() + _SECONDS_TO_START
    while running is None:
        status = process.poll() if process else None
        if process is None or status == TAKEN:
            if not is_held(place):
                process = _spawn(place)
        elif status is not None:
            key = "engines.no_wheel" if status == UNFIT else "engines.start_failed"
            raise EngineDown(key, log=place.log, last=_last_line(place.log))
        if time.monotonic() > until:
            raise EngineDown("engines.start_slow", log=place.log, seconds=_SECONDS_TO_START)
        time.sleep(0.05)
        running = find(place)
    return running


def _spawn(place: EngineFiles) -> subprocess.Popen[bytes]:
    """A new engine process, in a session of its own: it outlives this process and its terminal."""
    if place.log.exists() and place.log.stat().st_size > _LOG_BYTES:
        place.log.replace(place.log.with_suffix(".log.1"))
    place.log.touch(mode=0o600)
    package = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    with place.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-u", "-m", "kaysis_graph.graph.embedded", str(place.home.resolve())],
            cwd=place.folder,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    # Collects the exit status whenever it comes, so that a stopped engine is not left as a zombie of ours.
    threading.Thread(target=process.wait, daemon=True).start()
    return process


def _last_line(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")
    return ""


def stop(place: EngineFiles) -> bool:
    """End the engine of the folder and wait until its database is closed; False when none runs."""
    until = time.monotonic() + _SECONDS_TO_STOP
    told = False
    while is_held(place):
        running = None if told else find(place)
        if running is not None:
            with contextlib.suppress(OSError, EOFError):
                ask(place, running.control_port, "stop")
            told = True
        if time.monotonic() > until:
            raise EngineDown(
                "engines.stop_failed", log=place.log, seconds=_SECONDS_TO_STOP, pid=place.state().get("pid", "?")
            )
        time.sleep(0.05)
    return told


def ask(place: EngineFiles, control_port: int, asked: str, **given: str) -> Mapping[str, object]:
    """The engine's answer over its control connection; both ends prove that they can read the password file."""
    connection: Connection
    with Client((LOOPBACK, control_port)) as connection:
        with socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM) as same:
            # Proof and question leave one after the other; unsent until the first is acknowledged, that took 44 ms.
            same.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # guess: a living engine greets in milliseconds, a stopped or hung one never does.
        if not connection.poll(10):
            raise TimeoutError
        answer_challenge(connection, place.secret())
        deliver_challenge(connection, place.secret())
        connection.send_bytes(json.dumps({"asked": asked, **given}).encode())
        if not connection.poll(_SECONDS_TO_ANSWER):
            raise TimeoutError
        answer: dict[str, object] = json.loads(connection.recv_bytes())
    return answer
