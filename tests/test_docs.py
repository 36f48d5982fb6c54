"""The documents keep step with the code: what they must mention they mention, and what they name is there."""

from __future__ import annotations

import re

import pytest

from crawlers.settings import Settings
from tests.conftest import ROOT

LINKED = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    field = Settings.model_fields[name]
    assert f"`FGF_{name.upper()}`" in (ROOT / "docs/settings.md").read_text("utf-8")
    assert str(field.description) in (ROOT / "docs/settings.md").read_text("utf-8")


@pytest.mark.parametrize("name", LINKED)
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))
    blocks = r"```(console|python|toml)\n(.*?)```"

    def commands(text: str) -> list[str]:
        return [re.sub(r"\s+#.*", "", block) for _, block in re.findall(blocks, text, re.S)]

    assert commands(english) == commands(chinese)


def test_no_file_names_a_registry_host_or_a_path_of_one_machine() -> None:
    hosts = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.(org|com|net)|(^|[^\w.])/(work|farm)/")
    for path in (
        ROOT / "requirements.lock",
        ROOT / "requirements-dev.lock",
        ROOT / "README.md",
        ROOT / "Makefile",
    ):
        assert not hosts.search(path.read_text("utf-8")), path


def test_every_make_target_has_a_help_text() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    assert [t for t in phony.split() if not re.search(rf"^{t}:.*## \S", makefile, re.M)] == []
