"""What a document holds beside its text: words crossed out, in boxes, on pictures. None is an answer."""

from __future__ import annotations

from dataclasses import dataclass

from forms.wordml import Element, attribute, child, nearest, w

_GONE = (w("del"), w("moveFrom"))
_BOX, _RUBY, _HINT = w("txbxContent"), w("rt"), w("showingPlcHdr")
_STRUCK, _HIDDEN = (w("strike"), w("dstrike")), w("vanish")
_OFF = ("0", "false", "off")
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Asides:
    """How many words were crossed out, what stands in text boxes, how many pictures and tables in cells."""

    struck: int = 0
    boxed: frozenset[str] = frozenset()
    pictures: int = 0
    nested: int = 0


def set_aside(root: Element) -> Asides:
    """What *root* holds beside its text; taken off it, with what is deleted, hidden or over a character."""
    _drop_deleted(root)
    _write_choices(root)
    struck, boxed, pictures = 0, set(), 0
    for element in list(root.iter(_BOX, _RUBY, _HINT, _HIDDEN, *_STRUCK, *_PICTURES)):
        if element.tag == _HIDDEN:
            _drop_run(element)
        elif element.tag in _STRUCK:
            struck += _drop_run(element)
        elif element.tag in _PICTURES:
            pictures += next(element.iterancestors(_FALLBACK), None) is None
        elif element.tag == _HINT:
            _blank(child(nearest(element, "sdt"), "sdtContent"))
        else:
            if element.tag == _BOX:
                boxed.add(_text(element).strip())
            _remove(element)
    nested = sum(nearest(table, "tc") is not None for table in root.iter(w("tbl")))
    return Asides(struck, frozenset(filter(None, boxed)), pictures, nested)


def _write_choices(root: Element) -> None:
    """Put what old form fields print, a choice or a tick, into their runs as text."""
    for field in root.iter(w("ddList"), w("checkBox")):
        made = field.find(w("result") if field.tag == w("ddList") else w("checked"))
        made = field.find(w("default")) if made is None else made
        run = nearest(field, "r")
        if run is not None:
            text = root.makeelement(w("t"), {})
            text.text = _choice(field, made)
            run.append(text)


def _choice(field: Element, made: Element | None) -> str:
    if field.tag == w("checkBox"):
        return "□" if made is None or attribute(made, "val", "1") in _OFF else "☑"
    entries = [attribute(entry, "val") for entry in field.iter(w("listEntry"))]
    place = attribute(made, "val", "0")
    return entries[int(place)] if place.isdigit() and int(place) < len(entries) else ""


def _drop_deleted(root: Element) -> None:
    for element in list(root.iter(*_GONE)):
        parent = element.getparent()
        _remove(parent.getparent() if parent is not None and parent.tag == w("trPr") else element)


def _drop_run(setting: Element) -> bool:
    """Whether *setting* takes words of a run away, which are gone then."""
    run = nearest(setting, "r")
    said = run is not None and attribute(setting, "val", "1") not in _OFF
    if run is None or not said or child(run, "rPr") is not setting.getparent() or not _text(run).strip():
        return False
    _blank(run)
    return True


def _text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(w("t")))


def _blank(element: Element | None) -> None:
    """Empty the texts of *element*; its paragraphs and cells stay."""
    for text in () if element is None else element.iter(w("t")):
        text.text = ""


def _remove(element: Element | None) -> None:
    holder = None if element is None else element.getparent()
    if holder is not None and element is not None:
        holder.remove(element)
