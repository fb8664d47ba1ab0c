"""The zip around a Word document: read within bounds, written with fixed dates so that bytes repeat."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from typing import IO, BinaryIO

from forms.errors import TemplateError, reason_of

MAX_MEMBERS = 400
MAX_BYTES = 40_000_000
MAX_RATIO = 200  # a Word part packs 5 to 30 times; a bomb a thousand times
CONTENT_TYPES = "[Content_Types].xml"

_OLD_WORD = b"\xd0\xcf\x11\xe0"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MOST_MEMBERS = 60_000  # a zip without extensions holds 65,535
_DAY_ONE = 0x21  # 1980-01-01, the first date a zip can hold
_STORED = struct.Struct("<BHH")
_MOST_STORED = 0xFFFF  # bytes in one stored block of deflate
_LAST_BLOCK = b"\x03\x00"


def read_members(source: Path | str | bytes) -> dict[str, bytes]:
    """Contents of every member of the Word file *source*, by name."""
    label = "模板" if isinstance(source, bytes) else Path(source).name
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise TemplateError(
            f"打不开“{label}”：{reason_of(error)}。请检查路径，并在 Word 里关闭它。"
        ) from error
    if data.startswith(_OLD_WORD):
        raise TemplateError(f"“{label}”是旧格式（.doc/.wps）或加了密码。请在 Word 里另存为 .docx。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_bounded(archive, label)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise TemplateError(f"“{label}”不是完好的 Word 文件（.docx）。请在 Word 里打开后另存。") from error


def _read_bounded(archive: zipfile.ZipFile, label: str) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    names = {info.filename.lower() for info in infos}
    if len(infos) > MAX_MEMBERS or len(names) < len(infos):
        raise TemplateError(f"“{label}”内部文件过多或重名，不像 Word 存出来的。请在 Word 里另存。")
    total = 0
    for info in infos:
        total += info.file_size
        bomb = info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if total > MAX_BYTES or bomb:
            raise TemplateError(f"“{label}”解开后过大（{info.filename}）。请删去大图片后在 Word 里另存。")
        if info.filename.startswith("/") or "\\" in info.filename or ".." in info.filename.split("/"):
            raise TemplateError(f"“{label}”内部文件名可疑（{info.filename!r}）。请不要使用这个文件。")
    return {info.filename: archive.read(info) for info in infos}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of a package, packed."""

    name: bytes
    crc: int
    size: int  # bytes unpacked
    packed: bytes  # raw deflate

    def local_header(self) -> bytes:
        """Header that stands before the packed bytes."""
        return _LOCAL.pack(
            b"PK\x03\x04", 20, 0, 8, 0, _DAY_ONE, self.crc, len(self.packed), self.size, len(self.name), 0
        ) + self.name  # fmt: skip

    def entry(self, offset: int, packed_size: int | None = None) -> bytes:
        """Entry in the table of contents for a member that begins at *offset*."""
        length = len(self.packed) if packed_size is None else packed_size
        return _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, 0, 8, 0, _DAY_ONE, self.crc, length, self.size,
            len(self.name), 0, 0, 0, 0, 0, offset
        ) + self.name  # fmt: skip


def pack_member(name: str, data: bytes, level: int = 9) -> Member:
    """*data* packed once, to be written many times."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    return Member(name=name.encode(), crc=zlib.crc32(data), size=len(data), packed=packed)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of XML that never changes, with its bytes packed beforehand."""

    text: str
    raw: bytes
    packed: bytes  # whole deflate blocks, ending on a byte


def make_chunk(text: str) -> Chunk:
    """The chunk for *text*."""
    raw = text.encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(raw) + packer.flush(zlib.Z_SYNC_FLUSH)
    return Chunk(text, raw, min(packed, _stored(raw), key=len))


@lru_cache(maxsize=1 << 10)
def _stored_head(length: int) -> bytes:
    return _STORED.pack(0, length, length ^ _MOST_STORED)


def _stored(raw: bytes) -> bytes:
    blocks = (raw[at : at + _MOST_STORED] for at in range(0, len(raw), _MOST_STORED))
    return b"".join(_stored_head(len(block)) + block for block in blocks)


