"""Editions of a pack of the store's own: which one is in use by the journal, and bringing it back on undo."""

from collections.abc import Iterator, Mapping

from assistcli.book.casebook import Casebook
from assistcli.book.packshelf import bring_back
from assistcli.desk.adoption import EDITION
from store.backend import TransactionRecord

RENEWED = "--renew"


def renewal_command(pack: str, before: str, now: str) -> str:
    """The command of a renewal as the journal keeps it: the edition before is known by it alone."""
    return f"pack use {pack} {RENEWED} {before} {now}"


def editions_in_use(book: Casebook) -> dict[str, str]:
    """Pack → the edition that it was last renewed to; one that never was is left out."""
    return {entry.pack: entry.option for entry in book.office().adoptions if entry.reading == EDITION}


def restore_editions(book: Casebook, before: Mapping[str, str], undone: TransactionRecord) -> Iterator[str]:
    """Puts the rules where the journal is after *undone* was reversed; says what became of each pack.

    *before* are the editions that were in use until then.
    """
    now = editions_in_use(book)
    for pack in sorted({*before, *now}):
        if before.get(pack) != now.get(pack):
            edition = now.get(pack) or _edition_before(book, undone)
            if edition and bring_back(book.folder, pack, edition):
                yield f"政策包「{pack}」也换回了版本 {edition}"
            else:
                lost = f"注意：政策包「{pack}」的旧版不在 packs/former，没有换回"
                yield f"{lost}；找到后 assist pack use 旧文件 --renew"


def _edition_before(book: Casebook, undone: TransactionRecord) -> str:
    """The edition that the renewal behind *undone* replaced; blank where the journal does not say."""
    known = {record.number: record for record in book.backend.transactions()}
    renewal = undone
    while renewal.undoes is not None:
        renewal = known[renewal.undoes]
    _, told, editions = renewal.command.partition(f" {RENEWED} ")
    return editions.split()[0] if told and editions else ""
