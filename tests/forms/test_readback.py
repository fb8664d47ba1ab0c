"""Forms read back: what a person typed is found by its label; what cannot be told is never guessed."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from forms.fill import fill
from forms.formmap import map_form
from forms.layout import HOME
from forms.readback import Reading, read_form
from forms.returned import read_document
from forms.template import load_template
from tests.forms.documents import document, paragraph, table
from tests.forms.people import HOUSEHOLD, PERSON, SUMMARY, detail_row

FOLDER = Path(str(HOME)) / "templates"
TEMPLATES = {f"{path.parent.name}/{path.stem}": path for path in sorted(FOLDER.rglob("*.docx"))}
MAPS = {name: map_form(path) for name, path in TEMPLATES.items()}
APPROVAL = "zust-2013/approval"
TICK = '<w:sym w:font="Wingdings" w:char="F0FE"/>'


def printed(name: str, record: dict[str, Any]) -> bytes:
    """The form *name* filled with *record*."""
    return fill(load_template(TEMPLATES[name]), record)


def read(data: bytes, name: str = APPROVAL) -> Reading:
    """*data* read as the form *name*."""
    return read_form(read_document(data), MAPS[name])


def edited(
    change: Callable[[Any], None], record: dict[str, Any] | None = None, name: str = APPROVAL
) -> bytes:
    """The form as a person sends it back: *change* gets it as an open python-docx document."""
    opened = docx.Document(io.BytesIO(printed(APPROVAL, PERSON if record is None else record)))
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def test_every_field_of_a_printed_form_comes_back() -> None:
    reading = read(printed(APPROVAL, PERSON))
    assert reading.values == PERSON
    assert (reading.missing, reading.doubtful) == ((), {})
    assert reading.places["学号"] == "表 1 第 2 行"


@pytest.mark.parametrize("name", ["dalian-2011/approval-new", "dalian-2011/approval-continuing"])
def test_the_union_forms_come_back(name: str) -> None:
    reading = read(printed(name, HOUSEHOLD), name)
    for field, text in reading.values.items():
        if field in HOUSEHOLD and isinstance(HOUSEHOLD[field], str) and field != "填表日期":
            assert text == HOUSEHOLD[field]
    assert reading.values["填表日期"] == "2011年8月5日"
    assert reading.values["就读学校+专业"] == "某某理工大学 机械设计制造及其自动化"
    assert reading.missing == ()


def test_boxes_come_back_as_yes_or_as_nothing() -> None:
    """An open box is no answer, never a no."""
    values = read(printed("dalian-2011/approval-new", HOUSEHOLD), "dalian-2011/approval-new").values
    assert (values["在档"], values["困难农民工"]) == ("是", "")


@pytest.mark.parametrize("name", MAPS)
def test_a_blank_form_answers_nothing(name: str) -> None:
    """Words that the form prints for ink are no answer."""
    reading = read(printed(name, {}), name)
    assert set(reading.values.values()) <= {""}
    assert not any(reading.lists.values())
    assert reading.doubtful == {}


def test_lists_come_back_over_pages_without_blank_rows() -> None:
    rows = [detail_row(number) for number in range(20)]
    reading = read(printed("zust-2013/detail", {"学院": "理", "名单": rows}), "zust-2013/detail")
    assert [{**row, "序号": ""} for row in reading.lists["名单"]] == [{**row, "序号": ""} for row in rows]
    assert reading.values["学院"] == "理"


def test_a_table_with_two_heading_rows_comes_back_without_its_sum() -> None:
    rows = read(printed("zust-2013/summary", SUMMARY), "zust-2013/summary").lists["学院们"]
    wanted = [{field: str(value) for field, value in row.items()} for row in SUMMARY["学院们"]]
    assert list(rows) == wanted


def test_42_cells_behind_labels_that_are_not_unique_come_back_in_their_places() -> None:
    name = "dalian-2011/statistics"
    values = {f"数量{number}": str(number * 3) for number in range(1, 43)}
    reading = read(printed(name, {**values, "年度": "2011"}), name)
    assert {field: reading.values[field] for field in values} == values


def test_a_long_reason_comes_back_whole_from_cell_and_annex_page() -> None:
    reason = "家庭困难，求职不顺。" * 300
    assert read(printed(APPROVAL, {**PERSON, "申请理由": reason})).values["申请理由"] == reason


LONG = "家庭困难，求职不顺。" * 300


def test_what_is_added_to_the_annex_page_comes_back_with_it() -> None:
    """In paragraphs of its own, up to the next heading."""
    data = edited(lambda opened: opened.add_paragraph("又及：母亲下岗。"), {**PERSON, "申请理由": LONG})
    assert read(data).values["申请理由"] == f"{LONG}\n又及：母亲下岗。"


@pytest.mark.parametrize("typed", ["新写的理由", "{}又及：母亲下岗。"])
def test_an_annex_page_that_no_longer_joins_its_cell_is_told(typed: str) -> None:
    """Neither half is taken for the whole."""

    def type_over(opened: Any) -> None:
        paragraph = opened.tables[0].rows[4].cells[1].paragraphs[0]
        paragraph.text = typed.format(paragraph.text)

    reading = read(edited(type_over, {**PERSON, "申请理由": LONG}))
    assert "申请理由" not in reading.values
    assert len(reading.doubtful["申请理由"]) == 2


def test_a_line_for_ink_is_no_part_of_what_is_typed_on_it() -> None:
    def type_in(opened: Any) -> None:
        opened.tables[0].rows[0].cells[1].text = "＿＿_李晓明___ "
        opened.tables[0].rows[1].cells[1].text = "______"

    values = read(edited(type_in, {})).values
    assert values["姓名"] == "李晓明"
    assert values["学院"] == ""


def test_what_a_person_types_into_a_blank_form() -> None:
    """In several runs and paragraphs, with blanks and full-width figures, as typed."""

    def type_in(opened: Any) -> None:
        rows = opened.tables[0].rows
        rows[0].cells[1].paragraphs[0].add_run("  李晓")
        rows[0].cells[1].paragraphs[0].add_run("明 ")
        rows[2].cells[-1].paragraphs[0].add_run("１３８００００００００")
        rows[4].cells[1].add_paragraph("第一段。")
        rows[4].cells[1].add_paragraph("第二段。")

    values = read(edited(type_in, {})).values
    assert values["姓名"] == "李晓明"
    assert values["手机号码"] == "１３８００００００００"
    assert values["申请理由"] == "第一段。\n第二段。"


def test_labels_that_were_touched_up_are_still_labels() -> None:
    def touch(opened: Any) -> None:
        for old, new in (("姓名", " 姓  名："), ("学号", "学 号:"), ("生源地", "生源地\u3000")):
            cell = next(cell for row in opened.tables[0].rows for cell in row.cells if cell.text == old)
            cell.text = new

    assert read(edited(touch)).values == PERSON


def test_a_value_typed_beside_its_label_in_one_cell() -> None:
    def beside(opened: Any) -> None:
        first = opened.tables[0].rows[0].cells
        first[0].text, first[1].text = "姓名：王小红", ""

    assert read(edited(beside)).values["姓名"] == "王小红"


def test_an_answer_in_its_label_cell_is_no_part_of_the_answer_before() -> None:
    """With a colon it is read; without one it cannot be told from its label, and is missing."""

    def beside(opened: Any) -> None:
        cells = {cell.text: cell for row in opened.tables[0].rows for cell in row.cells}
        cells["学号"].text, cells[PERSON["学号"]].text = "学号：10809999", ""
        cells["性别"].text, cells[PERSON["性别"]].text = "性别女", ""

    reading = read(edited(beside))
    assert (reading.values["班级"], reading.values["学号"]) == (PERSON["班级"], "10809999")
    assert (reading.values["姓名"], reading.missing) == (PERSON["姓名"], ("性别",))


def test_a_label_typed_again_before_its_answer_is_no_part_of_it() -> None:
    def again(opened: Any) -> None:
        cells = {cell.text: cell for row in opened.tables[0].rows for cell in row.cells}
        cells[PERSON["班级"]].text = "班级：机械 091"

    assert read(edited(again)).values["班级"] == "机械 091"


def test_words_in_braces_that_are_not_the_cells_own_placeholder_are_the_answer() -> None:
    assert (
        read(printed(APPROVAL, {**PERSON, "申请理由": "见 {{姓名}} 与 {{}} 表"})).values["申请理由"]
        == "见 {{姓名}} 与 {{}} 表"
    )


def test_a_cell_that_was_split_is_read_as_one() -> None:
    body = table(("姓名", "张", "三", "学号", "1", "2", "3"))
    form = map_form(document(table(("姓名", "{{姓名}}", "学号", "{{学号}}"))))
    values = read_form(read_document(document(body)), form).values
    assert values == {"姓名": "张三", "学号": "123"}


def test_cells_that_changed_places_are_two_answers_to_one_label() -> None:
    """学院, value, value, 班级: the second may be either's."""

    def swap(opened: Any) -> None:
        label = opened.tables[0].rows[1].cells[2]._tc
        label.getnext().addnext(label)

    reading = read(edited(swap))
    assert reading.missing == ("班级",)
    assert reading.doubtful["学院"] == (PERSON["学院"], PERSON["班级"])
    assert "学院" not in reading.values


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>李四</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>张三</w:t></w:r></w:ins>"
    body = table(("姓名", "x")).replace(paragraph("x"), f"<w:p>{deleted}{inserted}</w:p>")
    gone = table(("学号", "1")).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    form = map_form(document(table(("姓名", "{{姓名}}")) + table(("学号", "{{学号}}"))))
    reading = read_form(read_document(document(body + gone)), form)
    assert reading.values == {"姓名": "张三"}
    assert reading.missing == ("学号",)


