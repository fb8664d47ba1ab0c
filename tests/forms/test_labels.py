"""Forms of another office read by their labels: one cell behind each, headings and strangers left alone."""

import pytest

from forms.labels import read_labels
from forms.readback import Reading
from forms.returned import read_document
from tests.forms.documents import document, paragraph, table

NAMES = {"姓名": "姓名", "学生姓名": "姓名", "学号": "学号", "手机": "手机号码", "学院": "学院"}


def read(*parts: str) -> Reading:
    """A document of *parts*, read by the labels of NAMES."""
    return read_labels(read_document(document("".join(parts))), NAMES.get)


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (table(("姓 名：", "张三", "学号", "１０８")), {"姓名": "张三", "学号": "１０８"}),
        (table(("姓名", "张三", "政治面貌", "团员")), {"姓名": "张三"}),
        (table(("姓名", "", "照片", ""), ("学号", "108", "", "")), {"姓名": "", "学号": "108"}),
        (table(("姓名：张三", "学号: 108")), {"姓名": "张三", "学号": "108"}),
        (paragraph("学院：机械学院\u3000\u3000手机：138 备注"), {"学院": "机械学院", "手机号码": "138 备注"}),
        (table(("姓名", "学号", "手机"), ("张三", "108", "138")), {}),
        (table(("姓名", "学号")), {}),
        (paragraph("姓名张三，学号108"), {}),
        (
            paragraph("姓名：张三 学号: 108，手机：138。"),
            {"姓名": "张三", "学号": "108", "手机号码": "138。"},
        ),
        (paragraph("姓名：张三 又名：李晓明"), {"姓名": "张三 又名：李晓明"}),
    ],
)
def test_a_value_stands_behind_its_label(body: str, values: dict[str, str]) -> None:
    """A row of labels is a heading; a word that is no label is nobody's value but its neighbour's."""
    reading = read(body)
    assert reading.values == values
    assert reading.doubtful == {}


def test_two_answers_to_one_field_are_doubtful() -> None:
    """Under two names or in two places; the same answer twice is one."""
    reading = read(
        table(("姓名", "张三", "x", "y")),
        table(("学生姓名", "李晓明", "学号", "108")),
        paragraph("学号：108"),
    )
    assert reading.doubtful == {"姓名": ("张三", "李晓明")}
    assert reading.values == {"学号": "108"}
    assert reading.places["学号"] == "表 2 第 1 行"
