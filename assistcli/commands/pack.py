"""``assist pack``: notices, their readings, and taking one into use."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.book.casebook import Casebook, open_casebook
from assistcli.book.packshelf import own_ids
from assistcli.census.change import CellChange, ResultChange, cells_changed_by, changes_by
from assistcli.commands.options import Command, Day, Group, Json, day_or_today, new_app, person
from assistcli.commands.pack_authoring import (
    DIFF_HELP,
    INVALID_CODE,
    NEW_HELP,
    TEST_HELP,
    change_table,
    changed_cells_table,
    changes_data,
    compare,
    own_folders,
    try_examples,
    write_skeleton,
)
from assistcli.commands.pack_use import USE_HELP, take_into_use
from assistcli.desk.adoption import (
    ADOPTED,
    CADENCE,
    PRACTICES,
    demand_option,
    find_reading,
)
from assistcli.desk.packwords import remarks_on_words
from assistcli.errors import ConfirmationError, DataRejectedError, PackError, UsageError
from assistcli.followup.cadence import adopted_practices
from assistcli.model import Adoption
from assistcli.output import Table, answer, interactive, say
from assistcli.policy.pack import find_pack, load_pack, packaged_ids
from assistcli.policy.proof import prove_pack
from assistcli.sheets.packdata import damage_data, sheet_data
from assistcli.sheets.packsheet import damage_lines, sheet_lines
from assistcli.values import clean_text

HELP = """政策包：每个文件一个，条款、原文、金额、口径都在里面。

例：assist pack list
    assist pack show zust-2013
    assist pack adopt A-04 whole --by 学生处王老师 --word 2013年5月8日电话答复
"""
LIST_HELP = "列出可用的政策包（程序自带的和数据文件夹 packs 里的）。例：assist pack list"
SHOW_HELP = """把文件读成一页：谁、多少钱、到什么时候、哪里不清楚。

--damaged 只列残损之处：原文、推定、依据、确定度。
例：assist pack show yinchuan-2018 --damaged
"""
CHECK_HELP = """检查政策包：格式、条款与引文、条件、金额表有无缺口和重叠、自带的例子是否都对。

有错时退出码为 7。例：assist pack check 新文件.toml
"""
ADOPT_HELP = """确定一条不清楚的条款怎么读（口径），写明谁、凭什么话确定。

确定之前先列出结论或金额会变的个案；--dry-run 只列出，不记录。以后每次判断都注明所用口径。
参考做法的联系周期和服务次数也用它采用：

例：assist pack adopt A-04 whole --dry-run      （只看哪些结果会变）
    assist pack adopt A-04 whole --by 王老师 --word 学生处2013年5月8日电话答复
    assist pack adopt sicau-horticulture-2023 周期 --by 王老师
"""

app = new_app()
app.info.help, app.info.cls = HELP, Group

Name = Annotated[str, typer.Argument(metavar="政策包", show_default=False)]


@app.command("list", cls=Command, help=LIST_HELP)
def list_packs(ctx: typer.Context, as_json: Json = False) -> None:
    """List the packs that can be used, and mark those in use and those that have mistakes."""
    folder = ctx.obj.store_folder()
    used = open_casebook(ctx.obj).office().packs if folder else ()
    own = own_ids(folder) if folder else []
    data = [
        _listed(name, own_folders(ctx.obj), name in used) for name in dict.fromkeys([*packaged_ids(), *own])
    ]
    rows = [
        (
            e["pack"],
            "采用" if e["used"] else "",
            e["status"] or "",
            e["issuer"] or "",
            e["problem"] or e["title"],
        )
        for e in data
    ]
    answer(as_json, data, Table(("编号", "", "性质", "发文单位", "标题"), rows))


def _listed(name: str, folders: tuple[Path, ...], used: bool) -> dict[str, Any]:
    """One pack as JSON; a broken one of the store's own does not keep the others from being listed."""
    try:
        pack = load_pack(name, folders)
    except PackError as error:
        unknown = dict.fromkeys(("title", "issuer", "status"))
        return {"pack": name} | unknown | {"used": used, "problem": str(error)}
    about = {"pack": pack.id, "title": pack.title, "issuer": pack.issuer, "status": pack.status}
    return about | {"used": used, "problem": None}


@app.command(cls=Command, help=SHOW_HELP)
def show(
    ctx: typer.Context,
    pack: Name,
    damaged: Annotated[bool, typer.Option("--damaged", help="只列残损之处")] = False,
    as_json: Json = False,
) -> None:
    """Show a notice as a sheet, or its damaged passages."""
    found = load_pack(pack, own_folders(ctx.obj))
    if damaged:
        answer(as_json, damage_data(found), *damage_lines(found))
    else:
        answer(as_json, sheet_data(found), *sheet_lines(found))


