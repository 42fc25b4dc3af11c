# ruff: noqa: T201, TID251 - a program for developers, which speaks to a server of its own
"""A real Neo4j server for tests, put together from Maven artefacts.

    python tests/neo4j_server.py start [--release 5.26|current]
    python tests/neo4j_server.py stop  [--release 5.26|current]

It lies under `.engines/` of the project, listens on this machine only, and needs Maven once and a fitting Java.
"""

import argparse
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

ENGINES = Path(__file__).resolve().parents[1] / ".engines"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Release:
    name: str
    version: str
    java: int
    main_class: str
    java_options: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        return ENGINES / f"neo4j-{self.version}"

    @property
    def is_assembled(self) -> bool:
        return (self.folder / "assembled").exists()


RELEASES = {
    "5.26": Release("5.26", "5.26.26", 17, "org.neo4j.server.CommunityEntryPoint"),
    "current": Release(
        "current",
        "2026.09.0",
        21,
        "org.neo4j.server.Neo4jCommunity",
        ("--add-opens=java.base/java.nio=ALL-UNNAMED",),
    ),
}

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>neo4j-server</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
    <dependency>
      <groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version>
    </dependency>
  </dependencies>
</project>
"""

CONFIGURATION = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.max_size=768m
server.memory.pagecache.size=128m
"""


@dataclass(frozen=True)
class Running:
    release: Release
    pid: int
    url: str
    password: str


class Unfit(Exception):
    """This machine lacks what the server needs; the text says what."""


def java_for(release: Release) -> Path:
    """The oldest Java of the machine that the release runs on."""
    fitting = [found for found in _javas() if found[0] >= release.java]
    if not fitting:
        raise Unfit(
            f"Neo4j {release.version} needs Java {release.java} or later (looked at JAVA_HOME, PATH, /usr/lib/jvm)"
        )
    return min(fitting)[1]


@cache
def _javas() -> tuple[tuple[int, Path], ...]:
    homes = [Path(value) for name, value in os.environ.items() if name.startswith("JAVA_HOME") and value]
    homes += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    programs = [home / "bin" / "java" for home in homes]
    on_path = shutil.which("java")
    programs += [Path(on_path)] if on_path else []
    found: dict[Path, int] = {}
    for program in programs:
        if not program.is_file() or program.resolve() in found:
            continue
        said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
        version = re.search(r'version "(\d+)', said)
        if version:
            found[program.resolve()] = int(version[1])
    return tuple((version, program) for program, version in found.items())


def assemble(release: Release) -> None:
    """Copy the server's jars through Maven, once."""
    if release.is_assembled:
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise Unfit("Maven (mvn) is not installed; it fetches the Neo4j server")
    release.folder.mkdir(parents=True, exist_ok=True)
    (release.folder / "pom.xml").write_text(POM.format(version=release.version))
    done = subprocess.run(
        [
            *(maven, "-q", "-B", "dependency:copy-dependencies"),
            *(f"-DoutputDirectory={release.folder / 'lib'}", "-DincludeScope=runtime"),
        ],
        cwd=release.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unfit(f"Maven could not fetch Neo4j {release.version}:\n{(done.stdout + done.stderr)[-2000:]}")
    (release.folder / "assembled").touch()


def start(release: Release, home: Path | None = None) -> Running:
    """A server of the release, ready to be asked; data and logs under `home`, empty when that is new."""
    java = java_for(release)
    assemble(release)
    home = home or release.folder / "home"
    running = find(release, home)
    if running:
        return running
    (home / "conf").mkdir(parents=True, exist_ok=True)
    port = _free_port()
    (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port))
    with (home / "console.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *(
                    str(java),
                    "-Xmx768m",
                    *release.java_options,
                    "-cp",
                    f"{release.folder / 'lib'}/*",
                    release.main_class,
                ),
                *(f"--home-dir={home}", f"--config-dir={home / 'conf'}"),
            ],
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    url = f"bolt://{LOOPBACK}:{port}"
    password_file = home / "password"
    known = password_file.read_text() if password_file.exists() else None
    password = known or secrets.token_urlsafe(16)
    try:
        _wait(process, url, known or "neo4j", home)
        if known is None:
            with neo4j.GraphDatabase.driver(url, auth=("neo4j", "neo4j")) as driver:
                statement = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
                driver.execute_query(statement, password=password, database_="system")
            password_file.touch(mode=0o600)
            password_file.write_text(password)
    except BaseException:
        process.kill()
        process.wait()
        raise
    # The process goes on by itself: without this, the end of this program would warn about it.
    process.returncode = 0
    (home / "running.json").write_text(json.dumps({"pid": process.pid, "url": url}))
    return Running(release, process.pid, url, password)


