"""An invented province and what its portals published in spring 2023: staged as by a crawl.

Offsets are found in the texts, so that the evidence is true; all names, numbers and addresses are made up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from crawlers.model import RunReport
from transforms.records import (
    BODY,
    AttachmentRecord,
    Citation,
    Deadline,
    LabelledValue,
    Notice,
    Recurrence,
    Target,
    Task,
    Term,
    Unit,
)
from transforms.staging_schema import StagedEvent

PORTALS = {
    "guowu": ("国家政策文件库", "全国", "100000", "national"),
    "yunchuan": ("云川省人民政府", "云川省", "990000", "province"),
    "linhe": ("临河市人民政府", "临河市", "990100", "city"),
    "qinglan": ("青岚市人民政府", "青岚市", "990200", "city"),
    "shiqiao": ("石桥县人民政府", "石桥县", "990121", "county"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A task before it has its place in a text."""

    title: str
    text: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, str, str, str, str], ...] = ()  # text, op, value, unit, subject
    rhythms: tuple[tuple[str, str], ...] = ()
    kind: str = "measure"
    no: str = ""


def url_of(portal: str, number: int) -> str:
    return f"https://www.{portal}.example/zwgk/zfwj/t{number}.html"


def notice(
    portal: str,
    number: int,
    title: str,
    published: str | None,
    drafts: Sequence[Draft] = (),
    *,
    doc_no: str | None = None,
    issuers: tuple[str, ...] = (),
    written: str | None = None,
    relevance: str = "core",
    cites: Sequence[tuple[str, str]] = (),
    opening: str = "",
    topics: tuple[str, ...] = (),
    validity: str | None = None,
    url: str | None = None,
) -> Notice:
    """A notice whose text is its opening and its tasks, each evidence at its true place."""
    name, region, adcode, level = PORTALS[portal]
    cited = "".join(f"根据《{what}》（{no}）要求，" for no, what in cites)
    text = f"各有关单位：\n{cited}{opening or '为深化“放管服”改革，现将有关事项通知如下。'}"
    tasks = []
    for seq, draft in enumerate(drafts):
        start = len(text) + 1
        text += "\n" + _words(draft)
        tasks.append(_task(seq, draft, text, start))
    citations = tuple(
        Citation(no, what, f"（{no}）", text.index(no) - 1, text.index(no) + len(no) + 1, BODY, "in-brackets")
        for no, what in cites
    )
    key = doc_no or f"{title}|{written or published}"
    return Notice(
        source=url or url_of(portal, number),
        url=url or url_of(portal, number),
        portal_id=portal,
        title=title,
        doc_no=doc_no,
        issuers=issuers or (name,),
        written_on=written,
        published_on=published,
        listed_on=published,
        doc_type="通知",
        validity=validity,
        region=region,
        adcode=adcode,
        level=level,
        cites=tuple(no for no, _ in cites),
        topics=topics,
        relevance=relevance,
        terms=(Term("放管服", "body", 1),) if relevance == "core" else (),
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        document_key=f"{(issuers or (name,))[0]}|{key}",
        signature=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        tasks=tuple(tasks),
        citations=citations,
        attachments=(
            AttachmentRecord(
                "附件：任务分工表.docx",
                f"https://www.{portal}.example/f/{number}.docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                20480,
                "0" * 64,
            ),
        )
        if number % 5 == 0
        else (),
        fields=(LabelledValue("发布日期", published or "", "table"),),
    )


def _words(draft: Draft) -> str:
    parts = [f"{'、'.join(draft.lead)}牵头"] if draft.lead else []
    if draft.responsible:
        parts.append(f"{'、'.join(draft.responsible)}按职责分工负责")
    if draft.support:
        parts.append(f"{'、'.join(draft.support)}配合")
    bracket = f"（{'，'.join(parts)}）" if parts else ""
    return f"{draft.no}{draft.title}。{draft.text}{bracket}"


