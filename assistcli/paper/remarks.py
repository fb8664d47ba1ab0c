"""What is told beside the forms that were printed: who was left out, who is doubtful, what is hidden."""

from collections.abc import Sequence

from assistcli.book.caserecord import case_label
from assistcli.model import Case
from assistcli.output import Table
from assistcli.paper.casefile import has_secrets
from assistcli.paper.formdesk import Batch
from assistcli.paper.order import Order
from assistcli.paper.stationery import CASE_FILE
from assistcli.policy.rules import FormRule, Pack

NUMBER, WORKER = "学号", "职工姓名"


def veiled_line(rule: FormRule, pack: Pack, batch: Batch, order: Order) -> list[str]:
    """That 一人一档 hides something, and how to print it; nothing where there is nothing to hide."""
    if rule.name != CASE_FILE or order.reveal:
        return []
    people = [case for case in batch.taken if has_secrets(case, pack)]
    told = f"{len(people)} 人有身份证号、残疾等敏感信息，已隐去；要印全请加 --show-sensitive（会留下记录）"
    return [told] if people else []


def doubtful_lines(batch: Batch) -> list[str]:
    """Who was printed but is not plainly entitled, by reason."""
    by_reason: dict[str, list[str]] = {}
    for case, reason in batch.doubtful:
        by_reason.setdefault(reason, []).append(_call(case))
    return [
        f"已打印，请核实（{reason}，{len(names)} 人）：{'、'.join(names)}"
        for reason, names in by_reason.items()
    ]


def left_out_lines(left_out: Sequence[tuple[Case, str]]) -> list[str | Table]:
    """Who was left out and why; a child without a number is told by the worker."""
    if not left_out:
        return []
    head = NUMBER if any(case.student_no for case, _ in left_out) else WORKER
    rows = [(case.student_no or case.text(WORKER), case.name, reason) for case, reason in left_out]
    return [f"略去 {len(rows)} 人：", Table((head, "姓名", "理由"), rows)]


def _call(case: Case) -> str:
    worker = "" if case.student_no else case.text(WORKER)
    return f"{case_label(case)}（{worker}）" if worker else case_label(case)
