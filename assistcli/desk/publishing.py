"""The public list (公示): nothing but the whitelist ever leaves, whatever is asked for."""

from collections.abc import Sequence

from assistcli.errors import DataRejectedError
from assistcli.model import Case
from assistcli.policy.rules import Pack
from assistcli.values import clean_text

WHITELIST = ("姓名", "学校", "学院", "年级", "专业", "班级")
"""The basic facts of a public list; source: 教财厅函〔2017〕28号, REQUIREMENTS 7.6 (S1)."""
STANDS_FOR = {"学校": "就读学校"}
"""What a household's case calls the same fact."""


def public_columns(wanted: Sequence[str], cases: Sequence[Case]) -> list[str]:
    """The columns to print: those *wanted*, else every whitelisted one that some case fills.

    Raises:
        DataRejectedError: a column is not on the whitelist.
    """
    for name in wanted:
        if name not in WHITELIST:
            raise DataRejectedError(
                f"「{name}」不能公示；公示只能有：{'、'.join(WHITELIST)}（教财厅函〔2017〕28号）"
            )
    return list(wanted) or [name for name in WHITELIST if any(public_text(case, name) for case in cases)]


def public_text(case: Case, name: str) -> str:
    """The whitelisted fact *name* of *case*, blank when unknown."""
    if name not in WHITELIST:
        raise LookupError(name)
    return clean_text(case.text(name) or case.text(STANDS_FOR.get(name, name)))


def refuse_internal_table(pack: Pack, names: Sequence[str]) -> None:
    """Let names of cases pass; a table of the office is internal (R0-56).

    Raises:
        DataRejectedError: one of *names* is a table or form of the notice.
    """
    for name in names:
        for form in pack.forms:
            if name in (form.name, form.title, form.short, form.citation.clause):
                raise DataRejectedError(
                    f"「{form.short or form.title}」是内部表，含联系电话、家庭和身份情况，不能公示\n"
                    "公示名单：assist publish 个案… --take-down 撤下日期"
                )
