"""Characters and white space: one spelling for what means the same. No meaning of words belongs here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

CJK = r"\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNCLEAN = re.compile(f"{_INVISIBLE.pattern}|{_BREAKS.pattern}")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_BLANKS = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
_BESIDE_WIDE = re.compile(
    rf"(?<=[0-9A-Za-z%]) (?=[{CJK}\u3001-\u303f\uff01-\uff5e〔])"
    rf"|(?<=[{CJK}\u3001-\u303f\uff01-\uff5e]) (?=[0-9A-Za-z])"
)
_BETWEEN_WIDE = re.compile(
    rf"(?<=[{CJK}\u3001-\u303f\uff01-\uff5e“”‘’—…]) (?=[{CJK}\u3001-\u303f\uff01-\uff5e“”‘’—…])"
)
_IN_BRACKETS = re.compile(r"(?<=[〔\[（(]) | (?=[〕\]）)])")
_LETTERSPACED = re.compile(rf"(?<![^ ])[{CJK}](?: [{CJK}])+(?![^ ])")
_LETTERS = re.compile(r"[^\W_]+")
_SAME_IN_NFKC = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]*")
_SENTENCE = re.compile(r"[。；，！？]")


def clean(text: str) -> str:
    """Text without invisible characters, with line feeds as the only line breaks."""
    if not _UNCLEAN.search(text):
        return text
    return _INVISIBLE.sub("", _BREAKS.sub("\n", text))


def tidy(line: str) -> str:
    """A line without the stray blanks that typesetting leaves around figures and between ideographs.

    Blanks between names in lines that are no sentences stay, as one: `中共某市委办公厅 某市人民政府办公厅`
    is two units. Letter-spaced words (`通 知`) are closed.
    """
    line = _BLANKS.sub(" ", line).strip()
    if " " not in line:
        return line
    line = _IN_BRACKETS.sub("", _BESIDE_WIDE.sub("", line))
    line = _LETTERSPACED.sub(lambda match: match[0].replace(" ", ""), line)
    return _BETWEEN_WIDE.sub("", line) if _SENTENCE.search(line) else line


def narrow_figures(text: str) -> str:
    """The text with full-width figures as plain ones; every character keeps its place."""
    return text.translate(_NARROW)


@lru_cache(maxsize=32)  # hash and signature of a text are taken one after the other
def bare(text: str) -> str:
    """For comparing texts whose punctuation may differ: letters, figures and ideographs only."""
    letters = "".join(_LETTERS.findall(text))
    if _SAME_IN_NFKC.fullmatch(letters):
        return letters
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", letters)))


def joined(before: str, after: str) -> str:
    """Two lines of one paragraph as one: only Latin words need the blank that the line break was."""
    both_latin = before[-1:].isascii() and before[-1:].isalpha() and after[0].isascii() and after[0].isalpha()
    return f"{before} {after}" if both_latin else before + after


def in_one_cell(lines: Iterable[str]) -> str:
    """The paragraphs of a cell on one line, a blank where no mark parts them."""
    text = ""
    for line in filter(None, lines):
        parted = not text or text[-1] in "。；：、，（" or line[0] in "，。、；：）"
        text += line if parted else f" {line}"
    return text


def width(line: str) -> float:
    """Width in ideographs as set in a book face: figures and Latin letters take half, blanks a quarter."""
    return sum(1.0 if char > "\u00ff" else 0.25 if char == " " else 0.5 for char in line)
