"""``assist check`` over everybody, and the same person or household twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistcli.commands import check
from tests.conftest import Assist

CHILD = {"职工姓名": "杨景", "职工身份证号": "520103196411140096", "考取年度": "2018", "在档": "是"}


def test_many_are_checked_block_by_block_and_counted_once(
    assist: Assist, student: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same verdicts however many cases are held at a time."""
    for number in range(7):
        student(f"1080000{number}", 就业能力特别弱="是", 贫困生等级="特别困难")
    monkeypatch.setattr(check, "BLOCK", 3)
    told = assist("check").stdout
    assert told.count("缺少的事实或口径") == 3
    assert "共 7 人" in told
    assert len(assist("check", "--json").json) == 7 * 6


def test_nobody_gives_an_empty_list(assist: Assist, store: Path) -> None:
    assert assist("check", "--json").json == []
    assert "共 0 人" in assist("check").stdout


def test_brothers_and_sisters_are_shown_for_a_person_to_decide(
    assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "union"
    assist("init", str(folder), "--pack", "yinchuan-2018", "--unit", "某区总工会", "--year", "2018")
    monkeypatch.setenv("ASSIST_STORE", str(folder))
    for name in ("杨萱", "杨帆"):
        facts = [word for n, v in {**CHILD, "姓名": name}.items() for word in ("--set", f"{n}={v}")]
        assist("add", *facts, "--json")
    hits = assist("check", "杨萱", "--json").json[0]["overlaps"]
    assert [(hit["same"], hit["name"]) for hit in hits] == [("同一户", "杨帆")]
    assert "避免重复救助，由人判断" in assist("check", "杨萱").stdout


def test_not_in_file_is_told_to_register_first(
    assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "union"
    assist("init", str(folder), "--pack", "yinchuan-2018", "--unit", "某区总工会", "--year", "2018")
    monkeypatch.setenv("ASSIST_STORE", str(folder))
    facts = {**CHILD, "姓名": "杨萱", "在档": "否"}
    assist("add", *(word for n, v in facts.items() for word in ("--set", f"{n}={v}")), "--json")
    for verdict in assist("check", "杨萱", "--json").json:
        assert verdict["verdict"] == "not_eligible"
        assert verdict["reasons"][0]["note"] == "先建档再申请"
