"""The body of a notice on pages whose containers nobody knows, between menus, related links and feet."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import pytest

from transforms.read import Source, read_notices

TITLE = "遂宁市人民政府办公室关于设置引导窗口的通知"
NUMBER = "遂府办函〔2022〕21号"
LINES = [
    "各县（市、区）人民政府，市级各部门：",
    "　　为方便企业和群众办事，经市人民政府同意，现就有关事项通知如下：",
    "　　一、设置引导窗口。各大厅配备引导人员，做好分流。（市政务服务办负责）",
    "　　二、公布办事指南。2022年6月底前完成公布，并抓好落实，确保各项工作取得实效。",
    "　　三、完善工作机制。各部门要健全协调机制，明确任务分工，细化工作措施，加强督促检查。",
    "遂宁市人民政府办公室",
    "2022年3月8日",
]
MENU = (
    "<ul>" + "".join(f"<li><a href='/{w}/'>{w}</a></li>" for w in ("首页", "政务公开", "营商环境")) + "</ul>"
)
RELATED = "".join(
    f"<li><a href='/{n}.html'>遂宁市人民政府关于印发某某工作方案{n}的通知</a><span>2021-0{n}-01</span></li>"
    for n in range(1, 9)
)
FOOT = (
    "<div><p>版权所有：遂宁市人民政府　主办：遂宁市人民政府办公室　承办：遂宁市大数据中心</p>"
    "<p>蜀ICP备05000000号　网站标识码：5109000000　联系电话：0825-2223333</p></div>"
)


def page(inner: str, head: str = "") -> bytes:
    side = f"<div class='side'><h3>相关文件</h3><ul>{RELATED}</ul></div>"
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{MENU}{inner}{side}{FOOT}</body></html>".encode()


def paragraphs(form: str, lines: list[str]) -> str:
    return "".join(form.format(line) for line in lines)


ALL = [TITLE, NUMBER, *LINES]
NAMED = f"<title>{TITLE}-遂宁市人民政府</title>"
PAGES = {
    "plain paragraphs": page(f"<div class='a1'>{paragraphs('<p>{}</p>', ALL)}</div>"),
    "spans": page(f"<div>{paragraphs('<p><span>　　</span><span>{}</span></p>', ALL)}</div>"),
    "each paragraph wrapped twice": page(
        f"<article>{paragraphs('<section><section><p>{}</p></section></section>', ALL)}</article>"
    ),
    "preformatted": page("<div><pre>" + "\n".join(ALL) + "</pre></div>"),
    "heading above": page(
        f"<div><h1>{TITLE}</h1><div>{paragraphs('<p>{}</p>', [NUMBER, *LINES])}</div></div>"
    ),
    "cell of a layout table": (
        f"<html><head>{NAMED}</head><body><table><tr><td width='200'><ul>{RELATED}</ul></td><td><table>"
        f"<tr><td>{TITLE}</td></tr><tr><td>发布时间：2022-03-10 09:10:00 作者：办公室</td></tr>"
        f"<tr><td>{paragraphs('{}<br/>', [NUMBER, *LINES])}</td></tr></table></td></tr>"
        f"<tr><td colspan='2'>{FOOT}</td></tr></table></body></html>"
    ).encode(),
    "explanation beside": page(
        f"<div>{paragraphs('<p>{}</p>', ALL)}</div><div class='jd'><h3>政策解读</h3>"
        "<p>一、出台背景。近年来，我市持续优化服务，为进一步方便企业和群众办事，市政府办公室印发了《通知》。</p></div>"
    ),
    "title in a plain element, <title> names the column": page(
        f"<div class='t1'>{TITLE[:10]}<br>{TITLE[10:]}</div><div class='zw'>{paragraphs('<p>{}</p>', [NUMBER, *LINES])}</div>",
        "<title>市政府办公室文件_遂宁市人民政府</title>",
    ),
    "shorter than the foot": page(
        f"<div>{paragraphs('<p>{}</p>', [NUMBER, LINES[0], '请于2022年3月20日前报送材料。', *LINES[-2:]])}</div>",
        NAMED,
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_body_is_found_and_nothing_of_the_frame_is_in_it(name: str) -> None:
    [notice] = read_notices(PAGES[name], Source("page"))
    assert (notice.title, notice.doc_no) == (TITLE, NUMBER)
    assert notice.recipients == ("各县（市、区）人民政府", "市级各部门")
    assert (notice.issuers, notice.written_on) == (("遂宁市人民政府办公室",), "2022-03-08")
    assert not any(word in notice.text for word in ("ICP", "首页", "某某工作方案"))


HEAD = "<tr><td>序号</td><td>重点任务</td><td>责任单位</td></tr>"
ROWS = ("压缩办理时限", "公布办事指南", "设置引导窗口")
LABELS = (
    "<table><tr><td>索引号</td><td>510900-2022-01</td></tr><tr><td>发布机构</td><td>市政府</td></tr></table>"
)


def table_of(numbers: tuple[int, ...]) -> bytes:
    rows = zip(numbers, ROWS, strict=True)
    cells = "".join(f"<tr><td>{no}</td><td>{what}</td><td>市政务服务办</td></tr>" for no, what in rows)
    return page(f"{LABELS}<div class='c7'><table>{HEAD}{cells}</table></div>", NAMED)


def test_a_page_of_one_numbered_table_of_short_cells_has_that_table_for_its_body() -> None:
    [notice] = read_notices(table_of((1, 2, 3)), Source("page"))
    assert notice.text.splitlines()[1:] == [f"{no}\t{what}\t市政务服务办" for no, what in enumerate(ROWS, 1)]
    assert [task.title for task in notice.tasks] == list(ROWS)


def test_a_table_that_numbers_nothing_is_no_body() -> None:
    [notice] = read_notices(table_of((2016, 2017, 2018)), Source("page"))
    assert notice.text == ""
    assert any("no text found" in problem.reason for problem in notice.problems)
