"""What of a sensitive value may be seen.

Classes: REQUIREMENTS 7.6. Phone 3+4 and ID 2+3 digits legible: 永安市府办 notice of 2023-01-04.
"""

from assistcli.fields import HIDDEN, PERSONAL, Field
from assistcli.identity import mask_middle
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
