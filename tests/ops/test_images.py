"""Dockerfile and docker-compose.yml by the linters of their kind, and by Debian's docker-compose."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

COMPOSE = ROOT / "docker-compose.yml"


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def run(*command: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    done = run(tool("hadolint"), "--failure-threshold", "info", str(ROOT / "Dockerfile"))
    assert (done.returncode, done.stdout) == (0, "")


def test_compose_lint_finds_nothing_grave_in_the_compose_file() -> None:
    done = run(tool("compose-lint"), str(COMPOSE))
    assert done.returncode == 0, done.stdout


def test_containers_gain_no_rights_and_ours_have_none_to_lose() -> None:
    for name, service in yaml.safe_load(COMPOSE.read_text("utf-8"))["services"].items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service.get("cap_drop") == ["ALL"] or name in ("postgres", "redis"), name


def test_the_image_runs_as_a_user_without_rights_and_installs_by_hashes() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.findall(r"^USER (.*)$", text, re.M)[-1] == "50000"
    installs = re.findall(r"pip install[^&\n]*", text)
    assert installs
    assert all("--require-hashes" in line for line in installs)


def test_the_image_holds_bytecode_for_its_user_cannot_write_any() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    installs = re.findall(r"uv pip install[^&\n]*", text)
    assert installs
    assert all("--compile-bytecode" in line for line in installs)
    compiled = re.search(r"^RUN python -m compileall -q (.*)$", text, re.M)
    assert compiled is not None
    assert set(compiled[1].split()) == set(re.findall(r"^COPY (\w+) \1$", text, re.M))


def test_every_folder_that_a_service_imports_is_in_the_image() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text("utf-8"), re.M))
    assert copied == {"crawlers", "transforms", "warehouse", "reports", "dags", "ops"}


def test_executor_and_auth_manager_of_the_compose_file_load_with_the_locked_versions() -> None:
    settings = yaml.safe_load(COMPOSE.read_text("utf-8"))["x-airflow"]["environment"]
    assert settings["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"
    manager = settings["AIRFLOW__CORE__AUTH_MANAGER"].rpartition(".")[0]
    celery, _, name = settings["AIRFLOW__CELERY__CELERY_CONFIG_OPTIONS"].rpartition(".")
    code = (
        f"import airflow.providers.celery.executors.celery_executor, {manager}, {celery}, importlib.util\n"
        f"assert all(importlib.util.find_spec(one) for one in {celery}.{name}['imports'])"
    )
    done = run(sys.executable, "-W", "ignore", "-c", code, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.full
def test_debians_docker_compose_reads_it_and_refuses_a_missing_secret(tmp_path: Path) -> None:
    program = shutil.which("docker-compose")
    if program is None:
        pytest.skip("docker-compose is not installed. Remedy: apt-get install docker-compose")
    shutil.copy(COMPOSE, tmp_path)
    names = re.findall(r"^(FGF_\w+)=$", (ROOT / ".env.example").read_text("utf-8"), re.M)
    whole = "".join(f"{name}=x-{name}\n" for name in names)
    (tmp_path / ".env").write_text(whole, "utf-8")
    done = run(program, "config", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    read = yaml.safe_load(done.stdout)["services"]
    assert read["worker"]["environment"]["FGF_CONTACT"] == "x-FGF_CONTACT"
    (tmp_path / ".env").write_text(whole.replace("FGF_REDIS_PASSWORD=", "OTHER="), "utf-8")
    refused = run(program, "config", cwd=tmp_path)
    assert refused.returncode != 0
    assert ".env.example" in refused.stderr
