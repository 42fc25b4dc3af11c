"""What the environment says: where the graph is, where data lies, which language people read."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from kaysis_graph.messages import Language


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
    """The settings of an environment; a password file (`KAYSIS_GRAPH_PASSWORD_FILE`) is read here and now."""
    password_file = environment.get("KAYSIS_GRAPH_PASSWORD_FILE")
    password = (
        Path(password_file).read_text(encoding="utf-8").strip()
        if password_file
        else environment.get("KAYSIS_GRAPH_PASSWORD")
    )
    home = environment.get("KAYSIS_HOME")
    return Settings(
        home=Path(home).expanduser() if home else platformdirs.user_data_path("kaysis-graph"),
        graph_url=environment.get("KAYSIS_GRAPH_URL") or None,
        graph_database=environment.get("KAYSIS_GRAPH_DATABASE") or None,
        graph_user=environment.get("KAYSIS_GRAPH_USER", "neo4j"),
        graph_password=password,
        port=int(environment.get("PORT", "8000")),
        language="en" if environment.get("KAYSIS_LANGUAGE") == "en" else "tr",
        cors_origins=tuple(environment.get("KAYSIS_CORS_ORIGINS", "*").split(",")),
    )
