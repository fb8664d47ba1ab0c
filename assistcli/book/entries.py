"""Entries of a store: reading cases and events, and putting new ones in. Knows tables, opens nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from assistcli.book.caserecord import case_label, case_of_record, case_record
from assistcli.book.records import (
    event_of_record,
    event_record,
    glance_of_record,
    office_of_record,
    office_record,
)
from assistcli.errors import CaseLookupError, StoreNotFoundError
from assistcli.glance import Glance
from assistcli.identity import PERSON_KEYS, mask_middle, new_ulid
from assistcli.model import Adoption, Case, Claim, Contact, Office, Paper, Step
from store.backend import Readable, Transaction

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from assistcli.book.records import Event

CASES, CONTACTS, CLAIMS, STEPS, PAPERS = "cases", "contacts", "claims", "steps", "papers"
OFFICE, ADOPTIONS, ACCESSES = "office", "adoptions", "accesses"
# By the name of the class, so that looking at a case does not load every kind of event.
EVENT_TABLES = {
    "Contact": CONTACTS,
    "Claim": CLAIMS,
    "Step": STEPS,
    "Paper": PAPERS,
    "Filing": "filings",
    "Outcome": "outcomes",
    "Pairing": "pairings",
    "Plan": "plans",
    "Recommendation": "recommendations",
    "Application": "applications",
    "Referral": "referrals",
    "Exemplar": "exemplars",
}
OFFICE_TABLES = {
    "Activity": "activities",
    "Job": "jobs",
    "Fund": "funds",
    "Member": "members",
    "Deadline": "deadlines",
    "Publication": "publications",
    "Delivery": "deliveries",
    "Layout": "layouts",
    "Precedence": "precedences",
}
TABLE_OF = {**EVENT_TABLES, **OFFICE_TABLES}
OF_CASE = tuple(EVENT_TABLES.values())
KEYS = {CASES: (*PERSON_KEYS, "name")} | dict.fromkeys(OF_CASE, ("case",))
SHORTEST_ID = 6  # letters by which a person may name an entry: the end of a ULID
E = TypeVar("E", bound="DataclassInstance")


class Reader:
    """Reads cases and events, from the store or from a transaction under way."""

    def __init__(self, source: Readable) -> None:
        self._source = source

    def office(self) -> Office:
        """The unit, its notices and its adopted readings."""
        record = self._source.get(OFFICE, OFFICE)
        if record is None:
            raise StoreNotFoundError("没有单位信息；撤销过 init 的，用 assist history 看编号，再撤销那次撤销")
        adoptions = [event_of_record(Adoption, entry) for _, entry in self._source.scan(ADOPTIONS)]
        return office_of_record(record, tuple(adoptions))

    def cases(self, pack: str | None = None) -> Iterator[Case]:
        """Every case, of *pack* if one is given, in the order they were added."""
        for id, record in self._source.scan(CASES):
            if pack is None or record["pack"] == pack:
                yield case_of_record(record, id)

    def case_records(self, pack: str, year: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """(case id, record) of every case of *pack* and *year*: for those who look at many and need few."""
        for id, record in self._source.scan(CASES):
            if record["pack"] == pack and record["year"] == year:
                yield id, record

    def case(self, name: str, pack: str | None = None) -> Case:
        """The one case that *name* (case id, 学号, ID number or 姓名) names.

        Raises:
            CaseLookupError: none fits, or more than one; the message lists them.
        """
        found = self.matching(name.strip(), pack)
        if not found:
            raise CaseLookupError(
                f"没有找到「{_shown(name)}」。assist list 列出全部个案；也可用学号、身份证号查找"
            )
        if len(found) > 1:
            listed = "；".join(_describe(case) for case in found[:5])
            raise CaseLookupError(f"「{_shown(name)}」对应 {len(found)} 个个案：{listed}\n请改用学号或个案号")
        return found[0]

    def matching(self, name: str, pack: str | None = None) -> list[Case]:
        """The cases that *name* may mean, by the first kind of name that fits any."""
        record = self._source.get(CASES, name)
        if record is not None:
            return [case_of_record(record, name)]
        for key in ("student_no", "id_number", "name"):
            if found := self.found(key, name.upper() if key == "id_number" else name, pack):
                return found
        return []

    def count_cases(self) -> int:
        """Number of all cases, of every notice and year."""
        return self._source.count(CASES)

    def last_change(self) -> int:
        """Number of the newest line about a case in the journal; 0 if there is none."""
        return self._source.newest(CASES)

    def found(self, key: str, value: str, pack: str | None = None) -> list[Case]:
        """The cases whose indexed member *key* holds *value*."""
        records = self._source.find(CASES, key, value)
        return [case_of_record(r, id) for id, r in records if pack is None or r["pack"] == pack]

    def numbers(self, start: str, most: int) -> list[str]:
        """Student numbers that begin with *start*, sorted, *most* at most; no name is looked at."""
        return self._source.beginning(CASES, "student_no", start, most)

    def chosen(self, names: Iterable[str], pack: str | None = None) -> list[Case]:
        """The cases that *names* name, or every case where no name is given."""
        wanted = list(names)
        return [self.case(name, pack) for name in wanted] if wanted else list(self.cases(pack))

    def contacts(self, case: str) -> list[Contact]:
        """Contacts of the case with id *case*, newest first."""
        found = [event_of_record(Contact, r, id) for id, r in self._source.find(CONTACTS, "case", case)]
        return sorted(found, key=lambda contact: (contact.day, contact.id), reverse=True)

    def claims(self, case: str) -> list[Claim]:
        """Claims of the case with id *case*, oldest first."""
        found = [event_of_record(Claim, r, id) for id, r in self._source.find(CLAIMS, "case", case)]
        return sorted(found, key=lambda claim: (claim.day, claim.id))

    def event(self, kind: type[E], id: str) -> E | None:
        """The event of *kind* with this *id*, or the only one whose id ends so; else ``None``."""
        record = self._source.get(TABLE_OF[kind.__name__], id)
        if record is not None:
            return event_of_record(kind, record, id)
        if len(id) < SHORTEST_ID:
            return None
        scanned = self._source.scan(TABLE_OF[kind.__name__])
        found = [event_of_record(kind, r, whole) for whole, r in scanned if whole.endswith(id.upper())]
        return found[0] if len(found) == 1 else None

    def events(self, kind: type[E], case: str) -> list[E]:
        """Events of *kind* of the case with id *case*, in the order they were recorded."""
        return [
            event_of_record(kind, r, id) for id, r in self._source.find(TABLE_OF[kind.__name__], "case", case)
        ]

    def all_events(self, kind: type[E]) -> Iterator[E]:
        """Every event of *kind*, in the order they were recorded."""
        for id, record in self._source.scan(TABLE_OF[kind.__name__]):
            yield event_of_record(kind, record, id)

    def events_by_case(self, kind: type[E]) -> Mapping[str, list[E]]:
        """Every event of *kind*, grouped by the case it belongs to."""
        found: dict[str, list[E]] = defaultdict(list)
        for id, record in self._source.scan(TABLE_OF[kind.__name__]):
            found[record["case"]].append(event_of_record(kind, record, id))
        return found

    def glances(self) -> Iterator[Glance]:
        """Every contact at a glance, in the order they were recorded."""
        for id, record in self._source.scan(CONTACTS):
            yield glance_of_record(record, id)

    def steps(self, case: str) -> list[Step]:
        """Approval steps of the case with id *case*, in the order they were recorded."""
        return [event_of_record(Step, r, id) for id, r in self._source.find(STEPS, "case", case)]

    def papers(self, case: str) -> list[Paper]:
        """Papers of the case with id *case*, in the order they came in."""
        return [event_of_record(Paper, r, id) for id, r in self._source.find(PAPERS, "case", case)]


class Page(Reader):
    """One command's entries: all are kept when it ends well, none when it does not."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(transaction)
        self._transaction = transaction

    def put_case(self, case: Case) -> None:
        """Enter *case*, new or changed."""
        self._transaction.put(CASES, case.id, case_record(case))

    def put_event(self, event: "Event") -> None:
        """Enter an event of a case or of the office, new or changed."""
        self._transaction.put(TABLE_OF[type(event).__name__], event.id, event_record(event))

    def drop_event(self, event: "Event") -> None:
        """Take out an event of the office; its history stays."""
        self._transaction.delete(TABLE_OF[type(event).__name__], event.id)

    def put_office(self, office: Office) -> None:
        """Enter the unit's own figures and notices."""
        self._transaction.put(OFFICE, OFFICE, office_record(office))

    def put_adoption(self, adoption: Adoption) -> None:
        """Enter an adopted reading; it replaces an earlier one of the same clause."""
        self._transaction.put(ADOPTIONS, f"{adoption.pack}:{adoption.reading}", event_record(adoption))

    def put_access(self, case: str, day: date) -> None:
        """Note that secret fields of the case with id *case* were shown (REQUIREMENTS 7.6)."""
        self._transaction.put(ACCESSES, new_ulid(), {"case": case, "day": day.isoformat()})

    def remove_case(self, case: Case) -> int:
        """Take out *case* with all its events (their history stays); returns how many records went."""
        gone = [(table, id) for table in OF_CASE for id, _ in self._transaction.find(table, "case", case.id)]
        for table, id in [*gone, (CASES, case.id)]:
            self._transaction.delete(table, id)
        return len(gone) + 1


def _shown(name: str) -> str:
    return mask_middle(name, 2, 3) if len(name) == 18 and name[:17].isdecimal() else name


def _describe(case: Case) -> str:
    where = " ".join(filter(None, (case.text("学院"), case.text("班级"))))
    return f"{case_label(case)} {where}（{case.pack} {case.year}，个案号 {case.id}）"
