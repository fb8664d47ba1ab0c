"""Two sources that disagree: both kept, none guessed, until a rule or a person decides."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Assist
from tests.intake.builders import write_csv

NUMBER = "10800001"
FIELD = "专业"


@pytest.fixture
def major(assist: Assist, store: Path, tmp_path: Path) -> Any:
    """Imports a list that says one major for one student, named as from a source, and says the report."""

    def say(value: str, *options: str, file: str = "名单.csv") -> dict[str, Any]:
        rows = [["学号", "姓名", FIELD], [NUMBER, "张三", value]]
        report: dict[str, Any] = assist(
            "import", str(write_csv(tmp_path / file, rows)), *options, "--json"
        ).json
        return report

    return say


def fact(assist: Assist) -> object:
    """What counts as the major now; ``None`` where it is unknown."""
    return assist("show", NUMBER, "--json").json["facts"].get(FIELD)


def disagreements(assist: Assist) -> list[dict[str, Any]]:
    """What is listed as open."""
    found: list[dict[str, Any]] = assist("source", "list", "--json").json["disagreements"]
    return found


ONE = ("--source", "学校教务处", "--as-of", "2013-04-01")
TWO = ("--source", "民政局", "--as-of", "2013-05-01")


def test_sources_that_disagree_are_kept_side_by_side_and_leave_the_fact_unknown(
    assist: Assist, major: Any
) -> None:
    """Neither the older nor the newer wins by itself; every view says so, with source and date."""
    major("会计学", *ONE)
    report = major("金融学", *TWO, file="乙.csv")
    assert (report["changed"], report["written"]) == (1, True)
    assert fact(assist) is None
    for words in (assist("show", NUMBER).stdout, assist("check", NUMBER).stdout):
        assert "学校教务处" in words
        assert "民政局" in words
        assert "2013-04-01" in words
        assert "2013-05-01" in words
        assert "金融学" in words
    assert [entry["field"] for entry in disagreements(assist)] == [FIELD]
    assert "1 人" in assist("check").stderr


def test_the_import_report_says_that_they_disagree(assist: Assist, store: Path, tmp_path: Path) -> None:
    """In the diff of a dry run already, and beside the JSON answer."""
    head = ["学号", "姓名", FIELD]
    one = write_csv(tmp_path / "a.csv", [head, [NUMBER, "张三", "会计学"]])
    two = write_csv(tmp_path / "b.csv", [head, [NUMBER, "张三", "法学"]])
    assist("import", str(one), *ONE)
    told = assist("import", str(two), *TWO, "--dry-run").stdout
    assert "会计学 → 未定" in told
    assert "几个来源说法不同" in told
    assert fact(assist) == "会计学"
    assert "几个来源说法不同" in assist("import", str(two), *TWO, "--json").stderr


def test_who_may_see_secrets_sees_what_they_disagree_on(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Old and new of a masked fact on request only, in the diff and in the list; each look is recorded."""
    head = ["学号", "姓名", "低保"]
    one = write_csv(tmp_path / "a.csv", [head, [NUMBER, "张三", "是"]])
    two = write_csv(tmp_path / "b.csv", [head, [NUMBER, "张三", "否"]])
    assist("import", str(one), *ONE)
    assert "***" in assist("import", str(two), *TWO, "--dry-run").stdout
    told = assist("import", str(two), *TWO, "--dry-run", "--show-sensitive").stdout
    assert "低保：是 → 未定" in told
    assert "民政局（b.csv 第 2 行，2013-05-01）说 否" in told
    assist("import", str(two), *TWO)
    assert "说 否" not in assist("source", "list").stdout
    assert "说 否" in assist("source", "list", "--show-sensitive").stdout
    commands = [entry["command"] for entry in assist("history", "--json").json]
    assert {"import --show-sensitive", "source list --show-sensitive"} <= set(commands)
    assert assist("undo", "--json").json["command"] == "import b.csv"


def test_the_same_word_again_changes_nothing(assist: Assist, major: Any) -> None:
    """What each source has said already is no news, though nothing is decided; nor is an older word."""
    major("会计学", *ONE)
    major("法学", *TWO)
    assert major("会计学", *ONE)["unchanged"] == 1
    assert major("法学", *TWO)["unchanged"] == 1
    assert major("英语", "--source", "民政局", "--as-of", "2013-03-01")["unchanged"] == 1
    assert len(disagreements(assist)) == 1


def test_a_source_may_correct_itself(assist: Assist, major: Any) -> None:
    """Its newer word replaces its older one: that is no disagreement, and may end one."""
    major("会计学", *ONE)
    major("法学", "--source", "学校教务处", "--as-of", "2013-05-02")
    assert fact(assist) == "法学"
    major("金融学", *TWO)
    assert fact(assist) is None
    major("金融学", "--source", "学校教务处", "--as-of", "2013-05-20")
    assert fact(assist) == "金融学"
    assert not disagreements(assist)


