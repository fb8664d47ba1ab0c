"""Asking a person just those facts that a verdict hangs on, and entering the answers."""

from collections.abc import Mapping

from assistcli.book.casebook import Casebook
from assistcli.derivation import facts_of
from assistcli.desk.registration import amended, read_facts
from assistcli.errors import CancelledError
from assistcli.interview.dialogue import Move, Prompt, Terminal
from assistcli.interview.hearing import Hearing
from assistcli.interview.questions import make_question, reasons
from assistcli.model import Case, Fact
from assistcli.policy.inquiry import Inquirer, Inquiry
from assistcli.policy.verdict import Judge
from assistcli.schools.proposal import facts_in_words, propose_answer

SOURCE = "提问"
NOT_RECKONED = "缺的事实太多，没有推算最短的问法；每次先问影响最大的一项"


def ask_missing(book: Casebook, judge: Judge, case: Case, terminal: Terminal, by: str) -> Hearing:
    """What came of asking the person at *terminal*; every answer is entered at once.

    A blank answer is taken for 不知道: the fact is not asked again. ``<`` leaves the rest open.

    Raises:
        CancelledError: the person left; the message says what is entered already.
    """
    inquirer, hearing, told = Inquirer(judge), Hearing(case=case), False
    while inquiry := inquirer.next(facts_of(hearing.case), frozenset((*hearing.entered, *hearing.unknown))):
        if inquiry.most is None and not told:
            terminal.say(NOT_RECKONED)
            told = True
        try:
            reply = terminal.ask(_prompt(judge, inquiry, hearing.case))
        except CancelledError as error:
            raise CancelledError(_farewell(book, hearing) or str(error)) from None
        if reply is Move.BACK:
            hearing.stopped = True
            break
        if reply is Move.WHY:
            for line in reasons(inquiry.fact, judge.pack):
                terminal.say(f"  {line}")
        else:
            _take(book, judge, hearing, inquiry.fact, str(reply), by)
    return hearing


def _take(book: Casebook, judge: Judge, hearing: Hearing, name: str, text: str, by: str) -> None:
    """Enter the answer *text* on fact *name*, if it says anything."""
    if not text.strip():
        hearing.unknown.append(name)
        return
    stated = read_facts({name: text}, judge.pack, source=SOURCE, by=by, day=book.context.today)
    hearing.case = _entered(book, hearing.case, stated, by)
    hearing.entered.append(name)


def _farewell(book: Casebook, hearing: Hearing) -> str:
    """What was entered before the person left, and how to go on; blank where nothing was."""
    if not hearing.entered:
        return ""
    command = book.context.spell(f"check {hearing.case.call_name} --ask", book.folder)
    return f"已中断；已写入：{'、'.join(hearing.entered)}。接着问：{command}"


def _prompt(judge: Judge, inquiry: Inquiry, case: Case) -> Prompt:
    question = make_question(judge.pack.fields[inquiry.fact], judge.pack)
    proposed, source = propose_answer(inquiry.fact, facts_in_words(case), case.year)
    at_most = f"最多还有 {inquiry.most} 问；" if inquiry.most else ""
    return Prompt(
        words=f"{question.words}〔建议 {proposed}，{source}〕" if proposed else question.words,
        default=proposed,
        hint=f"（{at_most}? 为什么问；不知道就直接回车）",
        choices=question.choices,
        settle=lambda text: question.settle(text) if text.strip() else "",
        keys="< 停止",
    )


def _entered(book: Casebook, case: Case, facts: Mapping[str, Fact | None], by: str) -> Case:
    with book.writing("check --ask", by) as page:
        changed = amended(page.case(case.id), facts)
        page.put_case(changed)
    return changed