def _task(seq: int, draft: Draft, text: str, start: int) -> Task:
    words = text[start:]

    def place(quote: str) -> tuple[int, int]:
        at = start + words.index(quote)
        return at, at + len(quote)

    roles = (("lead", draft.lead), ("responsible", draft.responsible), ("support", draft.support))
    region_free = {unit: unit for _, units in roles for unit in units}
    return Task(
        seq=seq,
        no=draft.no.strip("（）.、"),
        path=(),
        title=draft.title,
        text=words,
        starts=words[:16],
        ends=words[-16:],
        kind=draft.kind,
        read_from=BODY,
        start=start,
        end=len(text),
        quote=words,
        rule="numbered-item",
        signature=hashlib.sha256(draft.title.encode()).hexdigest()[:16],
        lead=draft.lead,
        responsible=draft.responsible,
        support=draft.support,
        units=tuple(
            Unit(role, unit, region_free[unit], unit, *place(unit), "bracket")
            for role, units in roles
            for unit in units
        ),
        deadlines=tuple(Deadline(q, due, "day", q, *place(q), "end-of-month") for q, due in draft.due),
        recurring=tuple(Recurrence(q, rule, q, *place(q), "each-month") for q, rule in draft.rhythms),
        targets=tuple(
            Target(q, op, value, unit, subject, q, *place(q), "figure")
            for q, op, value, unit, subject in draft.targets
        ),
    )


MARKET, TAX, DATA, HOUSING, OFFICE = (
    "市市场监管局",
    "市税务局",
    "市大数据局",
    "市住房和城乡建设局",
    "市职转办",
)

OPENING = Draft(
    "优化企业开办服务",
    "整合设立登记、公章刻制、发票申领等环节，2023年6月底前将企业开办时间压减至0.5个工作日内。",
    lead=(MARKET,),
    responsible=(TAX, "市公安局"),
    due=(("2023年6月底前", "2023-06-30"),),
    targets=(("压减至0.5个工作日内", "<=", "0.5", "个工作日", "企业开办时间"),),
    no="（一）",
)
REPORT = Draft(
    "报送改革创新试点工作进度",
    "各有关单位于4月26日前将改革创新试点工作进度表报送市职转办。",
    responsible=("各有关单位",),
    due=(("4月26日前", "2023-04-26"),),
    kind="reporting",
)
MONTHLY = Draft(
    "按月通报办件情况",
    "每月20日前汇总各窗口办件情况并通报。",
    lead=(DATA,),
    rhythms=(("每月20日前", "FREQ=MONTHLY;BYMONTHDAY=20"),),
    no="（三）",
)
BUILDING = Draft(
    "推行工程建设项目并联审批",
    "2023年5月15日前编制并联审批事项清单，全流程审批时间压减至60个工作日内，网上可办率达到95%以上。",
    lead=(HOUSING,),
    support=("市自然资源局",),
    due=(("2023年5月15日前", "2023-05-15"),),
    targets=(
        ("压减至60个工作日内", "<=", "60", "个工作日", "工程建设项目审批时间"),
        ("95%以上", ">=", "95", "%", "网上可办率"),
    ),
    no="（二）",
)
PROMISE = Draft(
    "推行证明事项告知承诺制",
    "2023年4月10日前公布首批告知承诺事项目录。",
    lead=("市司法局",),
    responsible=("各有关部门",),
    due=(("2023年4月10日前", "2023-04-10"),),
    no="（四）",
)
YEARLY = Draft(
    "开展营商环境评价",
    "对照全省评价指标查漏补缺，2023年底前完成本年度营商环境评价，企业满意度不低于90%。",
    lead=("市发展改革委",),
    responsible=(MARKET, TAX),
    due=(("2023年底前", "2023-12-31"),),
    targets=(("不低于90%", ">=", "90", "%", "企业满意度"),),
    no="（五）",
)
PLATFORM = Draft(
    "加快政务数据共享",
    "2023年7月10日前接入一体化政务服务平台，电子证照共享率达到98%。",
    lead=(DATA,),
    responsible=("市行政审批局",),
    due=(("2023年7月10日前", "2023-07-10"),),
    targets=(("达到98%", ">=", "98", "%", "电子证照共享率"),),
    no="（六）",
)

PROVINCE_NO = ("云政发〔2023〕6号", "云川省2023年深化“放管服”改革工作要点")
NATION_NO = ("国示发〔2022〕30号", "关于进一步优化政务服务的意见")


