"""``assist import``: spreadsheets and filled-in forms into the store, all or nothing."""

from typing import Annotated

import typer

from assistcli.admission.arrivals import named_files, read_mapping
from assistcli.admission.enrolment import Terms
from assistcli.admission.importing import FileImport
from assistcli.book.casebook import open_casebook
from assistcli.commands.options import By, Command, Json, Reveal, day_or_today, new_app, person
from assistcli.errors import UsageError
from assistcli.output import answer, interactive, note
from assistcli.provenance import Precedence, Voice

HELP = """从表格导入：xlsx、xls、ods、csv、json、jsonl，以及填好的 Word 表（docx，每人一个文件）。

表头用文件里的说法即可（学生姓名、证件号码、贫困等级 都认得）；认不出的表头会停下来问，
说明一次就记住（assist layout list），同样表头的文件下次照用。
已有学号（或身份证号）的更新，没有的新增；空白格不会抹掉已有的内容。
有一行出错就一行也不写，并另存一份「名单.有错.xlsx」标红；改好后再导入。

例：assist import 名单.xlsx --dry-run      （只看会怎样，不写入）
    assist import 名单.xlsx
    assist import 名单.xlsx --dry-run --show-sensitive
                                           （更改前后的低保、民族等也照原样列出，会留下记录）
    assist import 名单.xlsx --partial      （写入没有错的行）
    assist import 回收/*.docx              （学生填好发回的审批表）
    assist import 名单.xlsx --map 困难档次=贫困生等级 --map 备注=-
    assist import 名单.xlsx --source 民政局 --as-of 2013-05-01
                                           （写明是谁的数据；说法不同的都留着，见 assist source）
"""
REJECTED_CODE = 3

app = new_app()


@app.command("import", cls=Command, help=HELP)
def import_files(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="文件...", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只报告会怎样，不写入")] = False,
    partial: Annotated[bool, typer.Option("--partial", help="有错的行不写，其余写入")] = False,
    maps: Annotated[list[str] | None, typer.Option("--map", help="表头=字段；表头=- 不要这一列")] = None,
    source: Annotated[str, typer.Option("--source", help="来源单位，如 学校教务处")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="来源数据的日期；与 --source 同用")] = "",
    by: By = "",
    reveal: Reveal = False,
    as_json: Json = False,
) -> None:
    """Read the files, match every row, and write all rows, the good ones, or none."""
    from assistcli.bulk import holding_much

    if as_of and not source.strip():
        raise UsageError("--as-of 是来源数据的日期，要同时用 --source 写明来源")
    with holding_much():
        book = open_casebook(ctx.obj)
        pack = book.the_pack()
        stated = day_or_today(as_of, ctx.obj) if as_of else None
        voice = Voice(party=source.strip(), stated=stated, rules=tuple(book.all_events(Precedence)))
        terms = Terms(pack=pack, year=book.office().year, day=ctx.obj.today, by=person(by), voice=voice)
        file_import = FileImport(book=book, terms=terms, dry_run=dry_run, partial=partial, reveal=reveal)
        paths = named_files(files)
        file_import.read(paths, read_mapping(maps or ()), asking=interactive() and not as_json)
        file_import.write()
        report = file_import.report()
        if reveal:
            book.note_looks("import", file_import.changed_cases())
    answer(as_json, report.to_json(), *report.show_lines(), *file_import.closing(report))
    if as_json:
        for line in file_import.undecided_lines():
            note(line)
    if report.rejected:
        raise typer.Exit(REJECTED_CODE)
