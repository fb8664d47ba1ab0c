"""Lines read ahead: the same bytes as one at a time, with fewer questions to the system."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from store.archive import LinesAhead
from store.layer import Place

SEGMENTS = {1: bytes(range(256)) * 2000, 2: bytes(reversed(range(256))) * 2000}


class Disk:
    """Two segments, and what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[Place] = []

    def read(self, place: Place) -> bytes:
        """The bytes at a place, as far as the segment goes."""
        self.asked.append(place)
        return SEGMENTS[place.segment][place.offset : place.offset + place.length]


@given(
    st.lists(
        st.builds(Place, st.sampled_from([1, 2]), st.integers(0, 500_000), st.integers(1, 100_000)),
        max_size=12,
    )
)
def test_every_line_is_the_one_that_stands_there(places: list[Place]) -> None:
    lines = LinesAhead(Disk().read)
    for place in places:
        assert lines.read(place) == Disk().read(place)


def test_lines_in_a_row_are_read_in_blocks() -> None:
    disk = Disk()
    lines = LinesAhead(disk.read)
    for number in range(1000):
        lines.read(Place(1, number * 300, 300))
    assert len(disk.asked) <= 1 + 300_000 // (60 << 10) + 1


def test_scattered_lines_are_read_alone() -> None:
    """A block for each of them would cost more than it saves."""
    disk, places = Disk(), [Place(1, offset, 200) for offset in range(500_000, 0, -40_000)]
    lines = LinesAhead(disk.read)
    for place in places:
        lines.read(place)
    assert disk.asked == places
    assert all(after.offset < before.offset for before, after in pairwise(places))
