"""The exports to files: nothing lost, nothing that runs, numbers as numbers."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from dataset_samples import BIG, HOSTILE, LONG, documents, write_dataset

from pipeline.cli import main
from pipeline.store import partitions
from pipeline.store.code_tables import PROVINCES
from pipeline.store.exports import TARGETS, Job, target_of, to_xlsx
from pipeline.store.exports.job import PUBLISHED
from pipeline.store.exports.to_sdmx_csv import ATTRIBUTES, DIMENSIONS, code
from pipeline.store.package import DESCRIBED
from pipeline.store.reading import DatasetError, plain, read_rows
from pipeline.store.tables import DOCUMENTS, OBSERVATIONS, SERIES, TABLES

_OFFICE, _TABLE = (f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "table"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("dataset"))


def exported(dataset: Path, target: str, place: Path, **options: str) -> Path:
    """The export made by the command, as a user makes it."""
    named = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
    done = CliRunner().invoke(main, ["export", str(dataset), "--to", target, "--out", str(place), *named])
    assert done.exit_code == 0, done.output
    assert str(place) in done.output
    return place


def rows_of_csv(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


def test_rows_are_read_back_as_they_were_written(dataset: Path) -> None:
    written = [row for rows in documents() for row in rows["observations"]]
    assert [row for rows in read_rows(dataset, OBSERVATIONS) for row in rows] == written
    [provinces] = read_rows(dataset, PROVINCES)
    assert len(provinces) == 97
    assert (provinces[0]["valid_from"], provinces[0]["valid_to"]) == (date(2025, 7, 1), None)
    [errors] = read_rows(dataset, PUBLISHED[-1])
    assert [row["path"] for row in errors] == ["=b.pdf"]


@pytest.mark.parametrize(
    ("value", "same"), [("84.840000000", "84.84"), ("1000", "1000"), ("0E-9", "0"), ("-0.000000001", "-1E-9")]
)
def test_decimals_lose_only_the_zeros_of_their_column(value: str, same: str) -> None:
    found = plain(Decimal(value))
    assert (found, found.as_tuple()) == (Decimal(same), Decimal(same).as_tuple())


@pytest.mark.parametrize("missing", ["observations.parquet", "provinces.csv"])
def test_a_folder_without_a_dataset_is_told_so(tmp_path: Path, missing: str) -> None:
    write_dataset(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(DatasetError, match=f"{missing} is missing"):
        [list(read_rows(tmp_path, table)) for table in PUBLISHED]
    done = CliRunner().invoke(main, ["export", str(tmp_path), "--to", "csv", "--out", str(tmp_path / "csv")])
    assert (done.exit_code, "holds no dataset" in done.output) == (2, True)
    assert list((tmp_path / "csv").glob("*")) == []


def test_a_dataset_of_another_version_is_told_so(tmp_path: Path) -> None:
    write_dataset(tmp_path)
    table = pq.read_table(tmp_path / "series.parquet").drop_columns(["agreement"])
    pq.write_table(table, tmp_path / "series.parquet")
    with pytest.raises(DatasetError, match="other columns"):
        list(read_rows(tmp_path, SERIES))


@pytest.mark.parametrize(("documents", "digits"), [(4096, 1), (0.1, 2)])
def test_partitions_together_are_the_tables(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, documents: float, digits: int
) -> None:
    import pyarrow.dataset as ds

    monkeypatch.setattr(partitions, "_DOCUMENTS_A_PARTITION", documents)
    (tmp_path / "tables" / "observations").mkdir(parents=True)  # what is there is replaced
    folder = exported(dataset, "partitioned", tmp_path / "tables")
    made = folder.stat().st_ino
    assert exported(dataset, "partitioned", tmp_path / "tables").stat().st_ino == made
    for table in (OBSERVATIONS, DOCUMENTS, SERIES):
        whole = pq.read_table(dataset / f"{table.name}.parquet")
        parts = ds.dataset(folder / table.name, partitioning="hive").to_table()
        assert parts.select(whole.column_names).to_pylist() == whole.to_pylist()
        if table is not SERIES:
            keys = {file.name.removeprefix("doc=") for file in (folder / table.name).iterdir()}
            assert {len(key) for key in keys} == {digits}
    assert not list(tmp_path.glob(".*"))


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(dataset: Path, tmp_path: Path) -> None:
    folder = exported(dataset, "csv", tmp_path / "csv")
    assert sorted(file.stem for file in folder.iterdir()) == sorted(table.name for table in PUBLISHED)
    for file in folder.iterdir():
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), file
        for row in rows_of_csv(file):
            assert not [cell for cell in row.values() if cell and cell[0] in "=+@\t\r"], file
            assert not [cell for cell in row.values() if cell.startswith("-") and not is_number(cell)], file
    quotes = {row["quote"] for row in rows_of_csv(folder / "observations.csv")}
    assert {"'" + text for text in HOSTILE[:6] if not is_number(text)} <= quotes
    assert HOSTILE[6] in quotes


def is_number(cell: str) -> bool:
    try:
        return Decimal(cell.rstrip("%").replace(",", ".")).is_finite()
    except ArithmeticError:
        return False


def test_parquet_holds_the_same_rows_and_the_code_lists(dataset: Path, tmp_path: Path) -> None:
    folder = exported(dataset, "parquet", tmp_path / "parquet")
    for table in TABLES:
        assert pq.read_table(folder / f"{table.name}.parquet").equals(pq.read_table(dataset / f"{table.name}.parquet"))
    provinces = pq.read_table(folder / "provinces.parquet")
    assert (provinces.num_rows, provinces.schema.field("name").metadata[b"title_vi"].decode()) == (97, "Tên")


def test_the_package_stands_by_itself_and_is_valid(dataset: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = exported(dataset, "datapackage", tmp_path / "package")
    names = {f"{table.name}.csv" for table in DESCRIBED} | {"datapackage.json", "README.md"}
    assert {file.name for file in folder.iterdir()} == names
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["type", "fieldName", "note"]) == []


@pytest.fixture(scope="module")
def workbook(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("xlsx") / "so-lieu.xlsx"
    return exported(dataset, "xlsx", place, base_url="https://solieu.example/")


def test_the_workbook_has_titles_filters_frozen_headings_and_values_of_their_types(workbook: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == [*(table.vi for table in PUBLISHED), "Mô tả"]
    sheet = book["Số liệu"]
    assert [cell.value for cell in sheet[1]] == [column.vi for column in OBSERVATIONS.columns]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:AH{sheet.max_row}")
    rows = [dict(zip(OBSERVATIONS.names, cells, strict=True)) for cells in sheet.iter_rows(min_row=2)]
    values = {row["obs_id"].value: row["value"] for row in rows}
    assert (values["hostile-0"].value, values["hostile-0"].data_type) == (int(BIG), "n")
    assert (values["hostile-2"].value, values["hostile-2"].number_format) == (-2.91, "#,##0.00")
    assert (values["hostile-3"].value, values["hostile-3"].number_format) == (1e-9, "#,##0.000000000")
    first = rows[0]
    assert (first["period_start"].value, first["period_start"].number_format) == (datetime(2020, 1, 1), "dd/mm/yyyy")
    assert first["char_start"].data_type == first["confidence"].data_type == "n"
    written = {row["obs_id"]: row["value"] for some in documents() for row in some["observations"]}
    assert {name: Decimal(str(cell.value)) for name, cell in values.items()} == written


def test_a_number_that_excel_would_round_is_a_text(workbook: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(workbook)["Số liệu"]
    [cell] = [
        row[OBSERVATIONS.names.index("value")] for row in sheet.iter_rows(min_row=2) if row[0].value == "hostile-1"
    ]
    assert (cell.value, cell.data_type) == (str(LONG), "s")


def test_no_text_of_the_workbook_is_a_formula_or_a_link_of_its_own(workbook: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    unescape = pytest.importorskip("openpyxl.utils.escape").unescape
    book = openpyxl.load_workbook(workbook)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    targets = {cell.hyperlink.target for cell in cells if cell.hyperlink}
    ids = {str(row["doc_id"]) for some in documents() for row in some["documents"]}
    assert targets == {f"https://solieu.example/documents/{doc_id}" for doc_id in ids}
    by_text = {unescape(str(cell.value)).rstrip(" "): cell for cell in cells}
    for text in HOSTILE:
        assert (by_text[text].data_type, bool(by_text[text].quotePrefix)) == ("s", text[0] in "=+-@\t\r"), text


def test_more_rows_than_a_sheet_holds_go_on_a_next_one(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(to_xlsx, "MOST_ROWS", 5)
    monkeypatch.setattr(to_xlsx, "MOST_LINKS", 2)
    to_xlsx.export(Job(dataset, tmp_path / "small.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "small.xlsx")
    parts = [book[name] for name in ("Số liệu", "Số liệu (2)", "Số liệu (3)")]
    assert [sheet.max_row - 1 for sheet in parts] == [4, 4, 2]
    ids = [row[0].value for sheet in parts for row in sheet.iter_rows(min_row=2)]
    assert ids == [row["obs_id"] for some in documents() for row in some["observations"]]
    doc_id = OBSERVATIONS.names.index("doc_id")
    assert [bool(row[doc_id].hyperlink) for row in parts[0].iter_rows(min_row=2)] == [True, True, False, False]


def test_a_text_longer_than_a_cell_is_cut_with_a_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(to_xlsx, "MOST_CHARACTERS", 10)
    to_xlsx.export(Job(write_dataset(tmp_path), tmp_path / "short.xlsx"))
    quotes = [row[19].value for row in openpyxl.load_workbook(tmp_path / "short.xlsx")["Số liệu"].iter_rows(min_row=2)]
    assert '=HYPERLIN…' in quotes  # fmt: skip
    assert max(len(quote) for quote in quotes) == 10


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "solieu.example"])
def test_links_lead_to_web_applications_only(dataset: Path, tmp_path: Path, url: str) -> None:
    place = tmp_path / "x.xlsx"
    done = CliRunner().invoke(main, ["export", str(dataset), "--to", "xlsx", "--out", str(place), "--base-url", url])
    assert (done.exit_code, "no address of a web application" in done.output) == (2, True)
    assert not place.exists()


def test_libreoffice_reads_the_numbers_as_numbers(workbook: Path, tmp_path: Path) -> None:
    """LibreOffice opens the workbook and saves it in its own format, which says for what it takes each cell."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = next(iter(ElementTree.parse(tmp_path / "so-lieu.fods").iter(f"{{{_TABLE}}}table")))
    rows = {}
    for row in sheet.iter(f"{{{_TABLE}}}table-row"):
        cells = [cell for cell in row for _ in range(int(cell.get(f"{{{_TABLE}}}number-columns-repeated", 1)))]
        rows["".join(cells[0].itertext()).strip()] = dict(zip(OBSERVATIONS.names, cells, strict=False))
    assert not [cell for row in rows.values() for cell in row.values() if cell.get(f"{{{_TABLE}}}formula")]
    types = {name: cell.get(f"{{{_OFFICE}}}value-type") for name, cell in rows["hostile-0"].items()}
    assert {types[name] for name in ("value", "char_start", "confidence")} == {"float"}
    assert (types["period_start"], types["quote"], types["doc_id"]) == ("date", "string", "string")
    assert rows["hostile-0"]["period_start"].get(f"{{{_OFFICE}}}date-value") == "2020-01-01"
    values = {name: row["value"].get(f"{{{_OFFICE}}}value") for name, row in rows.items()}
    written = {row["obs_id"]: row["value"] for some in documents() for row in some["observations"]}
    assert values.pop("hostile-1") is None
    assert {name: Decimal(value) for name, value in values.items() if value} == {
        name: value for name, value in written.items() if name != "hostile-1"
    }
    assert ["".join(rows[f"hostile-{n}"]["quote"].itertext()).strip() for n in (0, 1, 3, 6)] == [
        HOSTILE[n] for n in (0, 1, 3, 6)
    ]


