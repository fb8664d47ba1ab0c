"""``assist check --ask``: a person is asked just those facts that the verdicts on a case hang on."""

from collections.abc import Sequence

from assistcli.book.casebook import Casebook
from assistcli.derivation import facts_of
from assistcli.desk.assessment import Assessor
from assistcli.errors import UsageError
from assistcli.interview.hearing import Hearing, hearing_lines
from assistcli.interview.inquiring import ask_missing
from assistcli.model import Case
from assistcli.output import answer, interactive
from assistcli.policy.inquiry import Inquirer


def asked(book: Casebook, assessor: Assessor, case: Case, by: str, as_json: bool) -> Hearing:
    """What came of asking just those questions that the verdicts on *case* hang on."""
    judge = assessor.judge(case)
    wanted = list(
        dict.fromkeys(name for verdict in judge.verdicts(facts_of(case)) for name in verdict.missing)
    )
    if wanted and (as_json or not interactive()):
        first = Inquirer(judge).next(facts_of(case))
        at_most = f"，最多 {first.most} 问" if first and first.most else ""
        raise UsageError(
            f"没有人可以回答问题。{case.name} 待问：{'、'.join(wanted)}"
            f"（先问 {first.fact if first else '—'}{at_most}）\n"
            f"用 assist edit {case.call_name} --set 字段=值 给出"
        )
    if not wanted:
        return Hearing(case=case)
    from assistcli.prompts import PersonTerminal  # only where a person sits at a terminal

    return ask_missing(book, judge, case, PersonTerminal(), by)


def tell_hearings(hearings: Sequence[Hearing], assessor: Assessor) -> None:
    """Say of each case how its questions ended."""
    for hearing in hearings:
        verdicts = assessor.verdicts(hearing.case)
        answer(False, None, *hearing_lines(hearing, verdicts, assessor.pack(hearing.case)))
