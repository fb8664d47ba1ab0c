"""Cases through the command line: show, list, remove, undo, history, and import."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Assist, Founded, Result, set_options
from tests.intake.builders import id_number, write_csv

Student = Callable[..., str]
HEADER = "学号,学生姓名,学院名称,证件号码,联系电话,就业能力特别弱（√）,贫困等级\n"
ROW_1 = "10800001,甲同学,机械学院,52010319910707928X,19905710001,√,特别困难\n"
ROW_2 = "10800002,乙同学,理学院,330106199203159013,19905710002,否,\n"
WRONG = "10800003,丙同学,理学院,620102199108129021,19905710003,否,无\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> str:
    """Write a class list; its path as text."""
    path.write_text(text, encoding=encoding)
    return str(path)


def test_secret_facts_are_hidden_until_asked_for(assist: Assist, student: Student) -> None:
    """S3 shows its mask, S2 stands in full in `show` and is masked in `list` (7.6)."""
    number = student(身份证号="52010319910707928X", 手机号码="19905710001", 残疾="是")
    facts = assist("show", number, "--json").json["facts"]
    assert facts["身份证号"] == "52*************28X"
    assert facts["残疾"] == "***"
    assert facts["手机号码"] == "19905710001"
    assert assist("show", number, "--show-sensitive", "--json").json["facts"]["残疾"] is True
    listed = assist("list", "--columns", "手机号码,身份证号,贫困生等级").stdout
    assert "199****0001" in listed
    assert "52010319910707928X" not in listed


def test_values_keep_their_kind_in_json(assist: Assist, student: Student) -> None:
    """Yes/no is a boolean, a year a number, unknown is absent."""
    facts = assist("show", student(就业能力特别弱="√", 单亲家庭="不详"), "--json").json["facts"]
    assert facts["就业能力特别弱"] is True
    assert facts["毕业年份"] == 2013
    assert "单亲家庭" not in facts


def test_a_list_is_filtered_by_any_field(assist: Assist, student: Student) -> None:
    """--where takes a field of the catalogue; the nearest is proposed for a slip."""
    student("10800001", 学院="机械学院")
    student("10800002", 学院="理学院")
    assert [case["student_no"] for case in assist("list", "--where", "学院=理学院", "--json").json] == [
        "10800002"
    ]
    assert "是不是「学院」" in assist("list", "--where", "学员=理学院", code=2).stderr


def test_removal_asks_and_undo_brings_all_back(assist: Assist, student: Student) -> None:
    """Without a terminal a removal needs --yes; undo restores case and contacts."""
    number = student()
    assist("log", number, "电话", "岗位推荐")
    assert "--yes" in assist("remove", number, code=2).stderr
    assert assist("remove", number, "--yes", "--json").json["removed"] == 2
    assist("show", number, code=5)
    assist("undo")
    assert len(assist("show", number, "--json").json["contacts"]) == 1


def test_history_names_changes_without_values(assist: Assist, student: Student) -> None:
    """Each command with number, person and records; a case's own changes by field name."""
    number = student(手机号码="19905710001")
    assist("edit", number, "--set", "手机号码=19905710009", "--by", "王老师")
    changes = assist("history", number, "--json").json
    assert [change["change"] for change in changes] == ["新增", "修改 手机号码"]
    assert changes[1]["by"] == "王老师"
    assert "19905710009" not in assist("history", number).stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_list_goes_in_whatever_its_encoding(
    assist: Assist, store: Path, tmp_path: Path, encoding: str
) -> None:
    """Header aliases and encodings; the answer is the contract's."""
    path = write(tmp_path / "名单.csv", HEADER + ROW_1 + ROW_2, encoding)
    answer = assist("import", path, "--json").json
    assert answer == {
        "read": 2, "added": 2, "changed": 0, "unchanged": 0, "rejected": 0,
        "errors": [], "written": True, "report": None,
    }  # fmt: skip
    assert assist("show", "10800001", "--json").json["facts"]["贫困生等级"] == "特别困难"


