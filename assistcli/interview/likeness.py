"""Taking over from another case what a whole class, or the children of one household, share."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistcli.book.casebook import Casebook
from assistcli.desk.registration import read_facts
from assistcli.errors import DataRejectedError
from assistcli.interview.answers import Author
from assistcli.masks import veil_value
from assistcli.model import Case, Fact
from assistcli.policy.rules import Pack
from assistcli.values import format_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a new case takes over: the answers by field, as they may be shown, and whose they are."""

    answers: Mapping[str, str]
    shown: str
    whose: str

    @property
    def source(self) -> str:
        """Where a fact that was taken over comes from."""
        return f"沿用 {self.whose}"

    def facts(self, pack: Pack, author: Author) -> dict[str, Fact | None]:
        """What is taken over, as facts of a case under *pack*."""
        return read_facts(self.answers, pack, source=self.source, by=author.by, day=author.day)


def likeness_of(book: Casebook, name: str) -> Likeness:
    """What a new case under the notice of the command takes over from the case that *name* names.

    Raises:
        CaseLookupError: none fits, or more than one.
        DataRejectedError: it is about another kind of person, or shares nothing that is known.
    """
    pack, case = book.the_pack(), book.case(name)
    if case.subject != pack.subject:
        raise DataRejectedError(f"{case.name} 与新登记的不是同一类个案（{case.pack}），不能沿用")
    shared = _shared_fields(pack, case)
    if not shared:
        raise DataRejectedError(f"{case.name} 没有可沿用的资料（如 学院、班级、专业），请直接登记")
    fields = pack.fields
    shown = [f"{n} {veil_value(fields[n], case.value(n))}" for n in shared]
    whose = f"{case.name} {case.call_name}"
    return Likeness(answers=shared, shown="、".join(shown), whose=whose)


def _shared_fields(pack: Pack, case: Case) -> dict[str, str]:
    """Answers by field that *case* shares with those beside it."""
    return {
        name: format_value(field, case.value(name))
        for name, field in pack.fields.items()
        if pack.subject in field.shared_of and case.value(name) is not None
    }
