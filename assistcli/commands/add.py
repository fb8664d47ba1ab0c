"""``assist add``: take in one case, by questions or from what a script passes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.caserecord import case_label
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.context import Context
from assistcli.desk.registration import demand_unique, new_case
from assistcli.errors import DataRejectedError, UsageError
from assistcli.interview.answers import Author, stated_facts
from assistcli.model import Case
from assistcli.output import answer, interactive, say
from assistcli.values import listed_words
from store.errors import StoreLockedError

HELP = """登记一个个案。在终端里不带选项时逐项提问，随时可以中断，下次接着登记。

提问时：留空表示不详；< 或 Shift-Tab 回上一题；>班级 或 >8 跳到那一题；? 看文件哪一条要用；
Ctrl-C 中断，草稿保留。列表可打拼音首字母。结论已定、表格也不要的不再问。粘贴身份证号得出性别和出生年月。
--like 学号：沿用同班同学（或同户子女）共有的各项，可逐项改。
--rapid：每行一人连续登记，可从 WPS 整片粘贴；逐行核对，最后一次保存，assist undo 可整批撤销。
供脚本使用：--from 读一个 JSON 对象（键是字段名），--set 补充或覆盖个别字段。
成批登记请用 assist import。

例：assist add
    assist add --like 10800001
    assist add --rapid --like 10800001 --columns 学号,姓名,手机号码
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
    like: Annotated[str, typer.Option("--like", metavar="个案", help="沿用这个人的学院、班级等")] = "",
    rapid: Annotated[bool, typer.Option("--rapid", help="每行一人，连续登记")] = False,
    columns: Annotated[str, typer.Option("--columns", help="--rapid 各栏，逗号分开")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take in one case and say its id, or many by lines."""
    author = Author(by=person(by), day=ctx.obj.today)
    if rapid:
        _take_lines(ctx.obj, author, like, listed_words(columns), as_json)
        return
    if source or settings:
        case = _take(open_casebook(ctx.obj), source, settings or [], author, like)
    else:
        case = _ask(ctx.obj, author, as_json, like)
    answer(
        as_json,
        {"case": case.id, "created": True},
        f"已登记：{case_label(case)}（个案号 {case.id}）",
        f"下一步：assist check {case.call_name}",
    )


def save_case(book: Casebook, case: Case, author: Author) -> Case:
    """Write the new *case*, which must be nobody else's."""
    with book.writing("add", author.by) as page:
        demand_unique(case, page)
        page.put_case(case)
    return case


def _take(book: Casebook, source: str, settings: list[str], author: Author, like: str) -> Case:
    pack = book.the_pack()
    facts = stated_facts(pack, source, settings, author)
    if like:
        from assistcli.interview.likeness import likeness_of

        facts = likeness_of(book, like).facts(pack, author) | facts
    return save_case(book, new_case(facts, pack, book.office().year, author.day), author)


def _ask(context: Context, author: Author, as_json: bool, like: str) -> Case:
    """The case that a person states by answering questions; in a new store if there is none yet."""
    if as_json or not interactive():
        open_casebook(context)
        raise UsageError(
            "没有人可以回答问题；请用 --from 文件.json 或 --set 字段=值 给出资料\n"
            "例：assist add --set 学号=10800021 --set 姓名=张三"
        )
    from assistcli.interview.founding import found_casebook
    from assistcli.interview.likeness import likeness_of
    from assistcli.interview.sitting import register
    from assistcli.prompts import PersonTerminal

    terminal = PersonTerminal()
    book = open_casebook(context) if context.store_folder() else found_casebook(terminal, context, author.by)

    def save(case: Case) -> Case:
        with patience():
            return save_case(book, case, author)

    return register(book, terminal, author, save, likeness_of(book, like) if like else None)


def _take_lines(context: Context, author: Author, like: str, columns: Sequence[str], as_json: bool) -> None:
    """Take in one case a line, as a person types or pastes them; all in one entry of the journal."""
    book = open_casebook(context)
    if as_json or not interactive():
        raise UsageError("--rapid 要在终端里逐行输入；成批登记请用：assist import 名单.xlsx（或 .csv）")
    from assistcli.interview.likeness import likeness_of
    from assistcli.interview.rapid import RapidSheet, register_many
    from assistcli.prompts import PersonTerminal

    def save(cases: Sequence[Case]) -> None:
        with patience(), book.writing("add --rapid", author.by) as page:
            for case in cases:
                demand_unique(case, page)
                page.put_case(case)

    sheet = RapidSheet(book, author, columns, likeness_of(book, like) if like else None)
    cases = register_many(book, PersonTerminal(), sheet, save)
    say(f"已登记 {len(cases)} 人；整批撤销：{context.spell('undo', book.folder)}")


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
