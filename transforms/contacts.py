"""Persons' names, telephone numbers and mail addresses in a text, with their places, for masking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.records import BODY, Contact

# Single surnames of more than 99 of 100 people, and the usual double ones.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁"
    "任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史陶贺毛郝顾龚邵万覃武钱戴严"
    "莫孔向常汤康施牛洪俞章温柴葛齐庞樊兰殷倪安管骆宁艾蔺左柳甘祝辛耿关路鲁费项岳涂詹季翟童申欧裴焦梅"
    "曲霍柯阮毕聂丘单屈符游滕穆桂饶冉芦靳阎包沙霞娄房商喻盛车占解蒲邢卜米凌卓尤时窦"
)
_NAME = rf"(?:欧阳|上官|诸葛|司马|慕容|皇甫|尉迟|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_AREA = r"[（(]?0\d{2,3}[）)]?"
_LOCAL = r"[2-9]\d{6,7}"
_INNER = r"(?:[-－—转]\d{1,5})?"
_PHONE = rf"{_MOBILE}|{_AREA}\s?[-－—–]?\s?{_LOCAL}{_INNER}|{_LOCAL}"
_MAIL = re.compile(
    r"[A-Za-z0-9][\w.+-]{0,60}\s?[@＠]\s?[A-Za-z0-9][A-Za-z0-9-]{0,60}(?:\s?[.。．]\s?[A-Za-z0-9-]{2,20}){1,4}"
)
_FIGURES = re.compile(r"\d{7}|\d{4}[- ]\d{4}")  # what every number has; most texts have none
_FULL_PHONE = re.compile(
    rf"(?<![\d.〔\[-])(?:{_MOBILE}|{_AREA}\s?[-－—–]\s?{_LOCAL}{_INNER}|0\d{{2,3}}{_LOCAL})(?!\d)"
)
# Seven or eight figures alone are a telephone number only behind such a word or a person's name.
_LOCAL_PHONE = re.compile(
    r"(?:电\s?话|传\s?真|联系方式|手\s?机|座\s?机|热\s?线)\s?(?:号码)?\s?[:：]?\s?(?P<phone>[2-9]\d{6,7})(?!\d)"
)
_LABELLED_NAME = re.compile(
    rf"(?:联\s?系\s?人|联络员|经办人|负责人|填报人|填表人|审核人|签发人)\s?(?:及(?:联系)?电话|姓名)?\s?[:：]\s?(?P<names>{_NAME}(?:\s?[、,，]\s?{_NAME})*)(?![\u4e00-\u9fff])"
)
_NAME_BEFORE_PHONE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{_NAME})\s?[，,:：、（(]?\s?(?:电话[:：]?)?(?P<phone>{_PHONE})(?!\d)"
)


def read_contacts(text: str, read_from: str = BODY) -> list[Contact]:
    """The contacts of a text in order; overlapping finds count once, the longer one."""
    found = sorted(_finds(text), key=lambda find: (find[1], find[1] - find[2]))
    contacts: list[Contact] = []
    for kind, start, end in found:
        if contacts and start < contacts[-1].end:
            continue
        contacts.append(Contact(kind, text[start:end], start, end, read_from))
    return contacts


def _finds(text: str) -> Iterator[tuple[str, int, int]]:
    if "@" in text or "＠" in text:
        for match in _MAIL.finditer(text):
            yield "mail", match.start(), match.end()
    if _FIGURES.search(text):
        yield from _phones(text)
    for match in _LABELLED_NAME.finditer(text):
        at = match.start("names")
        for name in re.finditer(_NAME, match["names"]):
            yield "name", at + name.start(), at + name.end()


def _phones(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _FULL_PHONE.finditer(text):
        yield "phone", match.start(), match.end()
    for match in _LOCAL_PHONE.finditer(text):
        yield "phone", *match.span("phone")
    for match in _NAME_BEFORE_PHONE.finditer(text):
        yield "name", *match.span("name")
        yield "phone", *match.span("phone")
