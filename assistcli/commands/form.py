"""``assist form``: Word files from the templates, to print and sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistcli.casebook import Casebook, open_casebook
from assistcli.commands.options import Cases, Command, Json, new_app
from assistcli.errors import DataRejectedError
from assistcli.model import Case
from assistcli.output import Table, answer, note
from assistcli.paperwork import (
    FormRecord,
    case_file_record,
    detail_records,
    person_record,
    spending_records,
    summary_record,
)
from assistcli.policy.rules import FormRule, Pack
from assistcli.policy.verdict import DEPENDS, NOT_ELIGIBLE, UNKNOWN
from assistcli.tables import Survey, build_table, find_rule, survey
from assistcli.words import VERDICTS

if TYPE_CHECKING:
    from forms.template import Template

HELP = """生成 Word 表格，供打印、签字、盖章。assist form list 列出全部表格。

签字、盖章、日期处留空。申请表只略去明确不符合的人（会列出）；写明个案则一定打印。

例：assist form approval                      （每人一份审批表）
    assist form approval --one-file            （全部在一个文件里，一次打印）
    assist form 审批表 10800021 --out 张三.docx
    assist form detail --college 机械学院 --mode 纸质
    assist form summary
"""
OUT_FOLDER = "out"
CASE_FILE = "case-file"

app = new_app()


@app.command(cls=Command, help=HELP)
def form(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="表名", show_default=False)],
    cases: Cases = None,
    out: Annotated[str, typer.Option("--out", help="存到哪个文件夹，或哪个 .docx 文件")] = "",
    one_file: Annotated[bool, typer.Option("--one-file", help="全部放进一个文件")] = False,
    college: Annotated[str, typer.Option("--college", help="只做一个学院")] = "",
    mode: Annotated[str, typer.Option("--mode", help="细化表：电子（默认）或 纸质（留签名处）")] = "电子",
    as_json: Json = False,
) -> None:
    """Fill the template for the cases chosen and say which were left out."""
    book = open_casebook(ctx.obj)
    over = survey(book, college)
    rules = (*over.pack.forms, general_rule(over.pack))
    if name == "list":
        data = [{"name": r.name, "title": r.title, "pack": over.pack.id, "per": r.per} for r in rules]
        answer(as_json, data, Table(("名称", "标题", "按"), [(r.name, r.title, r.per) for r in rules]))
        return
    rule = find_rule(rules, name)
    named = [book.case(case, over.pack.id) for case in cases or ()]
    batch = make_batch(rule, over, named, ctx.obj.today.isoformat(), mode)
    target = Path(out) if out else book.folder / OUT_FOLDER
    written = write_forms(rule, batch, target, one_file=one_file, template=load_form(book, over.pack, rule))
    left_out = [{"case": case.id, "reason": reason} for case, reason in batch.left_out]
    for line in doubtful_lines(batch):
        note(line)
    answer(as_json, {"files": [str(p) for p in written], "left_out": left_out}, *_lines(written, batch))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Records to print, each under its file name, and who was left out or is doubtful, with the reason."""

    records: Sequence[tuple[str, FormRecord]]
    left_out: Sequence[tuple[Case, str]] = ()
    doubtful: Sequence[tuple[Case, str]] = ()


def general_rule(pack: Pack) -> FormRule:
    """一人一档, which every notice has."""
    return FormRule(
        name=CASE_FILE, title="一人一档", short="一人一档", per="case", citation=pack.benefits[0].citation
    )


def make_batch(rule: FormRule, over: Survey, named: Sequence[Case], day: str, mode: str) -> Batch:
    """The records of the form *rule*; a case that was *named* is always printed."""
    if rule.per == "case":
        return _case_batch(rule, over, named, day)
    table = build_table(rule, over)
    if rule.name == "detail":
        return Batch(records=_titled(detail_records(table, mode), rule))
    if rule.name == "spending":
        return Batch(records=_titled(spending_records(table, over.office, day), rule))
    return Batch(records=[(_file_name(rule.short), summary_record(table))])


def _titled(records: Sequence[tuple[str, FormRecord]], rule: FormRule) -> list[tuple[str, FormRecord]]:
    return [(_file_name(college, rule.short), record) for college, record in records]


