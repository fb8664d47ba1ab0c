"""Registering one person at the terminal. No lock is held while questions are asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistcli.casebook import Casebook
from assistcli.desk.registration import demand_unique, new_case, read_facts
from assistcli.desk.schoolproposal import propose_answer
from assistcli.errors import CancelledError
from assistcli.interview.answers import Entry
from assistcli.interview.dialogue import Terminal, confirm
from assistcli.interview.drafts import Draft, DraftFile
from assistcli.interview.questions import case_questions, reasons
from assistcli.interview.wizard import Interview, Script
from assistcli.model import Case

SOURCE = "问答"


def register(book: Casebook, terminal: Terminal, entry: Entry, save: Callable[[Case], Case]) -> Case:
    """The case that the person at *terminal* states, once *save* has taken it.

    Every answer is kept in a draft. What *save* refuses is said, and the person may mend it or try again.

    Raises:
        CancelledError: the person left; the draft stays.
        ConfirmationError: the person does not want it saved; the draft stays.
    """
    pack, office = book.the_pack(), book.office()
    file = DraftFile(book.folder, f"add.{pack.id}")
    blank = Case(id="", pack=pack.id, year=office.year, subject=pack.subject, opened=entry.day)
    script = Script(
        questions=case_questions(pack),
        year=office.year,
        reasons=lambda name: reasons(name, pack),
        refuse=taken_refuser(book, blank, entry),
        propose=lambda name, answers: propose_answer(name, answers, office.year),
    )
    saved: list[Case] = []

    def finish(answers: Mapping[str, str]) -> None:
        facts = read_facts(answers, pack, source=SOURCE, by=entry.by, day=entry.day)
        saved.append(save(new_case(facts, pack, office.year, entry.day)))

    try:
        interview = Interview(script, resume(terminal, file), file.keep)
        interview.hold(terminal, finish)
    except CancelledError:
        raise CancelledError(_farewell(file)) from None
    file.discard()
    return saved[0]


def resume(terminal: Terminal, file: DraftFile) -> Draft:
    """The kept draft if the person wants to go on with it, else a fresh one."""
    draft = file.load()
    if draft is None:
        return Draft()
    known = [text for text in draft.answers.values() if text]
    who = draft.answers.get("姓名") or "姓名未填"
    if confirm(terminal, f"继续上次未完成的登记吗？（{who}，已答 {len(known)} 项）", "是"):
        return draft
    file.discard()
    terminal.say("已丢弃上次的草稿，重新登记")
    return Draft()


def _farewell(file: DraftFile) -> str:
    return "已中断；已答的内容留作草稿，再运行 assist add 可继续" if file.exists() else "已中断，没有写入"


def taken_refuser(book: Casebook, case: Case, entry: Entry) -> Callable[[str, str], None]:
    """A check that refuses at once a number that another than *case* has, not after the last question."""
    pack = book.pack(case.pack)

    def refuse(name: str, text: str) -> None:
        facts = read_facts({name: text}, pack, source=SOURCE, by=entry.by, day=entry.day)
        known = {name: fact for name, fact in facts.items() if fact}
        demand_unique(replace(case, facts=known), book)

    return refuse
