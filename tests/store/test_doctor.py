"""The doctor: reads everything, changes nothing, names file, line and record."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store import doctor
from store import journal as journals
from store.doctor import check_store
from store.errors import StoreMissingError
from store.files import write_file
from store.index import NAME as INDEX
from store.index import SEAL
from store.journal import JournalBackend
from tests.store.samples import damage_line, fix, journal, put, snapshot


@pytest.fixture
def filled(store: JournalBackend, folder: Path) -> Path:
    """A store of three records, the doctor's patient."""
    put(store, a={"name": "张三"})
    put(store, b={"name": "李四"}, c={"name": "王五"})
    put(store, a={"name": "张三", "n": 2})
    store.close()
    return folder


def test_sound_store_has_no_problems(filled: Path) -> None:
    """The report counts and gives the hash for the paper file."""
    report = check_store(filled)
    assert report.problems == []
    assert (report.ok, report.lines, report.transactions, report.records) == (True, 4, 3, {"cases": 3})
    assert journal(filled).read_text("utf-8").endswith(f'"hash":"{report.head}"}}\n')


def test_damaged_line_is_named(filled: Path) -> None:
    damage_line(journal(filled), 3, "李四".encode(), "李五".encode())
    before = snapshot(filled)
    report = check_store(filled)
    (problem,) = report.problems
    assert (problem.level, problem.file, problem.line) == ("error", str(journal(filled)), 3)
    assert problem.records == ("cases/b",)
    assert not report.ok
    assert "第 3 行" in str(problem)
    assert "cases/b" in str(problem)
    assert snapshot(filled) == before


def test_every_damage_is_listed(filled: Path) -> None:
    """Not only the first."""
    damage_line(journal(filled), 2, "张三".encode(), b"xxxxxx")
    damage_line(journal(filled), 4, "王五".encode(), b"xxxxxx")
    assert [problem.line for problem in check_store(filled).problems] == [2, 4]


@pytest.mark.parametrize("how", ["delete", "swap", "insert", "repeat"])
def test_tampered_history_shows(filled: Path, how: str) -> None:
    """Whole sound lines moved about are found by the chain."""
    lines = journal(filled).read_bytes().splitlines(keepends=True)
    if how == "delete":
        del lines[2]
    elif how == "swap":
        lines[2], lines[3] = lines[3], lines[2]
    elif how == "insert":
        lines.insert(3, b"<<<<<<< HEAD\n")
    else:
        lines.insert(4, lines[2])
    journal(filled).write_bytes(b"".join(lines))
    (filled / "head.json").unlink()
    report = check_store(filled)
    assert not report.ok
    assert all(problem.line for problem in report.problems)


def test_cut_tail_shows_against_the_note_and_the_paper(filled: Path) -> None:
    """Without either, a store cut at a line's end is just an older store: that is the limit."""
    head = check_store(filled).head
    lines = journal(filled).read_bytes().splitlines(keepends=True)
    journal(filled).write_bytes(b"".join(lines[:-1]))
    assert [problem.level for problem in check_store(filled).problems] == ["error"]
    (filled / "head.json").unlink()
    (filled / SEAL).unlink()
    assert check_store(filled).ok
    report = check_store(filled, heads=[head])
    assert not report.ok
    assert head in str(report.problems[0])


@pytest.mark.parametrize("note", ["gone", "older"])
def test_the_index_is_a_second_witness_of_the_end(
    store: JournalBackend, folder: Path, monkeypatch: pytest.MonkeyPatch, note: str
) -> None:
    """Whoever cuts the journal and its note, or brings back older copies of both, forgets the index."""
    monkeypatch.setattr(journals, "FOLD_BYTES", 0)
    put(store, a={}, b={})
    old, head = journal(folder).read_bytes(), (folder / "head.json").read_bytes()
    put(store, c={})
    store.close()
    journal(folder).write_bytes(old)
    (folder / "head.json").unlink()
    if note == "older":
        (folder / "head.json").write_bytes(head)
    report = check_store(folder)
    assert [problem.message for problem in report.problems if problem.level == "error"] == [
        "日志比上次确认的短：应有 3 条"
    ]
    assert [loss.record for loss in fix(folder).losses] == ["cases/c"]


