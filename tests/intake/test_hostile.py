"""Files that nobody should have to wait for: each is refused in Chinese, none takes the machine with it."""

import contextlib
import gzip
import json
import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistcli.errors import DataRejectedError
from assistcli.intake.reading import read_rows
from tests.intake.builders import HEADER, students, write_csv, write_xlsx
from tests.intake.limits import within_limits
from tests.intake.old_workbooks import write_xls
from tests.intake.packages import HEADER_ROW, PERSON_ROW, parts, shared_strings, sheet_xml, write_package

ENTITIES = "<!DOCTYPE a [<!ENTITY b 'x'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
MEGA = 1 << 20


def refuse(path: Path) -> str:
    """The message with which the file is refused, within ten seconds and half a gigabyte."""
    with pytest.raises(DataRejectedError) as caught:
        within_limits(lambda: len(read_rows(path, subject="student", mapping={}, year=2013).rows))
    message = str(caught.value)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in message)
    assert len(message.splitlines()) <= 3
    return message


def package(path: Path, sheet: str | bytes, **others: str | bytes) -> Path:
    """A workbook around one hostile sheet or part."""
    return write_package(path / "a.xlsx", parts(sheet, **others))


def cell(address: str) -> str:
    """A person and one more cell somewhere."""
    return sheet_xml(HEADER_ROW + PERSON_ROW + f"<row><c {address}><v>1</v></c></row>")


FAR = [
    'r="XFD1048576"',
    'r="XFD1"',
    'r="ZZZ3"',
    'r="AMJ3"',
    'r="AAA3"',
    'r="A1048576"',
    'r="B900000"',
    'r="ZZ60000"',
    'r="ZA99999"',
    'r="SZ9000"',
    "r='XFD1048576'",
    'r = "XFD1048576"',
    'r\n="XFD1048576"',
    'r= "XFD1048576"',
    's="1" r="XFD1048576" t="n"',
    'r="xfd1048576"',
    'r="A99999999999999999999"',
    'r="CRXO4294967296"',
    'r="A4294967295"',
]


@pytest.mark.parametrize("address", FAR)
def test_far_cells(tmp_path: Path, address: str) -> None:
    """One cell in the far corner would unfold to thousands of millions."""
    refuse(package(tmp_path, cell(address)))


@pytest.mark.parametrize("number", ["1048576", "999999", "99999999999"])
def test_far_rows_without_addresses(tmp_path: Path, number: str) -> None:
    refuse(package(tmp_path, sheet_xml(HEADER_ROW + f'<row r="{number}"><c><v>1</v></c></row>')))


def test_a_wide_declared_range_costs_nothing(tmp_path: Path) -> None:
    """WPS and others declare what they like; only cells count."""
    for declared in ("A1:XFD1048576", "A1", "B2:A1"):
        path = package(tmp_path, sheet_xml(before=f'<dimension ref="{declared}"/>'))
        assert len(read_rows(path, subject="student", mapping={}, year=2013).rows) == 1


PARTS = ["sheet", "shared", "book", "docProps/app.xml", "xl/styles.xml"]


