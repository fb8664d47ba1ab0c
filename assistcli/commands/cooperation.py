"""``assist record aid|referral|feedback``: what others decide about a case, and what they were told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

import typer

from assistcli.assistance import Application, Referral
from assistcli.book.casebook import open_casebook
from assistcli.book.records import event_data
from assistcli.commands.options import By, Day, Json, OneCase, day_or_today, person
from assistcli.desk.casework import find_event
from assistcli.errors import DataRejectedError
from assistcli.fields import HIDDEN, Field, fields_of, guess_name
from assistcli.followup.elsewhere import AID_STATES, ANSWERED, CLOSED
from assistcli.identity import new_ulid
from assistcli.model import Case, Stage
from assistcli.output import answer
from assistcli.policy.rules import Pack
from assistcli.values import clean_text, format_value, parse_date

AID_HELP = """记国家助学政策的申请情况：已申请、已获得、未获批、不申请。没有记的就是不知道。

全部人的情况：assist report aids；已申请还没有结果的列在 assist due 里。

例：assist record aid 张三 国家助学金 已申请 --date 2018-09-10
    assist record aid 张三 国家助学金 已获得
"""
REFERRAL_HELP = """记异地协作：请哪个单位协助、为什么、给了哪些信息、谁同意的、约定哪天反馈。

只给办事必需的字段（--field 可写多次），身份证号、病情等机密字段不能转出；须写明本人或家长的同意。

例：assist record referral 张三 某市总工会 "提供勤工助学岗位" --field 就读学校 --field 手机号码
        --consent "本人7月20日电话同意" --until 2018-09-10
"""
FEEDBACK_HELP = """记协作单位的反馈；事情办完加 --closed，不再列在 assist due 里。

例：assist record feedback 协作编号 "已安排图书馆岗位" --closed
"""


def aid(
    ctx: typer.Context,
    case: OneCase,
    name: Annotated[str, typer.Argument(metavar="项目", show_default=False)],
    status: Annotated[str, typer.Argument(metavar="情况", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", help="原因")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record how a case stands with an aid."""
    book = open_casebook(ctx.obj)
    if status not in AID_STATES:
        raise DataRejectedError(f"没有「{status}」这种情况；可用：{'、'.join(AID_STATES)}")
    with book.writing("record aid", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        entry = Application(
            id=new_ulid(),
            case=found.id,
            day=day_or_today(day, ctx.obj),
            aid=known_aid(book.pack(found.pack), name),
            status=status,
            by=person(by),
            reason=clean_text(reason),
        )
        page.put_event(entry)
    answer(
        as_json, event_data("application", entry), f"已记：{found.name} {entry.aid} {status}（{entry.day}）"
    )


def known_aid(pack: Pack, name: str) -> str:
    """The aid as the notice calls it.

    Raises:
        DataRejectedError: it names no such aid; the message lists those it names.
    """
    known = {word: aid.name for aid in pack.aids for word in (aid.name, *aid.aliases)}
    if name in known:
        return known[name]
    listed = "、".join(dict.fromkeys(known.values())) or "（文件没有提到助学政策）"
    raise DataRejectedError(f"文件没有提到「{name}」；可用：{listed}{guess_name(name, known)}")


def referral(
    ctx: typer.Context,
    case: OneCase,
    office: Annotated[str, typer.Argument(metavar="单位", show_default=False)],
    purpose: Annotated[str, typer.Argument(metavar="目的", show_default=False)],
    consent: Annotated[str, typer.Option("--consent", help="谁、哪天、怎样同意的")] = "",
    fields: Annotated[list[str] | None, typer.Option("--field", help="给出的字段，可写多次")] = None,
    until: Annotated[str, typer.Option("--until", help="约定哪天反馈")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record that another office was asked to help."""
    if not clean_text(consent):
        raise DataRejectedError("转出家庭信息须本人或家长同意：--consent 谁、哪天、怎样同意的")
    book = open_casebook(ctx.obj)
    with book.writing("record referral", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        shared = shareable(fields or (), found.subject)
        entry = Referral(
            id=new_ulid(),
            case=found.id,
            day=day_or_today(day, ctx.obj),
            office=clean_text(office),
            purpose=clean_text(purpose),
            consent=clean_text(consent),
            by=person(by),
            shared=tuple(field.name for field in shared),
            until=parse_date(until) if until else None,
        )
        page.put_event(entry)
    told = [f"已记：{found.name}，请{entry.office}协助　协作编号 {entry.id}", *_shared_lines(found, shared)]
    answer(as_json, event_data("referral", entry), *told)


def shareable(names: Sequence[str], subject: str) -> list[Field]:
    """The fields of a case about *subject* that are called *names*.

    Raises:
        DataRejectedError: none is named, one is not known, or one is secret.
    """
    if not names:
        raise DataRejectedError("请写明给出哪些字段：--field 姓名 --field 就读学校（只给办事必需的）")
    known = {word: field for field in reversed(fields_of(subject)) for word in field.names_for(subject)}
    if wrong := [name for name in names if name not in known]:
        raise DataRejectedError(f"没有「{wrong[0]}」这个字段{guess_name(wrong[0], known)}")
    found = list({known[name].name: known[name] for name in names}.values())
    if secret := [field.name for field in found if field.sensitivity == HIDDEN]:
        raise DataRejectedError(f"机密字段不能转出：{'、'.join(secret)}（需要时由本人自己提供）")
    return found


def _shared_lines(case: Case, fields: Sequence[Field]) -> list[str]:
    """What to tell the other office, to be copied; a fact that is not known says so."""
    shown = {field.name: format_value(field, case.value(field.name)) or "不详" for field in fields}
    return ["给出的信息：", *(f"  {name}：{text}" for name, text in shown.items())]


def feedback(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="协作编号", show_default=False)],
    text: Annotated[str, typer.Argument(metavar="内容", show_default=False)],
    closed: Annotated[bool, typer.Option("--closed", help="事情办完了")] = False,
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record an answer of the office that was asked."""
    book = open_casebook(ctx.obj)
    with book.writing("record feedback", person(by)) as page:
        entry = find_event(Referral, "异地协作", id, page)
        stage = Stage(
            state=CLOSED if closed else ANSWERED,
            day=day_or_today(day, ctx.obj),
            by=person(by),
            reason=clean_text(text),
        )
        entry = replace(entry, stages=(*entry.stages, stage))
        page.put_event(entry)
    answer(as_json, event_data("referral", entry), f"已记：{entry.office} {stage.state}：{stage.reason}")


SUBCOMMANDS: Mapping[str, tuple[Callable[..., None], str]] = {
    "aid": (aid, AID_HELP),
    "referral": (referral, REFERRAL_HELP),
    "feedback": (feedback, FEEDBACK_HELP),
}
"""Name → function and help, for the group that offers it."""
