"""PDF by LibreOffice where it is installed: many files in one call, a profile of its own, a time limit."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from forms.batch import replacing
from forms.errors import OutputError

SECONDS = 120  # for starting, and again for each 500 pages or so
LONGEST_CALL = 24_000  # characters of file names; Windows takes no longer command than 32,767
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def find_office() -> str | None:
    """Path of LibreOffice on this machine; None when there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def write_pdfs(sources: Sequence[Path], folder: Path, seconds: int = SECONDS) -> list[Path]:
    """Paths of the PDFs made of the .docx *sources* in *folder*, in order, readable by their owner only.

    Raises:
        OutputError: there is no LibreOffice, it takes longer than *seconds*, or a file did not come out.
    """
    office = find_office()
    if office is None:
        raise OutputError("这台电脑没有 LibreOffice，转不了 PDF。请在 Word 或 WPS 里打开后另存为 PDF。")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="forms-pdf-") as home:
        made = Path(home) / "out"
        made.mkdir(mode=0o700)
        for group in _calls(sources):
            _convert(office, Path(home), group, made, seconds)
        return [_collect(made / f"{source.stem}.pdf", folder) for source in sources]


def _calls(sources: Sequence[Path]) -> Iterator[list[Path]]:
    """*sources* in groups that one command names."""
    group: list[Path] = []
    length = 0
    for source in sources:
        more = len(str(source.resolve())) + 3  # a blank and two quotes
        if group and length + more > LONGEST_CALL:
            yield group
            group, length = [], 0
        group.append(source)
        length += more
    if group:
        yield group


def _convert(office: str, home: Path, sources: Sequence[Path], made: Path, seconds: int) -> None:
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(made)]
    try:
        subprocess.run(  # noqa: S603 — our own arguments; no shell reads the file names
            [*command, *(str(source.resolve()) for source in sources)],
            check=True, capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise OutputError(
            f"转 PDF 超过 {seconds} 秒，已停止。请分批再试，或在 Word 里另存为 PDF。"
        ) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise OutputError("LibreOffice 转 PDF 失败。请在 Word 或 WPS 里打开后另存为 PDF。") from error


def _collect(made: Path, folder: Path) -> Path:
    if not made.exists():
        raise OutputError(f"“{made.name}”没有转成。请在 Word 或 WPS 里打开后另存为 PDF。")
    with replacing(folder / made.name) as file:
        file.write(made.read_bytes())
    return folder / made.name
