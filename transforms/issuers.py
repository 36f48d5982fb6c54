"""Names of authorities: who issued a notice, and to whom it is addressed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transforms.regions import NATION, NATIONAL, place_of
from transforms.text import tidy

_ENDING = (
    r"(?:人民政府|办公厅|办公室|委员会|管委会|人民法院|检察院|领导小组|协调小组|指挥部|总局|监管局|税务局|银行|总工会|集团|公司|联合会|中心"
    r"|[省市县区]委|委|部|厅|局|署|院|会|办|联)"
)
UNIT = re.compile(rf"[\u4e00-\u9fff（）()、·“”]{{2,45}}{_ENDING}(?:[（(][^（）()]{{1,20}}[）)])*")
_VERB = re.compile(
    r"关于|印发|转发|批转|发布|公布|办理|贯彻|落实|推进|进一步|令第|公告|通告|令$|批复|《|\d{4}年|对|同意|取消|废止|修改|调整|成立"
)
_STRONG_VERB = re.compile(r"关于|印发|转发|批转|发布|公布|令第|令$|公告$|通告$|的?批复")
_SHORT = re.compile(
    r"^(?:省|市|县|区|自治区|州)?(?:委|人民)?(?:政府)?(?:办公?室?|府办|府|办公厅)?$|^[省市县区州][\u4e00-\u9fff]{1,12}$|^本(?:站|网)"
)
_ENDS = re.compile(rf"{_ENDING}$")
_COMMAS = re.compile(r"[，,、]")
_SPLIT = re.compile(r"[\s,，、;；|/]+")
_STAMP = re.compile(r"[（(](?:代章|盖章|印章|章|签章|代)[）)]$")


def split_units(text: str) -> list[str]:
    """Joint issuers, each on its own: split at blanks and marks, and where a second full name begins."""
    units: list[str] = []
    for part in _split_outside(("（(《", "）)》"), _SPLIT, _STAMP.sub("", text.strip())):
        units += _split_run_on(part)
    return list(dict.fromkeys(unit for unit in units if unit))


def _split_outside(brackets: tuple[str, str], divider: re.Pattern[str], text: str) -> list[str]:
    """The parts between dividers that stand within none of the brackets (opening, closing)."""
    parts, depth, current = [], 0, ""
    for char in text:
        depth += (char in brackets[0]) - (char in brackets[1])
        if depth <= 0 and divider.fullmatch(char):
            parts.append(current)
            current = ""
        else:
            current += char
    return [part for part in [*parts, current] if part]


def _split_run_on(text: str) -> list[str]:
    """`中共某省委某省人民政府` → both: a new name begins where an ending is followed by the same place, or
    where
    one national authority follows another."""
    place = place_of(text)
    if not place:
        return [text]
    starts = NATIONAL if place.name == NATION else re.compile(rf"(?:中共)?{re.escape(place.name)}")
    for match in starts.finditer(text, 2):
        before = text[: match.start()]
        if place.name != NATION and (head := place_of(before)) and head.name == NATION:
            continue  # a branch bears the name of its head office: 国家税务总局某市税务局
        if _ENDS.search(before) and before != "国务院":
            return [text[: match.start()], *_split_run_on(text[match.start() :])]
    return [text]


def issuers_of_title(title: str) -> list[str]:
    """The units of which a title says that they issue it: `某市人民政府办公室关于…`; [] for none."""
    return _units_before(_STRONG_VERB, title)


def units_opening(title: str) -> list[str]:
    """The units that a title begins with, were it merely about them: `某市财政局2023年部门预算`.

    To be believed only where no signature says better.
    """
    return _units_before(_VERB, title)


def _units_before(verbs: re.Pattern[str], title: str) -> list[str]:
    for verb in verbs.finditer(title, 3, 90):
        units = split_units(title[: verb.start()])
        if units and all(UNIT.fullmatch(unit) and is_full(unit) for unit in units):
            return units
    return []


_LOCAL = re.compile(
    r"(?P<rank>省|自治区|市|县|区|州|盟|旗)(?:人民)?政府(?P<office>办公[厅室])?(?=关于|印发|转发|批转)"
)


def issuers_by_place(title: str, places: Iterable[str]) -> list[str]:
    """The government that a title calls only 市人民政府, by the first of `places` that is of its rank."""
    unit = _LOCAL.match(title)
    place = next((place for place in places if unit and place.endswith(unit["rank"])), None)
    return [f"{place}人民政府{unit['office'] or ''}"] if unit and place else []


_GOVERNMENT = re.compile(r"[\u4e00-\u9fff]{2,12}?人民政府(?:办公[厅室])?")


def government_named_first(title: str) -> list[str]:
    """The government that a title begins with where no verb follows: `某县人民政府工作规则`."""
    unit = _GOVERNMENT.match(title)
    return [unit[0]] if unit and place_of(unit[0]) else []


def is_full(unit: str) -> bool:
    """Whether a printed issuer is a full name; 市政府, 市府办 and 省局 are not."""
    return not _SHORT.match(unit) and (place_of(unit) is not None or len(unit) >= 6)


def read_recipients(line: str) -> list[str] | None:
    """主送机关 of a salutation line, split at commas and 、 outside brackets; None when the line is none."""
    text = tidy(line)
    if not 2 <= len(text) <= 400 or text[-1] not in "：:" or re.search(r"[。！？；!?;]", text):
        return None
    body = text[:-1]
    if _NO_SALUTATION.search(body) or re.search(r"[：:]", body) or not _SALUTATION.search(body):
        return None
    parts = _split_outside(("（(〔[", "）)〕]"), _COMMAS, body)
    return [part.strip() for part in parts if part.strip()]


_NO_SALUTATION = re.compile(
    r"如下|以下|下列|通知|附件|[联责牵]系?[人任头]|为了|为贯彻|根据|现将|要求|说明|备注|目标|任务|措施|原则|时间|地址|电话|标准|内容|其中|包括|[一二三四五六七八九十]、|^\d"
)
_SALUTATION = re.compile(r"[各全有本省市县区州旗盟]|政府|委|厅|局|办|部|公司|单位|机构|学校|银行|院|会|中心")


# What the number of a provincial government's document begins with: 鄂政发〔…〕 is of 湖北省.
_PROVINCES = {
    **{
        "冀": "河北省",
        "晋": "山西省",
        "辽": "辽宁省",
        "吉": "吉林省",
        "黑": "黑龙江省",
        "苏": "江苏省",
        "浙": "浙江省",
    },
    **{
        "皖": "安徽省",
        "闽": "福建省",
        "赣": "江西省",
        "鲁": "山东省",
        "豫": "河南省",
        "鄂": "湖北省",
        "湘": "湖南省",
    },
    **{
        "粤": "广东省",
        "琼": "海南省",
        "川": "四川省",
        "黔": "贵州省",
        "云": "云南省",
        "陕": "陕西省",
        "甘": "甘肃省",
    },
    **{"青": "青海省"},
}
_PROVINCIAL = re.compile(r"省(?P<unit>人民政府(?:办公厅)?)(?=关于|印发|转发|批转)")


def issuers_by_number(title: str, doc_no: str | None) -> list[str]:
    """The government that a title calls only 省人民政府, by the province of the document number."""
    unit = _PROVINCIAL.match(title)
    code = re.match(r"(.)[政府]", doc_no or "")
    province = _PROVINCES.get(code[1]) if code else None
    return [province + unit["unit"]] if unit and province else []
