"""Figures and dates as other places print them, in our own words."""

import pytest

from tests.transforms.tasks.reading import only


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        # amounts
        ("全年为企业减负5000万元以上。", [("5000万元以上", ">=", "5000", "万元")]),
        ("“水企贷”累计授信30亿元以上。", [("30亿元以上", ">=", "30", "亿元")]),
        ("单户授信500万元以下的企业可以申请。", []),
        ("设立2亿元规模的周转资金。", [("2亿元", "=", "2", "亿元")]),
        ("设立2亿元周转资金池。", [("2亿元", "=", "2", "亿元")]),
        (
            "“水企贷”贷款8亿元，利率降至4%以内。",
            [("8亿元", "=", "8", "亿元"), ("降至4%以内", "<=", "4", "%")],
        ),
        ("对投资额5000万元以上的项目专人服务。", []),
        ("全年供应产业用地3万亩以上。", [("3万亩以上", ">=", "3", "万亩")]),
        ("新建厂房面积80万平方米以上，优先入驻。", [("80万平方米以上", ">=", "80", "万平方米")]),
        ("绿电交易电量60亿千瓦时，按月公布。", [("60亿千瓦时", "=", "60", "亿千瓦时")]),
        ("港口吞吐量达到9万标箱。", [("达到9万标箱", ">=", "9", "万标箱")]),
        ("开行中欧班列120列。", [("120列", "=", "120", "列")]),
        # counts
        ("8月底前省级“一件事”12件全部上线。", [("12件", "=", "12", "件")]),
        ("为600家企业出具建议书。", [("600家", "=", "600", "家")]),
        ("落实贴息贷款，惠及企业700户。", [("700户", "=", "700", "户")]),
        ("全年举办沙龙不少于30场。", [("不少于30场", ">=", "30", "场")]),
        ("每月举办沙龙不少于2场。", []),
        # ranges and changes
        ("抽查比例3%至5%。", [("3%至5%", "=", "3至5", "%")]),
        ("办理时限缩短1至2个工作日。", [("缩短1至2个工作日", "=", "1至2", "个工作日")]),
        ("减少跑动次数至1次。", [("减少跑动次数至1次", "<=", "1", "次")]),
        ("提高网办率到95%。", [("提高网办率到95%", ">=", "95", "%")]),
    ],
)
def test_figures_to_reach_are_read_as_printed(text: str, targets: list[tuple[str, str, str, str]]) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{text}（市政务局负责）")
    assert [(found.text, found.op, found.value, found.unit) for found in task.targets] == targets


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("需求满足率2024年不低于90%。", ["2024-12-31"]),
        ("对2019年以前出台的文件逐件清理，结果6月10日前公布。", ["2023-06-10"]),
        ("对2022年底前建成的平台开展评估。", []),
        ("一季度、二季度、三季度末分别通报。", ["2023-03-31", "2023-06-30", "2023-09-30"]),
        ("一季度、二季度运行情况另行通报。", []),
        ("2024年在3个园区先行先试。", ["2024-12-31"]),
        ("国庆节前上线运行。", ["2023-10-01"]),
        ("元旦前兑现到位。", ["2024-01-01"]),
    ],
)
def test_dates_are_read_as_meant(text: str, days: list[str]) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{text}（市政务局负责）")
    assert [due.due for due in task.deadlines] == days


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("对失信企业每季度至少检查一次。", ["FREQ=MONTHLY;INTERVAL=3"]),
        ("组织单位每月自查。", ["FREQ=MONTHLY"]),
        ("推行企业年度报告多报合一。", []),
    ],
)
def test_rhythms_after_those_whom_they_befall_are_read(text: str, rules: list[str]) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{text}（市政务局负责）")
    assert [found.rrule for found in task.recurring] == rules


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("推出60个特色事项供企业选用。", "特色事项供企业选用"),
        ("新办食品经营许可5个工作日内办结。", "食品经营许可办理时间"),
        ("网上可办事项新增120项。", "网上可办事项"),  # a number of them is no share
        ("2023年9月底前抽检合格率2023年底前达到98%。", "抽检合格率"),
        ("9月30日前标准化率达到90%。", "标准化率"),
    ],
)
def test_what_is_measured_is_said_without_dates_and_verbs(text: str, subject: str) -> None:
    task = only(f"一、重点任务\n（一）抓好落实。{text}（市政务局负责）")
    assert [found.subject for found in task.targets][-1:] == [subject]
