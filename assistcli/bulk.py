"""Work on very many objects at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def holding_much() -> Iterator[None]:
    """While hundreds of thousands of objects are made and kept, nobody looks for cycles among them.

    The collector would walk over all of them again and again, a tenth of the time, and find nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
