"""Signed forms that are back (归档): recording them, and which are still out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

from assistcli.casebook import Casebook
from assistcli.desk.survey import Survey
from assistcli.errors import DataRejectedError, MissingFileError
from assistcli.model import Case, Filing
from assistcli.paper.formdesk import choose_cases
from assistcli.policy.rules import FormRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The scan of a signed form: its file name and SHA-256 in hex; both blank where there is none."""

    name: str = ""
    digest: str = ""


def read_scan(path: Path | None) -> Scan:
    """Name and SHA-256 of the scan at *path*; the file itself stays where it is.

    Raises:
        DataRejectedError: there is no such file, or it is empty.
    """
    if path is None:
        return Scan()
    if not path.is_file():
        raise MissingFileError(path)
    if not path.stat().st_size:
        raise DataRejectedError(f"扫描件「{path.name}」是空文件；请重新扫描")
    with path.open("rb") as stream:
        return Scan(name=path.name, digest=file_digest(stream, "sha256").hexdigest())


def others_with(book: Casebook, scan: Scan, names: Sequence[str]) -> list[str]:
    """Names of the cases, but for those called *names*, under which the same scan was recorded."""
    cases = {filing.case for filing in book.all_events(Filing) if scan.digest and filing.scan == scan.digest}
    found = [book.case(case) for case in sorted(cases)]
    return [
        f"{c.name} {c.student_no or ''}".strip() for c in found if not {c.id, c.student_no, c.name} & {*names}
    ]


def demand_filing(rule: FormRule, day: date, today: date) -> None:
    """Let a filing of *rule* on *day* pass.

    Raises:
        DataRejectedError: the form is not about one case, or the day has not come yet.
    """
    if rule.per != "case":
        raise DataRejectedError(f"「{rule.title}」是汇总的表，不按个案归档")
    if day > today:
        raise DataRejectedError(f"--date {day} 还没有到（今天 {today}）；请写表格交回的日期")


def forms_out(over: Survey, rules: Sequence[FormRule]) -> list[tuple[Case, FormRule]]:
    """Every case whose form of *rules* would be printed and is not back, form by form."""
    back = {
        (case, filing.form)
        for case, filings in over.book.events_by_case(Filing).items()
        for filing in filings
        if filing.day <= over.book.context.today
    }
    return [
        (case, rule)
        for rule in rules
        for case in choose_cases(rule, over).taken
        if (case.id, rule.name) not in back
    ]
