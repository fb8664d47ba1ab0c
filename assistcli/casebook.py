"""The casebook: cases and their events in the store. The only module that opens the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.context import MARKER, Context
from assistcli.entries import CASES, KEYS, OF_CASE, Page, Reader
from assistcli.errors import DataRejectedError, StoreNotFoundError
from assistcli.identity import new_ulid
from assistcli.model import Office
from store.backend import Backend

if TYPE_CHECKING:
    from assistcli.policy.rules import Pack

__all__ = [
    "CASES",
    "OF_CASE",
    "Casebook",
    "Page",
    "Reader",
    "create_casebook",
    "new_case_id",
    "open_casebook",
]

FOLDER_MODE, FILE_MODE = 0o700, 0o600


class Casebook(Reader):
    """An open store of cases."""

    def __init__(self, folder: Path, backend: Backend, context: Context) -> None:
        super().__init__(backend)
        self.folder = folder
        self.backend = backend
        self.context = context

    @contextmanager
    def writing(self, command: str, by: str) -> Iterator[Page]:
        """A page for the entries of one *command* made by *by*; it holds the writer's lock."""
        with self.backend.transaction(by=by, command=command) as transaction:
            yield Page(transaction)

    def pack(self, name: str) -> "Pack":
        """The pack *name*; the store's own ``packs`` folder comes first."""
        from assistcli.policy.pack import load_pack  # only commands that need a notice's rules load it

        return load_pack(name, (self.folder / "packs",))

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
            raise DataRejectedError(f"数据文件夹没有采用「{name}」；现有：{'、'.join(office.packs)}")
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

    return Casebook(folder, open_store(folder, keys=KEYS), context)


def create_casebook(folder: Path, context: Context, office: Office, by: str) -> Casebook:
    """A new casebook in *folder*, which must be empty or absent.

    Raises:
        DataRejectedError: something is there already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise DataRejectedError(f"「{folder}」不是空文件夹；请换一个位置，或先移走里面的文件")
    from store.opening import create_store

    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    backend = create_store(folder, keys=KEYS)
    marker = folder / MARKER
    marker.touch(mode=FILE_MODE)
    marker.write_text(
        f'# assist 数据文件夹；数据在本文件夹内，请整体备份\nunit = "{new_label(office.unit)}"\n', "utf-8"
    )
    book = Casebook(folder, backend, context)
    with book.writing("init", by) as page:
        page.put_office(office)
    return book


def new_label(text: str) -> str:
    """*text* fit to stand between quotes in TOML."""
    return text.replace("\\", "").replace('"', "")


def new_case_id() -> str:
    """A fresh case id (个案号): a ULID, never reused."""
    return new_ulid()
