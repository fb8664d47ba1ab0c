"""How a paragraph of a layout sheet looks, and its lengths in the unit of Word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from forms.errors import TemplateError

_TWIPS_PER_CM = 567


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph looks."""

    font: str = "宋体"
    latin: str = ""  # for letters and figures; the Chinese font's own when empty
    size: float = 12
    bold: bool = False
    align: str = "center"
    line: float = 20
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    first: float = 0
    valign: str = "center"
    page: bool = False  # begins a new page
    next: bool = False  # stays on the page of the paragraph or row after it
    tab: float = 0  # centimetres to a left tab stop
    tab_right: float = 0  # centimetres to a right-hand tab stop

    def changed(self, entry: Mapping[str, Any], where: str) -> Self:
        """This style with the settings of *entry*."""
        unknown = entry.keys() - set(Style.__dataclass_fields__)
        if unknown:
            raise TemplateError(
                f"{where}：不认得“{'、'.join(sorted(unknown))}”。请对照 forms/layout.py 的说明。"
            )
        return replace(self, **entry)


def twips(centimetres: float) -> int:
    """*centimetres* in twentieths of a point."""
    return round(centimetres * _TWIPS_PER_CM)
