"""A form that came back, opened: its tables and paragraphs, or a polite refusal."""

import io
import zipfile
from pathlib import Path

from forms.cells import Page, read_page
from forms.errors import RecordError, TemplateError
from forms.package import MAX_BYTES, MAX_RATIO
from forms.wordml import DOCUMENT, parse_part

_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_document(source: Path | str | bytes) -> Page:
    """Tables and paragraphs of the filled form *source*.

    Raises:
        RecordError: it is no Word document, or holds pictures instead of text.
    """
    label = "表格" if isinstance(source, bytes) else Path(source).name
    try:
        with _open(source, label) as archive:
            info = archive.getinfo(DOCUMENT)
            if info.file_size > MAX_BYTES or info.file_size > MAX_RATIO * max(info.compress_size, 5000):
                raise RecordError(f"“{label}”解开后过大，没有读。请检查这个文件。")
            page = read_page(parse_part(archive.read(info), DOCUMENT))
            pictures = any(name.startswith("word/media/") for name in archive.namelist())
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise RecordError(f"“{label}”不是完好的 .docx。请在 Word 里打开后另存，再导入。") from error
    except TemplateError as error:
        raise RecordError(f"“{label}”：{error}") from error
    if pictures and not any(text.strip() for text in page.texts()):
        raise RecordError(f"“{label}”里只有图片，像是扫描件，读不出文字。请录入，或向本人要电子稿。")
    return page


def _open(source: Path | str | bytes, label: str) -> zipfile.ZipFile:
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    if data.startswith(_OLD_WORD):
        raise RecordError(f"“{label}”是旧格式（.doc/.wps）或加了密码。请在 Word 里另存为 .docx 再导入。")
    return zipfile.ZipFile(io.BytesIO(data))
