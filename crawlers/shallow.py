"""Building a page that is nested by the thousand: by tags that nobody closed, or to keep us busy.

lxml's parser gives up on it, and lxml's trees take a time by the square of their depth. So from a depth on
elements stand beside each other instead of inside each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

Text = str | bytes
_DEEPEST = 200  # real pages have some thirty levels; a list whose rows were never closed has one a row


class Shallow:
    """A target for lxml's parser that builds no tree deeper than so many levels."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._open: list[Text] = []

    def start(self, tag: Text, attrib: Mapping[Text, Text]) -> None:
        """An element begins."""
        if len(self._open) >= _DEEPEST:
            self._builder.end(self._open.pop())
        self._builder.start(tag, dict(attrib))
        self._open.append(tag)

    def end(self, tag: Text) -> None:
        """An element ends, unless it was ended for the depth."""
        if self._open and self._open[-1] == tag:
            self._builder.end(self._open.pop())

    def data(self, data: Text) -> None:
        """Text of the element that is open."""
        if self._open:
            self._builder.data(data)

    def comment(self, text: Text) -> None:
        """Nothing: nobody reads it."""

    def close(self) -> etree._Element:
        """The page."""
        while self._open:
            self._builder.end(self._open.pop())
        return self._builder.close()
