"""Where in a sheet the table stands: its header row or rows, its columns, the rows it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistcli.intake.headers import ColumnReading, HeaderBook, HeaderProposal, Match
from assistcli.intake.sheet import Cell, Row, Sheet, plain_text
from assistcli.intake.vocabulary import fold_header, strip_instructions, words
from assistcli.values import clean_text

HEADER_ROWS = 12
MOST_HEADER_ROWS = 3
FEWEST_MATCHES = 2
LARGEST_LABELS = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table (列): its place from 0, its header as written, and what it means."""

    index: int
    header: str
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found in a sheet: the header stands in rows ``top`` to ``bottom``, counted from 0."""

    sheet: Sheet
    top: int
    bottom: int
    columns: tuple[Column, ...]
    ignored: tuple[Column, ...]
    unknown: tuple[HeaderProposal, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Names of all fields that some column states."""
        return frozenset(entry.name for column in self.columns for entry in column.match.fields)

    @property
    def width(self) -> int:
        """Number of columns up to the last one with a header."""
        last = max((column.index for column in (*self.columns, *self.ignored)), default=-1)
        return last + 1


Labels = list[tuple[tuple[str, ...], str]]


def find_table(sheet: Sheet, book: HeaderBook) -> Table | None:
    """The table of *sheet* whose header *book* knows best.

    ``None`` if fewer than two columns are known; one is enough where it is the only column. The keys of
    objects are the header whatever they are.
    """
    if sheet.keyed:
        return _read_header(sheet, book, 0, 0, [((), str(key)) for key in sheet.rows[0]])
    texts = [[clean_text(plain_text(cell)) for cell in row] for row in sheet.rows[:HEADER_ROWS]]
    best: Table | None = None
    best_score = (0, LARGEST_LABELS)
    for top, bottom, labels in _header_candidates(texts, book):
        table = _read_header(sheet, book, top, bottom, labels)
        below = sum(bool(label and book.match(label)) for label in texts[bottom]) if bottom > top else 0
        if (len(table.fields), below) > best_score:
            best, best_score = table, (len(table.fields), below)
    return best if best and (len(best.fields) >= FEWEST_MATCHES or not best.unknown) else None


def _header_candidates(texts: Sequence[Sequence[str]], book: HeaderBook) -> Iterator[tuple[int, int, Labels]]:
    """Every row that might be the header, first alone, then each with the one or two rows below it.

    One cell is no second header row.
    """
    for place, row in enumerate(texts):
        yield place, place, [((), label) for label in row]
    for height in range(2, MOST_HEADER_ROWS + 1):
        for place in range(len(texts) - height + 1):
            rows = texts[place : place + height]
            if sum(map(bool, rows[-1])) > 1 and _heads_columns(rows[0], rows[1], book):
                yield place, place + height - 1, _stack_labels(rows)


def _heads_columns(upper: Sequence[str], lower: Sequence[str], book: HeaderBook) -> bool:
    """Whether *upper* is a header row over *lower* and no title: it ends a column, or says 职工情况."""
    for place, label in enumerate(upper):
        ends_here = place >= len(lower) or not lower[place]
        if label and ((ends_here and book.match(label)) or label.endswith(words().heading_tails)):
            return True
    return False


def _stack_labels(rows: Sequence[Sequence[str]]) -> Labels:
    """(headings, label) of each column; a heading reaches right over the columns that have a label below."""
    found: Labels = []
    headings = [""] * len(rows)
    for place in range(max(map(len, rows))):
        texts = [row[place] if place < len(row) else "" for row in rows]
        lowest = max((level for level, text in enumerate(texts) if text), default=0)
        for level, text in enumerate(texts):
            if text:
                headings[level:] = [text, *[""] * (len(rows) - level - 1)]
            elif level >= lowest:
                headings[level] = ""
        found.append((tuple(filter(None, headings[:lowest])), texts[lowest]))
    return found


def _read_header(sheet: Sheet, book: HeaderBook, top: int, bottom: int, labels: Labels) -> Table:
    columns: list[Column] = []
    ignored: list[Column] = []
    unknown: list[HeaderProposal] = []
    for index, (headings, label) in enumerate(labels):
        shown = "/".join((*headings, label))
        if not shown:
            continue
        match = _match_label(book, headings, label)
        if match is None:
            unknown.append(HeaderProposal(header=shown, field=None, sheet=sheet.name))
            continue
        (columns if match.fields else ignored).append(Column(index=index, header=shown, match=match))
    return Table(
        sheet=sheet,
        top=top,
        bottom=bottom,
        columns=tuple(columns),
        ignored=tuple(ignored),
        unknown=tuple(unknown),
    )


def _match_label(book: HeaderBook, headings: Sequence[str], label: str) -> Match | None:
    """What *label* under *headings* means: 职工情况 over 姓名 is 职工姓名, never the 姓名 of the case."""
    cores = [_heading_core(heading) for heading in headings]
    joined = (
        match
        for heading, core in [*zip(headings, cores, strict=True), ("/".join(headings), "".join(cores))][::-1]
        for candidate in (f"{heading}/{label}", core + label, heading + label)
        if (match := book.match(candidate))
        and match.reading is not ColumnReading.SPLIT  # 院系 over 专业 is 专业
    )
    found = next(joined, None) if headings else None
    if found or any(person in core for person in words().other_people for core in cores):
        return found
    return book.match(label)


def _heading_core(heading: str) -> str:
    core = strip_instructions(fold_header(heading))
    tail = next((tail for tail in words().heading_tails if core.endswith(tail)), "")
    return core.removesuffix(tail) or core


def spread_merged(table: Table, rows: list[Row]) -> int:
    """Number of cells filled: a merged cell's value goes into every row it covers, first column only."""
    filled = 0
    for top, left, bottom, _right in table.sheet.merged:
        start = max(top, table.bottom + 1)
        if bottom <= start or top <= table.bottom or left >= table.width:
            continue
        value = _cell_at(rows, top, left)
        if value == "":
            continue
        for place in range(start + 1, min(bottom, len(rows) - 1) + 1):
            filled += _fill(rows, place, left, value)
    return filled


def _cell_at(rows: Sequence[Row], place: int, column: int) -> Cell:
    return rows[place][column] if place < len(rows) and column < len(rows[place]) else ""


def _fill(rows: list[Row], place: int, column: int, value: Cell) -> int:
    """1 where the blank cell was filled; the row is replaced, what the file said stays in the sheet."""
    row = list(rows[place])
    if column >= len(row) or row[column] != "":
        return 0
    row[column] = value
    rows[place] = row
    return 1
