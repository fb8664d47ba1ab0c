"""JSON text and index words."""

from store.values import dump_json, load_document, word_value, words_of


def test_json_is_one_line_and_unescaped() -> None:
    text = dump_json({"姓名": "张三\n李四"})
    assert text == '{"姓名":"张三\\n李四"}'.encode()
    assert load_document(text) == {"姓名": "张三\n李四"}


def test_kinds_of_values_never_meet() -> None:
    values = ["1", 1, 1.5, True, None, "true", "null", "", "=1"]
    assert len({word_value(value) for value in values}) == len(values)


def test_words_of_a_document() -> None:
    """Lists count member by member; objects and missing members not at all."""
    document = {"a": ["x", 2, {"y": 1}], "b": {"z": 1}, "c": None}
    assert words_of(document, ("a", "b", "c", "d")) == [("a", "=x"), ("a", "2"), ("c", "null")]
