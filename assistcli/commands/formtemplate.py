"""``assist form edit``, ``lint`` and ``fields``: templates that an office owns and changes in Word."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.census.tables import find_rule
from assistcli.commands.options import Json
from assistcli.errors import MissingFileError, TemplateError
from assistcli.output import Table, answer, interactive, note
from assistcli.paper.opening import open_file
from assistcli.paper.placeholders import (
    LANGUAGE,
    Placeholder,
    person_placeholders,
    placeholders_of,
    vocabulary_of,
)
from assistcli.paper.stationery import form_rules, take_template, template_source
from assistcli.policy.rules import FormRule

if TYPE_CHECKING:
    from forms.lint import Problem

EDIT_HELP = """改模板：把随程序的模板复制到数据文件夹的 templates，并用 Word 或 WPS 打开。

以后这个表就用本单位的模板。--from 改用自己的 Word 表格（文件的附件缺失时）。

例：assist form edit approval
    assist form edit aid-approval --from 审批表.docx
"""
LINT_HELP = """检查模板：不认识的占位符（给出最接近的字段）、写坏的花括号、不能用的内容。

例：assist form lint approval
    assist form lint 审批表.docx
"""
FIELDS_HELP = """列出模板可用的占位符、意思和例子；写明表名则列这张表的。

例：assist form fields
    assist form fields approval
"""
TEMPLATE_INVALID = 7
SHOWN_PROBLEMS = 2

Name = Annotated[str, typer.Argument(metavar="表名", show_default=False)]


def edit_template(
    ctx: typer.Context,
    name: Name,
    source: Annotated[str, typer.Option("--from", help="用这个 Word 文件作模板")] = "",
    as_json: Json = False,
) -> None:
    """Give the store its own template of the form, and open it where there is somebody to edit it."""
    book = open_casebook(ctx.obj)
    pack = book.the_pack()
    rule = find_rule(form_rules(pack), name)
    if source:
        _demand_sound(book, rule, Path(source))
    path, created = take_template(book.folder, pack.id, rule, Path(source) if source else None)
    opened = not as_json and interactive() and open_file(path)
    told = f"{'模板已复制到' if created else '本单位的模板在'} {path}"
    then = f"改好保存后检查：assist form lint {rule.name}；要恢复随程序的模板，删去这个文件"
    data = {"form": rule.name, "path": str(path), "created": created, "opened": opened}
    here = "（正在打开；没有打开就请到那里打开）" if opened else "；请用 Word 或 WPS 打开"
    answer(as_json, data, told + here, then)


def _demand_sound(book: Casebook, rule: FormRule, source: Path) -> None:
    """Let *source* pass as a template of *rule*; what can be filled all the same is told.

    Raises:
        TemplateError: it has faults that would spoil the forms.
    """
    if not source.is_file():
        raise MissingFileError(source)
    problems = _problems(book, rule, source)
    fatal = [problem for problem in problems if problem.fatal]
    if fatal:
        first = "\n".join(f"{problem.where}：{problem.message}" for problem in fatal[:SHOWN_PROBLEMS])
        raise TemplateError(f"「{source.name}」有 {len(fatal)} 处要改（assist form lint 列出全部）\n{first}")
    for problem in problems:
        note(f"注意 {problem.where}：{problem.message}")


def check_template(
    ctx: typer.Context,
    target: Annotated[str, typer.Argument(metavar="表名或文件", show_default=False)],
    as_json: Json = False,
) -> None:
    """Look a template over and say what to mend; exit 7 where it cannot be used."""
    book = open_casebook(ctx.obj)
    pack = book.the_pack()
    source: Path | bytes = Path(target)
    rule = _rule_of_file(Path(target), form_rules(pack)) if Path(target).suffix else None
    if not Path(target).suffix:
        rule = find_rule(form_rules(pack), target)
        source = template_source(book.folder, pack.id, rule)
    elif not Path(target).is_file():
        raise MissingFileError(target)
    problems = _problems(book, rule, source)
    fatal = [problem for problem in problems if problem.fatal]
    listed = [{"where": p.where, "message": p.message, "fatal": p.fatal} for p in problems]
    data = {"file": target, "ok": not fatal, "problems": listed}
    rows = [("要改" if p.fatal else "可用", p.where, p.message) for p in problems]
    told = f"有 {len(fatal)} 处要改" if fatal else "模板可以使用"
    answer(as_json, data, *([Table(("", "位置", "问题"), rows)] if rows else []), told)
    if fatal:
        raise typer.Exit(TEMPLATE_INVALID)


def _rule_of_file(path: Path, rules: Sequence[FormRule]) -> FormRule | None:
    """The form that a file is named after; its lists are known then."""
    return next((rule for rule in rules if path.stem in {rule.name, rule.short}), None)


def _problems(book: Casebook, rule: FormRule | None, source: Path | bytes) -> "list[Problem]":
    from forms.lint import lint_template

    pack = book.the_pack()
    known = vocabulary_of(rule, pack, form_rules(pack))
    return lint_template(source, known.fields, lists=known.lists, kinds=known.kinds)


def list_fields(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[表名]", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """List what a template may ask for."""
    pack = open_casebook(ctx.obj).the_pack()
    rule = find_rule(form_rules(pack), name) if name else None
    entries = placeholders_of(rule, pack) if rule else person_placeholders(pack)
    data = [
        {"placeholder": e.text, "field": e.name, "meaning": e.meaning, "example": e.sample, "used": e.used}
        for e in entries
    ]
    answer(as_json, data, Table(("占位符", "意思", "例", "已用"), [_row(e) for e in entries]), *LANGUAGE)


def _row(entry: Placeholder) -> tuple[str, str, str, str]:
    return entry.text, entry.meaning, entry.sample, "✓" if entry.used else ""
