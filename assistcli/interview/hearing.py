"""How an inquiry ended: what was written and what was not, where the verdicts stand now, and what is next."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistcli.fields import HIDDEN
from assistcli.model import Case
from assistcli.policy.rules import Pack
from assistcli.policy.verdict import ELIGIBLE, Verdict
from assistcli.values import format_value
from assistcli.words import VERDICTS


@dataclass(slots=True, kw_only=True)
class Hearing:
    """One case while its missing facts are asked: what was entered, what nobody knew, whether it was left."""

    case: Case
    entered: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    stopped: bool = False


def hearing_lines(hearing: Hearing, verdicts: Sequence[Verdict], pack: Pack) -> list[str]:
    """The end of ``check --ask`` for one case, after the verdicts were shown in full."""
    written = [_written_words(name, hearing.case, pack) for name in hearing.entered]
    wanted = dict.fromkeys(name for verdict in verdicts for name in verdict.missing)
    unasked = [name for name in wanted if name not in hearing.unknown]
    return [
        "",
        f"提问到此{'停止' if hearing.stopped else '结束'}：{hearing.case.name}",
        f"  已写入 {len(written)} 项：{'、'.join(written)}（最后一项写错了：assist undo）"
        if written
        else "  没有写入",
        *([f"  答不知道、没有写入：{'、'.join(hearing.unknown)}"] if hearing.unknown else []),
        *([f"  没有问到：{'、'.join(unasked)}"] if unasked else []),
        f"  结论：{_verdict_words(verdicts)}",
        f"  下一步：{_next_step(hearing, verdicts, pack, list(wanted))}",
    ]


def _written_words(name: str, case: Case, pack: Pack) -> str:
    """The fact *name* and what was entered, if a page may show it."""
    entry = pack.fields[name]
    return name if entry.sensitivity == HIDDEN else f"{name} {format_value(entry, case.value(name))}"


def _verdict_words(verdicts: Sequence[Verdict]) -> str:
    """Every benefit under its verdict, in the order of the verdicts."""
    found = {word: [v.benefit.id for v in verdicts if v.verdict == word] for word in VERDICTS}
    return "；".join(f"{VERDICTS[word]} {'、'.join(ids)}" for word, ids in found.items() if ids)


def _next_step(hearing: Hearing, verdicts: Sequence[Verdict], pack: Pack, wanted: Sequence[str]) -> str:
    """The command that goes on: asking, entering what is found out, or printing the application."""
    who = hearing.case.call_name
    if hearing.stopped:
        return f"接着问 assist check {who} --ask"
    if wanted:
        return f"问明后登记 assist edit {who} --set {wanted[0]}=…"
    entitled = {verdict.benefit.id for verdict in verdicts if verdict.verdict == ELIGIBLE}
    form = next((form for form in pack.forms if form.application_for in entitled), None)
    return f"打印申请表 assist form {form.name} {who}" if form else f"查看全部资料 assist show {who}"
