"""The logbook (联系记录): what a person or a sheet states about a contact, held against the notice."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from assistcli.book.casebook import Casebook
from assistcli.desk.rhythm import practices_of
from assistcli.errors import AssistError, DataRejectedError
from assistcli.fields import guess_name
from assistcli.identity import new_ulid
from assistcli.model import Case, Contact
from assistcli.policy.practice import ContactRule
from assistcli.policy.rules import Pack
from assistcli.values import (
    NO_WORDS,
    YES_WORDS,
    clean_text,
    fold_text,
    listed_words,
    parse_date,
    parse_date_or_none,
)

HEADERS = {
    "case": ("学号", "个案", "身份证号", "姓名"),
    "day": ("日期", "联系日期", "时间"),
    "channel": ("渠道", "方式", "联系方式"),
    "kind": ("种类", "类型", "服务种类"),
    "text": ("内容", "联系内容", "记录"),
    "topics": ("主题",),
    "result": ("结果",),
    "evidence": ("证明", "佐证"),
    "next_day": ("下次联系", "下次联系日期", "下次日期"),
    "by": ("经办人", "联系人", "帮扶人"),
    "single": ("一对一", "是否一对一"),
    "mass": ("群发", "是否群发"),
    "missed": ("未联系上", "没联系上"),
}
NEEDED = ("case", "day", "channel", "kind")
HEADER_LINES = 10
MOST_ERRORS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedContact:
    """One contact as it was stated, all text; blanks where nothing was said."""

    case: str = ""
    day: str = ""
    channel: str = ""
    kind: str = ""
    text: str = ""
    topics: str = ""
    result: str = ""
    evidence: str = ""
    next_day: str = ""
    by: str = ""
    single: str = ""
    mass: str = ""
    missed: str = ""


def contact_rule(book: Casebook, pack: Pack) -> ContactRule:
    """Channels and kinds that may be logged under *pack*: its own and those of adopted practices."""
    practices = practices_of(book)
    if not pack.contact.kinds:
        return pack.contact
    sources = [pack.contact, *(practice.contact for practice in practices.values())]
    return ContactRule(
        channels=tuple(dict.fromkeys(word for source in sources for word in source.channels)),
        kinds=tuple(dict.fromkeys(word for source in sources for word in source.kinds)),
        restricted_kinds=frozenset().union(*(source.restricted_kinds for source in sources)),
    )


def rules_by_pack(book: Casebook) -> Callable[[str], ContactRule]:
    """What gives the ``contact_rule`` of a pack by its id: found once, though thousands of rows ask."""
    return cache(lambda pack: contact_rule(book, book.pack(pack)))


def make_contact(
    stated: StatedContact,
    case: Case,
    rule: ContactRule,
    today: date,
    *,
    mass: bool = False,
    missed: bool = False,
) -> Contact:
    """The contact with *case* that *stated* states.

    Raises:
        DataRejectedError: a word that the notice has not, a wrong date, or a next day before this one.
    """
    day = parse_date(stated.day) if stated.day else today
    contact = Contact(
        id=new_ulid(),
        case=case.id,
        day=day,
        channel=known_word("渠道", stated.channel, rule.channels),
        kind=known_word("种类", stated.kind, rule.kinds),
        text=clean_text(stated.text),
        by=stated.by,
        next_date=parse_date_or_none(stated.next_day),
        restricted=stated.kind in rule.restricted_kinds,
        topics=tuple(listed_words(clean_text(stated.topics))),
        result=clean_text(stated.result),
        evidence=clean_text(stated.evidence),
        mass=mass or _says("群发", stated.mass) is True or _says("一对一", stated.single) is False,
        missed=missed or _says("未联系上", stated.missed) is True,
    )
    if contact.next_date and contact.next_date < day:
        raise DataRejectedError(f"下次联系日 {contact.next_date} 早于本次 {day}")
    return contact


def _says(what: str, word: str) -> bool | None:
    """What a yes-or-no column says; ``None`` where it is left blank.

    Raises:
        DataRejectedError: it says neither.
    """
    folded = fold_text(word)
    if folded in YES_WORDS or folded in NO_WORDS:
        return folded in YES_WORDS
    if folded:
        raise DataRejectedError(f"「{what}」一栏的「{word}」不是是非答案；请填 是 或 否")
    return None


def without_known(drafted: Iterable[Contact], known: Iterable[Contact]) -> list[Contact]:
    """Those of *drafted* that are not among the *known*, so that a sheet may be imported again."""
    left = Counter(replace(contact, id="") for contact in known)
    fresh = []
    for contact in drafted:
        alike = replace(contact, id="")
        if left[alike]:
            left[alike] -= 1
        else:
            fresh.append(contact)
    return fresh


def known_word(what: str, word: str, words: tuple[str, ...]) -> str:
    """*word* if the notice's list has it; a list that is not there takes any word.

    Raises:
        DataRejectedError: it has not; the message lists those it has.
    """
    if not words or word in words:
        return word
    hint = guess_name(word, words)
    raise DataRejectedError(f"没有「{word}」这个{what}；可用：{'、'.join(words)}{hint}")


def sheet_contacts(book: Casebook, path: Path, by: str) -> list[Contact]:
    """Every contact of the sheet at *path*.

    Raises:
        DataRejectedError: some rows cannot be taken; each of the first few is named.
    """
    contacts, problems = [], []
    rule_of = rules_by_pack(book)
    for where, stated in read_stated(path, by):
        try:
            case = book.case(stated.case, book.context.pack)
            contacts.append(make_contact(stated, case, rule_of(case.pack), book.context.today))
        except AssistError as error:
            problems.append(f"{where}：{str(error).splitlines()[0]}")
    if problems:
        head = f"「{path.name}」有 {len(problems)} 行不能导入，什么也没写"
        more = [f"… 共 {len(problems)} 行"] if len(problems) > MOST_ERRORS else []
        raise DataRejectedError("\n".join([head, *problems[:MOST_ERRORS], *more]))
    return contacts


def read_stated(path: Path, by: str) -> Iterator[tuple[str, StatedContact]]:
    """Each stated contact of the sheet at *path*, after the words that say where it stands (第 3 行).

    Raises:
        DataRejectedError: the file cannot be read, or no row heads the columns needed.
    """
    from assistcli.intake.sheet import plain_text
    from assistcli.intake.workbook import read_sheets

    known = frozenset(fold_text(word) for words in HEADERS.values() for word in words)
    for sheet in read_sheets(path, known):
        rows = [[clean_text(plain_text(cell)) for cell in row] for row in sheet.rows]
        head = next((n for n, row in enumerate(rows[:HEADER_LINES]) if _has_needed(_columns(row))), None)
        if head is None:
            continue
        columns = _columns(rows[head])
        for number, row in enumerate(rows[head + 1 :], head + 2):
            stated = {member: row[place] for member, place in columns.items() if place < len(row)}
            if any(stated.values()):
                yield f"第 {number} 行", StatedContact(**{"by": by} | {m: t for m, t in stated.items() if t})
        return
    raise DataRejectedError(f"「{path.name}」没有联系记录的表头；需要：学号（或姓名）、日期、渠道、种类")


def _has_needed(columns: dict[str, int]) -> bool:
    return all(member in columns for member in NEEDED)


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Member of a draft → column that heads it; of several names for one member the first listed wins."""
    places = {fold_text(text): place for place, text in reversed(list(enumerate(row))) if text}
    found = {}
    for member, words in HEADERS.items():
        place = next((places[fold_text(word)] for word in words if fold_text(word) in places), None)
        if place is not None:
            found[member] = place
    return found
