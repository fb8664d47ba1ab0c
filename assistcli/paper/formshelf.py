"""The shelf of forms that a returned one is compared with: the store's own templates and packaged ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.paper.stationery import GENERAL, form_rules, own_template_path, packaged_template
from assistcli.policy.rules import FormRule, Pack

if TYPE_CHECKING:
    from forms.cells import Page
    from forms.formmap import FormMap

ENOUGH = 0.6  # share of a form's printed words that a returned one still has


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedForm:
    """One kind of form: its rule under the notice in use, or the other notice it belongs to, and its map."""

    rule: FormRule | None
    pack: str
    map: "FormMap"


def fill_shelf(pack: Pack, folder: Path | None) -> list[ShelvedForm]:
    """The forms of *pack*, own templates of the store in *folder* first, then those of all other notices."""
    from forms.formmap import map_form

    shelf = []
    rules = form_rules(pack)
    for rule in rules:
        own = None if folder is None else own_template_path(folder, rule)
        sources = [own if own and own.is_file() else None, packaged_template(pack.id, rule)]
        shelf += [
            ShelvedForm(rule=rule, pack=pack.id, map=map_form(source))
            for source in sources
            if source is not None
        ]
    others = [(notice, data) for notice, data in _packaged() if notice not in {pack.id, GENERAL}]
    return [*shelf, *(ShelvedForm(rule=None, pack=notice, map=map_form(data)) for notice, data in others)]


def _packaged() -> list[tuple[str, bytes]]:
    """Every packaged template with the notice that it belongs to."""
    home = files("forms").joinpath("templates")
    return [
        (folder.name, entry.read_bytes())
        for folder in home.iterdir()
        if folder.is_dir()
        for entry in folder.iterdir()
        if entry.name.endswith(".docx")
    ]


def find_form(page: "Page", shelf: Sequence[ShelvedForm]) -> ShelvedForm | None:
    """The form of *shelf* that *page* is most like; None when it is like none, or equally like two kinds."""
    from forms.likeness import likeness

    ranked = [(likeness(page, form.map), form) for form in shelf]
    best = max((share for share, _ in ranked), default=0.0)
    if best < ENOUGH:
        return None
    found = [form for share, form in ranked if share == best]
    kinds = {(form.pack, form.rule.name if form.rule else "") for form in found}
    return found[0] if len(kinds) == 1 else None
