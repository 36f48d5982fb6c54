"""Pages of all sorts of layouts: labels wherever they stand, bodies in whatever markup, charsets as they come."""

# ruff: noqa: E501 - sentences of notices stay on one line

from __future__ import annotations

import json

import pytest

from transforms.labels import pairs_in
from transforms.read import Source, read_notices
from transforms.records import Notice

TITLE = "示范市人民政府办公室关于印发示范市提升办事便利度工作方案的通知"
BODY = [
    "各县（区）人民政府，市政府各部门、各直属机构：",
    "《示范市提升办事便利度工作方案》已经市政府同意，现印发给你们，请认真贯彻执行。",
    "示范市人民政府办公室",
    "2024年3月8日",
    "示范市提升办事便利度工作方案",
    "为落实上级部署，制定本方案。",
    "一、重点任务",
    "（一）精简材料。2024年6月底前，材料精简30%以上。（市政务服务局牵头，市司法局配合）",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in BODY)
FACTS = {
    "索引号": "000000001/2024-00012",
    "发文字号": "示政办发〔2024〕8号",
    "成文日期": "2024-03-08",
    "发布日期": "2024-03-11",
    "发布机构": "示范市人民政府办公室",
}
SPACED = {
    "索引号": "索　引　号",
    "发文字号": "发 文 字 号",
    "成文日期": "成文日期",
    "发布日期": "发布日期",
    "发布机构": "发布机构",
}
NAVIGATION = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/fgf/">放管服改革专栏</a></li></ul>'
FOOTER = '<div class="footer"><p>主办：示范市人民政府办公室　网站标识码：0000000000</p><p>ICP备00000000号</p></div>'


def cells(template: str, between: str = "") -> str:
    return between.join(template.format(SPACED[label], value) for label, value in FACTS.items())


LAYOUTS = {
    "td and td": "<table><tr>" + cells("<td>{}：</td><td>{}</td>", "</tr><tr>") + "</tr></table>",
    "th and td": "<table><tr>" + cells("<th>{}</th><td>{}</td>") + "</tr></table>",
    "td with a bold label": "<table><tr>"
    + cells("<td><b>{}：</b></td><td><span>{}</span></td>")
    + "</tr></table>",
    "dt and dd": "<dl>" + cells("<dt>{}</dt><dd>{}</dd>") + "</dl>",
    "li with em": "<ul>" + cells("<li><em>{}：</em>{}</li>") + "</ul>",
    "li with a text": "<ul>" + cells("<li>{}：{}</li>") + "</ul>",
    "li with brackets": "<ol>" + cells("<li>[{}] <span>{}</span></li>") + "</ol>",
    "spans": "<div>" + cells("<span>{}：</span><span>{}</span>") + "</div>",
    "divs side by side": cells('<div class="row"><div class="k">{}</div><div class="v">{}</div></div>'),
    "one line": "<p>" + cells("{}：{}", "　") + "</p>",
    "lines": "<div>" + cells("{}：{}", "<br>") + "</div>",
    "comments": cells("<div><!--<$[{0}]>begin-->{1}<!--<$[{0}]>end--></div>"),
}


def page(block: str, body: str = PARAGRAPHS, holder: str = '<div id="zoom">{}</div>') -> bytes:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_示范市人民政府</title></head><body>{NAVIGATION}'
        f"<h1>{TITLE}</h1>{block}{holder.format(body)}"
        f'<div class="share">分享到：<a href="#">微信</a></div><ul class="xg"><li><a href="/1.html">关于放管服改革的通知</a></li></ul>'
        f"{FOOTER}</body></html>"
    ).encode()


def read_one(data: bytes, **known: object) -> Notice:
    [notice] = read_notices(data, Source("page", **known))  # type: ignore[arg-type]
    return notice


@pytest.mark.parametrize("layout", LAYOUTS)
def test_facts_are_read_from_every_layout(layout: str) -> None:
    notice = read_one(page(LAYOUTS[layout]))
    assert notice.title == TITLE
    assert notice.index_no == FACTS["索引号"]
    assert notice.doc_no == FACTS["发文字号"]
    assert notice.written_on == "2024-03-08"
    assert notice.published_on == "2024-03-11"
    assert notice.issuers == ("示范市人民政府办公室",)


