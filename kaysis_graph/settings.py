"""What the environment says: where the graph is, where data lies, which language people read."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from kaysis_graph import clock, publication
from kaysis_graph.errors import SettingError
from kaysis_graph.messages import Language
from kaysis_graph.publication import NOTHING_SAID, Publication

_HIGHEST_PORT = 65_535
_MOST = 86_400
# A scheme, a host and perhaps a port, as a browser writes an origin; `https://*.example` stands for all hosts under it.
_BASE = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*")
_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Settings:
    """The environment, read once at the start and handed down.

    `graph_url` absent means the embedded engine, with its data under `home`. The sites of `embed_origins` may show
    the explorer inside their pages. All IRIs begin with
    `public_base`, where the world reaches this service. Without `is_linked` no copy is kept for SPARQL; one query takes
    `sparql_seconds` at most, and `sparql_workers` run at once, as many as there are cores when nothing is said.
    `host` is the address of this machine that is listened on: loopback alone, unless another is said. `publication` is
    what other catalogues are told of this one.
    """

    home: Path
    graph_url: str | None
    graph_database: str | None
    graph_user: str
    graph_password: str | None
    port: int
    language: Language
    cors_origins: tuple[str, ...]
    embed_origins: tuple[str, ...] = ()
    public_base: str | None = None
    is_linked: bool = True
    sparql_seconds: float = 60.0
    sparql_workers: int | None = None
    publication: Publication = NOTHING_SAID
    host: str = "127.0.0.1"

    @property
    def base(self) -> str:
        """What all IRIs begin with, without a slash at its end: this machine when nothing else is said."""
        return self.public_base or f"http://{bracketed(self.host)}:{self.port}"

    @property
    def base_path(self) -> str:
        """The path of the base, `/kaysis` of `https://veri.kurum.gov.tr/kaysis`; empty for the root of a host."""
        return urlsplit(self.base).path


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment; a password file (`KAYSIS_GRAPH_PASSWORD_FILE`) is read here and now.

    SettingError for a time zone, a port, a count, an origin or a base that is none, a password in an address, and
    a file that cannot be read.
    """
    home = environment.get("KAYSIS_HOME")
    clock.zone(environment)
    return Settings(
        home=Path(home).expanduser() if home else platformdirs.user_data_path("kaysis-graph"),
        graph_url=_graph_url(environment.get("KAYSIS_GRAPH_URL", "")),
        graph_database=environment.get("KAYSIS_GRAPH_DATABASE") or None,
        graph_user=environment.get("KAYSIS_GRAPH_USER", "neo4j"),
        graph_password=_password(environment),
        port=_port(environment.get("PORT") or "8000"),
        language="en" if environment.get("KAYSIS_LANGUAGE") == "en" else "tr",
        cors_origins=_listed(environment.get("KAYSIS_CORS_ORIGINS", "*")),
        embed_origins=_origins(environment.get("KAYSIS_EMBED_ORIGINS", "")),
        public_base=_base(environment.get("KAYSIS_BASE", "")),
        is_linked=environment.get("KAYSIS_LINKED", "on") != "off",
        sparql_seconds=_count(environment, "KAYSIS_SPARQL_SECONDS") or 60,
        sparql_workers=_count(environment, "KAYSIS_SPARQL_WORKERS"),
        publication=_publication(environment.get("KAYSIS_CATALOGUE", "")),
    )


def _graph_url(said: str) -> str | None:
    # Addresses stand in messages, logs and lists of processes; a password must not, and is not repeated here either.
    if "@" in said:
        raise SettingError("settings.log_in_in_url")
    return said.strip() or None


def bracketed(host: str) -> str:
    """An address of a machine as it stands in a URL: one of IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def checked_host(said: str) -> str:
    """An address that can be listened on; SettingError for what is none."""
    try:
        return str(ipaddress.ip_address(said.strip("[]")))
    except ValueError as error:
        raise SettingError("settings.not_a_host", value=said) from error


def _listed(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(",") if part.strip())


def _origins(said: str) -> tuple[str, ...]:
    origins = _listed(said)
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingError("settings.not_an_origin", value=origin)
    return origins


def _count(environment: Mapping[str, str], name: str) -> int | None:
    said = environment.get(name) or ""
    if not said:
        return None
    if said.isascii() and said.isdecimal() and 0 < int(said) <= _MOST:
        return int(said)
    raise SettingError("settings.not_a_count", name=name, value=said, most=_MOST)


def _base(said: str) -> str | None:
    base = said.strip().rstrip("/")
    if base and not _BASE.fullmatch(base):
        raise SettingError("settings.not_a_base", value=said)
    return base or None


def _publication(file: str) -> Publication:
    return publication.read(Path(file).expanduser()) if file else NOTHING_SAID


def _password(environment: Mapping[str, str]) -> str | None:
    file = environment.get("KAYSIS_GRAPH_PASSWORD_FILE")
    if not file:
        return environment.get("KAYSIS_GRAPH_PASSWORD") or None
    try:
        # Editors put a mark before the text and a line end behind it; a blank may belong to the password.
        password = Path(file).read_text(encoding="utf-8-sig").rstrip("\r\n")
    except OSError as error:
        raise SettingError("settings.no_password_file", file=file, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise SettingError("settings.password_file_not_text", file=file) from error
    if not password:
        raise SettingError("settings.password_file_empty", file=file)
    return password


def _port(said: str) -> int:
    if said.isascii() and said.isdecimal() and int(said) <= _HIGHEST_PORT:
        return int(said)
    raise SettingError("settings.not_a_port", value=said, most=_HIGHEST_PORT)


VERSION = version("kaysis-graph")
