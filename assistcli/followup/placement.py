"""Who is placed (落实): words and national codes of 毕业去向, and the outcome that counts on a day."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from assistcli.assistance import Outcome
from assistcli.model import Case

TABLE = Path(__file__).parent.parent / "tables" / "destinations.toml"
PLACEMENT_FACT = "最终单位落实情况"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """One word of 毕业去向: its group, its national code where known, and whether it counts as 落实."""

    word: str
    group: str
    placed: bool
    code: str = ""


@cache
def destinations() -> Mapping[str, Destination]:
    """Every known destination by its word, in the order of the table."""
    groups = tomllib.loads(TABLE.read_text(encoding="utf-8"))["group"]
    return {
        word: Destination(word=word, group=group["name"], placed=group["placed"], code=code)
        for group in groups
        for word, code in {**group["codes"], **dict.fromkeys(group["words"], "")}.items()
    }


def listed_destinations() -> list[str]:
    """Every name of a destination once, with its national codes where it has some."""
    codes: dict[str, list[str]] = {}
    coded = {_name(word): entry.code for word, entry in destinations().items() if entry.code}
    for name, code in coded.items():
        whole = max((other for other in coded if name in (other, *other.split("、"))), key=len)
        codes.setdefault(whole, []).append(code)
    parts = {part for name in codes for piece in name.split("—") for part in piece.split("、")}
    plain = [word for word, entry in destinations().items() if not entry.code and word not in parts]
    return [*(f"{name}（{'、'.join(found)}）" for name, found in codes.items()), *plain]


def _name(word: str) -> str:
    """*word* without what it says twice: 科研助理—科研助理 is 科研助理."""
    return "—".join(dict.fromkeys(word.split("—")))


def latest_outcome(outcomes: Iterable[Outcome], today: date) -> Outcome | None:
    """The outcome that counts on *today*: the last one by day, and of one day the last recorded."""
    known = [outcome for outcome in outcomes if outcome.day <= today]
    return max(known, key=lambda outcome: (outcome.day, outcome.id), default=None)


def is_placed(outcome: Outcome | None) -> bool:
    """Whether *outcome* is a placement; an intention, an internship or an unknown word never is."""
    known = destinations().get(outcome.status) if outcome else None
    return known is not None and known.placed


def placement_text(outcome: Outcome | None, case: Case) -> str:
    """最终单位落实情况 as it prints: the recorded outcome, else what was stated, marked 自报 (R0-55)."""
    if outcome is not None and is_placed(outcome):
        proof = "" if outcome.evidence else "（未附证明）"
        return " ".join(filter(None, (outcome.employer, outcome.status))) + proof
    stated = case.text(PLACEMENT_FACT)
    return f"{stated}（自报）" if stated else ""