def _case_batch(rule: FormRule, over: Survey, named: Sequence[Case], day: str) -> Batch:
    left_out, doubtful, records = [], [], []
    for case in named or over.cases:
        verdict, reason = _standing(rule, over, case)
        if verdict == NOT_ELIGIBLE and not named:
            left_out.append((case, reason))
            continue
        if verdict in {UNKNOWN, DEPENDS, NOT_ELIGIBLE}:
            doubtful.append((case, reason))
        records.append(
            (_file_name(case.student_no or case.id, case.name, rule.short), _record(rule, over, case, day))
        )
    return Batch(records=records, left_out=left_out, doubtful=doubtful)


def _standing(rule: FormRule, over: Survey, case: Case) -> tuple[str, str]:
    """The verdict on the benefit that the form applies for, and why it is not plainly eligible."""
    if not rule.application_for:
        return "", ""
    verdicts = {verdict.benefit.id: verdict for verdict in over.assessor.verdicts(case)}
    verdict = verdicts[rule.application_for]
    failed = [r.condition.citation.quote for r in verdict.reasons if r.holds is False]
    details = failed or [*verdict.missing, *(f"口径 {d.reading}" for d in verdict.depends)]
    word = f"{VERDICTS[verdict.verdict]}{verdict.benefit.title}"
    return verdict.verdict, f"{word}：{'、'.join(details)}" if details else word


def _record(rule: FormRule, over: Survey, case: Case, day: str) -> FormRecord:
    if rule.name == CASE_FILE:
        return case_file_record(case, over.book, over.assessor, over.office, day)
    return person_record(case, over.pack, over.office)


def _file_name(*parts: str) -> str:
    from forms.naming import file_name

    return file_name(*parts)


def load_form(book: Casebook, pack: Pack, rule: FormRule) -> "Template":
    """The template of *rule*: the store's own, else the packaged one.

    Raises:
        DataRejectedError: there is none.
    """
    from forms.template import load_template

    own = book.folder / "templates" / f"{rule.name}.docx"
    if own.is_file():
        return load_template(own)
    folder = "general" if rule.name == CASE_FILE else pack.id
    packaged = files("forms").joinpath("templates", folder, f"{rule.name}.docx")
    if not packaged.is_file():
        raise DataRejectedError(f"「{rule.title}」没有模板；请把模板放到 {own}")
    return load_template(packaged.read_bytes())


def write_forms(
    rule: FormRule, batch: Batch, target: Path, *, one_file: bool, template: "Template"
) -> list[Path]:
    """Write the records of *batch* under *target*: one document, or one per record.

    Raises:
        DataRejectedError: there is nobody to print.
    """
    from forms.batch import write_batch, write_each

    if not batch.records:
        raise DataRejectedError("没有要打印的人：名单为空，或都不符合（assist check 查看理由）")
    if target.suffix.lower() == ".docx":
        write_batch(template, (record for _, record in batch.records), target)
        return [target.resolve()]
    if one_file:
        path = target / _file_name(rule.short)
        write_batch(template, (record for _, record in batch.records), path)
        return [path.resolve()]
    return [path.resolve() for path in write_each(template, batch.records, target)]


def doubtful_lines(batch: Batch) -> list[str]:
    """Who was printed but is not plainly entitled, by reason."""
    by_reason: dict[str, list[str]] = {}
    for case, reason in batch.doubtful:
        by_reason.setdefault(reason, []).append(f"{case.name} {case.student_no or ''}".strip())
    return [
        f"已打印，请核实（{reason}，{len(names)} 人）：{'、'.join(names)}"
        for reason, names in by_reason.items()
    ]


def _lines(written: Sequence[Path], batch: Batch) -> list[str | Table]:
    place = written[0] if len(written) == 1 else written[0].parent
    lines: list[Any] = [f"已生成 {len(batch.records)} 份：{place}"]
    if batch.left_out:
        rows = [(case.student_no, case.name, reason) for case, reason in batch.left_out]
        lines += [f"略去 {len(rows)} 人：", Table(("学号", "姓名", "理由"), rows)]
    return lines
