"""Fictional people and what their forms say."""

from typing import Any

REASON = (
    "本人来自农村，父亲早年因工伤失去劳动能力，母亲务农，家中还有两个妹妹在读，家庭年收入不足万元。"
    "在校期间学习努力，但性格内向，多次参加招聘会未获录用，特申请就业帮扶。"
)

PERSON: dict[str, Any] = {
    "姓名": "张三",
    "性别": "男",
    "生源地": "云南省大理州",
    "学院": "机械学院",
    "班级": "机械设计131",
    "学号": "113010001",
    "贫困生等级": "特别困难",
    "手机号码": "13800000001",
    "在校获资助情况": "2011年国家励志奖学金5000元；2012年国家助学金3000元；校内勤工助学岗位。",
    "申请理由": REASON,
}


def person(number: int) -> dict[str, Any]:
    """The fictional student *number*."""
    names = ("张三", "李晓明", "王小红", "阿依古丽·买买提明", "陈静", "欧阳文文")
    return {
        **PERSON,
        "姓名": f"{names[number % len(names)]}",
        "学号": f"{113010000 + number}",
        "手机号码": f"1380000{number:04}",
    }


def detail_row(number: int) -> dict[str, Any]:
    """One row of 附件3."""
    return {
        **{field: person(number)[field] for field in ("姓名", "性别", "班级", "手机号码", "贫困生等级")},
        "帮扶类型": ("A类", "A类、B1、B3", "B5")[number % 3],
        "结对帮扶者": "陈老师",
        "最终单位落实情况": "" if number % 2 else "杭州某某机械制造有限公司",
    }


COLLEGES = tuple(
    f"{name}学院"
    for name in ("机械", "建工", "电气", "生化", "信息", "艺术", "经管", "语言", "中德", "理", "轻工")
)


def summary_row(number: int) -> dict[str, Any]:
    """One college of 附件2."""
    values = dict(zip(("A", "B1", "B2", "B3", "B4", "B5"), range(number, number + 6), strict=True))
    return {
        **values,
        "学院": COLLEGES[number],
        "毕业生数": 300 + number,
        "小计": 5 * number + 15,
        "合计人数": 6 * number + 15,
        "合计比例": f"{(6 * number + 15) / (300 + number):.2%}",
    }


SUMMARY: dict[str, Any] = {
    "学院们": [summary_row(number) for number in range(11)],
    "合计": {**summary_row(0), "毕业生数": 3355},
    "附注": "注：另有3人待核实、2人取决于口径。",
}


HOUSEHOLD: dict[str, Any] = {
    "填报单位": "某某区总工会",
    "填表日期": "2011-08-05",
    "职工姓名": "王小红",
    "职工性别": "女",
    "职工出生年月": "1968年5月",
    "工作单位": "大连某某机械制造有限公司铸造分厂",
    "职工身份证号": "210200196805010000",
    "家庭住址": "大连市某某区某某街道12号3单元1201室",
    "职工联系电话": "13900000000",
    "家庭人口": "3",
    "家庭月人均收入": "520.00",
    "就业状况": "下岗",
    "家庭致困原因": "本人下岗多年，丈夫患病长期治疗，家庭靠低保维持，孩子今年考入大学，学费无力承担。",
    "姓名": "李晓明",
    "就读学校": "某某理工大学",
    "专业": "机械设计制造及其自动化",
    "所学学历": "本科",
    "考取年度": "2010",
    "在档": True,
    "困难农民工": False,
}
