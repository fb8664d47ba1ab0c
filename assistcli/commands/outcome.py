"""``assist outcome``: where a person stands or went, with employer and evidence."""

from typing import Annotated, Any

import typer

from assistcli.assistance import Outcome
from assistcli.book.casebook import open_casebook
from assistcli.commands.options import By, Command, Day, Json, OneCase, day_or_today, new_app, person
from assistcli.errors import DataRejectedError
from assistcli.fields import catalogue, nearest_names
from assistcli.followup.placement import Destination, destinations, listed_destinations
from assistcli.identity import new_ulid
from assistcli.output import answer, note
from assistcli.values import clean_text

HELP = """记毕业去向：国家去向代码、去向名称或常用说法（签约、升学、入伍、意向、实习 …）。

意向、实习、准备签约不算落实，个案继续跟进；落实应写明单位和证明材料。去向变了再记一次即可。

例：assist outcome 张三 签就业协议形式就业 --employer 杭州某公司 --evidence 就业协议书
    assist outcome 10800021 801 --employer 某大学 --evidence 录取通知书
    assist outcome 10800021 意向 --employer 杭州某公司
    assist outcome 10800021 待就业 --reason 单位解约
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def outcome(
    ctx: typer.Context,
    case: OneCase,
    status: Annotated[str, typer.Argument(metavar="去向", show_default=False)],
    employer: Annotated[str, typer.Option("--employer", help="单位或学校")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="证明材料：就业协议书、劳动合同 …")] = "",
    reason: Annotated[str, typer.Option("--reason", help="未落实的原因，或去向变化的原因")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record the outcome and say whether it counts as placed."""
    book = open_casebook(ctx.obj)
    destination = find_destination(status)
    with book.writing("outcome", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        entry = Outcome(
            id=new_ulid(),
            case=found.id,
            day=day_or_today(day, ctx.obj),
            status=destination.word,
            by=person(by),
            employer=clean_text(employer),
            evidence=clean_text(evidence),
            reason=clean_text(reason),
        )
        page.put_event(entry)
    if destination.placed and not entry.evidence:
        note(f"注意：{found.name} 的落实还没有证明材料；有了以后重记一次并写明 --evidence")
    word = "落实" if destination.placed else "未落实，继续跟进"
    line = " ".join(filter(None, (found.name, str(entry.day), destination.word, entry.employer)))
    answer(as_json, outcome_data(entry), f"已记：{line}（{destination.group}，{word}）")


def find_destination(text: str) -> Destination:
    """The destination that *text* (a word or a national code) names.

    Raises:
        DataRejectedError: no table knows it; the message lists what is known.
    """
    from assistcli.intake.codes import canonical_word

    word = canonical_word(catalogue()["毕业去向"], clean_text(text))
    known = destinations()
    if word not in known:
        near = nearest_names(word, known)
        hint = f"是不是「{near[0]}」？" if near else f"可用：{'，'.join(listed_destinations())}"
        raise DataRejectedError(f"没有「{word}」这个去向；{hint}（也可写国家代码，如 10、801）")
    return known[word]


def outcome_data(entry: Outcome) -> dict[str, Any]:
    """One outcome as JSON."""
    destination = destinations()[entry.status]
    return {
        "outcome": entry.id,
        "case": entry.case,
        "date": entry.day.isoformat(),
        "status": entry.status,
        "code": destination.code or None,
        "group": destination.group,
        "placed": destination.placed,
        "employer": entry.employer or None,
        "evidence": entry.evidence or None,
        "reason": entry.reason or None,
        "by": entry.by,
    }
