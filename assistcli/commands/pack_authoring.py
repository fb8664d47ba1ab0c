"""The part of ``assist pack`` for those who write packs: ``new``, ``test`` and ``diff``."""

from collections.abc import Iterator
from difflib import ndiff
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.caserecord import case_head
from assistcli.census.change import CellChange, ResultChange, changed_results
from assistcli.commands.options import Json
from assistcli.context import Context
from assistcli.desk.assessment import Assessor
from assistcli.errors import DataRejectedError
from assistcli.output import Table, answer
from assistcli.policy.boundary import boundaries
from assistcli.policy.expression import is_one_word
from assistcli.policy.pack import load_pack, packaged_ids
from assistcli.policy.rules import Pack
from assistcli.policy.trial import run_example
from assistcli.sheets.boundarysheet import boundary_data, boundary_table
from assistcli.sheets.packsheet import sheet_lines

NEW_HELP = """建立一个新政策包的骨架文件，里面有说明和一个能通过检查的例子，照文件逐段替换。

例：assist pack new shili-2026
    assist pack check shili-2026.toml
"""
TEST_HELP = """逐个试政策包自带的例子，列出通过和不通过。有不通过的，退出码为 7。

条件、公式和金额表里的每处数字界线，都自动造出恰在界上和上下各一步（0.01 元、1 人、1 年）的
个案来试，并用分数复算；请看低一步、界上、高一步的结论是不是文件的意思（低于还是不高于）。

例：assist pack test shili-2026.toml
"""
DIFF_HELP = """比较两个政策包：规则有哪些不同；在数据文件夹里，还列出哪些个案的结果会变。

例：assist pack diff yinchuan-2018 yinchuan-2019.toml
"""
INVALID_CODE = 7

Name = Annotated[str, typer.Argument(metavar="政策包", show_default=False)]


def write_skeleton(
    id: Annotated[str, typer.Argument(metavar="编号", show_default=False)], as_json: Json = False
) -> None:
    """Write the skeleton of a pack into the current folder."""
    path = Path(f"{id}.toml")
    if not id.isascii() or not is_one_word(id.replace("-", "")) or id != id.lower():
        raise DataRejectedError(f"编号「{id}」只能用小写字母、数字和连字符，如 shili-2026")
    if id in packaged_ids() or path.exists():
        raise DataRejectedError(f"「{id}」已经有了；请换一个编号")
    skeleton = files("assistcli.policy").joinpath("skeleton.toml").read_text("utf-8")
    path.write_text(skeleton.replace("{id}", id), "utf-8")
    answer(
        as_json,
        {"pack": id, "file": str(path.resolve())},
        f"已写 {path}。照文件逐段替换，随时检查：assist pack check {path}",
        "写法：assist help 政策包、assist help 规则",
    )


def try_examples(ctx: typer.Context, pack: Name, as_json: Json = False) -> None:
    """Try every example of a sound pack, and made-up cases on every line of it."""
    found = load_pack(pack, own_folders(ctx.obj))
    results = [(example.title, run_example(found, example)) for example in found.examples]
    data: list[dict[str, Any]] = [
        {"example": title, "passed": not faults, "faults": faults} for title, faults in results
    ]
    rows = [("✗" if faults else "✓", title, "；".join(faults)) for title, faults in results]
    lines = list(boundaries(found))
    data += [boundary_data(found, line) for line in lines]
    answer(as_json, data, Table(("", "例", "不符之处"), rows), "", *boundary_table(found, lines))
    if any(faults for _, faults in results) or any(line.faults for line in lines):
        raise typer.Exit(INVALID_CODE)


def compare(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="旧", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="新", show_default=False)],
    as_json: Json = False,
) -> None:
    """Show what differs between two packs, and for whom."""
    folders = own_folders(ctx.obj)
    before, after = (load_pack(name, folders) for name in (old, new))
    rules = list(changed_lines(before, after))
    changes = list(changed_cases(open_casebook(ctx.obj), before, after)) if folders else []
    data = {
        "old": before.id,
        "new": after.id,
        "rules": [{"change": sign, "line": line} for sign, line in rules],
        "changed": changes_data(changes),
    }
    lines = [f"{sign} {line}" for sign, line in rules] or ["规则没有不同"]
    answer(as_json, data, *lines, "", *change_table(changes))


def own_folders(context: Context) -> tuple[Path, ...]:
    """Where packs of one's own lie: the ``packs`` folder of the store, if there is one."""
    folder = context.store_folder()
    return (folder / "packs",) if folder else ()


def changed_lines(before: Pack, after: Pack) -> Iterator[tuple[str, str]]:
    """Lines of the notices' sheets that only one of them has: ``-`` the old one, ``+`` the new one."""
    for line in ndiff(sheet_lines(before), sheet_lines(after)):
        if line[0] in "+-":
            yield line[0], line[2:].strip()


def changed_cases(book: Casebook, before: Pack, after: Pack) -> Iterator[ResultChange]:
    """Results of the cases under *before* that would differ under *after*."""
    old, new = Assessor(book), Assessor(book, packs={before.id: after})
    return changed_results(book, before.id, old, new)


def change_table(changes: list[ResultChange]) -> list[str | Table]:
    """The changed results for the screen."""
    if not changes:
        return ["没有个案的结论或金额因此改变"]
    rows = [(c.case.call_name, c.case.name, c.what, c.before, c.after, c.why) for c in changes]
    return [Table(("学号", "姓名", "项目", "原为", "改为", "因为"), rows)]


def changed_cells_table(changes: list[CellChange]) -> list[str | Table]:
    """The changed numbers of the notice's tables for the screen."""
    rows = [(c.table, c.row, c.column, c.before, c.after) for c in changes]
    return ["", Table(("表", "行", "列", "原为", "改为"), rows)] if rows else []


def changes_data(changes: list[ResultChange]) -> list[dict[str, Any]]:
    """Changed results as JSON."""
    return [
        {
            **case_head(change.case),
            "what": change.what,
            "before": change.before,
            "after": change.after,
            "why": change.why,
        }
        for change in changes
    ]
