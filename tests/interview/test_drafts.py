"""Drafts of answers on disk."""

import os
import stat
from pathlib import Path

import pytest

from assistcli.interview.drafts import Draft, DraftFile


def test_a_draft_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Answers, blanks and the next question are kept."""
    file = DraftFile(tmp_path, "add.zust-2013")
    assert file.load() is None
    file.keep(Draft(answers={"姓名": "张三", "民族": ""}, at="手机号码"))
    assert DraftFile(tmp_path, "add.zust-2013").load() == Draft(
        answers={"姓名": "张三", "民族": ""}, at="手机号码"
    )
    file.discard()
    file.discard()
    assert not file.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_a_draft(tmp_path: Path) -> None:
    """Folder 0700, file 0600, and nothing else is left beside it."""
    DraftFile(tmp_path, "add").keep(Draft(answers={"身份证号": "330102199102030020"}))
    folder = tmp_path / "drafts"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {"add.json": 0o600}


@pytest.mark.parametrize("text", ["", "{", '{"answers": 3, "at": ""}', '{"answers": {"a": 1}, "at": ""}'])
def test_a_damaged_draft_counts_as_none(tmp_path: Path, text: str) -> None:
    """The person starts anew instead of meeting an error."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "add.json").write_text(text, "utf-8")
    assert DraftFile(tmp_path, "add").load() is None
