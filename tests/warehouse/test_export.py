"""Releases: every table in three formats, whole, with comments, checksums and no formula that runs."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_notice, make_task
from warehouse import export as exporting
from warehouse import release_files
from warehouse.dictionary import INTERNAL, describe
from warehouse.errors import NothingPublished, WarehouseError
from warehouse.export import Release, export
from warehouse.load import load
from warehouse.publish import publish

NOW = datetime(2023, 5, 10, 20, 0, tzinfo=UTC)  # the 11th in Beijing
FORMULA = '=HYPERLINK("https://x.example","+")'


@pytest.fixture
def released(settings: Settings) -> Release:
    tasks = [make_task(1, FORMULA, lead=["市财政局", "市司法局"], due=["2023-12-31"])]
    notice = make_notice("表格\x0b与公式", tasks, text="长" * 40_000, written_on="2023-03-30")
    Batch("a", at(0)).notice("https://x.example/1", notice).ended().write(settings)
    Batch("b", at(30)).notice("https://x.example/2", make_notice("后一份")).ended().write(settings)
    load(settings)
    publish(settings)
    return export(settings, ["parquet", "csv", "xlsx"], now=lambda: NOW)


def test_every_table_and_view_is_there_in_every_format(released: Release) -> None:
    names = {table.name for table in describe()} - INTERNAL
    for kind in ("parquet", "csv", "xlsx"):
        assert {path.stem for path in (released.folder / kind).iterdir()} == names


def test_the_folder_is_dated_in_beijing_time_and_numbered(released: Release) -> None:
    assert released.folder.name == "release-2023-05-11-000001"


def test_the_manifest_holds_true_sums_and_counts(released: Release) -> None:
    manifest = json.loads((released.folder / "manifest.json").read_text("utf-8"))
    sums = dict(
        reversed(line.split("  "))
        for line in (released.folder / "SHA256SUMS").read_text("utf-8").splitlines()
    )
    assert manifest["publish_no"] == 1
    for file in manifest["files"]:
        data = (released.folder / file["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"] == sums[file["path"]]
        assert len(data) == file["bytes"]
    rows = {(file["table"], file["format"]): file["rows"] for file in manifest["files"]}
    assert rows["notices", "parquet"] == rows["notices", "csv"] == rows["notices", "xlsx"] == 2


def test_parquet_holds_types_and_comments(released: Release) -> None:
    table = pq.read_table(released.folder / "parquet" / "tasks.parquet")
    assert table.column("lead_units").to_pylist() == [["市财政局", "市司法局"]]
    assert table.column("due_on").to_pylist() == [date(2023, 12, 31)]
    assert table.schema.metadata[b"comment"].decode().startswith("任务：")
    assert table.schema.field("lead_units").metadata[b"comment"].decode().startswith("牵头单位，列表，照印")
    comments = json.loads(table.schema.metadata[b"column_comments"])
    assert set(comments) == set(table.schema.names)
    footer = pq.ParquetFile(released.folder / "parquet" / "tasks.parquet").metadata
    assert footer.row_group(0).column(0).compression == "ZSTD"


def test_csv_begins_with_a_mark_and_runs_no_formula(released: Release) -> None:
    path = released.folder / "csv" / "tasks.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["text"] == "'" + FORMULA
    assert row["lead_units"] == "市财政局；市司法局"
    assert row["first_seen_at"] == "2023-04-03 14:00:00"


def test_xlsx_has_chinese_heads_and_texts_instead_of_formulas(released: Release) -> None:
    sheet = load_workbook(released.folder / "xlsx" / "tasks.xlsx").active
    assert sheet is not None
    head, row = sheet.iter_rows()
    cells = {str(one.value): two for one, two in zip(head, row, strict=True)}
    assert cells["任务全文"].value == FORMULA
    assert cells["任务全文"].data_type == "s"
    assert cells["牵头单位"].value == "市财政局；市司法局"
    assert cells["最早的完成时限"].value == datetime(2023, 12, 31)  # noqa: DTZ001


def test_xlsx_says_where_a_text_is_too_long_for_a_cell(released: Release) -> None:
    sheet = load_workbook(released.folder / "xlsx" / "notices.xlsx").active
    assert sheet is not None
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(text.endswith("全文见 Parquet 或 CSV）") and len(text) == 32_767 for text in texts)
    assert "表格与公式" in texts  # the control sign that XML cannot hold is gone
    assert [file.cut_cells for file in released.files if file.path == "xlsx/notices.xlsx"] == [1]


def test_heads_are_unique_in_every_table() -> None:
    from warehouse.release_files import headers

    for table in describe():
        assert len(set(headers(table))) == len(table.columns), table.name


def test_since_keeps_what_changed_since(settings: Settings, released: Release) -> None:
    release = export(settings, ["csv"], since=date(2023, 5, 1), now=lambda: NOW)
    rows = {file.table: file.rows for file in release.files}
    assert (rows["notices"], rows["documents"], rows["tasks"], rows["portal_runs"], rows["portals"]) == (
        1,
        1,
        0,
        1,
        1,
    )
    assert release.folder.name.endswith("-since-2023-05-01")


def test_a_release_made_again_replaces_its_equal(settings: Settings, released: Release) -> None:
    again = export(settings, ["csv"], now=lambda: NOW)
    assert again.folder == released.folder
    assert not (again.folder / "xlsx").exists()
    assert [path.name for path in again.folder.parent.iterdir()] == [again.folder.name]


def test_a_folder_that_is_no_release_is_left_alone(settings: Settings, released: Release) -> None:
    (released.folder / "manifest.json").unlink()
    with pytest.raises(WarehouseError, match="is no release"):
        export(settings, ["csv"], now=lambda: NOW)


def test_before_publication_there_is_nothing_to_export(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NothingPublished):
        export(settings, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_is_named_with_those_that_are_known(settings: Settings, released: Release) -> None:
    with pytest.raises(WarehouseError, match="pdf: no such format; these are known: parquet, csv, xlsx"):
        export(settings, ["csv", "pdf"], now=lambda: NOW)


@pytest.mark.parametrize(("room", "fits"), [(2, False), (3, True)])
def test_a_table_with_more_rows_than_a_sheet_is_named_and_no_half_release_is_left(
    settings: Settings, released: Release, monkeypatch: pytest.MonkeyPatch, room: int, fits: bool
) -> None:
    """Two notices and a head need three rows."""
    monkeypatch.setattr(release_files, "SHEET_ROWS", room)
    monkeypatch.setattr(exporting, "INTERNAL", {table.name for table in describe()} - {"notices"})
    out = released.folder.parent.parent / "small"
    if fits:
        assert [file.rows for file in export(settings, ["xlsx"], out=out).files] == [2]
        return
    with pytest.raises(WarehouseError, match=r"notices has more rows .* Remedy: --since, or Parquet or CSV"):
        export(settings, ["xlsx"], out=out)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x"]
)
def test_whatever_a_spreadsheet_would_run_begins_with_an_apostrophe(tmp_path: Path, text: str) -> None:
    with duckdb.connect() as connection:
        relation = connection.sql("select $text as a, 'a=' as b, -1 as c", params={"text": text})
        release_files.write_csv(relation, describe()[0], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["a", "b", "c"], ["'" + text, "a=", "-1"]]


@pytest.mark.parametrize(
    ("length", "cut"), [(release_files.CELL_LENGTH, 0), (release_files.CELL_LENGTH + 1, 1)]
)
def test_a_text_that_just_fits_a_cell_is_whole(tmp_path: Path, length: int, cut: int) -> None:
    with duckdb.connect() as connection:
        relation = connection.sql(f"select repeat('x', {length}) as a")
        assert release_files.write_xlsx(relation, describe()[0], tmp_path / "a.xlsx") == (1, cut)
