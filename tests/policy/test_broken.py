"""Packs with one mistake each: the first line of the file says what must be reported, word for word."""

from pathlib import Path

import pytest

from assistcli.policy.proof import prove_pack

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.toml"))
MARK = "# 应报："


@pytest.mark.parametrize("path", BROKEN, ids=[path.stem for path in BROKEN])
def test_the_mistake_is_named_with_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = text.splitlines()[0].removeprefix(MARK)
    problems = prove_pack(path.name, text).problems
    assert f"第 {problems[0].line} 行：{problems[0].message}" == expected


def test_there_are_enough_of_them() -> None:
    assert len(BROKEN) >= 60
