"""Publication: whole versions under new names, refused when the data are wrong, nobody's contacts in them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from crawlers.settings import Settings
from tests.warehouse.made import Batch, at, make_contact, make_notice, make_settings, make_task
from transforms.records import AttachmentRecord, LabelledValue
from warehouse import leaks
from warehouse.connect import is_published, open_file, open_published, open_work
from warehouse.errors import CannotWrite, ChecksFailed, NothingPublished, WarehouseError
from warehouse.load import load
from warehouse.publish import publish, published_versions

NAME, PHONE, MAIL = "诸葛示范", "0999-7654321", "zhugeshifan@demo.example"
TEXT = f"关于报送情况的通知\n联系人：{NAME}，电话：{PHONE}，邮箱：{MAIL}。\n请于6月30日前报送。"


def write_one(settings: Settings, day: int = 0, **values: object) -> None:
    notice = make_notice(f"第{day}号通知", [make_task(1, "推进一件事一次办。")], **values)
    Batch(f"run{day}", at(day)).notice(f"https://x.example/{day}", notice).ended().write(settings)


def test_readers_open_the_pointer_and_get_the_newest_version(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    first = publish(settings)
    with open_published(settings) as old:
        write_one(settings, 1)
        load(settings)
        assert publish(settings).number == first.number + 1
        with open_published(settings) as new:  # in the same process, while the old version is open
            assert new.execute("select count(*) from notices").fetchall() == [(2,)]
        assert old.execute("select count(*) from notices").fetchall() == [(1,)]
    assert settings.published.is_symlink()
    assert not os.path.isabs(os.readlink(settings.published))  # the data folder may be moved


def test_the_last_versions_are_kept_and_older_ones_go(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, keep_versions=2)
    write_one(settings)
    load(settings)
    numbers = [publish(settings).number for _ in range(4)]
    assert numbers == [1, 2, 3, 4]
    assert [path.name for path in published_versions(settings)] == [
        "warehouse-000003.duckdb",
        "warehouse-000004.duckdb",
    ]


def test_nothing_is_published_when_a_check_of_severity_error_fails(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    before = publish(settings).path
    with open_work(settings) as connection:
        connection.execute("insert into tasks from tasks")
    with pytest.raises(ChecksFailed, match="task_keys_are_unique") as error:
        publish(settings)
    assert "the old version stays" in str(error.value)
    assert settings.published.resolve() == before
    with open_work(settings) as connection:
        rows = connection.execute(
            "select status from check_results where check_name = 'task_keys_are_unique'"
        )
        assert rows.fetchall() == [("failed",)]


def test_a_warning_is_published_and_told(settings: Settings) -> None:
    write_one(settings, published_on="1913-05-01")
    load(settings)
    assert any("dates_are_plausible" in warning for warning in publish(settings).warnings)


def test_what_a_killed_publication_left_is_tidied_away(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    (settings.work_file.parent / "building-000001.duckdb").write_bytes(b"half a file")
    (settings.work_file.parent / "building-000001.duckdb.wal").write_bytes(b"half a log")
    publish(settings)
    assert list(settings.work_file.parent.glob("building-*")) == []


def test_a_log_beside_the_pointer_stops_publication_before_it_is_replayed(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    publish(settings)
    wal = settings.published.with_name("warehouse.duckdb.wal")
    wal.write_bytes(b"left by somebody who wrote to the published file")
    with pytest.raises(WarehouseError, match=r"warehouse\.duckdb\.wal"):
        publish(settings)
    wal.unlink()
    assert publish(settings).number == 2


def test_a_published_file_has_no_log_and_no_right_to_be_written(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    path = publish(settings).path
    assert not path.with_name(path.name + ".wal").exists()
    assert path.stat().st_mode & 0o222 == 0


def test_a_file_in_the_pointers_place_is_not_overwritten(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    settings.published.write_text("somebody's file", "utf-8")
    with pytest.raises(CannotWrite, match="not the pointer"):
        publish(settings)
    assert settings.published.read_text("utf-8") == "somebody's file"


def test_without_a_load_there_is_nothing_to_publish_or_open(settings: Settings) -> None:
    with pytest.raises(WarehouseError, match="nothing is loaded"):
        publish(settings)
    with pytest.raises(NothingPublished, match="python -m warehouse build"):
        open_published(settings)


def write_contacts(settings: Settings) -> None:
    """A notice and its later version whose contacts stand in text, task, table, attachment and field."""
    task = make_task(
        1, f"请于6月30日前报{NAME}，电话{PHONE}。", responsible=[f"市司法局（{NAME}）"], due=["2023-06-30"]
    )
    file = AttachmentRecord(
        "表.docx", "https://x.example/f", "application/x", 3, "f" * 64, text=f"填表人 {NAME}"
    )
    contacts = tuple(
        make_contact(kind, quote, TEXT) for kind, quote in (("name", NAME), ("phone", PHONE), ("mail", MAIL))
    )
    field = LabelledValue("联系电话", PHONE, "table")
    notice = make_notice(
        "关于报送情况的通知", [task], text=TEXT, attachments=(file,), contacts=contacts, fields=(field,)
    )
    Batch("a", at(0)).notice("https://x.example/1", notice).ended().write(settings)
    later = make_notice("关于报送情况的通知", [make_task(1, f"不再报{NAME}。")], text=f"更正：不再报{NAME}。")
    Batch("b", at(1)).notice("https://x.example/1", later, change="changed").ended().write(settings)


def holders(path: Path, settings: Settings, word: str) -> list[str]:
    """Tables whose rows, printed, hold the word."""
    with open_file(path, settings, read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        return [name for (name,) in tables if word in str(connection.table(name).fetchall())]


@pytest.mark.parametrize("secret", [NAME, PHONE, MAIL])
def test_no_contact_stands_in_the_published_file(settings: Settings, secret: str) -> None:
    write_contacts(settings)
    load(settings)
    path = publish(settings).path
    assert holders(path, settings, secret) == []
    assert secret.encode() not in path.read_bytes()  # nor in blocks that the file no longer uses


def test_masks_are_as_long_as_what_they_hide(settings: Settings) -> None:
    write_contacts(settings)
    load(settings)
    publish(settings)
    with open_published(settings) as connection:
        [(text,)] = connection.execute("select text from notice_versions where version_no = 1").fetchall()
        contacts = connection.execute('select start, "end", quote from contacts').fetchall()
    assert len(text) == len(TEXT)
    for start, end, quote in contacts:
        assert text[start:end] == quote == "＊" * (end - start)
    assert text.startswith("关于报送情况的通知\n联系人：＊＊＊＊，电话：")


def test_contacts_are_shown_when_the_setting_says_so(tmp_path: Path) -> None:
    masked = make_settings(tmp_path)
    write_contacts(masked)
    load(masked)
    publish(masked)
    shown = make_settings(tmp_path, show_contacts=True)
    publish(shown)  # without another load: the working file is built anew
    assert set(holders(shown.published, shown, PHONE)) >= {"notice_versions", "contacts"}
    publish(masked)
    assert holders(masked.published, masked, PHONE) == []


def test_a_mask_that_failed_is_made_good_by_publication(settings: Settings) -> None:
    write_contacts(settings)
    load(settings)
    with open_work(settings) as connection:
        connection.execute("update notice_versions set text = ? where version_no = 1", [TEXT])
    path = publish(settings).path
    assert [holders(path, settings, secret) for secret in (NAME, PHONE, MAIL)] == [[], [], []]


def test_of_two_contacts_one_within_the_other_no_half_is_left(settings: Settings) -> None:
    text = "关于值班的通知\n值班电话：0999-7654321，内线7654321。"
    contacts = tuple(make_contact("phone", quote, text) for quote in ("7654321", "0999-7654321"))
    page = make_notice("关于值班的通知", text=text, contacts=contacts)
    other = make_notice("关于加班的通知", text="传呼0999-7654321转接，或拨7654321。")
    Batch("a", at(0)).notice("https://x.example/1", page).notice("https://x.example/2", other).ended().write(
        settings
    )
    load(settings)
    publish(settings)
    with open_published(settings) as connection:
        texts = str(connection.execute("select text from notices").fetchall())
    assert "0999" not in texts
    assert "7654321" not in texts


def write_elsewhere(settings: Settings) -> None:
    """Other notices that hold the contacts of the first, where no reader takes them for contacts."""
    write_contacts(settings)
    task = make_task(1, f"由{NAME}牵头办理，传呼{PHONE}转接。", responsible=[f"市司法局（{NAME}）"])
    fields = (LabelledValue("备注", f"{MAIL}或{NAME}", "table"),)
    Batch("c", at(2)).notice(
        "https://x.example/2", make_notice("关于值班的通知", [task], fields=fields)
    ).ended().write(settings)


@pytest.mark.parametrize("secret", [NAME, PHONE, MAIL])
def test_a_contact_stands_in_no_other_notice_either(settings: Settings, secret: str) -> None:
    write_elsewhere(settings)
    load(settings)
    path = publish(settings).path
    assert holders(path, settings, secret) == []
    with open_published(settings) as connection:
        [(text, value, units)] = connection.execute(
            "select notices.text, fields[1].value, responsible_units from notices "
            "join tasks using (notice_id) where notices.title = '关于值班的通知'"
        ).fetchall()
    mask = "＊" * len(NAME)
    assert f"由{mask}牵头办理" in text
    assert value == "＊" * len(MAIL) + f"或{mask}"
    assert units == [f"市司法局（{mask}）"]


def test_a_number_of_seven_figures_is_hidden_in_other_notices_and_a_hotline_stays(settings: Settings) -> None:
    text = "联系电话：2345678，热线12345。"
    contacts = tuple(make_contact("phone", number, text) for number in ("2345678", "12345"))
    named, other = (
        make_notice("甲", text=text, contacts=contacts),
        make_notice("乙", text="请拨2345678或12345。"),
    )
    Batch("a", at(0)).notice("https://x.example/1", named).notice("https://x.example/2", other).ended().write(
        settings
    )
    load(settings)
    publish(settings)
    with open_published(settings) as connection:
        found = connection.execute("select text from notices where title = '乙'").fetchall()
    assert found == [(f"请拨{'＊' * 7}或12345。",)]


def test_a_contact_that_is_still_there_after_masking_stops_publication(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_elsewhere(settings)
    load(settings)
    monkeypatch.setattr(leaks, "_mask", lambda *_: None)
    with pytest.raises(
        ChecksFailed, match="contacts still stand in notice_versions, notices, task_units, tasks"
    ):
        publish(settings)
    assert not settings.published.exists()


def test_a_word_that_was_once_read_as_a_name_stays_but_beside_a_contact_word_it_goes(
    settings: Settings,
) -> None:
    word, text = "高新区", "联系人：高新区，电话：0531-88886666。"
    contact = make_contact("name", word, text)
    batch = Batch("a", at(0)).notice(
        "https://x.example/0", make_notice("报送", text=text, contacts=(contact,))
    )
    for number in range(leaks.WORD):
        batch.notice(f"https://x.example/{number + 1}", make_notice(f"第{number}号", text="高新区管委会。"))
    batch.notice("https://x.example/last", make_notice("值班", text="另请联系高新区。")).ended().write(
        settings
    )
    load(settings)
    publish(settings)
    with open_published(settings) as connection:
        rows = connection.execute("select title, text from notices order by first_seen_at, title").fetchall()
    texts = dict(rows)
    assert texts["第0号"] == "高新区管委会。"
    assert texts["值班"] == "另请联系＊＊＊。"


CONTACT_WORDS = (
    *(
        "联系人",
        "联 系：",
        "联络员",
        "经办",
        "负责人",
        "填报",
        "填表",
        "审核人",
        "签发人",
        "电话",
        "电 话",
        "手机",
    ),
    "手 机",
)


def test_a_name_of_two_characters_goes_beside_a_contact_word_and_stays_elsewhere(settings: Settings) -> None:
    text = "联系人：李示，电话：0531-88886666。"
    batch = Batch("a", at(0)).notice(
        "https://x.example/0",
        make_notice("报送", text=text, contacts=(make_contact("name", "李示", text),)),
    )
    for number, word in enumerate(CONTACT_WORDS, 1):
        batch.notice(f"https://x.example/{number}", make_notice(f"第{number}号", text=f"附{word}李示。"))
    batch.notice("https://x.example/away", make_notice("乡村建设", text="在桃李示范带开展试点。"))
    batch.ended().write(settings)
    load(settings)
    publish(settings)
    with open_published(settings) as connection:
        rows = connection.execute("select text from notices where text like '%李示%'").fetchall()
    assert rows == [("在桃李示范带开展试点。",)]


def test_a_staged_file_damaged_after_its_load_does_not_stop_publication(settings: Settings) -> None:
    write_elsewhere(settings)
    load(settings)
    next((settings.staging / "demo_city").glob("*-b.parquet")).write_bytes(b"PAR1 cut")
    path = publish(settings).path
    assert holders(path, settings, PHONE) == []


def test_a_warehouse_whose_staged_files_are_gone_is_published_all_the_same(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    shutil.rmtree(settings.staging)
    assert publish(settings).number == 1


def test_a_pointer_that_leads_nowhere_is_nothing_published(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    assert not is_published(settings)
    path = publish(settings).path
    assert is_published(settings)
    path.unlink()
    with pytest.raises(NothingPublished, match="python -m warehouse build"):
        open_published(settings)


def test_the_published_file_opens_with_plain_duckdb(settings: Settings) -> None:
    write_one(settings)
    load(settings)
    publish(settings)
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        assert connection.execute("select title from search_notices('通知')").fetchall() == [("第0号通知",)]
