"""Photos for forms: a JPEG or PNG decoded and written anew, so that nothing but its pixels goes on.

A photo from a telephone says where and when it was taken, and may hide a larger picture or another file
behind its last byte. None of that reaches a form: what is printed is a fresh JPEG of print resolution.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from forms.errors import RecordError, reason_of

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE = 20_000_000  # bytes; a telephone's photo has 2 to 8 million
MAX_PIXELS = 50_000_000
LEAST_EDGE = 50  # pixels; less is no likeness
LONGEST_EDGE = 840  # pixels: 300 to the inch on 7 cm, the tallest photo that forms ask for
_FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    EOFError,
)  # as Pillow reports it


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo ready to be printed; as text it is nothing."""

    data: bytes  # JPEG
    width: int  # pixels
    height: int

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hex: the same photo is stored once."""
        return sha256(self.data).hexdigest()

    def __str__(self) -> str:
        return ""


def read_photo(path: Path) -> Photo:
    """The photo in the file *path*, upright, on white, at most 840 pixels long, without its metadata.

    Raises:
        RecordError: it is no whole JPEG or PNG, or too large or too small.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise RecordError(f"照片“{path.name}”超过 {MAX_FILE // 1_000_000} MB。请缩小后再放。")
        data = path.read_bytes()
    except OSError as error:
        raise RecordError(f"打不开照片“{path.name}”：{reason_of(error)}。请检查文件。") from error
    kind = next((name for magic, name in _FORMATS.items() if data.startswith(magic)), None)
    if kind is None:
        raise RecordError(f"“{path.name}”不是 jpg 或 png 图片。请另存为 jpg。")
    return _decode(data, kind, path.name)


def _decode(data: bytes, kind: str, name: str) -> Photo:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=(kind,)) as image:
                _demand_size(image, name)
                return _write_anew(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RecordError(f"照片“{name}”像素过多。请缩小后再放。") from error
    except _DAMAGE as error:
        raise RecordError(f"照片“{name}”已损坏，读不出来。请另存为 jpg 后再放。") from error


def _demand_size(image: Image, name: str) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise RecordError(f"照片“{name}”像素过多（{image.width}×{image.height}）。请缩小后再放。")
    if min(image.size) < LEAST_EDGE:
        raise RecordError(f"照片“{name}”太小（{image.width}×{image.height} 像素），印不清楚。请换一张。")


def _write_anew(image: Image) -> Photo:
    from PIL import Image, ImageOps

    image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # type: ignore[no-untyped-call, unused-ignore]
    upright = ImageOps.exif_transpose(image)
    seen = upright.convert("RGBA") if _is_clear(upright) else upright.convert("RGB")
    seen.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", seen.size, "white")  # a new picture: nothing of the old one's notes is saved
    fresh.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    kept = io.BytesIO()
    fresh.save(kept, format="JPEG", quality=88)
    return Photo(data=kept.getvalue(), width=fresh.width, height=fresh.height)


def _is_clear(image: Image) -> bool:
    """Whether one can see through parts of *image*."""
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
