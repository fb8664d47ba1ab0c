"""Makes ``assistcli/samples/zust-2013.xlsx``: fictional students in the layout of a real survey sheet.

``python -m tests.sample_workbook`` writes it anew; the same seed gives the same people. Nobody here is real:
names are drawn from syllables, ID numbers have right check digits and made-up order codes.
"""

import random
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from stdnum.cn import ric

from assistcli.policy.pack import load_pack

TARGET = Path(__file__).parent.parent / "assistcli" / "samples" / "zust-2013.xlsx"
SEED = 20130506
PER_COLLEGE = 6
SURNAMES = "陈林徐周许沈蒋韩曹潘章叶俞袁汪金卢姚"
GIVEN = (
    "一诺",
    "晓棠",
    "若溪",
    "子墨",
    "雨桐",
    "思远",
    "佳宁",
    "景行",
    "知夏",
    "怀瑾",
    "明澈",
    "嘉树",
    "书航",
    "安歌",
)
ORIGINS = {
    "330106": "浙江杭州",
    "330381": "浙江温州",
    "620102": "甘肃兰州",
    "520103": "贵州贵阳",
    "640104": "宁夏银川",
}
MINORITIES = ("回族", "苗族", "畲族")
HEADER = (
    "序号", "学院名称", "班级", "学号", "学生姓名", "性别", "民族", "证件号码", "手机号", "生源所在地",
    "毕业年份", "全日制", "就业能力特别弱（√）", "贫困等级", "单亲", "身心有缺陷", "学业困难",
    "突发性事件", "灾害地区", "在校获资助情况", "申请理由",
)  # fmt: skip
WRONG_ID_ROW = 40
REASONS = ("父母务农，收入不稳定，求职路费困难", "家庭负债，希望减轻求职费用", "多次面试未成功，需要指导")


def id_number(rng: random.Random, origin: str, sex: str) -> str:
    """A made-up ID number with a right check digit."""
    birth = f"{rng.choice((1990, 1991))}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    order = rng.randrange(901, 999, 2) if sex == "男" else rng.randrange(900, 998, 2)
    head = f"{origin}{birth}{order:03d}"
    return head + ric.calc_check_digit(head + "0")


def yes_no(rng: random.Random, likely: float) -> str | None:
    """An answer as people write it: 是, √, 有 or 否, 无, sometimes nothing."""
    draw = rng.random()
    if draw < likely:
        return rng.choice(("是", "√", "有", "√"))
    return None if draw > 0.97 else rng.choice(("否", "无", "否"))


def student(rng: random.Random, number: int, college: str, place: int) -> list[object]:
    """One row of the sheet."""
    sex, origin = rng.choice("男女"), rng.choice(list(ORIGINS))
    short = college.removesuffix("学院")
    return [
        number,
        college,
        f"{short}09{rng.randint(1, 3)}",
        f"1{place:02d}00{number:03d}",
        rng.choice(SURNAMES) + rng.choice(GIVEN),
        sex,
        rng.choice(MINORITIES) if rng.random() < 0.15 else "汉族",
        id_number(rng, origin, sex),
        f"1990571{rng.randint(0, 9999):04d}",
        ORIGINS[origin],
        2013,
        "是" if rng.random() < 0.97 else None,
        yes_no(rng, 0.75),
        rng.choice(("特别困难", "特别困难", "困难", "一般困难", "无", "无", None)),
        yes_no(rng, 0.2),
        yes_no(rng, 0.08),
        yes_no(rng, 0.15),
        yes_no(rng, 0.08),
        yes_no(rng, 0.04),
        rng.choice(("国家助学金", "国家励志奖学金", "勤工助学", None)),
        rng.choice((*REASONS, None)),
    ]


def build() -> Workbook:
    """The workbook: title row, remark row, header on row 3, total row."""
    rng = random.Random(SEED)  # noqa: S311 — fictional people, not secrets
    summary = load_pack("zust-2013").summary
    colleges = summary.colleges if summary else ()
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "排摸表"
    sheet.append(["2013届毕业生就业困难情况排摸表（虚构示例）"])
    sheet.append(["填表人：示例辅导员", None, None, "填表日期：2013.4.15"])
    sheet.append(list(HEADER))
    rows = [(college, place) for place, college in enumerate(colleges) for _ in range(PER_COLLEGE)]
    for number, (college, place) in enumerate(rows, 1):
        row = student(rng, number, college, place)
        if number == WRONG_ID_ROW:
            row[7] = str(row[7])[:-1] + ("1" if str(row[7])[-1] != "1" else "2")
        sheet.append(row)
    sheet.append([None, "合计", None, None, f"{len(rows)}人"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADER))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for letter, width in (("D", 12), ("H", 22), ("I", 14), ("T", 16), ("U", 34)):
        sheet.column_dimensions[letter].width = width
    for cells in sheet.iter_rows(min_row=4, min_col=4, max_col=9):
        for cell in cells:
            cell.number_format = "@"
    return workbook


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    build().save(TARGET)