@app.command(cls=Command, help=CHECK_HELP)
def check(ctx: typer.Context, pack: Name, as_json: Json = False) -> None:
    """Examine a pack and try its examples."""
    file, text = find_pack(pack, own_folders(ctx.obj))
    proof = prove_pack(file, text)
    odd = [*proof.remarks, *(remarks_on_words(proof.pack, file, text) if proof.pack and proof.sound else ())]
    data = {
        "pack": proof.pack.id if proof.pack else pack,
        "ok": proof.sound,
        "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in proof.problems],
        "examples": {"passed": proof.passed, "failed": proof.failed},
        "remarks": [{"file": p.file, "line": p.line, "message": p.message} for p in odd],
    }
    remarks = [f"提醒（不影响使用）{remark}" for remark in odd]
    verdict = "没有发现问题" if proof.sound else f"{len(proof.problems)} 处问题"
    tried = f"例：{proof.passed} 个通过，{proof.failed} 个不通过"
    answer(as_json, data, *map(str, proof.problems), *remarks, f"{data['pack']}：{verdict}；{tried}")
    if not proof.sound:
        raise typer.Exit(INVALID_CODE)


@app.command(cls=Command, help=ADOPT_HELP)
def adopt(
    ctx: typer.Context,
    reading: Annotated[str, typer.Argument(metavar="口径", show_default=False)],
    option: Annotated[str, typer.Argument(metavar="读法", show_default=False)] = "",
    by: Annotated[str, typer.Option("--by", help="谁确定的")] = "",
    word: Annotated[str, typer.Option("--word", help="凭什么：来文、电话、会议")] = "",
    day: Day = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出哪些结果会变，不记录")] = False,
    as_json: Json = False,
) -> None:
    """Adopt a reading of an unclear clause, or a rhythm of a 参考做法."""
    book = open_casebook(ctx.obj)
    practice = option in PRACTICES
    adoption = _practice(book, reading, option) if practice else _reading(book, reading, option)
    if not dry_run:
        _demand_words(by, word or ("—" if practice else ""))
    day_adopted = day_or_today(day, ctx.obj)
    adoption = replace(adoption, by=clean_text(by), word=clean_text(word), day=day_adopted)
    changes = [] if practice else changes_by(book, adoption)
    cells = [] if practice else cells_changed_by(book, adoption)
    shown = [*change_table(changes), *changed_cells_table(cells)]
    data = adoption_data(adoption, changes, cells, written=not dry_run)
    if dry_run:
        answer(
            as_json, data, *shown, f"试算：{adoption.pack} {adoption.reading}＝{adoption.option}；没有记录"
        )
        return
    if interactive() and not as_json:
        _demand_consent(adoption, changes, cells)
        shown = []
    with book.writing(f"pack adopt {reading} {option}", person(by)) as page:
        page.put_adoption(adoption)
    who = f"{adoption.by}，{adoption.word}" if adoption.word else adoption.by
    done = f"已确定：{adoption.pack} {adoption.reading}＝{adoption.option}（{who}）"
    answer(as_json, data, *shown, done)


def _demand_words(by: str, word: str) -> None:
    for value, option in ((by, "--by 谁确定的"), (word, "--word 凭什么（来文、电话、会议）")):
        if not value.strip():
            raise UsageError(
                f"缺少 {option}。例：assist pack adopt A-04 whole --by 王老师 --word 学生处电话答复"
            )


def _reading(book: Casebook, name: str, option: str) -> Adoption:
    office = book.office()
    names = (
        [book.context.pack] if book.context.pack else [*office.packs, *adopted_practices(office.adoptions)]
    )
    pack, reading = find_reading([book.pack(name) for name in dict.fromkeys(names)], name)
    demand_option(reading, option)
    return Adoption(pack=pack.id, reading=name, option=option, by="", word="", day=book.context.today)


def _practice(book: Casebook, name: str, what: str) -> Adoption:
    pack = book.pack(name)
    if not (pack.contact.cadence_days if what == CADENCE else pack.quotas):
        raise DataRejectedError(f"「{pack.id}」没有写明{what}（文件未规定）")
    return Adoption(pack=pack.id, reading=what, option=ADOPTED, by="", word="", day=book.context.today)


def _demand_consent(adoption: Adoption, changes: list[ResultChange], cells: list[CellChange]) -> None:
    from assistcli.prompts import confirm  # only where a person sits at a terminal

    answer(False, None, *change_table(changes), *changed_cells_table(cells))
    counts = f"{len(changes)} 项结果会变" + (f"，统计表 {len(cells)} 格会变" if cells else "")
    say(f"{adoption.pack} {adoption.reading}＝{adoption.option}：{counts}")
    if not confirm("确定这样读？"):
        raise ConfirmationError("没有确定，什么也没改")


def adoption_data(
    adoption: Adoption, changes: list[ResultChange], cells: list[CellChange], *, written: bool
) -> dict[str, Any]:
    """The adoption and what it changed, or would change if not *written*, as JSON."""
    return {
        "pack": adoption.pack,
        "reading": adoption.reading,
        "option": adoption.option,
        "by": adoption.by,
        "word": adoption.word or None,
        "date": adoption.day.isoformat(),
        "changed": changes_data(changes),
        "tables": [asdict(cell) for cell in cells],
        "written": written,
    }


app.command("use", cls=Command, help=USE_HELP)(take_into_use)
app.command("new", cls=Command, help=NEW_HELP)(write_skeleton)
app.command("test", cls=Command, help=TEST_HELP)(try_examples)
app.command("diff", cls=Command, help=DIFF_HELP)(compare)
