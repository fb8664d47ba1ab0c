"""The archive: segments that compaction has put behind it."""

from pathlib import Path

from store.files import make_folder, move_file, sync_folder
from store.manifest import ARCHIVE, LOG, Manifest


def finish_archiving(folder: Path, manifest: Manifest) -> None:
    """Move segments that are archive by now; one that somebody has open waits for the next time."""
    waiting = [
        folder / LOG / segment.name
        for segment in manifest.segments
        if segment.number < manifest.base and (folder / LOG / segment.name).exists()
    ]
    if not waiting:
        return
    make_folder(folder / ARCHIVE)
    for path in waiting:
        try:
            move_file(path, folder / ARCHIVE / path.name)
        except PermissionError:
            continue
    sync_folder(folder / ARCHIVE)
    sync_folder(folder / LOG)