BODIES = {
    "paragraphs": PARAGRAPHS,
    "line breaks": "<br>".join(f"　　{line}" for line in BODY),
    "two line breaks": "<br/>&nbsp;<br/>".join(BODY),
    "divs": "".join(f"<div>{line}</div>" for line in BODY),
    "spans at figures": "".join(
        "<p>" + "".join(f'<span style="font-size:16pt">{char}</span>' for char in line) + "</p>"
        for line in BODY
    ),
    "a layout table": "<table><tr><td>" + PARAGRAPHS + "</td></tr></table>",
    "never closed": "".join(f"<p>{line}" for line in BODY),
    "wrapped source": "".join(f"<p>\n        {line}\n    </p>\n" for line in BODY),
}
HOLDERS = {
    "a container that is known": '<div id="zoom">{}</div>',
    "a class that is known": '<div class="TRS_UEDITOR trs_paper_default">{}</div>',
    "nothing that is known": '<div class="x1"><div class="x2">{}</div></div>',
}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("body", BODIES)
def test_the_body_is_the_same_in_every_markup(body: str, holder: str) -> None:
    notice = read_one(page(LAYOUTS["td and td"], BODIES[body], HOLDERS[holder]))
    assert notice.text.split("\n") == BODY
    assert notice.recipients == ("各县（区）人民政府", "市政府各部门", "各直属机构")


def test_what_surrounds_the_text_decides_nothing() -> None:
    notice = read_one(page("", "".join(f"<p>{line}</p>" for line in BODY[:4]).replace("便利度", "安全")))
    assert notice.relevance == "none"
    assert not notice.terms


@pytest.mark.parametrize(
    ("charset", "declared", "header"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "gb2312", "gbk"),
        ("gb18030", "gb2312", None),
        ("gb18030", "utf-8", "utf-8"),
        ("gb18030", "", "iso-8859-1"),
        ("utf-16", "", None),
    ],
)
def test_the_charset_is_told_by_the_bytes(charset: str, declared: str, header: str | None) -> None:
    text = page(LAYOUTS["td and td"]).decode().replace('charset="utf-8"', f'charset="{declared}"')
    notice = read_one(text.encode(charset), charset=header)
    assert notice.title == TITLE
    assert notice.text.split("\n") == BODY


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("　　索引号：0001/2024-1", ["索引号 0001/2024-1"]),
        ("- 文 号：示政〔2024〕1号", ["文号 示政〔2024〕1号"]),
        ("索引号：0001 | 发布机构：示范市人民政府", ["索引号 0001", "发布机构 示范市人民政府"]),
        (
            "【发文字号】示政〔2024〕1号【成文日期】2024-03-08",
            ["发文字号 示政〔2024〕1号", "成文日期 2024-03-08"],
        ),
        ("[索引号] 0001", ["索引号 0001"]),
        ("索引号：", ["索引号 "]),
        ("2024-03-08 17:00 来源：示范市人民政府", ["发布时间 2024-03-08 17:00", "来源 示范市人民政府"]),
        ("时间：2018-11-22", ["时间 2018-11-22"]),
        ("2024年3月8日 17:00", ["发布时间 2024年3月8日 17:00"]),
        ("• 成文日期 2017-10-17", ["成文日期 2017-10-17"]),
        ("2024-03-08", []),
        ("时间：长期", []),
        ("成文日期 2017-10-17", []),
        ("本办法文号：无", []),
        ("为落实文号：要求", []),
    ],
)
def test_a_line_that_begins_with_a_label_is_its_pairs(line: str, pairs: list[str]) -> None:
    assert [f"{pair.label} {pair.value}" for pair in pairs_in(line)] == pairs


def test_an_empty_or_a_dash_value_is_missing() -> None:
    block = (
        "<table><tr><td>文号</td><td>--</td><td>成文日期</td><td></td><td>索引号</td><td>无</td></tr></table>"
    )
    notice = read_one(page(block))
    assert (notice.doc_no, notice.index_no) == (None, None)
    assert notice.written_on == "2024-03-08"
    assert notice.origins["written_on"] == "signature"


