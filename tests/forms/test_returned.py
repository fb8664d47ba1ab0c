"""What comes back by e-mail is opened or refused politely."""

from pathlib import Path

import pytest

from forms.errors import RecordError
from forms.returned import read_document
from tests.forms.documents import W, document, paragraph


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "另存为 .docx"),
        (b"%PDF-1.7", "不是完好的"),
        (b"", "不是完好的"),
        (document("<w:p/>", {"word/media/image1.png": b"x"}), "扫描件"),
        (document(paragraph("x"), {"word/document.xml": f'<!DOCTYPE x><w:document xmlns:w="{W}"/>'}), "DTD"),
        (document(paragraph("x"), {"word/document.xml": b" " * 41_000_000}), "过大"),
    ],
)
def test_what_cannot_be_read_is_refused_politely(data: bytes, reason: str) -> None:
    with pytest.raises(RecordError, match=reason):
        read_document(data)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"x\.docx"):
        read_document(tmp_path / "x.docx")
