"""A made-up state: the same bytes each time, as many of everything as the scale says, shaped like a real one."""

import csv
import hashlib
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from conftest import AUTHOR

from kaysis_graph import clock, quality, text
from kaysis_graph.errors import Invalid
from kaysis_graph.generation import words
from kaysis_graph.generation.act_layout import ActLayout
from kaysis_graph.generation.sizes import StateSize
from kaysis_graph.generation.state_files import WrittenFile, state_files, write_state
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.quality import rules
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import map_folder

SMALLEST, SMALL = 0.001, 0.01
# Of all files of the smallest state with the usual seed, one after the other by name.
DIGEST = "a53cc519feed55cb2ec63cd63c8a6f6ad55f3c5c6075b01b2d10bf7ac7d10660"
LETTERS = "abcçdefgğhıijklmnoöprsştuüvyzâîû"
Rows = list[dict[str, str]]


def written(folder: Path, scale: float, seed: int = 7) -> list[WrittenFile]:
    told: list[WrittenFile] = []
    write_state(folder, scale, seed, told.append)
    return told


def digest(folder: Path) -> str:
    held = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        held.update(path.name.encode() + path.read_bytes())
    return held.hexdigest()


def rows(folder: Path, name: str) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def smallest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "smallest"
    written(folder, SMALLEST)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "small"
    written(folder, SMALL)
    return folder


def test_the_same_scale_and_seed_give_the_same_bytes_everywhere(smallest: Path, tmp_path: Path) -> None:
    written(tmp_path / "again", SMALLEST)
    assert digest(smallest) == digest(tmp_path / "again") == DIGEST


