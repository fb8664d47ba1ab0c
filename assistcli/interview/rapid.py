"""Quick entry (快速登记): one line per person, as typed or pasted from a spreadsheet; saved all at once."""

import json
from collections.abc import Callable, Mapping, Sequence

from assistcli.book.casebook import Casebook
from assistcli.book.caserecord import case_label
from assistcli.desk.registration import case_fields, demand_unique, new_case, read_facts
from assistcli.errors import CancelledError, ConfirmationError, DataRejectedError
from assistcli.fields import Field, guess_name
from assistcli.interview.answers import Author
from assistcli.interview.dialogue import Move, Prompt, Terminal, confirm
from assistcli.interview.drafts import Draft, DraftFile, choose_draft
from assistcli.interview.likeness import Likeness
from assistcli.interview.questions import YES_NO, case_questions, make_question
from assistcli.model import Case, Fact
from assistcli.policy.rules import Pack
from assistcli.values import clean_text

SOURCE = "快速登记"
SEPARATORS = ("\t", ",，", "、")
HEADER_CELLS = 2
KEYS = "空行：结束并核对　< 收回上一行　? 各栏怎么填　Ctrl-C 中断（草稿保留）"

Answers = Mapping[str, str]


def register_many(
    book: Casebook,
    terminal: Terminal,
    sheet: "RapidSheet",
    save: Callable[[Sequence[Case]], None],
) -> list[Case]:
    """The cases of the lines that the person at *terminal* gives, once *save* has taken them all.

    Raises:
        CancelledError: the person left; the lines stay in the draft.
        ConfirmationError: the person does not want them saved, or gave none.
    """
    file = DraftFile(book.folder, f"rapid.{sheet.pack.id}")
    try:
        file, draft = choose_draft(terminal, file, "快速登记")
        sheet.take_draft(draft, terminal)
        while not _concluded(terminal, sheet, file, save):
            pass
    except CancelledError:
        raise file.farewell(book.context.spell("add --rapid", book.folder)) from None
    file.discard()
    return [case for _, case in sheet.rows]


