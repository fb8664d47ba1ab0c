"""What stands beside the text of a returned form is never taken for an answer, and never passed over."""

import pytest

from forms.asides import Asides
from forms.cells import Page, read_page
from forms.wordml import parse_part
from tests.forms.documents import W

SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent>"
BLIP = "<w:drawing><a:blip/></w:drawing>"


def run(text: str, settings: str = "") -> str:
    """One run."""
    return f"<w:r><w:rPr>{settings}</w:rPr><w:t>{text}</w:t></w:r>"


def chosen(field: str) -> str:
    """An old form field, whose choice is no text of the document."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{field}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def read(words: str) -> Page:
    """A paragraph of *words* as it is read."""
    body = f"<w:body><w:p>{words}</w:p></w:body>"
    return read_page(parse_part(f"<w:document {SPACES}>{body}</w:document>".encode(), "document"))


@pytest.mark.parametrize(
    ("words", "text", "asides"),
    [
        (run("机械091", "<w:strike/>") + run("机械092"), "机械092", Asides(struck=1)),
        (run("机械091", '<w:dstrike w:val="true"/>') + run("机械092"), "机械092", Asides(struck=1)),
        (run("机械091", '<w:strike w:val="0"/>'), "机械091", Asides()),
        (run(" ", "<w:strike/>") + run("甲"), " 甲", Asides()),
        (run("甲") + f"<w:r>{BOX}</w:r>", "甲", Asides(boxed=frozenset({"框里"}))),
        (
            f"<w:r><mc:AlternateContent><mc:Choice>{BLIP}{BOX}</mc:Choice>"
            f"<mc:Fallback><w:pict><v:imagedata/></w:pict>{BOX}</mc:Fallback></mc:AlternateContent></w:r>",
            "",
            Asides(boxed=frozenset({"框里"}), pictures=1),
        ),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>yǎn</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>䶮</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "䶮",
            Asides(),
        ),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            f"{run('单击此处输入文字。')}</w:sdtContent></w:sdt>",
            "",
            Asides(),
        ),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('张三')}</w:sdtContent></w:sdt>", "张三", Asides()),
        (run("甲"), "甲", Asides()),
        (
            chosen(
                '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'
            ),
            "乙",
            Asides(),
        ),
        (chosen('<w:ddList><w:listEntry w:val="甲"/></w:ddList>'), "甲", Asides()),
        (chosen('<w:ddList><w:result w:val="9"/><w:listEntry w:val="甲"/></w:ddList>'), "", Asides()),
        (chosen("<w:checkBox><w:checked/></w:checkBox>"), "☑", Asides()),
        (chosen('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "□", Asides()),
        (run("说明", "<w:vanish/>") + run("甲"), "甲", Asides()),
        (f"<w:del>{run('旧', '<w:strike/>')}</w:del>" + run("新"), "新", Asides()),
    ],
)
def test_only_the_text_that_stands_is_read(words: str, text: str, asides: Asides) -> None:
    page = read(words)
    assert page.paragraphs == (text,)
    assert page.asides == asides


def test_a_table_within_a_cell_is_counted() -> None:
    cell = "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>"
    page = read(f"</w:p>{cell.format(cell.format(''))}<w:p>")
    assert page.asides == Asides(nested=1)
