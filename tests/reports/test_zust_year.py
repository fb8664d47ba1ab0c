"""Every table of an invented college year under zust-2013, worked out again by plain loops."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistcli.assistance import Activity, Application, Fund, Outcome, Pairing, Plan, Recommendation
from assistcli.book.casebook import Casebook, create_casebook
from assistcli.census.survey import Survey, survey
from assistcli.census.tables import build_table, find_rule, table_rules
from assistcli.context import Context
from assistcli.model import Claim, Contact, Office, Step
from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.reports.statistics import percent
from tests.reports.opened import assert_every_number_opens
from tests.reports.zust_year import ADJUSTED, COLLEGES, LAST, PACK, PLACED, YEAR, ZustYear

TERM = date(2013, 6, 20)
DAYS = (date(2013, 2, 28), ADJUSTED, date(2013, 6, 1), LAST)
GRADUATES = {"机械学院": 120, "建工学院": 90}
B_KINDS = ("民族", "身心有缺陷", "单亲家庭", "灾害地区", "学业困难")
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def year() -> ZustYear:
    """The invented year."""
    return ZustYear()


@pytest.fixture(scope="module")
def book(year: ZustYear, tmp_path_factory: pytest.TempPathFactory) -> Casebook:
    """The same year in a store: the cases, then what changed, then all events in no order of days."""
    folder: Path = tmp_path_factory.mktemp("zust") / "store"
    figures = {college: {"毕业生数": number} for college, number in GRADUATES.items()}
    office = Office(
        unit="某校", year=YEAR, packs=(PACK,), figures={"开学日期": TERM.isoformat()}, college_figures=figures
    )
    made = create_casebook(folder, Context(store=folder, today=LAST), office, "李老师")
    random.Random(3).shuffle(year.events)  # noqa: S311 — late and back-dated entries, the same every time
    for day in (date(2012, 9, 1), LAST):
        with made.writing("test", "李老师") as page:
            for case in year.cases(day):
                page.put_case(case)
    with made.writing("test", "李老师") as page:
        for event in sorted(year.events, key=lambda e: e.id if isinstance(e, Step) else ""):
            page.put_event(event)
    return made


@pytest.fixture(scope="module")
def views(book: Casebook, year: ZustYear) -> dict[date, tuple[Survey, "Loops"]]:
    """The store and the plain lists as of each day."""
    return {day: (survey(book, as_of=day), Loops(year, day)) for day in DAYS}


class Loops:
    """The tables as of a day, by loops over plain lists that know nothing of the program."""

    def __init__(self, year: ZustYear, day: date) -> None:
        self.year, self.day = year, day
        self.mine: dict[tuple[Any, str], list[Any]] = {}
        for event in year.events:
            if event.day <= day:
                self.mine.setdefault((type(event), getattr(event, "case", "")), []).append(event)
        self.people = [
            dict(year.facts[n] if year.changed.get(n, date.max) <= day else year.before[n], id=f"C{n:03}")
            for n in range(200)
        ]

    def of(self, kind: Any, case: str) -> list[Any]:
        """Events of *kind* of a case up to the day, by day and id."""
        return sorted(self.mine.get((kind, case), []), key=lambda e: (e.day, e.id))

    def every(self, kind: Any) -> list[Any]:
        """The office's events of *kind* up to the day."""
        return [e for e in self.year.events if type(e) is kind and e.day <= self.day]

    def talks(self, case: str) -> list[Contact]:
        """Contacts that are talks."""
        return [c for c in self.of(Contact, case) if not c.mass and not c.missed]

    def status(self, case: str) -> str:
        """The last outcome, as a word."""
        last = self.of(Outcome, case)[-1:]
        return last[0].status if last else ""

    def helper(self, person: dict[str, Any]) -> str:
        """Who helps."""
        last = self.of(Pairing, person["id"])[-1:]
        return str(last[0].helper if last else person.get("结对帮扶者", ""))

    def categories(self, person: dict[str, Any]) -> list[str]:
        """A and B1 to B5."""
        if not person["就业能力特别弱"]:
            return []
        held = [person["民族"] == "回族", *(person[name] for name in B_KINDS[1:])]
        found = ["A"] if person["贫困生等级"] == "特别困难" else []
        return found + [f"B{n}" for n, holds in enumerate(held, 1) if holds]

    def in_college(self, name: str) -> list[dict[str, Any]]:
        """The students of a college, in the order they came in."""
        return [person for person in self.people if person["学院"] == name]


