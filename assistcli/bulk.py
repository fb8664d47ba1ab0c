"""Work on very many objects: at once, or a block at a time."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BLOCK = 500
"""How many objects are held at once where all are gone through."""


def blocks(items: Iterable[T]) -> Iterator[list[T]]:
    """*items* in blocks, so that memory does not grow with them; one empty block where there are none."""
    source = iter(items)
    block = list(islice(source, BLOCK))
    yield block
    while block := list(islice(source, BLOCK)):
        yield block


@contextmanager
def holding_much() -> Iterator[None]:
    """While hundreds of thousands of objects are made and kept, nobody looks for cycles among them.

    The collector would walk over all of them again and again, a tenth of the time, and find nothing. Nor does
    it afterwards: frozen and thawed, they are old, and the next look at what is young passes over them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
