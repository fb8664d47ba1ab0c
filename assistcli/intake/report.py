"""The report of one import: counts, errors and the account of every row, for scripts and for people."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistcli.fields import Field
from assistcli.intake.lines import LineKind
from assistcli.intake.matching import Added, Changed, FieldChange, Rejected, RowOutcome, Unchanged
from assistcli.intake.reading import Intake
from assistcli.intake.rows import RowError
from assistcli.intake.wording import listed_rows, row_words, wording_of
from assistcli.masks import mask_value
from assistcli.provenance import Layout, mapping_words, word_lines

SHOWN_ERRORS = 20
SHOWN_CHANGES = 50
MOST_LETTERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did or, in a dry run, would do (导入报告)."""

    read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    errors: Sequence[RowError]
    warnings: Sequence[RowError] = ()
    account: Sequence[str] = ()
    differences: Sequence[str] = ()
    written: bool = False
    report: Path | None = None
    proposals: Sequence["RowProposal"] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer of ``import --json``, in the words of CONTRACT.md."""
        proposed = [proposal.record() for proposal in self.proposals]
        return {
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "errors": [error_record(error) for error in self.errors],
            "written": self.written,
            "report": None if self.report is None else str(self.report),
        } | ({"proposals": proposed} if proposed else {})

    def show_lines(self) -> list[str]:
        """The report for a person: counts, row account, differences, doubts, errors."""
        counts = (
            f"读到 {self.read} 行：新增 {self.added}，更改 {self.changed}，"
            f"不变 {self.unchanged}，退回 {self.rejected}"
        )
        return [
            counts,
            *self.account,
            *shorten_list(self.differences, SHOWN_CHANGES, "处更改"),
            *remark_lines("请核对", self.warnings),
            *remark_lines("错误", self.errors),
            *proposal_lines(self.proposals),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProposal:
    """An answer proposed for a fact that a row leaves blank (建议), and by which list; nobody enters it."""

    file: str
    sheet: str
    row: int
    about: str
    field: str
    value: str
    source: str

    def record(self) -> dict[str, Any]:
        """The proposal as JSON."""
        place = {"file": self.file, "sheet": self.sheet or None, "row": self.row, "about": self.about}
        return place | {"field": self.field, "value": self.value, "source": self.source}


def proposal_lines(proposals: Sequence[RowProposal]) -> list[str]:
    """What is proposed, one line for all rows about the same school, and how a person confirms it."""
    if not proposals:
        return []
    rows: dict[tuple[str, str, int], list[RowProposal]] = {}
    for proposal in proposals:
        rows.setdefault((proposal.file, proposal.sheet, proposal.row), []).append(proposal)
    alike: dict[tuple[str, str, str, str], list[int]] = {}
    for (file, _, number), found in rows.items():
        answers = "、".join(f"{p.field}={p.value}" for p in found)
        sources = "；".join(dict.fromkeys(part for p in found for part in p.source.split("；")))
        alike.setdefault((file, found[0].about, answers, sources), []).append(number)
    lines = [
        f"  {about}（{listed_rows(file, numbers)}）：{answers}（{sources}）"
        for (file, about, answers, sources), numbers in alike.items()
    ]
    return [
        "建议（没有写入，以学生自己的材料为准）：",
        *shorten_list(lines, SHOWN_ERRORS, "所学校"),
        "  核实后确认：assist edit 个案 --set 字段=值，或 assist check 个案 --ask 逐项回车",
    ]


def build_report(
    intakes: Sequence[Intake],
    outcomes: Sequence[RowOutcome],
    fields: Iterable[Field],
    *,
    written: bool = False,
    report: Path | None = None,
    proposals: Sequence[RowProposal] = (),
    reveal: bool = False,
) -> ImportReport:
    """The report of all files of one import, whose rows have been matched; *reveal* masks no change."""
    kinds = Counter(type(outcome) for outcome in outcomes)
    known = {entry.name: entry for entry in fields}
    return ImportReport(
        read=len(outcomes),
        added=kinds[Added],
        changed=kinds[Changed],
        unchanged=kinds[Unchanged],
        rejected=kinds[Rejected],
        errors=[error for outcome in outcomes for error in outcome.row.errors],
        warnings=[warning for outcome in outcomes for warning in outcome.row.warnings],
        account=[line for intake in intakes for line in account_lines(intake)],
        differences=[
            line for outcome in outcomes for line in difference_lines(outcome, known, reveal=reveal)
        ],
        written=written,
        report=report,
        proposals=proposals,
    )


def error_record(error: RowError) -> dict[str, Any]:
    """One error in the words of CONTRACT.md; a file without sheets has ``null`` there."""
    return {
        "file": error.file,
        "sheet": error.sheet or None,
        "row": error.row,
        "field": error.field or None,
        "message": error.message,
    }


def remark_lines(head: str, remarks: Iterable[RowError]) -> list[str]:
    """*remarks* for a person, one line for all rows of which the same is said, no more than are read."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for entry in remarks:
        alike.setdefault((entry.file, entry.sheet, entry.field, entry.message), []).append(entry.row)
    lines = [f"{head} {_describe(said, numbers)}" for said, numbers in alike.items()]
    rest = sum(len(numbers) for numbers in [*alike.values()][SHOWN_ERRORS:])
    return [*lines[:SHOWN_ERRORS], *([f"……还有 {rest} 处{head}"] if rest else [])]


