"""One thing that waits for somebody (待办): what, since when, why, under which clause, and what clears it."""

from dataclasses import dataclass
from datetime import date

CONTACT, APPOINTED, UNPACED, OUT_OF_SCOPE = "联系", "已约", "未设定周期", "不在帮扶范围"
PRIMARY = frozenset({CONTACT, APPOINTED, UNPACED, OUT_OF_SCOPE})
"""The lists of which every open case is on exactly one."""
AFTERCARE = "跟踪"
QUOTA, HELPER, STEP, PAPER, FORM, CLAIM, HELD, ADVICE, PLAN, EVIDENCE, AID, REFERRAL = (
    "服务次数", "结对", "审批", "材料", "表格", "资助", "待证", "推荐结果", "计划", "去向证明", "助学政策",
    "异地协作",
)  # fmt: skip
EVENT, PUBLIC, LEAVER, ROUTINE, ROSTER = "日程", "公示", "离校未就业", "例行工作", "名册"
KINDS = (
    CONTACT, APPOINTED, UNPACED, OUT_OF_SCOPE, AFTERCARE, QUOTA, HELPER, STEP, PAPER, FORM, CLAIM, HELD,
    ADVICE, PLAN, EVIDENCE, AID, REFERRAL, EVENT, PUBLIC, LEAVER, ROUTINE, ROSTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that waits; without a case it is the office's own. ``due`` is ``None``: no day is set.

    ``since`` is the day from which it waits, where something made it wait; ``what`` is the thing itself in a
    word or two (成绩单, the employer), fit to be said to the person.
    """

    kind: str
    reason: str
    command: str
    case: str | None = None
    due: date | None = None
    clause: str = ""
    what: str = ""
    since: date | None = None

    def days_overdue(self, today: date) -> int | None:
        """Days since it was due: 0 on the day itself, negative before it; ``None`` without a day."""
        return None if self.due is None else (today - self.due).days

    def days_waiting(self, today: date) -> int | None:
        """Days since something made it wait; ``None`` where nothing did, or not yet."""
        return None if self.since is None or self.since > today else (today - self.since).days


def urgency(item: Item, today: date) -> tuple[int, int]:
    """Sort key: overdue first, then what has no day, the longest on top; then what is still to come."""
    days = item.days_overdue(today)
    if days is None:
        return (1, -(item.days_waiting(today) or 0))
    return (0, -days) if days >= 0 else (2, -days)
