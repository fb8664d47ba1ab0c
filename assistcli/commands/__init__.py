"""One command, one module: each offers ``app`` functions registered in ``assistcli.cli``."""
