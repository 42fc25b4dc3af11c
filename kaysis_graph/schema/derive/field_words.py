"""What the types of fields are called in pages and messages."""

from collections.abc import Mapping

from kaysis_graph.schema.definitions import Label

TYPES: Mapping[str, Label] = {
    "text": Label("tek satır metin", "one line of text"),
    "prose": Label("metin", "text"),
    "flag": Label("evet / hayır", "yes or no"),
    "integer": Label("tam sayı", "whole number"),
    "date": Label("tarih (YYYY-AA-GG)", "date (YYYY-MM-DD)"),
    "code": Label("kod", "code"),
    "link": Label("adres (https://…)", "address (https://…)"),
    "iri": Label("IRI", "IRI"),
    "wording": Label("metin@dil", "text@language"),
    "duration": Label("süre: {min, max, unit, is_working, text}", "duration: {min, max, unit, is_working, text}"),
}
LANGUAGES_OF_TEXTS: Mapping[str, Label] = {
    "tr": Label("Türkçe metin", "text in Turkish"),
    "en": Label("İngilizce metin", "text in English"),
}
