"""How near a notice is to the reform, by its title and by what its text says it is for."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.relevance import read_relevance

WORK = "下放审批权限，公布事项清单，优化服务流程，加强事中事后监管，推行一网通办。"


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("某市关于规范招标投标领域营商环境的实施意见", "wide"),
        ("某市关于优化政府采购领域营商环境的通知", "wide"),
        ("某市服务大厅家具公开招标公告", "none"),
        ("某市营商环境评价服务采购公告", "none"),
    ],
)
def test_procurement_is_no_policy_but_policy_on_procurement_is(title: str, level: str) -> None:
    assert read_relevance(title, "现就有关事项说明如下。各单位应当遵守。").level == level


def test_a_text_that_names_the_reform_as_its_purpose_is_core() -> None:
    purpose = f"为深化“放管服”改革，现就权力事项下放说明如下。{WORK}"
    assert read_relevance("某市关于下放一批权力事项的决定", purpose).level == "core"


def test_a_text_that_names_the_reform_in_passing_is_not() -> None:
    passing = "为做好防汛工作，现就值守说明如下。" + "各乡镇安排人员值守，检查堤坝，储备物资。" * 20
    passing += "结合“放管服”改革优化审批。"
    assert read_relevance("某市关于做好防汛值守的通知", passing).level == "none"


@pytest.mark.parametrize(
    ("times", "length", "level"), [(2, 3000, "none"), (3, 4500, "core"), (3, 4501, "none"), (4, 6000, "core")]
)
def test_a_text_that_names_the_reform_again_and_again_is_core(times: int, length: int, level: str) -> None:
    text = "结合放管服要求。" * times
    text += "值" * (length - len(text))
    assert read_relevance("某市关于防汛值守的通知", text).level == level


NOTICES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("relevance_set.toml").read_text("utf-8")
)["notice"]


def test_levels_of_written_notices_are_those_of_a_reader() -> None:
    wrong = [
        f"{notice['level']} read as {found}: {notice['title']}"
        for notice in NOTICES
        if (found := read_relevance(notice["title"], notice["text"]).level) != notice["level"]
    ]
    assert len(NOTICES) > 100
    assert len(wrong) <= 3, wrong


def test_topics_of_written_notices_are_those_of_a_reader() -> None:
    found_right = found = wanted = 0
    for notice in NOTICES:
        if "topics" in notice:
            topics = set(read_relevance(notice["title"], notice["text"]).topics)
            found_right += len(topics & set(notice["topics"]))
            found += len(topics)
            wanted += len(notice["topics"])
    assert found_right / found >= 0.88  # precision
    assert found_right / wanted >= 0.95  # recall
