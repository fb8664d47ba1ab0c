"""One record into one document."""

from __future__ import annotations

from forms.continuation import continuation_pages
from forms.key import RELATIONSHIP, key_member
from forms.media import Media, add_relationships
from forms.package import Member, close_package, pack_pieces
from forms.program import Copies, Piece, Scope, Values
from forms.template import Template
from forms.wordml import DOCUMENT


def fill(template: Template, record: Values, key: str = "") -> bytes:
    """The .docx file of *template* filled with *record*; the same bytes for the same record.

    A value may be text, a number, yes/no, None (prints blank), a photo or, for a list, a sequence of records.
    The file holds *key* unseen: `forms.key.read_key` finds it when the form comes back.
    """
    photos: list[Member] = []
    copies = Copies(1, Media(photos.append))
    scope = Scope(record, copies)
    pieces: list[Piece] = [template.body.opening]
    template.body.blocks.run(scope, pieces)
    pieces += continuation_pages(scope.overflow, record)
    pieces += (template.body.section, template.body.closing)
    members = [*fill_stories(template, record), pack_pieces(DOCUMENT, pieces)]
    if template.relationships:
        base = template.relationships
        base = add_relationships(base, RELATIONSHIP) if key else base
        members += (copies.media.relationships(base), *photos)
    if not key:
        return close_package(template.prelude, members)
    return close_package(template.keyed_prelude, (*members, key_member(key)))


def fill_stories(template: Template, record: Values) -> tuple[Member, ...]:
    """Headers, footers and notes of *template*, filled with *record*."""
    filled = []
    for name, program in template.stories.items():
        pieces: list[Piece] = []
        program.run(Scope(record, Copies(1)), pieces)
        filled.append(pack_pieces(name, pieces))
    return tuple(filled)