def test_one_bad_row_stops_all_and_a_marked_copy_lies_beside(
    assist: Assist, store: Path, tmp_path: Path
) -> None:
    """All or nothing: exit 3, the row and field are named, the mended copy goes in."""
    path = write(tmp_path / "名单.csv", HEADER + ROW_1 + WRONG)
    result = assist("import", path, "--json", code=3)
    answer = result.json
    assert (answer["written"], answer["rejected"], answer["added"]) == (False, 1, 1)
    assert answer["errors"][0]["row"] == 3
    assert answer["errors"][0]["field"] == "身份证号"
    assert "620102199108129021" not in result.stdout
    assert Path(answer["report"]).name == "名单.有错.xlsx"
    assert assist("list", "--json").json == []


def test_the_way_back_in_can_be_copied_as_it_stands(assist: Assist, store: Path, tmp_path: Path) -> None:
    """The folder, a name with brackets and blanks, the mapping, and whose word it is: nothing is lost."""
    (tmp_path / "收到").mkdir()
    path = write(tmp_path / "收到" / "名单 (1).csv", HEADER.replace("学生姓名", "名 字") + ROW_1 + WRONG)
    told = assist(
        "import", path, "--map", "名 字=姓名", "--source", "民政局", "--as-of", "2013-05-01", code=3
    )
    marked = tmp_path / "收到" / "名单 (1).有错.xlsx"
    assert f'assist import "{marked}" --map "名 字=姓名" --source 民政局 --as-of 2013-05-01' in told.stdout


def test_partial_writes_the_good_rows(assist: Assist, store: Path, tmp_path: Path) -> None:
    """--partial: exit 3 still, the good row is in, undo takes the whole import back."""
    path = write(tmp_path / "名单.csv", HEADER + ROW_1 + WRONG)
    assert assist("import", path, "--partial", "--json", code=3).json["written"] is True
    assert len(assist("list", "--json").json) == 1
    assist("undo")
    assert assist("list", "--json").json == []


def test_an_export_says_which_fields_it_leaves_out(assist: Assist, store: Path) -> None:
    """Who keeps it as a copy must know what is not in it; chosen columns leave out nothing unsaid."""
    facts = {"学号": "10800001", "姓名": "张三", "身份证号": id_number(1), "低保": "是"}
    assist("add", *set_options(facts))
    told = assist("export", "--out", "a.csv", "--json")
    assert told.json["columns"] == ["姓名", "学号", "低保"]
    assert "没有导出 1 个敏感字段：身份证号" in told.stderr
    assert "敏感" not in assist("export", "--out", "b.csv", "--columns", "学号").stderr
    whole = assist("export", "--out", "c.csv", "--show-sensitive", "--json")
    assert {"身份证号", "低保"} <= set(whole.json["columns"])
    assert "没有导出" not in whole.stderr


