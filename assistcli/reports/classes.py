"""The class table (小班统计): per class who is surveyed, in hardship, of a special kind, served, placed."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistcli.followup.quota import missing_services
from assistcli.followup.tally import Tally
from assistcli.model import Case
from assistcli.policy.practice import Quota
from assistcli.reports.items import outcome_item, stated_item
from assistcli.reports.material import Material
from assistcli.reports.opening import Cell, Item, Opening, Place
from assistcli.reports.statistics import StatisticsTable, open_share, percent
from assistcli.values import squeeze

COLUMNS = (
    "学院", "班级", "人数", "已排摸", "家庭经济困难", "占比", "特殊群体", "一对一帮扶过", "服务达标",
    "已落实", "未落实",
)  # fmt: skip
TABLE = Path(__file__).parent.parent / "tables" / "classes.toml"
UNNAMED, TOTAL = "（未填）", "合计"
SURVEY_DAY, SURVEYED, STANDINGS = "排摸日期", "已排摸", frozenset({"已落实", "未落实"})
WHOLE, SHARE = COLUMNS.index("人数"), COLUMNS.index("占比")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """Which facts make a person poor, and which one of the special kinds."""

    poor: str
    special: tuple[str, ...]


Values = Callable[[Case], Mapping[str, object]]
"""All facts of a case, with those that follow from others."""


def class_table(material: Material, quotas: tuple[Quota, ...], values: Values, title: str) -> StatisticsTable:
    """One row per class and a total; persons are counted once in each column."""
    stated = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    kinds = Kinds(poor=stated["poor"], special=tuple(stated["special"]))
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in material.cases:
        college = squeeze(case.text("学院"))
        groups.setdefault((college or UNNAMED, case.text("班级") or UNNAMED), []).append(case)
    rows: list[tuple[Cell, ...]] = []
    meanings = _meanings(kinds, quotas)
    openings: dict[Place, Opening] = {}
    counters = _counters(material, quotas, kinds, values)
    marked = {case.id: [holds(case) for holds in counters] for case in material.cases}
    for (college, name), cases in [*sorted(groups.items()), ((TOTAL, ""), list(material.cases))]:
        counted = [[c for c in cases if marked[c.id][place]] for place in range(len(counters))]
        whole, surveyed, poor, *rest = map(len, counted)
        opened = [_opening(*pair, material) for pair in zip(counted, meanings, strict=True)]
        opened.insert(SHARE - WHOLE, open_share(opened[SHARE - WHOLE - 1], whole, "占比＝家庭经济困难÷人数"))
        openings |= {(len(rows), place): opening for place, opening in enumerate(opened, WHOLE)}
        rows.append((college, name, whole, surveyed, poor, percent(poor, whole), *rest))
    notes = [f"数据截至 {material.day}", f"特殊群体：{'、'.join(kinds.special)}，一人只计一次"]
    if not quotas:
        notes.append("没有采用服务次数，服务达标一栏不计")
    return StatisticsTable(
        title=title, columns=COLUMNS, rows=tuple(rows), notes=tuple(notes), openings=openings
    )


def _opening(cases: Sequence[Case], meaning: str, material: Material) -> Opening:
    """Persons, each with what the column says of them where that is no secret."""
    return Opening(items=partial(_told, cases, meaning.partition("：")[0], material), meaning=meaning)


def _told(cases: Sequence[Case], column: str, material: Material) -> list[Item]:
    if column == SURVEYED:
        return [stated_item(case, SURVEY_DAY) for case in cases]
    if column in STANDINGS:
        return [outcome_item(case, material) for case in cases]
    return [Item(case=case.id) for case in cases]


def _meanings(kinds: Kinds, quotas: tuple[Quota, ...]) -> tuple[str, ...]:
    """What each column of persons counts, in words."""
    owed = "、".join(f"{quota.kind}{quota.least}次" for quota in quotas) or "没有采用服务次数，不计"
    return (
        "人数：这个班的个案",
        "已排摸：排摸日期已填的人",
        f"家庭经济困难：{kinds.poor}为是的人",
        f"特殊群体：{'、'.join(kinds.special)}有一项为是的人，一人只计一次",
        "一对一帮扶过：有过联系或服务的人；群发和没联系上的不算",
        f"服务达标：每项服务都够次数的人（{owed}）",
        "已落实：最近一次去向是已落实的人",
        "未落实：没有去向，或最近一次去向不是已落实的人",
    )


def _counters(
    material: Material, quotas: tuple[Quota, ...], kinds: Kinds, values: Values
) -> list[Callable[[Case], bool]]:
    """Whether a case counts, column by column."""

    def complete(case: Case) -> bool:
        if not quotas:
            return False
        given: dict[str, int] = {}
        for service in material.services(case):
            given[service.kind] = given.get(service.kind, 0) + service.shown
        return not missing_services(Tally(services=given), quotas, len(material.recommended(case)))

    return [
        lambda case: True,
        lambda case: bool(case.text(SURVEY_DAY)),
        lambda case: values(case).get(kinds.poor) is True,
        lambda case: any(case.value(name) is True for name in kinds.special),
        lambda case: bool(material.services(case)),
        complete,
        material.placed,
        lambda case: not material.placed(case),
    ]
