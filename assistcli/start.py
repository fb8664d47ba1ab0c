"""Entry point of ``assist``: sets the pace of the garbage collector, then loads the program.

Loading makes many objects that all stay; at the usual pace the collector walks them again and
again, a tenth of the CPU of a short command. References still free everything that has no cycle at once.
"""

import gc

ALLOCATIONS_BETWEEN_WALKS = 100_000


def main() -> None:
    """Run the program."""
    gc.set_threshold(ALLOCATIONS_BETWEEN_WALKS)
    from assistcli.cli import main as run_program  # after the pace is set

    try:
        run_program()
    finally:
        gc.freeze()  # the process ends: a last walk over all that is left costs a twentieth of an import
