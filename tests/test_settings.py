"""The environment is read once, and what cannot be in it is named."""

from pathlib import Path

import pytest

from kaysis_graph import settings
from kaysis_graph.errors import SettingError
from kaysis_graph.messages import LANGUAGES


def test_an_empty_environment_means_the_embedded_engine_on_the_usual_port() -> None:
    read = settings.read({})
    assert (read.graph_url, read.port, read.language, read.cors_origins) == (None, 8000, "tr", ("*",))
    assert settings.read({"PORT": "", "KAYSIS_GRAPH_URL": ""}) == read


def test_a_password_file_keeps_its_blanks_and_loses_its_line_end(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(" secret \n", encoding="utf-8")
    assert settings.read({"KAYSIS_GRAPH_PASSWORD_FILE": str(file)}).graph_password == " secret "


def test_origins_are_told_apart_by_commas() -> None:
    read = settings.read({"KAYSIS_CORS_ORIGINS": "https://a.example, https://b.example,"})
    assert read.cors_origins == ("https://a.example", "https://b.example")


def test_a_password_file_that_an_editor_marked_is_read_without_the_mark(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes(b"\xef\xbb\xbfsecret\r\n")
    assert settings.read({"KAYSIS_GRAPH_PASSWORD_FILE": str(file)}).graph_password == "secret"


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"", "settings.password_file_empty"), ("gizli-şifre".encode("utf-16"), "settings.password_file_not_text")],
)
def test_a_password_file_without_a_password_is_told_and_nothing_of_it_repeated(
    tmp_path: Path, content: bytes, key: str
) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    with pytest.raises(SettingError) as refused:
        settings.read({"KAYSIS_GRAPH_PASSWORD_FILE": str(file)})
    assert refused.value.key == key
    for language in LANGUAGES:
        assert str(file) in refused.value.text(language)
        assert "gizli" not in refused.value.text(language) + str(refused.value.hint(language))


@pytest.mark.parametrize("url", ["neo4j://neo4j:hidden@127.0.0.1:7687", "neo4j:hidden@127.0.0.1", "bolt://hidden@h"])
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        settings.read({"KAYSIS_GRAPH_URL": url})
    for language in LANGUAGES:
        said = refused.value.text(language) + str(refused.value.hint(language))
        assert "hidden" not in said
        assert "KAYSIS_GRAPH_PASSWORD_FILE" in said


@pytest.mark.parametrize(
    "environment",
    [{"PORT": "http"}, {"PORT": "-1"}, {"PORT": "65536"}, {"PORT": "８０"}, {"KAYSIS_GRAPH_PASSWORD_FILE": "/nowhere"}],
)
def test_what_cannot_be_is_named_with_a_way_out(environment: dict[str, str]) -> None:
    with pytest.raises(SettingError) as refused:
        settings.read(environment)
    for language in LANGUAGES:
        assert next(iter(environment)) in refused.value.text(language)
        assert refused.value.hint(language)


def test_sites_that_may_embed_the_explorer_are_named_by_their_origins() -> None:
    assert settings.read({}).embed_origins == ()
    read = settings.read(
        {"KAYSIS_EMBED_ORIGINS": "https://portal.example, http://localhost:8080,https://*.gov.example"}
    )
    assert read.embed_origins == ("https://portal.example", "http://localhost:8080", "https://*.gov.example")


@pytest.mark.parametrize(
    "origin", ["*", "portal.example", "https://portal.example/", "https://a b", "'none'", "https://a;b"]
)
def test_what_is_no_origin_may_not_embed_anything(origin: str) -> None:
    with pytest.raises(SettingError) as refused:
        settings.read({"KAYSIS_EMBED_ORIGINS": origin})
    assert origin in refused.value.text("en")
    assert refused.value.hint("tr")
