"""``assist pack``: notices, their readings, and taking one into use."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from assistcli.casebook import FILE_MODE, FOLDER_MODE, Casebook, open_casebook
from assistcli.commands.options import By, Command, Day, Group, Json, day_or_today, new_app, person
from assistcli.commands.pack_authoring import (
    DIFF_HELP,
    NEW_HELP,
    TEST_HELP,
    change_table,
    changes_data,
    compare,
    own_folders,
    try_examples,
    write_skeleton,
)
from assistcli.desk.adoption import (
    ADOPTED,
    CADENCE,
    PRACTICES,
    Change,
    changes_by,
    demand_option,
    find_reading,
)
from assistcli.desk.packdata import damage_data, sheet_data
from assistcli.desk.packsheet import damage_lines, sheet_lines
from assistcli.errors import ConfirmationError, DataRejectedError, UsageError
from assistcli.model import Adoption
from assistcli.output import Table, answer, interactive, say
from assistcli.policy.pack import find_pack, load_pack, packaged_ids
from assistcli.policy.proof import prove_pack, proven_pack
from assistcli.policy.rules import Pack
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
USE_HELP = """让数据文件夹再采用一个文件。文件在别处（.toml）时，先检查再抄进数据文件夹。

例：assist pack use dalian-2011
    assist pack use 新文件.toml
"""
ADOPT_HELP = """确定一条不清楚的条款怎么读（口径），写明谁、凭什么话确定。

确定之前先列出结论或金额会变的个案。以后每次判断都注明所用口径。
参考做法的联系周期和服务次数也用它采用：

例：assist pack adopt A-04 whole --by 王老师 --word 学生处2013年5月8日电话答复
    assist pack adopt sicau-horticulture-2023 周期 --by 王老师
"""
INVALID_CODE = 7

app = new_app()
app.info.help, app.info.cls = HELP, Group

Name = Annotated[str, typer.Argument(metavar="政策包", show_default=False)]


@app.command("list", cls=Command, help=LIST_HELP)
def list_packs(ctx: typer.Context, as_json: Json = False) -> None:
    """List the packs that can be used, and mark those in use."""
    folder = ctx.obj.store_folder()
    used = open_casebook(ctx.obj).office().packs if folder else ()
    own = sorted(path.stem for path in (folder / "packs").glob("*.toml")) if folder else []
    packs = [(load_pack(name, own_folders(ctx.obj)), name in used) for name in [*packaged_ids(), *own]]
    data = [
        {"pack": p.id, "title": p.title, "issuer": p.issuer, "status": p.status, "used": u} for p, u in packs
    ]
    rows = [(p.id, "采用" if u else "", p.status, p.issuer, p.title) for p, u in packs]
    answer(as_json, data, Table(("编号", "", "性质", "发文单位", "标题"), rows))


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
    data = {
        "pack": proof.pack.id if proof.pack else pack,
        "ok": proof.sound,
        "problems": [{"file": p.file, "line": p.line, "message": p.message} for p in proof.problems],
        "examples": {"passed": proof.passed, "failed": proof.failed},
    }
    verdict = "没有发现问题" if proof.sound else f"{len(proof.problems)} 处问题"
    tried = f"例：{proof.passed} 个通过，{proof.failed} 个不通过"
    answer(as_json, data, *map(str, proof.problems), f"{data['pack']}：{verdict}；{tried}")
    if not proof.sound:
        raise typer.Exit(INVALID_CODE)


@app.command(cls=Command, help=USE_HELP)
def use(ctx: typer.Context, pack: Name, by: By = "", as_json: Json = False) -> None:
    """Add a notice to the store."""
    book = open_casebook(ctx.obj)
    file, text = find_pack(pack, own_folders(ctx.obj))
    found = proven_pack(file, text)
    if found.id in book.office().packs:
        raise DataRejectedError(f"数据文件夹已经采用「{found.id}」")
    if found.id in packaged_ids() and text != find_pack(found.id)[1]:
        raise DataRejectedError(f"编号「{found.id}」是程序自带的政策包；请在 {file} 里换一个编号（id）")
    if found.id not in packaged_ids():
        _keep(book.folder / "packs", found, text)
    with book.writing(f"pack use {found.id}", person(by)) as page:
        office = page.office()
        page.put_office(replace(office, packs=(*office.packs, found.id)))
    answer(as_json, {"pack": found.id, "packs": list(book.office().packs)}, f"已采用：{found.title}")


def _keep(folder: Path, pack: Pack, text: str) -> None:
    """Copy the pack into the store's own folder, readable by nobody else."""
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
    path = folder / f"{pack.id}.toml"
    if path.exists() and path.read_text("utf-8") != text:
        raise DataRejectedError(f"{path} 已有另一版本；请改编号（id），或先用 assist pack diff 比较")
    path.touch(mode=FILE_MODE)
    path.write_text(text, "utf-8")


