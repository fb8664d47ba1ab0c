"""How like a filled page is to a form, by the printed words it still has."""

from forms.cells import Page, squeeze
from forms.formmap import FormMap


def likeness(page: Page, form: FormMap) -> float:
    """Share of the words *form* prints that *page* has, 0 to 1."""
    found = {squeeze(text) for text in page.texts()}
    wanted = form.labels | form.lines
    return len(wanted & found) / len(wanted) if wanted else 0.0