def test_sdmx_csv_is_read_by_an_sdmx_library_and_its_keys_are_unique(dataset: Path, tmp_path: Path) -> None:
    pysdmx_io = pytest.importorskip("pysdmx.io")
    place = exported(dataset, "sdmx-csv", tmp_path / "series.csv")
    [read] = pysdmx_io.read_sdmx(str(place)).data
    assert "DF_SERIES" in str(read.structure) or "SOLIEU" in str(read.structure)
    series = [row for rows in read_rows(dataset, SERIES) for row in rows]
    assert len(read.data) == len(series) == 10
    assert not read.data.duplicated(list(DIMENSIONS)).any()
    lines = rows_of_csv(place, "utf-8")
    assert tuple(lines[0]) == ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)
    [rank] = [line for line in lines if line["INDICATOR"] == "INDEX_RANK"]
    wanted = {"FREQ": "A", "INDEX": "PAR_INDEX", "REF_AREA": "VN_63_14", "SUBJECT": "_T", "TIME_PERIOD": "2020"}
    wanted |= {"OBS_VALUE": "20", "OUT_OF": "63", "OBS_STATUS": "A", "NATURE": "ACTUAL", "BASE_PERIOD": "_Z"}
    assert {name: rank[name] for name in wanted} == wanted
    for line in lines:
        for name in DIMENSIONS[:-1]:
            assert code(line[name]) == line[name] or name == "SUBJECT"


