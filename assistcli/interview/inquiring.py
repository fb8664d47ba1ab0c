"""Asking a person just those facts that a verdict hangs on, and entering the answers."""

from collections.abc import Mapping

from assistcli.book.casebook import Casebook
from assistcli.derivation import facts_of
from assistcli.desk.registration import amended, read_facts
from assistcli.errors import CancelledError
from assistcli.interview.dialogue import Move, Prompt, Terminal
from assistcli.interview.questions import make_question, reasons
from assistcli.model import Case, Fact
from assistcli.policy.inquiry import Inquirer, Inquiry
from assistcli.policy.verdict import Judge
from assistcli.schools.proposal import facts_in_words, propose_answer

SOURCE = "提问"
NOT_RECKONED = "缺的事实太多，没有推算最短的问法；每次先问影响最大的一项"


def ask_missing(book: Casebook, judge: Judge, case: Case, terminal: Terminal, by: str) -> Case:
    """*case* with what the person at *terminal* answered; every answer is entered at once.

    A blank answer is taken for 不知道: the fact is not asked again.
    """
    inquirer, passed, told = Inquirer(judge), set[str](), False
    entered: list[str] = []
    while inquiry := inquirer.next(facts_of(case), frozenset(passed)):
        name = inquiry.fact
        if inquiry.most is None and not told:
            terminal.say(NOT_RECKONED)
            told = True
        reply = terminal.ask(_prompt(judge, inquiry, case))
        if reply is Move.BACK:
            raise CancelledError("已停止提问；已答的都已保存")
        if reply is Move.WHY:
            for line in reasons(name, judge.pack):
                terminal.say(f"  {line}")
            continue
        text = str(reply)
        passed.add(name)
        if text.strip():
            stated = read_facts({name: text}, judge.pack, source=SOURCE, by=by, day=book.context.today)
            case = _entered(book, case, stated, by)
            entered.append(name)
    if entered:
        terminal.say(f"已登记：{'、'.join(entered)}；撤销一项：assist undo")
    return case


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