def test_earlier_printed_head_still_stands(store: JournalBackend, folder: Path) -> None:
    put(store, a={})
    head = store.head()
    put(store, b={})
    assert check_store(folder, heads=[head]).ok
    assert not check_store(folder, heads=["0" * 32]).ok


def test_unfinished_write_is_only_a_warning(filled: Path, reopen: Callable[[], JournalBackend]) -> None:
    """Now, and later when it lies in torn/; the record in it is named."""
    with journal(filled).open("ab") as file:
        file.write(b'{"seq":5,"table":"cases","id":"z","docum')
    (problem,) = check_store(filled).problems
    assert (problem.level, problem.records) == ("warning", ("cases/z",))
    put(reopen(), d={})
    (problem,) = check_store(filled).problems
    assert (problem.level, problem.records) == ("warning", ("cases/z",))
    assert "torn" in problem.file


@pytest.mark.parametrize(
    "name",
    [
        "store 的冲突副本.json",
        "head (1).json",
        "store-DESKTOP-A1.json",
        "store.sync-conflict-20260101-1.json",
        "log/000001 (李老师的冲突副本 2026-03-02).jsonl",
        "log/000001-LAPTOP-7.jsonl",
        "log/000001.jsonl.bak",
        "assist (conflicted copy).toml",
    ],
)
def test_conflict_copies_are_found(filled: Path, name: str) -> None:
    write_file(filled / name, b"x")
    (problem,) = check_store(filled).problems
    assert (problem.level, problem.file) == ("error", str(filled / name))
    assert "merge" in problem.advice


def test_foreign_files_are_no_problem(filled: Path) -> None:
    for name in ("assist.toml", "readme.txt", "~$名单.docx", "名单.有错(2).xlsx"):
        (filled / name).write_bytes(b"x")
    (filled / "packs").mkdir()
    assert check_store(filled).problems == []


def test_index_that_disagrees_is_a_warning(filled: Path, reopen: Callable[[], JournalBackend]) -> None:
    """Even when nobody else touched the file: every line is held against it."""
    import sqlite3

    (filled / SEAL).unlink()
    reopen().close()
    base = sqlite3.connect(filled / INDEX)
    base.execute("DELETE FROM records WHERE id='b'")
    base.commit()
    base.close()
    state = (filled / INDEX).stat()
    (filled / SEAL).write_text(f"{state.st_size} {state.st_mtime_ns}")
    (problem,) = check_store(filled).problems
    assert problem.level == "warning"
    assert "索引" in problem.message


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_readable_files_are_a_warning(filled: Path) -> None:
    (filled / "store.json").chmod(0o644)
    (filled / "log").chmod(0o755)
    assert {Path(problem.file).name for problem in check_store(filled).problems} == {"store.json", "log"}
    assert check_store(filled).ok


def test_place_is_judged(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sync folders and network drives are named as such."""
    synced = tmp_path / "OneDrive - 学院" / "存储"
    synced.parent.mkdir()
    filled.rename(synced)
    monkeypatch.setattr(doctor, "is_network", lambda _: True)
    messages = [problem.message for problem in check_store(synced).problems]
    assert any("同步" in message for message in messages)
    assert any("网络盘" in message for message in messages)
    assert check_store(synced).ok


def test_no_store_is_no_patient(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError):
        check_store(tmp_path)


@pytest.mark.parametrize("text", [b"", b"{}", b"\0\0"])
def test_lost_manifest_does_not_stop_the_doctor(filled: Path, text: bytes) -> None:
    """The segments say what the store consists of."""
    (filled / "store.json").write_bytes(text)
    report = check_store(filled)
    assert not report.ok
    assert report.records == {"cases": 3}
    assert "store.json" in report.problems[0].file
