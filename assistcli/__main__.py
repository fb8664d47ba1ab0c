"""``python -m assistcli``."""

from assistcli.cli import main

main()
