"""Charts as PNG pictures, for mails: mail programs show no SVG.

A picture needs a font with Chinese characters on this machine. Where there is none the charts go out as
tables of bars: boxes instead of names would tell a reader nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import resvg_py

from reports import render
from reports.charts import COLOURS, Chart

log = logging.getLogger(__name__)
ZOOM = 2  # points of the picture for one of the page: sharp on today's screens
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30">'
    '<text x="4" y="22" font-size="20" font-family="sans-serif">{}</text></svg>'
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its PNG; without one (`png` is empty) it is shown as a table of bars."""

    chart: Chart
    png: bytes = b""


def pictures(charts: Sequence[Chart], *, system_fonts: bool = True) -> list[Picture]:
    """The charts that show anything, each with its picture where Chinese can be drawn."""
    shown = [chart for chart in charts if not chart.is_empty]
    if not can_draw_chinese(system_fonts=system_fonts):
        log.warning(
            "No font with Chinese characters: charts of mails go out as tables."
            " Remedy on Debian and Ubuntu: apt-get install fonts-noto-cjk"
        )
        return [Picture(chart) for chart in shown]
    return [Picture(chart, png(chart)) for chart in shown]


def png(chart: Chart) -> bytes:
    """The chart on white, ZOOM times as large as its figures of width and height say."""
    svg = render.html().get_template("chart.svg.j2").render(drawn=chart, colours=COLOURS)
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=ZOOM)


def can_draw_chinese(*, system_fonts: bool = True) -> bool:
    """Whether two characters come out unlike each other: without a font both are the same box, or nothing."""
    drawn = {
        resvg_py.svg_to_bytes(svg_string=_PROBE.format(sign), skip_system_fonts=not system_fonts)
        for sign in "政务"
    }
    return len(drawn) == 2
