"""Which edition of a part of the program is installed: what it found out before may not hold for another."""

from collections.abc import Iterable
from pathlib import Path


def edition_of(files: Iterable[Path]) -> str:
    """The edition of the part that *files* make up; asking the installer for it would cost 30 modules."""
    stats = [path.stat() for path in files]
    return f"{sum(stat.st_size for stat in stats)} {max(stat.st_mtime_ns for stat in stats)}"
