"""The log beyond one line: many people, what counts as a service, and whole sheets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Assist

Student = Callable[..., str]
PRACTICE = "sicau-horticulture-2023"
HEADER = "学号,日期,渠道,种类,内容,下次联系,经办人\n"


def contacts(assist: Assist, number: str) -> list[dict[str, object]]:
    """Contacts of one student."""
    found: list[dict[str, object]] = assist("show", number, "--json").json["contacts"]
    return found


def test_many_people_at_once_are_a_mass_message(assist: Assist, student: Student) -> None:
    """R0-16: one line for all; marked, unless each was talked to; one unknown name writes nothing."""
    first, second = student("10800001"), student("10800002", 姓名="乙同学")
    answer = assist("log", f"{first}，{second}", "短信", "信息推送", "招聘会", "--json").json
    assert [entry["next_due"] for entry in answer] == [None, None]
    assert contacts(assist, second)[0]["mass"] is True
    assist("log", f"{first},{second}", "电话", "就业指导", "谈话", "--one-to-one")
    assert "mass" not in contacts(assist, second)[0]
    assist("log", f"{first},没有的人", "短信", "信息推送", code=5)
    assert len(contacts(assist, first)) == 2


def test_topics_result_and_evidence_are_kept(assist: Assist, student: Student) -> None:
    """R0-37: topics of a talk; evidence of a service."""
    number = student()
    assist(
        "log",
        number,
        "面谈",
        "个案咨询",
        "--topic",
        "简历、面试技巧",
        "--result",
        "改好简历",
        "--evidence",
        "照片3",
    )
    (entry,) = contacts(assist, number)
    assert (entry["topics"], entry["result"], entry["evidence"]) == (
        ["简历", "面试技巧"],
        "改好简历",
        "照片3",
    )


def test_a_whole_sheet_is_imported_or_nothing(assist: Assist, student: Student, tmp_path: Path) -> None:
    """Every wrong row is named by its number; then the good sheet goes in as one command."""
    number = student()
    sheet = tmp_path / "记录.csv"
    good = f"{number},2013-05-01,电话,岗位推荐,推荐某公司,2013-05-08,周老师\n"
    bad = f"99999999,2013-05-02,电话,就业指导,谈话,,\n{number},五月,电话,就业指导,谈话,,\n"
    sheet.write_text(HEADER + good + bad + f"{number},2013-05-03,信鸽,就业指导,,,\n", encoding="utf-8")
    refused = assist("log", "--from", str(sheet), code=3).stderr
    assert "有 3 行不能导入，什么也没写" in refused
    assert "第 3 行：没有找到「99999999」" in refused
    assert "第 4 行：「五月」不是日期" in refused
    assert "第 5 行：没有「信鸽」这个渠道" in refused
    assert contacts(assist, number) == []
    sheet.write_text("联系记录\n" + HEADER + good * 2, encoding="utf-8")
    assert assist("log", "--from", str(sheet), "--json").json == {
        "read": 2, "added": 2, "unchanged": 0,
    }  # fmt: skip
    size = len(assist("history", "--json").json)
    assert assist("log", "--from", str(sheet), "--json").json == {"read": 2, "added": 0, "unchanged": 2}
    assert len(assist("history", "--json").json) == size
    first = contacts(assist, number)[0]
    assert (first["by"], first["next_date"], first["date"]) == ("周老师", "2013-05-08", "2013-05-01")
    assist("undo")
    assert contacts(assist, number) == []


def test_a_sheet_says_which_rows_are_no_talk(assist: Assist, student: Student, tmp_path: Path) -> None:
    """A message to many and a missed call in a sheet count no more than those typed in (A-22)."""
    number, sheet = student(), tmp_path / "记录.csv"
    rows = ["是,,,一对一", "否,,,不是", ",是,,群发", ",,是,没接", ",,,空着"]
    lines = [f"{number},2013-05-0{day},电话,岗位推荐,{row}\n" for day, row in enumerate(rows, 1)]
    sheet.write_text("学号,日期,渠道,种类,一对一,群发,未联系上,内容\n" + "".join(lines), encoding="utf-8")
    assist("log", "--from", str(sheet))
    found = {str(one["text"]): one for one in contacts(assist, number)}
    assert {text for text, one in found.items() if one.get("mass")} == {"不是", "群发"}
    assert {text for text, one in found.items() if one.get("missed")} == {"没接"}
    sheet.write_text(f"学号,日期,渠道,种类,群发\n{number},2013-05-09,电话,岗位推荐,也许\n", encoding="utf-8")
    assert "「也许」不是是非答案" in assist("log", "--from", str(sheet), code=3).stderr


def test_a_sheet_without_the_columns_is_refused(assist: Assist, student: Student, tmp_path: Path) -> None:
    """What is needed is said."""
    student()
    sheet = tmp_path / "记录.csv"
    sheet.write_text("学号,内容\n1,2\n", encoding="utf-8")
    assert "需要：学号（或姓名）、日期、渠道、种类" in assist("log", "--from", str(sheet), code=3).stderr
    assist("log", "--from", "没有.csv", code=3)


@pytest.fixture
def quotas(assist: Assist, student: Student) -> str:
    """A student of a unit that adopted the services of the practice."""
    number = student()
    assist("pack", "adopt", PRACTICE, "服务次数", "--by", "王老师")
    return number


def owed(assist: Assist) -> list[str]:
    """What `due` says of services owed."""
    rows = assist("due", "--json").json
    return [row["reason"] for row in rows if row["kind"] == "服务次数"]


def test_services_are_owed_only_once_adopted(assist: Assist, student: Student) -> None:
    """R3-32: a practice binds nobody before."""
    student()
    assert owed(assist) == []
    assist("pack", "adopt", PRACTICE, "服务次数", "--by", "王老师")
    assert len(owed(assist)) == 4


def test_one_one_one_two_lacks_one_recommendation(assist: Assist, quotas: str) -> None:
    """§9.5: 1/1/1/2 → 岗位推荐 差1; a mass message and a bare entry do not count (R3-23)."""
    for kind in ("职业指导", "就业培训", "就业见习", "岗位推荐", "岗位推荐"):
        assist("log", quotas, "面谈", kind, "谈求职意向")
    assist("log", quotas, "短信", "岗位推荐", "群发", "--mass")
    assist("log", quotas, "电话", "岗位推荐")
    (reason,) = owed(assist)
    assert reason.startswith("岗位推荐 差1（已 2，应 3")
    assert "另有 1 次没有内容或证明，未计" in reason
    assist("log", quotas, "电话", "岗位推荐", "--evidence", "推荐函")
    assert owed(assist) == []


def test_recommendations_on_record_count_once(assist: Assist, quotas: str) -> None:
    """The log and the recommendations are two lists of the same thing: the longer one counts."""
    for _ in range(2):
        assist("log", quotas, "电话", "岗位推荐", "某公司")
        assist("record", "recommend", quotas, "某公司")
    assert any(reason.startswith("岗位推荐 差1") for reason in owed(assist))


def test_the_cadence_of_a_practice_counts_once_adopted(assist: Assist, student: Student) -> None:
    """R3-06: weekly once somebody adopted it; what the unit set itself goes first."""
    number = student()
    assert assist("log", number, "电话", "就业指导", "谈话", "--json").json["next_due"] is None
    assist("pack", "adopt", PRACTICE, "周期", "--by", "王老师")
    assert assist("log", number, "电话", "就业指导", "谈话", "--json").json["next_due"] == "2013-06-08"
    assist("unit", "set", "联系周期=14")
    assert assist("log", number, "电话", "就业指导", "谈话", "--json").json["next_due"] == "2013-06-15"
    routines = {row["reason"].split("：")[0] for row in assist("due", "--kind", "例行工作", "--json").json}
    assert routines == {"推进会", "通报"}
    assist("record", "activity", "通报", "第一期")
    (report,) = [r for r in assist("due", "--json").json if r["reason"].startswith("通报")]
    assert report["due"] == "2013-06-15"
