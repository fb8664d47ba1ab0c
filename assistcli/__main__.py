"""``python -m assistcli``."""

from assistcli.start import main

main()