def week_16() -> list[Notice]:
    """What the portals published from 17 to 23 April 2023."""
    return [
        notice(
            "guowu",
            100,
            "关于扎实推进政务服务“一网通办”的指导意见",
            "2023-04-18",
            [replace(PLATFORM, lead=("国家示范主管部门",), responsible=("各省级人民政府",))],
            doc_no="国示发〔2023〕9号",
            issuers=("国家示范主管部门",),
            written="2023-04-12",
            topics=("一网通办",),
        ),
        notice(
            "yunchuan",
            201,
            "云川省人民政府办公厅关于印发2023年深化“放管服”改革优化营商环境重点任务分工方案的通知",
            "2023-04-19",
            [
                replace(YEARLY, lead=("省发展改革委",), responsible=("省市场监管局",)),
                replace(
                    OPENING,
                    text="2023年6月底前将企业开办时间压减至1个工作日内。",
                    lead=("省市场监管局",),
                    responsible=("省税务局",),
                    targets=(("压减至1个工作日内", "<=", "1", "个工作日", "企业开办时间"),),
                ),
            ],
            doc_no="云政办发〔2023〕15号",
            issuers=("云川省人民政府办公厅",),
            written="2023-04-14",
            cites=(NATION_NO,),
            topics=("营商环境",),
        ),
        notice(
            "linhe",
            301,
            "临河市人民政府关于印发深化“放管服”改革优化营商环境行动方案的通知",
            "2023-04-20",
            [OPENING, BUILDING, MONTHLY, PROMISE, YEARLY, REPORT],
            doc_no="临政发〔2023〕8号",
            written="2023-04-17",
            cites=(PROVINCE_NO, NATION_NO),
            topics=("营商环境", "企业开办", "工程建设项目审批"),
        ),
        notice(
            "qinglan",
            401,
            "青岚市深化“放管服”改革工作领导小组关于开展改革创新试点的通知",
            "2023-04-21",
            [
                replace(
                    OPENING,
                    text="2023年6月底前将企业开办时间压减至4小时内，企业开办时间压减至1个工作日内为底线。",
                    targets=(("压减至1个工作日内", "<=", "1", "个工作日", "企业开办时间"),),
                ),
                PLATFORM,
            ],
            doc_no="青改发〔2023〕3号",
            issuers=("青岚市深化“放管服”改革工作领导小组",),
            written="2023-04-20",
            cites=(PROVINCE_NO,),
            topics=("企业开办",),
        ),
        notice(
            "shiqiao",
            501,
            "石桥县推行“一业一证”改革实施方案",
            "2023-04-22",
            [
                replace(
                    PROMISE,
                    text="2023年5月20日前公布首批告知承诺事项目录。",
                    due=(("2023年5月20日前", "2023-05-20"),),
                    lead=("县行政审批局",),
                )
            ],
            relevance="wide",
            written="2023-04-20",
            topics=("一业一证",),
        ),
        notice(
            "linhe",
            302,
            "关于做好春耕农资市场巡查的通知",
            "2023-04-20",
            relevance="none",
            opening="现将春耕期间农资市场巡查安排通知如下。",
        ),
    ]


def earlier() -> list[Notice]:
    """What was published before week 16; the first crawl brings it."""
    return [
        notice(
            "yunchuan",
            202,
            "云川省2023年深化“放管服”改革工作要点",
            "2023-03-02",
            [
                replace(YEARLY, lead=("省发展改革委",), responsible=("省市场监管局",)),
                replace(MONTHLY, lead=("省政务服务局",)),
            ],
            doc_no="云政发〔2023〕6号",
            written="2023-02-27",
        ),
        notice(
            "linhe",
            303,
            "临河市人民政府办公室关于推进政务服务标准化的通知",
            "2023-03-15",
            [
                replace(
                    BUILDING,
                    text="2023年4月24日前完成事项清单编制，网上可办率达到90%以上。",
                    due=(("2023年4月24日前", "2023-04-24"),),
                    targets=(("90%以上", ">=", "90", "%", "网上可办率"),),
                )
            ],
            doc_no="临政办发〔2023〕4号",
            relevance="wide",
        ),
        notice(
            "qinglan",
            402,
            "青岚市2023年优化营商环境工作要点",
            "2023-04-13",
            [
                replace(
                    YEARLY,
                    title="提升企业满意度",
                    text="2023年底前企业满意度不低于95%。",
                    targets=(("不低于95%", ">=", "95", "%", "企业满意度"),),
                )
            ],
            relevance="wide",
            cites=(PROVINCE_NO,),
        ),
        notice("shiqiao", 502, "石桥县2022年“放管服”改革工作总结", "2023-01-12", [], relevance="core"),
    ]


