"""The casebook: cases and their events in the store. The only module that opens the store."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.context import MARKER, Context
from assistcli.errors import CaseLookupError, DataRejectedError, StoreNotFoundError
from assistcli.identity import mask_middle, new_ulid
from assistcli.model import Adoption, Case, Claim, Contact, Office, Paper, Step
from assistcli.records import (
    case_of_record,
    case_record,
    event_of_record,
    event_record,
    office_of_record,
    office_record,
)
from store.backend import Backend, Transaction

if TYPE_CHECKING:
    from assistcli.policy.rules import Pack

CASES, CONTACTS, CLAIMS, STEPS, PAPERS = "cases", "contacts", "claims", "steps", "papers"
OFFICE, ADOPTIONS, ACCESSES = "office", "adoptions", "accesses"
OF_CASE = (CONTACTS, CLAIMS, STEPS, PAPERS)
TABLE_OF = {Contact: CONTACTS, Claim: CLAIMS, Step: STEPS, Paper: PAPERS}
KEYS = {CASES: ("student_no", "id_number", "worker_id", "name")} | dict.fromkeys(OF_CASE, ("case",))
FOLDER_MODE, FILE_MODE = 0o700, 0o600


class Reader:
    """Reads cases and events, from the store or from a transaction under way."""

    def __init__(self, source: Backend | Transaction) -> None:
        self._source = source

    def office(self) -> Office:
        """The unit, its notices and its adopted readings."""
        record = self._source.get(OFFICE, OFFICE)
        if record is None:
            raise StoreNotFoundError("数据文件夹里没有单位信息；请用 assist init 重新建立")
        adoptions = [event_of_record(Adoption, entry) for _, entry in self._source.scan(ADOPTIONS)]
        return office_of_record(record, tuple(adoptions))

    def cases(self, pack: str | None = None) -> Iterator[Case]:
        """Every case, of *pack* if one is given, in the order they were added."""
        for id, record in self._source.scan(CASES):
            if pack is None or record["pack"] == pack:
                yield case_of_record(record, id)

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

    def found(self, key: str, value: str, pack: str | None = None) -> list[Case]:
        """The cases whose indexed member *key* holds *value*."""
        records = self._source.find(CASES, key, value)
        return [case_of_record(r, id) for id, r in records if pack is None or r["pack"] == pack]

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

    def all_claims(self) -> Iterator[Claim]:
        """Every claim, in the order they were made."""
        for id, record in self._source.scan(CLAIMS):
            yield event_of_record(Claim, record, id)

    def claim(self, id: str) -> Claim | None:
        """The claim with this id."""
        record = self._source.get(CLAIMS, id)
        return None if record is None else event_of_record(Claim, record, id)

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

    def put_event(self, event: Contact | Claim | Step | Paper) -> None:
        """Enter a contact, claim, step or paper."""
        self._transaction.put(TABLE_OF[type(event)], event.id, event_record(event))

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


class Casebook(Reader):
    """An open store of cases."""

    def __init__(self, folder: Path, backend: Backend, context: Context) -> None:
        super().__init__(backend)
        self.folder = folder
        self.backend = backend
        self.context = context

    @contextmanager
    def writing(self, command: str, by: str) -> Iterator[Page]:
        """A page for the entries of one *command* made by *by*; it holds the writer's lock."""
        with self.backend.transaction(by=by, command=command) as transaction:
            yield Page(transaction)

    def pack(self, name: str) -> "Pack":
        """The pack *name*; the store's own ``packs`` folder comes first."""
        from assistcli.policy.pack import load_pack  # only commands that need a notice's rules load it

        return load_pack(name, (self.folder / "packs",))

    def the_pack(self) -> "Pack":
        """The notice that the command is about: ``--pack``, or the store's only one.

        Raises:
            DataRejectedError: the store holds several notices and none was named.
        """
        office = self.office()
        name = self.context.pack or (office.packs[0] if len(office.packs) == 1 else "")
        if not name:
            raise DataRejectedError(
                f"数据文件夹里有几个文件：{'、'.join(office.packs)}。请用 assist --pack 编号 指定"
            )
        if name not in office.packs:
            raise DataRejectedError(f"数据文件夹没有采用「{name}」；现有：{'、'.join(office.packs)}")
        return self.pack(name)


def _shown(name: str) -> str:
    return mask_middle(name, 2, 3) if len(name) == 18 and name[:17].isdecimal() else name


def _describe(case: Case) -> str:
    where = " ".join(filter(None, (case.text("学院"), case.text("班级"))))
    return f"{case.name} {case.student_no or ''} {where}（{case.pack} {case.year}，个案号 {case.id}）"


def open_casebook(context: Context) -> Casebook:
    """The casebook that *context* points to.

    Raises:
        StoreNotFoundError: there is no store there; the message says how to make one.
    """
    folder = context.store_folder()
    if folder is None:
        where = f"「{context.store}」不是数据文件夹" if context.store else "这里没有数据文件夹"
        raise StoreNotFoundError(
            f"{where}。请先建立：assist init 文件夹 --pack zust-2013 --unit 单位名称 --year 年份\n"
            "或先看示例：assist demo"
        )
    from store.opening import open_store

    return Casebook(folder, open_store(folder, keys=KEYS), context)


def create_casebook(folder: Path, context: Context, office: Office, by: str) -> Casebook:
    """A new casebook in *folder*, which must be empty or absent.

    Raises:
        DataRejectedError: something is there already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise DataRejectedError(f"「{folder}」不是空文件夹；请换一个位置，或先移走里面的文件")
    from store.opening import create_store

    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    backend = create_store(folder, keys=KEYS)
    marker = folder / MARKER
    marker.touch(mode=FILE_MODE)
    marker.write_text(
        f'# assist 数据文件夹；数据在本文件夹内，请整体备份\nunit = "{new_label(office.unit)}"\n', "utf-8"
    )
    book = Casebook(folder, backend, context)
    with book.writing("init", by) as page:
        page.put_office(office)
    return book


def new_label(text: str) -> str:
    """*text* fit to stand between quotes in TOML."""
    return text.replace("\\", "").replace('"', "")


def new_case_id() -> str:
    """A fresh case id (个案号): a ULID, never reused."""
    return new_ulid()
