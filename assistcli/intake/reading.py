"""The way in: one file to parsed rows, errors, proposals and the account of every row. Touches no store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistcli.errors import DataRejectedError
from assistcli.fields import Field
from assistcli.intake.headers import KINDS, HeaderBook, HeaderProposal
from assistcli.intake.judgement import judge_rows
from assistcli.intake.lines import Line
from assistcli.intake.rows import ParsedRow, RowError, read_table
from assistcli.intake.sheet import Sheet
from assistcli.intake.table import Table, find_table
from assistcli.intake.vocabulary import EXPLANATION, fold_header, words
from assistcli.intake.wording import wording_of
from assistcli.intake.workbook import read_sheets
from assistcli.model import HOUSEHOLD
from assistcli.provenance import Layout
from assistcli.values import fold_text

STRANGERS = 3
"""So many headers of another kind of case are no chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one file says: rows, the account of all other rows, and headers that a person must decide on."""

    file: str
    tables: Sequence[Table]
    rows: Sequence[ParsedRow]
    lines: Sequence[Line]
    notes: Sequence[str]
    proposals: Sequence[HeaderProposal]
    remembered: Layout | None = None

    @property
    def errors(self) -> list[RowError]:
        """Every error, in the order of the file."""
        return [error for row in self.rows for error in row.errors]

    @property
    def headers(self) -> list[str]:
        """The headers of all tables of the file, folded and sorted, without what we ourselves have added."""
        return headers_of(self.tables)

    @property
    def layout(self) -> str:
        """A short name for the headers of the file, under which a mapping may be remembered."""
        return layout_of(self.tables)

    @property
    def warnings(self) -> list[RowError]:
        """Every warning, in the order of the file."""
        return [warning for row in self.rows for warning in row.warnings]

    @property
    def strangers(self) -> Sequence[HeaderProposal]:
        """The headers of another kind of case, where they are so many that it is another kind of list."""
        found = [entry for entry in self.proposals if entry.kind_of]
        return found if len(found) >= STRANGERS and 2 * len(found) > len(self.proposals) else ()

    def require_headers(self) -> None:
        """Refuse the file while some header is undecided, with the ``--map`` line for each.

        Raises:
            DataRejectedError: some header is no field and is not ignored.
        """
        if not self.proposals:
            return
        wording = wording_of(self.file)
        if strangers := self.strangers:
            raise DataRejectedError(
                f"文件「{self.file}」像是{KINDS[strangers[0].kind_of]}的名单（「{strangers[0].header}」等"
                f" {len(strangers)} 个{wording.header}是那一类的），这里办的不是；没有写入任何数据\n"
                "请换用相应的数据文件夹（assist --store 文件夹 import …）"
                "或文件（assist --pack 编号 import …）；\n"
                f"确要导入，请逐个写 --map {wording.header}=字段，不要的写 --map {wording.header}=-"
            )
        unknown = "、".join(f"「{entry.header}」" for entry in self.proposals)
        options = " ".join(entry.option for entry in self.proposals)
        raise DataRejectedError(
            f"文件「{self.file}」有认不出的{wording.header}：{unknown}；没有写入任何数据\n"
            f"请核对后加上：{options}\n"
            f"（是别的字段写 --map {wording.header}=字段，名称见 assist help 字段；"
            f"不要这一{wording.column}写 --map {wording.header}=-）"
        )


def headers_of(tables: Sequence[Table]) -> list[str]:
    """The headers of *tables*, folded and sorted, without the column of an annotated workbook."""
    named = [column.header for table in tables for column in (*table.columns, *table.ignored)]
    unknown = [entry.header for table in tables for entry in table.unknown]
    return sorted(folded for folded in map(fold_header, [*named, *unknown]) if folded != EXPLANATION)


def layout_of(tables: Sequence[Table]) -> str:
    """A short name for the headers of *tables*."""
    return sha256("\n".join(headers_of(tables)).encode()).hexdigest()[:12]


def read_rows(
    path: Path,
    *,
    subject: str,
    mapping: Mapping[str, str],
    year: int,
    extra_fields: Iterable[Field] = (),
    layouts: Sequence[Layout] = (),
) -> Intake:
    """What the file at *path* says about cases of *subject* (student or household) in a notice of *year*.

    *layouts* are remembered: a file with the headers of one of them is read by its mapping, where *mapping*
    does not say otherwise.

    Raises:
        DataRejectedError: the file cannot be read or holds no table of people.
        UsageError: *mapping* names a field that does not exist.
    """
    extra = list(extra_fields)
    book = HeaderBook.build(subject, mapping, extra)
    learnt = {fold_header(header) for layout in layouts for header in layout.mapping}
    sheets = read_sheets(path, book.known | learnt)
    remembered, book = _recall(sheets, book, layouts, mapping, extra)
    tables, notes = _find_tables(sheets, book, path.name)
    readings = [read_table(table, path.name) for table in tables]
    rows = [row for reading in readings for row in reading.rows]
    judge_rows(rows, subject, year)
    proposals = [book.propose(entry.header, table.sheet.name) for table in tables for entry in table.unknown]
    return Intake(
        file=path.name,
        tables=tables,
        rows=rows,
        lines=[line for reading in readings for line in reading.lines],
        notes=[*notes, *(note for reading in readings for note in reading.notes)],
        proposals=list({fold_header(entry.header): entry for entry in proposals}.values()),
        remembered=remembered,
    )


def _recall(
    sheets: Sequence[Sheet],
    book: HeaderBook,
    layouts: Sequence[Layout],
    mapping: Mapping[str, str],
    extra: Sequence[Field],
) -> tuple[Layout | None, HeaderBook]:
    """The remembered layout whose headers these are, if any, and the headers known with it."""
    for layout in layouts:
        named = {fold_header(header): name for header, name in layout.mapping.items()}
        named |= {fold_header(header): name for header, name in mapping.items()}
        learnt = HeaderBook.build(book.subject, named, extra)
        tables = list(_keyed_tables(sheets, learnt).values())
        if tables and headers_of(tables) == list(layout.headers):
            return layout, learnt
    return None, book


def _find_tables(sheets: Sequence[Sheet], book: HeaderBook, name: str) -> tuple[list[Table], list[str]]:
    """The tables of people, and a note for every sheet that is none."""
    keyed = _keyed_tables(sheets, book)
    if not keyed:
        raise DataRejectedError(_no_table(_named_tables(sheets, book), book, name))
    notes = [_skip_note(sheet) for sheet in sheets if sheet.name not in keyed]
    tables = list(keyed.values())
    for table in tables:
        _refuse_doubled_columns(table, name)
    return tables, notes


def _named_tables(sheets: Sequence[Sheet], book: HeaderBook) -> dict[str, Table]:
    """What looks like a table on the sheets that may hold one."""
    open_sheets = [sheet for sheet in sheets if not sheet.hidden]
    named = [sheet for sheet in open_sheets if fold_text(sheet.name) not in words().skip_sheets]
    return {sheet.name: table for sheet in named or open_sheets if (table := find_table(sheet, book))}


def _keyed_tables(sheets: Sequence[Sheet], book: HeaderBook) -> dict[str, Table]:
    """The tables that say whose rows they hold, by their sheets."""
    found = _named_tables(sheets, book)
    return {sheet: table for sheet, table in found.items() if _has_key(table, book.subject)}


def _has_key(table: Table, subject: str) -> bool:
    fields = table.fields
    if subject == HOUSEHOLD:
        return "身份证号" in fields or {"职工身份证号", "姓名"} <= fields
    return bool(fields & {"学号", "身份证号"})


def _no_table(found: Mapping[str, Table], book: HeaderBook, name: str) -> str:
    wording = wording_of(name)
    keys = "身份证号（子女）或 职工身份证号" if book.subject == HOUSEHOLD else "学号 或 身份证号"
    if found:
        return (
            f"文件「{name}」的{wording.header}里没有 {keys}，认不出每{wording.row}是谁；"
            f"请补上这一{wording.column}，或用 --map {wording.header}=字段 指明"
        )
    return f"文件「{name}」前 12 行里没有认出表头；表头应有 {keys}、姓名 等列，或用 --map 表头=字段 指明"


def _skip_note(sheet: Sheet) -> str:
    reason = "是隐藏的" if sheet.hidden else "没有名单" if sheet.rows else "是空的"
    return f"工作表「{sheet.name}」{reason}，没有读（{len(sheet.rows)} 行）"


def _refuse_doubled_columns(table: Table, name: str) -> None:
    """Refuse two columns for one fact: which of them counts is for a person to say."""
    seen: dict[tuple[str, int], str] = {}
    one = wording_of(name).column
    for column in table.columns:
        for entry in column.match.fields:
            key = (entry.name, column.match.order)
            if key in seen:
                raise DataRejectedError(
                    f"文件「{name}」的「{seen[key]}」和「{column.header}」两{one}都是 {entry.name}\n"
                    f"请删去一{one}，或用 --map {column.header}=- 忽略一{one}"
                )
            seen[key] = column.header
