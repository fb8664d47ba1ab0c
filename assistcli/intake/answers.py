"""Answers of one filled-in form to typed facts, judged as a row of a table is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistcli.fields import Field
from assistcli.intake.cells import read_cell
from assistcli.intake.headers import ColumnReading
from assistcli.intake.judgement import judge_rows
from assistcli.intake.reading import Intake
from assistcli.intake.rows import ParsedRow
from assistcli.model import Case

_DAY_WITHOUT_YEAR = re.compile(r"([\d０-９]{1,2})\s*月\s*([\d０-９]{1,2})\s*日")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: the fields that it states, its text, and where on the form it stands."""

    fields: Sequence[Field]
    text: str
    place: str = ""


def read_answers(file: str, form: str, number: int, answers: Iterable[Answer]) -> ParsedRow:
    """The row that the *answers* of one person make; what does not fit its field is an error of the row."""
    row = ParsedRow(file=file, sheet=form, number=number, values={}, raws={}, columns={})
    for answer in answers:
        _take(row, answer)
    return row


def _take(row: ParsedRow, answer: Answer) -> None:
    first = answer.fields[0]
    if first.kind == "date" and _DAY_WITHOUT_YEAR.fullmatch(answer.text.strip()):
        row.raws[first.name] = answer.text
        row.doubt(first.name, f"「{answer.text.strip()}」没有年份，没有读入")
        return
    how = ColumnReading.SPLIT if len(answer.fields) > 1 else ColumnReading.ONE
    found = read_cell(answer.fields, how, answer.text)
    where = f"（{answer.place}）" if answer.place else ""
    if found.error:
        row.refuse(first.name, found.error + where)
    if found.warning:
        row.doubt(first.name, found.warning + where)
    if first.name not in row.raws:
        row.values |= found.pairs
        row.raws |= {name: found.raw for name, _ in found.pairs} | (
            {first.name: found.raw} if found.raw else {}
        )


def drop_known_days(row: ParsedRow, case: Case) -> None:
    """Forget the doubts of *row* about days without a year that *case* knows: our own form prints them so."""
    row.warnings = [warning for warning in row.warnings if not _is_known_day(row, warning.field, case)]


def _is_known_day(row: ParsedRow, name: str, case: Case) -> bool:
    known, stated = case.text(name), _DAY_WITHOUT_YEAR.fullmatch(row.raws.get(name, "").strip())
    if name in row.values or stated is None or not known:
        return False
    return known.endswith(f"-{int(stated[1]):02}-{int(stated[2]):02}")


def judged_intake(
    file: str, rows: Sequence[ParsedRow], notes: Sequence[str], subject: str, year: int
) -> Intake:
    """What one form says, its rows judged against themselves and each other."""
    judge_rows(rows, subject, year)
    return Intake(file=file, tables=(), rows=rows, lines=(), notes=notes, proposals=())


def refused_intake(file: str, reason: str) -> Intake:
    """A form that cannot be read: one row with the reason, so that the others may still go in."""
    row = ParsedRow(file=file, sheet="", number=1, values={}, raws={}, columns={})
    row.refuse("", reason)
    return Intake(file=file, tables=(), rows=[row], lines=(), notes=(), proposals=())