@app.command(cls=Command, help=ADOPT_HELP)
def adopt(
    ctx: typer.Context,
    reading: Annotated[str, typer.Argument(metavar="口径", show_default=False)],
    option: Annotated[str, typer.Argument(metavar="选项", show_default=False)],
    by: Annotated[str, typer.Option("--by", help="谁确定的")] = "",
    word: Annotated[str, typer.Option("--word", help="凭什么：来文、电话、会议")] = "",
    day: Day = "",
    as_json: Json = False,
) -> None:
    """Adopt a reading of an unclear clause, or a rhythm of a 参考做法."""
    book = open_casebook(ctx.obj)
    practice = option in PRACTICES
    adoption = _practice(book, reading, option) if practice else _reading(book, reading, option)
    _demand_words(by, word or ("—" if practice else ""))
    day_adopted = day_or_today(day, ctx.obj)
    adoption = replace(adoption, by=clean_text(by), word=clean_text(word), day=day_adopted)
    changes = [] if practice else changes_by(book, adoption)
    if interactive() and not as_json:
        _demand_consent(adoption, changes)
    with book.writing(f"pack adopt {reading} {option}", person(by)) as page:
        page.put_adoption(adoption)
    who = f"{adoption.by}，{adoption.word}" if adoption.word else adoption.by
    done = f"已确定：{adoption.pack} {adoption.reading}＝{adoption.option}（{who}）"
    answer(as_json, adoption_data(adoption, changes), *change_table(changes), done)


def _demand_words(by: str, word: str) -> None:
    for value, option in ((by, "--by 谁确定的"), (word, "--word 凭什么（来文、电话、会议）")):
        if not value.strip():
            raise UsageError(
                f"缺少 {option}。例：assist pack adopt A-04 whole --by 王老师 --word 学生处电话答复"
            )


def _reading(book: Casebook, name: str, option: str) -> Adoption:
    names = [book.context.pack] if book.context.pack else book.office().packs
    pack, reading = find_reading([book.pack(name) for name in names], name)
    demand_option(reading, option)
    return Adoption(pack=pack.id, reading=name, option=option, by="", word="", day=book.context.today)


def _practice(book: Casebook, name: str, what: str) -> Adoption:
    pack = book.pack(name)
    if not (pack.contact.cadence_days if what == CADENCE else pack.quotas):
        raise DataRejectedError(f"「{pack.id}」没有写明{what}（文件未规定）")
    return Adoption(pack=pack.id, reading=what, option=ADOPTED, by="", word="", day=book.context.today)


def _demand_consent(adoption: Adoption, changes: list[Change]) -> None:
    from assistcli.prompts import confirm  # only where a person sits at a terminal

    answer(False, None, *change_table(changes))
    say(f"{adoption.pack} {adoption.reading}＝{adoption.option}：{len(changes)} 项结果会变")
    if not confirm("确定这样读？"):
        raise ConfirmationError("没有确定，什么也没改")


def adoption_data(adoption: Adoption, changes: list[Change]) -> dict[str, Any]:
    """The adoption and what it changed, as JSON."""
    return {
        "pack": adoption.pack,
        "reading": adoption.reading,
        "option": adoption.option,
        "by": adoption.by,
        "word": adoption.word or None,
        "date": adoption.day.isoformat(),
        "changed": changes_data(changes),
    }


app.command("new", cls=Command, help=NEW_HELP)(write_skeleton)
app.command("test", cls=Command, help=TEST_HELP)(try_examples)
app.command("diff", cls=Command, help=DIFF_HELP)(compare)
