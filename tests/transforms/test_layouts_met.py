"""Fields of notices in the layouts that sites and exports have: as lines, run together, wrapped, and as pages."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from transforms.read import Source, read_notices
from transforms.records import Notice

LAYOUTS: dict[str, dict[str, Any]] = {
    layout["name"]: layout
    for layout in tomllib.loads(Path(__file__).with_name("layouts_met.toml").read_text("utf-8"))["layout"]
}
# Text behind that of a notice, so that it is as long as notices are.
MORE = [
    f"{no}、完善工作机制。各部门要健全协调机制，明确任务分工，细化工作措施，加强督促检查，确保各项改革任务按期完成。"
    for no in "七八九十"
]


def same(value: Any) -> Any:
    """One spelling of what is compared: widths and blanks do not count."""
    if isinstance(value, list | tuple):
        return [same(item) for item in value]
    return "".join(unicodedata.normalize("NFKC", value or "").split()).translate(str.maketrans("<>", "《》"))


def wrong_fields(text: str, says: dict[str, Any]) -> dict[str, Any]:
    [notice] = read_notices(text.encode(), Source("notice"))
    return {
        field: getattr(notice, field)
        for field, value in says.items()
        if same(getattr(notice, field)) != same(value)
    }


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_fields_of_a_layout_are_those_it_prints(name: str) -> None:
    assert wrong_fields(LAYOUTS[name]["text"], LAYOUTS[name]["says"]) == {}


def wrapped(lines: list[str]) -> str:
    """Lines cut at 32 letters, paragraphs indented."""
    cut = [("　　" if len(line) > 24 else "") + line for line in lines]
    return "\n".join(line[at : at + 32] for line in cut for at in range(0, len(line), 32))


def page(open_tag: str, close_tag: str) -> Callable[[list[str]], str]:
    def make(lines: list[str]) -> str:
        body = "".join(f"{open_tag}{line}{close_tag}" for line in lines)
        nav = "<div class='nav'><a href='/'>首页</a><a href='/zwgk'>政务公开</a></div>"
        return f"<html><head><title>政务公开</title></head><body>{nav}<div>{body}</div></body></html>"

    return make


SETTINGS: dict[str, Callable[[list[str]], str]] = {
    "one line": " ".join,
    "one line, wide blanks": "　　".join,
    "blank lines": "\r\n\r\n".join,
    "hard-wrapped": wrapped,
    "paragraphs": page("<p>　　", "</p>"),
    "divisions": page("<div>", "</div>"),
    "line breaks": page("", "<br>"),
}
# What a setting cannot carry: a text on one line is one already, Markdown is lines, a wrapped line breaks labels.
LEFT_OUT = {
    "all-on-one-line": set(SETTINGS),
    "markdown": set(SETTINGS),
    "number-in-brackets": {"hard-wrapped"},
    "breadcrumbs-and-bracketed-font-size": {"hard-wrapped"},
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_fields_are_the_same_however_the_text_is_set(setting: str) -> None:
    wrong = {}
    for name, layout in LAYOUTS.items():
        if setting in LEFT_OUT.get(name, ()):
            continue
        lines = [line.strip(" \t") for line in layout["text"].split("\n") if line.strip()]
        found = wrong_fields(SETTINGS[setting](with_more(lines)), layout["says"])
        wrong |= {name: found} if found else {}
    assert wrong == {}


def with_more(lines: list[str]) -> list[str]:
    """The lines with more text in the measures, or below the last of them."""
    last = max(
        (at for at, line in enumerate(lines) if line.endswith("。") and len(line) > 14),
        default=len(lines) - 1,
    )
    within = MORE if last >= len(lines) - 2 else []
    return [*lines[: last + 1], *within, *lines[last + 1 :], *([] if within else MORE)]


TITLE, NUMBER, TO = "临海市人民政府办公室关于设置引导窗口的通知", "临政办发〔2021〕8号", "各镇（街道）："
SIGNED = "临海市人民政府办公室\n2021年3月2日"
MEASURES = """为方便企业和群众办事，现就有关事项通知如下：
一、设置引导窗口。各大厅配备引导人员，做好分流。（市政务服务中心负责）
二、公布办事指南。2022年6月底前完成公布，并抓好落实，确保各项工作取得实效。"""


def letter(title: str = TITLE, number: str = NUMBER, to: str = TO, signed: str = SIGNED) -> Notice:
    [notice] = read_notices(f"{title}\n{number}\n{to}\n{MEASURES}\n{signed}\n".encode(), Source("letter.txt"))
    return notice


@pytest.mark.parametrize(
    ("to", "recipients"),
    [
        (
            "各县（市、区）人民政府、开发区管委会，市直各单位，中央、省属驻临各单位：",
            ["各县（市、区）人民政府", "开发区管委会", "市直各单位", "中央", "省属驻临各单位"],
        ),
        ("各有关单位:", ["各有关单位"]),
        (
            "县（市、区）人民政府，市政府各部门、各直属事业单位：",
            ["县（市、区）人民政府", "市政府各部门", "各直属事业单位"],
        ),
        ("机关各处室、直属各单位：", ["机关各处室", "直属各单位"]),
        (
            "各镇人民政府、各街道办事处、市政府直属各单位（含双管单位，不发至企业）：",
            ["各镇人民政府", "各街道办事处", "市政府直属各单位（含双管单位，不发至企业）"],
        ),
        ("市政府有关委、办、局，各有关单位：", ["市政府有关委", "办", "局", "各有关单位"]),
        ("各区、县发展改革委，\n各有关单位：", ["各区", "县发展改革委", "各有关单位"]),
        ("市行政审批局：", ["市行政审批局"]),
        ("各派出机构，各处室：", ["各派出机构", "各处室"]),
        ("各位代表：", ["各位代表"]),
    ],
)
def test_recipients_are_split_at_commas_outside_brackets(to: str, recipients: list[str]) -> None:
    assert list(letter(to=to).recipients) == recipients


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("临政办〔2021〕第8号", "临政办〔2021〕8号"),
        ("临政办发[2021]8号", "临政办发〔2021〕8号"),
        ("临政办发﹝2021﹞8号", "临政办发〔2021〕8号"),
        ("临政办发（2021）8 号", "临政办发〔2021〕8号"),
        ("发文字号：临政办发〔2021〕8号", "临政办发〔2021〕8号"),
        ("临政办发﹝２０２１﹞８号", "临政办发〔2021〕8号"),
        ("临政办发〔2021〕8号    签发人：王某", "临政办发〔2021〕8号"),
        ("临政办发明电〔2021〕8号", "临政办发明电〔2021〕8号"),
        ("临政办发〔2021〕8号 2021年3月2日", "临政办发〔2021〕8号"),
        ("（临政办发〔2021〕8号）", "临政办发〔2021〕8号"),
        ("临政办发「2021」8号", "临政办发〔2021〕8号"),
        ("临政办发〔2021〕8号\nJLHD01-2021-0003", "临政办发〔2021〕8号"),
        ("JLHD01—2021—0003\n临政办发〔2021〕8号", "临政办发〔2021〕8号"),
        ("文号：临政办发〔2021〕8号 发布日期：2021-03-05", "临政办发〔2021〕8号"),
        ("浙政务办函〔2021〕第 8 号", "浙政务办函〔2021〕8号"),
    ],
)
def test_the_number_line_may_be_printed_in_many_ways(line: str, number: str) -> None:
    notice = letter(number=line)
    assert notice.doc_no == number
    assert notice.recipients == ("各镇（街道）",)


@pytest.mark.parametrize(
    "signed",
    [
        "临海市人民政府办公室（章）\n2021年3月2日",
        "临海市人民政府办公室     2021年3月2日",
        "二〇二一年三月二日",
        "临海市人民政府办公室\n二○二一年三月二日\n（此件公开发布）",
        "临海市人民政府办公室\n2021年03月02日\n抄送：市委办公室。\n临海市人民政府办公室 2021年3月3日印发",
        "2021年3月2日\n（此件主动公开）",
        "临海市人民政府办公室\n2021.3.2",
        "临海市人民政府办公室\n2021-03-02",
        "（联系人：张三，电话：12345678）\n临海市人民政府办公室\n2021年3月2日",
        "附件：1.引导窗口清单\n2.办事指南目录\n\n临海市人民政府办公室\n2021年3月2日\n\n附件1\n引导窗口清单\n序号\n2019年5月6日",
        "二零二一年三月二日",
        "2021年3月2日\n临海市人民政府办公室",
        "临海市人民政府办公室　　　　　　　　　　　　　　　　　　　　　　　　　　　　二O二一年三月二日",
    ],
)
def test_the_signature_gives_the_day(signed: str) -> None:
    notice = letter(signed=signed)
    assert (notice.written_on, notice.issuers) == ("2021-03-02", ("临海市人民政府办公室",))


@pytest.mark.parametrize(
    "title",
    [
        "临海市人民政府办公室关于\n设置引导窗口的\n通　　知",
        "临海市人民政府办公室\n关于印发临海市设置引导窗口\n工作方案的通知",
        "临海市人民政府办公室关于印发《临海市设置引导窗口\n三年行动计划（2021—2023年）》的通知",
        "临海市人民政府办公室关于印发临海市“最多跑一次、\n一次就办好”方案的通知",
        "临海市人民政府办公室印发关于设置引导窗口若干措施的通知",
        "关于设置引导窗口的通知",
        "关于对《临海市引导窗口管理办法（试行）》公开征求意见的公告",
        "临海市人民政府办公室关于成立引导窗口建设领导小组的通知",
        "临海市2021年深化“放管服”改革优化营商环境工作要点",
        "临海市人民政府办公室关于调整引导窗口建设联席会议组成人员的函",
        "临海市人民政府办公室关于进一步做好“一件事一次办”，优化服务的通知",
        "临海市人民政府办公室关于2021年上半年引导窗口建设情况的通报",
        "临海市人民政府办公室关于设置引导窗口的补充通知",
        "临海市深化改革领导小组关于印发《引导窗口设置三十条》的通知",
        "【规范性文件】临海市人民政府办公室关于设置引导窗口的通知",
    ],
)
def test_a_title_is_read_whole_over_its_lines(title: str) -> None:
    notice = letter(title=title)
    whole = title.replace("\n", "").replace("通　　知", "通知").removeprefix("【规范性文件】")
    assert (notice.title, notice.doc_no) == (whole, NUMBER)
