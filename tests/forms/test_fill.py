"""Filling: hostile values come out exactly and change nothing else; the same input gives the same bytes."""

from pathlib import Path

import pytest

from forms.continuation import OWNER_FIELDS
from forms.fill import fill
from forms.fit import MORE
from forms.layout import HOME
from forms.template import Template, load_template
from forms.values import capital_amount, date_text, is_yes, plain_text
from tests.forms.audit import audit_document
from tests.forms.documents import count, count_in, document, paragraph, part, table, texts, texts_in
from tests.forms.hostile import HOSTILE
from tests.forms.people import PERSON

TEMPLATES = sorted((Path(str(HOME)) / "templates").rglob("*.docx"))


def filled_with(template: Template, value: str) -> dict[str, object]:
    """A record that gives *value* for every field and list field of *template*."""
    record: dict[str, object] = {mark.name: value for mark in template.marks if not mark.group}
    for mark in template.marks:
        if mark.group:
            row = record.setdefault(mark.group, [{}])
            assert isinstance(row, list)
            row[0][mark.name] = value
    return record


def test_there_are_enough_hostile_values() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 200


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_comes_out_exactly(value: str) -> None:
    """In a paragraph and in a growing cell: the same runs and paragraphs, the text to the letter."""
    body = paragraph("[{{a}}]") + table(("{{名单.a}}", "{{a}}"))
    template = load_template(document(body))
    filled = fill(template, {"a": value, "名单": [{"a": value}]})
    clean = plain_text(value)
    assert texts(filled) == [f"[{clean}]", clean, clean, ""]
    assert count(filled, "r") == 3


STAND_IN = "〔值〕"


def is_text_alone(value: str) -> bool:
    """Whether every kind of placeholder prints *value* as it came: no tick, no sum, no room for ink."""
    clean = plain_text(value)
    return bool(clean.strip()) and not is_yes(value) and capital_amount(value) == clean == date_text(value)


def cut_annex(found: list[str]) -> tuple[list[str], list[str]]:
    """Texts of the form, and of its 附页: the owner, then a heading and the rest for each field."""
    at = next((place for place, text in enumerate(found) if text.startswith("附页　")), len(found))
    return found[:at], found[at:]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_hostile_values_leave_every_form_as_it_is(path: Path) -> None:
    """Text to the letter, no run or paragraph more; what does not fit stands complete on the 附页."""
    template = load_template(path)
    plain = part(fill(template, filled_with(template, STAND_IN)))
    wanted, exact = texts_in(plain), 0
    for place, value in enumerate(HOSTILE):
        filled = fill(template, filled_with(template, value))
        root = part(filled)
        found, annex = cut_annex(texts_in(root))
        assert count_in(root, "p") == count_in(plain, "p") + len(annex)
        assert count_in(root, "r") == count_in(plain, "r") + len(annex)
        if is_text_alone(value):
            exact += 1
            rests = iter(annex[2::2])
            whole = [text.replace(MORE, next(rests)) if MORE in text else text for text in found]
            assert whole == [text.replace(STAND_IN, plain_text(value)) for text in wanted]
        if place % 8 == 0:  # the lint takes ten times as long as the filling
            assert audit_document(filled, [value, plain_text(value)]) == []
    assert exact >= 190


def test_nothing_of_a_long_reason_is_lost() -> None:
    """What the cell holds and what the 附页 holds is, together, what was written."""
    reason = "".join(f"第{number}句：家庭困难，求职不顺。" for number in range(700))
    approval = load_template(Path(str(HOME)) / "templates/zust-2013/approval.docx")
    words = texts(fill(approval, {**PERSON, "申请理由": reason}))
    shown = next(text for text in words if text.endswith(MORE))
    at = words.index("申请理由（续）")
    assert shown.removesuffix(MORE) + words[at + 1] == reason
    owner = [str(PERSON[field]) for field in OWNER_FIELDS if field in PERSON]
    assert all(part in words[at - 1] for part in owner)


@pytest.mark.parametrize(
    ("record", "heading"),
    [
        ({"姓名": "李晓明", "个案号": "01J0CASE"}, "附页 李晓明 01J0CASE"),
        ({"姓名": "李晓明", "档案编号": "DA7", "个案号": "01J0CASE"}, "附页 DA7 李晓明"),
        ({"学院": "理学院"}, "附页 理学院"),
    ],
)
def test_the_annex_page_carries_the_number_of_its_case(record: dict[str, str], heading: str) -> None:
    """Without a student or file number the case's own; a table's sheet carries the college."""
    approval = load_template(Path(str(HOME)) / "templates/zust-2013/approval.docx")
    said = texts(fill(approval, {**record, "申请理由": "家庭困难，求职不顺。" * 300}))
    assert heading in (" ".join(text.split()) for text in said)


def test_what_overflows_from_a_list_is_named_by_row_and_person() -> None:
    detail = load_template(Path(str(HOME)) / "templates/zust-2013/detail.docx")
    rows = [{"姓名": "张三"}, {"姓名": "李晓明", "最终单位落实情况": "很长的单位名称" * 40}]
    words = texts(fill(detail, {"学院": "理", "名单": rows}))
    at = words.index("第2行 李晓明 最终单位落实情况（续）")
    shown = next(text for text in words if text.endswith(MORE))
    assert shown.removesuffix(MORE) + words[at + 1] == "很长的单位名称" * 40


def test_the_same_record_gives_the_same_bytes() -> None:
    template = load_template(TEMPLATES[0])
    assert fill(template, PERSON) == fill(load_template(TEMPLATES[0]), dict(PERSON))


def test_filling_does_not_wear_the_template_out() -> None:
    """A record does not leave traces in the next one."""
    template = load_template(Path(str(HOME)) / "templates/zust-2013/approval.docx")
    before = fill(template, {})
    fill(template, {**PERSON, "申请理由": "长" * 5000})
    assert fill(template, {}) == before
