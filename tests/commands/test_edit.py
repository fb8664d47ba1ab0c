"""``assist edit`` with what a script passes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_add import facts
from tests.conftest import Assist

AddStudent = Callable[..., str]


def test_set_and_unset_change_facts(assist: Assist, student: AddStudent) -> None:
    """The answer names the fields that changed, and only those."""
    number = student(手机号码="13800000000", 生源地="宁波")
    changes = ("--set", "手机=13900000000", "--unset", "生源地", "--set", "姓名=甲同学")
    answered = assist("edit", number, *changes, "--json").json
    assert answered["changed"] == ["手机号码", "生源地"]
    assert facts(assist, number)["手机号码"] == "13900000000"
    assert "生源地" not in facts(assist, number)


def test_a_blank_answer_clears_the_fact(assist: Assist, student: AddStudent, tmp_path: Path) -> None:
    """Blank text and null mean unknown again."""
    number = student(手机号码="13800000000", 生源地="宁波")
    (tmp_path / "改.json").write_text('{"手机号码": null}', "utf-8")
    assist("edit", number, "--from", str(tmp_path / "改.json"), "--set", "生源地=")
    assert not {"手机号码", "生源地"} & facts(assist, number).keys()


def test_what_is_the_same_already_is_not_written(assist: Assist, student: AddStudent) -> None:
    """Setting a fact to its own value leaves no entry in the history."""
    number = student()
    before = assist("history", "--json").json
    assert assist("edit", number, "--set", "学院=机械学院", "--json").json["changed"] == []
    assert assist("history", "--json").json == before


@pytest.mark.parametrize(
    ("change", "code", "word"),
    [
        (("--unset", "姓名"), 3, "缺姓名"),
        (("--set", "学号=10800002"), 3, "已登记"),
        (("--set", "应届=否"), 3, "矛盾"),
        (("--set", "手机=12"), 3, "电话"),
        (("--unset", "手机", "--set", "手机号码=13800000000"), 3, "同一项"),
        ((), 2, "--unset"),
        (("--json",), 2, "--set"),
    ],
)
def test_bad_changes_write_nothing(
    assist: Assist, student: AddStudent, change: tuple[str, ...], code: int, word: str
) -> None:
    """A change that would break the case is refused with its reason."""
    number = student()
    student("10800002")
    before = facts(assist, number)
    assert word in assist("edit", number, *change, code=code).stderr
    assert facts(assist, number) == before


def test_an_unknown_case_exits_5(assist: Assist, store: Path) -> None:
    """There is nobody to change."""
    assist("edit", "10809999", "--set", "姓名=张三", code=5)
