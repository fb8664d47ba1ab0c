"""Three-way merge of documents."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.threeway import MISSING, WHOLE, Clash, merge_documents, value_at

Doc = dict[str, Any]
BASE: Doc = {"facts": {"姓名": {"value": "张三"}, "民族": {"value": "汉族"}}, "no": "1", "list": [1]}


def merged(ours: Doc | None, theirs: Doc | None, *bases: Doc | None) -> tuple[Doc | None, list[str]]:
    """The merged document, taking ours where they clash, and the paths of the clashes."""
    clashes: list[Clash] = []

    def choose(clash: Clash) -> Any:
        clashes.append(clash)
        return clash.ours

    found = merge_documents(bases or (BASE,), ours, theirs, choose)
    return found, [clash.path for clash in clashes]


def changed(**facts: object) -> Doc:
    """The base with other facts."""
    return {**BASE, "facts": {**BASE["facts"], **facts}}


def test_changes_of_different_fields_unite() -> None:
    ours, theirs = changed(姓名={"value": "张三丰"}), changed(民族={"value": "回族"})
    both = {**BASE, "facts": {"姓名": {"value": "张三丰"}, "民族": {"value": "回族"}}}
    assert merged(ours, theirs) == (both, [])


def test_same_field_changed_twice_differently_is_a_clash() -> None:
    ours, theirs = changed(姓名={"value": "张三丰"}), changed(姓名={"value": "张山"})
    assert merged(ours, theirs) == (ours, ["facts.姓名"])


def test_same_change_twice_is_none() -> None:
    ours = changed(姓名={"value": "张三丰"})
    assert merged(ours, dict(ours)) == (ours, [])


def test_a_fact_is_taken_whole() -> None:
    """Value from one and date from the other would be nobody's word."""
    ours, theirs = changed(姓名={"value": "张三", "by": "甲"}), changed(姓名={"value": "张三", "date": "x"})
    assert merged(ours, theirs)[1] == ["facts.姓名"]


def test_lists_are_taken_whole() -> None:
    assert merged({**BASE, "list": [1, 2]}, {**BASE, "list": [1, 3]})[1] == ["list"]


@pytest.mark.parametrize(("ours", "theirs"), [(1, True), (1, 1.0), (None, MISSING), ([1], [True])])
def test_json_kinds_differ(ours: object, theirs: object) -> None:
    mine = {**BASE, "no": ours}
    yours = {key: value for key, value in {**BASE, "no": theirs}.items() if value is not MISSING}
    assert merged(mine, yours)[1] == ["no"]


def test_removed_field_stays_removed_unless_changed() -> None:
    without = {key: value for key, value in BASE.items() if key != "no"}
    assert merged(without, dict(BASE)) == (without, [])
    assert merged(without, {**BASE, "no": "2"}) == (without, ["no"])


def test_deletion_against_change() -> None:
    """A deletion wins over an unchanged record and clashes with a changed one."""
    assert merged(None, BASE) == (None, [])
    assert merged(BASE, None) == (None, [])
    assert merged(None, changed(姓名={})) == (None, [WHOLE])
    assert merged(changed(姓名={}), None) == (changed(姓名={}), [WHOLE])
    assert merged(None, None) == (None, [])


def test_both_made_the_record() -> None:
    assert merged({"a": 1, "c": 1}, {"b": 2, "c": 2}, None) == ({"a": 1, "b": 2, "c": 1}, ["c"])


def test_several_bases_make_a_side_changed_unless_it_equals_all() -> None:
    """When the last common version is not the same one on both sides, neither may win in silence."""
    assert merged({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}) == ({"a": 1}, ["a"])


def test_value_at_a_path() -> None:
    assert value_at(BASE, "facts.民族") == {"value": "汉族"}
    assert value_at({"a.b": 1}, "a.b") == 1
    assert value_at(BASE, "facts.x") is MISSING
    assert value_at(BASE, WHOLE) == BASE


leaves = st.one_of(st.integers(0, 2), st.none(), st.booleans())
documents = st.one_of(
    st.none(),
    st.dictionaries(
        st.sampled_from("abc"), st.one_of(leaves, st.dictionaries(st.sampled_from("xy"), leaves))
    ),
)


@given(documents, documents, documents)
def test_sides_may_be_swapped(base: Doc | None, ours: Doc | None, theirs: Doc | None) -> None:
    """A+B = B+A, in the result as in the clashes, when the same values are chosen."""

    def choose(clash: Clash) -> Any:
        return max((clash.ours, clash.theirs), key=repr)

    paths: list[list[tuple[str, str, str]]] = [[], []]

    def note(side: int, clash: Clash) -> Any:
        one, other = (clash.ours, clash.theirs) if side == 0 else (clash.theirs, clash.ours)
        paths[side].append((clash.path, repr(one), repr(other)))
        return choose(clash)

    first = merge_documents([base], ours, theirs, lambda clash: note(0, clash))
    second = merge_documents([base], theirs, ours, lambda clash: note(1, clash))
    assert first == second
    assert sorted(paths[0]) == sorted(paths[1])


@given(documents, documents)
def test_one_side_unchanged_gives_the_other(base: Doc | None, theirs: Doc | None) -> None:
    found, clashes = merged(base, theirs, base)
    assert (found or {}, clashes) == (theirs or {}, [])
