"""``assist record story``: a person's story for the public (典型事例), by consent and without the name."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from assistcli.assistance import Exemplar
from assistcli.book.casebook import open_casebook
from assistcli.book.records import event_data
from assistcli.commands.options import By, Day, Json, OneCase, day_or_today, person
from assistcli.errors import DataRejectedError
from assistcli.identity import new_ulid
from assistcli.masks import nameless_text
from assistcli.output import answer, note
from assistcli.values import clean_text

STORY_HELP = """记一个典型事例，供宣传用：须写明本人另外同意；姓名改成「姓＋同学」，登记过的个人信息换成 ***。

同意受助不等于同意宣传。程序只换登记过的本人信息；文中提到的别人、能认出本人的细节，请再读一遍。

例：assist record story 张三 "张三在老师帮助下签约杭州某公司" --consent "本人8月20日书面同意宣传"
"""


def story(
    ctx: typer.Context,
    case: OneCase,
    text: Annotated[str, typer.Argument(metavar="内容", show_default=False)],
    consent: Annotated[str, typer.Option("--consent", help="谁、哪天、怎样同意宣传的")] = "",
    day: Day = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Record the story as it may be told, and print it."""
    if not clean_text(consent):
        raise DataRejectedError("宣传典型须本人另外同意：--consent 谁、哪天、怎样同意的；没有同意不能宣传")
    book = open_casebook(ctx.obj)
    with book.writing("record story", person(by)) as page:
        found = page.case(case, ctx.obj.pack)
        entry = Exemplar(
            id=new_ulid(),
            case=found.id,
            day=day_or_today(day, ctx.obj),
            text=nameless_text(clean_text(text), found),
            consent=clean_text(consent),
            by=person(by),
        )
        page.put_event(entry)
    note("请再读一遍：别人的姓名和能认出本人的细节，程序看不出来")
    answer(as_json, event_data("story", entry), entry.text)


SUBCOMMANDS: Mapping[str, tuple[Callable[..., None], str]] = {"story": (story, STORY_HELP)}
"""Name → function and help, for the group that offers it."""
