"""``assist merge``: a colleague's store into this one; nothing is lost, a person decides."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import CASES, Casebook, open_casebook, shared_keys
from assistcli.commands.history import clock
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import catalogue
from assistcli.masks import mask_value
from assistcli.output import Table, answer, note
from store.journal import JournalBackend
from store.merge import OURS, THEIRS, Conflict, Merge, merge_stores, plan_merge

HELP = """把同事电脑上的数据文件夹并进来：双方的记录和历史都保留，可用 assist undo 撤销。

同一字段两边改得不同，会列出来并停下，由人逐条决定：--decide 序号=本（保留本机的）或 序号=他（用对方的）。

例：assist merge 同事的数据 --dry-run
    assist merge 同事的数据 --decide 1=本 --decide 2=他
"""
WORDS = {"本": OURS, "他": THEIRS}
CONFLICT_CODE = 3

app = new_app()


@app.command(cls=Command, help=HELP)
def merge(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="对方的数据文件夹", show_default=False)],
    decide: Annotated[list[str] | None, typer.Option("--decide", help="序号=本 或 序号=他，可重复")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出会怎样，不写入")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Plan the merge, let a person decide the conflicts, and write it."""
    book = open_casebook(ctx.obj)
    other = open_casebook(replace(ctx.obj, store=Path(folder)))
    journals = _journal(book), _journal(other)
    plan = plan_merge(*journals)
    decisions = _decisions(decide or (), plan.conflicts)
    undecided = [c for c in plan.conflicts if (c.table, c.id, c.path) not in decisions]
    if undecided or dry_run:
        answer(as_json, merge_data(plan), *_page(book, plan, written=False))
        if undecided:
            note(f"有 {len(undecided)} 处需要决定；用 --decide 序号=本 或 序号=他；没有写入")
            raise typer.Exit(CONFLICT_CODE)
        return
    if not plan.versions:
        answer(as_json, merge_data(plan), "对方没有新的记录，没有写入")
        return
    done = merge_stores(*journals, by=person(by), decisions=decisions)
    answer(as_json, merge_data(done), *_page(book, done, written=True))
    for key, cases in shared_keys(book).items():
        note(f"注意：{key} 现有 {len(cases)} 个个案，请核对（assist doctor 列出）")


def merge_data(merge: Merge) -> dict[str, Any]:
    """What the merge does, or did, as JSON."""
    return {
        "added": len(merge.added),
        "changed": len(merge.changed),
        "versions": merge.versions,
        "conflicts": [_conflict_data(number, conflict) for number, conflict in enumerate(merge.conflicts, 1)],
        "transaction": merge.transaction,
        "written": merge.transaction is not None,
    }


def _conflict_data(number: int, conflict: Conflict) -> dict[str, Any]:
    where = {"number": number, "table": conflict.table, "id": conflict.id, "field": conflict.path}
    values = {"ours": _plain(conflict.ours), "theirs": _plain(conflict.theirs)}
    return where | values | {"ours_by": conflict.ours_by, "theirs_by": conflict.theirs_by}


def _plain(value: Any) -> Any:
    """The value of a fact without where it came from."""
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _journal(book: Casebook) -> JournalBackend:
    """The journal behind *book*: only journals have a common history to merge by."""
    if isinstance(book.backend, JournalBackend):
        return book.backend
    raise UsageError("只有本机数据文件夹之间可以合并")


def _decisions(texts: Sequence[str], conflicts: Sequence[Conflict]) -> dict[tuple[str, str, str], str]:
    decided = {}
    for text in texts:
        number, _, word = text.partition("=")
        if word not in WORDS or not number.isdecimal():
            raise UsageError(f"--decide「{text}」应写成 序号=本 或 序号=他")
        if not 1 <= int(number) <= len(conflicts):
            raise DataRejectedError(f"没有第 {number} 处冲突；共 {len(conflicts)} 处")
        conflict = conflicts[int(number) - 1]
        decided[conflict.table, conflict.id, conflict.path] = WORDS[word]
    return decided


def _page(book: Casebook, merge: Merge, *, written: bool) -> list[str | Table]:
    head = "已并入" if written else "将并入"
    lines: list[str | Table] = [
        f"{head}：新增 {len(merge.added)} 条记录，更改 {len(merge.changed)} 条，历史 {merge.versions} 行"
    ]
    if merge.conflicts:
        rows = [(n, *_conflict_row(book, conflict)) for n, conflict in enumerate(merge.conflicts, 1)]
        lines.append(Table(("序号", "记录", "字段", "本机", "对方", "本机经办", "对方经办"), rows))
    return [*lines, "assist undo 可撤销这次合并"] if written else lines


def _conflict_row(book: Casebook, conflict: Conflict) -> tuple[str, ...]:
    record = book.backend.get(conflict.table, conflict.id) or {}
    case = record if conflict.table == CASES else book.backend.get(CASES, str(record.get("case"))) or {}
    who = f"{case.get('name', '')} {case.get('student_no', '')}".strip() or f"{conflict.table}/{conflict.id}"
    parts = conflict.path.split(".")
    name = parts[1] if len(parts) > 1 and parts[0] == "facts" else conflict.path or "（整条）"
    shown = [_shown(name, value) for value in (conflict.ours, conflict.theirs)]
    ours, theirs = clock(conflict.ours_at), clock(conflict.theirs_at)
    makers = f"{conflict.ours_by} {ours}", f"{conflict.theirs_by} {theirs}"
    return (who, name, *shown, *makers)


def _shown(name: str, value: Any) -> str:
    inner = _plain(value)
    field = catalogue().get(name)
    if inner is None:
        return "（无）"
    return mask_value(field, inner) if field and field.kind != "money" else str(inner)
