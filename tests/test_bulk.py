"""Very many objects: a block at a time."""

import pytest

from assistcli import bulk


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, [0]), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])]
)
def test_blocks_hold_everything_in_order(
    monkeypatch: pytest.MonkeyPatch, count: int, sizes: list[int]
) -> None:
    """No block is empty but the only one of nothing: a table is printed even then."""
    monkeypatch.setattr(bulk, "BLOCK", 3)
    found = list(bulk.blocks(range(count)))
    assert [len(block) for block in found] == sizes
    assert [item for block in found for item in block] == list(range(count))
