"""``assist record member``: who holds which role in a class or college (名册)."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from assistcli.assistance import Member
from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.records import event_data
from assistcli.commands.options import By, Json, day_or_today, person
from assistcli.desk.rhythm import practices_of
from assistcli.errors import DataRejectedError
from assistcli.fields import guess_name
from assistcli.followup.roster import role_word
from assistcli.identity import new_ulid
from assistcli.output import answer
from assistcli.values import clean_text, parse_date_or_none

MEMBER_HELP = """记名册：谁在哪个班（学院、单位）担任什么，从哪天到哪天。同一人同一角色以最后记的为准。

缺谁：assist report roster；采用了有配备要求的做法以后，缺额也列在 assist due 里。

例：assist record member 园艺1班 就业助理 王同学
    assist record member 园艺1班 就业助理 王同学 --from 2023-03-01 --until 2023-06-30
"""


def member(
    ctx: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="班级", show_default=False)],
    role: Annotated[str, typer.Argument(metavar="角色", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="姓名", show_default=False)],
    start: Annotated[str, typer.Option("--from", help="从哪天起；不填为今天")] = "",
    until: Annotated[str, typer.Option("--until", help="到哪天止（含当天）；不填为不限")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record who holds a role."""
    book = open_casebook(ctx.obj)
    first, last = day_or_today(start, ctx.obj), parse_date_or_none(until)
    if last and last < first:
        raise DataRejectedError(f"止日 {last} 早于起日 {first}")
    entry = Member(
        id=new_ulid(),
        day=first,
        unit=_needed("班级", unit),
        role=known_role(book, _needed("角色", role)),
        name=_needed("姓名", name),
        by=person(by),
        until=last,
    )
    with book.writing("record member", entry.by) as page:
        page.put_event(entry)
    term = f"{first} 起" + (f"，到 {last}" if last else "")
    answer(as_json, event_data("member", entry), f"已记：{entry.unit} {entry.role} {entry.name}（{term}）")


def known_role(book: Casebook, role: str) -> str:
    """The role as the notices in use or the adopted practices call it; where they name none, as it is.

    Raises:
        DataRejectedError: they have no such role; the message lists those they have.
    """
    packs = [*(book.pack(name) for name in book.office().packs), *practices_of(book).values()]
    known = {role_word(stated.name): stated.name for pack in packs for stated in pack.roles}
    if not known or role_word(role) in known:
        return known.get(role_word(role), role)
    hint = guess_name(role, known)
    raise DataRejectedError(f"没有「{role}」这个角色；可用：{'、'.join(known)}{hint}")


def _needed(what: str, text: str) -> str:
    """*text* without control characters.

    Raises:
        DataRejectedError: nothing is left of it.
    """
    shown = clean_text(text)
    if not shown:
        raise DataRejectedError(f"{what}不能空")
    return shown


SUBCOMMANDS: Mapping[str, tuple[Callable[..., None], str]] = {"member": (member, MEMBER_HELP)}
"""Name → function and help, for the group that offers it."""
