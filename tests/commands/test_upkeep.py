"""Doctor, backup, restore, merge and undo through the command line."""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistcli.book.entries import ADOPTIONS, CASES, OFFICE, TABLE_OF
from assistcli.words import TABLES
from tests.conftest import Assist

Student = Callable[..., str]


def segment(store: Path) -> Path:
    """The newest journal file of *store*."""
    return sorted((store / "log").glob("*.jsonl"))[-1]


def test_a_sound_store_is_called_so(assist: Assist, student: Student) -> None:
    """The contract's JSON, with the head hash for the paper file."""
    number = student()
    assist("log", number, "电话", "岗位推荐")
    answer = assist("doctor", "--json").json
    assert {key: answer[key] for key in ("ok", "problems", "cases", "contacts")} == {
        "ok": True,
        "problems": [],
        "cases": 1,
        "contacts": 1,
    }
    assert assist("doctor", "--head", answer["head"], "--json").json["ok"] is True
    assist("doctor", "--head", "0" * 64, code=6)


@pytest.mark.parametrize("damage", ["flip", "cut", "zero", "bom", "merge marker"])
def test_a_damaged_store_is_named_and_never_read_as_empty(
    assist: Assist, student: Student, store: Path, damage: str
) -> None:
    """Exit 6, the file by name, nothing overwritten; --fix keeps the original aside."""
    for number in ("10800001", "10800002", "10800003"):
        student(number)
    path = segment(store)
    whole = path.read_bytes()
    middle = whole.index(b"10800002")
    broken = {
        "flip": whole[:middle] + b"9" + whole[middle + 1 :],
        "cut": whole[: middle - 40] + whole[middle + 40 :],
        "zero": whole[:middle] + bytes(60) + whole[middle + 60 :],
        "bom": b"\xef\xbb\xbf" + whole,
        "merge marker": whole.replace(b"\n", b"\n<<<<<<< HEAD\n", 2),
    }[damage]
    path.write_bytes(broken)
    found = assist("doctor", "--json", code=6)
    assert found.json["ok"] is False
    assert path.name in found.stdout
    assert path.read_bytes() == broken
    fixed = assist("doctor", "--fix", code=None)
    assert "保存在" in fixed.stdout
    left = {case["student_no"] for case in assist("list", "--json").json}
    assert {"10800001", "10800003"} <= left


def test_an_edited_history_is_found(assist: Assist, student: Student, store: Path) -> None:
    """A changed name in an old line breaks the chain."""
    student()
    path = segment(store)
    path.write_text(path.read_text(encoding="utf-8").replace("甲同学", "乙同学"), encoding="utf-8")
    assert assist("doctor", "--json", code=6).json["ok"] is False


def test_a_record_without_its_case_is_found(assist: Assist, student: Student, store: Path) -> None:
    """Undoing the case but not its contact leaves a stray, and the doctor names it."""
    number = student()
    assist("log", number, "电话", "岗位推荐")
    commands = {entry["command"]: entry["transaction"] for entry in assist("history", "--json").json}
    assist("undo", str(commands["add"]))
    assert "所属的个案不存在" in assist("doctor", code=6).stdout


def test_a_backup_leaves_unsaved_answers_out(assist: Assist, student: Student, store: Path) -> None:
    """A draft holds whole ID numbers and is no record yet: a copy of it could never be taken back."""
    student()
    (store / "drafts").mkdir()
    (store / "drafts" / "add.zust-2013.json").write_text('{"answers": {"身份证号": "甲"}}', "utf-8")
    with zipfile.ZipFile(assist("backup", "备份.zip", "--json").json["file"]) as packed:
        assert not [name for name in packed.namelist() if "draft" in name]
    assert (store / "drafts" / "add.zust-2013.json").exists()


def test_a_backup_comes_back_equal(assist: Assist, student: Student, store: Path, tmp_path: Path) -> None:
    """One file; restored elsewhere it gives the same answers; nothing is overwritten unasked."""
    number = student(贫困生等级="特别困难")
    before = assist("show", number, "--json").json
    file = assist("backup", "备份.zip", "--json").json["file"]
    assert Path(file).stat().st_mode & 0o777 == 0o600
    assist("backup", "备份.zip", code=6)
    assist("edit", number, "--set", "贫困生等级=困难")
    assist("restore", file, str(tmp_path / "新"))
    assert assist("--store", str(tmp_path / "新"), "show", number, "--json").json == before
    assist("restore", file, str(store), code=6)
    assist("restore", file, str(store), "--replace")
    assert assist("show", number, "--json").json == before