def summary(loops: Loops) -> Rows:
    """附件2: per college A, B1…B5, 小计 and 合计 by persons, and the share of the graduates."""
    rows: Rows = []
    for college in load_pack(PACK).summary.colleges:  # type: ignore[union-attr]  # this notice has one
        held = [loops.categories(person) for person in loops.in_college(college)]
        counts = [sum(kind in kinds for kinds in held) for kind in ("A", "B1", "B2", "B3", "B4", "B5")]
        b_any = sum(any(kind != "A" for kind in kinds) for kinds in held)
        whole = GRADUATES.get(college)
        every = sum(bool(kinds) for kinds in held)
        rows.append((college, whole, *counts, b_any, every, percent(every, whole)))
    sums = [sum(row[place] for row in rows) for place in range(2, 10)]
    return [*rows, ("合计", None, *sums, None)]


def ordered(loops: Loops) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Colleges in the notice's order with their students."""
    known = load_pack(PACK).summary.colleges  # type: ignore[union-attr]  # this notice has one
    return [(college, loops.in_college(college)) for college in known if college in COLLEGES]


def detail(loops: Loops) -> Rows:
    """附件3: who is helped, as what, by whom, and where the person went."""
    rows: Rows = []
    for college, people in ordered(loops):
        number = 0
        for p in people:
            kinds = loops.categories(p)
            if kinds:
                number += 1
                last = loops.of(Outcome, p["id"])[-1:]
                went = ""
                if last and last[0].status in PLACED:
                    went = " ".join(w for w in (last[0].employer, last[0].status) if w)
                    went += "" if last[0].evidence else "（未附证明）"
                head = (p["姓名"], p["性别"], p["班级"], p["手机号码"], "、".join(kinds), p["贫困生等级"])
                rows.append((college, number, *head, loops.helper(p), went))
    return rows


def yuan(fen: int) -> str:
    """Fen as yuan."""
    return f"{fen // 100}.{fen % 100:02}" if fen >= 0 else "-" + yuan(-fen)


def reached(claim: Claim, state: str, day: date) -> Any:
    """The stage of *claim* in *state* by the day, if it got there."""
    return next((stage for stage in claim.stages if stage.state == state and stage.day <= day), None)


def spending(loops: Loops) -> Rows:
    """支出明细: asked, allowed (all within the caps), approved, paid, still to pay."""
    rows: Rows = []
    for college, people in ordered(loops):
        number = 0
        for p in people:
            for claim in loops.of(Claim, p["id"]):
                number += 1
                approved = reached(claim, "批准", loops.day)
                paid = reached(claim, "发放", loops.day)
                sums = [stage.amount if stage else None for stage in (approved, paid)]
                shown = [yuan(fen) if fen is not None else None for fen in sums]
                left = None if sums[0] is None else yuan(sums[0] - (sums[1] or 0))
                asked = yuan(claim.asked)
                rows.append((college, number, p["学号"], p["姓名"], claim.item, asked, asked, *shown, left))
    return rows


def ledger(loops: Loops) -> Rows:
    """工作台账: 就业状态, 就业意愿, 点对点帮扶措施; counselling is in none of it."""
    rows: Rows = []
    for number, p in enumerate(loops.people, 1):
        talks = loops.mine.get((Contact, p["id"]), [])
        open_talks = [c for c in talks if not (c.mass or c.missed or c.restricted)]
        kinds = list(dict.fromkeys(c.kind for c in open_talks))
        done = [f"{kind}{sum(c.kind == kind for c in open_talks)}次" for kind in kinds]
        for advice in loops.of(Recommendation, p["id"]):
            state = "拒绝" if advice.stages[0].day <= loops.day else "推荐"
            done.append(f"推荐{advice.employer}（{state}）")
        done += [m for plan in loops.of(Plan, p["id"])[-1:] for m in plan.measures]
        last = max((c.day.isoformat() for c in open_talks), default=None)
        outcome = loops.of(Outcome, p["id"])[-1:]
        firm = outcome[0].employer if outcome and outcome[0].status in PLACED else ""
        head = (number, p["学号"], p["姓名"], p["学院"], p["班级"], loops.status(p["id"]), p["就业意愿"])
        rows.append((*head, "", "；".join(done), loops.helper(p), last, firm))
    return rows


def classes(loops: Loops) -> Rows:
    """小班统计: persons of each class, once in each column."""
    groups = sorted({(p["学院"], p["班级"]) for p in loops.people})
    rows: Rows = []
    for college, name in [*groups, ("合计", "")]:
        mine = [p for p in loops.people if college == "合计" or (p["学院"], p["班级"]) == (college, name)]
        poor = sum(p["贫困生等级"] != "无" for p in mine)
        special = sum(p["残疾"] or p["建档立卡"] or p["低保"] or p["零就业家庭"] for p in mine)
        placed = sum(loops.status(p["id"]) in PLACED for p in mine)
        surveyed, spoken = sum("排摸日期" in p for p in mine), sum(bool(loops.talks(p["id"])) for p in mine)
        share = percent(poor, len(mine))
        head = (college, name, len(mine), surveyed, poor, share, special, spoken)
        rows.append((*head, 0, placed, len(mine) - placed))
    return rows


