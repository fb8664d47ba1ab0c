"""A text that goes on over the page is torn where a reader would pause, and nothing is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.seam import find_seam


@pytest.mark.parametrize(
    ("before", "whole", "after"),
    [
        ("父亲病重，母亲下岗。", "去年住院花去不少", "，家里欠债"),
        ("去年家里收入", "12,345.67元", "都用来看病"),
        ("花去人民币", "伍仟元", "整"),
        ("住院到", "2013年4月15日", "为止"),
        ("卡号是", "ZJ20130415", ""),
        ("他说的是", "（也", "就是前面说的那件事）"),
        ("家里欠债，", "12，345元", "还没有还"),
    ],
)
def test_a_clause_a_number_and_a_word_stay_whole(before: str, whole: str, after: str) -> None:
    """Wherever the room ends inside *whole*, the seam stands before it."""
    text = "家庭困难求职不顺这一段很长" * 4 + before + whole + after
    begins = len(text) - len(whole + after)
    for most in range(begins, begins + len(whole)):
        assert find_seam(text, most) == begins


@pytest.mark.parametrize("mark", list("，。；：、！？）》」”％,.%"))
def test_the_next_page_never_begins_with_a_closing_mark(mark: str) -> None:
    text = "家庭困难求职不顺" * 6 + mark + "家里欠债"
    assert not text[find_seam(text, 48) :].startswith(mark)


def test_what_has_no_seam_is_torn_where_the_room_ends() -> None:
    """Ten thousand letters without a blank; a number that fills its cell."""
    assert find_seam("A" * 10_000, 500) == 500
    assert find_seam("1" * 18, 6) == 6
    assert find_seam("家庭困难", 0) == 0


@settings(deadline=None)
@given(st.text(st.sampled_from("家，。1２一元A b（）\n\u0301\u200d"), min_size=1, max_size=80), st.data())
def test_a_seam_is_never_behind_the_room_nor_far_before_it(text: str, data: st.DataObject) -> None:
    most = data.draw(st.integers(0, len(text) - 1))
    seam = find_seam(text, most)
    assert 0 <= seam <= most
    assert text[seam] not in "\u0301\u200d" or seam == 0
