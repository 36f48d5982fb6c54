"""The explorer by the keyboard alone: keys pressed in Chromium, the focus asked after each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawlers.settings import Settings
from reports.site import SiteReport, write_site
from tests.reports import province
from tests.reports.devtools import SHIFT, Tab, open_tab

READY = "document.documentElement?.dataset.ready"
FOCUS = "(document.activeElement.name || document.activeElement.textContent).trim()"


@pytest.fixture(scope="module")
def site(spring: Settings) -> SiteReport:
    return write_site(spring, today=province.AS_OF)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with open_tab(tmp_path_factory.mktemp("keyboard")) as tab:
        yield tab


@pytest.fixture
def tab(browser: Tab, site: SiteReport) -> Tab:
    browser.open(site.index.as_uri(), READY)
    return browser


def order(tab: Tab, count: int) -> list[str]:
    found = []
    for _ in range(count):
        tab.press("Tab")
        found.append(str(tab.ask(FOCUS)))
    return found


def test_tab_goes_from_the_skip_link_through_columns_and_filters_to_the_list(tab: Tab) -> None:
    found = order(tab, 12)
    assert found[:6] == ["跳到正文", "放管服改革政策库", "政策", "任务", "目标对比", "门户情况"]
    assert found[6:11] == ["q", "region", "unit", "topic", "due"]
    assert found[11] == tab.ask("document.querySelector('.list .title a').textContent")
    tab.press("Tab", SHIFT)
    assert tab.ask(FOCUS) == "due"


def test_what_has_the_focus_can_be_seen(tab: Tab) -> None:
    for _ in range(12):
        tab.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        assert tab.ask(f"{style}.outlineStyle !== 'none' && parseFloat({style}.outlineWidth) >= 1")
        assert tab.ask("document.activeElement.getBoundingClientRect().left >= 0")


def test_the_skip_link_leads_to_the_text_without_leaving_the_view(tab: Tab) -> None:
    tab.press("Tab")
    tab.press("Enter")
    tab.wait("document.activeElement.id === 'main'")
    tab.press("Tab")
    # The browser tells of the new fragment when it likes: whoever has gone on is not called back.
    tab.ask("dispatchEvent(new HashChangeEvent('hashchange'))")
    assert tab.ask(FOCUS) == "q"


def test_a_search_is_typed_and_its_first_notice_opened_by_keys_alone(tab: Tab) -> None:
    tab.press("/")
    assert tab.ask(FOCUS) == "q"
    tab.type("行动方案")
    tab.wait("document.querySelectorAll('.list .title').length === 1")
    for _ in range(5):
        tab.press("Tab")
    tab.press("Enter")
    tab.wait("location.hash.startsWith('#/n/') && document.querySelector('h1')")
    tab.wait("document.querySelector('h1').textContent.includes('行动方案')")
    # Who reads by keyboard or by ear goes on from the notice, not from the top of the page.
    tab.wait("document.activeElement === document.querySelector('h1')")
    tab.ask("history.back()")
    tab.wait("document.querySelectorAll('.list .title').length === 1")
    assert tab.ask("document.querySelector('[name=q]').value") == "行动方案"


def test_escape_empties_the_search(tab: Tab) -> None:
    tab.press("/")
    tab.type("不存在的词")
    tab.wait("document.querySelector('.empty')")
    tab.press("Escape")
    tab.wait("document.querySelectorAll('.list .title').length === 9")
    assert tab.ask(FOCUS) == "q"


def test_a_list_is_chosen_from_by_arrows(tab: Tab) -> None:
    for _ in range(8):
        tab.press("Tab")
    assert tab.ask(FOCUS) == "region"
    tab.press("ArrowDown")
    tab.wait("document.querySelector('[name=region]').value !== ''")
    tab.wait("document.querySelectorAll('.list .title').length < 9")
