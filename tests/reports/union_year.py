"""An invented union year of 300 households, and its 42 numbers by plain loops."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from assistcli.assistance import Activity, Fund, Job, Outcome
from assistcli.book.records import glance_at
from assistcli.model import Case, Contact, Fact
from assistcli.reports.material import Material, services_by_case

PACK, YEAR, SEED = "dalian-2011", 2011, 2011
STAGES = ("小学", "初中", "高中", "中职", "大专以上")
FILES = ("困难职工", "困难农民工", "困难劳模")
KINDS = ("实习见习", "技能培训", "创业指导", "创业培训", "政策落实", "困难慰问", "职业资格证书")
CLASSES = ("劳模企业", "公益性岗位", "民营")
PLACED = {"签约", "升学", "入职"}


def fact(value: Any) -> Fact:
    """A recorded fact."""
    return Fact(value=value, raw=str(value), source="表", day=date(2011, 7, 1), by="李老师")


def household(number: int, chance: random.Random) -> Case:
    """One child of an invented household."""
    facts: dict[str, Any] = {
        "姓名": f"子女{number}",
        "职工身份证号": f"W{number // 2}",
        "就学阶段": chance.choice(STAGES),
        "档案类别": chance.choice(FILES),
        "单亲女职工": chance.random() < 0.3,
        "学校所在市": chance.choice(["大连市", "沈阳市"]),
    }
    if chance.random() < 0.6:
        facts["助学资金"] = chance.randint(1, 600_000)
        if chance.random() < 0.9:
            facts["发放日期"] = (date(2011, 8, 1) + timedelta(days=chance.randint(0, 40))).isoformat()
    if chance.random() < 0.4:
        facts["毕业年份"] = chance.choice([2009, 2010, 2011, 2012])
    return Case(
        id=f"H{number:03}", pack=PACK, year=YEAR, subject="household", opened=date(2011, 7, 1),
        facts={name: fact(value) for name, value in facts.items()},
    )  # fmt: skip


def some_day(chance: random.Random) -> date:
    """A day of the year, or around its ends."""
    return date(2010, 12, 20) + timedelta(days=chance.randint(0, 390))


def invented_contacts(cases: Sequence[Case], seed: int = SEED) -> list[Contact]:
    """Up to five contacts with each of *cases*."""
    chance = random.Random(seed + 1)  # noqa: S311 — the same year every time, nothing secret
    return [
        Contact(
            id=f"{case.id}{n}", case=case.id, day=some_day(chance), channel="电话",
            kind=chance.choice(KINDS), text="内容", by="李老师",
            mass=chance.random() < 0.2, missed=chance.random() < 0.1,
        )
        for case in cases
        for n in range(chance.randint(0, 5))
    ]  # fmt: skip


def union_year(day: date, seed: int = SEED, children: int = 300) -> Material:
    """An invented union year: a child of each of 300 families, a fixed run of chance."""
    chance = random.Random(seed)  # noqa: S311 — the same year every time, nothing secret
    cases = [household(number, chance) for number in range(children)]
    outcomes: dict[str, list[Outcome]] = {}
    for case in cases:
        outcomes[case.id] = [
            Outcome(id=f"{case.id}{n}", case=case.id, day=some_day(chance), by="李老师",
                    status=chance.choice(["签约", "意向", "待就业", "升学"]))
            for n in range(chance.randint(0, 3))
        ]  # fmt: skip
    sources = ["市政府资助", "社会捐助", "企业捐赠", "市总工会投入", "其他"]
    funds = [
        Fund(id=f"F{n}", day=some_day(chance), source=chance.choice(sources), by="李老师",
             amount=chance.randint(1, 10_000_000), kind=chance.choice(["", "", "小额担保贷款", "求职补贴"]),
             out=chance.random() < 0.2)
        for n in range(80)
    ]  # fmt: skip
    activities = [
        Activity(id=f"A{n}", day=some_day(chance), title="示例", by="李老师",
                 kind=chance.choice(["招聘会", "洽谈会", "网络招聘", "推进会"]),
                 posts=chance.choice([None, 0, 30]), again=chance.choice(["", "", "春季专场"]))
        for n in range(40)
    ]  # fmt: skip
    jobs = [
        Job(id=f"J{n}", day=some_day(chance), employer="某公司", title="岗位", by="李老师",
            openings=chance.choice([None, 1, 4]), employer_class=chance.choice(CLASSES))
        for n in range(40)
    ]  # fmt: skip
    return Material(
        cases=cases, year=YEAR, day=day, outcomes=outcomes, funds=funds,
        talks=services_by_case(map(glance_at, invented_contacts(cases, seed)), day, named=True),
        activities=activities, jobs=jobs,
    )  # fmt: skip


Paid = tuple[str, str, bool, int]
LEVELS = (("小学", "初中"), ("高中", "中职"), ("大专以上",))
SOURCES = {"市政府资助": 0, "社会捐助": 1, "企业捐赠": 1, "市总工会投入": 2, "其他": 3}


def by_hand(m: Material, seed: int = SEED) -> list[int]:
    """The 42 numbers by plain loops, money in fen."""
    raised, loans, allowances = money_by_hand(m)
    served = services_by_hand(m, seed)
    fairs, posts, openings = offers_by_hand(m)
    new, old, waiting = graduates_by_hand(m)
    numbers = [sum(raised), *raised, *aid_by_hand(m)]
    numbers += [len(new) + len(old), len(new), len(old)]
    numbers += [served["实习见习"], served["技能培训"], served["职业资格证书"], fairs, posts, openings]
    numbers += [served["创业指导"], served["创业培训"], len(loans), sum(loans), served["政策落实"]]
    numbers += [len(new) + len(old) - len(waiting), len(allowances), sum(allowances)]
    numbers += [sum(case in waiting and case.text("学校所在市") == "大连市" for case in new)]
    return [*numbers, sum(case in waiting for case in old)]


def money_by_hand(m: Material) -> tuple[list[int], list[int], list[int]]:
    """Money raised by source, the loans and the allowances of the year."""
    raised: list[int] = [0, 0, 0, 0]
    loans, allowances = [], []
    for fund in m.funds:
        if fund.day.year == YEAR and fund.day <= m.day:
            if fund.kind == "小额担保贷款":
                loans.append(fund.amount)
            elif fund.kind == "求职补贴":
                allowances.append(fund.amount)
            elif not fund.out:
                raised[SOURCES[fund.source]] += fund.amount
    return raised, loans, allowances


def aid_by_hand(m: Material) -> list[int]:
    """Cells 6 to 23: aid paid and children aided, by stage, of farm workers, of single mothers."""
    paid: list[Paid] = []
    for case in m.cases:
        on = case.text("发放日期")
        if case.value("助学资金") and on.startswith("2011") and on <= m.day.isoformat():
            money, single = int(case.value("助学资金") or 0), bool(case.value("单亲女职工"))
            paid.append((case.text("就学阶段"), case.text("档案类别"), single, money))
    numbers = [sum(p[3] for p in paid)] + [sum(p[3] for p in paid if p[0] in level) for level in LEVELS]
    numbers += [len(paid)] + [sum(p[0] in level for p in paid) for level in LEVELS]
    farm = [p for p in paid if p[1] == "困难农民工"]
    numbers += [len(farm), sum(p[3] for p in farm)]
    for level in LEVELS:
        group = [p for p in farm if p[0] in level]
        numbers += [len(group), sum(p[3] for p in group)]
    single_mothers = [p for p in paid if p[2]]
    return [*numbers, len(single_mothers), sum(p[3] for p in single_mothers)]


def graduates_by_hand(m: Material) -> tuple[list[Case], list[Case], list[Case]]:
    """This year's graduates, the earlier ones, and those of both without a placement."""
    new = [case for case in m.cases if case.value("毕业年份") == YEAR]
    old = [case for case in m.cases if case.value("毕业年份") in (2009, 2010)]
    waiting = []
    for case in new + old:
        past = sorted((o.day, o.id, o.status) for o in m.outcomes[case.id] if o.day <= m.day)
        if not past or past[-1][2] not in PLACED:
            waiting.append(case)
    return new, old, waiting


def services_by_hand(m: Material, seed: int) -> dict[str, int]:
    """Entries of each kind in the logs of graduates."""
    served = dict.fromkeys(KINDS, 0)
    graduates = {case.id for case in m.cases if case.value("毕业年份") in (2009, 2010, 2011)}
    for contact in invented_contacts(m.cases, seed):
        if contact.case in graduates and contact.day.year == YEAR and contact.day <= m.day:
            served[contact.kind] += not contact.mass and not contact.missed
    return served


def offers_by_hand(m: Material) -> tuple[int, int, int]:
    """Fairs held, posts they offered (a repeated fair once), openings of the employers that count."""
    fairs = [a for a in m.activities if a.day.year == YEAR and a.day <= m.day and a.kind != "推进会"]
    jobs = [j for j in m.jobs if j.day.year == YEAR and j.day <= m.day and j.employer_class != "民营"]
    return len(fairs), sum(a.posts or 0 for a in fairs if not a.again), sum(j.openings or 0 for j in jobs)
