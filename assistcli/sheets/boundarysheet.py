"""The lines of a pack with cases on them, told: as a table and as JSON."""

from collections.abc import Sequence
from typing import Any

from assistcli.output import Table
from assistcli.policy.boundary import STEPS, Boundary
from assistcli.policy.packtext import shorten
from assistcli.policy.result import Verdict
from assistcli.policy.rules import Pack
from assistcli.sheets.verdictsheet import amount_words
from assistcli.values import format_value
from assistcli.words import VERDICTS

HEADINGS = ("", "项目", "界线", "事实", "低一步", "界上", "高一步")


def boundary_table(pack: Pack, found: Sequence[Boundary]) -> list[str | Table]:
    """Each line with the results one step below it, on it and above it, and how many cases were tried."""
    if not found:
        return ["没有数字界线"]
    rows = [_row(pack, boundary) for boundary in found]
    tried, failed = [b for b in found if b.values], sum(bool(b.faults) for b in found)
    counted = (
        f"数字界线 {len(found)} 处，界上和上下各一步共试 {len(tried) * len(STEPS)} 例，{failed} 处不一致"
    )
    left = len(found) - len(tried)
    return [
        Table(HEADINGS, rows),
        counted,
        *([f"{left} 处造不出界上的个案，请在例子里自己写"] if left else []),
    ]


def _row(pack: Pack, boundary: Boundary) -> tuple[str, ...]:
    sign = "✗" if boundary.faults else "✓" if boundary.values else "—"
    readings = "、".join(f"{name}={option}" for name, option in boundary.reading.items())
    told = [
        f"{value} {result}".strip()
        for value, result in zip(_values(pack, boundary), _results(boundary), strict=True)
    ]
    condition = shorten(boundary.condition) + (f"（{readings}）" if readings else "")
    return sign, boundary.benefit, condition, boundary.field, *(told or [""] * len(STEPS))


def _values(pack: Pack, boundary: Boundary) -> list[str]:
    return [format_value(pack.fields[boundary.field], value) for value in boundary.values]


def _results(boundary: Boundary) -> list[str]:
    return [_words(result) for result in boundary.results]


def _words(verdict: Verdict) -> str:
    amounts = amount_words(verdict)
    return VERDICTS[verdict.verdict] + (f"（{amounts}）" if amounts else "")


def boundary_data(pack: Pack, boundary: Boundary) -> dict[str, Any]:
    """One line as JSON, beside the examples and of their shape."""
    return {
        "example": f"界线：{boundary.condition}",
        "passed": not boundary.faults,
        "faults": list(boundary.faults),
        "benefit": boundary.benefit,
        "reading": dict(boundary.reading),
        "field": boundary.field or None,
        "values": _values(pack, boundary),
        "results": [result.verdict for result in boundary.results],
    }
