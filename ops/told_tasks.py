"""Which failed tasks have been told: one small file a task and channel below `$FGF_DATA_DIR/told/tasks/`.

A task that fails in every run for the same reason is told once, and once more when it succeeds again. The
file is written after the message has gone out, and taken away after the good news has.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crawlers.settings import Settings

if TYPE_CHECKING:
    from ops.notify import SendMail


def tell_failure(settings: Settings, task: str, text: str, send_mail: SendMail) -> int:
    """Tell every channel of a failed task, unless the last thing it heard of it was the same first line.

    `task` names it for good, as `build_warehouse.publish`. Returns how many were told. Raises NotTold, naming
    each channel that failed, after all were tried.
    """
    from ops.notify import channels

    news = text.splitlines()[0]
    waiting = [channel for channel in channels(settings) if _heard(settings, task, channel) != news]
    return _tell(settings, task, waiting, text, send_mail, news)


def tell_success(settings: Settings, task: str, text: str, send_mail: SendMail) -> int:
    """Tell every channel that was told of a task's failure that it is well again; returns how many.

    Raises NotTold as `tell_failure` does.
    """
    from ops.notify import channels

    waiting = [channel for channel in channels(settings) if _heard(settings, task, channel)]
    return _tell(settings, task, waiting, text, send_mail, "")


def was_told(settings: Settings, task: str) -> bool:
    """Whether a failure of the task was told, and its end was not.

    Every task that ends well asks: nothing is imported for it but this file.
    """
    return any(_folder(settings).glob(f"{task}.*"))


def _tell(
    settings: Settings, task: str, waiting: list[str], text: str, send_mail: SendMail, news: str
) -> int:
    from ops.notify import NotTold, deliver

    failures = []
    for channel in waiting:
        try:
            deliver(settings, channel, text, send_mail)
        except NotTold as error:
            failures.append(str(error))
            continue
        _remember(_file(settings, task, channel), news)
    if failures:
        raise NotTold("; ".join(failures))
    return len(waiting)


def _heard(settings: Settings, task: str, channel: str) -> str:
    file = _file(settings, task, channel)
    return file.read_text("utf-8") if file.is_file() else ""


def _remember(file: Path, news: str) -> None:
    if not news:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".tmp")
    aside.write_text(news, "utf-8")
    aside.replace(file)


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "told" / "tasks"


def _file(settings: Settings, task: str, channel: str) -> Path:
    return _folder(settings) / f"{task}.{channel}"
