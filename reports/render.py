"""The template environments. Values are neutralised here once, so that no template can forget it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import due
from reports.records import CHANGES, LEVELS, figure_in_words
from reports.text import chinese_date, markdown_text, one_line, safe_link, safe_text

TEMPLATES = Path(__file__).parent / "templates"


@cache
def html() -> Environment:
    """Templates of HTML and XML: values lose what cannot be shown, then are escaped."""
    environment = _environment(autoescape=True)
    environment.finalize = lambda value: (
        value if isinstance(value, Markup | int | float) else safe_text(value)
    )
    return environment


@cache
def markdown() -> Environment:
    """Templates of Markdown: every value is escaped and on one line; `mdlink` gives whole links."""
    environment = _environment(autoescape=False)
    environment.finalize = lambda v: v if isinstance(v, Markup | int | float) else markdown_text(v)
    environment.filters["mdlink"] = _markdown_link
    return environment


@cache
def style() -> Markup:
    """The style sheet that all pages share. It is ours and holds no values."""
    return Markup(html().get_template("digest.css.j2").render())  # noqa: S704


@cache
def plain() -> Environment:
    """Templates of plain text, for the text part of a mail."""
    environment = _environment(autoescape=False)
    environment.finalize = lambda v: v if isinstance(v, Markup | int | float) else safe_text(v)
    return environment


def _environment(*, autoescape: bool) -> Environment:
    # Without autoescape for Markdown and plain text alone, whose own escaping is `finalize`.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=autoescape,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "clip": lambda value, limit: one_line(value, limit),
        "line": one_line,
        "link": safe_link,
        "cn": chinese_date,
        "rhythm": due.rhythm_in_words,
    }
    environment.globals |= {
        "levels": LEVELS,
        "change_names": CHANGES,
        "mark_of": due.mark_of,
        "days_in_words": due.days_in_words,
        "date_in_words": due.date_in_words,
        "figure": figure_in_words,
        "past_words": due.PAST,
    }
    return environment


def _markdown_link(title: Any, url: Any) -> Markup:
    """A Markdown link, or the escaped title alone where the address is none to follow."""
    text, address = markdown_text(title), safe_link(url)
    # Both halves are escaped for Markdown; HTML escaping would show &amp; in a text file.
    return Markup(f"[{text}]({address})" if address else text)  # noqa: S704
