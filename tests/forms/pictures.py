"""Pictures for the tests, drawn on the spot; nobody is on them."""

import io
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

WHERE = b"SECRET-PLACE"
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def draw(width: int = 300, height: int = 400, mode: str = "RGB") -> Image.Image:
    """A picture whose upper left quarter is red, the rest blue."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste(Image.new("RGB", (width // 2, height // 2), "red"))
    return image.convert(mode)


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    """*image* as a JPEG file."""
    kept = io.BytesIO()
    (image or draw()).save(kept, format="JPEG", **options)
    return kept.getvalue()


def png(image: Image.Image | None = None, **options: Any) -> bytes:
    """*image* as a PNG file."""
    kept = io.BytesIO()
    (image or draw()).save(kept, format="PNG", **options)
    return kept.getvalue()


def telltale_jpeg(orientation: int = 1) -> bytes:
    """A JPEG that says where it was taken, in its notes, its comment, and behind its end."""
    notes = Image.Exif()
    notes[ORIENTATION] = orientation
    notes[DESCRIPTION] = WHERE.decode()
    notes.get_ifd(GPS)[1] = "N"
    return jpeg(draw(), exif=notes, comment=WHERE, icc_profile=b"profile " + WHERE) + WHERE


def telltale_png() -> bytes:
    """A PNG with the same in a text chunk."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", WHERE.decode())
    return png(draw(), pnginfo=notes) + WHERE


def save(data: bytes, path: Path) -> Path:
    """*path*, now holding *data*."""
    path.write_bytes(data)
    return path
