"""The casebook: cases and their events in the store. The only module that opens the store."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.book.entries import CASES, KEYS, OF_CASE, Page, Reader
from assistcli.context import MARKER, Context, user_name
from assistcli.errors import DataRejectedError, PackError, StoreNotFoundError
from assistcli.identity import mask_middle, new_ulid
from assistcli.model import Case, Office
from assistcli.output import note
from store.backend import Backend

if TYPE_CHECKING:
    from assistcli.policy.rules import Pack

__all__ = [
    "CASES",
    "FOUNDING",
    "LOOKS",
    "OF_CASE",
    "Casebook",
    "Page",
    "Reader",
    "create_casebook",
    "new_case_id",
    "open_casebook",
    "shared_keys",
]

FOLDER_MODE, FILE_MODE = 0o700, 0o600
FOUNDING = "init"  # the command that no undo may take back
# Commands that only note whose secret facts were shown: no undo takes them back, or means them.
LOOKS = frozenset(
    f"{command} --show-sensitive" for command in ("show", "export", "form", "import", "source list")
)


class Casebook(Reader):
    """An open store of cases."""

    def __init__(self, folder: Path, backend: Backend, context: Context) -> None:
        super().__init__(backend)
        self.folder = folder
        self.backend = backend
        self.context = context

    @contextmanager
    def writing(self, command: str, by: str) -> Iterator[Page]:
        """A page for the entries of one *command* made by *by*; it holds the writer's lock.

        Raises:
            PackError: ``--pack`` names a file whose rules the store has not taken into use.
        """
        if self.context.pack_file:
            from assistcli.book.packshelf import demand_in_use  # only where a file was named

            demand_in_use(self.folder, self.context.pack_file)
        with self.backend.transaction(by=by, command=command) as transaction:
            yield Page(transaction)
        notices: list[str] = getattr(self.backend, "notices", [])
        while notices:
            note(notices.pop(0))  # what a person should hear of, though nothing failed

    def note_looks(self, command: str, cases: Iterable[str]) -> None:
        """Leave word that *command* showed secret facts of the *cases* with these ids, if any."""
        ids = list(dict.fromkeys(cases))
        if ids:
            with self.writing(f"{command} --show-sensitive", user_name()) as page:
                for id in ids:
                    page.put_access(id, self.context.today)

    def pack(self, name: str) -> "Pack":
        """The pack *name*: from the file that ``--pack`` names, from the store's own shelf, or packaged."""
        from assistcli.book.packshelf import (  # only commands that need rules load them
            load_named,
            load_shelved,
        )

        if self.context.pack_file and name == self.context.pack:
            return load_named(self.context.pack_file)
        return load_shelved(self.folder, name)

    def the_pack(self) -> "Pack":
        """The notice that the command is about: ``--pack``, or the store's only one.

        Raises:
            DataRejectedError: the store holds several notices and none was named.
        """
        office = self.office()
        name = self.context.pack or (office.packs[0] if len(office.packs) == 1 else "")
        if not name:
            raise DataRejectedError(
                f"数据文件夹里有几个文件：{'、'.join(office.packs)}。请用 assist --pack 编号 指定"
            )
        if name not in office.packs:
            raise _not_in_use(name, office)
        return self.pack(name)


def open_casebook(context: Context) -> Casebook:
    """The casebook that *context* points to.

    Raises:
        StoreNotFoundError: there is no store there; the message says how to make one.
    """
    folder = context.store_folder()
    if folder is None:
        where = f"「{context.store}」不是数据文件夹" if context.store else "这里没有数据文件夹"
        raise StoreNotFoundError(
            f"{where}。请先建立：assist init 文件夹 --pack zust-2013 --unit 单位名称 --year 年份\n"
            "或先看示例：assist demo"
        )
    from store.opening import open_store

    backend = open_store(folder, keys=KEYS)
    context.closers.append(backend.close)
    book = Casebook(folder, backend, context)
    if context.pack and context.pack not in book.office().packs:
        raise _not_in_use(context.pack, book.office())
    if context.pack_file:
        from assistcli.book.packshelf import is_in_use  # only where a file was named

        if not is_in_use(folder, context.pack_file):
            note(f"试算：按 {context.pack_file}，不是数据文件夹采用的一版")
    return book


def _not_in_use(name: str, office: Office) -> PackError:
    listed = "、".join(office.packs)
    return PackError(f"数据文件夹没有采用「{name}」；现有：{listed}。采用：assist pack use {name}")


def create_casebook(
    folder: Path, context: Context, office: Office, by: str, own_packs: Mapping[str, str] | None = None
) -> Casebook:
    """A new casebook in *folder*, which must be empty or absent, with *own_packs* (id → text) on its shelf.

    Raises:
        DataRejectedError: something is there already.
    """
    if folder.exists() and any(folder.iterdir()):
        what = "已经是数据文件夹" if (folder / MARKER).is_file() else "不是空文件夹"
        raise DataRejectedError(f"「{folder}」{what}，没有改动；请换一个新的文件夹")
    from store.opening import create_store

    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    backend = create_store(folder, keys=KEYS)
    context.closers.append(backend.close)
    marker = folder / MARKER
    marker.touch(mode=FILE_MODE)
    marker.write_text(
        f'# assist 数据文件夹；数据在本文件夹内，请整体备份\nunit = "{new_label(office.unit)}"\n', "utf-8"
    )
    book = Casebook(folder, backend, context)
    for id, text in (own_packs or {}).items():
        from assistcli.book.packshelf import shelve  # only for packs that do not come with the program

        shelve(folder, id, text)
    with book.writing(FOUNDING, by) as page:
        page.put_office(office)
    return book


def new_label(text: str) -> str:
    """*text* fit to stand between quotes in TOML."""
    return text.replace("\\", "").replace('"', "")


def new_case_id() -> str:
    """A fresh case id (个案号): a ULID, never reused."""
    return new_ulid()


def shared_keys(book: Casebook) -> dict[str, list[Case]]:
    """Keys (学号 or 身份证号, the latter masked) that several cases of one notice and year bear."""
    bearers: dict[tuple[str, str, str, int], list[Case]] = {}
    for case in book.cases():
        for name in ("学号", "身份证号"):
            value = case.text(name)
            if value:
                bearers.setdefault((name, value, case.pack, case.year), []).append(case)
    return {
        f"{name} {mask_middle(value, 2, 3) if name == '身份证号' else value}": cases
        for (name, value, _, _), cases in bearers.items()
        if len(cases) > 1
    }
