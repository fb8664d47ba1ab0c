"""Hostile files through the whole command, each measured in a process of its own from start to end."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.limits import MEMORY, SECONDS
from tests.intake.old_workbooks import write_xls
from tests.intake.other_formats import ods_cell, ods_row, write_ods
from tests.intake.packages import HEADER_ROW, parts, shared_strings, sheet_xml, write_package
from tests.intake.test_hostile import CSV, ENTITIES, JSON, MEGA, cell

PROBE = """
import sys, time
from assistcli.cli import run
from tests.memory import peak_memory
code = run(sys.argv[1:])
sys.stderr.write(f"\\n{code} {peak_memory()} {time.process_time()}")
"""
MANY = ' table:number-rows-repeated="1000000"'
MANY_CELLS = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(3, 20_000))


def packed(path: Path, sheet: str | bytes, **others: str | bytes) -> Path:
    """A workbook around one hostile sheet."""
    return write_package(path / "a.xlsx", parts(sheet, **others))


def text(path: Path, name: str, content: str) -> Path:
    """A text file of *content*."""
    (path / name).write_text(content, encoding="utf-8")
    return path / name


def word(path: Path, document: bytes) -> Path:
    """A Word file around one hostile part."""
    with zipfile.ZipFile(path / "a.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document)
    return path / "a.docx"


FILES: dict[str, Callable[[Path], Path]] = {
    "a far cell": lambda path: packed(path, cell('r="XFD1048576"')),
    "a bomb": lambda path: packed(path, b"<a>" + b" " * (100 * MEGA) + b"</a>"),
    "entities": lambda path: packed(path, sheet_xml(head=ENTITIES)),
    "a long text in many cells": lambda path: packed(
        path, sheet_xml(HEADER_ROW + MANY_CELLS), shared=shared_strings("长" * 32_000)
    ),
    "a far corner of xls": lambda path: write_xls(
        path / "a.xls", [["学号", "姓名"], *[[]] * 65_534, [""] * 255 + ["1"]]
    ),
    "a row a million times": lambda path: write_ods(
        path / "a.ods", ods_row(ods_cell("学号") + ods_cell("姓名")) + ods_row(ods_cell("1"), MANY)
    ),
    "very many rows": lambda path: text(path, "a.csv", CSV["very many rows"]),
    "deep json": lambda path: text(path, "a.json", JSON["deep"]),
    "spans in spans": lambda path: text(
        path, "b.xls", "<table><tr>" + "<td colspan=500 rowspan=99999>1</td>" * 500 + "</table>"
    ),
    "a bomb in Word": lambda path: word(path, b"<a>" + b" " * (100 * MEGA) + b"</a>"),
    "deep Word": lambda path: word(path, b"<a>" * 200_000),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_little(store: Path, tmp_path: Path, name: str) -> None:
    """Refused in Chinese within ten seconds of work and half a gigabyte, start of the program included."""
    (tmp_path / "in").mkdir()
    path = FILES[name](tmp_path / "in")
    done = subprocess.run(
        [sys.executable, "-c", PROBE, "--store", str(store), "import", str(path)],
        capture_output=True, text=True, timeout=60, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    *said, figures = done.stderr.strip().splitlines()
    code, memory, seconds = figures.split()
    assert code == "3", done.stderr
    assert "Traceback" not in done.stderr
    assert any("\u4e00" <= letter <= "\u9fff" for letter in done.stdout + "".join(said))
    assert int(memory) <= MEMORY
    assert float(seconds) <= SECONDS
