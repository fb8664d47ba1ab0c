"""Every check, in order, stopping at the first failure: ruff, format, mypy, pytest.

``python -m tests`` runs them all; arguments after it go to pytest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest",),
)


def main() -> int:
    """Run each check in the repository's root; return the first exit code that is not 0."""
    for check in CHECKS:
        extra = sys.argv[1:] if check[0] == "pytest" else []
        print("›", *check, *extra, flush=True)
        done = subprocess.run([sys.executable, "-m", *check, *extra], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
