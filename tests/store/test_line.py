"""Lines: sound as written, unsound after any change of any byte."""

import pytest

from store.line import START, digest_of, document_text, is_sound, load_line, prev_of, seal_line, seal_members

MEMBERS = {"seq": 1, "tx": 1, "left": 0, "table": "cases", "id": "c1", "document": {"name": "张三"}}


def test_line_reads_back() -> None:
    raw, digest = seal_members(MEMBERS, START)
    assert is_sound(raw)
    assert load_line(raw) == {**MEMBERS, "prev": START, "hash": digest}
    assert (prev_of(raw), digest_of(raw)) == (START, digest)


def test_chinese_is_readable_in_the_file() -> None:
    raw, _ = seal_members(MEMBERS, START)
    assert "张三".encode() in raw
    assert raw.count(b"\n") == 1


def test_every_changed_byte_shows() -> None:
    """Also the case of a hex digit: checksums are compared to the byte."""
    raw, _ = seal_members(MEMBERS, START)
    for at in range(len(raw)):
        for bit in range(8):
            changed = bytearray(raw)
            changed[at] ^= 1 << bit
            assert not is_sound(bytes(changed)), (at, bit)
    assert not is_sound(raw[:-36] + raw[-36:].upper())


def test_every_missing_byte_shows() -> None:
    raw, _ = seal_members(MEMBERS, START)
    assert not any(is_sound(raw[:at]) for at in range(len(raw)))
    assert not any(is_sound(raw[:at] + raw[at + 1 :]) for at in range(len(raw)))


@pytest.mark.parametrize("text", ['{"a":1}', '{"x":",\\"document\\":{}"}', "null", '{"hash":"0","prev":"1"}'])
def test_document_is_cut_out_exactly(text: str) -> None:
    """Whatever stands in other members and in the document itself."""
    members = b'{"seq":1,"table":"\\",\\"document\\":","id":"c","document":' + text.encode()
    raw, _ = seal_line(members, START)
    assert document_text(raw) == text.encode()
