"""Which form a filled page is: the one whose printed words it still has."""

from collections.abc import Mapping

from forms.cells import Page, squeeze
from forms.formmap import FormMap

_ENOUGH = 0.6  # share of a template's labels that a form of its kind still has


def likeness(page: Page, form: FormMap) -> float:
    """Share of the words *form* prints that *page* has, 0 to 1."""
    found = {squeeze(text) for text in page.texts()}
    wanted = form.labels | form.lines
    return len(wanted & found) / len(wanted) if wanted else 0.0


def choose_form(page: Page, forms: Mapping[str, FormMap]) -> str | None:
    """Name of the form of *forms* that *page* is most like; None when it is like none, or like two alike."""
    ranked = sorted(((likeness(page, form), name) for name, form in forms.items()), reverse=True)
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]
