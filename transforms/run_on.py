"""Run-on text: a whole notice in one line, as some exports give it, cut back into its paragraphs."""

from __future__ import annotations

import re

from transforms.dates import bare_date, read_date
from transforms.doc_numbers import normalise
from transforms.issuers import UNIT, read_recipients
from transforms.labels import field_of, known_labels, pairs_in
from transforms.text import tidy

LONG = 300  # characters; of shorter lines only indents tell that they hold several
_INDENTS = 3
_FINAL = "。；：！？）〕】”:;!?)]"
NUMERAL_LABEL = r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
"""A pattern of `一、` and `（一）`, with which headings and items of a text begin."""
_SECTION = (
    rf"{NUMERAL_LABEL}"
    r"|第[一二三四五六七八九十百]{1,4}[章条](?=\s|[\u4e00-\u9fff])"
)
_ITEM = r"\d{1,2}[.．、](?![\d．.])"
# A blank where two ideographs meet is no part of a text: a line ended there.
_BLANK = re.compile(r"[ \t\xa0\u3000]+")
# Blanks within a date are typesetting: 二〇一六年 五月 十一日.
_NUMERAL = r"[\d一二三四五六七八九十]{1,3}"
_INSIDE_DATE = re.compile(
    rf"(?<=[\d〇○零一二三四五六七八九]年)[ \u3000]+(?={_NUMERAL}\s?月)|(?<=月)[ \u3000]+(?={_NUMERAL}日)"
)
_FIGURE_DATE = re.compile(
    r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?:[-T ]\d\d:\d\d(?::\d\d)?)?$"
    r"|[A-Z]{2,10}-(?:19|20)\d\d-\d{2,6}$"  # the number of a register stands alone as well
)
_CLOCK = re.compile(r"\d\d?:\d\d(?!\d)")
_CRUMBS = (">", "＞", "»", ">>")
_INDENT = re.compile(r"(?<=\S)[\u3000\xa0]{2}(?=\S)")  # what a printed paragraph begins with
_LINE_END = re.compile(r"[。：；][ \t\xa0\u3000]+(?=\S)")
_BEFORE_LABEL = re.compile(
    rf"(?<=[{re.escape(_FINAL)}])(?=(?:{_SECTION}))|(?<=[。；！？）〕】;)\]])(?=(?:{_ITEM}|附件\s*\d{{0,2}}\s*[:：]))"
)
_AFTER_HEADING = re.compile(
    rf"^(?P<heading>(?:{_SECTION})[^。；：]{{2,46}}?)(?=[（(]一[）)]|(?<!\d)\d{{1,2}}[.．、](?![\d％%]))"
)
_SIGNED = re.compile(
    r"(?<=[。）)])(?P<units>[^，。；：、（）()《》]{4,60}?)(?P<day>(?:\d{4}年\d{1,2}月\d{1,2}日"
    r"|[二一][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日))(?![前起至以止内后])"
)
_RELEASED = re.compile(r"(?=[（(]此件[^（）()]{2,14}[）)])|(?<=发布[）)])|(?<=公开[）)])(?=[^。])")


def is_run_on(line: str, whole: int) -> bool:
    """Whether a line is most of a text of `whole` characters, with indents, labels or line ends inside.

    A long paragraph that enumerates is none: other paragraphs stand beside it.
    """
    if len(line) <= 0.6 * whole:
        return False
    if holds_indents(line):
        return True
    if len(line) <= LONG:
        return False
    return len(_LINE_END.findall(line)) >= 3 or len(_BEFORE_LABEL.findall(_BLANK.sub("", line))) >= 2


def holds_indents(line: str) -> bool:
    """Whether several paragraphs begin within a line: each is printed with two wide blanks before it."""
    return len(_INDENT.findall(line)) >= _INDENTS


def cut_run_on(line: str) -> list[str]:
    """The paragraphs of a run-on line: cut at its blanks, before labels, and around salutation and
    signature."""
    parts: list[str] = []
    names = tuple(re.findall(r"《([^《》]{6,80})》", line[:1500]))
    for chunk in _chunks(line):
        for part in _BEFORE_LABEL.split(chunk):
            parts += _finer(part, names)
    return [text for part in parts if (text := tidy(part))]


def _chunks(line: str) -> list[str]:
    """Stretches between blanks; one that breaks off in the middle of a sentence goes on behind the blank."""
    chunks: list[str] = []
    for word in _BLANK.split(_INSIDE_DATE.sub("", _space_labels(line.strip()))):
        if word in ("-", "•", "·", "|", "*"):
            continue
        if chunks and _is_open(chunks[-1], word):
            between = " " if chunks[-1][-1].isascii() and word[0].isascii() else ""
            chunks[-1] += between + word
        elif word:
            chunks.append(word)
    return chunks


def _space_labels(line: str) -> str:
    """A disclosure block at the head, each pair set off by blanks and kept together."""
    head, rest = line[:400], line[400:]
    return known_labels().sub(lambda match: f" {re.sub(r'[ 　]', '', match[0])}", head) + rest


def _is_open(before: str, word: str) -> bool:
    if not word or word in _CRUMBS or before.endswith(_CRUMBS):
        return True
    if word[0] in "，。、；：！？）〕】》”" or before[-1] in "，、（〔【《“":
        return True
    if _CLOCK.match(word) and read_date(before[-16:]):
        return True
    if bare_date(word) or bare_date(before) or normalise(word) or normalise(before):
        return False
    if _FIGURE_DATE.search(before) or known_labels().match(word):
        return False
    if before[-1] in "：:" and len(before) < 12 and field_of(before) is not None:
        return True
    if (before[-1].isalnum() and before[-1].isascii()) or (word[0].isalnum() and word[0].isascii()):
        # a figure or a Latin word inside a sentence
        return not re.match(_ITEM, word) and before[-1] not in _FINAL and not list(pairs_in(before))
    has_sentence = re.search(r"[，。；]", before) is not None
    return has_sentence and before[-1] not in _FINAL


def _finer(part: str, names: tuple[str, ...]) -> list[str]:
    """Cuts that need a look at what stands there: heading, salutation, signature, release note, and the
    title of
    the enclosed document, one of the `names` that the letter speaks of."""
    if heading := _AFTER_HEADING.match(part):
        return [heading["heading"], *_finer(part[heading.end("heading") :], names)]
    if title := next((name for name in names if part.startswith(name) and len(part) > len(name)), None):
        return [title, *_finer(part[len(title) :], names)]
    colon = re.search(r"[：:]", part[:300])
    if colon and colon.end() < len(part) and read_recipients(part[: colon.end()]) is not None:
        return [part[: colon.end()], *_finer(part[colon.end() :], names)]
    signed = _SIGNED.search(part)
    if signed and UNIT.fullmatch(signed["units"]):
        below = part[signed.end() :]
        return [
            part[: signed.start()],
            signed["units"],
            signed["day"],
            *(_finer(below, names) if below else []),
        ]
    return [piece for piece in _RELEASED.split(part) if piece]
