"""Drafts that wait: listed without their answers, gone on with, thrown away."""

import json
import os
import stat
from pathlib import Path

import pytest

from assistcli.interview.drafts import Draft, DraftFile
from tests.conftest import Assist

ID_NUMBER = "330102199102030020"


@pytest.fixture
def drafts(store: Path) -> Path:
    """A store in which one registration and one contact wait."""
    answers = {"学号": "1", "姓名": "张三", "身份证号": ID_NUMBER, "民族": ""}
    DraftFile(store, "add.zust-2013").keep(Draft(answers=answers, at="手机号码"))
    DraftFile(store, "log.01ABC").keep(Draft(answers={"渠道": "电话"}, at="种类", about="李晓明"))
    return store


def test_drafts_are_listed_with_the_command_that_goes_on(assist: Assist, drafts: Path) -> None:
    """Whose, how far, and how to go on; no answer but the name is shown."""
    listed = assist("draft", "list", "--json").json
    assert [(d["draft"], d["what"], d["name"], d["answered"]) for d in listed] == [
        ("add.zust-2013", "登记", "张三", 3),
        ("log.01ABC", "联系记录", "李晓明", 1),
    ]
    assert [d["command"] for d in listed] == ["assist add", "assist log 01ABC"]
    shown = assist("draft", "list").stdout
    assert ID_NUMBER not in shown
    assert "assist add" in shown


def test_a_draft_is_thrown_away_by_name(assist: Assist, drafts: Path) -> None:
    """One named wrongly throws nothing away."""
    assert "没有名为「x」" in assist("draft", "discard", "log.01ABC", "x", code=5).stderr
    assert assist("draft", "discard", "log.01ABC", "--json").json == {"discarded": ["log.01ABC"]}
    assert [d["draft"] for d in assist("draft", "list", "--json").json] == ["add.zust-2013"]


def test_all_are_thrown_away_only_when_told_so(assist: Assist, drafts: Path) -> None:
    """Without names and --all nothing happens."""
    assert "--all" in assist("draft", "discard", code=2).stderr
    assist("draft", "discard", "--all")
    assert assist("draft", "list", "--json").json == []
    assert "没有未完成的草稿" in assist("draft", "list").stdout


def test_a_damaged_draft_is_listed_as_such(assist: Assist, drafts: Path) -> None:
    """So that it can be thrown away."""
    (drafts / "drafts" / "add.zust-2013.json").write_text("{", "utf-8")
    listed = assist("draft", "list", "--json").json
    assert listed[0]["answered"] is None
    assert "已损坏" in listed[0]["name"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_drafts_are_for_their_owner_only(drafts: Path) -> None:
    """0600 in 0700, and nothing is left beside them."""
    folder = drafts / "drafts"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert json.loads((folder / "log.01ABC.json").read_text("utf-8"))["answers"] == {"渠道": "电话"}