class RapidSheet:
    """The lines taken so far, the columns that the next ones have, and those that wait to be mended."""

    def __init__(self, book: Casebook, author: Author, columns: Sequence[str], like: Likeness | None) -> None:
        self.pack: Pack = book.the_pack()
        self.rows: list[tuple[Answers, Case]] = []
        self.waiting: list[str] = []
        self._book, self._author, self._like = book, author, like
        self._fields = case_fields(self.pack)
        taken = like.answers if like else {}
        self.columns = [self._column(name) for name in columns] or _usual_columns(self.pack, taken)

    def take(self, text: str) -> str:
        """Take one line in; returns what to say about it.

        Raises:
            DataRejectedError: it does not fit; the message says which column and why.
        """
        cells = split_line(text)
        if self._is_header(cells):
            self.columns = [self._column(cell) for cell in cells]
            return f"以下各行按这些栏：{'、'.join(self.columns)}"
        if len(cells) > len(self.columns):
            raise DataRejectedError(
                f"有 {len(cells)} 栏，应最多 {len(self.columns)} 栏：{'、'.join(self.columns)}"
            )
        cells += [""] * (len(self.columns) - len(cells))
        answers = self._settled(dict(zip(self.columns, cells, strict=True)))
        case = self._checked(answers)
        self.rows.append((answers, case))
        return f"{len(self.rows)}. {case_label(case)}"

    def take_all(self, text: str, terminal: Terminal) -> None:
        """Take in every line of *text*; those that do not fit are told and wait to be mended."""
        for line in text.split("\n"):
            if not line.strip():
                continue
            try:
                terminal.say(f"  {self.take(line)}")
            except DataRejectedError as error:
                reason = "；".join(str(error).splitlines())
                terminal.say(f"  未收「{clean_text(line)[:20]}」：{reason}")
                self.waiting.append(line)

    def take_draft(self, draft: Draft, terminal: Terminal) -> None:
        """Take in the lines that were kept, and ask again for those that no longer fit.

        What every line takes over from another case is said first.
        """
        if self._like:
            terminal.say(f"每一行都沿用 {self._like.whose}：{self._like.shown}（行里写了的以行里为准）")
        for text in draft.answers.values():
            answers = json.loads(text)
            self.columns = list(answers) or self.columns
            self.take_all("\t".join(answers.values()), terminal)
        self.waiting += draft.taken.values()

    def as_draft(self) -> Draft:
        """The lines as they are kept: those taken, and those that wait."""
        rows = [json.dumps(answers, ensure_ascii=False) for answers, _ in self.rows]
        return Draft(answers=_numbered(rows), taken=_numbered(self.waiting))

    def give_back(self) -> None:
        """Let the last line taken be the next to be mended."""
        if self.rows:
            answers, _ = self.rows.pop()
            self.columns = list(answers)
            self.waiting.insert(0, "\t".join(answers.values()))

    def guide(self) -> list[str]:
        """How each column is filled in."""
        questions = [make_question(self._fields[name], self.pack) for name in self.columns]
        return [f"{number}. {q.name}{q.hint}" for number, q in enumerate(questions, 1)]

    def _settled(self, answers: Answers) -> Answers:
        """*answers* in their plain form, read as the wizard reads them; every fault is told."""
        settled, problems = {}, []
        for name, text in answers.items():
            try:
                settled[name] = make_question(self._fields[name], self.pack).settle(text)
            except DataRejectedError as error:
                problems.append(f"{name}：{error}")
        if problems:
            raise DataRejectedError("\n".join(problems))
        return settled

    def _checked(self, answers: Answers) -> Case:
        """The case of one line, which must be nobody else's, neither on record nor in a line before."""
        facts = self._facts(answers)
        case = new_case(facts, self.pack, self._book.office().year, self._author.day)
        demand_unique(case, self._book)
        for number, (_, other) in enumerate(self.rows, 1):
            for name in ("学号", "身份证号"):
                if case.value(name) and case.value(name) == other.value(name):
                    raise DataRejectedError(f"{name}与第 {number} 行 {other.name} 相同")
        return case

    def _facts(self, answers: Answers) -> dict[str, Fact | None]:
        by, day = self._author.by, self._author.day
        facts = read_facts(answers, self.pack, source=SOURCE, by=by, day=day)
        if self._like is None:
            return facts
        return self._like.facts(self.pack, self._author) | {
            name: fact for name, fact in facts.items() if fact
        }

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Whether a line names columns: its first cells are fields."""
        first = cells[:HEADER_CELLS]
        return len(first) == HEADER_CELLS and all(cell in self._fields for cell in first)

    def _column(self, name: str) -> str:
        field: Field | None = self._fields.get(name)
        if field is None:
            raise DataRejectedError(f"没有「{name}」这个字段{guess_name(name, self._fields)}")
        return field.name


def _numbered(lines: Sequence[str]) -> dict[str, str]:
    return {str(number): line for number, line in enumerate(lines, 1)}


def split_line(text: str) -> list[str]:
    """The cells of one line: between tabs, else commas, else 、, else blanks."""
    for signs in SEPARATORS:
        if any(sign in text for sign in signs):
            for sign in signs[1:]:
                text = text.replace(sign, signs[0])
            return [clean_text(cell) for cell in text.split(signs[0])]
    return [clean_text(cell) for cell in text.split()]


def _usual_columns(pack: Pack, taken: Answers) -> list[str]:
    """What every case is asked, in that order, without what is taken over and what follows from another."""
    names = [question.name for question in case_questions(pack) if question.field.asked]
    derived = {n for n in names if (rule := pack.fields[n].derivation) and rule.source in names}
    return [name for name in names if name not in taken and name not in derived]


def _concluded(
    terminal: Terminal, sheet: RapidSheet, file: DraftFile, save: Callable[[Sequence[Case]], None]
) -> bool:
    """Whether all lines are saved; until then one more answer is taken."""
    reply = terminal.ask(_prompt(sheet))
    mended = sheet.waiting.pop(0) if sheet.waiting else ""
    if reply is Move.WHY or not isinstance(reply, str | Move):
        sheet.waiting[:0] = [mended] if mended else []
        for line in sheet.guide():
            terminal.say(f"  {line}")
    elif reply is Move.BACK:
        sheet.waiting[:0] = [mended] if mended else []
        sheet.give_back()
    elif isinstance(reply, str) and reply.strip():
        _take_in_place(sheet, reply, terminal)
    elif mended:
        terminal.say(f"  已略过：{clean_text(mended)}")
    else:
        return _saved(terminal, sheet, save)
    file.keep(sheet.as_draft())
    return False


def _take_in_place(sheet: RapidSheet, text: str, terminal: Terminal) -> None:
    """Take *text* in; its lines that do not fit are mended before those that wait already."""
    later, sheet.waiting = sheet.waiting, []
    sheet.take_all(text, terminal)
    sheet.waiting += later


def _prompt(sheet: RapidSheet) -> Prompt:
    return Prompt(
        words=f"第 {len(sheet.rows) + 1} 人" + (f"（待改 {len(sheet.waiting)} 行）" if sheet.waiting else ""),
        hint=f"（{'、'.join(sheet.columns)}）",
        default=sheet.waiting[0] if sheet.waiting else "",
        settle=lambda text: text,
        keys=KEYS,
        pasted=True,
    )


def _saved(terminal: Terminal, sheet: RapidSheet, save: Callable[[Sequence[Case]], None]) -> bool:
    if not sheet.rows:
        raise ConfirmationError("没有输入任何人，没有登记")
    for number, (answers, _) in enumerate(sheet.rows, 1):
        terminal.say(f"  {number:>3}. {'　'.join(text for text in answers.values() if text)}")
    if not confirm(terminal, f"共 {len(sheet.rows)} 人，保存吗？（否：继续输入）", YES_NO[0]):
        return False
    try:
        save([case for _, case in sheet.rows])
    except DataRejectedError as error:
        terminal.say(f"不能保存：{error}")
        return False
    return True
