"""``assist add``: take in one case, by questions or from what a script passes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from assistcli.casebook import Casebook, open_casebook
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.context import Context
from assistcli.desk.registration import demand_unique, new_case
from assistcli.errors import DataRejectedError, UsageError
from assistcli.interview.answers import Entry, stated_facts
from assistcli.model import Case
from assistcli.output import answer, interactive
from store.errors import StoreLockedError

HELP = """登记一个个案。在终端里不带选项时逐项提问，随时可以中断，下次接着登记。

提问时：留空表示不详；< 或 Shift-Tab 回上一题；? 看文件哪一条要用；Ctrl-C 中断，草稿保留。
供脚本使用：--from 读一个 JSON 对象（键是字段名），--set 补充或覆盖个别字段。
成批登记请用 assist import。

例：assist add
    assist add --from 张三.json --set 毕业年份=2013
    assist add --set 学号=10800021 --set 姓名=张三
    assist add --from - --json < 张三.json
"""

app = new_app()

From = Annotated[str, typer.Option("--from", metavar="文件", help="JSON 文件；- 为标准输入")]
Settings = Annotated[list[str] | None, typer.Option("--set", metavar="字段=值", help="一个字段的值，可重复")]


@app.command(cls=Command, help=HELP)
def add(
    ctx: typer.Context,
    source: From = "",
    settings: Settings = None,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take in one case and say its id."""
    entry = Entry(by=person(by), day=ctx.obj.today)
    if source or settings:
        case = _take(open_casebook(ctx.obj), source, settings or [], entry)
    else:
        case = _ask(ctx.obj, entry, as_json)
    answer(
        as_json,
        {"case": case.id, "created": True},
        f"已登记：{case.name} {case.student_no or ''}（个案号 {case.id}）",
        f"下一步：assist check {case.student_no or case.id}",
    )


def save_case(book: Casebook, case: Case, entry: Entry) -> Case:
    """Write the new *case*, which must be nobody else's."""
    with book.writing("add", entry.by) as page:
        demand_unique(case, page)
        page.put_case(case)
    return case


def _take(book: Casebook, source: str, settings: list[str], entry: Entry) -> Case:
    pack = book.the_pack()
    facts = stated_facts(pack, source, settings, entry)
    return save_case(book, new_case(facts, pack, book.office().year, entry.day), entry)


def _ask(context: Context, entry: Entry, as_json: bool) -> Case:
    """The case that a person states by answering questions; in a new store if there is none yet."""
    if as_json or not interactive():
        open_casebook(context)
        raise UsageError(
            "没有人可以回答问题；请用 --from 文件.json 或 --set 字段=值 给出资料\n"
            "例：assist add --set 学号=10800021 --set 姓名=张三"
        )
    from assistcli.interview.founding import found_casebook
    from assistcli.interview.sitting import register
    from assistcli.prompts import PersonTerminal

    terminal = PersonTerminal()
    book = open_casebook(context) if context.store_folder() else found_casebook(terminal, context, entry.by)

    def save(case: Case) -> Case:
        with patience():
            return save_case(book, case, entry)

    return register(book, terminal, entry, save)


@contextmanager
def patience() -> Iterator[None]:
    """Turns a locked store into a refusal: the person at the terminal is told and may try again.

    Raises:
        DataRejectedError: somebody else is writing.
    """
    try:
        yield
    except StoreLockedError as error:
        raise DataRejectedError(str(error)) from error