def _wait(process: "subprocess.Popen[bytes]", url: str, password: str, home: Path) -> None:
    until = time.monotonic() + 120
    while not _listens(url) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    with neo4j.GraphDatabase.driver(url, auth=("neo4j", password), connection_timeout=2) as driver:
        while True:
            try:
                # The default database accepts log-ins that must change their password only on `system`.
                driver.execute_query("SHOW DEFAULT DATABASE YIELD name", database_="system")
            except (DriverError, Neo4jError) as error:
                if isinstance(error, Neo4jError) and (error.code or "").endswith("CredentialsExpired"):
                    return
                if process.poll() is not None or time.monotonic() > until:
                    raise Unfit(f"Neo4j did not start; see {home / 'console.log'}") from error
                time.sleep(0.2)
            else:
                return


def _listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, int(url.rpartition(":")[2]))) == 0


def find(release: Release, home: Path | None = None) -> Running | None:
    """The server that runs on the home, or None."""
    home = home or release.folder / "home"
    try:
        state = json.loads((home / "running.json").read_text())
        os.kill(state["pid"], 0)
        password = (home / "password").read_text()
        with neo4j.GraphDatabase.driver(state["url"], auth=("neo4j", password), connection_timeout=2) as driver:
            driver.verify_connectivity()
    except (OSError, ValueError, DriverError, Neo4jError):
        return None
    return Running(release, state["pid"], state["url"], password)


def stop(running: Running) -> None:
    """End the server and wait until it is gone."""
    until = time.monotonic() + 60
    os.kill(running.pid, signal.SIGTERM)
    while time.monotonic() < until and _is_alive(running.pid):
        time.sleep(0.1)


def kill(running: Running) -> None:
    """End the server at once, for data nobody wants: closing it properly takes 6 to 12 s."""
    os.kill(running.pid, signal.SIGKILL)
    while _is_alive(running.pid):
        time.sleep(0.02)


def _is_alive(pid: int) -> bool:
    try:
        # Our own ended child stays as a zombie until it is waited for; another's child cannot be waited for.
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description="A real Neo4j server for tests, under .engines/")
    parser.add_argument("work", choices=("start", "stop", "fits", "assemble"))
    parser.add_argument("--release", choices=tuple(RELEASES), default="5.26")
    asked = parser.parse_args()
    release = RELEASES[asked.release]
    if asked.work == "fits":
        try:
            java_for(release)
        except Unfit as error:
            sys.exit(str(error))
        return
    if asked.work == "stop":
        running = find(release)
        if running is None:
            sys.exit(f"Neo4j {release.version} does not run.")
        stop(running)
        return
    try:
        if asked.work == "assemble":
            assemble(release)
            return
        running = start(release)
    except Unfit as error:
        sys.exit(str(error))
    print(f"Neo4j {release.version} runs (process {running.pid}). To use it:\n")
    print(f"export KAYSIS_GRAPH_URL={running.url}")
    print("export KAYSIS_GRAPH_USER=neo4j")
    print(f"export KAYSIS_GRAPH_PASSWORD={running.password}")


if __name__ == "__main__":
    main()
