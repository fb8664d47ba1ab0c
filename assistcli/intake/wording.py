"""What the parts of a file are called: a table has a header, columns and rows, a list of objects has none."""

from collections.abc import Sequence
from dataclasses import dataclass

OBJECT_SUFFIXES = (".json", ".jsonl")
MOST_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words for a file (说法); *above* is the number of rows that do not count as any."""

    header: str
    column: str
    row: str
    cell: str
    above: int = 0


TABLE = Wording(header="表头", column="列", row="行", cell="格")
OBJECTS = Wording(header="字段名", column="项", row="条", cell="条", above=1)


def wording_of(file: str) -> Wording:
    """How to speak of the parts of *file*."""
    return OBJECTS if file.lower().endswith(OBJECT_SUFFIXES) else TABLE


def row_words(file: str, *numbers: int) -> str:
    """``第 3、4 行`` of *file*; an object is 第 1 条 though its row stands below that of the keys."""
    wording = wording_of(file)
    return f"第 {'、'.join(str(number - wording.above) for number in numbers)} {wording.row}"


def listed_rows(file: str, numbers: Sequence[int]) -> str:
    """The first few of *numbers*, and how many there are."""
    if len(numbers) <= MOST_ROWS:
        return row_words(file, *numbers)
    wording = wording_of(file)
    first = "、".join(str(number - wording.above) for number in numbers[:MOST_ROWS])
    return f"第 {first}… {wording.row}（共 {len(numbers)} {wording.row}）"
