"""Files that arrive: which are meant, how they are read, and what of them is known already."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli import intake as intake_room
from assistcli.admission.enrolment import Terms
from assistcli.book.casebook import Casebook, Page
from assistcli.book.entries import TABLE_OF
from assistcli.edition import edition_of
from assistcli.errors import DataRejectedError, MissingFileError, UsageError
from assistcli.fields import Field, catalogue
from assistcli.intake.answers import judged_intake
from assistcli.intake.reading import Intake
from assistcli.intake.vocabulary import fold_header
from assistcli.policy.rules import Pack
from assistcli.progress import announce, watch
from assistcli.provenance import Delivery, Layout

if TYPE_CHECKING:
    from assistcli.paper.formreading import FormReader

NAMES_KEPT = 5
LONG_READING = 1 << 20  # bytes that take about a second
WORKBOOKS = (".xlsx", ".xlsm")
OPEN_MARK = "~$"


def named_files(files: Sequence[str]) -> list[Path]:
    """The files named; Windows leaves 回收/*.docx for the program to look up."""
    paths: list[Path] = []
    for name in files:
        path = Path(name)
        open_name = set(path.name) & set("*?") and not path.exists()
        paths += (sorted(path.parent.glob(path.name)) if open_name else []) or [path]
    return paths


def listed_names(paths: Sequence[Path]) -> str:
    """The names of the first few of *paths*, and how many there are, for the history."""
    more = f" 等 {len(paths)} 个文件" if len(paths) > NAMES_KEPT else ""
    return " ".join(path.name for path in paths[:NAMES_KEPT]) + more


def read_mapping(maps: Sequence[str]) -> dict[str, str]:
    """Header → field of every ``--map 表头=字段``.

    Raises:
        UsageError: one has no equals sign.
    """
    for text in maps:
        if "=" not in text:
            raise UsageError(f"--map「{text}」应写成 表头=字段")
    return {header.strip(): name.strip() for header, _, name in (text.rpartition("=") for text in maps)}


@dataclass(slots=True, kw_only=True)
class FileReader:
    """Reads files of people under one notice; a Word form by the templates of the store as well."""

    pack: Pack
    year: int
    mapping: Mapping[str, str]
    folder: Path | None = None
    layouts: Sequence[Layout] = ()
    _form: "FormReader | None" = None

    def read(self, paths: Sequence[Path]) -> list[Intake]:
        """What the files say.

        Raises:
            DataRejectedError: a file is not there or cannot be read.
        """
        intakes = []
        for path in watch(paths, "读表"):
            if path.is_dir():
                raise DataRejectedError(
                    f"「{path}」是文件夹；请写里面的文件，例：assist import {path}/*.xlsx"
                )
            if not path.is_file():
                raise MissingFileError(path)
            intakes.append(self._read_one(path))
        return intakes

    def _read_one(self, path: Path) -> Intake:
        if path.name.startswith(OPEN_MARK):
            told = f"「{path.name}」是 Excel、WPS 或 Word 打开文件时的临时文件，没有读"
            return judged_intake(path.name, [], [told], self.pack.subject, self.year)
        return self._read_sheet(path) if path.suffix.lower() in WORKBOOKS else self._read_any(path)

    def _read_any(self, path: Path) -> Intake:
        from assistcli.paper.formreading import FormReader, is_form  # only where it may be a Word form

        if not is_form(path):
            return self._read_sheet(path)
        if self._form is None:
            self._form = FormReader(self.pack, self.year, self.folder, self.mapping, self._own())
        return self._form.read(path)

    def _read_sheet(self, path: Path) -> Intake:
        from assistcli.intake.reading import read_rows

        if path.stat().st_size > LONG_READING:
            announce(f"正在读「{path.name}」……")
        return read_rows(
            path,
            subject=self.pack.subject,
            mapping=self.mapping,
            year=self.year,
            extra_fields=self._own(),
            layouts=self.layouts,
        )

    def _own(self) -> list[Field]:
        return [field for name, field in self.pack.fields.items() if name not in catalogue()]


def layouts_to_keep(intakes: Sequence[Intake], mapping: Mapping[str, str], terms: Terms) -> list[Layout]:
    """What *mapping* newly says about the headers of each file, to be remembered for the next one."""
    kept = []
    for intake in intakes:
        known = dict(intake.remembered.mapping) if intake.remembered else {}
        headers = intake.headers
        told = {header: name for header, name in mapping.items() if fold_header(header) in headers}
        if told and known | told != known:
            kept.append(
                Layout(
                    id=f"{terms.pack.id}:{intake.layout}",
                    pack=terms.pack.id,
                    headers=tuple(headers),
                    mapping=known | told,
                    file=intake.file,
                    day=terms.day,
                    by=terms.by,
                )
            )
    return kept


def delivery(path: Path, intake: Intake, mapping: Mapping[str, str], terms: Terms) -> Delivery:
    """The file at *path* as taken in by *terms*; its id changes with its content and with how it is read."""
    remembered = sorted(intake.remembered.mapping.items()) if intake.remembered else ()
    manner = (
        _edition(),
        terms.pack.id,
        terms.year,
        sorted(mapping.items()),
        remembered,
        terms.voice.party,
        str(terms.voice.stated),
        [terms.voice.rules],
        [_field_words(field) for field in terms.pack.fields.values()],
    )
    return Delivery(
        id=sha256(sha256(path.read_bytes()).digest() + repr(manner).encode()).hexdigest()[:32],
        file=path.name,
        rows=len(intake.rows),
        day=terms.day,
        by=terms.by,
        party=terms.voice.party,
        stated=terms.voice.stated,
    )


def _field_words(field: Field) -> str:
    """What *field* means to the reading, the same text in every process: a set has another order in each."""
    return json.dumps(asdict(field), default=sorted, ensure_ascii=False, sort_keys=True)


def is_known(book: Casebook, page: Page, arrived: Delivery) -> bool:
    """Whether the very file went in whole before and no case has been touched since.

    A note that came by a merge or an undo says nothing about the cases as they stand here.
    """
    versions = list(book.backend.history(TABLE_OF[Delivery.__name__], arrived.id))
    last = versions[-1] if versions else None
    if last is None or last.document is None or last.origin or last.undoes:
        return False
    return page.last_change() < last.sequence


def _edition() -> str:
    """Which edition of the reading is installed: after an update the same file may say something else."""
    here = Path(intake_room.__file__).parent
    tables = here.with_name("tables").iterdir()
    return edition_of([*here.glob("*.py"), *here.glob("*.toml"), here.with_name("values.py"), *tables])
