"""发文字号: the number under which a document was issued, in one spelling.

`陕政办发〔2023〕11号`: organ code, year, serial. How portals spoil it is listed in the rules below.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from transforms.text import CJK, clean

_CODE = rf"[{CJK}（）()]{{1,24}}?"
_OPEN, _CLOSE = r"[〔\[【［﹝〈（(「]", r"[〕\]】］﹞〉）)」]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"


@dataclass(frozen=True, slots=True)
class DocNo:
    """A document number and its parts. `year` is None for orders, which are numbered through."""

    code: str
    year: int | None
    serial: int
    in_brackets: bool = True

    def __str__(self) -> str:
        if self.year is not None and not self.in_brackets:
            return f"{self.code}{self.year}年第{self.serial}号"
        return (
            f"{self.code}第{self.serial}号"
            if self.year is None
            else f"{self.code}〔{self.year}〕{self.serial}号"
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One way of printing a document number."""

    name: str
    pattern: re.Pattern[str]
    reads: dict[str, str]
    leaves: tuple[str, ...] = ()


BRACKETED = Form(
    name="year-in-brackets",
    pattern=re.compile(rf"(?P<code>{_CODE}){_OPEN}{_YEAR}年?{_CLOSE}第?(?P<serial>\d{{1,6}})号?"),
    reads={
        "国办发〔2019〕50号": "国办发〔2019〕50号",
        "省统计局公告【2021】3号": "省统计局公告〔2021〕3号",
        "清退军发[2021]59号": "清退军发〔2021〕59号",
        "陕政办发 〔2014〕17号": "陕政办发〔2014〕17号",
        "义政办发〔2013〕130 号": "义政办发〔2013〕130号",
        "\u200b国办发〔2021〕14号": "国办发〔2021〕14号",
        "黔府发〔2018〕第7号": "黔府发〔2018〕7号",
        "粤府办(2023)01号": "粤府办〔2023〕1号",
        "津政办发﹝２０１９﹞６号": "津政办发〔2019〕6号",
        "（滇政发〔2016〕7号）": "滇政发〔2016〕7号",
    },
    leaves=("无", "--", "53号", "〔2021〕14号", "522-03-02-08-0841"),
)
ORDER = Form(
    name="numbered-through",
    pattern=re.compile(rf"(?P<code>[{CJK}]{{0,22}}?(?:令|公告|通告|决定))第?(?P<serial>\d{{1,5}})号"),
    reads={
        "福建省人民政府令第208号": "福建省人民政府令第208号",
        "国令第711号": "国令第711号",
        "政府令187号": "政府令第187号",
    },
    leaves=("令人满意", "第53号"),
)
FUSED = Form(
    name="brackets-lost",
    pattern=re.compile(rf"(?P<code>[{CJK}]{{1,20}}[发办函字电通]){_YEAR}(?P<serial>\d{{1,4}})号"),
    reads={"甘政办发201756号": "甘政办发〔2017〕56号"},
    leaves=("热线2017号",),
)
OF_YEAR = Form(
    name="number-of-a-year",
    pattern=re.compile(rf"(?P<code>[{CJK}]{{0,22}}?){_YEAR}年第?(?P<serial>\d{{1,4}})号(?:公告|令|通告)?"),
    reads={"2023年第12号": "2023年第12号", "国家税务总局公告2023年第5号": "国家税务总局公告2023年第5号"},
    leaves=("2023年12月", "2023年第一批"),
)
FORMS = (BRACKETED, ORDER, FUSED, OF_YEAR)
_ENCLOSED = re.compile(r"[（(\[【](.{4,40}号)[）)\]】]")  # the line below a title in collections of law
IN_TEXT = re.compile(rf"[{CJK}]{{2,24}}{_OPEN}(?:19|20)\d\d{_CLOSE}第?\d{{1,6}}号")


def read_doc_no(value: str) -> DocNo | None:
    """The number that a metadata value or line holds and nothing else; None for dashes and other things."""
    value = re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(value))).strip(":,。;")
    value = re.sub(r"^(?:发文字号|文件编号|文号):?", "", value)
    if enclosed := _ENCLOSED.fullmatch(value):
        value = enclosed[1]
    for form in FORMS:
        match = form.pattern.fullmatch(value)
        if match:
            code = match["code"].translate(str.maketrans("()", "（）")).strip("（）") or ""
            year = match.groupdict().get("year")
            if code or form is OF_YEAR:
                return DocNo(code, int(year) if year else None, int(match["serial"]), form is not OF_YEAR)
    return None


@lru_cache(maxsize=4096)
def normalise(value: str) -> str | None:
    """The one spelling of a document number, or None."""
    found = read_doc_no(value)
    return str(found) if found else None
