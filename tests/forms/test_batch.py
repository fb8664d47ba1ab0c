"""Batches: one document or one file each, on new pages, with unique ids, private and never half-written."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.batch import write_batch, write_each
from forms.errors import OutputError, RecordError
from forms.fill import fill
from forms.layout import HOME
from forms.template import load_template
from tests.forms.audit import audit_document
from tests.forms.documents import W, count, document, paragraph, part, table, texts
from tests.forms.people import person

APPROVAL = Path(str(HOME)) / "templates/zust-2013/approval.docx"
PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="7" name="章"/></wp:inline></w:drawing></w:r>'
BOOKMARK = '<w:bookmarkStart w:id="0" w:name="_位置"/>{}<w:bookmarkEnd w:id="0"/>'


def batch(body: str, records: list[dict[str, Any]], path: Path, **given: Any) -> bytes:
    """The bytes of one document of *records*."""
    write_batch(load_template(document(body, **given)), records, path)
    return path.read_bytes()


def test_every_record_but_the_first_begins_a_page(tmp_path: Path) -> None:
    made = batch(
        paragraph("{{a}}") + paragraph("尾"), [{"a": "一"}, {"a": "二"}, {"a": "三"}], tmp_path / "x.docx"
    )
    assert texts(made) == ["一", "尾", "二", "尾", "三", "尾"]
    assert count(made, "pageBreakBefore") == 2


def test_the_page_break_stands_where_the_schema_wants_it(tmp_path: Path) -> None:
    body = f'<w:p><w:pPr><w:keepNext/><w:jc w:val="center"/></w:pPr>{paragraph("{{a}}")[5:]}'
    made = batch(body, [{}, {}], tmp_path / "x.docx")
    assert audit_document(made) == []


def test_a_form_that_begins_with_a_table_begins_its_page_in_the_first_cell(tmp_path: Path) -> None:
    """One break a record, though the first row repeats."""
    body = table(("{{名单.a}}",)) + paragraph("尾")
    made = batch(body, [{"名单": [{}, {}, {}]}] * 3, tmp_path / "x.docx")
    assert count(made, "pageBreakBefore") == 2
    assert count(made, "tr") == 9


def test_numbered_pages_restart_by_a_section_for_each_record(tmp_path: Path) -> None:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgNumType w:start="1"/></w:sectPr>'
    made = batch(paragraph("{{a}}"), [{}, {}, {}], tmp_path / "x.docx", section=section)
    assert count(made, "sectPr") == 3
    assert count(made, "pageBreakBefore") == 0
    assert audit_document(made) == []


def test_ids_and_bookmark_names_are_unique_in_the_whole_document(tmp_path: Path) -> None:
    """In every copy, of a record or of a row."""
    words = "<w:r><w:t>{{a}}</w:t></w:r>"
    control = f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>'
    body = f"<w:p>{BOOKMARK.format(PICTURE)}{control}</w:p>"
    row = table(("{{名单.a}}",)).replace("<w:p>", f"<w:p>{BOOKMARK.format(PICTURE).replace('_位置', '_行')}")
    made = batch(body + row, [{"名单": [{}, {}, {}]}] * 4, tmp_path / "x.docx")
    assert audit_document(made) == []
    names = [start.get(f"{{{W}}}name") for start in part(made).iter(f"{{{W}}}bookmarkStart")]
    assert len(set(names)) == len(names) == 4 * 4
    assert count(made, "drawing") == 16


def test_one_record_alone_keeps_the_bookmark_names(tmp_path: Path) -> None:
    body = f"<w:p>{BOOKMARK.format('<w:r><w:t>{{a}}</w:t></w:r>')}</w:p>"
    filled = fill(load_template(document(body)), {})
    assert next(part(filled).iter(f"{{{W}}}bookmarkStart")).get(f"{{{W}}}name") == "_位置"


def test_long_text_puts_its_annex_page_behind_its_own_form(tmp_path: Path) -> None:
    long = {**person(0), "申请理由": "长" * 5000}
    write_batch(load_template(APPROVAL), [long, person(1)], tmp_path / "x.docx")
    words = texts((tmp_path / "x.docx").read_bytes())
    annex = next(place for place, text in enumerate(words) if text.startswith("附页"))
    assert words.index("李晓明") > annex
    assert audit_document(tmp_path / "x.docx") == []


def test_records_are_streamed(tmp_path: Path) -> None:
    """The batch asks for one record ahead, never for all."""
    asked: list[int] = []

    def records() -> Iterator[dict[str, Any]]:
        for number in range(5):
            asked.append(number)
            yield person(number)

    assert write_batch(load_template(APPROVAL), records(), tmp_path / "x.docx") == 5
    assert asked == [0, 1, 2, 3, 4]


def test_a_header_that_differs_is_refused_and_nothing_is_left_behind(tmp_path: Path) -> None:
    header = f'<w:hdr xmlns:w="{W}">{paragraph("{{学院}}")}</w:hdr>'
    template = load_template(document(paragraph("{{a}}"), {"word/header1.xml": header}))
    same = [{"学院": "理学院", "a": "一"}, {"学院": "理学院", "a": "二"}]
    assert write_batch(template, same, tmp_path / "same.docx") == 2
    with pytest.raises(RecordError, match="页眉"):
        write_batch(template, [*same, {"学院": "机械学院"}], tmp_path / "x.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["same.docx"]


def test_no_record_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="没有要打印的人"):
        write_batch(load_template(APPROVAL), [], tmp_path / "x.docx")
    assert not list(tmp_path.iterdir())


def test_the_same_batch_gives_the_same_bytes(tmp_path: Path) -> None:
    template = load_template(APPROVAL)
    made = []
    for name in ("a.docx", "b.docx"):
        write_batch(template, map(person, range(3)), tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        write_batch(load_template(APPROVAL), [person(0)], tmp_path / "out" / "x.docx")
        [path] = write_each(load_template(APPROVAL), [("y.docx", person(0))], tmp_path / "each")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "out" / "x.docx").stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_file_each_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "张三.docx").write_bytes(b"old")
    (tmp_path / "去处.docx").symlink_to(tmp_path / "nowhere")
    named = [("张三.docx", person(0)), ("张三.docx", person(1)), ("去处.docx", person(2))]
    paths = write_each(load_template(APPROVAL), named, tmp_path)
    assert [path.name for path in paths] == ["张三(2).docx", "张三(3).docx", "去处(2).docx"]
    assert (tmp_path / "张三.docx").read_bytes() == b"old"
    assert paths[1].read_bytes() == fill(load_template(APPROVAL), person(1))


def test_twins_in_unicode_get_files_of_their_own(tmp_path: Path) -> None:
    """é written in one or two characters, capitals and full width: one name on some disks."""
    names = ("é.docx", "e\u0301.docx", "É.docx", "１.docx", "1.docx")
    paths = write_each(load_template(APPROVAL), [(name, person(0)) for name in names], tmp_path)
    assert [path.name for path in paths] == ["é.docx", "e\u0301(2).docx", "É(3).docx", "１.docx", "1(2).docx"]


@pytest.mark.parametrize("name", ["../x.docx", "/x.docx", "a/b.docx", "..", ""])
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_each(load_template(APPROVAL), [(name, person(0))], tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="file"):
        write_batch(load_template(APPROVAL), [person(0)], tmp_path / "file" / "x.docx")
    with pytest.raises(OutputError, match="file"):
        write_each(load_template(APPROVAL), [("x.docx", person(0))], tmp_path / "file")


def test_a_batch_that_is_broken_off_leaves_no_file(tmp_path: Path) -> None:
    """Ctrl-C between two people: an older file stays, none of this batch does."""

    def people() -> Iterator[tuple[str, dict[str, Any]]]:
        yield "甲.docx", person(1)
        yield "乙.docx", person(2)
        raise KeyboardInterrupt

    (tmp_path / "甲.docx").write_bytes(b"older")
    with pytest.raises(KeyboardInterrupt):
        write_each(load_template(APPROVAL), people(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["甲.docx"]
    assert (tmp_path / "甲.docx").read_bytes() == b"older"


def test_a_file_that_is_broken_off_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(handle: int, data: bytes) -> None:
        raise KeyboardInterrupt

    template = load_template(APPROVAL)
    monkeypatch.setattr("forms.batch.os.write", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_each(template, [("甲.docx", person(1))], tmp_path)
    assert not list(tmp_path.iterdir())
