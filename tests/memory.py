"""How much memory this very process took at its most."""

import sys
from pathlib import Path


def peak_memory() -> int:
    """The most memory that this process held since it began, in bytes; 0 where the system does not tell.

    On Linux by VmHWM: what ``resource`` tells counts the process that started this one as well.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024)
