"""Headers of a table to fields of the catalogue: exact, by alias, by the user's mapping, else a proposal.

What merely resembles a field is never taken: it comes back as a proposal with its ``--map`` line.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Self

from assistcli.errors import UsageError
from assistcli.fields import Field, fields_of, guess_name, nearest_names
from assistcli.intake.vocabulary import fold_header, strip_instructions, words
from assistcli.model import HOUSEHOLD, STUDENT
from assistcli.provenance import IGNORE
from assistcli.shellword import shell_word

KINDS = {STUDENT: "学生", HOUSEHOLD: "困难职工家庭子女"}
"""The kinds of case, as people call them."""
_NUMERALS = "一二三四五六七八九"
# 子女1姓名, 子女二/姓名, 第二个子女的姓名
_NUMBERED = re.compile(
    rf"(?:第?(?=.[个名位]?(?:子女|孩子)))?(?:子女|孩子)?(?P<number>[1-9{_NUMERALS}])"
    r"[个名位]?(?:子女|孩子)?(?:情况|信息)?[的/-]?(?P<label>\D.*)"
)


class ColumnReading(StrEnum):
    """How the cells of a column are read."""

    ONE = "one"
    SPLIT = "split"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The fields that a header names; none where the column is to be ignored.

    ``order`` tells the people of one row apart: 1 for 子女1姓名, 0 for what all of them share.
    ``office`` is the figure of the office (单位信息) that it states instead, no fact of a person.
    """

    fields: tuple[Field, ...] = ()
    reading: ColumnReading = ColumnReading.ONE
    order: int = 0
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderProposal:
    """A header that no field bears, and the field that comes nearest (最接近的字段).

    ``kind_of`` names the other kind of case that has a field of this very name; then none is near enough.
    """

    header: str
    field: str | None
    sheet: str = ""
    kind_of: str = ""

    @property
    def option(self) -> str:
        """What to type for the proposal: ``--map 电话号=手机号码``."""
        return f"--map {shell_word(f'{self.header}={self.field or IGNORE}')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderBook:
    """Every header known for one kind of case, the user's own mapping first."""

    subject: str
    fields: Mapping[str, Field]
    names: Mapping[str, Field]
    mapped: Mapping[str, Match]

    @classmethod
    def build(cls, subject: str, mapping: Mapping[str, str], extra: Iterable[Field] = ()) -> Self:
        """The headers of a *subject* (student or household) with *mapping* header → field name or ``-``.

        Raises:
            UsageError: *mapping* names a field that does not exist.
        """
        fields = {entry.name: entry for entry in [*fields_of(subject), *extra]}
        names: dict[str, Field] = {}
        for entry in fields.values():
            for name in entry.names_for(subject):
                names.setdefault(fold_header(name), entry)
        for entry in fields.values():
            names[fold_header(entry.name)] = entry
        mapped = {fold_header(header): _mapped_match(name, fields, names) for header, name in mapping.items()}
        return cls(subject=subject, fields=fields, names=names, mapped=mapped)

    @property
    def known(self) -> frozenset[str]:
        """Every folded header word, by which the encoding of a text file is told."""
        return frozenset({*self.names, *self.mapped, *words().ignored_headers, *office_headers()})

    def match(self, header: str) -> Match | None:
        """What *header* means; ``None`` if no field bears it."""
        folded = fold_header(header)
        for candidate in dict.fromkeys((folded, strip_instructions(folded))):
            found = self.mapped.get(candidate) or self._match_word(candidate)
            if found:
                return found
        return self._match_parts(strip_instructions(folded)) or self._match_numbered(
            strip_instructions(folded)
        )

    def propose(self, header: str, sheet: str = "") -> HeaderProposal:
        """The field nearest to an unknown *header*."""
        folded = strip_instructions(fold_header(header)) or fold_header(header)
        if others := next((kind for kind in KINDS if kind != self.subject and folded in names_of(kind)), ""):
            return HeaderProposal(header=header, field=None, sheet=sheet, kind_of=others)
        part = next((self.names[part] for part in folded.split("/") if part in self.names), None)
        near = nearest_names(folded, self.names)
        name = part.name if part else self.names[near[0]].name if near else None
        return HeaderProposal(header=header, field=name, sheet=sheet)

    def _match_word(self, folded: str) -> Match | None:
        if folded in self.names:
            return Match(fields=(self.names[folded],))
        if folded in words().ignored_headers:
            return Match()
        if folded in office_headers():
            return Match(office=office_headers()[folded].name)
        if folded in words().compounds:
            return self._match_fields(words().compounds[folded], ColumnReading.SPLIT)
        if folded in words().flags.headers:
            return self._match_fields(words().flags.fields, ColumnReading.FLAGS)
        return None

    def _match_fields(self, names: Iterable[str], reading: ColumnReading) -> Match | None:
        fields = tuple(self.fields[name] for name in names if name in self.fields)
        return Match(fields=fields, reading=reading) if fields else None

    def _match_parts(self, folded: str) -> Match | None:
        """``A/B/C`` headers: the same field under several names, or several fields in one cell."""
        parts = folded.split("/")
        if len(parts) < 2 or not all(part in self.names for part in parts):
            return None
        fields = tuple(dict.fromkeys(self.names[part].name for part in parts))
        if len(fields) == 1:
            return Match(fields=(self.fields[fields[0]],))
        return self._match_fields(fields, ColumnReading.SPLIT) if len(fields) == len(parts) else None

    def _match_numbered(self, folded: str) -> Match | None:
        """子女1姓名, 子女二身份证号, 第2个子女就读学校: a field of one of several people in the row."""
        found = _NUMBERED.fullmatch(folded)
        if not found or self.subject != HOUSEHOLD:
            return None
        label = found["label"]
        entry = self.names.get(f"子女{label}") or self.names.get(label)
        order = int(found["number"]) if found["number"].isdecimal() else _NUMERALS.index(found["number"]) + 1
        return Match(fields=(entry,), order=order) if entry and order else None


@cache
def names_of(subject: str) -> frozenset[str]:
    """Every folded header that a field of *subject* bears."""
    return frozenset(fold_header(name) for entry in fields_of(subject) for name in entry.names_for(subject))


@cache
def office_headers() -> Mapping[str, Field]:
    """The figures of the office by the folded words that a column of them bears."""
    return {fold_header(name): entry for entry in fields_of("office") for name in entry.names_for("office")}


def _mapped_match(name: str, fields: Mapping[str, Field], names: Mapping[str, Field]) -> Match:
    """What the user maps a header to: a field by its name or an alias, or nothing."""
    if name == IGNORE:
        return Match()
    field = names.get(fold_header(name))
    if field is None:
        hint = guess_name(name, fields) or "；忽略一列请写 --map 表头=-"
        raise UsageError(f"--map：没有「{name}」这个字段{hint}")
    return Match(fields=(field,))
