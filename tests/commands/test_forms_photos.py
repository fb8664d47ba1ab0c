"""Photos on printed forms: found by key or by the name recorded, and who has none is told."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_paperwork import A_ONLY
from tests.conftest import Assist, Founded, set_options
from tests.forms.pictures import WHERE, draw, jpeg, png, save, telltale_jpeg

Student = Callable[..., str]
WORKERS = {"张三": "210102197001011211", "李晓明": "210102197001011238"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for photos."""
    made = tmp_path / "照片"
    made.mkdir()
    return made


def media(path: str) -> list[bytes]:
    """The photos in a printed form."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]


def test_a_photo_is_found_by_number_by_identity_or_by_its_recorded_name(
    assist: Assist, student: Student, folder: Path
) -> None:
    """学号.jpg, 身份证号.PNG, or what the case says; each on its own form, one of them in a folder below."""
    student("10800001", **A_ONLY)
    student("10800002", **A_ONLY, 身份证号="52010319910707928X")
    student("10800003", **A_ONLY, 照片="2013级\\\\三.jpg")
    (folder / "2013级").mkdir()
    save(telltale_jpeg(), folder / "10800001.JPG")
    save(png(draw(200, 200)), folder / "52010319910707928x.png")
    save(jpeg(draw(100, 200)), folder / "2013级" / "三.jpg")
    answer = assist("form", "case-file", "--photos", str(folder), "--json").json
    assert "without_photo" not in answer
    found = [media(path) for path in answer["files"]]
    assert [len(photos) for photos in found] == [1, 1, 1]
    assert len({photos[0] for photos in found}) == 3
    assert WHERE not in b"".join(Path(path).read_bytes() for path in answer["files"])


def test_who_has_no_photo_is_told_with_the_reason(
    assist: Assist, student: Student, folder: Path, tmp_path: Path
) -> None:
    """The form is printed all the same; a file outside the folder is never opened."""
    for number in range(1, 5):
        student(f"1080000{number}", **A_ONLY)
    student("10800005", **A_ONLY, 照片="../外面.jpg")
    student("10800006", **A_ONLY, 照片=str(tmp_path / "外面.jpg"))
    save(jpeg(), tmp_path / "外面.jpg")
    save(b"GIF89a", folder / "10800002.jpg")
    save(jpeg(), folder / "10800003.jpg")
    save(jpeg(), folder / "10800003.png")
    (folder / "10800004.jpg").symlink_to(tmp_path / "外面.jpg")
    result = assist("form", "case-file", "--photos", str(folder), "--json")
    reasons = {entry["who"]: entry["reason"] for entry in result.json["without_photo"]}
    assert reasons["甲同学 10800001"] == "没有照片"
    assert "不是 jpg 或 png" in reasons["甲同学 10800002"]
    assert "不知用哪张" in reasons["甲同学 10800003"]
    assert all("不在照片文件夹里" in reasons[f"甲同学 1080000{n}"] for n in (4, 5, 6))
    assert not any(media(path) for path in result.json["files"])
    assert "没有印照片" in result.stderr


def test_two_people_of_one_name_without_a_number_are_two_without_a_photo(
    assist: Assist, founded: Founded
) -> None:
    """Each is named by the case, once, however many slips are printed for it."""
    founded("dalian-2011", "2011")
    for worker in ("张三", "李晓明"):
        assist(
            "add",
            *set_options({"姓名": "甲同学", "职工姓名": worker, "职工身份证号": WORKERS[worker]}),
            "--json",
        )
    result = assist("form", "case-file", "--json").json
    cases = {case["case"] for case in assist("list", "--json").json}
    assert len(cases) == 2
    assert {entry["case"] for entry in result["without_photo"]} == cases
    assert [entry["who"] for entry in result["without_photo"]] == ["甲同学"] * 2


def test_an_office_that_keeps_no_photos_is_told_in_one_line(assist: Assist, student: Student) -> None:
    """And not everybody's name; a script still gets them all."""
    student("10800001", **A_ONLY)
    student("10800002", **A_ONLY)
    result = assist("form", "case-file", "--json")
    assert len(result.json["without_photo"]) == 2
    (line,) = (line for line in result.stderr.splitlines() if "照片" in line)
    assert "2 人" in line
    assert "甲同学" not in result.stderr


def test_the_folder_photos_of_the_store_is_looked_into_unasked(
    assist: Assist, student: Student, store: Path
) -> None:
    """In one document as well."""
    number = student(**A_ONLY)
    (store / "photos").mkdir()
    save(jpeg(), store / "photos" / f"{number}.jpeg")
    (path,) = assist("form", "case-file", "--one-file", "--json").json["files"]
    assert len(media(path)) == 1


@pytest.mark.parametrize(
    ("form", "place", "said", "code"),
    [("approval", "照片", "模板没有照片", 2), ("case-file", "没有", "没有照片文件夹", 3)],
)
def test_a_folder_that_cannot_be_used_is_refused(
    assist: Assist, student: Student, folder: Path, form: str, place: str, said: str, code: int
) -> None:
    student(**A_ONLY)
    assert said in assist("form", form, "--photos", str(folder.parent / place), code=code).stderr


def test_the_clerk_finds_the_photo_among_the_fields(assist: Assist, store: Path) -> None:
    """And is told where it is written like a text."""
    listed = {entry["field"]: entry["placeholder"] for entry in assist("form", "fields", "--json").json}
    assert listed["照片"] == "{{照片|照片}}"
    assert "{{照片|照片3.5×4.9}}" in assist("form", "fields").stdout
