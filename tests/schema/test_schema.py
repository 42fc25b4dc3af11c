"""The schema of the project holds together, and a mistake in `ontology/` is refused with its file and key."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kaysis_graph import files, schema
from kaysis_graph.errors import SchemaError
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import constraints
from kaysis_graph.schema.fieldtypes import Duration

Broken = Callable[[str, str, str], SchemaError]


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    """The error of a copy of `ontology/` in which one text of one file was replaced."""

    def error_of(file: str, old: str, new: str) -> SchemaError:
        folder = tmp_path / "ontology"
        shutil.copytree(files.ONTOLOGY, folder)
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(SchemaError) as refused:
            schema.read(folder)
        return refused.value

    return error_of


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("kinds/service.toml", 'name = "Service"', 'nom = "Service"', "nom"),
        ("kinds/service.toml", 'name = "Service"', 'name = "service"', "name"),
        ("kinds/service.toml", 'name = "Service"', "name = 5", "name"),
        ("kinds/service.toml", "[fields.file_plan_code]", "[fields.filePlanCode]", "fields.filePlanCode"),
        ("kinds/service.toml", "[fields.file_plan_code]", "[fields.changes]", "fields.changes"),
        ("kinds/service.toml", "[fields.file_plan_code]", "[fields.earlier_code]", "fields.earlier_code"),
        ("kinds/service.toml", "[fields.file_plan_code]", "[fields.search_text]", "fields.search_text"),
        ("kinds/service.toml", 'type = "text"', 'type = "string"', "fields.file_plan_code.type"),
        ("kinds/service.toml", "searched = true", "serched = true", "fields.file_plan_code.serched"),
        ("kinds/service.toml", "searched = true", 'searched = "yes"', "fields.file_plan_code.searched"),
        ("kinds/service.toml", 'codes = "service_importance"', 'codes = "importance"', "fields.importance.codes"),
        ("kinds/service.toml", 'codes = "service_importance"\n', "", "fields.importance"),
        ("kinds/service.toml", "many = true", "many = true\ndated = true", "fields.beneficiaries"),
        ("kinds/service.toml", 'type = "PROVIDED_BY"', 'type = "GIVEN_BY"', "edges.provided_by.type"),
        ("kinds/service.toml", 'to = ["Organisation"]', 'to = ["Office"]', "edges.provided_by.to"),
        ("kinds/service.toml", 'to = ["Organisation"]', 'to = "Organisation"', "edges.provided_by.to"),
        ("kinds/service.toml", 'type = "PRODUCES"', 'type = "REQUIRES"', "edges"),
        ("kinds/service.toml", 'id_example = "heys-41001"', 'id_example = "41001"', "id_example"),
        ("kinds/service.toml", 'label = { tr = "Hizmet", en = "Service" }', 'label = { tr = "Hizmet" }', "label.en"),
        ("kinds/service.toml", 'tr = "Hizmet", en', 'de = "Dienst", en', "label.de"),
        ("kinds/place.toml", "most = 1", 'most = "one"', "edges.part_of.most"),
        ("kinds/place.toml", "most = 1", "most = 1\nleest = 1", "edges.part_of.leest"),
        ("kinds/legislation.toml", "dated = true", 'type = "prose"', "fields.title.type"),
        ("kinds/place.toml", "most = 1", "most = 0", "edges.part_of"),
        ("kinds/place.toml", "most = 1", "most = 1\nleast = 2", "edges.part_of"),
        ("kinds/place.toml", 'to = ["Place"]', "to = [5]", "edges.part_of.to"),
        ("kinds/place.toml", 'to = ["Place"]', 'to = ["Place", "Place"]', "edges.part_of.to"),
        ("kinds/place.toml", 'name = "Place"', 'name = "Change"', "name"),
        ("kinds/place.toml", 'name = "Place"', 'name = "Organisation"', "name"),
        ("kinds/place.toml", "|(ulke", "|((ulke", "id_pattern"),
        ("kinds/place.toml", "[fields.number]", "[fields]\ncolour = 5\n[fields.number]", "fields.colour"),
        ("kinds/service.toml", "requires.fields.copies]", "requires.fields.to]", "edges.requires.fields.to"),
        ("kinds/service.toml", '"carrier"', '"carrier"\ndated = true', "edges.requires.fields.carried_by"),
        ("codes/carrier.toml", "label =", "lable =", "lable"),
        ("codes/carrier.toml", "[entries]", '[entries]\nBy-Hand = { tr = "a", en = "b" }', "entries.By-Hand"),
        ("codes/carrier.toml", "[entries]", '[entries]\nby_hand = { tr = "a" }', "entries.by_hand.en"),
        ("codes/carrier.toml", "[entries]", '[entries]\nx = { tr = "a", en = "b", mark = [] }', "entries.x.mark"),
        ("vocabulary.toml", "[types.BASED_ON]", "[types.based_on]", "types.based_on"),
        ("codes/carrier.toml", "[entries]", '[entries]\nx = { tr = "a", en = "b", marks = "m" }', "entries.x.marks"),
        ("codes/carrier.toml", "[entries]", "[entries]\nx = 5", "entries.x"),
        ("vocabulary.toml", "[types.BASED_ON]", "[types]\nX = 5\n[types.BASED_ON]", "types.X"),
        ("vocabulary.toml", "[types.BASED_ON]", "[kinds]\n[types.BASED_ON]", "kinds"),
        ("vocabulary.toml", 'rdf = "dct:hasPart"', 'rdf = "part"', "types.CONTAINS.rdf"),
        ("vocabulary.toml", 'version = "1.0"', "version = 1.0", "vocabulary.version"),
        ("kinds/service.toml", "offered =", "given =", "rdf_when.given"),
        ("kinds/service.toml", "cpsv:PublicService", "cpsv2:PublicService", "rdf_when.offered"),
        ("kinds/place.toml", 'name = "Place"', 'name = "Edge"', "name"),
        # One name is one property of the vocabulary, so it means one thing on every kind and edge.
        ("kinds/place.toml", "[fields.population]", "[fields.part_of]", "fields.part_of"),
        ("kinds/service.toml", "[fields.yearly_transactions]", "[fields.phone]", "fields.phone"),
        ("kinds/service.toml", "requires.fields.copies]", "requires.fields.tie]", "edges.requires.fields.tie"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_file_and_key(broken: Broken, file: str, old: str, new: str, key: str) -> None:
    error = broken(file, old, new)
    assert error.values["file"] == Path(file).name
    assert error.values.get("key") == key
    assert error.text("tr")


def test_two_kinds_cannot_share_an_identifier(broken: Broken) -> None:
    error = broken("kinds/service.toml", "id_pattern = 'heys-[0-9]{1,9}'", "id_pattern = '[a-z]+-[0-9]+'")
    assert error.values["key"] == "id_pattern"
    assert "Service" in error.text("en")


@pytest.mark.parametrize("file", ["kinds/service.toml", "codes/carrier.toml", "vocabulary.toml"])
def test_a_file_that_is_no_toml_is_named(broken: Broken, file: str) -> None:
    error = broken(file, "=", "= =")
    assert error.key == "schema.unreadable"
    assert error.values["file"] == Path(file).name


def test_kinds_are_found_by_name_and_by_slug(kinds: Schema) -> None:
    assert kinds.kind("DataElement") is kinds.kind("data_element")
    assert kinds.kind("castle") is None


def test_the_kinds_and_edges_the_project_is_known_by_are_there(kinds: Schema) -> None:
    assert {"Organisation", "Legislation", "Provision", "Service", "Document"} <= set(kinds.kinds)
    assert {"BASED_ON", "REPEALS", "REQUIRES", "PRODUCES", "PART_OF"} <= set(kinds.edge_types)


def test_every_edge_type_is_used_and_every_code_list_too(kinds: Schema) -> None:
    edges = [edge for kind in kinds.kinds.values() for edge in kind.edges.values()]
    assert {edge.type for edge in edges} == set(kinds.edge_types)
    fields = [field for kind in kinds.kinds.values() for field in kind.fields.values()]
    fields += [field for edge in edges for field in edge.fields.values()]
    # Durations name their units themselves.
    assert set(kinds.codes) - {field.codes for field in fields} <= {"duration_unit"}


def test_durations_know_the_units_of_their_list(kinds: Schema) -> None:
    units = Duration.model_json_schema()["properties"]["unit"]["anyOf"][0]["enum"]
    assert units == list(kinds.codes["duration_unit"].entries)


def test_a_code_has_its_label_in_both_languages_and_an_unknown_one_is_said_as_it_is(kinds: Schema) -> None:
    assert kinds.label_of_code("legislation_type", "law", "tr") == "Kanun"
    assert kinds.label_of_code("legislation_type", "law", "en") == "Law"
    assert kinds.label_of_code("legislation_type", "edict", "tr") == "edict"
    assert "ministry" in kinds.codes["organisation_category"].marked("institution")


def test_constraints_and_indexes_may_be_run_again_and_again(kinds: Schema) -> None:
    statements = constraints.statements(kinds)
    assert len(set(statements)) == len(statements)
    assert all("IF NOT EXISTS" in statement or "IF EXISTS" in statement for statement in statements)