def bulletin(loops: Loops) -> Rows:
    """通报 from the beginning: all there was, by college and helper."""
    rows: Rows = []
    groups: list[tuple[str, str, list[dict[str, Any]]]] = [("全部", "合计", loops.people)]
    groups += [("学院", name, loops.in_college(name)) for name in sorted(COLLEGES)]
    names = sorted({loops.helper(p) or "（未填）" for p in loops.people})
    groups += [
        ("帮扶者", name, [p for p in loops.people if (loops.helper(p) or "（未填）") == name])
        for name in names
    ]
    for kind, name, mine in groups:
        talks = [len(loops.talks(p["id"])) for p in mine]
        placed = [loops.status(p["id"]) in PLACED for p in mine]
        advised = sum(len(loops.of(Recommendation, p["id"])) for p in mine)
        idle = sum(not held and not count for held, count in zip(placed, talks, strict=True))
        spoken = sum(count > 0 for count in talks)
        rows.append((kind, name, len(mine), sum(talks), spoken, advised, 0, sum(placed), 0, sum(placed),
                     len(mine) - sum(placed), idle))  # fmt: skip
    return rows


def funds(loops: Loops) -> Rows:
    """资金收支: raised, paid to cases, spent otherwise, left."""
    names = list(dict.fromkeys(fund.source for fund in loops.every(Fund)))
    paid = 0
    for p in loops.people:
        stages = [reached(claim, "发放", loops.day) for claim in loops.of(Claim, p["id"])]
        paid += sum(stage.amount for stage in stages if stage)
    if paid and "专项资金" not in names:
        names.append("专项资金")
    lines: Rows = []
    for name in names:
        came = sum(f.amount for f in loops.every(Fund) if f.source == name and not f.out)
        out = sum(f.amount for f in loops.every(Fund) if f.source == name and f.out)
        given = paid if name == "专项资金" else 0
        lines.append((name, came, given, out, came - given - out))
    lines.append(("合计", *(sum(line[n] for line in lines) for n in range(1, 5))))
    return [(line[0], *(yuan(fen) for fen in line[1:])) for line in lines]


def unpaid(loops: Loops) -> Rows:
    """开学前未发放: claims not paid, and those paid on the first day of term or later."""
    rows: Rows = []
    for p in loops.people:
        for claim in loops.of(Claim, p["id"]):
            stages = [stage for stage in claim.stages if stage.day <= loops.day]
            paid = reached(claim, "发放", loops.day)
            if paid is None or paid.day >= TERM:
                approved = reached(claim, "批准", loops.day)
                owed = approved.amount if approved else claim.asked
                if paid:
                    late = (paid.day - TERM).days
                    why = f"晚 {late} 天" if late else "开学当天才发"
                else:
                    ahead = (TERM - loops.day).days
                    why = f"离开学还有 {ahead} 天" if ahead > 0 else f"开学已 {-ahead} 天，仍未发"
                state = stages[-1].state if stages else "申请"
                rows.append((len(rows) + 1, p["姓名"], p["学号"], p["学院"], claim.item, yuan(owed), state,
                             paid.day.isoformat() if paid else None, why))  # fmt: skip
    return rows


def adjustment(loops: Loops) -> Rows:
    """信息库调整: who was in at the adjustment before and who is in now."""
    before = Loops(loops.year, ADJUSTED) if loops.day > ADJUSTED else None
    rows: Rows = []
    for number, p in enumerate(loops.people):
        was = "、".join(before.categories(before.people[number])) if before else ""
        now = "、".join(loops.categories(p))
        if was or now:
            what = "新增" if not was else "退出" if not now else "保留" if was == now else "变更类别"
            rows.append((p["学院"], p["学号"], p["姓名"], p["班级"], was, now, what))
    return rows


def aids(loops: Loops) -> Rows:
    """How everybody stands with every aid of the notice, the last entry of each; then how many got it."""
    named = [aid.name for aid in load_pack(PACK).aids]
    rows: Rows = []
    for number, person in enumerate(loops.people, 1):
        last = {entry.aid: entry.status for entry in loops.of(Application, person["id"])}
        stands = [last.get(aid) for aid in named]
        rows.append((number, person["学号"], person["姓名"], person["学院"], *stands))
    got = [sum(row[4 + place] == "已获得" for row in rows) for place in range(len(named))]
    return [*rows, (None, None, "已获得", None, *got)]


