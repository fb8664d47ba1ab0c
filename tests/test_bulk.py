"""Very many objects: a block at a time."""

import gc

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


def test_what_is_held_is_never_walked() -> None:
    """Neither while it is made nor by the first look afterwards."""
    walks: list[str] = []

    def note_walk(phase: str, _about: dict[str, int]) -> None:
        walks.append(phase)

    gc.callbacks.append(note_walk)
    try:
        with bulk.holding_much():
            kept = [[number] for number in range(200_000)]
        fresh = [[number] for number in range(10)]
    finally:
        gc.callbacks.remove(note_walk)
    assert gc.isenabled()
    assert (len(kept), len(fresh), walks) == (200_000, 10, [])