@pytest.mark.parametrize(
    ("period", "start", "end", "freq", "sdmx"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31), "A", "2020"),
        ("2021-S1", date(2021, 1, 1), date(2021, 6, 30), "S", "2021-S1"),
        ("2022-Q1", date(2022, 1, 1), date(2022, 3, 31), "Q", "2022-Q1"),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30), "M", "2021-06"),
        ("2021-06-18", date(2021, 6, 18), date(2021, 6, 18), "D", "2021-06-18"),
        ("2021-12-15/2022-06-09", date(2021, 12, 15), date(2022, 6, 9), "_O", "2021-12-15/P177D"),
    ],
)
def test_periods_are_those_of_sdmx(tmp_path: Path, period: str, start: date, end: date, freq: str, sdmx: str) -> None:
    some = documents()
    for rows in some:
        for row in rows["observations"]:
            row.update(time_period=period, period_start=start, period_end=end)
    place = exported(write_dataset(tmp_path / "data", some), "sdmx-csv", tmp_path / "s.csv")
    assert {(line["FREQ"], line["TIME_PERIOD"]) for line in rows_of_csv(place)} == {(freq, sdmx)}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("csv", "csv"),
        ("xlsx", "xlsx"),
        ("postgresql://host/db", "postgresql"),
        ("postgres://host/db", "postgresql"),
        ("postgresql", None),
        ("csv://x", None),
        ("mysql://host", None),
        ("docx", None),
    ],
)
def test_targets_are_found_by_name_or_address(name: str, found: str | None) -> None:
    target = target_of(name)
    assert (target and target.name) == found


