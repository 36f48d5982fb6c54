"""Days, titles and numbers in every shape that a portal was seen to print."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.lists.facts import doc_no_in, fact_of
from crawlers.lists.values import CHINA, plain, read_day, whole_title


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2023-10-16", "2023-10-16"),
        ("2023-10-23  08:59", "2023-10-23"),
        ("2024年01月05日", "2024-01-05"),
        ("2024年04月06日 16:40", "2024-04-06"),
        ("2019.11.26", "2019-11-26"),
        ("2018.11.09 00:00:00", "2018-11-09"),
        ("2023/4/27", "2023-04-27"),
        ("[2023-4-7]", "2023-04-07"),
        ("20230416", "2023-04-16"),
        (1683705600, "2023-05-10"),
        ("1574758500000", "2019-11-26"),
        ("2019-12-27T07:59:36.000Z", "2019-12-27"),
        ("2019-12-26T16:30:00.000Z", "2019-12-27"),  # the next day in China
        ("2019-12-27T00:30:00.000+0800", "2019-12-27"),
        ("2019-12-27 00:30:00 +08:00", "2019-12-27"),
    ],
)
def test_a_day_is_read_in_every_shape(printed: object, day: str) -> None:
    assert str(read_day(printed)) == day


NO_DAYS = [
    *("", None, "--", "—  —", "无", 0, "0", "2023-13-01", "2023-02-30", "10-16", "2023年", "1.2.3"),
    *(
        "国办发〔2019〕50号",
        "12345678901234",
        "99999999999999999",
        "9999-99-99T99:99:99Z",
        "0001-01-01 00:00Z",
    ),
]


@pytest.mark.parametrize("printed", NO_DAYS)
def test_what_is_no_day_is_none(printed: object) -> None:
    assert read_day(printed) is None


@settings(deadline=None)
@given(st.datetimes(timezones=st.just(CHINA)).filter(lambda t: 1975 < t.year < 2099))
def test_a_moment_in_seconds_and_in_milliseconds_is_the_same_day(moment: object) -> None:
    seconds = int(moment.timestamp())  # type: ignore[attr-defined]
    assert read_day(seconds) == read_day(seconds * 1000) == moment.date()  # type: ignore[attr-defined]


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_the_reader_of_days(text: str) -> None:
    read_day(text)


@pytest.mark.parametrize(
    ("shown", "attribute", "title"),
    [
        ("关于深化改革的…", "关于深化改革的通知", "关于深化改革的通知"),
        ("关于深化改革的通知", "", "关于深化改革的通知"),
        ("关于深化改革的通知", "关于深化改...", "关于深化改革的通知"),
        (
            "·关于深化改革的通知",
            "[云政发〔2023〕1号]关于深化改革的通知",
            "[云政发〔2023〕1号]关于深化改革的通知",
        ),
        ("", "关于<br/>&ldquo;放管服&rdquo;的<em>通知</em>", "关于“放管服”的通知"),
        ("a<script>b</script>", "", "a<script>b</script>"),
    ],
)
def test_the_title_is_whole_and_without_editors_markup(shown: str, attribute: str, title: str) -> None:
    assert whole_title(shown, attribute) == title


@pytest.mark.parametrize("nothing", ["", "无", "--", "—  —", "：", "- -"])
def test_marks_for_nothing_are_nothing(nothing: str) -> None:
    assert fact_of(nothing) == ""


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("2023-07-04 川政办发〔2023〕25号", "川政办发〔2023〕25号"),
        ("var wh = '云政办发〔2023〕22号';", "云政办发〔2023〕22号"),
        ("陕政办发 〔2014〕17号", "陕政办发 〔2014〕17号"),
        ("清退军发[2021]59号", "清退军发[2021]59号"),
        ("黔府发〔2018〕第7号", "黔府发〔2018〕第7号"),
        ("福建省人民政府令第208号", "福建省人民政府令第208号"),
        ("国令第711号", "国令第711号"),
        ("甘政办发201756号", "甘政办发201756号"),
        ("53号", "53号"),
        ("2023-06-29", ""),
    ],
)
def test_a_document_number_is_kept_as_printed(printed: str, number: str) -> None:
    assert doc_no_in(printed) == number


def test_labels_before_a_value_are_taken_off() -> None:
    assert fact_of("发文字号：国办发〔2019〕50号") == "国办发〔2019〕50号"
    assert fact_of("[发文字号] 国办发〔2019〕50号") == "国办发〔2019〕50号"
    assert plain(None) == ""
