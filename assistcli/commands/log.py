"""``assist log``: one contact or service, with one person or with many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, Page, open_casebook
from assistcli.book.records import glance_at
from assistcli.commands.add import patience
from assistcli.commands.options import By, Command, Day, Json, new_app, person
from assistcli.context import Context
from assistcli.desk.logbook import (
    StatedContact,
    contact_rule,
    make_contact,
    rules_by_pack,
    sheet_contacts,
    without_known,
)
from assistcli.desk.rhythm import rhythm_for
from assistcli.errors import MissingFileError, UsageError
from assistcli.followup.cadence import next_due
from assistcli.followup.tally import Tally
from assistcli.model import Case, Contact
from assistcli.output import answer, interactive, note
from assistcli.values import iso_or_none, listed_words

HELP = """记一次联系或服务。一行即可；在终端里没写全的逐项提问（不写个案就先选人，可输入拼音首字母）。

多人一起记：学号之间用逗号。群发消息不算一对一，不算联系，也不算岗位推荐；确是逐个联系的加 --one-to-one。
没联系上的加 --missed，不算联系。整批导入：--from 联系记录.xlsx（表头：学号、日期、渠道、种类、内容 …；
群发的在「群发」栏填是，没联系上的在「未联系上」栏填是）。同一张表再导入一次，已有的不重复记。

例：assist log 张三 电话 岗位推荐 "推荐杭州某公司，周五面试"
    assist log 10800021 面谈 个案咨询 "修改简历" --date 2013-05-10 --next 2013-05-17
    assist log 10800021,10800094 短信 信息推送 "招聘会通知"
    assist log --from 联系记录.xlsx
下次联系日按本单位设定的周期计算：assist unit set 联系周期=7
"""

Saved = tuple[Contact, dict[str, Any]]
"""A contact on record, and what the contract answers about it."""

app = new_app()


@app.command(cls=Command, help=HELP)
def log(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(metavar="个案", show_default=False)] = "",
    channel: Annotated[str, typer.Argument(metavar="[渠道]", show_default=False)] = "",
    kind: Annotated[str, typer.Argument(metavar="[种类]", show_default=False)] = "",
    text: Annotated[str, typer.Argument(metavar="[内容]", show_default=False)] = "",
    day: Day = "",
    next_day: Annotated[str, typer.Option("--next", help="约定的下次联系日期")] = "",
    topics: Annotated[str, typer.Option("--topic", help="主题，逗号分开：简历,面试技巧")] = "",
    result: Annotated[str, typer.Option("--result", help="结果")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="证明：照片、签到表、记录编号 …")] = "",
    mass: Annotated[bool, typer.Option("--mass", help="群发，不是一对一")] = False,
    single: Annotated[bool, typer.Option("--one-to-one", help="多人也是逐个联系的")] = False,
    missed: Annotated[bool, typer.Option("--missed", help="没有联系上")] = False,
    source: Annotated[str, typer.Option("--from", help="从表格整批导入")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record the contact and say when the next is due."""
    book = open_casebook(ctx.obj)
    if source:
        _import(book, Path(source), person(by), as_json)
        return
    found = _chosen(book, case, as_json)
    stated = StatedContact(
        day=day, channel=channel, kind=kind, text=text, topics=topics, result=result,
        evidence=evidence, next_day=next_day, by=person(by),
    )  # fmt: skip
    save = partial(_save, book, found, mass=mass or (len(found) > 1 and not single), missed=missed)
    saved = save(stated) if channel and kind else _ask(book, found, stated, save, as_json)
    _tell(found, saved, ctx.obj, as_json)


def _save(
    book: Casebook, cases: Sequence[Case], stated: StatedContact, *, mass: bool, missed: bool
) -> list[Saved]:
    """The contact that is *stated*, entered for each of *cases*."""
    today, rule_of = book.context.today, rules_by_pack(book)
    contacts = [
        make_contact(stated, case, rule_of(case.pack), today, mass=mass, missed=missed) for case in cases
    ]
    with book.writing("log", stated.by) as page:
        for contact in contacts:
            page.put_event(contact)
        return [(c, _data(book, page, case, c)) for case, c in zip(cases, contacts, strict=True)]