def test_another_seed_gives_another_state_of_the_same_size(smallest: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other", SMALLEST, seed=8)
    assert digest(tmp_path / "other") != DIGEST
    records = {"organisations", "services", "documents", "legislation", "data_elements"}
    assert all(file.rows == len(rows(smallest, file.path.stem)) for file in other if file.path.stem in records)


def test_there_are_as_many_of_everything_as_the_scale_says(small: Path) -> None:
    counts = {name: len(rows(small, name)) for name in ("organisations", "services", "documents", "legislation")}
    assert counts == {"organisations": 3_000, "services": 1_000, "documents": 200, "legislation": 2_000}
    assert len(rows(small, "data_elements")) == 600
    whole = StateSize.of_scale(1)
    assert (whole.provinces, whole.districts, whole.ministries, whole.municipalities) == (81, 973, 17, 1_377)
    assert StateSize.of_scale(10).units == 3_000_000


@pytest.mark.parametrize("scale", [0.0009, 10.5, 0, -1])
def test_a_scale_out_of_bounds_is_refused(scale: float) -> None:
    with pytest.raises(Invalid) as refused:
        state_files(scale, 7)
    assert refused.value.problems[0].rule == "generation.scale"


def test_every_kind_and_every_edge_of_the_schema_is_there(small: Path, kinds: Schema) -> None:
    maps = [tomllib.loads(path.read_text(encoding="utf-8")) for path in small.glob("*.toml")]
    made = {record["kind"] for one in maps for record in one.get("record", ())}
    joined = {edge["type"] for one in maps for edge in one.get("edge", ())}
    assert made == set(kinds.kinds)
    assert joined == set(kinds.edge_types)
    marked = [record["fields"]["source"] for one in maps for record in one.get("record", ())]
    assert all("uydurma" in source for source in marked)


def test_names_are_unlike_and_have_every_letter_of_turkish(small: Path) -> None:
    titles = [row["ad"] for row in rows(small, "legislation")]
    assert len(set(titles)) == len(titles)
    assert len({row["sayı"] for row in rows(small, "legislation")}) == len(titles)
    assert len({words.place_name(number) for number in range(81 + 973)}) == 81 + 973
    used = set(text.lower("".join(titles + [row["ad"] for row in rows(small, "organisations")])))
    assert set(LETTERS) <= used


def test_the_tree_is_as_deep_as_a_real_one_and_leads_to_institutions(small: Path) -> None:
    above = {row["birim"]: row["üst birim"] for row in rows(small, "organisation_ties") if not row["ikinci"]}
    categories = {row["numara"]: row["kategori"] for row in rows(small, "organisations")}
    depths = []
    for unit in above:
        way = [unit]
        while way[-1] in above:
            way.append(above[way[-1]])
            assert len(way) < 20, "a circle"
        assert not categories[way[-1]].endswith("unit")
        depths.append(len(way) - 1)
    assert max(depths) >= 4
    children = Counter(above.values())
    assert max(children.values()) > 40


def test_units_move_are_renamed_and_merge_over_thirty_years(small: Path) -> None:
    units = {row["numara"]: row for row in rows(small, "organisations")}
    closed = {number for number, row in units.items() if row["kapanış"]}
    followed = [row for row in units.values() if row["yerine geçen"]]
    assert len(closed) > 100
    assert all(row["yerine geçen"] or row["not"] for row in units.values() if row["kapanış"])
    assert len(followed) > 80
    assert not {row["yerine geçen"] for row in followed} & closed
    assert len([row for row in units.values() if row["önceki ad"]]) > 100
    spells = defaultdict(list)
    for row in rows(small, "organisation_ties"):
        if not row["ikinci"]:
            spells[row["birim"]].append((row["başlangıç"], row["bitiş"], row["üst birim"]))
    moved = [sorted(held) for held in spells.values() if len(held) > 1]
    assert len(moved) > 100
    assert all(first[1] == second[0] and first[2] != second[2] for first, second in moved)
    days = [row["kapanış"] for row in units.values() if row["kapanış"]]
    assert (min(days)[:3], max(days)[:3]) == ("200", "202")


def test_the_same_service_is_offered_in_every_district_by_its_own_unit(small: Path) -> None:
    offered = defaultdict(list)
    for row in rows(small, "services"):
        offered[row["ad"], row["dosya planı"]].append(row["sunan"])
    size = StateSize.of_scale(SMALL)
    most = max(offered.values(), key=len)
    assert len(most) >= size.districts
    assert len(set(most)) == len(most)


def test_most_institutions_offer_few_services_and_some_very_many(small: Path) -> None:
    above = {row["birim"]: row["üst birim"] for row in rows(small, "organisation_ties") if not row["ikinci"]}
    counts = Counter(above.get(row["sunan"], row["sunan"]) for row in rows(small, "services")).most_common()
    assert counts[0][1] > 10 * counts[len(counts) // 2][1]


def test_documents_are_used_by_a_power_law(small: Path) -> None:
    used = Counter(row["istenen"] for row in rows(small, "service_requirements") if row["istenen"][:4] == "dbys")
    (_, most), *_ = used.most_common()
    assert most > 8 * sorted(used.values())[len(used) // 2]
    made = {row["ürün"] for row in rows(small, "service_products")}
    assert len(used.keys() - made) < len(used) // 20


def test_acts_have_hubs_and_long_chains(small: Path) -> None:
    bases = [
        (row["mevzuat"], row["hedef"]) for row in rows(small, "legislation_relations") if row["ilişki"] == "BASED_ON"
    ]
    hub, directly = Counter(target.partition(".")[0] for _, target in bases).most_common(1)[0]
    assert directly > len(rows(small, "legislation")) * 8 // 100
    assert hub.startswith("kanun-")
    above = defaultdict(list)
    for act, basis in bases:
        above[act].append(basis.partition(".")[0])
    depth: dict[str, int] = {}
    for act in (row["kimlik"] for row in rows(small, "legislation")):
        # Acts rest on earlier ones, which come before them.
        depth[act] = 1 + max((depth[basis] for basis in above[act]), default=-1)
    assert max(depth.values()) >= 60


def test_repealed_acts_end_when_they_are_repealed_and_repeals_follow_each_other() -> None:
    acts = ActLayout(StateSize.of_scale(SMALL))
    repealed = {act: later for act in range(acts.count) if (later := acts.repealed_by(act)) is not None}
    assert len(repealed) > acts.count // 12
    assert all(acts.repeals(later) == act and act < later for act, later in repealed.items())
    assert any(later in repealed for later in repealed.values())
    assert all(acts.in_force(act, acts.count) not in repealed for act in repealed)


def test_the_smallest_state_comes_in_whole_and_breaks_no_rule(store: Store, kinds: Schema, smallest: Path) -> None:
    source = map_folder.source_of_folder(kinds, smallest)
    report = import_files.run(store, kinds, source, AUTHOR)
    assert (report.status, report.errors, report.warnings) == ("written", 0, 0)
    size = StateSize.of_scale(SMALLEST)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    counts = graph.follower.current.counts()
    assert counts["Organisation"] == size.units
    assert counts["Legislation"] == size.acts
    assert counts["Service"] == size.services
    found = quality.ask.of(graph, clock.today(), rules.chosen(severity="warning"))
    assert [(flaw.rule, flaw.record.id) for flaw in found.rows] == []
    graph.follower.end()
    again = import_files.check(store, kinds, source, AUTHOR)
    assert (again.records.new, again.edges.new, again.records.changed, again.edges.changed) == (0, 0, 0, 0)