def test_a_person_decides_and_it_stays_decided(assist: Assist, major: Any) -> None:
    """``edit`` is the office's own word; old words said again do not open it, a new one does."""
    major("会计学", *ONE)
    major("法学", *TWO)
    assist("edit", NUMBER, "--set", f"{FIELD}=英语")
    assert fact(assist) == "英语"
    assert not disagreements(assist)
    assert "民政局" in assist("show", NUMBER).stdout
    major("会计学", *ONE)
    assert fact(assist) == "英语"
    major("金融学", "--source", "民政局", "--as-of", "2013-06-01")
    assert fact(assist) is None


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        (["民政局,学校教务处"], "法学"),
        (["学校教务处,民政局"], "会计学"),
        (["民政局,学校教务处", "--newest"], "法学"),
        (["学校教务处", "--field", FIELD], "会计学"),
        (["学校教务处", "--field", "低保"], None),
        (["残联"], None),
    ],
    ids=["order", "order turned", "newest", "for the field", "for another field", "of nobody here"],
)
@pytest.mark.parametrize("before", [True, False], ids=["rule first", "rule later"])
def test_a_rule_decides(
    assist: Assist, major: Any, rule: list[str], counts: str | None, before: bool
) -> None:
    """The same, whether it was set before the words came in or after."""
    if before:
        assist("source", "rule", *rule)
    major("会计学", *ONE)
    major("法学", *TWO)
    if not before:
        assist("source", "rule", *rule)
    assert fact(assist) == counts


def test_a_rule_taken_out_opens_what_it_settled(assist: Assist, major: Any) -> None:
    """By ``drop``, and by ``undo`` of the rule; both can be undone themselves."""
    major("会计学", *ONE)
    major("法学", *TWO)
    assist("source", "rule", "民政局", "--word", "会议纪要", "--by", "王老师")
    assert fact(assist) == "法学"
    listed = assist("source", "list").stdout
    assert "会议纪要" in listed
    assert "王老师" in listed
    assist("source", "drop", "1")
    assert fact(assist) is None
    assist("undo")
    assert fact(assist) == "法学"


def test_two_words_of_one_day_are_not_told_apart_by_date(assist: Assist, major: Any) -> None:
    assist("source", "rule", "民政局,学校教务处", "--newest")
    major("会计学", *ONE)
    major("法学", "--source", "民政局", "--as-of", "2013-04-01")
    assert fact(assist) is None


def test_without_a_source_an_import_is_the_offices_own_word(assist: Assist, major: Any) -> None:
    """Old → new, as the person saw in the diff; what another file said is still shown."""
    major("会计学", file="甲.csv")
    assert major("法学", file="乙.csv")["changed"] == 1
    assert fact(assist) == "法学"
    assert "甲.csv" in assist("show", NUMBER).stdout
    major("金融学", *TWO)
    assert fact(assist) is None
    major("会计学", file="丙.csv")
    assert fact(assist) == "会计学"


def test_undo_takes_back_what_a_source_said(assist: Assist, major: Any) -> None:
    major("会计学", *ONE)
    major("法学", *TWO)
    assist("undo")
    assert fact(assist) == "会计学"
    assert "民政局" not in assist("show", NUMBER).stdout


def test_another_name_from_a_source_is_an_error(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Whose row it is must be beyond doubt before its word is weighed."""
    assist("add", "--set", f"学号={NUMBER}", "--set", "姓名=张三", "--json")
    path = write_csv(tmp_path / "a.csv", [["学号", "姓名"], [NUMBER, "李四"]])
    report = assist("import", str(path), *ONE, "--json", code=3).json
    assert report["errors"][0]["field"] == "姓名"


def test_a_date_needs_a_source(assist: Assist, store: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["学号", "姓名"], [NUMBER, "李四"]])
    assist("import", str(path), "--as-of", "2013-04-01", code=2)


def test_rules_name_known_fields(assist: Assist, store: Path) -> None:
    assert "专业" in assist("source", "rule", "民政局", "--field", "专业名", code=2).stderr
    assist("source", "drop", "1", code=2)


def test_secret_facts_stay_secret_while_sources_disagree(assist: Assist, store: Path, tmp_path: Path) -> None:
    """What each says is masked as the fact itself is, and shown on request."""
    for source, value in (("民政局", "特别困难"), ("学校教务处", "一般困难")):
        path = write_csv(tmp_path / "a.csv", [["学号", "姓名", "贫困生等级"], [NUMBER, "张三", value]])
        told = assist("import", str(path), "--source", source).stdout
        assert value not in told
    for words in (
        assist("show", NUMBER).stdout,
        assist("source", "list").stdout,
        assist("check", NUMBER).stdout,
    ):
        assert "民政局" in words
        assert "说 特别困难" not in words
    assert "特别困难" in assist("show", NUMBER, "--show-sensitive").stdout
