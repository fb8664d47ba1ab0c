"""Photos for forms: found by the file name recorded, else by 学号 or 身份证号; who has none is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistcli.errors import DataRejectedError, UsageError
from assistcli.identity import PERSON_KEYS
from assistcli.paper.paperwork import CASE_KEY, FormRecord

if TYPE_CHECKING:
    from forms.photo import Photo
    from forms.template import Template

FOLDER = "photos"
PHOTO = "照片"
KEYS = tuple(PERSON_KEYS.values())
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
NO_PHOTO = "没有照片"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Somebody without a photo on the form, and why; ``case`` is blank in the rows of a table."""

    case: str
    who: str
    reason: str


class Album:
    """The photos of one folder; ``without`` says once for each person who got none, with the reason."""

    def __init__(self, folder: Path, places: Sequence[tuple[str, str]]) -> None:
        self._folder = folder.resolve()
        self._places = places  # list (or none) and field of each photo of the template
        self._files = _files_by_stem(folder) if places else {}
        self.without: dict[str, Lack] = {}

    def attach(self, named: Iterable[tuple[str, FormRecord]]) -> Iterator[tuple[str, FormRecord]]:
        """*named* records, each with its photos; read one by one, so that memory does not grow."""
        for name, record in named:
            yield name, self._with_photos(record) if self._places else record

    def _with_photos(self, record: FormRecord) -> FormRecord:
        found: dict[str, Any] = dict(record)
        for group, field in self._places:
            if group:
                found[group] = [{**row, field: self._photo(row, field)} for row in found.get(group, ())]
            else:
                found[field] = self._photo(record, field)
        return found

    def _photo(self, person: Mapping[str, Any], field: str) -> "Photo | None":
        from forms.errors import FormError
        from forms.photo import read_photo

        try:
            return read_photo(self._find(person, str(person.get(field) or "").strip()))
        except (FormError, DataRejectedError) as error:
            who = " ".join(str(person[key]) for key in ("姓名", *KEYS[:1]) if person.get(key))
            case = str(person.get(CASE_KEY) or "")
            self.without[case or who] = Lack(case=case, who=who, reason=str(error))
            return None

    def _find(self, person: Mapping[str, Any], recorded: str) -> Path:
        """The file of *person*: the one *recorded*, else the one that is named by a key of the person.

        Raises:
            DataRejectedError: there is none, there are two, or the one recorded lies outside the folder.
        """
        if recorded:
            path = self._inside(self._folder / recorded.replace("\\", "/"))
            if not path.is_file():
                raise DataRejectedError(f"照片文件夹里没有登记的「{recorded}」")
            return path
        for key in KEYS:
            files = self._files.get(str(person.get(key) or "").casefold(), ())
            if len(files) > 1:
                raise DataRejectedError(f"有几张照片（{'、'.join(path.name for path in files)}），不知用哪张")
            if files:
                return self._inside(files[0])
        raise DataRejectedError(NO_PHOTO)

    def _inside(self, path: Path) -> Path:
        found = path.resolve()
        if not found.is_relative_to(self._folder):
            raise DataRejectedError(f"照片「{path.name}」不在照片文件夹里")
        return found

    def lines(self) -> list[str]:
        """Who got no photo, by reason; no names where the folder holds no photo of anybody."""
        if not self._files and {lack.reason for lack in self.without.values()} == {NO_PHOTO}:
            return [
                f"没有印照片，框里仍是「{PHOTO}」（{len(self.without)} 人）：文件夹 {self._folder} 里没有照片"
            ]
        by_reason: dict[str, list[str]] = {}
        for lack in self.without.values():
            by_reason.setdefault(lack.reason, []).append(lack.who)
        return [
            f"没有印照片，框里仍是「{PHOTO}」（{reason}，{len(names)} 人）：{'、'.join(names)}"
            for reason, names in by_reason.items()
        ]


def _files_by_stem(folder: Path) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
            files.setdefault(path.stem.strip().casefold(), []).append(path)
    return files


def open_album(template: "Template", store: Path, given: str) -> Album:
    """The photos for *template*: from the folder *given*, else from the folder photos of the *store*.

    Raises:
        DataRejectedError: the folder given is not there.
        UsageError: a folder was given for a template that prints no photo.
    """
    from forms.marks import Kind

    places = [(mark.group, mark.name) for mark in template.marks if mark.kind is Kind.PHOTO]
    if given and not Path(given).is_dir():
        raise DataRejectedError(f"没有照片文件夹「{given}」；请检查路径")
    if given and not places:
        raise UsageError("这张表的模板没有照片；要印照片，请在模板里写 {{照片|照片}}（assist help 模板）")
    return Album(Path(given) if given else store / FOLDER, list(dict.fromkeys(places)))