def test_an_unknown_target_is_told_without_what_stands_in_its_address(dataset: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(dataset), "--to", "mysql://user:secret@host/db"])
    assert (done.exit_code, "no export to 'mysql'" in done.output, "secret" in done.output) == (2, True, False)


def test_every_target_is_told_by_the_command() -> None:
    told = CliRunner().invoke(main, ["export", "--help"]).output
    assert [target.name for target in TARGETS if target.name not in told] == []


def test_exports_lie_below_the_dataset_unless_told_otherwise(dataset: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(dataset), "--to", "sdmx-csv"])
    assert done.exit_code == 0, done.output
    assert (dataset / "exports" / "solieu-sdmx.csv").is_file()


def series_command(*arguments: Any) -> tuple[int, list[dict[str, str]]]:
    done = CliRunner().invoke(main, ["series", *map(str, arguments), "--format", "csv"])
    return done.exit_code, list(csv.DictReader(done.stdout.splitlines()))


def test_the_series_command_shows_sources_and_conflicts_with_a_published_table(dataset: Path, tmp_path: Path) -> None:
    table = tmp_path / "par.csv"
    table.write_text("index,year,area_regime,ref_area,score\nPAR_INDEX,2020,63,14,85.9\n", "utf-8")
    exit_code, lines = series_command(dataset, "--published", table, "--area", "63:14", "--index", "PAR_INDEX")
    assert exit_code == 0
    by_indicator = {line["indicator"]: line for line in lines}
    score = by_indicator["index.score"]
    assert (score["value"], score["agreement"]) == ("85.9 (par.csv)", "conflict, by own_report")
    assert score["others"] == "84.84 id-84,84%"
    assert by_indicator["index.rank"]["agreement"] == "single"
    _, conflicts = series_command(dataset, "--published", table, "--conflicts")
    assert [line["indicator"] for line in conflicts] == ["index.score"]


def test_the_series_command_shows_merged_provinces_side_by_side(dataset: Path, tmp_path: Path) -> None:
    table = tmp_path / "papi.csv"
    rows = ["PAPI,2024,63,02,39", "PAPI,2024,63,08,41", "PAPI,2026,34,08,40"]
    table.write_text("index,year,area_regime,ref_area,score\n" + "\n".join(rows) + "\n", "utf-8")
    options = ("--published", table, "--indicator", "index.score", "--index", "PAPI", "--area", "34:08", "--merged")
    _, lines = series_command(dataset, *options)
    heads = ("Hà Giang (63)", "Tuyên Quang (63)", "Tuyên Quang (34)")
    assert [(line["period"], *(line[head] for head in heads)) for line in lines] == [
        ("2024", "39", "41", ""),
        ("2026", "", "", "40"),
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--area", "63:99"], "no province is '63:99'"),
        (["--merged", "--area", "63:14"], "--merged is for one measure of one new province"),
        (["--published", "absent.csv"], "absent.csv cannot be read"),
    ],
)
def test_wrong_uses_of_the_series_command_are_explained(dataset: Path, options: list[str], message: str) -> None:
    done = CliRunner().invoke(main, ["series", str(dataset), *options])
    assert (done.exit_code, message in done.output) == (2, True), done.output


def test_lists_in_csv_are_json(dataset: Path) -> None:
    for row in rows_of_csv(dataset / "series.csv", "utf-8"):
        assert json.loads(row["obs_ids"]) == [row["obs_id"]]
