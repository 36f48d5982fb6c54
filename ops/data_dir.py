"""The data folder, made before anything else is, so that a wrong one is told in one line."""

from __future__ import annotations

import os

from crawlers.errors import WrongSetting
from crawlers.settings import Settings, load_settings


def writable_settings() -> Settings:
    """The settings, with their data folder made.

    Raises WrongSetting for settings that cannot be used, a data folder that cannot be written among them.
    """
    settings = load_settings()
    folder = settings.data_dir.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(_cannot_write(settings, error.strerror or str(error))) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WrongSetting(_cannot_write(settings, "no permission to write"))
    return settings


def _cannot_write(settings: Settings, why: str) -> str:
    return f"FGF_DATA_DIR={settings.data_dir}: {why}. Remedy: name a folder that can be written"
