"""What the environment says: where the graph is, where data lies, which language people read."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kaysis_graph.errors import SettingError
from kaysis_graph.messages import Language

_HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class Settings:
    """The environment, read once at the start and handed down.

    `graph_url` absent means the embedded engine, with its data under `home`.
    """

    home: Path
    graph_url: str | None
    graph_database: str | None
    graph_user: str
    graph_password: str | None
    port: int
    language: Language
    cors_origins: tuple[str, ...]


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment; a password file (`KAYSIS_GRAPH_PASSWORD_FILE`) is read here and now.

    SettingError for a port that is none and a password file that cannot be read.
    """
    home = environment.get("KAYSIS_HOME")
    return Settings(
        home=Path(home).expanduser() if home else platformdirs.user_data_path("kaysis-graph"),
        graph_url=environment.get("KAYSIS_GRAPH_URL") or None,
        graph_database=environment.get("KAYSIS_GRAPH_DATABASE") or None,
        graph_user=environment.get("KAYSIS_GRAPH_USER", "neo4j"),
        graph_password=_password(environment),
        port=_port(environment.get("PORT") or "8000"),
        language="en" if environment.get("KAYSIS_LANGUAGE") == "en" else "tr",
        cors_origins=tuple(
            origin.strip() for origin in environment.get("KAYSIS_CORS_ORIGINS", "*").split(",") if origin.strip()
        ),
    )


def _password(environment: Mapping[str, str]) -> str | None:
    file = environment.get("KAYSIS_GRAPH_PASSWORD_FILE")
    if not file:
        return environment.get("KAYSIS_GRAPH_PASSWORD") or None
    try:
        # Editors and secret stores end the file with a line end; a blank may belong to the password.
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError("settings.no_password_file", file=file, reason=str(error)) from error


def _port(said: str) -> int:
    if said.isascii() and said.isdecimal() and int(said) <= _HIGHEST_PORT:
        return int(said)
    raise SettingError("settings.not_a_port", value=said, most=_HIGHEST_PORT)
