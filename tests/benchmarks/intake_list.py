"""A list of 10,000 students in 40 columns, as a college sends it: what the intake benchmark reads."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.intake.builders import COLLEGES, GIVEN, SURNAMES, id_number

HEADER = [
    *("序号", "学号", "姓名", "性别", "民族", "出生年月", "身份证号", "手机号码", "生源地", "家庭住址"),
    *("学校", "学院", "年级", "班级", "专业", "学历", "全日制", "毕业年份", "应届", "就业能力特别弱"),
    *("就业困难", "贫困生等级", "家庭经济困难认定", "少数民族", "身心有缺陷", "单亲家庭", "突发性事件"),
    *("灾害地区", "学业困难", "零就业家庭", "残疾", "建档立卡", "低保", "低收入家庭", "在校获资助情况"),
    *("申请理由", "排摸日期", "排摸人", "就业意愿", "意向薪资"),
]
PROVINCES = ("浙江省", "安徽省", "江西省", "贵州省", "河南省", "甘肃省")
LEVELS = ("特别困难", "困难", "一般困难", "无")


def student_row(number: int) -> list[Any]:
    """One student of the list; no two are alike."""
    born = date(1988, 1, 1) + timedelta(days=number * 7 % 1500)
    sex = "男" if number % 2 else "女"
    level = LEVELS[number % 4]
    answers = ["是" if number % place == 0 else "否" for place in (3, 5)]
    burdens = ["是" if number % place == 0 else "否" for place in (11, 7, 13, 17, 6, 19, 23, 29, 8, 9)]
    return [
        number,
        f"1{number:08d}",
        SURNAMES[number % 8] + GIVEN[number // 8 % 6],
        sex,
        "汉族" if number % 9 else "畲族",
        f"{born:%Y-%m}",
        id_number(number // 1500, sex=sex, born=born),
        f"138{number:08d}",
        PROVINCES[number % 6],
        f"{PROVINCES[number % 6]}某县某镇{number % 97}村{number}号",
        "某某学院",
        COLLEGES[number % 3],
        "2009级",
        f"专业09{number % 40 + 1}",
        f"专业{number % 30 + 1}",
        "本科",
        "是",
        2013,
        "是",
        *answers,
        level,
        "否" if level == "无" else "是",
        "否" if number % 9 else "是",
        *burdens,
        f"助学金{number % 5}000元",
        f"父母务农，家中有{number % 4 + 1}人上学，第{number}户",
        f"2013-04-{number % 28 + 1:02d}",
        f"老师{number % 60}",
        "省内就业" if number % 3 else "考研",
        3000 + number % 40 * 100,
    ]


def write_list(path: Path, count: int, *, changed: int = 0) -> Path:
    """*path*, now a workbook of *count* students, typed as an office program types them.

    Where *changed* is given, one student in so many has gone over to another major.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(HEADER)
    for number in range(1, count + 1):
        row = student_row(number)
        if changed and number % changed == 0:
            row[HEADER.index("专业")] = "新专业"
        sheet.append(row)
    book.save(path)
    return path
