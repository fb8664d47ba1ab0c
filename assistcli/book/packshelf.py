"""The shelf: a store's own packs, proven before their rules are used, and remembered by what they say.

A pack from outside lies in the store's folder ``packs``. Its tables are looked over and its examples tried
before it is used; that it passed stands in ``cache/proofs.json`` under a hash of its text and of the rules
of the program. The file is derived: who deletes it makes the next command prove the pack once more.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.errors import DataRejectedError, PackError
from assistcli.policy.pack import find_pack, load_pack, packaged_ids
from store.files import make_folder, replace_file

if TYPE_CHECKING:
    from assistcli.policy.rules import Pack

FOLDER, FORMER = "packs", "former"
MEMORY = Path("cache", "proofs.json")
MOST_REMEMBERED = 50
SHORT_HASH = 8


def own_pack_path(folder: Path, id: str) -> Path:
    """Where the store in *folder* keeps its own pack *id*."""
    return folder / FOLDER / f"{id}.toml"


def own_ids(folder: Path) -> list[str]:
    """Ids of the packs that the store in *folder* keeps itself."""
    return sorted(path.stem for path in (folder / FOLDER).glob("*.toml"))


def load_shelved(folder: Path, name: str) -> "Pack":
    """The pack *name* for the store in *folder*: its own, proven, else the one that comes with the program.

    Raises:
        PackError: it is not sound, does not pass its examples, or bears another id than its file.
    """
    path = own_pack_path(folder, name)
    if not path.is_file():
        return load_pack(name)
    pack = _remembered(folder, path)
    if pack.id != name:
        raise PackError(f"{path} 里的编号（id）是「{pack.id}」，文件名应为 {pack.id}.toml；请改成一致")
    return pack


def _remembered(folder: Path, path: Path) -> "Pack":
    """The pack in the file *path*, its examples tried only where this text was not proven before."""
    file, text = find_pack(str(path))
    key, memory = _hash_of(text), folder / MEMORY
    known = _read_memory(memory)
    if key in known:
        return load_pack(str(path))
    from assistcli.policy.proof import proven_pack  # once for every text

    pack = proven_pack(file, text)
    _remember(memory, [*known, key])
    return pack


def _hash_of(text: str) -> str:
    return sha256(f"{_edition()}\0{text}".encode()).hexdigest()


def _edition() -> str:
    """Which edition of the rules of the program is installed."""
    from assistcli.edition import edition_of  # only for packs of the store's own

    here = Path(__file__).parent.parent
    return edition_of([here / "fields.toml", *(here / "policy").glob("*.py")])


def _read_memory(memory: Path) -> list[str]:
    try:
        known = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [str(key) for key in known] if isinstance(known, list) else []


def _remember(memory: Path, keys: list[str]) -> None:
    temporary = memory.with_name(f"{memory.name}.{os.getpid()}")
    with suppress(OSError):  # a store that cannot be written is proven again next time
        make_folder(memory.parent)
        replace_file(memory, json.dumps(keys[-MOST_REMEMBERED:]).encode(), temporary)


def take_in(name: str) -> "tuple[Pack, dict[str, str]]":
    """The pack *name*, an id or a file, and what a new store must keep of it: id → text unless packaged.

    Raises:
        PackError: it is not sound, or does not pass its examples.
        DataRejectedError: it is another pack under the id of one that comes with the program.
    """
    from assistcli.policy.proof import proven_pack  # once for every store

    if name in packaged_ids():
        return load_pack(name), {}
    file, text = find_pack(name)
    pack = proven_pack(file, text)
    demand_own_id(pack, file, text)
    return pack, {} if pack.id in packaged_ids() else {pack.id: text}


def load_named(file: Path) -> "Pack":
    """The pack in *file*, sound and true to its examples.

    Raises:
        PackError: it is not, or there is no such file.
    """
    from assistcli.policy.proof import proven_pack  # only for a file from outside

    return proven_pack(*find_pack(str(file)))


def is_in_use(folder: Path, file: Path) -> bool:
    """Whether the store in *folder* has the very same rules as *file* on its shelf, or the program has."""
    id, text = load_named(file).id, find_pack(str(file))[1]
    known = {*own_ids(folder), *packaged_ids()}
    return id in known and find_pack(id, (folder / FOLDER,))[1] == text


def demand_in_use(folder: Path, file: Path) -> None:
    """Let the pack in *file* pass where the store in *folder* has the very same rules in use.

    Raises:
        PackError: it has others; entries made under these could not be explained later.
    """
    if not is_in_use(folder, file):
        raise PackError(
            f"--pack {file} 只用来试算，不能登记：数据文件夹没有采用这一版\n采用：assist pack use {file}"
        )


def demand_own_id(pack: "Pack", file: str, text: str) -> None:
    """Let the pack that *text* of *file* states pass: the program's own, or one with an id of its own.

    Raises:
        DataRejectedError: it is another pack under the id of one that comes with the program.
    """
    if pack.id in packaged_ids() and text != find_pack(pack.id)[1]:
        raise DataRejectedError(f"编号「{pack.id}」是程序自带的政策包；请在 {file} 里换一个编号（id）")


def _put(path: Path, text: str) -> None:
    make_folder(path.parent)
    replace_file(path, text.encode(), path.with_name(f"{path.name}.{os.getpid()}"))


def shelve(folder: Path, id: str, text: str) -> Path | None:
    """Put the pack *id* on the shelf of *folder* in one step; returns where its former text is kept."""
    path, former = own_pack_path(folder, id), None
    if path.exists():
        before = find_pack(str(path))[1]
        former = folder / FOLDER / FORMER / f"{id}.{short_hash(before)}.toml"
        _put(former, before)
    _put(path, text)
    return former


def bring_back(folder: Path, id: str, edition: str) -> bool:
    """Whether the *edition* of pack *id* is on the shelf of *folder* now, out of the former if need be."""
    path, kept = own_pack_path(folder, id), folder / FOLDER / FORMER / f"{id}.{edition}.toml"
    if path.is_file() and short_hash(find_pack(str(path))[1]) == edition:
        return True
    if kept.is_file():
        shelve(folder, id, find_pack(str(kept))[1])
    return kept.is_file()


def short_hash(text: str) -> str:
    """The first digits of a hash of *text*, to tell two editions of a pack apart."""
    return sha256(text.encode()).hexdigest()[:SHORT_HASH]
