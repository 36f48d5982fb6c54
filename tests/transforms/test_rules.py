"""Rules prove themselves by their examples; round trips hold for all of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import SHAPES, Shape, bare_date, read_date
from transforms.doc_numbers import FORMS, DocNo, Form, normalise, read_doc_no
from transforms.titles import doc_type, looks_like_title, read_title

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
DIGITS = "〇一二三四五六七八九"


@pytest.mark.parametrize(("shape", "text"), [(shape, text) for shape in SHAPES for text in shape.reads])
def test_a_date_shape_reads_its_examples(shape: Shape, text: str) -> None:
    assert read_date(text) == shape.reads[text]


@pytest.mark.parametrize(("shape", "text"), [(shape, text) for shape in SHAPES for text in shape.leaves])
def test_a_date_shape_leaves_look_alikes(shape: Shape, text: str) -> None:
    assert shape.pattern.search(text) is None


@pytest.mark.parametrize(("form", "text"), [(form, text) for form in FORMS for text in form.reads])
def test_a_form_of_document_numbers_reads_its_examples(form: Form, text: str) -> None:
    assert normalise(text) == form.reads[text]


@pytest.mark.parametrize(("form", "text"), [(form, text) for form in FORMS for text in form.leaves])
def test_a_form_of_document_numbers_leaves_look_alikes(form: Form, text: str) -> None:
    assert form.pattern.fullmatch(text) is None


def _in_ideographs(day: date) -> str:
    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (
            DIGITS[ones] if ones else ""
        )

    return "".join(DIGITS[int(d)] for d in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"


@given(day=DAYS, sign=st.sampled_from(["年月日", "--", "..", "//"]), padded=st.booleans())
def test_a_printed_day_is_read_back(day: date, sign: str, padded: bool) -> None:
    month, of_month = (f"{day.month:02d}", f"{day.day:02d}") if padded else (str(day.month), str(day.day))
    assert read_date(f"{day.year}{sign[0]}{month}{sign[1]}{of_month}{sign[2:]}") == day.isoformat()


@given(day=DAYS)
def test_a_day_in_ideographs_is_read_back(day: date) -> None:
    assert bare_date(_in_ideographs(day)) == day.isoformat()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("20２３年6月3日", "2023-06-03"),
        ("2023-０6-03", "2023-06-03"),
        ("二０二三年六月三日", "2023-06-03"),
        ("1948-12-31", None),
        ("1949-01-01", "1949-01-01"),
        ("2099-12-31", "2099-12-31"),
        ("2023-02-29", None),
        ("2023年4月31日", None),
        ("20230229", None),
        ("2019-12-27T23:30:00+08:00", "2019-12-27"),
        ("2019-12-27T25:30:00Z", None),
        ("-------", None),
        ("9999999999999", None),
    ],
)
def test_a_day_that_is_in_no_calendar_or_out_of_time_is_none(printed: str, day: str | None) -> None:
    assert read_date(printed) == day


@given(
    text=st.lists(st.sampled_from([*"０1２3４〇一十年月日-./ T:Z", "20", "2023", "二〇二"]), max_size=14).map(
        "".join
    )
)
def test_a_date_in_figures_of_any_width_is_a_date_or_nothing(text: str) -> None:
    for found in (read_date(text), bare_date(text)):
        assert found is None or date.fromisoformat(found)


@given(text=st.text(max_size=60))
def test_whatever_a_value_says_a_date_is_a_date_or_nothing(text: str) -> None:
    found = read_date(text)
    assert found is None or date.fromisoformat(found)


@given(
    code=st.text("陕政办发国函沪规令市监企业字", min_size=1, max_size=10),
    year=st.integers(1950, 2099),
    serial=st.integers(1, 99999),
    brackets=st.sampled_from(["〔〕", "[]", "【】", "（）", "()", "［］"]),
    blank=st.sampled_from(["", " ", "\u200b", "\u3000", "\u200d "]),
    ordinal=st.booleans(),
)
def test_a_document_number_survives_every_way_of_printing_it(
    code: str, year: int, serial: int, brackets: str, blank: str, ordinal: bool
) -> None:
    printed = (
        f"{code}{blank}{brackets[0]}{year}{brackets[1]}{blank}{'第' if ordinal else ''}{serial}{blank}号"
    )
    assert normalise(printed) == f"{code}〔{year}〕{serial}号"
    assert read_doc_no(printed) == DocNo(code, year, serial)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某省人民政府办公厅关于印发某省优化服务实施方案的通知", "通知"),
        ("中共某省委 某省人民政府印发《某省推进营商环境建设实施意见》", "实施意见"),
        ("某市2023年深化改革工作要点", "工作要点"),
        ("关于促进某业发展的若干措施（试行）", "措施"),
        ("某省人民政府关于同意设立某开发区的批复", "批复"),
        ("国务院关于取消一批行政许可事项的决定", "决定"),
        ("某市城市管理办法（2023年修订）", "管理办法"),
    ],
)
def test_the_kind_is_the_one_that_the_title_names_last(title: str, kind: str) -> None:
    assert doc_type(title) == kind


@pytest.mark.parametrize(
    ("printed", "text", "doc_no", "dated"),
    [
        ("[示政办发〔2023〕24号]示范市关于某事的通知", "示范市关于某事的通知", "示政办发〔2023〕24号", None),
        ("示范市关于某事的通知（示政办发〔2023〕2号）", "示范市关于某事的通知", "示政办发〔2023〕2号", None),
        ("示范市关于某事的通知 示政办发〔2023〕2号", "示范市关于某事的通知", "示政办发〔2023〕2号", None),
        (
            "示范市关于某事的通知（2023年6月3日）（示政发〔2023〕2号）",
            "示范市关于某事的通知",
            "示政发〔2023〕2号",
            "2023-06-03",
        ),
        ("《示范市关于某事的通知》", "示范市关于某事的通知", None, None),
        ("《甲办法》和《乙办法》", "《甲办法》和《乙办法》", None, None),
        ("3. 示范省关于某事的意见（2023 年6 月3 日）", "示范省关于某事的意见", None, "2023-06-03"),
        ("【转发】示范省关于某事的意见", "示范省关于某事的意见", None, None),
        ("示范省<em>某事</em>实施方案（2023－2025年）", "示范省某事实施方案（2023－2025年）", None, None),
        ("示范市人民政府办公室 关于某事的通知", "示范市人民政府办公室关于某事的通知", None, None),
    ],
)
def test_a_printed_title_is_taken_apart(
    printed: str, text: str, doc_no: str | None, dated: str | None
) -> None:
    title = read_title(printed)
    assert (title.text, title.doc_no, title.dated) == (text, doc_no, dated)


@pytest.mark.parametrize(
    "mark",
    ["转发", "转载", "原创", "最新", "置顶", "公示", "通知", "公告", "政策", "有效", "废止", "失效"],
)
def test_a_portals_mark_before_a_title_is_no_part_of_it(mark: str) -> None:
    assert read_title(f"[{mark}]示范市关于某事的通知").text == "示范市关于某事的通知"


@pytest.mark.parametrize(
    "mark",
    [
        *("废止", "已废止", "现废止", "已经废止", "全文废止", "失效", "已失效", "已宣布失效", "已停止执行"),
        *("有效", "现行有效", "已修改", "已修订"),
    ],
)
def test_a_portals_mark_behind_a_title_is_no_part_of_it(mark: str) -> None:
    assert read_title(f"示范市关于某事的通知（{mark}）").text == "示范市关于某事的通知"


@pytest.mark.parametrize(
    "line",
    ["一、总体要求", "现就有关事项通知如下：", "请认真贯彻落实。", "2023年4月25日", "市发展改革委", "通知"],
)
def test_lines_of_a_text_are_no_titles(line: str) -> None:
    assert not looks_like_title(line)
