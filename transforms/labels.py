"""Labels of the disclosure block (索引号, 发文字号 …) and the fields they fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from transforms.records import LabelledValue
from transforms.text import tidy

# Label without blanks, brackets and colons -> our field. From the labels met on portals of all provinces.
# `written_or_entered` (发文日期, 生成日期) is the writing date on some portals and the day of entry on others, so it
# is kept as printed and never fills 成文日期 by itself. `source` (来源) names a medium as often as an issuer.
FIELDS: dict[str, str] = {
    **dict.fromkeys(("索引号", "信息索引号", "统一编号", "政府信息索引号", "索取号"), "index_no"),
    **dict.fromkeys(
        ("发文字号", "文号", "文件编号", "公文文号", "发布文号", "文件文号", "文件字号"), "doc_no"
    ),
    **dict.fromkeys(
        (
            "发文机关",
            "发文机构",
            "发文单位",
            "发文部门",
            "发布机构",
            "发布单位",
            "发布机关",
            "制发机关",
            "制定机关",
        )
        + (
            "制发单位",
            "公开主体",
            "责任部门",
            "印发机关",
            "印发单位",
            "公开责任部门",
            "信息公开责任部门",
            "发文主体",
        ),
        "issuers",
    ),
    **dict.fromkeys(("成文日期", "成文时间", "印发日期", "印发时间", "签发日期", "制发日期"), "written_on"),
    **dict.fromkeys(("发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "公布时间"), "published_on"),
    # Short labels of the line below a title; a line that says nothing else is not one (see `pairs_in`).
    **dict.fromkeys(("时间", "日期"), "published_on"),
    # Meta tags: the standard set of government sites, and that of the State Council.
    **dict.fromkeys(("PubDate", "firstpublishedtime"), "published_on"),
    **dict.fromkeys(("发文日期", "发文时间", "生成日期", "生成时间"), "written_or_entered"),
    **dict.fromkeys(("标题", "名称", "信息名称", "文件名称", "公文标题", "文件标题"), "title"),
    **dict.fromkeys(
        (
            "主题分类",
            "组配分类",
            "信息分类",
            "体裁分类",
            "公开目录",
            "分类",
            "信息类别",
            "公文类别",
            "主题类别",
        ),
        "category",
    ),
    **dict.fromkeys(
        (
            "有效性",
            "效力状态",
            "效力状况",
            "时效",
            "时效性",
            "公文时效",
            "是否有效",
            "状态",
            "文件状态",
            "有效状态",
        ),
        "validity",
    ),
    **dict.fromkeys(("公文种类", "公文种别", "文种"), "doc_type"),
    **dict.fromkeys(("来源", "信息来源", "文章来源", "稿件来源", "机构"), "source"),
    **dict.fromkeys(
        (
            "主题词",
            "关键词",
            "内容概述",
            "公开方式",
            "公开属性",
            "公开时限",
            "公开范围",
            "实施日期",
            "施行日期",
            "废止日期",
        )
        + (
            "失效日期",
            "生效日期",
            "有效期",
            "字体",
            "字号",
            "字体大小",
            "浏览次数",
            "点击数",
            "点击率",
            "阅读次数",
            "访问量",
        )
        + (
            "作者",
            "责任编辑",
            "编辑",
            "审核",
            "字体显示",
            "更新时间",
            "更新日期",
            "服务对象",
            "所属地区",
            "文件类型",
            "点击",
            "浏览",
            "阅读",
            "浏览量",
            "阅读量",
            "浏览次数",
            "ArticleTitle",
            "ContentSource",
            "ColumnName",
        ),
        "",
    ),
}
_WEAK = frozenset(("时间", "日期", "状态", "分类", "机构", "编辑", "审核", "作者"))
EMPTY = re.compile(r"[\s：:\-—－–/／.。]*(?:无|暂无|空|null|None|undefined)?[\s：:\-—－–]*")
_BULLET = re.compile(r"^\s*(?:[-*•·▪◆●]\s*)?")
_NOISE = re.compile(r"[\s\u200b-\u200f\ufeff　\xa0：:\[\]【】〔〕()（）*•·▪]+")


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """A label without white space, brackets, colons and bullets."""
    return _NOISE.sub("", label)


def field_of(label: str, extra: Mapping[str, str] | None = None) -> str | None:
    """The field that a label fills; "" for a label that is known and fills none; None for an unknown one."""
    key = label_key(label)
    if extra:
        for name, field in extra.items():
            if label_key(name) == key:
                return field
    return FIELDS.get(key)


def is_empty(value: str) -> bool:
    """Whether a printed value says nothing: blank, 无, a colon or dashes alone."""
    return EMPTY.fullmatch(value) is not None


@cache
def known_labels(extra: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A known label, letter-spaced or not, at the start of a line or after a blank, with its colon."""
    names = "|".join(_spaced(name) for name in sorted({*FIELDS, *extra}, key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[\s|｜【\[\]】\d)）•·-]))[\[【]?({names})[\]】]?[ \u3000\xa0]*(?:[:：]|(?<=[\]】]))"
    )


def _spaced(name: str) -> str:
    return r"[ \u3000\xa0]*".join(map(re.escape, name))


@cache
def _bare_label() -> re.Pattern[str]:
    """A bullet, a known label, a blank and a value: `• 成文日期 2017-10-17`."""
    names = "|".join(_spaced(name) for name in sorted(FIELDS, key=len, reverse=True))
    return re.compile(rf"\s*[-*•·▪◆●]\s*({names})[ \u3000\xa0\t]+(\S.*)$")


def pairs_in(line: str, origin: str = "text", extra: tuple[str, ...] = ()) -> Iterator[LabelledValue]:
    """The `label：value` pairs of a line that begins with a label, known or of `extra`; nothing for other lines."""
    line = line.replace("\xa0", " ")
    head = _BULLET.sub("", line)
    pattern = known_labels(extra)
    first = pattern.match(head)
    found = list(pattern.finditer(head)) if first else []
    if found and (len(found) > 1 or label_key(found[0][1]) not in _WEAK):
        ends = [match.start() for match in found[1:]] + [len(head)]
        for match, end in zip(found, ends, strict=True):
            yield LabelledValue(label_key(match[1]), tidy(head[match.end() : end]).strip("|｜ "), origin)
    elif bullet := _bare_label().match(line):
        yield LabelledValue(label_key(bullet[1]), tidy(bullet[2]), origin)
