"""LibreOffice for the tests that look at paper; skipped where it is absent."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

_ALIASES = {
    "仿宋": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
}
_ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'

Convert = Callable[[Path], dict[str, list[str]]]
Office = Callable[[Path, str, Path], None]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A function that converts every .docx of a folder at once: folder, kind, folder for the results."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    home = tmp_path_factory.mktemp("office")
    aliases = "".join(_ALIAS.format(*pair) for pair in _ALIASES.items())
    (home / "fonts.conf").write_text(
        f"<fontconfig><dir>/usr/share/fonts</dir><cachedir>{home}/cache</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf")}

    def convert(folder: Path, kind: str, out: Path) -> None:
        profile = f"-env:UserInstallation=file://{home}/profile"
        command: list[str | Path] = [program, profile, "--headless", "--convert-to", kind, "--outdir", out]
        files = sorted(folder.glob("*.docx"))
        subprocess.run([*command, *files], env=environment, check=True, capture_output=True, timeout=180)

    return convert


@pytest.fixture
def pdf_pages(office: Office) -> Convert:
    """A function that prints every .docx of a folder: stem → text of each page, without blanks."""
    reader = shutil.which("pdftotext")
    if not reader:
        pytest.skip("poppler is not installed")

    def print_all(folder: Path) -> dict[str, list[str]]:
        office(folder, "pdf", folder)
        return {path.stem: _pages(reader, path) for path in sorted(folder.glob("*.pdf"))}

    return print_all


def _pages(reader: str, path: Path) -> list[str]:
    done = subprocess.run([reader, "-raw", path, "-"], check=True, capture_output=True, timeout=60)
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    return [re.sub(r"\s+", "", page) for page in pages]
