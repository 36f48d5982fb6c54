"""The archive on S3-like storage, by a setting: against moto's server on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from moto.server import ThreadedMotoServer

from crawlers.archive import find, list_batches, read_batch
from crawlers.model import NoticeFetched, RunEnded
from crawlers.settings import Settings
from tests.crawlers.conftest import Crawler
from tests.crawlers.site import Site


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Address of an archive in a bucket that is there and empty."""
    import s3fs

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("fgf-archive")
    yield "s3://fgf-archive/archive"
    server.stop()


def test_a_crawl_is_archived_read_and_continued_on_s3(
    site: Site, crawler: Crawler, of: Callable[..., Settings], bucket: str
) -> None:
    crawler.settings = of(archive_url=bucket)
    site.put_notices(1, 2, 3)
    portal = site.portal()
    assert crawler.crawl(portal).new == 3

    [batch] = list_batches(crawler.settings)
    events = list(read_batch(crawler.settings, batch.id))
    assert sum(isinstance(event, NoticeFetched) for event in events) == 3
    assert isinstance(events[-1], RunEnded)
    fetched = next(event for event in events if isinstance(event, NoticeFetched))
    assert find(crawler.settings, fetched.url)[0].url == fetched.url

    # The crawler's memory is lost: it is made again from the archive in the bucket.
    shutil.rmtree(crawler.settings.state)
    assert crawler.crawl(portal).new == 0
    assert len(list_batches(crawler.settings)) == 2
