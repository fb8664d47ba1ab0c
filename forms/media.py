"""The photos of one document: each stored once, with the relationship by which the text refers to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from forms.package import Member, pack_member
from forms.photo import Photo
from forms.wordml import RELATIONSHIPS

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_END = "</Relationships>"
_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{id}" name="照片{id}"/><a:graphic'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData'
    ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{id}" name="照片"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
_FIRST_ID = 1_000_000_000  # of a drawing; far above what a template's own drawings are numbered
_PREFIX = "rIdPhoto"


def _drop(member: Member) -> None:
    raise AssertionError(member.name)


@dataclass(slots=True)
class Media:
    """Photos as they come; *keep* is given each that was not there before, packed."""

    keep: Callable[[Member], None] = _drop
    placed: int = 0
    names: dict[str, str] = field(default_factory=dict)  # digest → name

    def place(self, photo: Photo, width: int, height: int) -> str:
        """XML of *photo*, as large as fits into *width* × *height* (EMU), its proportions kept."""
        if photo.digest not in self.names:
            name = f"photo{len(self.names) + 1}"
            self.names[photo.digest] = name
            self.keep(pack_member(f"word/media/{name}.jpg", photo.data, level=0))
        self.placed += 1
        scale = min(width / photo.width, height / photo.height)
        return _DRAWING.format(
            id=_FIRST_ID + self.placed, relationship=f"{_PREFIX}-{self.names[photo.digest]}",
            width=int(photo.width * scale), height=int(photo.height * scale),
        )  # fmt: skip

    def relationships(self, base: str) -> Member:
        """The document's relationships: *base* and one for each photo."""
        added = "".join(
            f'<Relationship Id="{_PREFIX}-{name}" Type="{_IMAGE}" Target="media/{name}.jpg"/>'
            for name in self.names.values()
        )
        return pack_member(RELATIONSHIPS, add_relationships(base, added).encode(), level=6)


def add_relationships(base: str, added: str) -> str:
    """Relationships *base* with the entries *added*."""
    opening, _, _ = base.rpartition(_END)
    return f"{opening}{added}{_END}"
