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


@pytest.fixture
def pdf_pages(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """A function that converts every .docx of a folder at once: stem → text of each page, without blanks."""
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if not office or not reader:
        pytest.skip("LibreOffice or poppler is not installed")
    home = tmp_path_factory.mktemp("office")
    aliases = "".join(_ALIAS.format(*pair) for pair in _ALIASES.items())
    (home / "fonts.conf").write_text(
        f"<fontconfig><dir>/usr/share/fonts</dir><cachedir>{home}/cache</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(home / "fonts.conf")}

    def convert(folder: Path) -> dict[str, list[str]]:
        files = sorted(folder.glob("*.docx"))
        command = [
            office,
            f"-env:UserInstallation=file://{home}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", folder, *files],
            env=environment,
            check=True,
            capture_output=True,
            timeout=180,
        )
        return {path.stem: _pages(reader, path.with_suffix(".pdf")) for path in files}

    return convert


def _pages(reader: str, path: Path) -> list[str]:
    done = subprocess.run([reader, "-raw", path, "-"], check=True, capture_output=True, timeout=60)
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    return [re.sub(r"\s+", "", page) for page in pages]
