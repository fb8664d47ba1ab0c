"""Files and people for the intake tests, all made up: names from a few syllables, ID numbers by the rule."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[Any]]

SURNAMES = "赵钱孙李周吴郑王"
GIVEN = ("晓明", "小红", "思远", "一诺", "子涵", "雨桐")
COLLEGES = ("信息学院", "机械学院", "理学院")

HEADER = ["学号", "姓名", "性别", "学院", "班级", "身份证号", "联系电话", "就业能力特别弱", "贫困生等级"]
HOUSEHOLD_HEADER = [
    "序号",
    "职工姓名",
    "职工身份证号码",
    "是否在档",
    "家庭人口",
    "家庭年度总收入（元）",
    "子女年度学费（元）",
    "子女姓名",
    "子女身份证",
    "考取年度",
    "学历层次",
    "联系电话",
]


def id_number(
    number: int = 0, *, region: str = "330106", sex: str = "男", born: date = date(1991, 2, 3)
) -> str:
    """A valid 18-digit ID number of an invented person; *number* keeps people apart."""
    day = born + timedelta(days=number // 400)
    order = number % 400 * 2 + 100 + (sex == "男")
    body = f"{region}{day:%Y%m%d}{order}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[remainder]


def person_name(number: int) -> str:
    """An invented name."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)]


def student(number: int) -> list[Any]:
    """A row under ``HEADER``."""
    sex = "男" if number % 2 else "女"
    return [
        f"1040{number:04d}",
        person_name(number),
        sex,
        COLLEGES[number % 3],
        f"信息09{number % 3 + 1}",
        id_number(number, sex=sex),
        f"1380000{number:04d}",
        ("√", "否", "")[number % 3],
        ("特别困难", "困难", "一般困难", "无", "")[number % 5],
    ]


def students(count: int) -> list[list[Any]]:
    """*count* rows under ``HEADER``."""
    return [student(number) for number in range(1, count + 1)]


def household(number: int) -> list[Any]:
    """A row under ``HOUSEHOLD_HEADER``: every second child has a brother or sister in the next row."""
    worker = id_number(number // 2, region="640104", born=date(1968, 3, 4))
    child = id_number(number, region="640104", born=date(1999, 1, 5))
    income = 30000.0 + number // 2 * 100.25
    worker_name = person_name(number // 2)
    row = [float(number), worker_name, worker, ("是", "", "否")[number // 2 % 3], 3.0, income, 8000.0]
    return [*row, person_name(number + 9), child, 2018.0, "本科", f"1390000{number:04d}"]


def write_xlsx(
    path: Path, rows: Rows, *, sheet: str = "Sheet1", merged: Iterable[str] = (), **more: Rows
) -> Path:
    """A workbook whose first sheet holds *rows*; *more* sheets follow by name."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.worksheets[0]
    first.title = sheet
    for name, content in ((sheet, rows), *more.items()):
        target = first if name == sheet else book.create_sheet(name)
        for row in content:
            target.append(list(row))
    for area in merged:
        first.merge_cells(area)
    book.save(path)
    return path


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    """*rows* as csv text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


def write_csv(path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A csv file of *rows*."""
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path
