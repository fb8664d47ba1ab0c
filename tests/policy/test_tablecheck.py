"""Gaps, overlaps and dead rows of amount tables, also by what is reckoned from several facts."""

from pathlib import Path

import pytest

from assistcli.policy.proof import prove_pack

SOUND = (Path(__file__).parent / "sound.toml").read_text(encoding="utf-8")
ROWS = ("学校所在省 为 内蒙古", "学校所在省 不为 内蒙古")
HEAD = "家庭年度总收入 除以 家庭人口"
ALONE = "家庭人口=1，家庭年度总收入=8000.00 时"


def problems_with(first: str, second: str) -> list[str]:
    """What is wrong with the sound pack, without its examples, its two rows under *first* and *second*."""
    text = SOUND[: SOUND.index("[[example]]")].replace(ROWS[0], first, 1).replace(ROWS[1], second, 1)
    return [problem.message for problem in prove_pack("own.toml", text).problems]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (f"{HEAD} 低于 8000", f"{HEAD} 不低于 8000", []),
        (f"{HEAD} 低于 8000 且 在档", f"非 ({HEAD} 低于 8000 且 在档)", []),
        (f"{HEAD} 低于 8000", f"{HEAD} 高于 8000", [f"有缺口：{ALONE}没有一行适用"]),
        (f"{HEAD} 不高于 8000", f"{HEAD} 不低于 8000", [f"有重叠：{ALONE}第 1、2 行都适用"]),
        (f"{HEAD} 除以 (家庭人口 加 1) 低于 8000", f"{HEAD} 除以 (家庭人口 加 1) 高于 8000", []),
        (f"{HEAD} 低于 90000", f"{HEAD} 不低于 90000", ["第 2 行永远用不上"]),
        ("家庭年度总收入 低于 80", "家庭年度总收入 高于 80", ["有缺口：家庭年度总收入=80.00 时没有一行适用"]),
    ],
)  # fmt: skip
def test_a_table_by_income_per_head_is_looked_over(first: str, second: str, told: list[str]) -> None:
    """The income line of 12,000 a year and head bears on it; of what cannot be cleared nothing is claimed."""
    found = problems_with(first, second)
    assert len(found) == len(told), found
    assert all(words in message for words, message in zip(told, found, strict=True)), found