@pytest.mark.parametrize("part", PARTS)
def test_bombs(tmp_path: Path, part: str) -> None:
    """Forty kilobytes that unfold to forty megabytes."""
    bomb = b"<a>" + b" " * (40 * MEGA) + b"</a>"
    refuse(package(tmp_path, bomb) if part == "sheet" else package(tmp_path, sheet_xml(), **{part: bomb}))


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory says one kilobyte; what counts is what comes out."""
    path = package(tmp_path, sheet_xml(), **{"xl/styles.xml": b" " * (40 * MEGA)})
    data = path.read_bytes().replace(struct.pack("<I", 40 * MEGA), struct.pack("<I", 1024))
    path.write_bytes(data)
    refuse(path)


def test_very_heavy_workbooks(tmp_path: Path) -> None:
    """What unfolds to hundreds of megabytes is no list, however badly it packs."""
    path = package(tmp_path, sheet_xml(), **{"xl/styles.xml": b" " * MEGA})
    data = path.read_bytes().replace(struct.pack("<I", MEGA), struct.pack("<I", 400 * MEGA))
    path.write_bytes(data)
    assert "400 MB" in refuse(path)


def test_very_many_parts(tmp_path: Path) -> None:
    refuse(package(tmp_path, sheet_xml(), **{f"xl/media/{number}.xml": "<a/>" for number in range(5000)}))


@pytest.mark.parametrize("part", ["sheet", "shared", "book", "rels"])
def test_entities(tmp_path: Path, part: str) -> None:
    """A document type has no business in a workbook."""
    content = parts(sheet_xml(head=ENTITIES if part == "sheet" else ""))
    names = {
        "shared": "xl/sharedStrings.xml",
        "book": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
    }
    if part in names:
        content[names[part]] = ENTITIES + str(content[names[part]])
    refuse(write_package(tmp_path / "a.xlsx", content))


def test_one_long_text_in_very_many_cells(tmp_path: Path) -> None:
    """Stored once, shown 20,000 times: half a gigabyte of text from a file of a few kilobytes."""
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c></row>' for number in range(3, 20_000)
    )
    refuse(package(tmp_path, sheet_xml(HEADER_ROW + rows), shared=shared_strings("长" * 32_000)))


@pytest.mark.parametrize("ref", ["A1:XFD1048576", "A2:A1048576", "A3:ZZ99999"])
def test_merged_ranges_beyond_the_table_cost_nothing(tmp_path: Path, ref: str) -> None:
    """A merge fills only rows that are there."""
    path = package(tmp_path, sheet_xml(after=f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'))
    assert len(read_rows(path, subject="student", mapping={}, year=2013).rows) == 1


@pytest.mark.parametrize("cut", [1, 4, 10, 30, 100, 400, 800, -1, -20, -60])
def test_cut_off_workbooks(tmp_path: Path, cut: int) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, *students(3)])
    path.write_bytes(path.read_bytes()[:cut])
    refuse(path)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7])
def test_workbooks_with_bytes_overwritten(tmp_path: Path, place: float) -> None:
    """A file that went through a bad stick: its check sums no longer fit."""
    path = write_xlsx(tmp_path / "a.xlsx", [HEADER, *students(40)])
    data = bytearray(path.read_bytes())
    start = int(len(data) * place)
    data[start : start + 200] = bytes(200)
    path.write_bytes(data)
    refuse(path)


BROKEN: list[tuple[str, Callable[[], dict[str, str | bytes]]]] = [
    ("no sheet", lambda: {"a.txt": "x"}),
    ("a Word file", lambda: {"word/document.xml": "<w/>", "[Content_Types].xml": "<a/>"}),
    ("no workbook", lambda: {"xl/worksheets/sheet1.xml": sheet_xml()}),
    ("no links", lambda: parts(sheet_xml(), rels="")),
    (
        "links elsewhere",
        lambda: parts(
            sheet_xml(), rels='<Relationships><Relationship Id="x" Target="/etc"/></Relationships>'
        ),
    ),
    ("unclosed XML", lambda: parts("<worksheet><sheetData><row><c r='A1'><v>1")),
    ("crossed XML", lambda: parts("<worksheet><sheetData></worksheet></sheetData>")),
    ("no XML", lambda: parts("学号,姓名")),
    ("an empty part", lambda: parts("")),
    ("zeros", lambda: parts(bytes(100_000))),
    ("a bad address", lambda: parts(cell('r="1A"'))),
    ("no rows", lambda: parts(sheet_xml(""))),
    (
        "a text that is not there",
        lambda: parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')),
    ),
    ("a header alone in XML text", lambda: parts("<worksheet>学号</worksheet>")),
]


@pytest.mark.parametrize("content", [build for _, build in BROKEN], ids=[name for name, _ in BROKEN])
def test_packages_that_are_no_lists(tmp_path: Path, content: Callable[[], dict[str, str | bytes]]) -> None:
    refuse(write_package(tmp_path / "a.xlsx", content()))


@pytest.mark.parametrize("flag", ["encrypted", "unknown method"])
def test_parts_that_cannot_be_unpacked(tmp_path: Path, flag: str) -> None:
    path = package(tmp_path, sheet_xml())
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            place = start + offset if flag == "encrypted" else start + offset + 2
            data[place : place + 2] = b"\x01\x00" if flag == "encrypted" else b"\x63\x00"
    path.write_bytes(data)
    refuse(path)


MAGIC = {
    "a.pdf": b"%PDF-1.7\n",
    "a.png": b"\x89PNG\r\n",
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.rtf.csv": b"{\\rtf1 ",
    "a.gz": gzip.compress(b"a" * 1000),
    "a.rar": b"Rar!\x1a\x07",
    "a.7z": b"7z\xbc\xaf\x27\x1c",
    "a.xls": b"<html><table><tr><td>1</td></tr></table></html>",
    "b.xls": b'<?xml version="1.0"?><Workbook/>',
    "c.xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "d.xls": bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 5000,
    "e.xlsx": b"MZ\x90\x00" + bytes(500),
    "f.csv": bytes(range(256)) * 20,
    "g.csv": b"\xff" * 4000,
    "h.csv": bytes(9000),
    "i.csv": "学号,姓名\n10400001,张三".encode("utf-32"),
    "j.txt": "没有表头的一段文字。".encode(),
    "k.docm": b"hello",
    "l.csv": b"\n" * 1000,
    "m.csv": "学号,姓名\n10400001,张".encode() + b"\xff\xff,\xfe",
    "n.json": b"\xff\xfe\xfa",
}


@pytest.mark.parametrize("name", MAGIC)
def test_other_kinds_of_files(tmp_path: Path, name: str) -> None:
    """Whatever its name says, a file that is no list is refused for what it is."""
    path = tmp_path / name
    path.write_bytes(MAGIC[name])
    refuse(path)


JSON = {
    "deep": "[" * 200_000,
    "deep object": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "long number": '[{"学号": ' + "9" * 6000 + ', "姓名": "张三"}]',
    "NaN": '[{"学号": NaN}]',
    "Infinity": '[{"学号": -Infinity}]',
    "a key twice": '[{"学号": "1", "学号": "2"}]',
    "a string": '"学号"',
    "a number": "1",
    "a list of lists": '[["学号", "姓名"]]',
    "one level too many": '[{"学号": {"号": "1"}, "姓名": "张三"}]',
    "cut off": '[{"学号": "10400001", "姓名": "张',
    "empty": "[]",
    "blank": " ",
    "two values": "[] []",
    "null": "null",
    "single quotes": "[{'学号': '1'}]",
    "many keys": json.dumps([{str(number): "1" for number in range(5000)}]),
}


@pytest.mark.parametrize("name", JSON)
def test_json_that_is_no_list(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(JSON[name], encoding="utf-8")
    refuse(path)


@pytest.mark.parametrize("name", ["deep", "cut off", "a list of lists", "NaN"])
def test_jsonl_that_is_no_list(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"学号": "1", "姓名": "张三"}\n' + JSON[name], encoding="utf-8")
    assert "第 2" in refuse(path)


CSV = {
    "an open quotation mark": '学号,姓名\n10400001,"张三\n10400002,李四\n',
    "text after a quotation mark": '学号,姓名\n10400001,"张"三\n',
    "one very long cell": "学号,姓名\n10400001," + "长" * 40_000 + "\n",
    "very many columns": ",".join(["学号", "姓名", *map(str, range(600))]) + "\n",
    "very many rows": "学号,姓名\n" + "1,a\n" * 121_000,
    "no header": "10400001,张三\n10400002,李四\n",
    "one known header": "学号,甲,乙\n1,2,3\n",
    "no key": "姓名,性别\n张三,男\n",
}


@pytest.mark.parametrize("name", CSV)
def test_csv_that_is_no_list(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV[name], encoding="utf-8")
    refuse(path)


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "too big", "pipe"])
def test_what_is_no_file_of_people(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "empty":
        path.touch()
    elif kind == "too big":
        with path.open("wb") as stream:
            stream.truncate(70 * MEGA)
    refuse(path)


@pytest.mark.parametrize("corner", [(65_535, 255), (65_535, 200), (60_000, 100)], ids=str)
def test_far_cells_of_excel_97(tmp_path: Path, corner: tuple[int, int]) -> None:
    """The old format has a corner too, at IV65536."""
    rows: list[list[str]] = [["学号", "姓名"], *[[]] * (corner[0] - 1), [""] * corner[1] + ["1"]]
    refuse(write_xls(tmp_path / "a.xls", rows))


@pytest.mark.parametrize("cut", [100, 512, 600, 1024, 1100, 1536, 2000, 4000])
def test_cut_off_workbooks_of_excel_97(tmp_path: Path, cut: int) -> None:
    path = write_xls(tmp_path / "a.xls", [HEADER, *students(3)])
    path.write_bytes(path.read_bytes()[:cut])
    refuse(path)


def test_a_nested_archive_is_not_opened(tmp_path: Path) -> None:
    """Only the XML parts of a workbook are unpacked."""
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package_:
        package_.writestr("bomb", b" " * (10 * MEGA))
    path = package(tmp_path, sheet_xml(), **{"xl/embeddings/a.zip": inner.read_bytes()})
    assert len(read_rows(path, subject="student", mapping={}, year=2013).rows) == 1


def test_control_and_direction_characters_are_taken_out(tmp_path: Path) -> None:
    """Text from data cannot steer a terminal: it is cleaned where it is read."""
    rows = [["学号", "姓名", "班级"], ["10400001", "张\u202e三", "信\x1b[31m息"]]
    found = read_rows(write_csv(tmp_path / "a.csv", rows), subject="student", mapping={}, year=2013)
    assert found.rows[0].values["姓名"] == "张三"
    assert "\x1b" not in str(found.rows[0].values["班级"])


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv", "json"])
@pytest.mark.parametrize("seed", range(12))
def test_random_damage_never_ends_in_a_traceback(tmp_path: Path, suffix: str, seed: int) -> None:
    """A file with some bytes changed is read or refused, nothing else."""
    rng = random.Random(f"{suffix}{seed}")  # noqa: S311 — the same damage in every run
    whole = tmp_path / f"a.{suffix}"
    if suffix == "json":
        people = [dict(zip(HEADER, row, strict=True)) for row in students(5)]
        whole.write_text(json.dumps(people, ensure_ascii=False), encoding="utf-8")
    else:
        write = write_xlsx if suffix == "xlsx" else write_xls if suffix == "xls" else write_csv
        write(whole, [HEADER, *students(5)])
    for _ in range(8):
        data = bytearray(whole.read_bytes())
        for _ in range(rng.randrange(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        path = tmp_path / f"b.{suffix}"
        path.write_bytes(data)
        with contextlib.suppress(DataRejectedError):
            read_rows(path, subject="student", mapping={}, year=2013)
