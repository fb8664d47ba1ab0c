"""The form that a returned page is: the one it is most like, or none."""

import pytest

from assistcli.paper.formshelf import ShelvedForm, find_form
from forms.cells import Page
from forms.formmap import map_form
from forms.returned import read_document
from tests.forms.documents import document, paragraph, table

LEAVE = map_form(document(table(("姓名", "{{姓名}}", "请假天数", "{{天数}}"), ("事由", "{{事由}}"))))
AID = map_form(document(table(("姓名", "{{姓名}}", "家庭住址", "{{住址}}"), ("困难原因", "{{原因}}"))))
SHELF = [ShelvedForm(rule=None, pack="leave", map=LEAVE), ShelvedForm(rule=None, pack="aid", map=AID)]


def page_of(*labels: str) -> Page:
    """A page on which only *labels* are printed."""
    return read_document(document(table(*((label, "x") for label in labels))))


@pytest.mark.parametrize(
    ("labels", "pack"),
    [
        (("姓名", "请假天数", "事由"), "leave"),
        (("姓名", "家庭住址", "困难原因", "备注"), "aid"),
        (("姓名", "家庭住址"), "aid"),
    ],
)
def test_a_page_is_the_form_it_is_most_like(labels: tuple[str, ...], pack: str) -> None:
    """A form of another office that prints nearly the same words counts as well."""
    found = find_form(page_of(*labels), SHELF)
    assert found is not None
    assert found.pack == pack


def test_a_page_of_other_words_is_no_form() -> None:
    assert find_form(read_document(document(paragraph("请假条"))), SHELF) is None
    assert find_form(page_of("姓名"), SHELF) is None
    assert find_form(page_of("姓名", "家庭住址", "困难原因"), []) is None


def test_a_page_equally_like_two_kinds_is_neither() -> None:
    """Nobody guesses which."""
    twins = [ShelvedForm(rule=None, pack="aid", map=AID), ShelvedForm(rule=None, pack="again", map=AID)]
    assert find_form(page_of("姓名", "家庭住址", "困难原因"), twins) is None
    assert find_form(page_of("姓名", "家庭住址", "困难原因"), [twins[0], twins[0]]) is twins[0]
