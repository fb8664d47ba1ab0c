"""An invented college year under zust-2013: 200 students, their claims, helpers, plans and outcomes."""

import random
from datetime import date, timedelta
from typing import Any

from assistcli.assistance import Activity, Application, Deadline, Fund, Outcome, Pairing, Plan, Recommendation
from assistcli.model import Case, Claim, Contact, Fact, Stage, Step

PACK, YEAR = "zust-2013", 2013
FIRST, ADJUSTED, LAST = date(2012, 9, 1), date(2013, 4, 15), date(2013, 7, 31)
COLLEGES = ("机械学院", "建工学院", "理学院")
PLACED = {"签约", "升学"}
STEPS = ("申请", "核对", "学院建议", "学校批准")
STATES = ("上报", "审核", "批准", "发放")
AIDS = ("国家励志奖学金", "国家助学金", "学费减免", "冬季送温暖")
FLAGS = ("身心有缺陷", "单亲家庭", "灾害地区", "学业困难", "低保", "残疾", "零就业家庭", "建档立卡")


def said(value: Any, day: date = FIRST) -> Fact:
    """A recorded fact."""
    return Fact(value=value, raw=str(value), source="表", day=day, by="李老师")


def some_day(chance: random.Random, first: date = FIRST) -> date:
    """A day of the college year, from *first* on."""
    return first + timedelta(days=chance.randint(0, (LAST - first).days))


