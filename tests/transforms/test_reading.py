"""What holds for every notice: JSON of portals, contacts, identity, relevance, the command."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.transforms.made_files import make_docx
from transforms.contacts import read_contacts
from transforms.identity import alike, document_key, text_hash, text_signature
from transforms.issuers import read_recipients, split_units
from transforms.read import Source, as_json, read_notices
from transforms.regions import place_of
from transforms.relevance import TERMS, lexicon, read_relevance

ROOT = Path(__file__).resolve().parents[2]
TEXT = "为深化改革，各单位要在2024年6月底前完成事项梳理，公布办事指南。" * 20


def test_a_row_of_the_state_councils_library_is_a_notice_without_text() -> None:
    row = {
        "title": "国务院办公厅关于<em>放管服</em>某事的通知",
        "pcode": "国办发〔2019〕99号",
        "index": "000000000/2019-00999",
        "puborg": "国务院办公厅 教育部",
        "ptime": 1574035200000,
        "pubtimeStr": "2019.11.26",
        "url": "http://x",
    }
    answer = {"searchVO": {"catMap": {"gongwen": {"listVO": [row]}, "gongbao": {"listVO": []}}}}
    [notice] = read_notices(json.dumps(answer).encode(), Source("data"))
    assert (notice.title, notice.doc_no) == ("国务院办公厅关于放管服某事的通知", "国办发〔2019〕99号")
    assert notice.issuers == ("国务院办公厅", "教育部")
    assert (notice.written_on, notice.published_on) == ("2019-11-18", "2019-11-26")
    assert notice.problems[0].where == "body"


def test_a_detail_of_gkmlpt_is_a_notice_with_its_text() -> None:
    detail = {"id": 1, "title": "示范市某事的通知", "document_number": "", "identifier": "1/2024-1", "date": 1709827200,
              "publisher": "示范市人民政府", "content": "<p>各县人民政府：</p><p>请遵照执行。</p>"}  # fmt: skip
    [notice] = read_notices(json.dumps({"DETAIL": detail}).encode(), Source("data"))
    assert (notice.title, notice.index_no, notice.written_on) == (
        "示范市某事的通知",
        "1/2024-1",
        "2024-03-08",
    )
    assert notice.text == "各县人民政府：\n请遵照执行。"


def test_the_facts_of_ucap_stand_in_lists_of_keys_and_values_within_its_rows() -> None:
    pairs = [{"key": "wh", "value": "示政〔2024〕1号"}, {"key": "syh", "value": "1/2024-1"}, "odd"]
    row = {
        "title": "示范市某事的<em>通知</em>",
        "pubDate": "2024-03-11 09:00",
        "isTop": True,
        "cwrq": 0,
        "domainMetaList": [
            {"resultList": pairs},
            {"resultList": [{"key": "fwjg", "value": "示范市人民政府"}]},
            7,
        ],
    }
    [notice] = read_notices(json.dumps({"data": {"list": [row]}}).encode(), Source("data"))
    assert (notice.title, notice.doc_no, notice.index_no) == (
        "示范市某事的通知",
        "示政〔2024〕1号",
        "1/2024-1",
    )
    assert (notice.issuers, notice.published_on, notice.written_on) == (
        ("示范市人民政府",),
        "2024-03-11",
        None,
    )
    assert {pair.origin for pair in notice.fields} == {"json"}
    assert "istop" not in {pair.label for pair in notice.fields}


def test_each_record_of_an_answer_is_a_notice_however_deep_it_stands() -> None:
    rows = [{"title": f"示范市第{n}号通知", "fileno": f"示政〔2024〕{n}号"} for n in (1, 2)]
    answer: object = [rows[0], {"name": "栏目", "rows": [rows[1]]}]
    for _ in range(20):
        answer = {"data": answer}
    notices = read_notices(json.dumps(answer).encode(), Source("data"))
    assert [notice.doc_no for notice in notices] == ["示政〔2024〕1号", "示政〔2024〕2号"]
    assert read_notices(json.dumps({"data": [answer] * 40}).encode(), Source("data"))[0].doc_no


@pytest.mark.parametrize("data", [b"{", b'{"a": 1}', b"[" * 90000, b"[]"])
def test_json_without_a_notice_says_so(data: bytes) -> None:
    [notice] = read_notices(data, Source("data"))
    assert notice.problems


def test_json_with_raw_line_breaks_and_in_a_callback_is_read() -> None:
    row = '{"rows": [{"title": "示范市某事的\n通知", "fileno": "示政〔2024〕1号"}]}'
    for data in (row, f"callback({row});"):
        [notice] = read_notices(data.encode(), Source("data"))
        assert notice.doc_no == "示政〔2024〕1号"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "（联系人：赵一，电话：0900-2000001，邮箱：a.b@mail.example）",
            ["赵一", "0900-2000001", "a.b@mail.example"],
        ),
        ("（信用处，钱小二，63000001）", ["钱小二", "63000001"]),
        ("联系人：孙三、李四，手机13900000000。", ["孙三", "李四", "13900000000"]),
        ("拨打12345热线，办件量20240301件，编号〔2024〕63000001号", []),
        ("热线电话：63000001", ["63000001"]),
    ],
)
def test_contacts_are_found_with_their_places(text: str, found: list[str]) -> None:
    contacts = read_contacts(text)
    assert [contact.quote for contact in contacts] == found
    assert all(text[contact.start : contact.end] == contact.quote for contact in contacts)


def test_a_document_is_known_by_issuer_and_number_else_by_title_and_day() -> None:
    assert document_key(["示范市人民政府"], "示政〔2024〕1号", "甲", None) == "示范市人民政府|示政〔2024〕1号"
    assert document_key([], None, "“一网通办”方案", "2024-03-08") == document_key(
        [], None, "一网通办方案", "2024-03-08"
    )


def test_a_title_without_number_and_day_names_no_document() -> None:
    assert document_key(["示范市人民政府"], None, "通知公告", None) == ""
    assert document_key([], "", "通知公告", "") == ""


def test_punctuation_changes_neither_hash_nor_signature() -> None:
    other = TEXT.replace("，", ",").replace("。", "。 ")
    assert text_hash(other) == text_hash(TEXT)
    assert text_signature(other) == text_signature(TEXT)


def test_a_corrected_text_is_alike_and_another_is_not() -> None:
    whole = "".join(f"第{number}条规定了第{number * 7}种事项的办理时限和责任单位。" for number in range(200))
    corrected = whole.replace("第150条", "第一百五十条")
    assert 0.8 < alike(text_signature(whole), text_signature(corrected)) <= 1
    assert alike(text_signature(whole), text_signature(TEXT)) < 0.2


def test_texts_whose_letters_are_all_passed_over_have_signatures_of_their_own() -> None:
    passed_over = [chr(code) for code in range(0x4E00, 0x4F00) if code % 4]
    one, other = ("".join(passed_over[start : start + 40]) for start in (0, 60))
    assert len({text_signature(one), text_signature(other), text_signature(one + other)}) == 3


def test_a_signature_once_stored_stays_comparable() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(100))
    assert text_signature(text).startswith("106b256c2a822c497ddd2a013b65e7a9898f3aaf36404be2450aae4d263db95f")


def test_a_text_too_short_to_compare_is_like_none() -> None:
    assert text_signature("一二三四五六七八九十一") == ""
    assert len(text_signature("一二三四五六七八九十一二")) == 8 * 32
    assert alike("", "") == alike("", text_signature(TEXT)) == alike(text_signature(TEXT), "") == 0.0
    assert alike("0" * 256, "0" * 128 + "1" * 128) == 0.5


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("示范市2024年深化“放管服”改革工作要点", "", "core"),
        ("示范市深化简政放权放管结合优化服务改革方案", "", "core"),
        ("示范市优化营商环境实施意见", "深入推进放管服改革。" + TEXT, "core"),
        ("示范市优化营商环境实施意见", TEXT, "wide"),
        ("示范市交通局2023年工作总结", "“放管服”改革取得成效。", "none"),
        ("示范市政务服务大厅招聘公告", TEXT, "none"),
        ("示范市关于植树造林的通知", TEXT, "none"),
    ],
)
def test_relevance_goes_by_declared_terms(title: str, text: str, level: str) -> None:
    assert read_relevance(title, text).level == level


def test_the_matched_terms_are_kept_as_evidence() -> None:
    found = read_relevance("示范市行政审批制度改革方案", "推进行政审批和政务服务，深化“放管服”改革。")
    assert ("行政审批", "title", 1) in [(term.term, term.place, term.count) for term in found.terms]
    assert ("放管服", "body", 1) in [(term.term, term.place, term.count) for term in found.terms]
    assert found.topics[0] == "行政审批"


def test_no_two_terms_of_a_topic_are_one_once_blanks_and_quotation_marks_are_gone() -> None:
    declared = tomllib.loads(TERMS.read_text("utf-8"))["topics"]
    for topic, terms in lexicon().topics.items():
        assert len(terms) == len(declared[topic]), topic


@pytest.mark.parametrize(
    ("unit", "name", "adcode"),
    [
        ("国务院办公厅", "全国", "100000"),
        ("中共中央办公厅", "全国", "100000"),
        ("国家税务总局陕西省税务局", "陕西省", "610000"),
        ("内蒙古自治区人民政府", "内蒙古自治区", "150000"),
        ("甘肃省天水市人民政府", "天水市", "620500"),
        ("义乌市人民政府办公室", "义乌市", "330782"),
        ("浙江省义乌市人民政府", "义乌市", "330782"),
        ("重庆市万州区人民政府", "重庆市万州区", "500101"),
        ("某某协会", None, None),
    ],
)
def test_the_place_is_the_one_whose_authority_it_is(unit: str, name: str | None, adcode: str | None) -> None:
    place = place_of(unit)
    assert (place.name, place.adcode) == (name, adcode) if place else name is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("中共陕西省委陕西省人民政府", ["中共陕西省委", "陕西省人民政府"]),
        ("国家发展改革委 财政部", ["国家发展改革委", "财政部"]),
        ("国务院国资委", ["国务院国资委"]),
        ("甲市发展和改革委员会、甲市财政局", ["甲市发展和改革委员会", "甲市财政局"]),
        ("甲省领导小组办公室（代章）", ["甲省领导小组办公室"]),
    ],
)
def test_joint_issuers_are_each_on_their_own(text: str, units: list[str]) -> None:
    assert split_units(text) == units


@pytest.mark.parametrize(
    ("line", "recipients"),
    [
        ("各县区人民政府，市政府各部门、各直属机构：", ["各县区人民政府", "市政府各部门", "各直属机构"]),
        ("各市（州、地）教育局，厅直各单位:", ["各市（州、地）教育局", "厅直各单位"]),
        ("现将有关事项通知如下：", None),
        ("一、各县区人民政府：", None),
        ("联系人：", None),
        ("各县区人民政府", None),
    ],
)
def test_the_salutation_is_split_at_its_commas(line: str, recipients: list[str] | None) -> None:
    assert read_recipients(line) == recipients


def test_the_record_is_json_of_the_keys_that_are_promised() -> None:
    [notice] = read_notices(make_docx(), Source("a.docx"))
    record = json.loads(json.dumps(as_json(notice), ensure_ascii=False))
    promised = "source url portal_id title index_no doc_no issuers written_on published_on doc_type region recipients cites tasks"
    assert set(promised.split()) <= set(record)
    assert {
        "text",
        "category",
        "validity",
        "topics",
        "relevance",
        "attachments",
        "contacts",
        "fields",
        "problems",
    } <= set(record)


def run(*arguments: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "transforms", *arguments],
        input=data,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_the_command_prints_one_object_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "附件.bin"
    path.write_bytes(make_docx())
    done = run(str(path), "-", data="示范市某事的通知\n示政〔2024〕1号\n各县人民政府：\n请执行。".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    records = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    assert [record["source"] for record in records] == [str(path), "-"]
    assert records[1]["doc_no"] == "示政〔2024〕1号"


def test_the_command_says_what_could_not_be_read_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(make_docx())
    done = run(str(tmp_path / "none"), "-", str(path), data=b"\x00\x01\x02\x03" * 9)
    assert done.returncode == 1
    assert b"none: No such file" in done.stderr
    assert b"unknown kind" in done.stderr
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("arguments", [(), ("--full", "x"), ("--archive", "x"), ("--nothing",)])
def test_wrong_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert b"usage" in done.stderr


def test_explain_shows_fields_with_their_origin(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(make_docx())
    done = run("--explain", str(path))
    assert done.returncode == 0
    assert "signature" in done.stdout.decode()
    assert "梳理清单" in done.stdout.decode()


def test_a_file_whose_name_is_no_utf8_is_read_and_its_record_can_be_printed(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + "/公告.docx".encode("gb18030")
    Path(os.fsdecode(name)).write_bytes(make_docx())
    done = run(os.fsdecode(name))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\ufffd" in json.loads(done.stdout)["source"]
