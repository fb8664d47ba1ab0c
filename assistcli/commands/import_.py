"""``assist import``: spreadsheets and filled-in forms into the store, all or nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistcli.casebook import open_casebook
from assistcli.commands.options import By, Command, Json, new_app, person
from assistcli.errors import DataRejectedError, UsageError
from assistcli.fields import catalogue, fields_of
from assistcli.output import answer
from assistcli.policy.rules import Pack

if TYPE_CHECKING:
    from assistcli.intake.matching import Outcome
    from assistcli.intake.reading import Intake

HELP = """从表格导入：xlsx、xls、csv（UTF-8、GBK）、json，以及填好的 Word 表（docx，每人一个文件）。

表头用文件里的说法即可（学生姓名、证件号码、贫困等级 都认得）；认不出的表头会停下来问。
已有学号（或身份证号）的更新，没有的新增；空白格不会抹掉已有的内容。
有一行出错就一行也不写，并另存一份「名单.有错.xlsx」标红；改好后再导入。

例：assist import 名单.xlsx --dry-run      （只看会怎样，不写入）
    assist import 名单.xlsx
    assist import 名单.xlsx --partial      （写入没有错的行）
    assist import 回收/*.docx              （学生填好发回的审批表）
    assist import 名单.xlsx --map 困难档次=贫困生等级 --map 备注=-
"""
REJECTED_CODE = 3
NAMES_KEPT = 5

app = new_app()


@app.command("import", cls=Command, help=HELP)
def import_files(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="文件...", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只报告会怎样，不写入")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="有错的行不写，其余写入")] = False,
    maps: Annotated[list[str] | None, typer.Option("--map", help="表头=字段；表头=- 不要这一列")] = None,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Read the files, match every row, and write all rows, the good ones, or none."""
    from assistcli.desk.admission import Entry, enter_rows
    from assistcli.intake.report import build_report

    book = open_casebook(ctx.obj)
    pack, year = book.the_pack(), book.office().year
    paths = named_files(files)
    intakes = read_files(paths, pack, year, read_mapping(maps or ()), book.folder)
    entry = Entry(pack=pack, year=year, day=ctx.obj.today, by=person(by))
    try:
        with book.writing(f"import {listed_names(paths)}", person(by)) as page:
            outcomes = enter_rows(intakes, page, entry)
            _demand_writing(outcomes, dry_run=dry_run, partial=partial)
            written = True
    except NothingWrittenError as left:
        outcomes, written = list(left.outcomes), False
    marked = None if dry_run else mark_errors(paths, intakes)
    fields = fields_of(pack.subject)
    report = build_report(intakes, outcomes, fields, written=written, report=marked)
    closing = _closing(written, dry_run, report.rejected, marked)
    answer(as_json, report.to_json(), *report.show_lines(), *closing)
    if report.rejected:
        raise typer.Exit(REJECTED_CODE)


def named_files(files: Sequence[str]) -> list[Path]:
    """The files named; Windows leaves 回收/*.docx for the program to look up."""
    paths: list[Path] = []
    for name in files:
        path = Path(name)
        open_name = set(path.name) & set("*?") and not path.exists()
        paths += (sorted(path.parent.glob(path.name)) if open_name else []) or [path]
    return paths


def listed_names(paths: Sequence[Path]) -> str:
    """The names of the first few of *paths*, and how many there are, for the history."""
    more = f" 等 {len(paths)} 个文件" if len(paths) > NAMES_KEPT else ""
    return " ".join(path.name for path in paths[:NAMES_KEPT]) + more


class NothingWrittenError(Exception):
    """Leaves the page without keeping anything: a dry run, rows with errors, or nothing new."""

    def __init__(self, outcomes: "Sequence[Outcome]") -> None:
        super().__init__()
        self.outcomes = outcomes


def _demand_writing(outcomes: "Sequence[Outcome]", *, dry_run: bool, partial: bool) -> None:
    from assistcli.intake.matching import Added, Changed

    rejected = any(outcome.row.errors for outcome in outcomes)
    news = any(isinstance(outcome, Added | Changed) for outcome in outcomes)
    if dry_run or not news or (rejected and not partial):
        raise NothingWrittenError(outcomes)


def read_files(
    paths: Sequence[Path], pack: Pack, year: int, mapping: Mapping[str, str], folder: Path | None = None
) -> "list[Intake]":
    """What the files say; a Word form is read by the templates of the store in *folder* as well.

    Raises:
        DataRejectedError: a file is not there, cannot be read, or has a header that nobody knows.
    """
    from assistcli.intake.reading import read_rows
    from assistcli.paper.formreading import FormReader, is_form
    from assistcli.progress import watch

    reader: FormReader | None = None
    own = [field for name, field in pack.fields.items() if name not in catalogue()]
    intakes = []
    for path in watch(paths, "读表"):
        if not path.is_file():
            raise DataRejectedError(f"没有文件「{path}」；请检查路径和文件名")
        if is_form(path):
            reader = reader or FormReader(pack, year, folder, mapping, own)
            intakes.append(reader.read(path))
            continue
        intake = read_rows(path, subject=pack.subject, mapping=mapping, year=year, extra_fields=own)
        intake.require_headers()
        intakes.append(intake)
    return intakes


def read_mapping(maps: Sequence[str]) -> dict[str, str]:
    """Header → field of every ``--map 表头=字段``.

    Raises:
        UsageError: one has no equals sign.
    """
    for text in maps:
        if "=" not in text:
            raise UsageError(f"--map「{text}」应写成 表头=字段")
    return {header.strip(): name.strip() for header, _, name in (text.rpartition("=") for text in maps)}


def mark_errors(paths: Sequence[Path], intakes: "Sequence[Intake]") -> Path | None:
    """The marked copy of the first file that has errors; every such file gets one."""
    from assistcli.intake.annotate import write_annotated

    marked = [
        write_annotated(path, intake, intake.errors)
        for path, intake in zip(paths, intakes, strict=True)
        if intake.errors and intake.tables  # a Word form is mended in Word
    ]
    return marked[0] if marked else None


def _closing(written: bool, dry_run: bool, rejected: int, marked: Path | None) -> list[str]:
    if dry_run:
        return ["试运行：没有写入。去掉 --dry-run 再运行即写入"]
    if written:
        lines = ["已写入；assist undo 可撤销整次导入"]
    else:
        lines = ["没有写入任何数据" if rejected else "没有变化，没有写入"]
    return [*lines, f"有错的行已标红：{marked}；改好后导入这份文件即可"] if marked else lines