def test_a_tick_from_the_table_of_symbols_is_a_tick() -> None:
    form = map_form(document(paragraph("档案内{{□在档}}  农民工{{□农民工}}")))
    body = f"<w:p><w:r><w:t>档案内</w:t>{TICK}<w:t>  农民工□</w:t></w:r></w:p>"
    assert read_form(read_document(document(body)), form).values == {"在档": "是", "农民工": ""}


def test_a_deleted_row_is_missing_and_never_its_neighbour() -> None:
    def delete(opened: Any) -> None:
        row = opened.tables[0].rows[1]._tr
        row.getparent().remove(row)

    reading = read(edited(delete))
    assert set(reading.missing) == {"学院", "班级", "学号"}
    assert reading.values == {field: text for field, text in PERSON.items() if field not in reading.missing}


def test_a_deleted_cell_does_not_make_the_next_label_a_value() -> None:
    def delete(opened: Any) -> None:
        cells = opened.tables[0].rows[1]._tr.tc_lst
        cells[1].getparent().remove(cells[1])

    reading = read(edited(delete))
    assert reading.missing == ("学院",)
    assert reading.values["班级"] == PERSON["班级"]


def test_rows_in_another_order_and_rows_added_are_read() -> None:
    def shuffle(opened: Any) -> None:
        opened_table = opened.tables[0]
        first = opened_table.rows[0]._tr
        opened_table.rows[2]._tr.addnext(first)
        opened_table.add_row().cells[0].text = "备注"

    assert read(edited(shuffle)).values == PERSON


def test_two_forms_in_one_file_are_doubtful_where_they_differ() -> None:
    """Never one person's name with another's number."""
    body = table(("姓名", "张三", "性别", "男")) + paragraph("") + table(("姓名", "李晓明", "性别", "男"))
    form = map_form(document(table(("姓名", "{{姓名}}", "性别", "{{性别}}"))))
    reading = read_form(read_document(document(body)), form)
    assert reading.doubtful == {"姓名": ("张三", "李晓明")}
    assert reading.values == {"性别": "男"}


def test_several_equal_labels_are_missing_when_one_is_gone() -> None:
    """Which of them is left cannot be told."""
    form = map_form(document(table(("款", "{{甲}}"), ("款", "{{乙}}"))))
    reading = read_form(read_document(document(table(("款", "5")))), form)
    assert reading.missing == ("甲", "乙")
    assert reading.values == {}


def test_placeholders_that_were_never_filled_are_no_values() -> None:
    assert set(read(TEMPLATES[APPROVAL].read_bytes()).values.values()) == {""}