def pack_pieces(name: str, pieces: Iterable[Chunk | str]) -> Member:
    """The member made of *pieces*: chunks packed beforehand, values stored between them."""
    raws: list[bytes] = []
    packed: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, Chunk):
            raws.append(piece.raw)
            packed.append(piece.packed)
        elif piece:
            raw = piece.encode()
            raws.append(raw)
            packed += (_stored_head(len(raw)), raw) if len(raw) <= _MOST_STORED else (_stored(raw),)
    packed.append(_LAST_BLOCK)
    whole = b"".join(raws)
    return Member(name=name.encode(), crc=zlib.crc32(whole), size=len(whole), packed=b"".join(packed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prelude:
    """Members that are the same in every file, laid out once."""

    body: bytes
    entries: bytes
    count: int


def lay_out(members: Iterable[Member]) -> Prelude:
    """*members* one after the other, ready to be followed by others."""
    body, entries, count = bytearray(), bytearray(), 0
    for member in members:
        entries += member.entry(len(body))
        body += member.local_header() + member.packed
        count += 1
    return Prelude(body=bytes(body), entries=bytes(entries), count=count)


def close_package(prelude: Prelude, members: Iterable[Member]) -> bytes:
    """A whole package: *prelude*, then *members*."""
    parts, entries = [prelude.body], [prelude.entries]
    offset, count = len(prelude.body), prelude.count
    for member in members:
        header = member.local_header()
        parts += (header, member.packed)
        entries.append(member.entry(offset))
        offset += len(header) + len(member.packed)
        count += 1
    contents = b"".join(entries)
    return b"".join((*parts, contents, end_record(count, len(contents), offset)))


def end_record(count: int, length: int, offset: int) -> bytes:
    """The last bytes of a zip with *count* members."""
    return _END.pack(b"PK\x05\x06", 0, 0, count, count, length, offset, 0)


class MemberStream:
    """One large member written piece by piece into an open file."""

    def __init__(self, file: BinaryIO, name: str, level: int = 1) -> None:
        self._file, self._name = file, name.encode()
        self.offset = file.tell()
        self._packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        self._crc = self._size = 0
        file.write(Member(name=self._name, crc=0, size=0, packed=b"").local_header())
        self._start = file.tell()

    def write(self, text: str) -> None:
        """Append *text*."""
        raw = text.encode()
        self._crc = zlib.crc32(raw, self._crc)
        self._size += len(raw)
        self._file.write(self._packer.compress(raw))

    def close(self) -> bytes:
        """Finish the member; returns its entry in the table of contents."""
        self._file.write(self._packer.flush())
        end = self._file.tell()
        length = end - self._start
        if max(self._size, end) > 0xFFFF_FFFF:
            raise TemplateError("合成的文件超过 4 GB。请分批生成。")
        member = Member(name=self._name, crc=self._crc, size=self._size, packed=b"")
        self._file.seek(self.offset + 14)
        self._file.write(struct.pack("<3I", self._crc, length, self._size))
        self._file.seek(end)
        return member.entry(self.offset, length)


class MemberSpool:
    """Members that come while another is still being written: kept on disk until it is their turn."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._members: list[tuple[Member, int, int]] = []  # without its bytes, offset, packed length

    def add(self, member: Member) -> None:
        """Keep *member* for later."""
        offset, length = self._file.tell(), len(member.packed)
        self._file.write(member.local_header() + member.packed)
        self._members.append((replace(member, packed=b""), offset, length))

    def pour(self, file: BinaryIO) -> list[bytes]:
        """Append all members to *file*; returns their entries in the table of contents."""
        start = file.tell()
        self._file.seek(0)
        copyfileobj(self._file, file)
        if file.tell() > 0xFFFF_FFFF or len(self._members) > _MOST_MEMBERS:
            raise TemplateError("合成的文件过大（超过 4 GB 或 6 万张照片）。请分批生成。")
        return [member.entry(start + offset, length) for member, offset, length in self._members]
