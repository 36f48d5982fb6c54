"""The notices of the samples, whatever day they are first served on."""

import re
from datetime import date, timedelta

import pytest

from samples.dates import print_date, read_moment
from samples.notice import Notice, load_notices

# Each weekday, both ends of a year, a leap day.
DAYS = [date(2026, 11, 16) + timedelta(days=number) for number in range(7)]
DAYS += [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)]
PRINTED = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")


def all_text(notice: Notice) -> str:
    blocks = [*notice.blocks, *(block for item in notice.attachments for block in item.blocks)]
    return "\n".join(
        [block.text for block in blocks] + [cell for block in blocks for row in block.rows for cell in row]
    )


def printed_dates(notice: Notice) -> set[date]:
    found = PRINTED.findall(all_text(notice))
    return {date(int(year or notice.written.year), int(month), int(day)) for year, month, day in found}


def relevant(today: date) -> list[Notice]:
    return [notice for notice in load_notices(today) if notice.relevance != "none"]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_notice_is_out_by_the_first_day_and_was_signed_before(today: date) -> None:
    for notice in load_notices(today):
        assert notice.written <= notice.published.date() <= today, notice.id
        assert notice.published.weekday() < 5, notice.id


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_this_week_and_the_week_before_each_bring_four_relevant_notices_or_more(today: date) -> None:
    weeks = [notice.published.isocalendar()[:2] for notice in relevant(today)]
    assert weeks.count(today.isocalendar()[:2]) >= 4
    assert weeks.count((today - timedelta(days=7)).isocalendar()[:2]) >= 4


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_dates_to_come_fall_into_the_next_7_30_and_90_days_and_some_are_past(today: date) -> None:
    ahead = [(day - today).days for notice in relevant(today) for day in printed_dates(notice)]
    assert sum(0 <= days <= 7 for days in ahead) >= 8
    assert sum(7 < days <= 30 for days in ahead) >= 15
    assert sum(30 < days <= 90 for days in ahead) >= 10
    assert sum(days < 0 for days in ahead) >= 3


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_no_placeholder_is_left_in_a_text(today: date) -> None:
    for notice in load_notices(today):
        shown = f"{notice.title}{notice.doc_no}{notice.index_no}{all_text(notice)}"
        assert not re.search(r"[{}]", shown), notice.id


def test_a_first_crawl_that_goes_back_90_days_reaches_every_notice() -> None:
    for today in DAYS:
        oldest = min(notice.published.date() for notice in load_notices(today))
        assert (today - oldest).days < 90


def test_there_are_relevant_and_unrelated_notices_on_four_portals() -> None:
    notices = load_notices(DAYS[0])
    assert len([notice for notice in notices if notice.relevance == "core"]) >= 12
    assert len([notice for notice in notices if notice.relevance == "wide"]) >= 3
    assert len([notice for notice in notices if notice.relevance == "none"]) >= 8
    assert {notice.portal for notice in notices if notice.relevance == "none"} == {
        "sample_lanjiang",
        "sample_yunheng",
        "sample_qichuan",
        "sample_linche",
    }


def test_no_two_notices_share_an_address_or_an_index_number() -> None:
    notices = load_notices(DAYS[0])
    places = [(notice.portal, notice.number) for notice in notices]
    labels = [notice.index_no for notice in notices if notice.index_no]
    assert len(set(places)) == len(places)
    assert len(set(labels)) == len(labels)


def test_notices_cite_one_another_by_number_and_one_is_posted_twice() -> None:
    notices = load_notices(DAYS[0])
    by_id = {notice.id: notice for notice in notices}
    measures = by_id["lanjiang-cuoshi"]
    assert measures.doc_no in all_text(by_id["yunheng-gongjian"])
    assert [notice.id for notice in notices if notice.doc_no == measures.doc_no] == [
        "qichuan-zhuanfa",
        measures.id,
    ]


def test_a_re_post_has_the_same_text_in_other_punctuation() -> None:
    by_id = {notice.id: notice for notice in load_notices(DAYS[0])}
    first, second = (
        "".join(block.text for block in by_id[name].blocks) for name in ("lanjiang-cuoshi", "qichuan-zhuanfa")
    )
    assert re.sub(r"\W", "", second) == re.sub(r"\W", "", by_id["lanjiang-cuoshi"].doc_no + first)
    assert "，" in first
    assert "，" not in second


@pytest.mark.parametrize(
    ("day", "form", "year", "printed"),
    [
        (date(2026, 12, 1), "full", 2026, "2026年12月1日"),
        (date(2026, 12, 1), "day", 2026, "12月1日"),
        (date(2027, 1, 9), "day", 2026, "2027年1月9日"),
        (date(2027, 1, 9), "month", 2026, "2027年1月"),
        (date(2026, 12, 1), "quarter", 2026, "四季度"),
    ],
)
def test_a_short_date_has_its_year_where_that_is_not_the_notices_own(
    day: date, form: str, year: int, printed: str
) -> None:
    assert print_date(day, form, year) == printed


def test_a_moment_that_is_none_is_an_error_that_shows_a_right_one() -> None:
    with pytest.raises(ValueError, match=r"'Friday' is no moment such as 'week\+1d 09:20'"):
        read_moment("Friday", DAYS[0])