class ZustYear:
    """The year in plain lists; ``before``: the facts until some changed, after the adjustment."""

    def __init__(self) -> None:
        self.chance = random.Random(5)  # noqa: S311 — the same year every time, nothing secret
        self.facts = [self._student(number) for number in range(200)]
        self.before = [dict(facts) for facts in self.facts]
        self.changed: dict[int, date] = {}
        self.events: list[Any] = []
        for number in range(200):
            self._change(number)
            self._live(number)
        self._office()

    def _student(self, number: int) -> dict[str, Any]:
        """Facts of one student, all of them sure."""
        pick = self.chance
        facts: dict[str, Any] = {name: pick.random() < 0.2 for name in FLAGS}
        facts |= {"突发性事件": facts["灾害地区"], "全日制": True, "毕业年份": YEAR}
        facts |= {"姓名": f"学生{number}", "学号": f"1080{number:04}", "性别": pick.choice("男女")}
        facts |= {"学院": pick.choice(COLLEGES), "班级": f"{pick.randint(1, 3)}班", "手机号码": "13800000000"}
        facts |= {"就业能力特别弱": pick.random() < 0.6, "贫困生等级": pick.choice(["特别困难", "无", "无"])}
        facts |= {"民族": pick.choice(["汉族", "汉族", "回族"]), "就业意愿": pick.choice(["就业", "考研"])}
        if pick.random() < 0.7:
            facts["排摸日期"] = some_day(pick).isoformat()
        if pick.random() < 0.2:
            facts["结对帮扶者"] = "郑老师"
        return facts

    def _change(self, number: int) -> None:
        """One fact of some students becomes another after the adjustment."""
        if self.chance.random() < 0.2:
            self.changed[number] = some_day(self.chance, ADJUSTED + timedelta(days=1))
            self.facts[number]["就业能力特别弱"] = not self.facts[number]["就业能力特别弱"]

    def _live(self, number: int) -> None:
        case, pick = f"C{number:03}", self.chance
        for n in range(pick.randint(0, 4)):
            kind = pick.choice(["就业指导", "岗位推荐", "心理辅导"])
            self.events.append(
                Contact(id=f"{case}K{n}", case=case, day=some_day(pick), channel="电话", text="谈话",
                        by="李老师", kind=kind, mass=pick.random() < 0.2, missed=pick.random() < 0.2,
                        restricted=kind == "心理辅导")
            )  # fmt: skip
        for n in range(pick.randint(0, 2)):
            status = pick.choice(["签约", "意向", "升学", "待就业"])
            proof, employer = pick.choice(["", "协议书"]), pick.choice(["", "某公司"])
            self.events.append(
                Outcome(id=f"{case}O{n}", case=case, day=some_day(pick), status=status, by="李老师",
                        employer=employer, evidence=proof)
            )  # fmt: skip
        for n in range(pick.randint(0, 2)):
            helper = pick.choice(["周老师", "吴老师"])
            self.events.append(
                Pairing(id=f"{case}P{n}", case=case, day=some_day(pick), helper=helper, by="李老师")
            )
        for n in range(pick.randint(0, 2)):
            self.events.append(
                Plan(id=f"{case}L{n}", case=case, day=some_day(pick), goal="签约", owner="周老师",
                     by="李老师", measures=(f"措施{n}",))
            )  # fmt: skip
        if pick.random() < 0.3:
            day = some_day(pick)
            stages = (Stage(state="拒绝", day=some_day(pick, day), by="李老师", reason="地点"),)
            self.events.append(
                Recommendation(id=f"{case}R", case=case, day=day, employer="某厂", by="李老师", stages=stages)
            )
        for n in range(pick.randint(0, 4)):
            self.events.append(
                Application(id=f"{case}G{n}", case=case, day=some_day(pick), aid=pick.choice(AIDS),
                            status=pick.choice(("已申请", "已获得", "未获批")), by="李老师")
            )  # fmt: skip
        if self._is_a(self.before[number]) and self._is_a(self.facts[number]):
            self._claim(case)

    @staticmethod
    def _is_a(facts: dict[str, Any]) -> bool:
        return bool(facts["就业能力特别弱"] and facts["贫困生等级"] == "特别困难")

    def _claim(self, case: str) -> None:
        """The four steps, and up to two claims that stay within every cap, each some way to payment."""
        pick = self.chance
        self.events += [
            Step(id=f"{case}S{n}", case=case, step=step, day=FIRST, by=step, result="同意")
            for n, step in enumerate(STEPS)
        ]
        for n in range(pick.randint(0, 2)):
            asked, day = pick.choice([10_000, 20_000]), some_day(pick)
            reached = STATES[: pick.randint(0, 4)]
            stages = tuple(
                Stage(state=state, day=day + timedelta(days=9 * far), by="李老师", source="专项资金",
                      amount=asked - 1000 * n if state in ("批准", "发放") else None)
                for far, state in enumerate(reached, 1)
                if day + timedelta(days=9 * far) <= LAST
            )  # fmt: skip
            self.events.append(
                Claim(
                    id=f"{case}M{n}",
                    case=case,
                    item="差旅费",
                    asked=asked,
                    day=day,
                    mode="补贴",
                    stages=stages,
                )
            )

    def _office(self) -> None:
        pick = self.chance
        self.events.append(
            Deadline(id="D", pack=PACK, what="调整帮扶对象信息库", by="王老师", day=ADJUSTED, done=ADJUSTED)
        )
        for n in range(20):
            self.events.append(
                Fund(id=f"F{n}", day=some_day(pick), source=pick.choice(["专项资金", "社会捐助"]),
                     by="李老师", amount=pick.randint(1, 10**6), out=pick.random() < 0.3)
            )  # fmt: skip
            self.events.append(
                Activity(
                    id=f"V{n}",
                    day=some_day(pick),
                    kind=pick.choice(["招聘会", "讲座"]),
                    title="示例",
                    by="李老师",
                    heads=pick.choice([None, 30, 45]),
                )
            )

    def cases(self, day: date) -> list[Case]:
        """The cases as typed in by *day*."""
        found = []
        for number, facts in enumerate(self.facts):
            changed = self.changed.get(number, date.max) <= day
            stated = {name: said(value) for name, value in self.before[number].items()}
            if changed:
                stated["就业能力特别弱"] = said(facts["就业能力特别弱"], self.changed[number])
            found.append(
                Case(id=f"C{number:03}", pack=PACK, year=YEAR, subject="student", opened=FIRST, facts=stated)
            )
        return found
