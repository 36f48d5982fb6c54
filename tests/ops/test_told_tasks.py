"""A task that fails in every run for the same reason is told once, and once more when it is well again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from crawlers.settings import Settings
from ops.notify import NotTold
from ops.told_tasks import tell_failure, tell_success, was_told
from tests.ops.receivers import MailBox, Webhook, no_mail

TASK = "build_warehouse.publish"
FAILED = "【失败】构建数据仓库 · 发布：ChecksFailed: notice_keys_are_unique\n查看：http://127.0.0.1/run/"
WELL = "【恢复】构建数据仓库 · 发布：已恢复正常\n查看：http://127.0.0.1/run/9"


def settings(folder: Path, hook: Webhook | None = None, mail: str = "") -> Settings:
    return Settings(data_dir=folder, alarm_webhook=SecretStr(hook.url if hook else ""), alarm_mail=mail)


def heard(hook: Webhook) -> list[str]:
    return [body["text"].splitlines()[0] for body in hook.bodies]


def test_the_same_failure_is_told_once_however_often_the_task_runs(tmp_path: Path, webhook: Webhook) -> None:
    own = settings(tmp_path, webhook)
    for run in range(3):
        tell_failure(own, TASK, f"{FAILED}{run}", no_mail)
    assert heard(webhook) == [FAILED.splitlines()[0]]
    tell_failure(own, TASK, FAILED.replace("notice", "task"), no_mail)
    assert len(webhook.bodies) == 2


def test_its_end_is_told_once_to_whom_its_beginning_was_told(tmp_path: Path, webhook: Webhook) -> None:
    own = settings(tmp_path, webhook)
    assert tell_success(own, TASK, WELL, no_mail) == 0
    tell_failure(own, TASK, FAILED, no_mail)
    assert was_told(own, TASK)
    for _ in range(2):
        tell_success(own, TASK, WELL, no_mail)
    assert heard(webhook) == [FAILED.splitlines()[0], WELL.splitlines()[0]]
    assert not was_told(own, TASK)
    tell_failure(own, TASK, FAILED, no_mail)
    assert len(webhook.bodies) == 3


def test_of_two_tasks_each_is_told(tmp_path: Path, webhook: Webhook) -> None:
    own = settings(tmp_path, webhook)
    tell_failure(own, TASK, FAILED, no_mail)
    tell_failure(own, "build_warehouse.check", FAILED, no_mail)
    tell_success(own, TASK, WELL, no_mail)
    assert was_told(own, "build_warehouse.check")


def test_every_channel_is_tried_and_the_one_that_failed_is_told_by_the_next_run(
    tmp_path: Path, webhook: Webhook, mailbox: MailBox
) -> None:
    webhook.status = 500
    own = settings(tmp_path, webhook, "duty@office.example")
    with pytest.raises(NotTold, match=r"^webhook: the answer was 500$"):
        tell_failure(own, TASK, FAILED, mailbox.send)
    assert len(mailbox.mails) == 1
    webhook.status, webhook.bodies[:] = 200, []
    assert tell_failure(own, TASK, FAILED, mailbox.send) == 1
    assert (len(webhook.bodies), len(mailbox.mails)) == (1, 1)


def test_each_channel_that_failed_is_named(tmp_path: Path, webhook: Webhook, mailbox: MailBox) -> None:
    webhook.status = 500
    own = settings(tmp_path, webhook, "gone@office.example")
    with pytest.raises(NotTold, match=r"^webhook: .*; mail: .*no such mailbox"):
        tell_failure(own, TASK, FAILED, mailbox.send)


def test_without_channels_nothing_is_sent_and_nothing_remembered(tmp_path: Path) -> None:
    assert tell_failure(settings(tmp_path), TASK, FAILED, no_mail) == 0
    assert not was_told(settings(tmp_path), TASK)
    assert list(tmp_path.iterdir()) == []


def test_a_task_that_ended_well_and_was_never_told_of_loads_nothing_to_tell_it(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from crawlers.settings import load_settings\n"
        "from ops.told_tasks import was_told\n"
        "print(was_told(load_settings(), 'build_warehouse.publish'))\n"
        "print(*sorted({'duckdb', 'requests', 'smtplib', 'ops.notify'} & set(sys.modules)))"
    )
    environment = os.environ | {"FGF_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["False", ""], done.stderr
