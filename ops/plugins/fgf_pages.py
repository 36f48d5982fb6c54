"""Airflow plugin: the page 门户状况 in the navigation of the web UI."""

from airflow.plugins_manager import AirflowPlugin

from ops.pages import app


class FgfPages(AirflowPlugin):
    """Adds one page, served by the API server itself and shown inside its UI."""

    name = "fgf_pages"
    fastapi_apps = [{"app": app, "url_prefix": "/fgf", "name": "放管服"}]  # noqa: RUF012
    external_views = [  # noqa: RUF012
        {
            "name": "门户状况",
            "href": "fgf/portals",
            "destination": "nav",
            "category": "browse",
            "url_route": "fgf-portals",
        }
    ]
