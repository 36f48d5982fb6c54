"""The page of the portals' health inside Airflow's web UI, for whoever is logged in there.

It reads the published warehouse at each request; nothing is kept and nothing is written.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fastapi import FastAPI

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]

FOLDER = Path(__file__).parent
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """New notices of one week: `height` is 0 to 1 of the portal's own highest week."""

    week: str
    count: int
    height: float


async def app(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
    """What Airflow mounts at /fgf (an ASGI app). It is made by the first request.

    Every task of every run loads the plugins, and only the API server serves them: to make it at once cost
    each task a second of imports, two thirds of what a worker did.
    """
    await _make_app()(scope, receive, send)


@cache
def _make_app() -> FastAPI:
    """Only a user of Airflow sees the page: Airflow's own check of the session stands first."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends, FastAPI
    from fastapi.responses import HTMLResponse

    app = FastAPI(title="放管服", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/portals", response_class=HTMLResponse, dependencies=[Depends(get_user)])
    def portals() -> HTMLResponse:
        return HTMLResponse(portals_page(), headers={"Cache-Control": "no-store"})

    return app


def portals_page() -> str:
    """The page as HTML; without a published warehouse it says how to make one."""
    from jinja2 import Environment, FileSystemLoader

    from crawlers.settings import load_settings
    from warehouse.connect import open_published
    from warehouse.errors import WarehouseError

    templates = Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)
    template = templates.get_template("portals.html")
    try:
        with open_published(load_settings()) as connection:
            data = read_health(connection)
    except WarehouseError as error:
        return template.render(error=str(error), portals=[], alerts=[], published_at=None)
    return template.render(error=None, **data)


def read_health(connection: Any) -> dict[str, Any]:
    """Portals with their weeks, open alarms, what was not read, and when the warehouse was published."""
    [(today, published_at)] = connection.execute(_sql("page_published")).fetchall()
    weeks = [f"{today - timedelta(weeks=back):%G-W%V}" for back in range(WEEKS - 1, -1, -1)]
    volumes: dict[str, dict[str, int]] = {}
    for portal_id, week, count in connection.execute(_sql("page_volumes"), [WEEKS * 7]).fetchall():
        volumes.setdefault(portal_id, {})[week] = count
    portals = [
        {**row, "bars": bars(volumes.get(row["portal_id"], {}), weeks)}
        for row in _dicts(connection.execute(_sql("page_portals")))
    ]
    alerts = _dicts(connection.execute(_sql("page_alerts")))
    rejects = _dicts(connection.execute(_sql("page_rejects")))
    return {
        "portals": portals,
        "alerts": alerts,
        "rejects": rejects,
        "published_at": published_at,
        "today": today,
    }


def bars(counts: dict[str, int], weeks: list[str]) -> list[Bar]:
    """One bar a week, also for weeks without notices."""
    highest = max(counts.values(), default=0) or 1
    return [Bar(week, counts.get(week, 0), counts.get(week, 0) / highest) for week in weeks]


def _sql(name: str) -> str:
    return (FOLDER / "sql" / f"{name}.sql").read_text("utf-8")


def _dicts(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
