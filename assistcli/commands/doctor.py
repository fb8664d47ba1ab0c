"""``assist doctor``: is the store whole, was its history tampered with, and repair on a copy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook, shared_keys
from assistcli.book.entries import CASES, CONTACTS, KEYS, OF_CASE
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.context import Context
from assistcli.errors import StoreNotFoundError
from assistcli.model import Case
from assistcli.output import answer
from store.doctor import Problem, Report, check_store
from store.journal import JournalBackend
from store.repair import fix_store
from store.upgrade import upgrade_store

HELP = """检查数据有没有损坏、被人改动、权限过宽，有没有网盘同步留下的冲突副本。默认只看不改。

末尾的校验值（一串字母和数字）可抄进纸质档案：以后用 --head 核对，能发现历史被删改。
--fix 在副本上修复，损坏的原件另外保存，救不回的记录逐条列出。

例：assist doctor
    assist doctor --head 3f2a…
    assist doctor --fix
    assist doctor --compact
"""
UNSOUND_CODE = 6
SCHEMA = 1  # of our documents; a change of their shape adds a step here

app = new_app()


@app.command(cls=Command, help=HELP)
def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="在副本上修复")] = False,
    heads: Annotated[list[str] | None, typer.Option("--head", help="纸上抄录的校验值，可重复")] = None,
    upgrade: Annotated[bool, typer.Option("--upgrade", help="把旧版数据升级到本版（先自动备份）")] = False,
    compact: Annotated[bool, typer.Option("--compact", help="整理：历史移入 archive，查找更快")] = False,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Examine the store, repair it if asked, and say what was found."""
    folder = _folder(ctx.obj)
    lines = _tidied(ctx.obj, folder, person(by), upgrade=upgrade, compact=compact)
    if fix:
        repair = fix_store(folder, by=person(by))
        report = repair.after
        lines += [f"已修复；损坏的原件保存在 {repair.kept}" if repair.changed else "不需要修复"]
        lines += [f"救不回：{loss.record} {loss.message}" for loss in repair.losses]
    else:
        report = check_store(folder, heads=heads or ())
    strays = _strays(ctx.obj) if report.ok else []
    problems = [*report.problems, *strays]
    ok = report.ok and not strays
    answer(as_json, doctor_data(report, problems, ok), *lines, *_page(report, problems, ok))
    if not ok:
        raise typer.Exit(UNSOUND_CODE)


def _tidied(context: Context, folder: Path, by: str, *, upgrade: bool, compact: bool) -> list[str]:
    """What was upgraded or put in order, if asked."""
    lines = []
    if upgrade:
        done = upgrade_store(folder, KEYS, SCHEMA, {}, by=by)
        news = f"已升级 {done.changed} 条记录；升级前的备份：{done.backup}"
        lines.append(news if done.backup else "已是本版，不需要升级")
    backend = open_casebook(context).backend if compact else None
    if isinstance(backend, JournalBackend):
        backend.compact(by=by)
        lines.append("已整理：历史完整保留在 archive 文件夹")
    return lines


def _folder(context: Context) -> Path:
    folder = context.store_folder()
    if folder is None:
        where = f"「{context.store}」" if context.store else "这里"
        raise StoreNotFoundError(f"{where}没有数据文件夹；用 assist --store 文件夹 doctor 指明")
    return folder


def doctor_data(report: Report, problems: list[Problem], ok: bool) -> dict[str, Any]:
    """The contract's JSON object, with the head hash beside it."""
    return {
        "ok": ok,
        "problems": [
            {
                "level": p.level,
                "file": p.file,
                "line": p.line,
                "message": p.message,
                "records": list(p.records),
            }
            for p in problems
        ],
        "cases": report.records.get(CASES, 0),
        "contacts": report.records.get(CONTACTS, 0),
        "head": report.head,
    }


def _strays(context: Context) -> list[Problem]:
    """Events whose case is not there, and cases that share a key under one notice and year."""
    book = open_casebook(context)
    strays = [
        Problem(level="error", file=table, message="记录所属的个案不存在", records=(f"{table}/{id}",))
        for table in OF_CASE
        for id, record in book.backend.scan(table)
        if book.backend.get(CASES, record["case"]) is None
    ]
    strays += [_twins(key, cases) for key, cases in shared_keys(book).items()]
    return strays or _forgotten(book, context)


def _forgotten(book: Casebook, context: Context) -> list[Problem]:
    """Open cases that stand on no list of `due`, or on two: nobody may be forgotten."""
    from assistcli.desk.duties import Desk  # rules are read only where the store itself is whole

    return [
        Problem(
            level="error", file=CASES, message=f"{case.name} 不在待办名单上", records=(f"{CASES}/{case.id}",)
        )
        for case in Desk(book, context.today).misplaced(book.cases())
    ]


def _twins(key: str, cases: Sequence[Case]) -> Problem:
    """Two cases with one key: a merge or two windows can bring them; a person decides which stays."""
    named = "、".join(f"{case.name}（个案号 {case.id}）" for case in cases)
    message = f"{key} 登记了 {len(cases)} 个个案：{named}；请核对后用 assist remove 个案号 删去多余的"
    return Problem(
        level="error", file=CASES, message=message, records=tuple(f"{CASES}/{c.id}" for c in cases)
    )


def _page(report: Report, problems: list[Problem], ok: bool) -> list[str]:
    counts = f"个案 {report.records.get(CASES, 0)}，联系记录 {report.records.get(CONTACTS, 0)}"
    lines = [
        f"{'有问题' if not ok else '完好'}：{counts}，共 {report.lines} 行、{report.transactions} 条命令"
    ]
    lines += [f"  {'错误' if p.level == 'error' else '注意'}　{p}" for p in problems]
    return [*lines, f"校验值（可抄入纸质档案）：{report.head}"]
