"""CSS selectors as compiled XPath, with the meaning that browsers give them.

`cssselect` alone looks for the whole of `ul.list li a` below an element. In a browser only its last part
must lie below it, and what stands before may be around it: so this selector finds the links of a row of
that list.
"""

from __future__ import annotations

from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_css
from cssselect.parser import CombinedSelector, Tree
from lxml.etree import XPath, _Element

from crawlers.errors import WrongPortalFile

Element = _Element
_AXES = {
    " ": "ancestor::",
    ">": "parent::",
    "+": "preceding-sibling::*[1]/self::",
    "~": "preceding-sibling::",
}
_TRANSLATOR = HTMLTranslator()


def select(element: Element, css: str) -> list[Element]:
    """The elements inside an element that a selector means, in page order, the element itself never.

    Raises WrongPortalFile when it is no selector.
    """
    found: list[Element] = compiled(css)(element)  # type: ignore[assignment]  # XPath may also yield numbers
    return found


@lru_cache(maxsize=1024)
def compiled(css: str) -> XPath:
    """The selector as XPath, made once. Raises WrongPortalFile."""
    try:
        paths = [f"descendant::{_step(selector.parsed_tree)}" for selector in parse_css(css)]
    except SelectorError as error:
        raise WrongPortalFile(f"{css!r} is no CSS selector that can be used: {error}") from error
    return XPath(" | ".join(paths))


def _step(tree: Tree) -> str:
    """The last part of a selector as a step of a path; what stands before it becomes a condition of that."""
    if not isinstance(tree, CombinedSelector):
        return str(_TRANSLATOR.xpath(tree))
    last, before = _TRANSLATOR.xpath(tree.subselector), _step(tree.selector)
    return f"{last}[{_AXES[tree.combinator]}{before}]"
