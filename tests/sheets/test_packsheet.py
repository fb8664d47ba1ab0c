"""The sheet of a pack says every figure in full: unit, day, place, cases of a formula, how rows add."""

import pytest

from assistcli.policy.proof import proven_pack
from assistcli.sheets.packsheet import sheet_lines

PACK = """
[head]
id = "own"
title = "测试办法"
issuer = "某市总工会"
status = "制度"
subject = "household"

[clauses]
"一" = "在档的2000元，残疾的另加500元；按当地标准的1.5倍。"
"二" = "往年减半，收入标准不明。"

[[damaged]]
id = "D-1"
where = "L1"
found = "201870号"
read = "2018〕70号"
basis = "缺字"
sure = "高"

[[reading]]
id = "A-2"
question = "乙？"
clause = "二"
decides = "某市总工会"
options = { high = "高", low = "低" }

[[reading]]
id = "A-1"
question = "甲？"
clause = "二"
decides = "某市总工会"
options = { yes = "是", no = "否" }
tables_only = true

[[fact]]
name = "所在区县"
kind = "choice"
choices = ["甲区"]

[[parameter]]
name = "倍数"
unit = "数"
clause = "一"
values = [{ since = 2026-07-01, value = "1.5" }]

[[parameter]]
name = "标准"
by = "所在区县"
clause = "一"
values = [{ since = 2026, place = "甲区", value = "800" }]

[[formula]]
name = "比例"
clause = "二"
rows = [{ when = "考取年度 为 年份", is = "1" }, { is = "0.5" }]

[[formula]]
name = "线"
clause = "二"
reading = "A-2"
under = { high = "标准 乘 倍数", low = "标准" }

[[benefit]]
id = "补助"
title = "补助"
clause = "一"
pick = "sum"
condition = [{ clause = "一", if = "家庭年度总收入 低于 线 乘 比例" }]
amount = [
    { yuan = "2000", payer = "市总工会", clause = "一", quote = "2000元" },
    { when = "残疾", most = "500", clause = "一", quote = "残疾的另加500元" },
]
"""


@pytest.fixture(scope="module")
def sheet() -> str:
    return "\n".join(sheet_lines(proven_pack("own.toml", PACK)))


@pytest.mark.parametrize(
    "line",
    [
        "倍数 = 1.5（2026-07-01 起）",
        "标准（甲区） = 800.00 元（2026 年起）",
        "比例 = 考取年度 为 年份 → 1；其余 → 0.5（二）",
        "条件：家庭年度总收入 低于 线 乘 比例，取决于口径 A-2（一）",
        "金额（各项相加）：2000 元，由市总工会发（一）「2000元」",
        "金额（各项相加）：残疾 → 不超过 500 元（一）",
        "D-1 L1 原文「201870号」　推定「2018〕70号」",
    ],
)
def test_the_sheet_says_it_in_full(sheet: str, line: str) -> None:
    assert line in sheet


def test_unclear_clauses_stand_in_the_order_of_their_ids(sheet: str) -> None:
    assert sheet.index("A-1　甲") < sheet.index("A-2　乙")
