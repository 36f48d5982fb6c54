"""Sending by Airflow's SMTP connection `smtp_default`."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CONNECTION = "smtp_default"


@contextmanager
def smtp_sender() -> Iterator[Any]:
    """A function that sends one message, as `smtplib.SMTP.send_message`; connects at the first one.

    It raises smtplib's errors, also when the connection is not set up.
    """
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    hook = SmtpHook(smtp_conn_id=CONNECTION)

    def send(message: Any) -> None:
        client: Any = _connected(hook)
        if "From" not in message and hook.from_email:
            message["From"] = hook.from_email
        client.send_message(message)

    try:
        yield send
    finally:
        if hook._smtp_client is not None:
            hook._smtp_client.close()


def _connected(hook: Any) -> Any:
    from airflow.sdk.exceptions import AirflowException

    try:
        return hook.get_conn()._smtp_client
    except AirflowException as error:
        remedy = "Remedy: set the connection smtp_default (docs/operations.md, Mail)"
        raise smtplib.SMTPException(f"{error} {remedy}") from error