def _describe(said: tuple[str, ...], numbers: Sequence[int]) -> str:
    """Where, which field, what."""
    file, sheet, name, message = said
    where = f"{file}{f'「{sheet}」' if sheet else ' '}{listed_rows(file, numbers)}"
    return f"{where} {f'{name}：' if name else ''}{message}"


def account_lines(intake: Intake) -> list[str]:
    """Every row of the file that is no person, by kind, and what the reading supplied."""
    lines, word = [], wording_of(intake.file)
    for table in intake.tables:
        people = sum(row.sheet == table.sheet.name for row in intake.rows)
        where = f"工作表「{table.sheet.name}」" if table.sheet.name else f"文件「{intake.file}」"
        lines.append(
            f"{where}共 {len(table.sheet.rows) - word.above} {word.row}，其中数据 {people} {word.row}"
        )
        own = [line for line in intake.lines if line.sheet == table.sheet.name and line.row > word.above]
        for kind in LineKind:
            if found := [line for line in own if line.kind is kind]:
                text = f"：{_beginning(found[0].text)}" if len(found) == 1 and found[0].text else ""
                numbers = [line.row for line in found]
                lines.append(
                    f"  {kind.value} {len(found)} {word.row}（{listed_rows(intake.file, numbers)}）{text}"
                )
    if intake.remembered:
        lines.append(f"  {remembered_words(intake.remembered)}")
    return [*lines, *(f"  {note}" for note in intake.notes)]


def _beginning(text: str) -> str:
    return text[:MOST_LETTERS] + ("…" if len(text) > MOST_LETTERS else "")


def remembered_words(layout: Layout) -> str:
    """By whose word the headers of a file were read, and how."""
    return f"表头按 {layout.by} {layout.day} 记住的对应：{mapping_words(layout)}（assist layout list）"


def difference_lines(outcome: RowOutcome, fields: dict[str, Field], *, reveal: bool = False) -> list[str]:
    """What a changed row changes, a line per field, old → new, personal values masked unless *reveal*."""
    if not isinstance(outcome, Changed):
        return []
    who = outcome.case.student_no or outcome.case.name
    head = f"{row_words(outcome.row.file, outcome.row.number)} {who}"
    return [
        f"{head} {change.field}：{_describe_change(change, fields, reveal=reveal)}"
        for change in outcome.changes
    ]


def _describe_change(change: FieldChange, fields: dict[str, Field], *, reveal: bool) -> str:
    """Old → new; where sources disagree what each says, and which word counts."""
    entry = fields.get(change.field)
    old, new = (
        "（空）" if value is None else mask_value(entry, value, reveal=reveal) if entry else str(value)
        for value in (change.old, change.new)
    )
    if change.now is None:
        return f"{old} → 未定：{'；'.join(word_lines(change.said, entry, reveal=reveal))}"
    if change.now is not change.said[-1]:
        return f"仍为 {old}；按来源规则，{change.said[-1].party}说的 {new} 记在旁边"
    return f"{old} → {new}"


def shorten_list(lines: Sequence[str], most: int, counted: str) -> list[str]:
    """The first *most* of *lines* and how many more there are."""
    rest = len(lines) - most
    return [*lines[:most], f"……还有 {rest} {counted}"] if rest > 0 else list(lines)
