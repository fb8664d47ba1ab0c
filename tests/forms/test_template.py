"""Templates compiled: placeholders wherever Word puts them, rows, pages, what is missing."""

import io
import zipfile

import pytest

from forms.errors import RecordError, TemplateError
from forms.fill import fill
from forms.template import list_placeholders, load_template
from tests.forms.audit import audit_document
from tests.forms.documents import W, count, document, paragraph, part, table, texts


def printed(body: str, **record: object) -> list[str]:
    """Paragraph texts of *body* filled with *record*."""
    return texts(fill(load_template(document(body)), record))


@pytest.mark.parametrize(
    "runs",
    [
        ("{{姓名}}",),
        ("{", "{姓名", "}}"),
        ("{{姓", "名}}"),
        ("甲{{", " 姓 ", "名", "}", "}乙"),
        ("｛｛姓名", "｝｝"),
    ],
)
def test_a_placeholder_is_found_however_word_splits_it(runs: tuple[str, ...]) -> None:
    [text] = printed(paragraph(*runs), 姓名="张三")
    assert text.strip("甲乙") == "张三"


def test_the_value_takes_the_run_where_the_placeholder_begins_and_leaves_the_others() -> None:
    """No run is lost: a clerk's formatting stays where it was."""
    filled = fill(load_template(document(paragraph("甲{{姓", "名}}乙"))), {"姓名": "张三"})
    assert count(filled, "r") == 2
    assert texts(filled) == ["甲张三乙"]


def test_several_placeholders_in_one_paragraph() -> None:
    assert printed(paragraph("{{a}}、{{b}}", "、{{a}}"), a="一", b="二") == ["一、二、一"]


def test_every_kind_prints_in_place() -> None:
    body = paragraph("{{□甲}}{{□乙}}{{□丙}} {{日|日期}} {{元|大写}} {{甲？印}}{{乙？不印}}")
    record = {"甲": True, "乙": "否", "日": "2026-11-21", "元": "500"}
    assert printed(body, **record) == ["☑□□ 2026年11月21日 人民币伍佰元整 印"]


def test_room_for_ink_is_left_where_the_template_asks_for_it() -> None:
    assert printed(paragraph("[{{元|留2格}}]")) == ["[\u3000\u3000]"]
    assert printed(paragraph("[{{元|留2格}}]"), 元="500") == ["[500]"]


def test_a_missing_value_prints_blank() -> None:
    assert printed(paragraph("[{{无}}][{{空}}]"), 空=None) == ["[][]"]


def test_text_boxes_are_filled_and_their_text_is_not_mixed_with_the_paragraph_around() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('{{框}}')}</w:txbxContent></w:pict></w:r>"
    body = f"<w:p><w:r><w:t>{{{{外</w:t></w:r>{box}<w:r><w:t>}}}}</w:t></w:r></w:p>"
    assert printed(body, 外="甲", 框="乙")[1] == "乙"


def test_a_row_repeats_for_each_record_in_order() -> None:
    body = table(("序号", "姓名"), ("{{名单.序号}}", "{{名单.姓名}}、{{校}}")) + paragraph("完")
    rows = [{"姓名": "张三"}, {"姓名": "王小红", "序号": "乙"}]
    assert printed(body, 名单=rows, 校="某校") == [
        "序号", "姓名", "1", "张三、某校", "乙", "王小红、某校", "完",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("people", "rows", "tables"), [(0, 3, 1), (1, 3, 1), (3, 3, 1), (4, 6, 2), (7, 9, 3)]
)
def test_rows_fill_up_the_page_and_each_page_has_its_header(people: int, rows: int, tables: int) -> None:
    """Blank rows are numbered on, as on the paper form; every page is a table with the header row."""
    header = "<w:trPr><w:tblHeader/></w:trPr>"
    head = table(("序号", "姓名"), properties=header).removesuffix("</w:tbl>")
    body = head + table(("{{名单.序号|每页3行}}", "{{名单.姓名}}")).partition("</w:tblGrid>")[2]
    filled = fill(load_template(document(body)), {"名单": [{"姓名": "张三"}] * people})
    words = [text for text in texts(filled) if text]
    assert count(filled, "tr") == rows + tables
    assert words.count("姓名") == count(filled, "tblHeader") == tables
    assert words.count("张三") == people
    assert [text for text in words if text.isdigit()] == [str(number) for number in range(1, rows + 1)]
    assert count(filled, "pageBreakBefore") == tables - 1


