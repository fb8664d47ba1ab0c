"""Which form a page is like: its printed words tell."""

from collections.abc import Mapping

import pytest

from forms.cells import Page
from forms.formmap import FormMap
from forms.likeness import likeness
from forms.returned import read_document
from tests.forms.documents import document, paragraph
from tests.forms.test_readback import MAPS, printed


def most_like(page: Page, forms: Mapping[str, FormMap]) -> str:
    """Name of the form of *forms* that *page* is most like."""
    return max(forms, key=lambda name: likeness(page, forms[name]))


@pytest.mark.parametrize("name", MAPS)
def test_each_form_is_most_like_itself(name: str) -> None:
    page = read_document(printed(name, {}))
    assert most_like(page, MAPS) == name
    assert likeness(page, MAPS[name]) > 0.85


def test_a_page_of_other_words_is_like_no_form() -> None:
    page = read_document(document(paragraph("请假条")))
    assert {likeness(page, form) for form in MAPS.values()} == {0.0}