@pytest.mark.parametrize(
    ("label", "line", "title", "number"),
    [
        ("示政办发〔2024〕8号", "示政办发〔2024〕9号", "", "示政办发〔2024〕8号"),
        ("", "示政办发〔2024〕9号", "（示政办发〔2024〕7号）", "示政办发〔2024〕9号"),
        ("", "", "（示政办发〔2024〕7号）", "示政办发〔2024〕7号"),
        ("", "", "", "示政办发〔2024〕6号"),
    ],
)
def test_of_several_numbers_that_of_the_label_counts_then_of_the_text_the_title_and_the_list(
    label: str, line: str, title: str, number: str
) -> None:
    data = page(f"<ul><li>文号：{label}</li></ul>", f"<p>{line}</p>{PARAGRAPHS}").decode()
    notice = read_one(data.replace(TITLE, TITLE + title).encode(), listed={"doc_no": "示政办发〔2024〕6号"})
    assert (notice.title, notice.doc_no) == (TITLE, number)


def test_an_ambiguous_label_never_gives_the_writing_date() -> None:
    notice = read_one(
        page(
            "<ul><li>生成日期：2024-05-05</li></ul>",
            "<p>全文如下。</p><p>办法自发布之日起施行，请遵照执行。</p>",
        )
    )
    assert notice.written_on is None
    assert ("生成日期", "2024-05-05") in [(pair.label, pair.value) for pair in notice.fields]


def test_a_value_that_cannot_be_read_is_null_and_a_problem() -> None:
    notice = read_one(page("<table><tr><td>文号</td><td>见附件说明</td></tr></table>"))
    assert notice.doc_no is None
    assert "见附件说明" in [
        problem.reason.split("'")[1] for problem in notice.problems if problem.where == "doc_no"
    ]


def test_the_four_dates_stay_apart() -> None:
    block = LAYOUTS["td and td"].replace("2024-03-11", "2024-03-12")
    data = page(block).replace(b"<head>", b'<head><meta name="pubdate" content="2024-03-15 09:00">')
    notice = read_one(data, listed={"listed_on": "2024-03-13"})
    assert (notice.written_on, notice.published_on, notice.listed_on) == (
        "2024-03-08",
        "2024-03-12",
        "2024-03-13",
    )
    assert ("PubDate", "2024-03-15 09:00") in [(pair.label, pair.value) for pair in notice.fields]


def test_a_portals_own_labels_and_repairs_are_used() -> None:
    block = "<ul><li>公文代号：示政办发〔2024〕8号</li><li>发布机构：市府办</li></ul>"
    notice = read_one(
        page(block, "<p>现将有关事项公布如下，请各单位遵照执行。</p>").replace(
            "示范市人民政府办公室关于".encode(), "关于".encode()
        ),
        fields={"公文代号": "doc_no"},
        fixes={"issuers": {"市府办": "示范市人民政府办公室"}},
    )
    assert notice.doc_no == "示政办发〔2024〕8号"
    assert notice.issuers == ("示范市人民政府办公室",)


def test_a_data_table_stays_a_table_with_its_spans() -> None:
    table = (
        "<table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr><tr><td colspan=3>一、精简材料</td></tr>"
        "<tr><td>1</td><td><p>编制清单</p><p>公布清单</p></td><td rowspan=2>市司法局</td></tr><tr><td>2</td><td>开展评估</td></tr></table>"
    )
    notice = read_one(page("", PARAGRAPHS + table))
    assert notice.text.endswith(
        "序号\t任务\t责任单位\n一、精简材料\n1\t编制清单 公布清单\t市司法局\n2\t开展评估"
    )


@pytest.mark.parametrize("cut", ["致全市企业群众的…", "致全市企业群众的...", "致全市企业群众文号：无"])
def test_a_title_that_was_cut_short_or_ran_into_the_next_pair_is_not_believed(cut: str) -> None:
    data = page(f"<ul><li>标题：{cut}</li></ul>", "<p>现将有关事项告知大家，请互相转告。</p>").decode()
    assert read_one(data.replace(TITLE, "致全市企业群众的一封信").encode()).title == "致全市企业群众的一封信"


@pytest.mark.parametrize("heading", ["首页", "信" * 201, '致全市企业群众的信<img src="a.png">'])
def test_a_heading_that_is_a_word_a_text_or_a_picture_is_no_title(heading: str) -> None:
    head = "<title>致全市企业群众的一封信-示范市人民政府</title>"
    body = "<div id=zoom><p>现将有关事项告知大家，请互相转告。</p></div>"
    notice = read_one(f"<html><head>{head}</head><body><h1>{heading}</h1>{body}</body></html>".encode())
    assert notice.title == "致全市企业群众的一封信"


