"""Messages to the person (提醒): what is missing and by when, and nothing about anybody else.

A message says no category, no amount and no reason of hardship: it may be read over a shoulder.
"""

from collections.abc import Iterable
from datetime import date

from assistcli.followup.agenda import ADVICE, APPOINTED, EVIDENCE, HELD, PAPER, Item

WORDS = {
    PAPER: "还缺{what}",
    HELD: "{what}的证书还没有登记",
    ADVICE: "请告知{what}应聘的结果",
    EVIDENCE: "请补交就业或升学的证明材料",
    APPOINTED: "我们约好 {due} 联系",
}


def message_text(name: str, items: Iterable[Item], until: date | None, sender: str) -> str:
    """The message to *name* about those *items* that are for the person; blank if none is."""
    own = [item for item in items if item.kind in WORDS]
    said = dict.fromkeys(WORDS[item.kind].format(what=item.what, due=item.due) for item in own)
    if not said:
        return ""
    wanted = any(item.kind != APPOINTED for item in own)  # an appointment has its own day
    before = f"，请于 {until} 前办理" if until and wanted else ""
    return f"{name}：{'；'.join(said)}{before}。{sender}"
