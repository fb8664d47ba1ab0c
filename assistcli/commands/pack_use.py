"""``assist pack use``: a notice taken into use, or its own pack renewed, the difference shown first."""

from dataclasses import replace
from typing import Annotated

import typer

from assistcli.book.casebook import Casebook, Page, open_casebook
from assistcli.book.packshelf import demand_own_id, own_pack_path, shelve, short_hash
from assistcli.census.change import ResultChange
from assistcli.commands.options import By, Json, person
from assistcli.commands.pack_authoring import (
    change_table,
    changed_cases,
    changed_lines,
    changes_data,
    own_folders,
)
from assistcli.desk.adoption import EDITION
from assistcli.desk.editions import renewal_command
from assistcli.errors import ConfirmationError, DataRejectedError, PackError
from assistcli.model import Adoption
from assistcli.output import answer, interactive, note
from assistcli.policy.pack import find_pack, packaged_ids
from assistcli.policy.proof import proven_pack
from assistcli.policy.rules import Pack

USE_HELP = """让数据文件夹再采用一个文件。文件在别处（.toml）时，先检查再抄进数据文件夹。

改过的政策包用 --renew 换新：先列出规则的不同和结果会变的个案，旧的一版留在 packs/former。
以后每次判断都注明换过版本。

例：assist pack use dalian-2011
    assist pack use 新文件.toml
    assist pack use 新文件.toml --renew --by 王老师 --word 文件更正通知
"""

Name = Annotated[str, typer.Argument(metavar="政策包", show_default=False)]


def take_into_use(
    ctx: typer.Context,
    pack: Name,
    renew: Annotated[bool, typer.Option("--renew", help="换成改过的一版")] = False,
    word: Annotated[str, typer.Option("--word", help="换新的依据：来文、电话、会议")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Add a notice to the store, or renew the pack of one."""
    book = open_casebook(ctx.obj)
    file, text = find_pack(pack, own_folders(ctx.obj))
    found = proven_pack(file, text)
    demand_own_id(found, file, text)
    if _differs(book, found, text):
        edition = _edition(found, text, person(by), word.strip(), book)
        _renew(book, found, text, edition, told=renew, as_json=as_json)
        return
    if found.id in book.office().packs:
        raise DataRejectedError(f"数据文件夹已经采用「{found.id}」")
    with book.writing(f"pack use {found.id}", person(by)) as page:
        if found.id not in packaged_ids():
            shelve(book.folder, found.id, text)
        _enter(page, found)
    answer(as_json, {"pack": found.id, "packs": list(book.office().packs)}, f"已采用：{found.title}")


def _differs(book: Casebook, pack: Pack, text: str) -> bool:
    """Whether the store keeps another text of *pack*."""
    path = own_pack_path(book.folder, pack.id)
    return path.is_file() and find_pack(str(path))[1] != text


def _edition(pack: Pack, text: str, by: str, word: str, book: Casebook) -> Adoption:
    day = book.context.today
    return Adoption(pack=pack.id, reading=EDITION, option=short_hash(text), by=by, word=word, day=day)


def _renew(book: Casebook, pack: Pack, text: str, edition: Adoption, *, told: bool, as_json: bool) -> None:
    """Put another edition in the place of a pack of the store's own, once a person has seen what changes.

    Raises:
        DataRejectedError: the command did not say that it is to be renewed.
    """
    if not told:
        raise DataRejectedError(
            f"数据文件夹里的「{pack.id}」是另一版，没有改动。先看区别：assist pack diff {pack.id} 新文件\n"
            "确定要换：同一命令加 --renew"
        )
    rules, changes = _compare(book, pack)
    lines = [f"{sign} {line}" for sign, line in rules] or ["规则没有不同"]
    if interactive() and not as_json:
        _demand_consent(pack, lines, changes)
        lines, shown = [], []
    else:
        shown = change_table(changes)
    before = short_hash(find_pack(str(own_pack_path(book.folder, pack.id)))[1])
    with book.writing(renewal_command(pack.id, before, edition.option), edition.by) as page:
        former = shelve(book.folder, pack.id, text)
        _enter(page, pack)
        page.put_adoption(edition)
    data = {"pack": pack.id, "packs": list(book.office().packs), "edition": edition.option}
    more = {"former": str(former), "rules": [{"change": s, "line": line} for s, line in rules]}
    closing = f"已换新：{pack.title}（版本 {edition.option}），旧的一版在 {former}"
    answer(as_json, data | more | {"changed": changes_data(changes)}, *lines, *shown, closing)


def _compare(book: Casebook, pack: Pack) -> tuple[list[tuple[str, str]], list[ResultChange]]:
    """What differs from the store's own edition, and for whom; nothing where that one cannot be read."""
    try:
        before = book.pack(pack.id)
    except PackError as error:
        note(f"原来的一版不能用，无从比较：{error}")
        return [], []
    return list(changed_lines(before, pack)), list(changed_cases(book, before, pack))


def _enter(page: Page, pack: Pack) -> None:
    office = page.office()
    if pack.id not in office.packs:
        page.put_office(replace(office, packs=(*office.packs, pack.id)))


def _demand_consent(pack: Pack, lines: list[str], changes: list[ResultChange]) -> None:
    from assistcli.prompts import confirm  # only where a person sits at a terminal

    answer(False, None, *lines, "", *change_table(changes))
    if not confirm(f"{len(changes)} 项结果会变。换成这一版？"):
        raise ConfirmationError(f"没有换，「{pack.id}」仍是原来的一版")
