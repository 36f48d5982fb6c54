"""A small invented province, as its warehouse stands on 10 May 2023: what the cookbook is asked.

A national and a provincial document, two cities that follow them, a county whose portal fell silent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from crawlers.model import Column, Portal
from crawlers.settings import Settings
from tests.warehouse.made import (
    Batch,
    at,
    make_citation,
    make_notice,
    make_recurrence,
    make_target,
    make_task,
)
from transforms.records import Notice, Problem, Task, Unit
from transforms.tasks.signature import clauses, sign
from warehouse.load import load
from warehouse.publish import publish

TODAY = date(2023, 5, 10)
NOW = datetime(2023, 5, 10, 4, 0, tzinfo=UTC)
PLACES = {
    "guojia": ("国家政策文件库", "全国", "100000", "national"),
    "shifan_province": ("示范省人民政府", "示范省", "610000", "province"),
    "shifan_city": ("示范市人民政府", "示范市", "610100", "city"),
    "yangban_city": ("样板市人民政府", "样板市", "610200", "city"),
    "shiyan_county": ("试验县人民政府", "试验县", "610121", "county"),
}


def portals() -> list[Portal]:
    return [
        Portal(
            id=key,
            name=name,
            region=region,
            adcode=adcode,
            level=level,
            family="plain",
            home=f"https://{key}.example/",
            hosts=(f"{key}.example",),
            columns=(Column("政府文件", "/"),),
            expect={"silent_days": 30},
        )
        for key, (name, region, adcode, level) in PLACES.items()
    ]


def unit(role: str, name: str, norm: str) -> Unit:
    return Unit(role, name, norm, name, 0, len(name), "bracket")


def opening_time(seq: int, text: str, figure: str, *others: Unit, due: str = "2023-06-30") -> Task:
    """A task with a target of the same subject as in the other city."""
    supervisor = unit("lead", "市市场监管局", f"{text[:3]}市场监督管理局")
    return make_task(
        seq,
        text,
        due=[due],
        lead=["市市场监管局"],
        signature=sign(clauses(text)),
        targets=(make_target(f"压减至{figure}个工作日内", "<=", figure, "个工作日", "企业开办时间"),),
        units=(supervisor, *others),
    )


PROMISE = make_task(
    2,
    "全面推行告知承诺制，公布证明事项清单。",
    due=["2023-12-31"],
    lead=["市行政审批局"],
    support=["市司法局"],
)
MONTHLY = make_task(
    3,
    "每月20日前报送进展情况。",
    kind="reporting",
    responsible=["各县区政府"],
    recurring=(make_recurrence("每月20日前", "FREQ=MONTHLY;BYMONTHDAY=20"),),
)


def notice(
    portal: str, title: str, doc_no: str, written_on: str, *tasks: Task, cites: tuple[str, ...] = ()
) -> Notice:
    name, region, adcode, level = PLACES[portal]
    return make_notice(
        title,
        tasks,
        doc_no=doc_no,
        issuers=(name,),
        region=region,
        adcode=adcode,
        level=level,
        written_on=written_on,
        published_on=written_on,
        citations=tuple(make_citation(one) for one in cites),
    )


def last_years_plan() -> Notice:
    """The plan of the year before: its deadline is past, nobody cites it, a file of it could not be read."""
    text = "样板市企业开办压减至1个工作日内办结。开办事项一网通办。"
    task = opening_time(1, text, "1", due="2022-12-31")
    plan = notice("yangban_city", "样板市2022年政务服务工作要点", "样政发〔2022〕4号", "2022-05-20", task)
    scan = Problem("任务表.pdf", "没有文字层")
    return replace(plan, published_on="2022-05-25", topics=("政务服务",), problems=(scan,), validity="失效")


def batches() -> list[Batch]:
    national = notice("guojia", "关于深化放管服改革的意见", "国发〔2022〕5号", "2022-09-01")
    provincial = notice(
        "shifan_province",
        "关于优化营商环境的通知",
        "示省发〔2023〕2号",
        "2023-02-10",
        cites=("国发〔2022〕5号",),
    )
    first = opening_time(1, "示范市企业开办压减至1个工作日内办结。", "1")
    second = opening_time(1, "示范市企业开办压减至0.5个工作日内办结。", "0.5")
    dropped = make_task(4, "开展证照清理。", lead=["市行政审批局"])
    added = make_task(4, "设立办不成事反映窗口。", lead=["市行政审批局"])
    title, number = "示范市优化营商环境若干措施", "示政发〔2023〕6号"
    cites = ("示省发〔2023〕2号",)
    one = notice("shifan_city", title, number, "2023-05-05", first, PROMISE, MONTHLY, dropped, cites=cites)
    two = notice("shifan_city", title, number, "2023-05-05", second, PROMISE, MONTHLY, added, cites=cites)
    text = "样板市企业开办压减至0.5个工作日内办结。开办事项一网通办。"
    helper = unit("support", "市行政审批局", "样板市行政审批局")
    other = notice(
        "yangban_city",
        "样板市提升政务服务工作方案",
        "样政发〔2023〕3号",
        "2023-05-06",
        opening_time(1, text, "0.5", helper),
        cites=("示省发〔2023〕2号", "国发〔2022〕5号"),
    )
    other = replace(other, topics=("政务服务", "商事制度"))
    old = notice("shiyan_county", "关于开展检查的通知", "试政发〔2022〕1号", "2022-12-01")
    city, county = "https://shifan_city.example/6", "https://shiyan_county.example/1"
    return [
        Batch("r1", at(0), "guojia", is_first=True).notice("https://guojia.example/5", national).ended(),
        Batch("r1", at(0), "shifan_province", is_first=True)
        .notice("https://shifan_province.example/2", provincial)
        .ended(),
        Batch("r1", at(0), "shiyan_county", is_first=True).notice(county, old).ended(),
        Batch("r0", at(0), "yangban_city", is_first=True)
        .notice("https://yangban_city.example/1", last_years_plan())
        .ended(),
        Batch("r1", at(35), "shifan_city").notice(city, one).ended(),
        Batch("r2", at(36), "shifan_city").notice(city, two, change="changed").ended(),
        Batch("r1", at(36), "yangban_city").notice("https://yangban_city.example/3", other).ended(),
        Batch("r2", at(37, -6), "shifan_province").notice("https://shifan_province.example/9", other).ended(),
        Batch("r2", at(25), "shiyan_county")
        .removed(county)
        .rejected("https://shiyan_county.example/2")
        .ended(),
    ]


def build(settings: Settings) -> None:
    """Loads and publishes the province."""
    for batch in batches():
        batch.write(settings)
    load(settings, portals=portals(), now=lambda: NOW)
    publish(settings, now=lambda: NOW)