def roster(loops: Loops) -> Rows:
    """The notice wants no number of anybody per class."""
    return []


def indicators(loops: Loops) -> Rows:
    """The rates by name: how many, of how many, how many are missing."""
    mine = [p for p in loops.people if loops.categories(p)]
    placed = {p["id"] for p in mine if loops.status(p["id"]) in PLACED}
    helped = {p["id"] for p in mine if loops.talks(p["id"]) or loops.of(Recommendation, p["id"])}
    waiting = [p for p in mine if p["id"] not in placed]
    ids = {p["id"] for p in mine}
    rates: list[tuple[str, int, int]] = [
        ("排摸率", sum("排摸日期" in p for p in loops.people), 200),
        ("结对率", sum(bool(loops.helper(p)) for p in waiting), len(waiting)),
        ("一生一策率", sum(bool(loops.of(Plan, p["id"])) for p in waiting), len(waiting)),
        ("就业帮扶覆盖率", len(helped), len(helped | (ids - placed))),
        ("帮扶就业率（全部毕业生）", len(placed), len(mine)),
        ("帮扶就业率（需要帮扶的）", len(placed & helped), len(helped | (ids - placed))),
        ("帮扶就业率（受过帮扶的）", len(placed & helped), len(helped)),
    ]
    held = [(name, part, whole, percent(part, whole), whole - part) for name, part, whole in rates]
    advised = sum(len(loops.of(Recommendation, p["id"])) for p in loops.people)
    return [*held, ("推荐", advised, None, None, None), *_counts(loops)]


def _counts(loops: Loops) -> Rows:
    kinds: dict[str, int] = {}
    for p in loops.people:
        for contact in loops.talks(p["id"]):
            kinds[contact.kind] = kinds.get(contact.kind, 0) + 1
    for activity in loops.every(Activity):
        kinds[activity.kind] = kinds.get(activity.kind, 0) + 1
        came = f"{activity.kind}参加人次"
        kinds[came] = kinds.get(came, 0) + (activity.heads or 0)
    return [(kind, count, None, None, None) for kind, count in kinds.items()]


LOOPS: dict[str, Callable[[Loops], Rows]] = {
    "summary": summary, "detail": detail, "spending": spending, "indicators": indicators, "ledger": ledger,
    "bulletin": bulletin, "classes": classes, "roster": roster, "funds": funds, "unpaid": unpaid,
    "adjustment": adjustment, "aids": aids,
}  # fmt: skip
ELSEWHERE = {"statistics"}
"""The 42 cells: ``test_cells``, over a union year of 300 households."""


def test_every_table_of_every_notice_has_its_plain_loop() -> None:
    """A new table cannot come without one."""
    names = {rule.name for pack in packaged_ids() for rule in table_rules(load_pack(pack))}
    assert names == LOOPS.keys() | ELSEWHERE


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", list(LOOPS))
def test_a_table_is_what_plain_loops_say(
    views: dict[date, tuple[Survey, Loops]], name: str, day: date
) -> None:
    """Every row and every number, as of four days, with facts that changed in between."""
    over, loops = views[day]
    made = build_table(find_rule(table_rules(over.pack), name), over)
    expected = LOOPS[name](loops)
    assert expected or name == "roster" or (name == "funds" and not made.rows)
    if name == "indicators":
        shown = {row[0]: (row[0], row[2], row[3], row[4], row[6]) for row in made.rows}
        assert [shown[row[0]] for row in expected] == expected
    else:
        assert [tuple(row) for row in made.rows] == expected


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", list(LOOPS))
def test_every_number_opens(
    book: Casebook, views: dict[date, tuple[Survey, Loops]], name: str, day: date
) -> None:
    """To items that add up to it, on four days; nobody outside the store is among them."""
    over, _ = views[day]
    made = build_table(find_rule(table_rules(over.pack), name), over)
    known = {case.id for case in book.cases()}
    assert_every_number_opens(made)
    assert {item.case for opening in made.openings.values() for item in opening.items()} <= {"", *known}


def test_today_is_as_of_today(book: Casebook, year: ZustYear) -> None:
    """The table without a day is the one as of the last day; a day later nothing has changed."""
    rules = table_rules(book.pack(PACK))
    now, last, after = (survey(book, as_of=day) for day in (None, LAST, LAST + timedelta(days=1)))
    for name in set(LOOPS) - {"unpaid"}:
        rule = find_rule(rules, name)
        today = build_table(rule, now).rows
        assert today == build_table(rule, last).rows == build_table(rule, after).rows
