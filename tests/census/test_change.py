"""What an adoption or another edition of a notice changes is listed, whatever the result, with the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistcli.census.change import changed_cells
from assistcli.policy.pack import find_pack
from assistcli.reports.statistics import StatisticsTable
from tests.conftest import Assist

WORD = ("--by", "王老师", "--word", "学生处电话")


def adopt(assist: Assist, reading: str, option: str) -> dict[str, list[dict[str, str]]]:
    """The answer of an adoption."""
    told: dict[str, list[dict[str, str]]] = assist("pack", "adopt", reading, option, *WORD, "--json").json
    return told


def test_a_verdict_that_turns_is_listed_with_the_clause_that_turned_it(
    assist: Assist, student: Callable[..., str]
) -> None:
    student("10800001", 就业能力特别弱="是", 贫困生等级="困难")
    [change] = adopt(assist, "A-31", "top-grade")["changed"]
    assert (change["before"], change["after"]) == ("取决于口径", "不符合")
    assert change["why"] == "二、1「家庭经济特别困难（被学校认定为家庭经济困难学生）」没有满足"


def test_a_claim_and_the_total_that_change_are_listed(assist: Assist, student: Callable[..., str]) -> None:
    """A-03: a receipt of 237 yuan is no tier; what is allowed, and the sum, hang on the reading."""
    number = student(就业能力特别弱="是", 贫困生等级="特别困难")
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10", "--by", f"{step}人")
    assist("claim", "add", number, "差旅费", "237", "--as", "报销", "--receipt", "1")
    changed = {c["what"].split("（")[0]: c for c in adopt(assist, "A-03", "receipt")["changed"]}
    assert changed["差旅费 237.00 元"]["before"] == "取决于口径"
    assert changed["差旅费 237.00 元"]["after"] == "核定 237.00 元"
    assert changed["核定合计"]["after"] == "237.00 元"
    assert "不超过1000元" in changed["核定合计"]["why"]


def test_a_claim_whose_item_another_edition_lacks_is_refused_by_it(
    assist: Assist, student: Callable[..., str], tmp_path: Path
) -> None:
    """It stays in the account, so that no money disappears; nothing of it is allowed."""
    number = student(就业能力特别弱="是", 贫困生等级="特别困难")
    for step in ("申请", "核对", "学院建议", "学校批准"):
        assist("step", number, step, "--date", "2013-05-10", "--by", f"{step}人")
    assist("claim", "add", number, "差旅费", "300")
    newer = tmp_path / "newer.toml"
    newer.write_text(find_pack("zust-2013")[1].replace('"差旅费"', '"路费"'), encoding="utf-8")
    changed = {
        c["what"]: c for c in assist("pack", "diff", "zust-2013", str(newer), "--json").json["changed"]
    }
    [claim] = [change for what, change in changed.items() if what.startswith("差旅费")]
    assert (claim["before"], claim["after"]) == (
        "核定 300.00 元",
        "不予支付：这一版文件没有「差旅费」这个项目",
    )
    items = {i["item"]: i for i in assist("--pack", str(newer), "cap", number, "--json").json[0]["items"]}
    assert (items["差旅费"]["asked"], items["差旅费"]["allowed"]) == ("300.00", "0.00")


def test_numbers_of_a_statistics_table_that_change_are_listed(
    assist: Assist, student: Callable[..., str]
) -> None:
    """A-05 touches tables only: a student with B1 and B3 counts once or twice in 小计."""
    student("10800001", 学院="机械学院", 就业能力特别弱="是", 贫困生等级="无", 民族="满族", 单亲家庭="是")
    told = adopt(assist, "A-05", "entries")
    assert told["changed"] == []
    cells = {(c["row"], c["column"]): (c["before"], c["after"]) for c in told["tables"]}
    assert cells["机械学院", "小计"] == ("1", "2")
    assert cells["合计", "小计"] == ("1", "2")
    assert "机械学院" in assist("pack", "adopt", "A-05", "persons", *WORD).stdout


def test_a_table_with_other_rows_is_told_by_their_number() -> None:
    """People in a list are named among the results already."""
    short, long = (StatisticsTable(title="细化表", columns=("姓名",), rows=(("张三",),) * n) for n in (1, 2))
    [change] = changed_cells(short, long)
    assert (change.table, change.column, change.before, change.after) == ("细化表", "行数", "1", "2")


def test_a_difference_of_packs_is_listed_old_and_new_with_the_reason(
    assist: Assist, student: Callable[..., str], tmp_path: Path
) -> None:
    student("10800001", 就业能力特别弱="是", 贫困生等级="困难")
    text = find_pack("zust-2013")[1].replace(
        'any-grade = "家庭经济困难认定"', 'any-grade = "贫困生等级 为 特别困难"'
    )
    newer = tmp_path / "newer.toml"
    newer.write_text(text, encoding="utf-8")
    told = assist("pack", "diff", "zust-2013", str(newer), "--json").json
    [change] = told["changed"]
    assert "家庭经济特别困难" in change["why"]
    assert "因为" in assist("pack", "diff", "zust-2013", str(newer)).stdout


STAMP = "A-31 任一认定等级（王老师，学生处电话，2013-06-01）"


@pytest.fixture
def stamped(assist: Assist, student: Callable[..., str]) -> str:
    """A student whose verdict hangs on a reading that was adopted."""
    number = student("10800001", 就业能力特别弱="是", 贫困生等级="困难")
    adopt(assist, "A-31", "any-grade")
    return number


@pytest.mark.parametrize(
    "command", [("check",), ("check", "10800001"), ("cap",), ("report", "summary"), ("report", "detail")]
)
def test_the_reading_stands_on_every_later_page(
    assist: Assist, stamped: str, command: tuple[str, ...]
) -> None:
    """In the list of all, in the page of one, in accounts and under tables."""
    assert STAMP in assist(*command).stdout


@pytest.mark.parametrize("command", [("check",), ("check", "10800001"), ("cap",)])
def test_the_reading_stands_in_later_json(assist: Assist, stamped: str, command: tuple[str, ...]) -> None:
    """With who, on what word, and when."""
    adopted = {"reading": "A-31", "option": "any-grade", "by": "王老师", "word": "学生处电话"}
    assert assist(*command, "--json").json[0]["adopted"] == [adopted | {"date": "2013-06-01"}]


@pytest.mark.parametrize("form", [("summary",), ("case-file", "10800001")])
def test_the_reading_stands_in_later_sheets(assist: Assist, stamped: str, form: tuple[str, ...]) -> None:
    """In the Word table that is handed in, and in 一人一档."""
    from docx import Document

    [path] = assist("form", *form, "--json").json["files"]
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert STAMP in "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_what_changes_is_shown_before_the_person_is_asked(
    assist: Assist, student: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A no leaves everything as it was; the list stood on the screen before the question."""
    from assistcli import prompts
    from assistcli.commands import pack

    number = student("10800001", 就业能力特别弱="是", 贫困生等级="困难")
    asked: list[str] = []

    def refuse(words: str) -> bool:
        asked.append(words)
        return False

    monkeypatch.setattr(pack, "interactive", lambda: True)
    monkeypatch.setattr(prompts, "confirm", refuse)
    told = assist("pack", "adopt", "A-31", "top-grade", *WORD, code=2)
    assert asked == ["确定这样读？"]
    assert "取决于口径" in told.stdout
    assert "1 项结果会变" in told.stdout + told.stderr
    assert assist("check", number, "--json").json[0]["verdict"] == "depends"


def test_what_changes_stands_once_on_the_screen(
    assist: Assist, student: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has just said yes to the list is not shown it again."""
    from assistcli import prompts
    from assistcli.commands import pack

    student("10800001", 就业能力特别弱="是", 贫困生等级="困难")
    monkeypatch.setattr(pack, "interactive", lambda: True)
    monkeypatch.setattr(prompts, "confirm", lambda words: True)
    told = assist("pack", "adopt", "A-31", "top-grade", *WORD)
    assert told.stdout.count("10800001") == 1
    assert "已确定" in told.stdout
