"""The sample portals as a whole: started together, on the ports and with the dates of their first start."""

from __future__ import annotations

import json
import threading
import tomllib
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from samples.layouts import LAYOUTS
from samples.notice import Notice, load_notices
from samples.server import Handler, SampleServer
from samples.site import Column, Site

TEMPLATES = Path(__file__).parent / "portals"
HOST = "127.0.0.1"
# Below the range from which systems take ports for outgoing connections, so that a remembered one stays free.
FIRST_PORT, PORTS, TRIES = 20_000, 10_000, 200


class SamplesUnavailable(Exception):
    """The sample portals cannot be served; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class SampleWorld:
    """The running portals: `urls` by portal id; `today` is the day that their dates are relative to."""

    folder: Path
    today: date
    sites: tuple[Site, ...]
    notices: tuple[Notice, ...]

    @property
    def portals_dir(self) -> Path:
        """The folder of portal files that name the running servers."""
        return self.folder / "portals"

    @property
    def urls(self) -> dict[str, str]:
        return {site.id: site.base for site in self.sites}

    def url_of(self, notice: Notice) -> str:
        """Where a notice stands."""
        site = next(site for site in self.sites if site.id == notice.portal)
        return site.base + LAYOUTS[site.family].notice_path(site, notice)


@dataclass(frozen=True, slots=True)
class _State:
    """What a folder remembers: the first day, and each portal's port."""

    today: date
    ports: dict[str, int]


def _load_state(file: Path) -> _State | None:
    if not file.exists():
        return None
    try:
        raw = json.loads(file.read_text("utf-8"))
        return _State(
            date.fromisoformat(raw["today"]), {name: int(port) for name, port in raw["ports"].items()}
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SamplesUnavailable(
            f"{file} cannot be read ({error}). "
            f"Remedy: delete the folder {file.parent}; the samples then start anew."
        ) from error


def _listen(folder: Path, portal_id: str, remembered: int | None, wanted: int | None) -> SampleServer:
    """A server on the remembered port, else the wanted one, else the first free one of this folder's own."""
    if remembered is not None:
        try:
            return SampleServer((HOST, remembered), Handler)
        except OSError as error:
            raise SamplesUnavailable(
                f"port {remembered}, on which {portal_id} was served before, is taken ({error.strerror}). "
                f"Another `make run` may be under way: wait for it. Else stop the program that listens on "
                f"{HOST}:{remembered}, or delete {folder} to start anew on other ports."
            ) from error
    # Checkouts that run beside one another begin at different places.
    start = wanted or FIRST_PORT + zlib.crc32(str(folder.resolve()).encode()) % PORTS
    for port in range(start, start + (1 if wanted else TRIES)):
        try:
            return SampleServer((HOST, port), Handler)
        except (OSError, OverflowError):  # taken; beyond 65535
            continue
    raise SamplesUnavailable(
        f"no free port for {portal_id} on {HOST} from {start} on. "
        "Remedy: --port with the first of four free ports."
    )


def _site(template: dict[str, Any], base: str, today: date, notices: tuple[Notice, ...]) -> Site:
    own = [notice for notice in notices if notice.portal == template["id"]]
    columns = tuple(
        Column(raw["name"], raw["path"], tuple(item for item in own if item.column in ("", raw["name"])))
        for raw in template["columns"]
    )
    code = f"{template['adcode']}0001"
    return Site(template["id"], template["region"], code, template["family"], base, today, columns)


@contextmanager
def serve(folder: Path, today: date, port: int | None = None) -> Iterator[SampleWorld]:
    """The sample portals, served until the block ends; their portal files stand in `portals_dir`.

    At the first start in a folder, `today` and the ports go into `folder/samples.json`. Later starts take
    them from there, so that every address and byte is the same and a crawl finds nothing new. `port` is the
    first one (the portals take it and the next three) and counts at a first start only.
    Raises SamplesUnavailable when a port is taken or samples.json cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = _load_state(folder / "samples.json")
    today = state.today if state else today
    notices = load_notices(today)
    texts = [path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.toml"))]
    with ExitStack() as stack:
        sites = []
        for place, text in enumerate(texts):
            template = tomllib.loads(text)
            remembered = state.ports.get(template["id"]) if state else None
            server = _listen(folder, template["id"], remembered, port and port + place)
            stack.callback(server.server_close)
            server.site = _site(template, f"http://{HOST}:{server.server_port}", today, notices)
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            sites.append(server.site)
        world = SampleWorld(folder, today, tuple(sites), notices)
        _write_files(world, texts)
        yield world


def _write_files(world: SampleWorld, texts: list[str]) -> None:
    world.portals_dir.mkdir(exist_ok=True)
    for site, text in zip(world.sites, texts, strict=True):
        ready = text.replace("{base}", site.base).replace("{host}", site.base.removeprefix("http://"))
        (world.portals_dir / f"{site.id}.toml").write_text(ready, "utf-8")
    ports = {site.id: int(site.base.rsplit(":", 1)[1]) for site in world.sites}
    state = {"today": world.today.isoformat(), "ports": ports}
    (world.folder / "samples.json").write_text(json.dumps(state, indent=1) + "\n", "utf-8")
