"""Registering one person at the terminal. No lock is held while questions are asked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from assistcli.book.casebook import Casebook
from assistcli.desk.assessment import Assessor
from assistcli.desk.registration import demand_unique, new_case, read_facts
from assistcli.errors import CancelledError
from assistcli.interview.answers import Author
from assistcli.interview.casescript import CaseScript
from assistcli.interview.dialogue import Terminal
from assistcli.interview.drafts import Draft, DraftFile, choose_draft
from assistcli.interview.likeness import Likeness
from assistcli.interview.script import Script
from assistcli.interview.wizard import Interview
from assistcli.model import Case, Fact
from assistcli.policy.rules import Pack

SOURCE = "问答"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What is sat down for: its name, the command that goes on with it, its questions, and its saving."""

    what: str
    command: str
    begin: Callable[[Draft], Script]
    save: Callable[[Mapping[str, str]], None]


def hold_sitting(terminal: Terminal, file: DraftFile, sitting: Sitting) -> None:
    """Ask, from a draft in *file* or beside it if the person wants to go on with one, until all is saved.

    Raises:
        CancelledError: the person left; the draft stays.
        ConfirmationError: the person does not want it saved; the draft stays.
    """
    try:
        file, draft = choose_draft(terminal, file, sitting.what)
        Interview(sitting.begin(draft), draft, file.keep).hold(terminal, sitting.save)
    except CancelledError:
        raise file.farewell(sitting.command) from None
    file.discard()


def register(
    book: Casebook,
    terminal: Terminal,
    author: Author,
    save: Callable[[Case], Case],
    like: Likeness | None = None,
) -> Case:
    """The case that the person at *terminal* states, once *save* has taken it.

    Every answer is kept in a draft. What *save* refuses is said, and the person may mend it or try again.

    Raises:
        CancelledError: the person left; the draft stays.
        ConfirmationError: the person does not want it saved; the draft stays.
    """
    pack, saved = book.the_pack(), list[Case]()
    draft = Draft()

    def begin(kept: Draft) -> CaseScript:
        nonlocal draft
        draft = kept
        if like:
            _take_over(draft, like, terminal)
        return case_script(book, author, draft.taken)

    def finish(answers: Mapping[str, str]) -> None:
        facts = _stated(answers, draft, pack, author)
        saved.append(save(new_case(facts, pack, book.office().year, author.day)))

    sitting = Sitting(what="登记", command=book.context.spell("add", book.folder), begin=begin, save=finish)
    hold_sitting(terminal, DraftFile(book.folder, f"add.{pack.id}"), sitting)
    return saved[0]


def case_script(book: Casebook, author: Author, extra: Iterable[str] = ()) -> CaseScript:
    """The questions about a new case under the notice of the command, and those on *extra* fields."""
    pack = book.the_pack()
    blank = Case(id="", pack=pack.id, year=book.office().year, subject=pack.subject, opened=author.day)
    return CaseScript(pack, Assessor(book).judge(blank), taken_refuser(book, blank, author), extra)


def _take_over(draft: Draft, like: Likeness, terminal: Terminal) -> None:
    """Put what is taken over from another case into *draft*, where nothing was answered yet."""
    if draft.answers:
        terminal.say(f"接着上次的登记；这次不沿用 {like.whose}")
        return
    terminal.say(f"沿用 {like.whose}：{like.shown}")
    terminal.say("这几项不再提问；要改随时输入 >名称，或在最后核对时输入编号")
    draft.answers.update(like.answers)
    draft.taken.update(like.answers)
    draft.about = like.source


def _stated(answers: Mapping[str, str], draft: Draft, pack: Pack, author: Author) -> dict[str, Fact | None]:
    """The facts of *answers*; those taken over and left as they were say so in their source."""
    facts = read_facts(answers, pack, source=SOURCE, by=author.by, day=author.day)
    return {
        name: replace(fact, source=draft.about) if fact and draft.taken.get(name) == answers[name] else fact
        for name, fact in facts.items()
    }


def taken_refuser(book: Casebook, case: Case, author: Author) -> Callable[[str, str], None]:
    """A check that refuses at once a number that another than *case* has, not after the last question."""
    pack = book.pack(case.pack)

    def refuse(name: str, text: str) -> None:
        facts = read_facts({name: text}, pack, source=SOURCE, by=author.by, day=author.day)
        known = {name: fact for name, fact in facts.items() if fact}
        demand_unique(replace(case, facts=known), book)

    return refuse
