"""One line of the journal: JSON, chained to the line before it by a checksum over its own bytes.

``{"seq":7,"tx":3,"left":0,"at":…,"by":…,"command":…,"table":…,"id":…,"document":{…},"prev":…,"hash":…}``

``hash`` covers every byte before it, ``prev`` is the hash of the line before; so an edited, deleted,
inserted or moved line shows. ``left`` counts the lines of the transaction still to come.
"""

import json
from hashlib import sha256
from typing import Any

from store.values import dump_json

DIGEST = 32  # hex digits: half of SHA-256 keeps lines short and is beyond finding a second text for
START = "0" * DIGEST  # what the first line of a store follows
_LOAD = json.JSONDecoder().raw_decode  # a sound line has no blanks around
_MARK = b',"hash":"'
SUFFIX = len(_MARK) + DIGEST + 3  # … "}\n
_DOCUMENT = b',"document":'
_PREV = b',"prev":"'


def seal_line(members: bytes, prev: str) -> tuple[bytes, str]:
    """A finished line and its hash, from its members (``{"seq":…`` without closing brace)."""
    body = b'%b,"prev":"%b"' % (members, prev.encode())
    digest = sha256(body).hexdigest()[:DIGEST]
    return b'%b,"hash":"%b"}\n' % (body, digest.encode()), digest


def seal_members(members: dict[str, Any], prev: str) -> tuple[bytes, str]:
    """The same from a dict."""
    return seal_line(dump_json(members)[:-1], prev)


def is_sound(raw: bytes) -> bool:
    """Whether the line is exactly as it was written."""
    mark = len(raw) - SUFFIX
    if mark <= 0:
        return False
    digest = sha256(raw[:mark]).hexdigest()[:DIGEST]
    return raw[mark:] == b'%b%b"}\n' % (_MARK, digest.encode())


def digest_of(raw: bytes) -> str:
    """The hash that a line carries."""
    return raw[-3 - DIGEST : -3].decode("ascii", "replace")


def prev_of(raw: bytes) -> str:
    """The hash of the line before it, as the line carries it."""
    end = len(raw) - SUFFIX - 1
    return raw[end - DIGEST : end].decode("ascii", "replace")


def head_after(raw: bytes, members: dict[str, Any]) -> str:
    """The hash that the next line must follow; a repair notes it for the line behind a gap."""
    return str(members.get("next") or digest_of(raw))


def ends_with_digest(raw: bytes, digest: str) -> bool:
    """Whether *raw* ends with the tail of a line that has this hash."""
    return raw.endswith(_MARK + digest.encode() + b'"}\n')


def load_line(raw: bytes) -> dict[str, Any]:
    """The members of a sound line."""
    members: dict[str, Any] = _LOAD(raw.decode())[0]
    return members


def document_text(raw: bytes) -> bytes:
    """JSON text of the document, cut out of the line without parsing it.

    Safe because a quote inside a JSON string is escaped: the mark cannot stand in a value.
    """
    start = raw.index(_DOCUMENT) + len(_DOCUMENT)
    return raw[start : len(raw) - SUFFIX - DIGEST - 1 - len(_PREV)]
