"""Rows of a table to typed facts, each with its errors, and the account of every row that is no person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistcli.intake.columns import read_columns
from assistcli.intake.groups import Grouping, fill_groups
from assistcli.intake.lines import Line, LineKind, LineReader, line_text, stated_count
from assistcli.intake.sheet import Row, plain_text
from assistcli.intake.table import Table, spread_merged
from assistcli.intake.vocabulary import EXPLANATION, fold_header, words
from assistcli.intake.wording import Wording, wording_of
from assistcli.shellword import shell_word
from assistcli.values import Value, clean_text, usual_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """What is wrong in one row (行错误), or doubtful where it is a warning; ``column`` counts from 1."""

    file: str
    sheet: str
    row: int
    field: str
    message: str
    column: int | None = None


@dataclass(slots=True, kw_only=True)
class ParsedRow:
    """One person's row: its number in the file, values by field, raw texts that say more, remarks.

    ``raws`` holds what was refused, and what reads otherwise than the value usually does.
    Mutable while a file is read: what a row says is judged against other rows after all are parsed.
    """

    file: str
    sheet: str
    number: int
    values: dict[str, Value]
    raws: dict[str, str]
    columns: dict[str, int]
    case: str = ""  # id of the case that a form was printed for, where it tells
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)

    def raw(self, name: str) -> str:
        """The text that states or tries to state field *name*; blank where none does."""
        if name in self.raws:
            return self.raws[name]
        return usual_text(self.values[name]) if name in self.values else ""

    def refuse(self, field_name: str, message: str) -> None:
        """Note an error of this row."""
        self.errors.append(self._remark(field_name, message))

    def doubt(self, field_name: str, message: str) -> None:
        """Note a warning of this row: it goes in, and a person should look."""
        self.warnings.append(self._remark(field_name, message))

    def _remark(self, field_name: str, message: str) -> RowError:
        return RowError(
            file=self.file,
            sheet=self.sheet,
            row=self.number,
            field=field_name,
            message=message,
            column=self.columns.get(field_name),
        )


@dataclass(slots=True, kw_only=True)
class TableReading:
    """Everything one table says: its people, and the account of every other row."""

    rows: list[ParsedRow] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_table(table: Table, file: str) -> TableReading:
    """Every person of *table* with typed facts, and the account of all other rows."""
    rows = list(table.sheet.rows)
    result = TableReading(lines=_lines_above(table))
    merged = spread_merged(table, rows)
    if merged:
        result.notes.append(f"合并单元格：按合并范围补了 {merged} 格")
    people = _sort_lines(table, rows, result)
    result.notes += [_describe_grouping(grouping) for grouping in fill_groups(table, rows, people)]
    result.rows = _read_people(table, file, people, rows)
    _note_flaws(table, result.rows)
    _refuse_serials(table, result.rows)
    _note_overflow(table, result)
    _note_unread(table, result, wording_of(file))
    return result


def _read_people(table: Table, file: str, people: Sequence[int], rows: Sequence[Row]) -> list[ParsedRow]:
    """The people of the rows: one each, or one for each numbered group of columns that is filled in."""
    orders = sorted({column.match.order for column in table.columns} - {0})
    found = [row for order in orders or [0] for row in _read_group(table, file, people, rows, order)]
    if orders:
        found.sort(key=lambda row: row.number)
    return found


def _read_group(
    table: Table, file: str, people: Sequence[int], rows: Sequence[Row], order: int
) -> list[ParsedRow]:
    columns = [column for column in table.columns if column.match.order in {0, order}]
    facts = read_columns(columns, [rows[place] for place in people])
    places = {entry.name: column.index + 1 for column in columns for entry in column.match.fields}
    found = [
        ParsedRow(
            file=file, sheet=table.sheet.name, number=place + 1, values=values, raws=raws, columns=places
        )
        for place, (values, raws) in zip(people, facts.facts_of(), strict=True)
    ]
    for place, name, reading in facts.remarks:
        if reading.error:
            found[place].refuse(name, reading.error)
        if reading.warning:
            found[place].doubt(name, reading.warning)
    own = {entry.name for column in columns if column.match.order for entry in column.match.fields}
    return [row for row in found if order <= 1 or own & (row.values.keys() | row.raws.keys())]


def _lines_above(table: Table) -> list[Line]:
    lines = []
    for place in range(table.bottom + 1):
        kind = LineKind.HEADER if place >= table.top else LineKind.TITLE
        text = line_text(table.sheet.rows[place])
        lines.append(
            Line(sheet=table.sheet.name, row=place + 1, kind=kind if text else LineKind.BLANK, text=text)
        )
    return lines


def _sort_lines(table: Table, rows: Sequence[Row], result: TableReading) -> list[int]:
    """The places of the people; every other row goes to the account, sums are checked on the way."""
    reader = LineReader.build(table)
    people: list[int] = []
    since = 0
    for place in range(table.bottom + 1, len(rows)):
        kind = reader.kind(rows[place])
        if kind is LineKind.PERSON:
            people.append(place)
            continue
        text = line_text(rows[place])
        result.lines.append(Line(sheet=table.sheet.name, row=place + 1, kind=kind, text=text))
        if kind is LineKind.TOTAL:
            _check_total(rows[place], place + 1, (len(people) - since, len(people)), result)
            since = len(people)
    return people


def _check_total(row: Row, number: int, counts: tuple[int, int], result: TableReading) -> None:
    stated = stated_count(row)
    if stated is not None and stated not in counts:
        result.notes.append(
            f"第 {number} 行写着 {stated} 人，上面实有 {counts[0]} 行（自表头起 {counts[1]} 行）；请核对"
        )


def _describe_grouping(grouping: Grouping) -> str:
    return (
        f"列「{grouping.column.header}」只写在每组第一行：认出 {grouping.groups} 组，"
        f"其余 {grouping.filled} 行按所在组补上"
    )


def _note_flaws(table: Table, rows: Sequence[ParsedRow]) -> None:
    """Errors for formulas without a value: the reader shows them blank, which would mean unknown."""
    if not table.sheet.flaws:
        return
    names = {column.index: column.match.fields[0].name for column in table.columns}
    by_number = {row.number: row for row in rows}
    for (place, column), reason in sorted(table.sheet.flaws.items()):
        row = by_number.get(place + 1)
        if row and column in names and names[column] not in row.values:
            row.refuse(names[column], f"{reason}；请填上数值或文字")


def _refuse_serials(table: Table, rows: Sequence[ParsedRow]) -> None:
    """Errors for bare numbers as days in a workbook that counts from 1904: pasted ones count from 1900."""
    days = [column for column in table.columns if column.match.fields[0].kind in {"date", "month"}]
    for row in rows if table.sheet.from_1904 else ():
        cells = table.sheet.rows[row.number - 1]
        for column in days:
            if column.index < len(cells) and isinstance(cells[column.index], (int, float)):
                row.refuse(
                    column.match.fields[0].name,
                    f"这个工作簿从 1904 年起算日期，数字 {plain_text(cells[column.index])} 是哪天说不准；"
                    "请写成 2013-05-06",
                )


def _note_overflow(table: Table, result: TableReading) -> None:
    """Errors or notes for cells without a header: in a csv, a comma inside a cell has shifted the row."""
    headed = {column.index for column in (*table.columns, *table.ignored)}
    open_columns = set(range(max(map(len, table.sheet.rows)))) - headed
    loose: Counter[int] = Counter()
    for row in result.rows:
        cells = table.sheet.rows[row.number - 1]
        if table.sheet.ragged and any(cells[table.width :]):
            row.refuse("", f"这一行有 {len(cells)} 格，表头只有 {table.width} 格；多半是某格里的逗号没加引号")
            continue
        loose.update(index for index in open_columns if index < len(cells) and cells[index] != "")
    for index, count in sorted(loose.items()):
        result.notes.append(f"第 {index + 1} 列没有表头，{count} 格内容没有读")


def _note_unread(table: Table, result: TableReading, wording: Wording) -> None:
    """Notes for columns of remarks and of the office: no facts of a person, and lost unless one looks."""
    for column in table.ignored:
        rows = (table.sheet.rows[row.number - 1] for row in result.rows)
        cells = [plain_text(row[column.index]) for row in rows if column.index < len(row)]
        texts = [text for cell in cells if (text := clean_text(cell))]
        name = fold_header(column.header)
        if column.match.office and texts:
            result.notes.append(_office_words(column.header, column.match.office, texts, wording))
        elif name != EXPLANATION and name in words().ignored_headers:
            count = sum(not text.isdecimal() for text in texts)
            if count:
                result.notes.append(
                    f"{wording.column}「{column.header}」不导入：{count} {wording.cell}文字没有读；"
                    f"要留下请用 --map {shell_word(f'{column.header}=字段')}"
                )


def _office_words(header: str, name: str, texts: Sequence[str], wording: Wording) -> str:
    """That a column states a figure of the office, which an import leaves alone, and how it is entered."""
    said = list(dict.fromkeys(texts))
    told = f"{wording.column}「{header}」属于单位信息，没有写入（{len(texts)} {wording.cell}）"
    if len(said) == 1:
        return f"{told}；要用请：assist unit set {shell_word(f'{name}={said[0]}')}"
    return f"{told}，有 {len(said)} 种说法；核对后用：assist unit set {name}=…（某个学院的加 --college 学院）"