def _chosen(book: Casebook, words: str, as_json: bool) -> list[Case]:
    """The cases that *words* name, or the one that a person picks where there are none."""
    if names := listed_words(words):
        return [book.case(name, book.context.pack) for name in names]
    if as_json or not interactive():
        raise UsageError('缺少「个案」。例：assist log 张三 电话 岗位推荐 "内容"')
    from assistcli.interview.choosing import chosen_case
    from assistcli.prompts import PersonTerminal

    return [chosen_case(book, PersonTerminal(), "", "log")]


def _data(book: Casebook, page: Page, case: Case, contact: Contact) -> dict[str, Any]:
    """What the contract answers: the contact, and when the next is due."""
    tally = Tally()
    for entry in page.contacts(case.id):
        tally.add(glance_at(entry))
    due = next_due(tally, rhythm_for(book, book.pack(case.pack)).days)
    return {"contact": contact.id, "case": case.id, "next_due": iso_or_none(due)}


def _tell(
    cases: Sequence[Case],
    saved: Sequence[Saved],
    context: Context,
    as_json: bool,
) -> None:
    first, data = saved[0][0], [answered for _, answered in saved]
    if first.day > context.today:
        note(f"注意：{first.day} 晚于今天 {context.today}，到那一天才算数")
    names = "、".join(case.name for case in cases[:5]) + (f" 等 {len(cases)} 人" if len(cases) > 5 else "")
    mass = "（群发，不算一对一）" if first.mass else ""
    lines = [f"已记：{names} {first.day} {first.channel} {first.kind}{mass}"]
    if len(data) == 1:
        lines.append(f"下次联系：{data[0]['next_due'] or '未设定周期（assist unit set 联系周期=天数）'}")
    answer(as_json, data[0] if len(data) == 1 else data, *lines)


def _import(book: Casebook, path: Path, by: str, as_json: bool) -> None:
    """Log every contact of a sheet, or none: each wrong row is named."""
    if not path.is_file():
        raise MissingFileError(path, "请核对 --from 后面的路径")
    contacts = sheet_contacts(book, path, by)
    known = [contact for case in {c.case for c in contacts} for contact in book.contacts(case)]
    fresh = without_known(contacts, known)
    if fresh:
        with book.writing(f"log --from {path.name}", by) as page:
            for contact in fresh:
                page.put_event(contact)
    data = {"read": len(contacts), "added": len(fresh), "unchanged": len(contacts) - len(fresh)}
    again = f"；{data['unchanged']} 条以前已导入，未重复记" if data["unchanged"] else ""
    answer(as_json, data, f"已导入 {len(fresh)} 条联系记录{again}")


def _ask(
    book: Casebook,
    cases: Sequence[Case],
    stated: StatedContact,
    save: Callable[[StatedContact], list[Saved]],
    as_json: bool,
) -> list[Saved]:
    """What *save* makes of what is stated and what a person answers beside it."""
    if as_json or not interactive():
        raise UsageError('请写全渠道和种类，例：assist log 张三 电话 岗位推荐 "内容"')
    from assistcli.interview.contacting import MEMBERS, ContactScript, Stated, ask_contact
    from assistcli.prompts import PersonTerminal

    told = {name: text for name, member in MEMBERS.items() if (text := getattr(stated, member))}
    pack = book.pack(cases[0].pack)
    given = Stated(answers=told, today=book.context.today)
    script = ContactScript(pack, contact_rule(book, pack), given)
    made: list[Saved] = []

    def finish(answers: Mapping[str, str]) -> None:
        with patience():
            made.extend(save(replace(stated, **{MEMBERS[name]: text for name, text in answers.items()})))

    ask_contact(book, PersonTerminal(), cases, script, finish)
    return made