def test_a_list_without_records_prints_one_blank_row() -> None:
    body = table(("{{名单.序号}}", "{{名单.姓名}}"))
    assert printed(body) == ["", "", ""]


def test_two_lists_in_two_tables() -> None:
    body = table(("{{甲.名}}",)) + paragraph("") + table(("{{乙.名}}",))
    assert printed(body, 甲=[{"名": "一"}, {"名": "二"}], 乙={"名": "三"}) == ["一", "二", "", "三", ""]


def test_two_lists_in_neighbouring_rows() -> None:
    body = table(("{{甲.名}}",), ("{{乙.名}}",))
    assert printed(body, 甲=[{"名": "一"}, {"名": "二"}], 乙=[{"名": "三"}]) == ["一", "二", "三", ""]


@pytest.mark.parametrize(
    "body",
    [
        paragraph("{{名单.姓名}}"),
        table(("{{甲.姓名}}", "{{乙.姓名}}")),
        paragraph("{{姓名|upper}}"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused_by_name(body: str) -> None:
    with pytest.raises(TemplateError, match=r"模板"):
        load_template(document(body))


@pytest.mark.parametrize("value", ["张三", 3, [1, 2], ["张三"]])
def test_a_list_must_be_a_list_of_records(value: object) -> None:
    template = load_template(document(table(("{{名单.姓名}}",))))
    with pytest.raises(RecordError, match="名单"):
        fill(template, {"名单": value})


def test_missing_names_what_stays_blank_once_and_in_order() -> None:
    body = paragraph("{{b}}{{a}}{{b}}{{□c}}") + table(("{{名单.姓名}}",))
    template = load_template(document(body))
    assert template.missing({"a": "一"}) == ["b", "c", "名单"]
    assert template.missing({"a": 0, "b": False, "c": "否", "名单": [{}]}) == []


def test_list_placeholders_gives_each_once() -> None:
    template = load_template(document(paragraph("{{b}}{{a}}{{b}}")))
    assert [str(mark) for mark in list_placeholders(template)] == ["{{b}}", "{{a}}"]


def test_headers_are_filled() -> None:
    """A part beside the body is part of the form."""
    header = f'<w:hdr xmlns:w="{W}">{paragraph("{{学院}}")}</w:hdr>'
    template = load_template(document(paragraph("正文"), {"word/header1.xml": header}))
    filled = fill(template, {"学院": "理学院"})
    assert texts(filled, "word/header1.xml") == ["理学院"]
    assert template.missing({}) == ["学院"]


def test_tokens_in_the_template_text_stay_text() -> None:
    """Text that looks like the compiler's own marks is a clerk's text."""
    assert printed(paragraph("@@0:t0@@{{a}}@@1:t0@@"), a="值") == ["@@0:t0@@值@@1:t0@@"]


def test_what_word_wrote_beside_the_text_survives() -> None:
    body = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{paragraph("{{a}}")[5:]}'
    root = part(fill(load_template(document(body)), {"a": "值"}))
    assert next(root.iter("{*}jc")) is not None
    assert next(root.iter("{*}pgSz")) is not None


def test_who_made_the_template_is_in_no_form() -> None:
    """Author, machine and times stay behind; the parts stay sound."""
    author = "<x>王主任的电脑</x>"
    members = dict.fromkeys(("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"), author)
    filled = fill(load_template(document(paragraph("{{a}}"), members)), {})
    with zipfile.ZipFile(io.BytesIO(filled)) as archive:
        assert not any("王主任" in archive.read(name).decode() for name in archive.namelist())
    assert audit_document(filled) == []
