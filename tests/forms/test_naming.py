"""File names: 学号_姓名_表名.docx, safe on every system, inside the folder, never the same twice."""

import unicodedata
from itertools import islice
from pathlib import Path

import pytest

from forms.batch import write_each
from forms.naming import MAX_BYTES, file_name, fold_name, numbered_names
from forms.template import load_template
from tests.forms.documents import document, paragraph, texts
from tests.forms.hostile import HOSTILE

DEVICES = ("CON", "con", "PRN", "AUX", "NUL", "COM1", "LPT9", "CON .txt", "nul.tar.gz", "COM¹", "CONIN$")
PATHS = (
    "../x",
    "..\\x",
    "/etc/passwd",
    "C:\\x",
    "a/b",
    "..",
    ".",
    "...",
    ".hidden",
    "x:stream",
    "~$x",
    "%TEMP%",
)
ENDS = ("尾.", "尾 ", "尾. . ", " 头", "尾\u3000", "尾\u00a0.")
LENGTHS = ("长" * 85, "长" * 86, "长" * 200, "𬭎" * 100, "é" * 300, "x" * 400)
BIDI = ("张\u202e三xcod.exe", "\u2066张三\u2069", "\u200f张三", "张\u200b三", "\ufeff张三")


TWINS = tuple(unicodedata.normalize(form, f"{letter}娜") for letter in "éüñçåøõ" for form in ("NFC", "NFD"))
WIDE = (
    "ＣＯＮ",
    "ａｕｘ．ｔｘｔ",
    "张三／李四",
    "张三＼李四",
    "张三：备注",
    "张三？",
    "１１３",
    "张三．．．",
)
SHELL = (
    "$(reboot)",
    "`id`",
    "-rf",
    "--help",
    "; rm -rf *",
    "| more",
    "& del",
    "*.docx",
    "?",
    "~",
    "^C",
    "!1",
    "#",
)
MIXED = tuple(f"{end}{path}" for end in ("张三 ", "../", "CON.") for path in PATHS)
NAMES = [*DEVICES, *PATHS, *ENDS, *LENGTHS, *BIDI, *TWINS, *WIDE, *SHELL, *MIXED, *HOSTILE]


def test_there_are_enough_hostile_names() -> None:
    assert len(set(NAMES)) >= 300


def test_hundreds_of_hostile_names_give_as_many_files(tmp_path: Path) -> None:
    """All inside the folder, none over another, whatever a disk takes for the same name."""
    template = load_template(document(paragraph("{{姓名}}")))
    out = tmp_path / "out"
    named = [(file_name(part), {"姓名": f"第{place}人"}) for place, part in enumerate(NAMES)]
    written = write_each(template, named, out)
    assert [texts(path.read_bytes())[0] for path in written] == [f"第{n}人" for n in range(len(NAMES))]
    assert {path.resolve().parent for path in written} == {out.resolve()}
    assert len({fold_name(path.name) for path in written}) == len(NAMES)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("part", [*NAMES, ""], ids=range(len(NAMES) + 1))
def test_a_name_is_safe_whatever_a_person_is_called(part: str, tmp_path: Path) -> None:
    """Alone, in front and in the middle."""
    for parts in ((part,), (part, "张三", "审批表"), ("113010001", part, "审批表")):
        name = file_name(*parts)
        stem = name.removesuffix(".docx")
        assert len(name.encode()) + len("(999)") <= MAX_BYTES
        assert Path(name).name == name
        assert name.endswith(".docx")
        assert stem
        assert stem == stem.strip(" .")
        assert not set(name) & set('<>:"/\\|?*%')
        assert all(unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl") for character in name)
        assert stem.partition(".")[0].strip().lower() not in (
            "con",
            "prn",
            "aux",
            "nul",
            "com1",
            "lpt9",
            "com¹",
        )
        (tmp_path / name).write_bytes(b"")
    assert {path.parent for path in tmp_path.iterdir()} == {tmp_path}


def test_the_usual_name() -> None:
    assert file_name("113010001", "张三", "审批表") == "113010001_张三_审批表.docx"
    assert file_name("113010001", "阿依古丽·买买提明", "审批表").startswith("113010001_阿依古丽·买买提明_")


def test_a_missing_part_is_left_out() -> None:
    assert file_name("", "张三", "审批表") == "张三_审批表.docx"
    assert file_name("", "") == "未命名.docx"


def test_a_long_name_keeps_the_form_name_and_whole_characters() -> None:
    name = file_name("113010001", "长" * 200, "审批表")
    assert name.endswith("长_审批表.docx")
    assert len(name.encode()) > 230


@pytest.mark.parametrize(
    ("first", "second"),
    [("é", "e\u0301"), ("Abc", "aBC"), ("１", "1"), ("张三", "张三\u200b"), ("长" * 90, "长" * 91)],
)
def test_twins_are_the_same_name(first: str, second: str) -> None:
    """Names that macOS or Windows takes for one are one for us."""
    assert fold_name(file_name(first)) == fold_name(file_name(second))


def test_a_taken_name_is_numbered_before_its_ending() -> None:
    assert list(islice(numbered_names("a.b.docx"), 3)) == ["a.b.docx", "a.b(2).docx", "a.b(3).docx"]
