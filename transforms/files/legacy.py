"""DOC, WPS and RTF → pieces: by our reader of Word 97 files, else by antiword or LibreOffice of this
machine."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from transforms.files import docx, word97
from transforms.pieces import Page
from transforms.plain import read_text
from transforms.records import Problem

_SECONDS = 90
# `soffice` is a script that starts other processes: only `timeout` ends them all, even when we are ended.
_WITHIN = ("timeout", "--kill-after=5", str(_SECONDS))
_TIMED_OUT = 124  # what `timeout` returns
_OFFICE_BYTES = 4 << 30  # LibreOffice reserves far more address space than it uses


def read(data: bytes) -> Page:
    """The pieces of an old word-processor file; without anything to read it, a problem that names the
    remedy."""
    if page := word97.read(data):
        return page
    with tempfile.TemporaryDirectory(prefix="fgf-") as folder:
        path = Path(folder) / "file.doc"
        path.write_bytes(data)
        if (antiword := shutil.which("antiword")) and (page := _by_antiword(antiword, path)):
            return page
        if office := shutil.which("soffice") or shutil.which("libreoffice"):
            return _by_office(office, path)
    return Page(
        problems=[
            Problem(
                "file",
                "this DOC, WPS or RTF file needs antiword or LibreOffice Writer: neither is installed",
            )
        ]
    )


def _by_antiword(program: str, path: Path) -> Page | None:
    """Text with lines as long as paragraphs; None when antiword does not know the file."""
    done = subprocess.run(  # noqa: S603 - a fixed program on a file of our own naming
        [*_WITHIN, program, "-w", "0", "-m", "UTF-8.txt", str(path)], capture_output=True, check=False
    )
    text = done.stdout.decode("utf-8", "replace")
    return read_text(text) if done.returncode == 0 and text.strip() else None


def _by_office(program: str, path: Path) -> Page:
    """By way of DOCX, in a profile of its own, so that no open office of a user is disturbed."""
    folder = path.parent
    command = [
        *_WITHIN,
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder / "out"),
        str(path),
    ]
    done = subprocess.run(  # noqa: S603 - a fixed program on a file of our own naming
        command,
        capture_output=True,
        check=False,
        env={"HOME": str(folder), "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8"},
        preexec_fn=_more_memory,
    )
    if done.returncode == _TIMED_OUT:
        return Page(problems=[Problem("file", f"LibreOffice took more than {_SECONDS} s to convert it")])
    made = folder / "out" / "file.docx"
    if not made.is_file():
        return Page(
            problems=[
                Problem(
                    "file",
                    "LibreOffice could not convert it: LibreOffice Writer (or antiword) must be installed",
                )
            ]
        )
    return docx.read(made.read_bytes())


def _more_memory() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _OFFICE_BYTES if hard == resource.RLIM_INFINITY else min(_OFFICE_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
