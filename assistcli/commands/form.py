"""``assist form``: Word files from the templates, to print and sign; their templates; their way back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer

from assistcli.book.casebook import open_casebook
from assistcli.census.survey import survey
from assistcli.census.tables import find_rule
from assistcli.commands.formfiling import FILED_HELP, file_forms
from assistcli.commands.formtemplate import (
    EDIT_HELP,
    FIELDS_HELP,
    LINT_HELP,
    check_template,
    edit_template,
    list_fields,
)
from assistcli.commands.options import Cases, Command, Group, Json, new_app
from assistcli.output import Table, answer, note
from assistcli.paper.formdesk import (
    OUT_FOLDER,
    Batch,
    demand_target,
    make_batch,
    print_pdfs,
    write_forms,
)
from assistcli.paper.order import Order, demand_heeded
from assistcli.paper.photos import Album, open_album
from assistcli.paper.remarks import doubtful_lines, left_out_lines, veiled_line
from assistcli.paper.stationery import form_rules, load_form, own_template_path
from assistcli.paper.tableforms import ELECTRONIC_MODE, PAPER_MODE
from assistcli.values import parse_date_or_none

HELP = """生成 Word 表格，供打印、签字、盖章；改模板；登记签字盖章后交回的表格。

assist form 表名 [个案...] 生成表格；表名见 assist form list，英文名、中文名都可以。
签字、盖章、日期处留空。申请表只略去明确不符合的人（会列出）；写明个案则一定打印。

例：assist form approval                      （每人一份审批表）
    assist form approval --one-file            （全部在一个文件里，一次打印）
    assist form 审批表 10800021 --out 张三.docx --pdf
    assist form detail --college 机械学院 --mode 纸质
    assist form case-file --photos 照片        （照片文件夹里是 学号.jpg）
    assist form 一人一档 10800021 --show-sensitive   （身份证号、残疾等也印出来）
    assist form statistics --as-of 2011-08-25
    assist form approval --blank               （空白表，发给人填；填好的用 assist import 读回）
    assist form edit approval                  （在 Word 里改模板）
    assist form filed 10800021 approval --date 2013-05-20 --scan 扫描件.pdf
改模板的说明：assist help 模板
"""
PRINT = "print"
PRINT_HELP = """生成表格（print 这个词可以省略）。

例：assist form approval
    assist form summary --pdf
"""
LIST_HELP = "列出全部表格和模板。例：assist form list"


class FormGroup(Group):
    """A group in which a word that is no subcommand names the form to print."""

    meant: ClassVar[str] = PRINT

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read *args*; ``form approval`` means ``form print approval``."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = [self.meant, *args]
        return super().parse_args(ctx, args)


app = new_app()
app.info.help, app.info.cls = HELP, FormGroup


@app.command(PRINT, cls=Command, help=PRINT_HELP)
def print_form(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="表名", show_default=False)],
    cases: Cases = None,
    out: Annotated[str, typer.Option("--out", help="存到哪个文件夹，或哪个 .docx 文件")] = "",
    one_file: Annotated[bool, typer.Option("--one-file", help="全部放进一个文件")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="另存一份 PDF（需要 LibreOffice）")] = False,
    college: Annotated[str, typer.Option("--college", help="只做一个学院")] = "",
    mode: Annotated[
        str, typer.Option("--mode", help=f"细化表：{ELECTRONIC_MODE}（默认）或 {PAPER_MODE}（留签名处）")
    ] = "",
    photos: Annotated[str, typer.Option("--photos", help="照片文件夹（学号.jpg 或 身份证号.jpg）")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="统计表截至哪一天")] = "",
    reveal: Annotated[
        bool, typer.Option("--show-sensitive", help="一人一档印出身份证号、残疾等敏感信息（会留下记录）")
    ] = False,
    blank: Annotated[bool, typer.Option("--blank", help="一张空白表，给人填好发回再导入")] = False,
    as_json: Json = False,
) -> None:
    """Fill the template for the cases chosen and say which were left out."""
    book = open_casebook(ctx.obj)
    order = Order(college=college, as_of=as_of, mode=mode, reveal=reveal, blank=blank, photos=photos)
    over = survey(book, college, parse_date_or_none(as_of))
    rule = find_rule(form_rules(over.pack), name)
    target = Path(out) if out else book.folder / OUT_FOLDER
    demand_heeded(rule, cases or (), order)
    demand_target(target, pdf)
    template = load_form(book, over.pack, rule)
    album = Album(book.folder, ()) if blank else open_album(template, book.folder, photos)
    found = [book.case(case, over.pack.id) for case in cases or ()]
    named = list({case.id: case for case in found}.values())
    batch = make_batch(rule, over, named, order)
    if reveal:
        book.note_looks("form", [case.id for case in batch.taken])  # before anything is printed
    written = write_forms(rule, batch, target, one_file=one_file, template=template, album=album)
    printed = print_pdfs(written, len(batch.records)) if pdf else []
    for line in (*doubtful_lines(batch), *veiled_line(rule, over.pack, batch, order), *album.lines()):
        note(line)
    answer(as_json, _data([*written, *printed], batch, album), *_lines(written, printed, batch))


def _data(files: Sequence[Path], batch: Batch, album: Album) -> dict[str, Any]:
    """The answer for a program: the files, who was left out, and where any lack one, whose photo."""
    left_out = [{"case": case.id, "reason": reason} for case, reason in batch.left_out]
    data: dict[str, Any] = {"files": [str(path) for path in files], "left_out": left_out}
    lacking = [{"case": x.case or None, "who": x.who, "reason": x.reason} for x in album.without.values()]
    return data | ({"without_photo": lacking} if lacking else {})


def _lines(written: Sequence[Path], printed: Sequence[Path], batch: Batch) -> list[str | Table]:
    place = written[0] if len(written) == 1 else written[0].parent
    beside = "（旁边另有 PDF）" if printed else ""
    lines: list[str | Table] = [f"已生成 {len(batch.records)} 份：{place}{beside}"]
    return [*lines, *left_out_lines(batch.left_out)]


@app.command("list", cls=Command, help=LIST_HELP)
def list_forms(ctx: typer.Context, as_json: Json = False) -> None:
    """List the forms of the notice in use, and whose template each is printed from."""
    book = open_casebook(ctx.obj)
    pack = book.the_pack()
    rules = form_rules(pack)
    data = [{"name": r.name, "title": r.title, "pack": pack.id, "per": r.per} for r in rules]
    rows = []
    for rule in rules:
        own = own_template_path(book.folder, rule).is_file()
        source = "本单位" if own else "待本单位提供" if rule.slot else "随程序"
        rows.append((rule.name, rule.title, "每人一份" if rule.per == "case" else "汇总", source))
    answer(as_json, data, Table(("名称", "标题", "份数", "模板"), rows))


app.command("edit", cls=Command, help=EDIT_HELP)(edit_template)
app.command("lint", cls=Command, help=LINT_HELP)(check_template)
app.command("fields", cls=Command, help=FIELDS_HELP)(list_fields)
app.command("filed", cls=Command, help=FILED_HELP)(file_forms)