def test_links_to_files_are_no_text() -> None:
    links = '<p><a href="./P020240311.docx">附件1.任务清单.docx</a></p><p>附件：任务清单</p>'
    notice = read_one(page("", PARAGRAPHS + links))
    assert notice.text.split("\n") == [*BODY, "附件：任务清单"]


def test_the_selectors_of_a_portal_come_first() -> None:
    holder = '<div id="zoom"><p>本站原创，转载请注明，谢谢合作。</p></div><div class="own">{}</div>'
    assert read_one(page("", PARAGRAPHS, holder), body_selectors=("div.own",)).text.split("\n") == BODY
    other = read_one(page("", PARAGRAPHS, holder), body_selectors=("[[", ".none"))
    assert other.text.split("\n") == ["本站原创，转载请注明，谢谢合作。"]  # the container that is known


def test_a_body_that_a_selector_meets_in_several_pieces_is_what_holds_them_all() -> None:
    holder = '<div class="x1"><div class="part">{}</div><p>二、保障措施。各单位要压实责任，抓好落实。</p>'
    more = "三、附则。本方案由市政务服务局负责解释，自印发之日起施行。" * 4
    holder += f'<div class="part"><p>{more}</p></div></div>'
    notice = read_one(page("", PARAGRAPHS, holder), body_selectors=(".part",))
    assert [line[:4] for line in notice.text.split("\n")[-2:]] == ["二、保障", "三、附则"]
    assert notice.text.split("\n")[: len(BODY)] == BODY


def test_of_two_pieces_the_one_with_nearly_all_the_text_is_the_body() -> None:
    holder = '<div class="part">{}</div><p>转载请注明出处，谢谢。</p><div class="part">附注，略。</div>'
    notice = read_one(page("", PARAGRAPHS, holder), body_selectors=(".part",))
    assert notice.text.split("\n") == BODY


def test_a_selector_that_css_does_not_know_is_passed_over() -> None:
    holder = '<div class="own">{}</div>'
    assert read_one(page("", PARAGRAPHS, holder), body_selectors=("[[", ".own")).text.split("\n") == BODY


def test_a_page_without_a_body_says_so() -> None:
    [notice] = read_notices(
        b"<html><body><div id=app></div><script>var a=1</script></body></html>", Source("page")
    )
    assert notice.text == ""
    assert [problem.where for problem in notice.problems] == ["body", "title"]


def test_a_county_is_told_by_its_parents_or_its_portal() -> None:
    # 鼓楼区 is a district of several cities
    data = page("").replace("示范市人民政府办公室".encode(), "鼓楼区人民政府".encode())
    assert read_one(data).adcode is None
    assert read_one(data, adcode="320106", region="鼓楼区").adcode == "320106"
    with_parent = read_one(page("").replace("示范市人民政府办公室".encode(), "南京市鼓楼区人民政府".encode()))
    assert (with_parent.region, with_parent.adcode, with_parent.level) == ("南京市鼓楼区", "320106", "county")


def test_a_page_that_a_script_fills_is_read_from_its_script() -> None:
    detail = json.dumps({"title": TITLE, "content": PARAGRAPHS}).replace("<", "\\u003C")
    data = f"<html><head><meta charset=utf-8><title>{TITLE}</title><script>window._CONFIG = {{SID: '2', DETAIL: {detail}}}</script>"
    notice = read_one(f"{data}</head><body><div id=app>加载中...</div></body></html>".encode())
    assert notice.text.split("\n") == BODY


def test_a_place_that_the_gazetteer_lacks_has_the_portals_code() -> None:
    notice = read_one(page(""), region="示范市", adcode="619900", level="city")
    assert (notice.region, notice.adcode, notice.level) == ("示范市", "619900", "city")


def test_a_selector_that_meets_next_to_nothing_is_not_believed() -> None:
    holder = '<div class="content">返回顶部，联系我们。</div><div class="x1">{}</div>'
    notice = read_one(page("", PARAGRAPHS + PARAGRAPHS * 4, holder), body_selectors=(".content",))
    assert notice.text.startswith(BODY[0])
