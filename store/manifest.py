"""The manifest ``store.json``: which segments make up the store. Replaced in one step, never edited."""

import json
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from store.errors import StoreDamagedError, StoreMissingError, StoreVersionError
from store.files import make_folder, read_file, replace_file

FORMAT = 1  # of the files; raised together with a step in store/upgrade.py
NAME = "store.json"
LOG, ARCHIVE, TORN, TEMPORARY = "log", "archive", "torn", "tmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One file of the journal; the last one grows, the others are sealed."""

    number: int
    first: int  # sequence of its first line
    transaction: int  # number of its first transaction
    size: int | None = None  # bytes, once sealed
    head: str | None = None  # hash of its last line, once sealed

    @property
    def name(self) -> str:
        """File name in log/ or archive/."""
        return f"{self.number:06d}.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the store consists of."""

    store: str  # its identity, made once
    format: int
    schema: int  # of the documents; the caller's business
    base: int  # number of the segment from which the records are read; earlier ones are archive
    segments: tuple[Segment, ...]
    upgrading: int | None = None  # schema of the documents while an upgrade is under way
    repairs: int = 0  # how often lines were lost for good

    @property
    def identity(self) -> str:
        """What an index must have been made of to be believed."""
        return f"{self.store}/{self.repairs}"

    @property
    def current(self) -> Segment:
        """The segment that grows."""
        return self.segments[-1]

    @property
    def live(self) -> tuple[Segment, ...]:
        """The segments from which the records are read."""
        return tuple(segment for segment in self.segments if segment.number >= self.base)

    def with_segments(self, *segments: Segment) -> "Manifest":
        """A manifest with these segments instead."""
        return replace(self, segments=segments)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a store; errors say when there is none, or one of a newer program."""
    path = folder / NAME
    try:
        data = read_file(path)
    except (FileNotFoundError, NotADirectoryError):
        raise _absent(folder) from None
    members = _parse(path, data)
    if (found := members["format"]) > FORMAT:
        raise _newer(f"{path}，格式", found, FORMAT)
    if found < FORMAT:
        raise _older("这个数据文件夹的文件是旧格式，需要先升级", f"{path}，格式", found, FORMAT)
    manifest = _build(path, members)
    if data != _render(manifest):
        raise StoreDamagedError("数据文件夹的清单被改动过", file=str(path))
    return manifest


def read_format(folder: Path) -> int:
    """Number of the file layout, whichever it is."""
    path = folder / NAME
    try:
        return int(_parse(path, path.read_bytes()).get("format", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise _absent(folder) from None


def require_schema(folder: Path, schema: int) -> None:
    """StoreVersionError unless the documents are of exactly this schema."""
    manifest = read_manifest(folder)
    if manifest.schema > schema:
        raise _newer(f"{folder}，版本", manifest.schema, schema)
    if manifest.schema < schema or manifest.upgrading is not None:
        what = "这个数据文件夹由较早版本的程序写成，需要先升级"
        raise _older(what, f"{folder}，版本", manifest.schema, schema)


def _newer(where: str, found: int, known: int) -> StoreVersionError:
    return StoreVersionError(
        "这个数据文件夹由更新版本的程序写成，本程序不能打开",
        where=f"{where} {found}，本程序只认到 {known}",
        advice="没有改动任何文件。请升级本程序后再打开。",
        found=found,
        known=known,
    )


def _older(what: str, where: str, found: int, known: int) -> StoreVersionError:
    return StoreVersionError(
        what,
        where=f"{where} {found}，本程序为 {known}",
        advice="升级前会自动备份。请运行 assist doctor --upgrade。",
        found=found,
        known=known,
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a new manifest in the place of the old one."""
    make_folder(folder / TEMPORARY)
    replace_file(folder / NAME, _render(manifest), folder / TEMPORARY / NAME)


def _render(manifest: Manifest) -> bytes:
    """The manifest as it stands in the file."""
    members = asdict(manifest)
    members["segments"] = [asdict(segment) for segment in manifest.segments]
    members["hash"] = _digest(members)
    return (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode()


def segment_path(folder: Path, number: int) -> Path:
    """Where a segment stands: in log/, or in archive/ once compaction has moved it."""
    name = f"{number:06d}.jsonl"
    path = folder / LOG / name
    return path if path.exists() else folder / ARCHIVE / name


def holds_lines(folder: Path) -> bool:
    """Whether there are journal files with more than the header that an unfinished creation leaves."""
    for name in (LOG, ARCHIVE):
        for path in (folder / name).iterdir() if (folder / name).is_dir() else ():
            with path.open("rb") as file:
                if file.readline() and file.read(1):
                    return True
    return False


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    """Members of a manifest whose checksum holds."""
    try:
        members = json.loads(data.decode())
        if members.pop("hash") == _digest(members):
            return dict(members)
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        pass
    raise StoreDamagedError("数据文件夹的清单已损坏", file=str(path))


def _build(path: Path, members: dict[str, Any]) -> Manifest:
    """Manifest from checked members."""
    try:
        segments = tuple(Segment(**segment) for segment in members.pop("segments"))
        return Manifest(**members, segments=segments)
    except (TypeError, KeyError):
        raise StoreDamagedError("数据文件夹的清单缺少内容", file=str(path)) from None


def _digest(members: dict[str, Any]) -> str:
    """Checksum over a manifest's members."""
    return sha256(json.dumps(members, sort_keys=True).encode()).hexdigest()


def _absent(folder: Path) -> Exception:
    """No manifest: no store, or a damaged one."""
    if holds_lines(folder):
        return StoreDamagedError("数据文件夹的清单不见了，但日志还在", file=str(folder / NAME))
    return StoreMissingError(
        "这里没有数据文件夹", where=str(folder), advice="请用 assist init 新建，或用 --store 指明位置。"
    )