def test_fields_are_chosen_by_any_of_their_names(assist: Assist, store: Path, tmp_path: Path) -> None:
    """联系电话 is a student's own number; it stood as an empty column, for the office has one too."""
    assist("add", "--set", "学号=10800001", "--set", "姓名=张三", "--set", "手机=13800000000")
    assist("export", "--columns", "联系电话,姓名", "--out", str(tmp_path / "a.csv"), "--format", "csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines() == ["手机号码,姓名", "13800000000,张三"]
    assert "138****0000" in assist("list", "--columns", "联系电话").stdout
    assert len(assist("list", "--where", "手机=13800000000", "--json").json) == 1
    for command in (("export", "--columns"), ("list", "--columns"), ("source", "rule", "甲,乙", "--field")):
        assert "没有「填报人」这个字段" in assist(*command, "填报人", code=2).stderr
    rows = [["学号", "姓名", "怪"], ["10800001", "张三", "13900000000"]]
    path = write_csv(tmp_path / "b.csv", rows)
    assert assist("import", str(path), "--map", "怪=手机", "--json").json["changed"] == 1


def test_a_list_of_another_kind_is_told_as_such(assist: Assist, store: Path, tmp_path: Path) -> None:
    """No column of it is likened to a field of students; a stray one is proposed to be left out."""
    header = ["职工姓名", "职工身份证号码", "是否在档", "家庭人口", "子女姓名", "子女身份证"]
    path = write_csv(tmp_path / "a.csv", [header, ["李大勇", id_number(9), "是", "3", "张三", id_number(1)]])
    told = assist("import", str(path), code=3).stderr
    assert "像是困难职工家庭子女的名单（「职工姓名」等 4 个表头" in told
    assert "--store 文件夹" in told
    assert "职工身份证号码=身份证号" not in told
    rows = [["学号", "姓名", "家庭人口", "怪"], ["10800001", "张三", "3", "x"]]
    told = assist("import", str(write_csv(tmp_path / "b.csv", rows)), code=3).stderr
    assert "--map 家庭人口=- --map 怪=-" in told


def test_what_lies_beside_the_lists_is_passed_over(assist: Assist, store: Path, tmp_path: Path) -> None:
    """The file that Excel keeps while a list is open is told and not read; a folder is no file."""
    path = write_csv(tmp_path / "a.csv", [["学号", "姓名"], ["10800001", "张三"]])
    (tmp_path / "~$a.xlsx").write_bytes(b"\x05li")
    answer = assist("import", str(path), str(tmp_path / "~$a.xlsx"))
    assert "新增 1" in answer.stdout
    assert "「~$a.xlsx」是 Excel、WPS 或 Word 打开文件时的临时文件，没有读" in answer.stdout
    assert "是文件夹" in assist("import", str(tmp_path), code=3).stderr


def test_a_dry_run_says_what_the_import_would_do(assist: Assist, store: Path, tmp_path: Path) -> None:
    """With errors it would write nothing, or with --partial the good rows; a known file changes nothing."""
    good, bad = ["10800001", "张三", "男"], ["10800002", "李四", "怪"]

    def outlook(*rows: list[str], code: int = 0, words: tuple[str, ...] = ()) -> str:
        path = write_csv(tmp_path / "a.csv", [["学号", "姓名", "性别"], *rows])
        return assist("import", str(path), "--dry-run", *words, code=code).stdout.splitlines()[-1]

    assert outlook(good) == "试运行：没有写入。去掉 --dry-run 再运行即写入"
    assert "去掉 --dry-run 也不会写入" in outlook(good, bad, code=3)
    assert "--partial 只写没有错的行" in outlook(good, bad, code=3)
    assert "--partial" not in outlook(bad, code=3)
    assert outlook(good, bad, code=3, words=("--partial",)).endswith("去掉 --dry-run 再运行即写入")
    assist("import", str(write_csv(tmp_path / "b.csv", [["学号", "姓名", "性别"], good])))
    assert outlook(good) == "试运行：没有写入。与库里相同，没有要写的"


def test_a_dry_run_writes_nothing(assist: Assist, store: Path, tmp_path: Path) -> None:
    """It reports what would be and leaves no file either."""
    path = write(tmp_path / "名单.csv", HEADER + ROW_1 + WRONG)
    assert assist("import", path, "--dry-run", "--json", code=3).json["written"] is False
    assert assist("list", "--json").json == []
    assert sorted(p.name for p in tmp_path.glob("名单*")) == ["名单.csv"]


def test_the_same_file_again_changes_nothing(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Upsert by 学号: unchanged, then one changed field, and a blank erases nothing."""
    path = write(tmp_path / "名单.csv", HEADER + ROW_1 + ROW_2)
    assist("import", path)
    assert assist("import", path, "--json").json["unchanged"] == 2
    path = write(tmp_path / "新.csv", HEADER + ROW_1.replace("特别困难", "") + ROW_2.replace("否,", "√,"))
    answer = assist("import", path, "--json").json
    assert (answer["changed"], answer["unchanged"]) == (1, 1)
    assert assist("show", "10800001", "--json").json["facts"]["贫困生等级"] == "特别困难"


def test_the_same_number_with_another_id_is_an_error(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Never an update: one of the two numbers is wrong."""
    assist("import", write(tmp_path / "名单.csv", HEADER + ROW_1))
    other = ROW_1.replace("52010319910707928X", "330106199203159013")
    answer = assist("import", write(tmp_path / "新.csv", HEADER + other), "--json", code=3).json
    assert answer["errors"][0]["field"] in {"学号", "身份证号"}


def test_an_unknown_column_stops_with_the_map_line(assist: Assist, store: Path, tmp_path: Path) -> None:
    """Exit 3 with the --map to use; mapped or dropped, the file goes in."""
    path = write(tmp_path / "名单.csv", HEADER.strip() + ",困难档次说明\n" + ROW_1.strip() + ",甲档\n")
    refused = assist("import", path, code=3).stderr
    assert "困难档次说明" in refused
    assert "--map" in refused
    assist("import", path, "--map", "困难档次说明=-")


@pytest.mark.parametrize("name", ["没有.xlsx", "空.csv", "乱码.xlsx"])
def test_a_file_that_cannot_be_read_is_named(assist: Assist, store: Path, tmp_path: Path, name: str) -> None:
    """Exit 3, the file's name, no traceback."""
    if name == "空.csv":
        (tmp_path / name).write_text("")
    if name == "乱码.xlsx":
        (tmp_path / name).write_bytes(b"PK\x03\x04 not a workbook")
    assert name in assist("import", str(tmp_path / name), code=3).stderr


def test_the_list_of_one_category(assist: Assist, student: Callable[..., str]) -> None:
    """R0-10: the A and B 信息库 of a unit: only who surely belongs."""
    facts = {"就业能力特别弱": "是", "民族": "汉族"}
    student("10800001", 贫困生等级="特别困难", **facts)
    student("10800002", 姓名="乙同学", 贫困生等级="无", 单亲家庭="是", **facts)
    student("10800003", 姓名="丙同学", 学院="理学院", 贫困生等级="无", 单亲家庭="是", **facts)
    listed = {
        benefit: [one["student_no"] for one in assist("list", "--benefit", benefit, "--json").json]
        for benefit in ("A", "B3", "B1")
    }
    assert listed == {"A": ["10800001"], "B3": ["10800002", "10800003"], "B1": []}
    both = assist("list", "--benefit", "B3", "--where", "学院=理学院", "--json").json
    assert [one["student_no"] for one in both] == ["10800003"]
    assert "可用：A、B1" in assist("list", "--benefit", "C", code=3).stderr


def test_the_list_of_who_was_not_verified_for_long(assist: Assist, student: Callable[..., str]) -> None:
    """R0-12: by talk, outcome or survey; a message to many and a missed call verify nothing."""
    student("10800001")
    student("10800002", 姓名="乙同学", 排摸日期="2013-05-02")
    student("10800003", 姓名="丙同学")
    student("10800004", 姓名="丁同学")
    assist("log", "10800003", "电话", "就业指导", "谈话", "--date", "2013-05-20")
    assist("log", "10800003", "电话", "就业指导", "无人接听", "--date", "2013-05-30", "--missed")
    assist("outcome", "10800004", "意向", "--date", "2013-05-28")
    assist("log", "10800001,10800002", "短信", "信息推送", "招聘会", "--date", "2013-05-30")

    def stale(days: str) -> dict[str, str | None]:
        found = assist("list", "--unverified", days, "--json").json
        return {one["student_no"]: one["verified"] for one in found}

    assert stale("30") == {"10800001": None, "10800002": "2013-05-02"}
    assert stale("31") == {"10800001": None}
    assert stale("12")["10800003"] == "2013-05-20"
    assert set(stale("4")) == {"10800001", "10800002", "10800003", "10800004"}
    assert "从未" in assist("list", "--unverified", "30").stdout
    assert "应写天数" in assist("list", "--unverified", "很久", code=2).stderr


WORKER = id_number(3, region="640104", born=date(1968, 3, 4))


@pytest.fixture
def union(assist: Assist, founded: Founded) -> Callable[..., Result]:
    """Adds a child of one worker to a store of a union notice."""
    founded("yinchuan-2018", "2018")

    def add(*settings: str, code: int = 0) -> Result:
        words = [word for setting in (f"职工身份证号={WORKER}", *settings) for word in ("--set", setting)]
        return assist("add", *words, "--json", code=code)

    return add


def test_a_child_is_in_once_by_worker_and_name(assist: Assist, union: Callable[..., Result]) -> None:
    """Without an ID number of its own the worker's and the name are the key; a sister is somebody else."""
    union("姓名=张小")
    assert "职工身份证号" in union("姓名=张小", code=3).stderr
    union("姓名=张中")
    assert "assist edit" in union("姓名=张小", f"身份证号={id_number(5)}", code=3).stderr
    assert "职工身份证号" in assist("edit", "张中", "--set", "姓名=张小", code=3).stderr
    assert len(assist("list", "--json").json) == 2
