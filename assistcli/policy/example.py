"""Worked examples (例) of a pack: facts and claims with what must come of them, and where it does not.

    [[example]]
    title = "双困生"
    year = 2013
    facts = { "全日制" = "是", "毕业年份" = "2013" }
    adopted = { A-35 = "priority" }
    verdicts = { A = "eligible" }
    amounts = { "金秋助学" = ["4000.00"] }
    missing = { B1 = ["少数民族"] }
    ranges = { "助学" = ["～2000.00"] }
    payers = { "助学" = ["市总工会"] }
    portions = { "助学" = { "先发" = "1500.00", "凭票" = "1500.00" } }
    depends = { A = { A-31 = { any-grade = "eligible", top-grade = "not_eligible" } } }
    granted = 2013-05-01
    claims = [ { item = "差旅费", yuan = "300", date = 2013-05-10, allowed = "300.00" } ]

The same tables serve ``pack check``, ``pack test`` and the golden tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistcli.errors import DataRejectedError
from assistcli.model import Claim, Stage
from assistcli.money import format_yuan, parse_yuan
from assistcli.policy.entry import Entry

APPROVED = "批准"
VERDICT_WORDS = {"符合": "eligible", "不符合": "not_eligible", "待核实": "unknown", "取决于口径": "depends"}
_TRUTHS = {True: "是", False: "否"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleClaim:
    """A claim of an example, and what must be allowed of it: yuan, ``refused``, ``待证`` or ``depends``."""

    claim: Claim
    allowed: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One worked example: what is known, which readings are adopted, and what must follow."""

    title: str
    year: int
    facts: Mapping[str, str]
    adopted: Mapping[str, str]
    verdicts: Mapping[str, str]
    amounts: Mapping[str, list[str]]
    missing: Mapping[str, list[str]]
    ranges: Mapping[str, list[str]]
    payers: Mapping[str, list[str]]
    portions: Mapping[str, Mapping[str, str]]
    depends: Mapping[str, Mapping[str, Mapping[str, str]]]
    granted: date | None
    today: date | None
    claims: tuple[ExampleClaim, ...] = ()
    total: str = ""
    total_depends: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_example(entry: Entry) -> Example:
    """One ``[[example]]``."""
    example = Example(
        title=entry.need("title", str, ""),
        year=entry.need("year", int, 0),
        facts={n: _TRUTHS[v] if isinstance(v, bool) else str(v) for n, v in _table(entry, "facts").items()},
        adopted=_table(entry, "adopted"),
        verdicts=_read_verdicts(entry),
        amounts={name: _in_full(sums) for name, sums in _table(entry, "amounts").items()},
        missing=_table(entry, "missing"),
        ranges=_table(entry, "ranges"),
        payers=_table(entry, "payers"),
        portions=_table(entry, "portions"),
        depends=_table(entry, "depends"),
        granted=entry.get("granted", date, None),
        today=entry.get("today", date, None),
        claims=tuple(_read_claim(e, n) for n, e in enumerate(entry.entries("claims", "item"), 1)),
        total=entry.text("total"),
        total_depends=_table(entry, "total_depends"),
    )
    entry.finish()
    return example


def _in_full(sums: Any) -> Any:
    """*sums* of yuan with their fen, as they are printed; what is no sum is left for the trial to fault."""
    try:
        return [format_yuan(parse_yuan(str(yuan))) for yuan in sums] if isinstance(sums, list) else sums
    except DataRejectedError:
        return sums


def _table(entry: Entry, key: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = entry.get(key, dict, {})
    return table


def _read_verdicts(entry: Entry) -> Mapping[str, str]:
    """Benefit → verdict; the Chinese words of the screen are taken as well."""
    found = {}
    for benefit, word in _table(entry, "verdicts").items():
        found[benefit] = VERDICT_WORDS.get(str(word), str(word))
        if found[benefit] not in VERDICT_WORDS.values():
            known = "、".join(f"{code}（{chinese}）" for chinese, code in VERDICT_WORDS.items())
            entry.report(f"{entry.where}：没有「{word}」这种结论；可写 {known}", str(word))
    return found


def _fen(entry: Entry, text: str) -> int:
    try:
        return parse_yuan(text)
    except DataRejectedError as error:
        entry.report(f"{entry.where}：{error}", text)
        return 0


def _read_claim(entry: Entry, number: int) -> ExampleClaim:
    approved, day = entry.text("approved"), entry.need("date", date, date.min)
    stages = (Stage(state=APPROVED, day=day, by="例", amount=_fen(entry, approved)),) if approved else ()
    claim = Claim(
        id=f"{number:03d}",
        case="例",
        item=entry.need("item", str, ""),
        asked=_fen(entry, entry.need("yuan", str, "0")),
        day=day,
        mode=entry.text("as", "补贴"),
        by="例",
        certificate=entry.text("certificate"),
        issued=entry.get("issued", date, None),
        receipt=entry.text("receipt"),
        stages=stages,
    )
    wanted = ExampleClaim(claim=claim, allowed=entry.need("allowed", str, ""), says=entry.text("says"))
    entry.finish()
    return wanted
