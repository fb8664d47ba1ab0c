"""The language of placeholders, mark by mark."""

import pytest

from forms.errors import TemplateError
from forms.marks import MARK, Kind, Mark, parse_mark


@pytest.mark.parametrize(
    ("body", "mark"),
    [
        ("姓名", Mark(name="姓名")),
        (" 姓 \u3000名\u00a0", Mark(name="姓名")),
        ("□农民工", Mark(name="农民工", kind=Kind.BOX)),
        ("填表日期|日期", Mark(name="填表日期", kind=Kind.DATE)),
        ("助学资金｜大写", Mark(name="助学资金", kind=Kind.CAPITALS)),
        ("农民工？其中困难农民工", Mark(name="农民工", kind=Kind.WHEN, words="其中困难农民工")),
        ("名单.姓名", Mark(name="姓名", group="名单")),
        ("名单．序号|每页15行", Mark(name="序号", group="名单", page_rows=15)),
        ("名单.□残疾", Mark(name="残疾", group="名单", kind=Kind.BOX)),
        ("名单.日期|日期|每页8行", Mark(name="日期", group="名单", kind=Kind.DATE, page_rows=8)),
        ("助学资金|留8格", Mark(name="助学资金", room=8)),
        ("发放日期|月日", Mark(name="发放日期", kind=Kind.INKED_DAY)),
        ("1月补贴", Mark(name="1月补贴")),
    ],
)
def test_every_mark_of_the_language(body: str, mark: Mark) -> None:
    assert parse_mark(body) == mark


@pytest.mark.parametrize("body", ["", " ", ".姓名", "名单.", "一.二.三", "姓名|upper", "姓名|每页15行", "a|"])
def test_what_is_not_in_the_language_is_refused(body: str) -> None:
    with pytest.raises(TemplateError):
        parse_mark(body)


@pytest.mark.parametrize("text", ["{{姓名}}", "｛｛姓名｝｝", "{｛ 姓名 ｝}"])
def test_full_width_braces_are_braces(text: str) -> None:
    found = MARK.search(text)
    assert found is not None
    assert parse_mark(found[1]).name == "姓名"


@pytest.mark.parametrize("text", ["{姓名}", "{{姓名}", "{{}}", "{{" + "长" * 121 + "}}"])
def test_other_braces_are_text(text: str) -> None:
    assert MARK.search(text) is None
