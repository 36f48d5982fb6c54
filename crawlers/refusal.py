"""Pages that are answered instead of the page: challenges, block notices, `no such page` with status 200
(T6, T7).
"""

from __future__ import annotations

import re
from functools import lru_cache

# Statuses by which portals refuse; 412 is the first answer of the 瑞数 challenge.
REFUSING = {
    401: "asks for a login",
    403: "forbids it",
    407: "asks for a login",
    412: "answers a script challenge",
    451: "withholds it for legal reasons",
}

# An address without a page, or with another; firewalls use nearly all other statuses: 405, 503, 521.
_NO_CHALLENGE = (301, 302, 303, 304, 307, 308, 404, 410)

_SHORT = 800  # characters of visible text; a block notice is short, a notice that quotes one is not
_FEW_LINKS = 8  # block notices link to the firewall's maker, and perhaps to the home page
_HEAD = 30_000
_INVISIBLE = re.compile(
    r"<(script|style|noscript)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_SCRIPT_CHALLENGE = re.compile(
    r"\$_ts\s*=|acw_sc__v2|__jsl_clearance|__jsluid|CT6TS?\s*=|C3VK=|HOY_TR|document\.cookie\s*=[^;]*;[^<]{0,200}location",
)
# For text in lower case: each choice begins with one certain character, which is ten times as quick.
_BLOCK_TEXT = re.compile(
    r"知道创宇|创宇盾|安全狗|云锁|360网站卫士|web应用防火墙|网站防火墙|waf拦截|reason\s*[:：]\s*geobl"
    r"|访问(?:请求)?(?:已)?被(?:拦截|阻断|拒绝|禁止)|请求(?:可能|疑似)?(?:存在|包含)?(?:威胁|攻击|恶意)"
    r"|访问(?:可能|疑似)?(?:存在|包含)?(?:威胁|攻击|恶意)|疑似(?:黑客)?攻击|可能是(?:黑客)?攻击"
    r"|正在进行安全(?:验证|检查)|安全(?:验证|检查)(?:中[,，.。…]|页面)|请完成(?:安全)?验证|请(?:开启|启用)javascript并刷新"
    r"|您的(?:ip|访问)[^。]{0,20}(?:被封|被限制|受限)|access denied|attention required|just a moment"
)
_NO_SUCH_PAGE = re.compile(
    r"(?:页面|网页|文章|文件|内容|信息|地址|链接|栏目)[^。，]{0,8}(?:不存在|已(?:被)?删除|未找到|找不到|已下线)"
    r"|(?:页面|网页|链接|地址)[^。，]{0,4}已(?:经)?失效"  # a document that has lost its force is there
    r"|(?:未找到|找不到|没有找到|无法找到)[^。，]{0,10}(?:页面|网页|文章|内容|信息|地址|链接|该页)"
    r"|404\s*(?:Not Found|错误|页面)|Not Found",
    re.IGNORECASE,
)
# The whole frame of the portal may stand around such a page, but no notice's title begins so.
_TITLED_MISSING = re.compile(
    r"<title[^>]{0,50}>\s*((?:404|您(?:所)?(?:访问|查看|查找|请求)的|抱歉|对不起"
    r"|(?:页面|网页|文章|内容)(?:不存在|未找到|找不到|已删除)|找不到)[^<]{0,60})",
    re.IGNORECASE,
)
_TITLE_WITHIN = 4000


@lru_cache(maxsize=2)  # asked twice of each page
def visible_text(html: str) -> str:
    """What a reader without scripts would see of the page, roughly, white space joined."""
    return " ".join(_INVISIBLE.sub(" ", html[:_HEAD]).split())


def challenge(status: int, html: str) -> str:
    """Why this answer is a refusal and not a page; '' when it is a page.

    A page counts as one only when it is short and has no menu: a notice may well speak of attacks and
    firewalls, and a list of the purchase of one.
    """
    if status in REFUSING:
        return f"status {status}: the portal {REFUSING[status]}"
    if status in _NO_CHALLENGE:
        return ""
    if len(html) >= _HEAD or html.count("<a ") > _FEW_LINKS or len(visible_text(html)) > _SHORT:
        return ""
    text = visible_text(html)
    script = _SCRIPT_CHALLENGE.search(html) if len(text) < _SHORT // 4 else None
    if script:
        return f"status {status} with a script challenge ({script[0][:30]!r}) instead of the page"
    block = _BLOCK_TEXT.search(text.lower())
    if block:
        return f"status {status} with a block notice ({block[0]!r}) instead of the page"
    return f"status {status} with a script instead of the page" if status == 202 and "<script" in html else ""


def missing(html: str) -> str:
    """The words by which a page answered with 200 says that it does not exist; '' for other pages."""
    if titled := _TITLED_MISSING.search(html, 0, _TITLE_WITHIN):
        return titled[1].strip()
    if len(html) >= _HEAD:
        return ""
    text = visible_text(html)
    found = _NO_SUCH_PAGE.search(text) if len(text) <= _SHORT // 4 else None
    return found[0] if found else ""
