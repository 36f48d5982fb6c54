"""Which failed tasks have been told: one small file a task and channel below `$FGF_DATA_DIR/told/tasks/`.

A task that fails in every run for the same reason is told once, and once more when it succeeds again. The
file is written after the message has gone out, and taken away after the good news has.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.json_file import write_json
from crawlers.settings import Settings

if TYPE_CHECKING:
    from ops.notify import SendMail


def tell_failure(settings: Settings, task: str, text: str, send_mail: SendMail) -> int:
    """Tell every channel of a failed task, unless the last thing it heard of it was the same first line.

    `task` names it for good, as `build_warehouse.publish`. Returns how many were told. Raises NotTold, naming
    each channel that failed, after all were tried.
    """
    return _tell(settings, task, text, send_mail, news=text.splitlines()[0])


def tell_success(settings: Settings, task: str, text: str, send_mail: SendMail) -> int:
    """Tell every channel that was told of a task's failure that it is well again; returns how many.

    Raises NotTold as `tell_failure` does.
    """
    return _tell(settings, task, text, send_mail, news="")


def was_told(settings: Settings, task: str) -> bool:
    """Whether a failure of the task was told, and its end was not.

    Every task that ends well asks: nothing is imported for it but this file.
    """
    return any(_folder(settings).glob(f"{task}.*"))


def _tell(settings: Settings, task: str, text: str, send_mail: SendMail, news: str) -> int:
    """Tell the channels whose last news was another; what was never told of is well, which is no news."""
    from ops.notify import NotTold, channels, deliver

    told, failures = 0, []
    for channel in channels(settings):
        file = _folder(settings) / f"{task}.{channel}.json"
        if _heard(file) == news:
            continue
        try:
            deliver(settings, channel, text, send_mail)
        except NotTold as error:
            failures.append(str(error))
            continue
        told += 1
        if news:
            write_json(file, news)
        else:
            file.unlink()
    if failures:
        raise NotTold("; ".join(failures))
    return told


def _heard(file: Path) -> str:
    return str(json.loads(file.read_text("utf-8"))) if file.is_file() else ""


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "told" / "tasks"
