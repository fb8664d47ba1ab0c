"""PDF where LibreOffice is, a clear word where it is not."""

import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from forms import pdf
from forms.errors import OutputError
from forms.fill import fill
from forms.layout import HOME
from forms.template import load_template
from tests.forms.people import PERSON

APPROVAL = Path(str(HOME)) / "templates/zust-2013/approval.docx"


def printed(path: Path) -> Path:
    """A filled form at *path*."""
    path.write_bytes(fill(load_template(APPROVAL), PERSON))
    return path


@pytest.mark.office
def test_forms_become_pdfs_in_one_call(tmp_path: Path) -> None:
    if pdf.find_office() is None:
        pytest.skip("LibreOffice is not installed")
    sources = [printed(tmp_path / "一.docx"), printed(tmp_path / "-二 三.docx")]
    made = pdf.write_pdfs(sources, tmp_path / "pdf")
    assert [path.name for path in made] == ["一.pdf", "-二 三.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)
    assert stat.S_IMODE(made[0].stat().st_mode) == 0o600
    assert {path.name for path in (tmp_path / "pdf").iterdir()} == {"一.pdf", "-二 三.pdf"}


def test_without_libreoffice_the_user_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_office", lambda: None)
    with pytest.raises(OutputError, match="另存为 PDF"):
        pdf.write_pdfs([tmp_path / "x.docx"], tmp_path)


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (subprocess.TimeoutExpired("soffice", 5), "超过 5 秒"),
        (subprocess.CalledProcessError(1, "soffice"), "失败"),
        (OSError("x"), "失败"),
        (None, "没有转成"),
    ],
)
def test_a_failure_is_told_and_leaves_nothing(
    fault: Exception | None, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        if fault:
            raise fault

    monkeypatch.setattr(pdf, "find_office", lambda: "soffice")
    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(OutputError, match=word):
        pdf.write_pdfs([printed(tmp_path / "x.docx")], tmp_path / "pdf", seconds=5)
    assert not list((tmp_path / "pdf").iterdir())


def test_a_command_is_never_longer_than_windows_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year's forms, one file each: several calls, each form once and in order."""
    calls: list[list[str]] = []

    def convert(command: list[str], **_: Any) -> None:
        folder = Path(command[command.index("--outdir") + 1])
        sources = command[command.index("--outdir") + 2 :]
        calls.append(sources)
        for source in sources:
            (folder / f"{Path(source).stem}.pdf").write_bytes(b"%PDF")

    monkeypatch.setattr(pdf, "find_office", lambda: "soffice")
    monkeypatch.setattr(subprocess, "run", convert)
    sources = [tmp_path / f"{number:05}_{'长' * 60}_审批表.docx" for number in range(500)]
    made = pdf.write_pdfs(sources, tmp_path / "pdf")
    assert [path.stem for path in made] == [source.stem for source in sources]
    assert [source for call in calls for source in call] == list(map(str, sources))
    assert 1 < len(calls) < 5
    assert all(sum(map(len, call)) + 3 * len(call) < 32_767 - 500 for call in calls)
