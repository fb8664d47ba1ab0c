"""Where the index lives: in the store, except on a network drive, where SQLite cannot be trusted."""

import os
import sys
from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "afs", "davfs", "fuse.sshfs", "fuse.rclone"}
)
_DRIVE_REMOTE = 4  # Windows: GetDriveType
MOUNTS = Path("/proc/self/mounts")


def index_home(folder: Path, store: str) -> Path | None:
    """The folder of a store's index; None if there is no good place for one."""
    if not is_network(folder):
        return folder
    try:
        from platformdirs import user_cache_path  # only for stores on a network drive
    except ImportError:
        return None
    return user_cache_path("assistcli", appauthor=False) / f"index-{store}"


def is_network(folder: Path) -> bool:
    """Whether a folder lies on a network drive, as far as the system tells."""
    path = os.path.realpath(folder)
    if sys.platform == "win32":
        import ctypes  # only Windows has to ask this way

        drive = os.path.splitdrive(path)[0] + "\\"
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE
    return mounted_as(path) in _NETWORK


def mounted_as(path: str) -> str:
    """Kind of file system that holds a path; empty where the system has no such list."""
    try:
        with MOUNTS.open(encoding="utf-8", errors="replace") as file:
            mounts = [line.split() for line in file]
    except OSError:
        return ""
    best, kind = "", ""
    for _, point, name, *_ in mounts:
        root = point.replace("\\040", " ").rstrip("/") + "/"
        if len(root) >= len(best) and f"{path}/".startswith(root):
            best, kind = root, name
    return kind
