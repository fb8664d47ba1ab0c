"""``assist demo``: a sample store of fictional students, and the whole way from list to printed forms."""

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from assistcli.admission.arrivals import FileReader
from assistcli.admission.enrolment import Terms, enter_rows
from assistcli.admission.importing import mark_errors
from assistcli.book.casebook import Casebook, Page, create_casebook
from assistcli.census.survey import survey
from assistcli.commands.cap import account_page
from assistcli.commands.options import Command, Json, new_app
from assistcli.context import Context
from assistcli.desk.assessment import Assessor
from assistcli.identity import new_ulid
from assistcli.model import Case, Claim, Contact, Office, Paper, Step
from assistcli.output import Table, answer, say
from assistcli.paper.formdesk import OUT_FOLDER, make_batch, write_forms
from assistcli.paper.photos import open_album
from assistcli.paper.stationery import load_form
from assistcli.policy.pack import load_pack
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import ELIGIBLE, Verdict
from assistcli.sheets.overview import count_lines, overview

HELP = """用虚构学生演示全过程：导入名单、判断资格、计算金额、生成 Word 表格。

数据放在 assist-demo 文件夹（已有则用 assist-demo-2 等），可随意修改、删除。

例：assist demo
"""
PACK, UNIT, YEAR = "zust-2013", "浙江科技学院（示例）", 2013
FOLDER, BY = "assist-demo", "示例辅导员"
SHEET = "示例名单.xlsx"
GRADUATES = 60
CLAIMANTS = 3

app = new_app()


@app.command(cls=Command, help=HELP)
def demo(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[文件夹]", show_default=False)] = "",
    as_json: Json = False,
) -> None:
    """Make the sample store and show what the program does with it."""
    context: Context = ctx.obj
    book = _new_store(Path(folder) if folder else _free_folder(Path(FOLDER)), context)
    pack = load_pack(PACK)
    imported = _import_sample(book, pack, context)
    judged = _play(book, pack, context)
    written = _write_all(book, pack)
    data = {
        "store": str(book.folder.resolve()),
        "cases": len(judged),
        "files": [str(path) for path in written],
    }
    if as_json:
        answer(as_json, data)
        return
    _tell(book, judged, imported, written)


def _free_folder(wanted: Path) -> Path:
    """*wanted*, or the first numbered one beside it that is free: nothing is ever overwritten."""
    number, folder = 1, wanted
    while folder.exists():
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


def _new_store(folder: Path, context: Context) -> Casebook:
    pack = load_pack(PACK)
    colleges = pack.summary.colleges if pack.summary else ()
    figures = {college: {"毕业生数": GRADUATES + place} for place, college in enumerate(colleges)}
    office = Office(unit=UNIT, year=YEAR, packs=(PACK,), figures={"填报人": BY}, college_figures=figures)
    return create_casebook(folder, context, office, BY)


def _import_sample(book: Casebook, pack: Pack, context: Context) -> list[str]:
    """What an import of the packaged sample tells; some of its rows are wrong on purpose."""
    from assistcli.intake.report import build_report

    sheet = book.folder / SHEET
    sheet.touch(mode=0o600)
    sheet.write_bytes(files("assistcli").joinpath("samples", f"{PACK}.xlsx").read_bytes())
    intakes = FileReader(pack=pack, year=YEAR, mapping={}).read([sheet])
    with book.writing(f"import {SHEET}", BY) as page:
        outcomes = enter_rows(intakes, page, Terms(pack=pack, year=YEAR, day=context.today, by=BY))
    marked = mark_errors([sheet], intakes)
    report = build_report(intakes, outcomes, (), written=True, report=marked)
    return [*report.show_lines(), f"有错的行已标红：{marked}"]


def _play(book: Casebook, pack: Pack, context: Context) -> list[tuple[Case, Sequence[Verdict]]]:
    """Approve a few students, log a talk and take in claims; returns every case with its verdicts."""
    assessor = Assessor(book)
    judged: list[tuple[Case, Sequence[Verdict]]] = [(c, assessor.verdicts(c)) for c in book.cases()]
    entitled = [case for case, verdicts in judged if verdicts[0].verdict == ELIGIBLE][:CLAIMANTS]
    with book.writing("demo", BY) as page:
        for case in entitled:
            _approve(page, case, pack, context)
        for case, claims in zip(entitled, _sample_claims(pack), strict=True):
            for item, fen, certificate in claims:
                page.put_event(_claim(case, item, fen, certificate, context))
    return judged


def _approve(page: Page, case: Case, pack: Pack, context: Context) -> None:
    day = context.today
    for paper in pack.papers:
        page.put_event(Paper(id=new_ulid(), case=case.id, paper=paper, day=day, by=BY))
    for rule in pack.steps:
        step = Step(id=new_ulid(), case=case.id, step=rule.name, day=day, by=f"示例{rule.by}", result="同意")
        page.put_event(step)
    talk = Contact(
        id=new_ulid(),
        case=case.id,
        day=day,
        channel=pack.contact.channels[0],
        kind=pack.contact.kinds[0],
        text="修改简历，约定下周模拟面试",
        by=BY,
    )
    page.put_event(talk)


def _sample_claims(pack: Pack) -> Iterable[list[tuple[str, int, str]]]:
    """Three students' claims: one plain, one whose share goes over the total by a reading, one held."""
    first, second, third = (item.kinds[0] for item in pack.claims)
    return (
        [(first, 300_00, "")],
        [(first, 300_00, ""), (second, 1401_00, "示例证书001")],
        [(second, 800_00, ""), (third, 600_00, "")],
    )


def _claim(case: Case, item: str, fen: int, certificate: str, context: Context) -> Claim:
    return Claim(
        id=new_ulid(),
        case=case.id,
        item=item,
        asked=fen,
        day=context.today,
        mode="补贴",
        by=BY,
        certificate=certificate,
        issued=context.today if certificate else None,
    )


def _write_all(book: Casebook, pack: Pack) -> list[Path]:
    """Every form of the notice, each kind in one file or one per college."""
    over = survey(book)
    written = []
    for rule in pack.forms:
        batch = make_batch(rule, over, ())
        template = load_form(book, pack, rule)
        album, out = open_album(template, book.folder, ""), book.folder / OUT_FOLDER
        written += write_forms(rule, batch, out, one_file=True, template=template, album=album)
    return written


def _tell(
    book: Casebook, judged: list[tuple[Case, Sequence[Verdict]]], report: list[str], written: Sequence[Path]
) -> None:
    say(f"〔1〕导入 {SHEET}（虚构学生；有错的行退回，其余写入）")
    answer(False, None, *report)
    say("\n〔2〕判断资格：assist check")
    answer(False, None, overview(judged), *count_lines(judged))
    say("\n〔3〕资助金额：assist cap")
    assessor = Assessor(book)
    parts: list[str | Table] = []
    for case, _ in judged:
        account = assessor.account(case, book)
        parts += account_page(case, account) if account.claims else []
    answer(False, None, *parts)
    say("〔4〕Word 表格")
    answer(False, None, *(f"  {path}" for path in written))
    say("\n接下来试试：")
    say(f"  assist --store {book.folder} check 10000001        看一个学生的理由")
    say(f"  assist --store {book.folder} add                   登记一个学生（逐项提问）")
    say("  assist init 我的数据 --pack zust-2013 --unit 单位 --year 年份   建立自己的数据文件夹")
