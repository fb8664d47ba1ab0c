"""``assist log``: one contact or service."""

from typing import Annotated

import typer

from assistcli.casebook import open_casebook
from assistcli.commands.options import By, Command, Day, Json, OneCase, day_or_today, new_app, person
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import nearest_names
from assistcli.followup.cadence import cadence_days, next_due
from assistcli.identity import new_ulid
from assistcli.model import Contact
from assistcli.output import answer, interactive
from assistcli.policy.rules import ContactRule
from assistcli.values import clean_text, parse_date

HELP = """记一次联系或服务。一行即可；只写个案时逐项提问。

例：assist log 张三 电话 岗位推荐 "推荐杭州某公司，周五面试"
    assist log 10800021 面谈 个案咨询 "修改简历" --date 2013-05-10 --next 2013-05-17
    assist log 10800021
下次联系日按本单位设定的周期计算：assist unit set 联系周期=7
"""

app = new_app()

Word = Annotated[str, typer.Argument(show_default=False)]


@app.command(cls=Command, help=HELP)
def log(
    ctx: typer.Context,
    case: OneCase,
    channel: Annotated[str, typer.Argument(metavar="[渠道]", show_default=False)] = "",
    kind: Annotated[str, typer.Argument(metavar="[种类]", show_default=False)] = "",
    text: Annotated[str, typer.Argument(metavar="[内容]", show_default=False)] = "",
    day: Day = "",
    next_day: Annotated[str, typer.Option("--next", help="约定的下次联系日期")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record the contact and say when the next is due."""
    book = open_casebook(ctx.obj)
    found = book.case(case, ctx.obj.pack)
    pack = book.pack(found.pack)
    if not (channel and kind):
        channel, kind, text, next_day = _ask(pack.contact, (channel, kind, text, next_day), as_json)
    when = day_or_today(day, ctx.obj)
    contact = Contact(
        id=new_ulid(),
        case=found.id,
        day=when,
        channel=_known("渠道", channel, pack.contact.channels),
        kind=_known("种类", kind, pack.contact.kinds),
        text=clean_text(text),
        by=person(by),
        next_date=parse_date(next_day) if next_day else None,
        restricted=kind in pack.contact.restricted_kinds,
    )
    if contact.next_date and contact.next_date < when:
        raise DataRejectedError(f"下次联系日 {contact.next_date} 早于本次 {when}")
    with book.writing("log", person(by)) as page:
        page.put_event(contact)
        due = next_due(page.contacts(found.id), cadence_days(book.office(), pack))
    data = {"contact": contact.id, "case": found.id, "next_due": due.isoformat() if due else None}
    answer(
        as_json,
        data,
        f"已记：{found.name} {when} {contact.channel} {contact.kind}",
        f"下次联系：{due or '未设定周期（assist unit set 联系周期=天数）'}",
    )


def _known(what: str, word: str, words: tuple[str, ...]) -> str:
    """*word* if the notice's list has it; a list that is not there takes any word."""
    if not words or word in words:
        return word
    near = nearest_names(word, words)
    hint = f"；是不是「{near[0]}」？" if near else ""
    raise DataRejectedError(f"没有「{word}」这个{what}；可用：{'、'.join(words)}{hint}")


def _ask(rule: ContactRule, given: tuple[str, str, str, str], as_json: bool) -> tuple[str, str, str, str]:
    """The four answers, those given first; asked of a person only."""
    if as_json or not interactive():
        raise UsageError('请写全渠道和种类，例：assist log 张三 电话 岗位推荐 "内容"')
    from assistcli.prompts import ask_contact

    return ask_contact(rule.channels, rule.kinds, given)
