"""Founding a store by questions."""

from datetime import date
from pathlib import Path

import pytest

from assistcli.context import Context
from assistcli.errors import CancelledError, ConfirmationError
from assistcli.interview.answers import Author
from assistcli.interview.founding import found_casebook
from assistcli.interview.sitting import register
from tests.conftest import Assist
from tests.interview.scripted import KEEP, ScriptedTerminal

TODAY = date(2013, 6, 1)


def test_four_answers_make_a_store(assist: Assist, tmp_path: Path) -> None:
    """Notice by some words of its title, unit, year (this year proposed) and an empty folder."""
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "文件").touch()
    folder = tmp_path / "就业援助"
    answers = ("", "弱势群体", "", "浙江科技学院", "十三", KEEP, str(tmp_path / "满"), str(folder))
    terminal = ScriptedTerminal("是", *answers)
    office = found_casebook(terminal, Context(store=None, today=TODAY), "李老师").office()
    assert terminal.used_up
    assert (office.unit, office.year, office.packs) == ("浙江科技学院", 2013, ("zust-2013",))
    assert assist("--store", str(folder), "list", "--json").json == []
    refused = "\n".join(terminal.said)
    assert all(word in refused for word in ("请选一个文件", "单位名称不能留空", "不是年份", "不是空文件夹"))


def test_without_wishes_the_store_lies_where_it_is_always_found(assist: Assist, tmp_path: Path) -> None:
    """The proposed folder is the user's data folder, so the next command needs no option."""
    found_casebook(
        ScriptedTerminal("是", "zust-2013", "浙江科技学院", "2013", KEEP),
        Context(store=None, today=TODAY, pack="zust-2013"),
        "李老师",
    )
    assert assist("list", "--json").json == []


@pytest.mark.parametrize("count", range(1, 4))
def test_leaving_at_any_question_keeps_all_answers_so_far(assist: Assist, tmp_path: Path, count: int) -> None:
    """Though there is no store yet; once it is founded nothing of it stays."""
    answers = ("zust-2013", "浙江科技学院", "2013", str(tmp_path / "就业援助"))
    context = Context(store=None, today=TODAY)
    with pytest.raises(CancelledError, match="草稿"):
        found_casebook(ScriptedTerminal("是", *answers[:count], None), context, "李老师")
    terminal = ScriptedTerminal("是", "是", *answers[count:])
    assert found_casebook(terminal, context, "李老师").office().unit == "浙江科技学院"
    assert terminal.used_up
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


def test_a_store_elsewhere_is_named_in_every_command_that_goes_on(assist: Assist, tmp_path: Path) -> None:
    """Else `assist add` would find neither the store nor the draft in it."""
    context, folder = Context(store=None, today=TODAY), tmp_path / "别处"
    terminal = ScriptedTerminal("是", "zust-2013", "浙江科技学院", "2013", str(folder), "10800021", None)
    book = found_casebook(terminal, context, "李老师")
    with pytest.raises(CancelledError) as left:
        register(book, terminal, Author(by="李老师", day=TODAY), lambda case: case)
    assert f'assist --store "{folder}" add' in str(left.value)
    assert f'assist --store "{folder}" 命令' in "\n".join(terminal.said)


def test_no_means_no(assist: Assist, tmp_path: Path) -> None:
    """Nothing is made, and the message says how to make one later."""
    with pytest.raises(ConfirmationError, match="assist init"):
        found_casebook(ScriptedTerminal("否"), Context(store=None, today=TODAY), "李老师")
    assert not (tmp_path / "home").exists()
