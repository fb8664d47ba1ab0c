"""``assist edit``: change facts of a case."""

from collections.abc import Mapping
from typing import Annotated

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.commands.add import From, Settings, patience
from assistcli.commands.options import By, Command, Json, OneCase, new_app, person
from assistcli.desk.registration import amended, demand_unique
from assistcli.errors import UsageError
from assistcli.interview.answers import Author, stated_facts
from assistcli.model import Case, Fact
from assistcli.output import answer, interactive

HELP = """修改一个个案的事实。在终端里不带选项时，先选字段，再填新值。

值留空（--set 字段=）或 --unset 字段 即清除，表示不详。

例：assist edit 10800021
    assist edit 张三 --set 手机号码=13800000000 --unset 生源地
    assist edit 10800021 --from 更正.json --json
"""

app = new_app()


@app.command(cls=Command, help=HELP)
def edit(
    ctx: typer.Context,
    case: OneCase,
    source: From = "",
    settings: Settings = None,
    unset: Annotated[list[str] | None, typer.Option("--unset", metavar="字段", help="清除一个字段")] = None,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Change the case and say which facts changed."""
    author = Author(by=person(by), day=ctx.obj.today)
    book = open_casebook(ctx.obj)
    found = book.case(case, ctx.obj.pack)
    if source or settings or unset:
        wanted = [*(settings or ()), *(f"{name}=" for name in unset or ())]
        facts = stated_facts(book.pack(found.pack), source, wanted, author)
        changed = save_changes(book, found.id, facts, author)
    else:
        changed = _ask(book, found, author, as_json)
    told = f"已修改 {found.name}：{'、'.join(changed)}" if changed else f"{found.name} 没有变化，未写入"
    answer(as_json, {"case": found.id, "changed": changed}, told)


def save_changes(book: Casebook, id: str, facts: Mapping[str, Fact | None], author: Author) -> list[str]:
    """Write *facts* into the case with this *id*; names of those that differ from what it held."""
    case = book.case(id)
    if not changed_names(case, facts):
        return []
    with book.writing("edit", author.by) as page:
        current = page.case(id)
        names = changed_names(current, facts)
        case = amended(current, {name: facts[name] for name in names})
        demand_unique(case, page)
        page.put_case(case)
    return names


def changed_names(case: Case, facts: Mapping[str, Fact | None]) -> list[str]:
    """Names of those *facts* whose value is not the one that *case* holds."""
    return [name for name, fact in facts.items() if case.value(name) != (fact.value if fact else None)]


def _ask(book: Casebook, case: Case, author: Author, as_json: bool) -> list[str]:
    """Names of the facts that a person changed by answering questions."""
    if as_json or not interactive():
        raise UsageError(
            "没有人可以回答问题；请用 --set 字段=值 或 --unset 字段 给出改动\n"
            "例：assist edit 10800021 --set 手机号码=13800000000"
        )
    from assistcli.interview.revision import revise
    from assistcli.prompts import PersonTerminal

    def save(facts: Mapping[str, Fact | None]) -> list[str]:
        with patience():
            return save_changes(book, case.id, facts, author)

    return revise(book, case, PersonTerminal(), author, save)
