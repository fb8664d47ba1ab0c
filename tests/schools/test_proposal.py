"""What the school lists propose stands, with its list, where facts are entered; a person enters it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from assistcli.book.casebook import open_casebook
from assistcli.context import Context
from assistcli.interview.answers import Author
from assistcli.interview.sitting import register
from assistcli.model import Case
from assistcli.schools.proposal import open_proposals, propose_facts, school_contradictions
from tests.conftest import Assist, set_options
from tests.interview.scripted import KEEP, ScriptedTerminal

HEBEI = "河北工业大学"
WORKER = "330102196803070013"
LIST = "2017 年名单"


@pytest.fixture
def union(assist: Assist, tmp_path: Path) -> Path:
    """A store of the union notice of 2018; commands that follow use it."""
    folder = tmp_path / "union"
    assist("init", str(folder), "--pack", "yinchuan-2018", "--unit", "示例市总工会", "--year", "2018")
    return folder


def sheet(folder: Path, *rows: str) -> Path:
    """A csv file of the union with *rows*."""
    path = folder / "名单.csv"
    path.write_text(
        "\n".join(["子女姓名,职工姓名,职工身份证号,录取院校,院校所在省", *rows]), encoding="utf-8"
    )
    return path


def test_place_level_and_kind_are_proposed_by_their_field_names() -> None:
    """The school's place, not its owner's; the level with a word of caution."""
    found = propose_facts(HEBEI, 2018)
    assert {name: p.value for name, p in found.items()} == {
        "学校所在省": "天津",
        "学校所在市": "天津市",
        "就学阶段": "大专以上",
        "所学学历": "本科",
        "军队院校": "否",
    }
    assert found["学校所在省"].source == LIST
    assert "本科院校也招专科生" in found["所学学历"].source


def test_no_admission_batch_is_ever_proposed() -> None:
    """一本 and 二本 are no property of a school."""
    assert "招生批次" not in propose_facts("清华大学", 2018)
    assert "统招" not in propose_facts("清华大学", 2018)


def test_what_is_unclear_is_not_proposed() -> None:
    assert "军队院校" not in propose_facts("公安消防部队高等专科学校", 2018)


def test_ones_own_answer_wins_over_the_list() -> None:
    """It is not proposed again; where it says otherwise, both are told."""
    facts = {"就读学校": HEBEI, "学校所在省": "河北", "军队院校": "否"}
    assert {p.field for p in open_proposals(facts, 2018)} == {"学校所在市", "就学阶段", "所学学历"}
    [(proposal, mine)] = school_contradictions(facts, 2018)
    assert (proposal.field, proposal.value, mine) == ("学校所在省", "天津", "河北")
    assert not school_contradictions({"就读学校": HEBEI, "学校所在省": "天津市", "学校所在市": "天津"}, 2018)


def test_an_import_proposes_per_row_and_writes_nothing_of_it(
    assist: Assist, union: Path, tmp_path: Path
) -> None:
    path = sheet(tmp_path, f"张三,张大,{WORKER},{HEBEI},", f"李晓明,张大,{WORKER},不存在大学,")
    told = assist("--store", str(union), "import", str(path), "--json").json
    assert {(p["row"], p["about"], p["field"], p["value"]) for p in told["proposals"]} == {
        (2, HEBEI, "学校所在省", "天津"),
        (2, HEBEI, "所学学历", "本科"),
        (2, HEBEI, "军队院校", "否"),
    }
    assert all(p["source"].startswith(LIST) for p in told["proposals"])
    facts = assist("--store", str(union), "show", "张三", "--json").json["facts"]
    assert not facts.keys() & {"学校所在省", "所学学历", "军队院校"}


def test_the_report_of_an_import_says_it_once_for_all_rows_of_a_school(
    assist: Assist, union: Path, tmp_path: Path
) -> None:
    rows = [f"张三{letter},张大,{WORKER},{HEBEI}," for letter in "甲乙丙"]
    told = assist("--store", str(union), "import", str(sheet(tmp_path, *rows)), "--dry-run").stdout
    assert "建议（没有写入，以学生自己的材料为准）：" in told
    assert f"{HEBEI}（第 2、3、4 行）：学校所在省=天津、军队院校=否、所学学历=本科（{LIST}" in told.replace(
        "所学学历=本科、军队院校=否", "军队院校=否、所学学历=本科"
    )


def test_a_row_that_says_otherwise_goes_in_and_is_to_be_looked_at(
    assist: Assist, union: Path, tmp_path: Path
) -> None:
    path = sheet(tmp_path, f"张三,张大,{WORKER},{HEBEI},河北")
    told = assist("--store", str(union), "import", str(path)).stdout
    assert f"学校所在省：表里写「河北」，{LIST}里「{HEBEI}」是「天津」；以表里的为准" in told
    assert assist("--store", str(union), "show", "张三", "--json").json["facts"]["学校所在省"] == "河北"


def test_show_and_check_tell_it_with_the_command_that_confirms(assist: Assist, union: Path) -> None:
    given = {"姓名": "张三", "职工姓名": "张大", "职工身份证号": WORKER, "就读学校": HEBEI}
    settings = set_options(given)
    assist("--store", str(union), "add", *settings)
    page = assist("--store", str(union), "show", "张三").stdout
    assert f"建议（{LIST}" in page
    assert "--set 学校所在省=天津" in page
    shown = assist("--store", str(union), "show", "张三", "--json").json
    assert {"field": "学校所在省", "value": "天津", "source": LIST} in shown["proposals"]
    assert "学校所在省" not in shown["facts"]
    assert "--set 学校所在省=天津" in assist("--store", str(union), "check", "张三").stdout
    proposed = assist("--store", str(union), "check", "张三", "--json").json[0]["proposals"]
    assert "学校所在省" in [p["field"] for p in proposed]
    assist("--store", str(union), "edit", "张三", "--set", "学校所在省=河北")
    assert "学校所在省" not in json.dumps(
        assist("--store", str(union), "show", "张三", "--json").json["proposals"], ensure_ascii=False
    )


def sit(folder: Path, answers: Mapping[str, str]) -> tuple[Case, ScriptedTerminal]:
    """The case of a sitting in which *answers* were typed, and Enter alone at every other question."""
    book = open_casebook(Context(store=folder, today=date(2018, 8, 1)))
    terminal = ScriptedTerminal()

    def reply(prompt: object) -> None:
        words = terminal.prompts[-1].words.split("〔")[0]
        terminal.type(next((text for name, text in answers.items() if words.startswith(name)), KEEP))

    terminal.before = reply
    author = Author(by="李老师", day=date(2018, 8, 1))
    return register(book, terminal, author, lambda case: case), terminal


ANSWERS = {"姓名": "张三", "职工姓名": "张大", "职工身份证": WORKER, "就读学校": HEBEI, "保存吗": "是"}


def test_the_wizard_offers_it_as_the_answer_to_confirm(union: Path) -> None:
    """Marked 建议 with its list; Enter takes it, and then the person has stated it."""
    case, terminal = sit(union, ANSWERS)
    words = {prompt.words: prompt.default for prompt in terminal.prompts}
    assert words[f"学校所在省〔建议 天津，{LIST}〕"] == "天津"
    assert (case.value("学校所在省"), case.facts["学校所在省"].by) == ("天津", "李老师")


def test_what_the_person_types_instead_is_taken(union: Path) -> None:
    case, _ = sit(union, {**ANSWERS, "学校所在省": "河北"})
    assert case.value("学校所在省") == "河北"


def test_without_a_listed_school_the_wizard_proposes_nothing(union: Path) -> None:
    case, terminal = sit(union, {**ANSWERS, "就读学校": "不存在大学"})
    assert not [prompt for prompt in terminal.prompts if "建议" in prompt.words]
    assert case.value("学校所在省") is None


def test_an_academy_has_no_level_in_the_list() -> None:
    """What the list does not say is not proposed, not even as a blank."""
    assert "所学学历" not in propose_facts("海军航空大学", 2018)


def test_a_list_is_named_once_on_a_line(assist: Assist, union: Path) -> None:
    given = {"姓名": "张三", "职工姓名": "张大", "职工身份证号": WORKER, "就读学校": HEBEI}
    assist("--store", str(union), "add", *set_options(given))
    assert assist("--store", str(union), "show", "张三").stdout.count("年名单") == 1


def test_editing_offers_it_for_a_fact_that_is_not_on_record(assist: Assist, union: Path) -> None:
    """What stands on record is offered as it stands."""
    from assistcli.book.casebook import Casebook
    from assistcli.interview.revision import revise

    given = {"姓名": "张三", "职工姓名": "张大", "职工身份证号": WORKER, "就读学校": HEBEI, "军队院校": "是"}
    assist("--store", str(union), "add", *set_options(given))
    book: Casebook = open_casebook(Context(store=union, today=date(2018, 8, 1)))
    terminal = ScriptedTerminal("学校所在省", KEEP, "军队院校", KEEP, "", "是")
    saved = revise(book, book.case("张三"), terminal, Author(by="李老师", day=date(2018, 8, 1)), list)
    words = terminal.asked()
    assert f"学校所在省〔建议 天津，{LIST}〕" in words
    assert not [each for each in words if each.startswith("军队院校〔")]
    assert saved == ["学校所在省"]
