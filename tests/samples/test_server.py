"""The sample portals answer as the systems that they imitate."""

import io
import json
import re

import docx
import openpyxl
import pypdfium2
import pytest
import requests

from samples import SampleWorld
from samples.notice import Notice
from samples.site import BANNER
from tests.samples.walk import listed_pages


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}, timeout=10
    )


def notice(world: SampleWorld, name: str) -> Notice:
    return next(item for item in world.notices if item.id == name)


def test_every_notice_page_has_title_number_text_and_the_mark_of_a_sample(world: SampleWorld) -> None:
    for item in world.notices:
        page = get(world.url_of(item))
        assert page.status_code == 200, item.id
        assert BANNER in page.text
        assert '<meta name="robots" content="noindex,nofollow">' in page.text
        shown = re.sub(r"<[^>]*>", "", page.text)
        assert item.title in shown
        assert (
            item.published.strftime("%Y-%m-%d") in shown or item.published.strftime("%Y年%m月%d日") in shown
        )
        for block in item.blocks:
            assert block.text in shown, item.id


def test_each_portal_lists_all_its_notices_newest_first(world: SampleWorld) -> None:
    for site in world.sites:
        for column, pages in listed_pages(world, site.id).items():
            # Groups of JCMS are asked for with one record of overlap.
            rows = list(dict.fromkeys(row for page in pages for row in page))
            expected = [
                item for item in world.notices if item.portal == site.id and item.column in ("", column)
            ]
            assert [(row.url, row.title) for row in rows] == [
                (world.url_of(item), item.title) for item in expected
            ]
            assert [row.listed_on for row in rows] == [item.published.date() for item in expected]


def test_each_portal_has_a_list_of_more_than_one_page(world: SampleWorld) -> None:
    for site in world.sites:
        assert max(len(pages) for pages in listed_pages(world, site.id).values()) >= 2, site.id


def test_a_page_that_is_known_answers_304_by_etag_and_by_date(world: SampleWorld) -> None:
    for site in world.sites:
        url = world.url_of(next(item for item in world.notices if item.portal == site.id))
        first = get(url)
        assert get(url, If_None_Match=first.headers["ETag"]).status_code == 304
        assert get(url, If_Modified_Since=first.headers["Last-Modified"]).status_code == 304
        assert get(url, If_None_Match='"other"').status_code == 200
        assert get(url, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status_code == 200
        assert get(url, If_Modified_Since="yesterday").status_code == 200


def test_a_list_is_known_too_until_it_has_something_new(world: SampleWorld) -> None:
    [lanjiang] = [site for site in world.sites if site.id == "sample_lanjiang"]
    url = lanjiang.base + lanjiang.columns[0].path
    assert get(url, If_None_Match=get(url).headers["ETag"]).status_code == 304


def test_robots_txt_lets_everything_be_read_that_is_listed(world: SampleWorld) -> None:
    for base in world.urls.values():
        answer = get(f"{base}/robots.txt")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert "Disallow: /admin/" in answer.text


def test_what_is_not_there_is_404(world: SampleWorld) -> None:
    for base in world.urls.values():
        assert get(f"{base}/nothing/here.html").status_code == 404


def test_head_has_the_length_and_no_body(world: SampleWorld) -> None:
    url = world.url_of(world.notices[0])
    answer = requests.head(url, timeout=10)
    assert int(answer.headers["Content-Length"]) == len(get(url).content)
    assert answer.content == b""


def test_the_first_page_links_to_every_notice(world: SampleWorld) -> None:
    for site in world.sites:
        page = get(f"{site.base}/").text
        for item in world.notices:
            if item.portal == site.id:
                assert f'href="{world.url_of(item).removeprefix(site.base)}"' in page


def test_jcms_gives_records_by_get_and_by_post_and_none_without_its_fields(world: SampleWorld) -> None:
    url = world.urls["sample_yunheng"] + "/module/web/jpage/dataproxy.jsp"
    fields = {"columnid": "2117", "unitid": "20318", "startrecord": "7", "endrecord": "9", "perpage": "3"}
    posted = requests.post(url, data=fields, timeout=10).text
    assert posted.count("<record>") == 3
    assert requests.get(url, params=fields, timeout=10).text == posted
    for wrong in ({}, fields | {"startrecord": "²"}):
        assert requests.get(url, params=wrong, timeout=10).text.count("<record>") == 0


def test_gkmlpt_answers_json_for_its_own_site_only(world: SampleWorld) -> None:
    url = world.urls["sample_linche"] + "/gkmlpt/api/all/0"
    answer = json.loads(get(f"{url}?page=1&sid=990300").text)
    assert answer["classify"]["post_count"] == 7
    assert answer["articles"][0]["title"] == next(
        n.title for n in world.notices if n.portal == "sample_linche"
    )
    for wrong in ("page=1&sid=1", "page=²&sid=990300"):
        assert get(f"{url}?{wrong}").status_code == 404
    assert "window._CONFIG" in get(world.urls["sample_linche"] + "/gkmlpt/index").text


def attachment(world: SampleWorld, name: str) -> requests.Response:
    """The one file of a notice, by the link in its page."""
    url = world.url_of(notice(world, name))
    [link] = re.findall(r'href="([^"]*(?:\.docx|\.xlsx|\.pdf|download\.jsp[^"]*))"', get(url).text)
    return get(requests.compat.urljoin(url, link.replace("&amp;", "&")))


@pytest.mark.parametrize("name", ["lanjiang-cuoshi", "linche-qingdan", "yunheng-gongjian"])
def test_a_docx_attachment_holds_its_table(world: SampleWorld, name: str) -> None:
    answer = attachment(world, name)
    document = docx.Document(io.BytesIO(answer.content))
    assert document.tables[0].cell(0, 0).text == "序号"
    assert document.sections[0].header.paragraphs[0].text == BANNER


@pytest.mark.parametrize("name", ["lanjiang-renwu", "yunheng-yijianshi"])
def test_an_xlsx_attachment_holds_its_rows(world: SampleWorld, name: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(attachment(world, name).content))
    rows = [row[0] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows[1] == "序号"
    assert len(rows) > 8


@pytest.mark.parametrize("name", ["lanjiang-kaiban", "qichuan-huitoukan"])
def test_a_pdf_attachment_gives_its_text_back(world: SampleWorld, name: str) -> None:
    document = pypdfium2.PdfDocument(attachment(world, name).content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    read = re.sub(r"\s", "", text)
    assert read.startswith(BANNER)
    for block in notice(world, name).attachments[0].blocks:
        assert block.text.replace(" ", "") in read
