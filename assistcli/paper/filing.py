"""Signed forms that are back (归档): recording them, and which are still out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path

from assistcli.book.casebook import Casebook
from assistcli.book.caserecord import case_label
from assistcli.census.survey import Survey
from assistcli.errors import DataRejectedError, MissingFileError
from assistcli.model import Case, Filing
from assistcli.paper.formdesk import choose_cases
from assistcli.policy.rules import FormRule

HEAD = 64  # bytes that tell what a file is
SCAN = re.compile(
    rb"(?:\xef\xbb\xbf)?[\0\s]*%PDF-"
    rb"|\xff\xd8\xff|\x89PNG\r\n|II\*\0|MM\0\*|GIF8|BM.{4}\0{4}"
    rb"|RIFF.{4}WEBP|\0{3}\x0cjP|.{4}ftyp(?:heic|heix|mif1|avif)",
    re.DOTALL,
)
"""How a scan begins: PDF; JPEG, PNG, TIFF, GIF, BMP; WebP, JPEG 2000, photos of newer telephones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The scan of a signed form: its file name and SHA-256 in hex; both blank where there is none."""

    name: str = ""
    digest: str = ""


def read_scan(path: Path | None) -> Scan:
    """Name and SHA-256 of the scan at *path*; the file itself stays where it is.

    Raises:
        DataRejectedError: there is no such file, it is empty, or it is neither a picture nor a PDF.
    """
    if path is None:
        return Scan()
    if not path.is_file():
        raise MissingFileError(path)
    if not path.stat().st_size:
        raise DataRejectedError(f"扫描件「{path.name}」是空文件；请重新扫描")
    with path.open("rb") as stream:
        if not SCAN.match(stream.read(HEAD)):
            raise DataRejectedError(
                f"「{path.name}」的内容不是图片或 PDF，不像扫描件；没有登记\n"
                "请扫描或拍照成 PDF、JPG、PNG、TIFF 后再登记；不附扫描件可去掉 --scan"
            )
        stream.seek(0)
        return Scan(name=path.name, digest=file_digest(stream, "sha256").hexdigest())


def others_with(book: Casebook, scan: Scan, names: Sequence[str]) -> list[str]:
    """Names of the cases, but for those called *names*, under which the same scan was recorded."""
    cases = {filing.case for filing in book.all_events(Filing) if scan.digest and filing.scan == scan.digest}
    found = [book.case(case) for case in sorted(cases)]
    return [case_label(c) for c in found if not {c.id, c.student_no, c.name} & {*names}]


def demand_filing(rule: FormRule, day: date, today: date) -> None:
    """Let a filing of *rule* on *day* pass.

    Raises:
        DataRejectedError: the form is not about one case, or the day has not come yet.
    """
    if rule.per != "case":
        raise DataRejectedError(f"「{rule.title}」是汇总的表，不按个案归档")
    if day > today:
        raise DataRejectedError(f"--date {day} 还没有到（今天 {today}）；请写表格交回的日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormStanding:
    """One form of one case, and its filing; ``None``: it is not back."""

    case: Case
    rule: FormRule
    filing: Filing | None

    def row(self) -> tuple[object, ...]:
        """The standing as a line of a table."""
        head = (self.case.student_no, self.case.name, self.rule.short)
        filing = self.filing
        if filing is None:
            return (*head, "未交回", None, None, None, None)
        return (*head, "已交回", filing.day.isoformat(), filing.by, filing.scan_name, filing.scan)


STANDING_COLUMNS = ("学号", "姓名", "表格", "状态", "交回", "经办人", "扫描件", "SHA-256")


def forms_standing(over: Survey, rules: Sequence[FormRule]) -> list[FormStanding]:
    """Every form of *rules* that is back, the latest filing of each, or is awaited; form by form."""
    filings = {
        (case, filing.form): filing
        for case, found in over.book.events_by_case(Filing).items()
        for filing in sorted(found, key=lambda filing: filing.day)
        if filing.day <= over.book.context.today
    }
    standing = []
    for rule in rules:
        awaited = {case.id for case in choose_cases(rule, over).taken}
        standing += [
            FormStanding(case=case, rule=rule, filing=filings.get((case.id, rule.name)))
            for case in over.cases
            if case.id in awaited or (case.id, rule.name) in filings
        ]
    return standing


def forms_out(over: Survey, rules: Sequence[FormRule]) -> list[tuple[Case, FormRule]]:
    """Every case whose form of *rules* would be printed and is not back, form by form."""
    return [(one.case, one.rule) for one in forms_standing(over, rules) if one.filing is None]
