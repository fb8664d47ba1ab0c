"""Long text in limited cells: shrunk, then cut, never lost."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.fit import MORE, SMALLEST, Box, fit_texts, text_width, wrap


def box(width: float = 120, height: float = 20, line: float | None = 20, fixed: str = "") -> Box:
    """A cell for ten characters of 12 points on one line."""
    return Box(number=0, width=width, height=height, size=12, line=line, fixed=fixed, marks=(4,))


def test_what_fits_is_left_alone() -> None:
    assert fit_texts(box(), ["一二三四五六七八九十"]) is None
    assert fit_texts(box(), [""]) is None


def test_a_little_too_long_shrinks_just_enough() -> None:
    fitted = fit_texts(box(), ["一二三四五六七八九十一二"])
    assert fitted is not None
    assert fitted.size == 10
    assert not fitted.rest


def test_one_line_a_little_smaller_is_better_than_two() -> None:
    fitted = fit_texts(box(height=34), ["2026年10月23日"])
    assert fitted is None
    fitted = fit_texts(box(width=90, height=34), ["2026年10月23日"])
    assert fitted is not None
    assert 9.5 <= fitted.size < 11
    assert wrap("2026年10月23日", 90 / fitted.size + 1, 0, None)[0] == 1


def test_lines_tighten_with_the_type() -> None:
    """At 10 pt two lines stand in a row of 24 pt."""
    fitted = fit_texts(box(height=24), ["一" * 20])
    assert fitted is not None
    assert fitted.size == 10
    assert fitted.line == pytest.approx(12)
    assert not fitted.rest


def test_too_long_for_the_smallest_type_is_cut_with_a_notice() -> None:
    fitted = fit_texts(box(), ["一" * 100])
    assert fitted is not None
    assert fitted.size == SMALLEST
    assert fitted.shown[4].endswith(MORE)
    assert fitted.shown[4].removesuffix(MORE) + fitted.rest[4] == "一" * 100


def test_newlines_count_as_lines() -> None:
    assert fit_texts(box(height=40), ["一\n二"]) is None
    fitted = fit_texts(box(), ["一\n二"])
    assert fitted is not None
    assert fitted.rest


def test_words_printed_in_the_cell_take_their_room() -> None:
    assert fit_texts(box(fixed="一二三四五"), ["六七八九十"]) is None
    assert fit_texts(box(fixed="一二三四五六"), ["六七八九十"]) is not None


def test_a_combining_mark_is_not_torn_from_its_letter() -> None:
    fitted = fit_texts(box(), ["e\u0301" * 200])
    assert fitted is not None
    assert not fitted.rest[4].startswith("\u0301")


def test_latin_words_stay_whole() -> None:
    assert wrap("aaaa bbbb", 4.0, 0, None)[0] == 2
    assert wrap("a" * 30, 4.0, 0, None)[0] >= 30 * 0.56 / 4


@settings(deadline=None, derandomize=True)
@given(
    text=st.text(st.sampled_from("一二，a W1\n·e\u0301"), max_size=400),
    height=st.floats(9, 200),
    width=st.floats(12, 300),
    line=st.one_of(st.none(), st.floats(12, 30)),
)
def test_nothing_is_ever_lost(text: str, height: float, width: float, line: float | None) -> None:
    """Shown and rest are the text; a cut text fits its cell; what is left alone fits, too."""
    room = box(width, height, line)
    fitted = fit_texts(room, [text])
    shown = text if fitted is None else fitted.shown.get(4, text).removesuffix(MORE)
    rest = "" if fitted is None else fitted.rest.get(4, "")
    assert shown + rest == text
    if not rest:
        size = room.size if fitted is None else fitted.size
        one_line = "\n" not in text and text_width(text) * size <= width
        assert one_line or wrap(text, width / size, 0, None)[0] <= room.lines_at(size)


@pytest.mark.parametrize("fixed", ["", "同意给予同学A类资格。", "No. "])
@pytest.mark.parametrize("letters", ["长", "W", "1", "长1", "长 Wa1，", "长\n"])
def test_the_short_cuts_never_pass_what_does_not_fit(letters: str, fixed: str) -> None:
    """What is left as it stands takes no more lines than the cell has, counted letter by letter."""
    passed = 0
    for width, height, indent in product(range(50, 400, 110), (16, 50), (0.0, 24.0)):
        room = Box(
            number=0, width=width, height=height, size=12, line=None, indent=indent, fixed=fixed, marks=(0,)
        )
        for length in range(0, 90, 2):
            text = (letters * length)[:length]
            if fit_texts(room, [text]) is None:
                passed += 1
                lines, _ = wrap(fixed + text, width / 12 + 1, indent / 12, None)  # a line's end may hang out
                assert lines <= room.lines_at(12)
    assert passed
