"""``assist draft``: what was answered and not saved yet."""

from datetime import datetime
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.commands.options import Command, Group, Json, new_app
from assistcli.errors import CaseLookupError, UsageError
from assistcli.interview.drafts import Draft, DraftFile, kept_drafts
from assistcli.output import Table, answer

HELP = """未完成的草稿：逐项提问时每答一项就存一次，只有本人可读，保存后自动删除。

例：assist draft list
    assist draft discard add.zust-2013
    assist draft discard --all
同一件事可以有几份草稿：再运行原来的命令时选接着哪一份，或另开一份。
"""
LIST_HELP = "列出草稿：名称、是什么、是谁的、答了几项、何时存的、怎样继续。例：assist draft list"
DISCARD_HELP = "丢弃草稿（不能撤销，草稿不在数据里）。例：assist draft discard add.zust-2013"
KINDS = {
    "add": ("登记", "add"),
    "rapid": ("快速登记", "add --rapid"),
    "log": ("联系记录", "log {case}"),
    "claim": ("资助申请", "claim add {case}"),
    "edit": ("修改", "edit {case}"),
}
"""First part of a draft's name → what it is, and the command that goes on with it."""

app = new_app()
app.info.help, app.info.cls = HELP, Group


@app.command("list", cls=Command, help=LIST_HELP)
def list_drafts(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the drafts that wait; no answer of theirs but the name is shown."""
    book = open_casebook(ctx.obj)
    data = [draft_data(book, file) for file in kept_drafts(book.folder)]
    rows = [tuple(entry.values()) for entry in data]
    table = Table(("名称", "内容", "谁的", "已答", "存于", "继续"), rows)
    answer(as_json, data, table if rows else "没有未完成的草稿")


@app.command(cls=Command, help=DISCARD_HELP)
def discard(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="名称", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部草稿")] = False,
    as_json: Json = False,
) -> None:
    """Throw drafts away, all of those named or none."""
    book = open_casebook(ctx.obj)
    kept = {file.name: file for file in kept_drafts(book.folder)}
    if not names and not everything:
        raise UsageError("请写明草稿名称，或 --all；assist draft list 列出全部")
    unknown = [name for name in names or () if name not in kept]
    if unknown:
        raise CaseLookupError(f"没有名为「{unknown[0]}」的草稿；assist draft list 列出全部")
    chosen = [name for name in kept if everything or name in (names or ())]
    for name in chosen:
        kept[name].discard()
    answer(as_json, {"discarded": chosen}, f"已丢弃 {len(chosen)} 份草稿" if chosen else "没有未完成的草稿")


def draft_data(book: Casebook, file: DraftFile) -> dict[str, Any]:
    """One draft as a JSON object: what it is and how to go on, without its answers."""
    kind, _, case = file.subject.partition(".")
    what, command = KINDS.get(kind, (kind, kind))
    draft = file.load()
    kept: datetime = file.kept_at()
    return {
        "draft": file.name,
        "what": what,
        "name": _whose(draft),
        "answered": draft.known if draft else None,
        "kept": f"{kept:%Y-%m-%d %H:%M}",
        "command": book.context.spell(command.format(case=case.partition("+")[0]), book.folder),
    }


def _whose(draft: Draft | None) -> str:
    return (draft.answers.get("姓名") or draft.about) if draft else "（已损坏，无法继续）"
