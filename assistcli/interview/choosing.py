"""Choosing a case from a list that filters on names, numbers and pinyin."""

from collections.abc import Mapping, Sequence

from assistcli.book.casebook import CASES, Casebook
from assistcli.book.caserecord import case_label
from assistcli.errors import CaseLookupError, DataRejectedError
from assistcli.interview.dialogue import Prompt, Terminal, settle_plain
from assistcli.interview.drafts import kept_drafts
from assistcli.interview.questions import pick
from assistcli.model import Case

MOST_LISTED = 20_000
"""In a larger store nobody waits for the list; a case is named by its number or its whole name."""


def chosen_case(book: Casebook, terminal: Terminal, name: str, command: str) -> Case:
    """The case that *name* names, or the one that the person at *terminal* picks for *command*."""
    if name:
        return book.case(name, book.context.pack)
    count = book.backend.count(CASES)
    if not count:
        raise CaseLookupError("还没有任何个案。先登记：assist add，或成批导入：assist import 名单.xlsx")
    listed = _listed(book) if count <= MOST_LISTED else {}
    kept = {file.subject for file in kept_drafts(book.folder)}
    waiting = [case for case in listed.values() if f"{command}.{case.id}" in kept]
    if waiting:
        names = "、".join(case_label(case) for case in waiting)
        terminal.say(f"有未完成的草稿：{names}；选这个人可以继续")

    def settle(text: str) -> str:
        shown = settle_plain(text)
        if not shown:
            raise DataRejectedError("请选一个人：输入姓名、拼音首字母或学号")
        return shown if shown in listed else _settled(book, shown, listed)

    prompt = Prompt(
        words="哪一个人？",
        hint="（输入姓名、拼音首字母或学号筛选，或用 ↑↓ 选）",
        choices=tuple(listed),
        remarks={label: _remark(case) for label, case in listed.items()},
        settle=settle,
        keys="Ctrl-C 中断",
    )
    reply: object = None
    while not isinstance(reply, str):
        reply = terminal.ask(prompt)
    return listed[reply] if reply in listed else book.case(reply, book.context.pack)


def chosen_field(terminal: Terminal, names: Sequence[str], none: str) -> str:
    """The one of *names* that the person at *terminal* picks, or *none*: the words for none of them."""

    def settle(text: str) -> str:
        shown = settle_plain(text)
        if not shown:
            raise DataRejectedError(f"请选一个字段；都不是就输入：{none}")
        return pick((none, *names), shown)

    prompt = Prompt(
        words="那是哪个字段？",
        hint=f"（输入名称或拼音首字母筛选，或用 ↑↓ 选；{none}）",
        choices=(none, *names),
        settle=settle,
        keys="Ctrl-C 中断（什么都不写）",
    )
    reply: object = None
    while not isinstance(reply, str):
        reply = terminal.ask(prompt)
    return reply


def _settled(book: Casebook, shown: str, listed: Mapping[str, Case]) -> str:
    """The label of the one case that *shown* finds, or *shown* itself where the list is too long to show."""
    try:
        case = book.case(shown, book.context.pack)
    except CaseLookupError as error:
        if not listed:
            raise DataRejectedError(str(error)) from None
        return pick(listed, shown)
    return next((label for label, known in listed.items() if known.id == case.id), shown)


def _listed(book: Casebook) -> dict[str, Case]:
    """Every case under the words it is listed by; those who share name and number are told apart."""
    found: dict[str, Case] = {}
    for case in book.cases(book.context.pack):
        label = " ".join(filter(None, (case.name, case.student_no)))
        found[label if label not in found else f"{label} {case.id}"] = case
    return found


def _remark(case: Case) -> str:
    return " ".join(filter(None, (case.text("学院") or case.text("工作单位"), case.text("班级"))))
