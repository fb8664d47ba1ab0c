"""What of a sensitive value may be seen.

Classes: REQUIREMENTS 7.6. Phone 3+4 and ID 2+3 digits legible: 永安市府办 notice of 2023-01-04.
"""

import re

from assistcli.fields import HIDDEN, PERSONAL, Field, catalogue
from assistcli.identity import mask_middle
from assistcli.model import Case
from assistcli.values import Value, format_value


def mask_id(text: str) -> str:
    """An ID number for messages and lists: ``35*************123``."""
    return mask_middle(text, 2, 3)


def veil_value(field: Field, value: Value | None, *, reveal: bool = False) -> str:
    """*value* as a page about its one person may show it: S3 hidden, the rest whole; *reveal* shows all."""
    return mask_value(field, value, reveal=reveal or field.sensitivity != HIDDEN)


def mask_value(field: Field, value: Value | None, *, reveal: bool = False) -> str:
    """*value* as a list may show it: S1 whole, S2 masked, S3 hidden; *reveal* shows all."""
    text = format_value(field, value)
    if reveal or not text or field.sensitivity not in {PERSONAL, HIDDEN}:
        return text
    if field.kind == "phone":
        return mask_middle(text, 3, 4)
    return mask_id(text) if field.kind == "id" else "***"


CALLED = {"姓名": "同学", "职工姓名": "师傅"}
"""How a story for the public calls a person: by the surname, as 马同学 (R3-30)."""
TELLING = frozenset({"学号", "班级"})
"""Plain facts that lead to one person all the same."""


def nameless_text(text: str, case: Case) -> str:
    """*text* about *case* for the public: no name, no number, and nothing personal that stands on record."""
    veiled = {}
    for name in case.facts:
        field, value = catalogue().get(name), case.value(name)
        shown = format_value(field, value) if field else str(value)
        if name in CALLED:
            veiled[shown] = shown[:1] + CALLED[name]
        elif not isinstance(value, bool) and _tells_who(name, field):
            veiled[shown] = "***"
    for shown in sorted(veiled, key=len, reverse=True):
        text = _spaced_out(shown).sub(veiled[shown], text) if len(shown) > 1 else text
    return text


def _spaced_out(shown: str) -> re.Pattern[str]:
    """*shown* as people type it too: 张　三, 138-0000-1234."""
    return re.compile(r"[\s-]*".join(map(re.escape, shown)))


def _tells_who(name: str, field: Field | None) -> bool:
    return field is None or name in TELLING or field.sensitivity in {PERSONAL, HIDDEN}
