"""A contact at a glance: what is counted of millions of them, without the words."""

from datetime import date
from typing import NamedTuple


class Glance(NamedTuple):
    """What counting looks at in a contact; ``shown``: it has content or evidence. Millions pass by."""

    id: str
    case: str
    day: date
    kind: str
    next_date: date | None
    restricted: bool
    mass: bool
    missed: bool
    shown: bool