def test_two_laptops_unite(assist: Assist, student: Student, store: Path, tmp_path: Path) -> None:
    """What only one has comes over; a field changed twice differently waits for a person; undo reverses."""
    number = student(贫困生等级="困难")
    other = tmp_path / "同事"
    shutil.copytree(store, other)
    assist("--store", str(other), "log", number, "电话", "岗位推荐", "对方记的")
    assist("--store", str(other), "edit", number, "--set", "贫困生等级=特别困难", "--by", "同事")
    assist("edit", number, "--set", "贫困生等级=一般困难", "--by", "本人")
    plan = assist("merge", str(other), "--json", code=3)
    (conflict,) = plan.json["conflicts"]
    assert "贫困生等级" in conflict["field"]
    assert "1 处需要决定" in plan.stderr
    assert assist("show", number, "--json").json["contacts"] == []
    assist("merge", str(other), "--decide", "1=他")
    after = assist("show", number, "--json").json
    assert after["facts"]["贫困生等级"] == "特别困难"
    assert [contact["text"] for contact in after["contacts"]] == ["对方记的"]
    assist("undo")
    assert assist("show", number, "--json").json["facts"]["贫困生等级"] == "一般困难"


def test_the_founding_of_a_store_is_not_undone(assist: Assist, student: Student) -> None:
    """Without its unit no command could open it again; an undo more than meant stops there."""
    student()
    assist("undo")
    told = assist("undo", code=3).stderr
    assert "不能撤销" in told
    assert assist("list", "--json").json == []


def test_what_only_looked_is_no_command_to_undo(assist: Assist, student: Student) -> None:
    """A look at secrets stays on record, and the undo after it takes back what the person did."""
    number = student()
    assist("show", number, "--show-sensitive")
    assist("export", "--columns", "姓名,身份证号", "--format", "csv", "--out", "a.csv")
    assist("form", "case-file", number, "--show-sensitive")
    looks = [entry for entry in assist("history", "--json").json if "--show-sensitive" in entry["command"]]
    assert len(looks) == 3
    told = assist("undo", str(looks[0]["transaction"]), code=3).stderr
    assert "查看敏感信息的记录，不能撤销" in told
    assert assist("undo", "--json").json["command"] == "add"
    assert assist("list", "--json").json == []


def test_an_undone_command_is_brought_back_by_undoing_its_undo(assist: Assist, student: Student) -> None:
    """The refusal names the number to type."""
    student()
    undone = assist("undo", "--json").json
    told = assist("undo", str(undone["undone"]), code=3).stderr
    assert f"assist undo {undone['transaction']}" in told
    assist("undo", str(undone["transaction"]))
    assert len(assist("list", "--json").json) == 1


def test_a_disagreement_shows_times_as_a_history_does(assist: Assist, student: Student, store: Path) -> None:
    number = student(贫困生等级="困难")
    shutil.copytree(store, store.parent / "同事")
    assist("--store", str(store.parent / "同事"), "edit", number, "--set", "贫困生等级=特别困难")
    assist("edit", number, "--set", "贫困生等级=一般困难")
    told = assist("merge", str(store.parent / "同事"), code=3).stdout
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d(?!:)", told)


def test_every_table_has_a_chinese_name() -> None:
    """Backups and doctors count records by them."""
    assert {*TABLE_OF.values(), CASES, OFFICE, ADOPTIONS} <= TABLES.keys()


def test_undo_refuses_to_overwrite_a_later_change(assist: Assist, student: Student) -> None:
    """A record changed since is left as it is; exit 3 and nothing written."""
    number = student(贫困生等级="困难")
    assist("edit", number, "--set", "贫困生等级=无")
    first = min(
        entry["transaction"] for entry in assist("history", "--json").json if entry["command"] == "add"
    )
    assist("undo", str(first), code=3)
    assert assist("show", number, "--json").json["facts"]["贫困生等级"] == "无"
    assert "不是编号" in assist("undo", "x", code=2).stderr


def test_order_and_upgrade_keep_every_answer_and_the_history(assist: Assist, student: Student) -> None:
    """--compact archives the history and loses none; a store of this version needs no upgrade."""
    number = student(贫困生等级="困难")
    assist("edit", number, "--set", "贫困生等级=无")
    before = assist("show", number, "--json").json, assist("history", number, "--json").json
    assert "已整理" in assist("doctor", "--compact").stdout
    assert (assist("show", number, "--json").json, assist("history", number, "--json").json) == before
    assert "不需要升级" in assist("doctor", "--upgrade").stdout
    assert assist("doctor", "--json").json["ok"] is True
