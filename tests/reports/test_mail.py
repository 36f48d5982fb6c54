"""Mails through a real SMTP server on loopback."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from crawlers.settings import Settings
from reports import charts
from reports.digest import read_digest
from reports.errors import WrongRecipients
from reports.mail import Delivery, message, send_digest, write_mails
from reports.pictures import can_draw_chinese, pictures, png
from reports.recipients import load_recipients
from reports.week import Week
from tests.smtp_port import OnAnyPort

EVERYBODY = """
[[recipients]]
name = "王主任"
mail = "wang@office.example"

[[recipients]]
name = "离职者"
mail = "gone@office.example"

[[recipients]]
name = "李科长"
mail = "li@office.example"
[[recipients.interests]]
name = "青岚"
regions = ["青岚市"]
[[recipients.interests]]
keywords = ["告知承诺"]
"""


@dataclass
class Server:
    """Takes mails for everybody but `gone@`, and keeps them."""

    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("gone@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        read = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(read, EmailMessage)
        self.got.append((envelope.rcpt_tos, read))
        return "250 OK"

    def send(self, message: EmailMessage) -> object:
        """Send it as the connection does: with its own address where the message names no sender."""
        if "From" not in message:
            message["From"] = "digest@fgf.example"
        with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as connection:
            return connection.send_message(message)

    def to(self, mail: str) -> EmailMessage:
        [message] = [message for tos, message in self.got if tos == [mail]]
        return message


@pytest.fixture
def server() -> Iterator[Server]:
    keeper = Server()
    controller = OnAnyPort(keeper, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        keeper.port = controller.port
        yield keeper
    finally:
        controller.stop()


@pytest.fixture
def recipients(tmp_path: Path) -> Path:
    path = tmp_path / "recipients.toml"
    path.write_text(EVERYBODY, "utf-8")
    return path


def deliver(settings: Settings, recipients: Path, server: Server) -> Delivery:
    return send_digest(settings, recipients, server.send, "2023-W16")


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    assert body.get_content_charset() == "utf-8"
    return str(body.get_content())


def test_each_person_gets_one_mail_with_text_page_and_workbook(
    own: Settings, recipients: Path, server: Server
) -> None:
    report = deliver(own, recipients, server)
    assert report.sent == ("wang@office.example", "li@office.example")
    assert [tos for tos, _ in server.got] == [["wang@office.example"], ["li@office.example"]]
    mail = server.to("wang@office.example")
    assert mail["Subject"] == "放管服改革政策周报 2023年第16周（4月17日至4月23日）"
    assert mail["To"].addresses[0].display_name == "王主任"
    for kind in ("plain", "html"):
        assert "临河市人民政府关于印发深化“放管服”改革优化营商环境行动方案的通知" in part(mail, kind)
        assert "https://www.linhe.example/zwgk/zfwj/t301.html" in part(mail, kind)
    [workbook] = [p for p in mail.iter_attachments() if p.get_content_disposition() == "attachment"]
    assert workbook.get_filename() == "fgf-2023-W16.xlsx"
    assert "到期" in load_workbook(BytesIO(workbook.get_content())).sheetnames


def test_a_mail_has_the_date_of_its_sending_not_of_its_week(
    own: Settings, recipients: Path, server: Server
) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    deliver(own, recipients, server)
    for _, mail in server.got:
        assert before <= mail["Date"].datetime <= datetime.now(UTC)


def test_a_refused_address_is_reported_and_the_others_are_served(
    own: Settings, recipients: Path, server: Server
) -> None:
    [failure] = deliver(own, recipients, server).failed
    assert failure.mail == "gone@office.example"
    assert failure.reason == "550 5.1.1 no such mailbox"


def test_nothing_is_sent_twice_and_what_failed_is_tried_again(
    own: Settings, recipients: Path, server: Server
) -> None:
    deliver(own, recipients, server)
    again = deliver(own, recipients, server)
    assert again.sent == ()
    assert again.had == ("wang@office.example", "li@office.example")
    assert [f.mail for f in again.failed] == ["gone@office.example"]
    assert len(server.got) == 2


def test_a_run_that_broke_off_goes_on_with_the_others(
    own: Settings, recipients: Path, server: Server
) -> None:
    def broken(message: EmailMessage) -> object:
        if "li@" in str(message["To"]):
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return server.send(message)

    with pytest.raises(smtplib.SMTPServerDisconnected):
        send_digest(own, recipients, broken, "2023-W16")
    assert deliver(own, recipients, server).sent == ("li@office.example",)
    assert [tos for tos, _ in server.got] == [["wang@office.example"], ["li@office.example"]]


def test_interests_choose_what_a_mail_names_each_thing_once(
    own: Settings, recipients: Path, server: Server
) -> None:
    deliver(own, recipients, server)
    text = part(server.to("li@office.example"), "plain")
    assert "青岚；告知承诺" in text
    assert "青岚市深化“放管服”改革工作领导小组关于开展改革创新试点的通知" in text
    assert "石桥县推行“一业一证”改革实施方案" in text  # of the second interest
    assert "关于扎实推进政务服务" not in text
    policies = text[text.index("新增政策\n") :]
    assert policies.count("* 石桥县推行") == 1


@pytest.mark.usefixtures("chinese_font")
def test_the_page_of_a_mail_asks_for_nothing(own: Settings, recipients: Path, server: Server) -> None:
    deliver(own, recipients, server)
    page = part(server.to("wang@office.example"), "html")
    for word in ("<script", "<link", "url(", "@import", "<svg"):
        assert word not in page
    assert all(address.startswith("cid:") for address in re.findall(r'src="([^"]*)"', page))
    assert len(re.findall(r"\bsrc\s*=", page)) == 4


@pytest.mark.usefixtures("chinese_font")
def test_charts_are_pictures_within_the_mail_each_told_in_words(
    own: Settings, recipients: Path, server: Server
) -> None:
    deliver(own, recipients, server)
    mail = server.to("wang@office.example")
    [both, _workbook] = mail.iter_parts()
    [_text, page] = both.iter_parts()
    assert (mail.get_content_type(), page.get_content_type()) == ("multipart/mixed", "multipart/related")
    [_html, *images] = page.iter_parts()
    shown = dict(re.findall(r'<img src="cid:([^"]+)"[^>]* alt="([^"]+)"', part(mail, "html")))
    assert {image["Content-ID"].strip("<>") for image in images} == set(shown)
    assert {image.get_content_disposition() for image in images} == {"inline"}
    assert "近十二周新增政策：2/27 1，3/13 1，4/10 1，4/17 5" in shown.values()
    for image in images:
        png = image.get_content()
        assert png.startswith(b"\x89PNG")
        assert len(png) < 30_000


def test_without_a_chinese_font_charts_are_tables_of_bars(own: Settings, recipients: Path) -> None:
    digest = read_digest(own, Week(date(2023, 4, 17)), date(2023, 4, 24))
    drawn = pictures(charts.of_digest(digest), system_fonts=False)
    mail = message(digest, load_recipients(recipients)[0], drawn)
    page = part(mail, "html")
    assert "<img" not in page
    assert "未来90日到期任务" in page
    assert "background:#e0a100" in page
    assert "image/png" not in {p.get_content_type() for p in mail.walk()}


@pytest.mark.usefixtures("chinese_font")
def test_names_in_a_picture_are_drawn_and_no_boxes() -> None:
    assert not can_draw_chinese(system_fonts=False)
    one, two = (png(charts.rows("图", [(name, [("lead", 1)])])) for name in ("市税务局", "市司法局"))
    assert one != two


def test_mails_can_be_looked_at_as_files(own: Settings, recipients: Path) -> None:
    paths = write_mails(own, recipients, "2023-W16")
    assert len(paths) == 3
    read = message_from_bytes(paths[0].read_bytes(), policy=policy.default)
    assert read["Subject"].startswith("放管服改革政策周报")


def test_the_same_mail_has_the_same_id_in_every_run(own: Settings, recipients: Path) -> None:
    ids = [message_from_bytes(p.read_bytes())["Message-ID"] for p in write_mails(own, recipients, "2023-W16")]
    assert ids == [
        message_from_bytes(p.read_bytes())["Message-ID"] for p in write_mails(own, recipients, "2023-W16")
    ]
    assert len(set(ids)) == 3


def test_a_person_named_twice_is_one_person(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(
        '[[recipients]]\nmail = "A@x.example"\n[[recipients.interests]]\nregions = ["甲市"]\n'
        '[[recipients]]\nmail = "a@x.example"\n[[recipients.interests]]\ntopics = ["乙"]\n',
        "utf-8",
    )
    [one] = load_recipients(path)
    assert [i.name for i in one.interests] == ["甲市", "乙"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[recipients]]\nname = "甲"', r"recipients\[1\]\.mail is ''"),
        ('[[recipients]]\nmail = "a@b, c@d"', r"recipients\[1\]\.mail"),
        ('[[recipients]]\nmail = "a..b@c.example"', r"recipients\[1\]\.mail"),
        ('[[recipients]]\nmail = "a@[c"', r"recipients\[1\]\.mail"),
        ('[[recipients]]\nmail = "王@c.example"', r"recipients\[1\]\.mail"),
        ('[[recipients]]\nmail = "a@c."', r"recipients\[1\]\.mail"),
        ('[[recipients]]\nmail = "a@b"\ntopic = "x"', "unknown keys"),
        (
            '[[recipients]]\nmail = "a@b"\n[[recipients.interests]]\nunits = "市局"',
            r"interests\[1\]\.units is '市局'",
        ),
        ("recipients = [", "recipients.toml"),
        ('[[people]]\nmail = "a@b"', "people"),
    ],
)
def test_a_wrong_file_is_named_with_its_entry(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "recipients.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(WrongRecipients, match=told):
        load_recipients(path)
