"""What was asked of one printing beside the form and the cases; what a form cannot heed is refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistcli.errors import UsageError
from assistcli.paper.stationery import CASE_FILE
from assistcli.paper.tableforms import ELECTRONIC_MODE, PAPER_MODE
from assistcli.policy.rules import FormRule

DETAIL = "detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The options of one printing; blank where nothing was asked."""

    college: str = ""
    as_of: str = ""
    mode: str = ""  # of 附件3: ELECTRONIC_MODE or PAPER_MODE
    reveal: bool = False  # print the secret facts of 一人一档
    blank: bool = False  # one form without a person, to be filled in by somebody
    photos: str = ""  # folder


PLAIN_ORDER = Order()


def demand_heeded(rule: FormRule, named: Sequence[str], order: Order) -> None:
    """Let the cases *named* and the *order* pass for the form *rule*.

    Raises:
        UsageError: the form is no paper about one case, or does not know an option.
    """
    if order.mode not in {"", ELECTRONIC_MODE, PAPER_MODE}:
        raise UsageError(f"--mode 只能是 {ELECTRONIC_MODE} 或 {PAPER_MODE}，不是「{order.mode}」")
    for refused, why in _refusals(rule, named, order):
        if refused:
            raise UsageError(why)


def _refusals(rule: FormRule, named: Sequence[str], order: Order) -> list[tuple[bool, str]]:
    """Every pair of cases, options and a form that do not go together, and what to say of it."""
    of_case, title = rule.per == "case", rule.title
    return [
        (
            bool(named) and not of_case,
            f"「{title}」是汇总的表，不按个案打印；只要一个学院请用 --college",
        ),
        (
            order.blank and bool(named or order.college or order.photos or order.as_of or order.reveal),
            "--blank 印一张空白表，不与个案、--college、--photos、--as-of、--show-sensitive 同用",
        ),
        (bool(named and order.college), "写明了个案，就不用 --college；请去掉一样"),
        (
            bool(order.mode) and rule.name != DETAIL,
            f"--mode 只用于细化表（{DETAIL}）；「{title}」没有电子、纸质两种，请去掉 --mode",
        ),
        (
            bool(order.as_of) and of_case,
            f"--as-of 只用于汇总的表；「{title}」按现在登记的事实打印，请去掉 --as-of",
        ),
        (
            order.reveal and rule.name != CASE_FILE,
            f"--show-sensitive 只用于一人一档（{CASE_FILE}）；「{title}」按表上的栏目打印，请去掉这个选项",
        ),
    ]