def batch(
    portal: str,
    at: datetime,
    notices: Iterable[Notice],
    *,
    first: bool = False,
    changed: Iterable[Notice] = (),
    removed: Iterable[str] = (),
    outcome: str = "ok",
    reasons: tuple[str, ...] = (),
) -> tuple[str, list[StagedEvent]]:
    """The batch of one crawl: its id and its staged events, the run's report last."""
    run_id = hashlib.sha256(f"{portal}{at}".encode()).hexdigest()[:8]
    batch_id = f"{portal}/{at:%Y%m%dT%H%M%SZ}-{run_id}"
    stamp = {"batch_id": batch_id, "portal_id": portal, "run_id": run_id, "is_first_crawl": first}
    events = []
    for change, found in (("new", list(notices)), ("changed", list(changed))):
        for number, one in enumerate(found):
            events.append(
                StagedEvent(
                    event="notice",
                    at=at + timedelta(seconds=number),
                    url=one.url,
                    change=change,
                    notice=one,
                    page_sha256=hashlib.sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest(),
                    archive_ref=f"{batch_id}.warc.gz#{number}",
                    **stamp,
                )
            )
    gone = list(removed)
    events += [StagedEvent(event="removed", at=at, url=url, reason="404", **stamp) for url in gone]
    report = RunReport(
        run_id,
        portal,
        at,
        12.5,
        outcome,
        "nothing new",
        reasons,
        first,
        listed=len(events),
        new=len(events),
        removed=len(gone),
        requests=len(events) + 1,
        bytes=50_000,
    )
    events.append(StagedEvent(event="run", at=at + timedelta(minutes=1), run=report, **stamp))
    return batch_id, events


def spring() -> list[tuple[str, list[StagedEvent]]]:
    """All batches: first crawls on 10 April; on 22 April news, one change and one withdrawal."""
    monday, friday = datetime(2023, 4, 10, 1, tzinfo=UTC), datetime(2023, 4, 22, 1, tzinfo=UTC)
    old, new = earlier(), week_16()
    batches = []
    for portal in PORTALS:
        batches.append(
            batch(
                portal,
                monday,
                [n for n in old if n.portal_id == portal and n.published_on < "2023-04-10"],
                first=True,
            )
        )  # type: ignore[operator]
    late = [n for n in old if n.portal_id == "qinglan"]
    changed = [reworded(n) for n in old if n.url == url_of("linhe", 303)]
    batches += [
        batch("guowu", friday, [n for n in new if n.portal_id == "guowu"]),
        batch("yunchuan", friday, [n for n in new if n.portal_id == "yunchuan"]),
        batch("linhe", friday, [n for n in new if n.portal_id == "linhe"], changed=changed),
        batch("qinglan", friday, [*late, *(n for n in new if n.portal_id == "qinglan")]),
        batch(
            "shiqiao",
            friday,
            [n for n in new if n.portal_id == "shiqiao"],
            removed=[url_of("shiqiao", 502)],
            outcome="partial",
            reasons=(
                "https://www.shiqiao.example/zwgk/ answered 503 three times. Remedy: wait for the next crawl",
            ),
        ),
    ]
    return batches


def reworded(old: Notice) -> Notice:
    """The same notice with another date for its task."""
    text = old.text.replace("4月24日前", "4月28日前")
    tasks = tuple(
        replace(
            task,
            text=task.text.replace("4月24日前", "4月28日前"),
            quote=task.quote.replace("4月24日前", "4月28日前"),
            deadlines=tuple(
                replace(d, text="2023年4月28日前", quote="2023年4月28日前", due="2023-04-28")
                for d in task.deadlines
            ),
        )
        for task in old.tasks
    )
    return replace(old, text=text, tasks=tasks, text_sha256=hashlib.sha256(text.encode()).hexdigest())


AS_OF = date(2023, 4, 24)
