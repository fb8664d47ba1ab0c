"""A header explained once: remembered for the layout, shown, listed, taken out, undone."""

from pathlib import Path

import pytest

from tests.conftest import Assist
from tests.intake.builders import Rows, write_csv, write_xlsx
from tests.interview.scripted import ScriptedTerminal

HEADER = ["学号", "姓名", "困难档次"]
MAP = ("--map", "困难档次=贫困生等级")


def people(*numbers: str, level: str = "困难") -> Rows:
    """A list with a header that nobody knows."""
    return [HEADER, *([number, "张三", level] for number in numbers)]


def test_a_mapping_is_used_again_for_the_same_headers(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Whatever the next file is called and in which order its columns stand; and it is said."""
    first = assist("import", str(write_csv(tmp_path / "a.csv", people("10800001"))), *MAP, "--by", "王老师")
    assert "已记住" in first.stdout
    turned = [row[::-1] for row in people("10800002", level="无")]
    later = assist("import", str(write_xlsx(tmp_path / "b.xlsx", turned)))
    assert "困难档次→贫困生等级" in later.stdout
    assert "王老师" in later.stdout
    assert assist("show", "10800002", "--json").json["facts"]["贫困生等级"] == "无"


def test_other_headers_are_asked_for_anew(assist: Assist, store: Path, tmp_path: Path) -> None:
    """A mapping holds for its layout alone: elsewhere the same word may mean something else."""
    assist("import", str(write_csv(tmp_path / "a.csv", people("10800001"))), *MAP)
    rows = [[*row, "信息学院"] for row in people("10800002")]
    rows[0][-1] = "学院"
    assert "--map 困难档次" in assist("import", str(write_csv(tmp_path / "b.csv", rows)), code=3).stderr


def test_a_mapping_given_now_goes_before_a_remembered_one(
    assist: Assist, store: Path, tmp_path: Path
) -> None:
    """And replaces it."""
    assist("import", str(write_csv(tmp_path / "a.csv", people("10800001"))), *MAP)
    path = write_csv(tmp_path / "b.csv", people("10800002"))
    assist("import", str(path), "--map", "困难档次=-")
    assert "贫困生等级" not in assist("show", "10800002", "--json").json["facts"]
    assert [entry["mapping"] for entry in assist("layout", "list", "--json").json] == [{"困难档次": "-"}]


def test_it_is_listed_taken_out_and_brought_back(assist: Assist, store: Path, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", people("10800001"))
    assist("import", str(path), *MAP, "--by", "王老师")
    listed = assist("layout", "list", "--json").json
    assert listed[0]["mapping"] == {"困难档次": "贫困生等级"}
    assert (listed[0]["by"], listed[0]["date"], listed[0]["file"]) == ("王老师", "2013-06-01", "a.csv")
    assert "困难档次→贫困生等级" in assist("layout", "list").stdout
    assist("layout", "drop", "2", code=2)
    assist("layout", "drop", "1")
    assert assist("layout", "list", "--json").json == []
    assist("import", str(path), code=3)
    assist("undo")
    assist("import", str(path))


def test_undo_of_the_import_forgets_it(assist: Assist, store: Path, tmp_path: Path) -> None:
    assist("import", str(write_csv(tmp_path / "a.csv", people("10800001"))), *MAP)
    assist("undo")
    assert assist("layout", "list", "--json").json == []


@pytest.mark.parametrize("how", ["dry run", "errors"])
def test_an_import_that_writes_nothing_remembers_nothing(
    assist: Assist, store: Path, tmp_path: Path, how: str
) -> None:
    """Where rows have errors, what to type once they are mended is said with the mapping."""
    path = write_csv(tmp_path / "a.csv", people("10800001", level="困难" if how == "dry run" else "很难"))
    if how == "dry run":
        assist("import", str(path), *MAP, "--dry-run")
    else:
        assert "--map 困难档次=贫困生等级" in assist("import", str(path), *MAP, code=3).stdout
    assert assist("layout", "list", "--json").json == []


def test_the_annotated_workbook_has_the_layout_of_its_list(
    assist: Assist, store: Path, tmp_path: Path
) -> None:
    """The column that we added does not make it another table."""
    assist("import", str(write_xlsx(tmp_path / "a.xlsx", people("10800001"))), *MAP)
    wrong = [*people("10800002"), ["10800003", "李四", "很难"]]
    marked = assist("import", str(write_xlsx(tmp_path / "b.xlsx", wrong)), "--json", code=3).json["report"]
    assert "很难" in assist("import", marked, code=3).stdout


def test_headers_known_only_through_a_mapping(assist: Assist, store: Path, tmp_path: Path) -> None:
    """No header of the file is known by itself, and still the table is found the next time."""
    rows = [["编码", "称呼"], ["10800001", "张三"]]
    maps = ("--map", "编码=学号", "--map", "称呼=姓名")
    assist("import", str(write_csv(tmp_path / "a.csv", rows)), *maps)
    rows[1] = ["10800002", "李四"]
    assert assist("import", str(write_csv(tmp_path / "b.csv", rows)), "--json").json["added"] == 1


def test_the_same_file_again_is_known_until_a_case_is_touched(
    assist: Assist, store: Path, tmp_path: Path
) -> None:
    """A list that is in word for word needs no second look; one changed or removed case brings it back."""
    rows = [["学号", "姓名", "班级"], ["10800001", "张三", "一班"], ["10800002", "李四", "一班"]]
    path = write_csv(tmp_path / "a.csv", rows)
    assist("import", str(path))
    again = assist("import", str(path), "--json").json
    assert (again["unchanged"], again["written"]) == (2, False)
    assist("edit", "10800001", "--set", "班级=二班")
    assert assist("import", str(path), "--json").json["changed"] == 1
    assist("remove", "10800002", "--yes")
    assert assist("import", str(path), "--json").json["added"] == 1
    assist("undo")
    assert assist("import", str(path), "--json").json["added"] == 1


@pytest.mark.parametrize(
    ("answer", "chosen", "mapped"),
    [(True, (), "贫困生等级"), (False, ("zydq", "单亲家"), "单亲家庭"), (False, ("", "不要"), "-")],
    ids=["yes", "another", "none"],
)
def test_at_a_terminal_the_nearest_field_is_asked_for(
    assist: Assist, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    answer: bool, chosen: tuple[str, ...], mapped: str,
) -> None:  # fmt: skip
    """A yes reads the column; after a no another field is picked, or none. What was said is remembered."""
    asked: list[str] = []
    terminal = ScriptedTerminal(*chosen)

    def confirm(question: str, default: str = "") -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr("assistcli.commands.import_.interactive", lambda: True)
    monkeypatch.setattr("assistcli.prompts.confirm", confirm)
    monkeypatch.setattr("assistcli.prompts.PersonTerminal", lambda: terminal)
    rows = [["学号", "姓名", "贫困生级别"], ["10800001", "张三", "困难" if answer else "是"]]
    assist("import", str(write_csv(tmp_path / "a.csv", rows)))
    assert asked == ["表头「贫困生级别」没有见过，就是「贫困生等级」吗？"]
    assert terminal.used_up
    assert assist("layout", "list", "--json").json[0]["mapping"] == {"贫困生级别": mapped}
