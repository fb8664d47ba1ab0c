"""Standing between the store and the system: every call that changes the disk passes through here."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

CALLS = (
    "open",
    "write",
    "fsync",
    "ftruncate",
    "replace",
    "rename",
    "unlink",
    "mkdir",
    "rmdir",
    "link",
    "chmod",
)
Handler = Callable[[str, Callable[..., Any], tuple[Any, ...]], Any]  # name, real call, arguments → result


@contextmanager
def intercepted(handler: Handler, *, reads: bool = False) -> Iterator[None]:
    """Let *handler* decide about every call that changes the disk; with *reads* also about reading."""
    real = {name: getattr(os, name) for name in CALLS if hasattr(os, name)}

    def wrap(name: str) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            def go(*changed: Any) -> Any:
                return real[name](*changed, **more)

            if name == "open" and not reads and not args[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                return go(*args)
            return handler(name, go, args)

        return call

    for name in real:
        setattr(os, name, wrap(name))
    try:
        yield
    finally:
        for name, call in real.items():
            setattr(os, name, call)
