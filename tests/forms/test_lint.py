"""The clerk's lint: what would print blank, what is refused, and where it stands."""

import pytest

from forms.lint import Problem, lint_template
from tests.forms.documents import document, paragraph, table

FIELDS = ("姓名", "学号", "学院", "手机号码", "贫困生等级", "农民工", "照片")
KINDS = {"姓名": "text", "农民工": "yesno", "学号": "", "照片": "photo"}
LISTS = {"名单": ("姓名", "班级")}


def messages(body: str) -> list[str]:
    """The messages for *body*."""
    problems = lint_template(document(body), FIELDS, lists=LISTS, kinds=KINDS)
    return [f"{problem.where}：{problem.message}" for problem in problems]


def test_a_sound_template_has_no_problem() -> None:
    rows = table(("{{名单.序号|每页5行}}", "{{名单.姓名}}"))
    assert (
        messages(paragraph("{{ 姓 名 }}{{□农民工}}") + paragraph("{{照片|照片}}") + rows + paragraph(""))
        == []
    )


def test_an_unknown_field_is_named_with_the_nearest() -> None:
    [message] = messages(paragraph("") + table(("一", "{{手机号}}")) + paragraph(""))
    assert message.startswith("表 1 第 1 行第 2 格：{{手机号}}：没有字段“手机号”")
    assert "是不是“手机号码”" in message


def test_an_unknown_list_and_a_field_unknown_to_the_list() -> None:
    found = messages(table(("{{名册.姓名}}",)) + table(("{{名单.手机}}",)) + paragraph(""))
    assert "没有名单“名册”。是不是“名单”" in found[0]
    assert "没有字段“手机”" in found[1]


def test_without_a_catalogue_of_lists_any_list_will_do() -> None:
    assert lint_template(document(table(("{{随便.姓名}}",))), FIELDS) == []


def test_a_box_for_a_field_that_is_no_yes_or_no() -> None:
    assert "不是是/否字段" in messages(paragraph("{{□姓名}}"))[0]


def test_stray_braces_are_shown_with_their_words() -> None:
    for text in ("{姓名}}", "{{姓名}", "姓名}}", "｛姓名｝", "{{姓名}}{{"):
        [message] = messages(paragraph("") + paragraph(text))
        assert message.startswith("第 2 段：")
        assert "花括号不成对" in message


def test_full_width_braces_and_split_formats_are_hints_only() -> None:
    problems = lint_template(document(paragraph("｛｛姓名｝｝") + paragraph("{{姓", "名}}")), FIELDS)
    assert [problem.fatal for problem in problems] == [False, False]
    assert "全角" in problems[0].message
    assert "{{姓名}} 在 Word 里分成了几段" in problems[1].message


def test_placeholders_that_word_merely_split_are_one_line() -> None:
    """Word splits at each saving; only a difference that is seen deserves a line of its own."""
    split = [paragraph("{{姓", "名}}") for _ in range(20)]
    [problem] = lint_template(document("".join(split)), FIELDS)
    assert not problem.fatal
    assert "等 20 处" in problem.message
    assert "格式一样" in problem.message
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{姓</w:t></w:r><w:r><w:t>名}}</w:t></w:r></w:p>"
    hint = (
        '<w:p><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="zh-CN"/></w:rPr><w:t>{{姓</w:t></w:r>'
    )
    found = lint_template(document("".join(split) + bold + hint + "<w:r><w:t>名}}</w:t></w:r></w:p>"), FIELDS)
    assert ["几种格式" in problem.message for problem in found] == [True, False]
    assert "等 21 处" in found[1].message


def test_a_form_without_any_placeholder_is_no_template() -> None:
    """A form that somebody filled in already would be printed for everybody."""
    [problem] = lint_template(document(table(("姓名", "李晓明"))), FIELDS)
    assert problem.fatal
    assert "一个占位符也没有" in problem.message


def test_what_the_language_does_not_know_is_explained() -> None:
    assert "不认得“|upper”" in messages(paragraph("{{姓名|upper}}"))[0]


def test_rules_of_rows_are_checked() -> None:
    assert "表格的一行" in messages(paragraph("{{名单.姓名}}"))[0]


def test_dangers_are_listed_all() -> None:
    data = document(paragraph("x") + "<w:altChunk/>", {"word/vbaProject.bin": b"x"})
    problems = lint_template(data, FIELDS)
    assert len(problems) == 2
    assert all(problem.where == "文件" for problem in problems)


def test_what_is_no_word_file_is_one_problem() -> None:
    [problem] = lint_template(b"x", FIELDS)
    assert problem == Problem(where="文件", message=problem.message)


@pytest.mark.parametrize(
    ("words", "said", "fatal"),
    [
        ("{{照片}}", "应写 {{照片|照片}}", True),
        ("{{□照片}}", "应写 {{照片|照片}}", True),
        ("{{姓名|照片}}", "“姓名”不是照片", True),
        ("{{□姓名}}", "“姓名”不是是/否字段", True),
        ("{{姓名？有}}", "“姓名”不是是/否字段", True),
        ("{{姓名|大写}}", "“姓名”不是金额", False),
        ("{{农民工|日期}}", "“农民工”不是日期", False),
        ("{{农民工|年月日}}", "“农民工”不是日期", False),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(words: str, said: str, fatal: bool) -> None:
    """A date or an amount of the wrong kind prints as it came; the others would spoil the form."""
    [problem] = lint_template(document(paragraph(words)), FIELDS, lists=LISTS, kinds=KINDS)
    assert said in problem.message
    assert problem.fatal is fatal


@pytest.mark.parametrize(
    "words", ["{{□农民工}}", "{{照片|照片4×6}}", "{{学号|日期}}", "{{学院|大写}}", "{{姓名|留4格}}"]
)
def test_a_field_of_the_right_kind_or_of_none_is_no_problem(words: str) -> None:
    """What is not known is not judged."""
    assert lint_template(document(paragraph(words)), FIELDS, lists=LISTS, kinds=KINDS) == []
