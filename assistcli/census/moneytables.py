"""Money over all cases: what each source raised and paid, and who was not paid before term began."""

from datetime import date

from assistcli.assistance import Fund
from assistcli.book.casebook import Casebook
from assistcli.census.survey import Survey
from assistcli.model import Claim
from assistcli.reports.cells import spent_uses
from assistcli.reports.funds import Purse, fund_table, overspent, payments, purses
from assistcli.reports.material import Material
from assistcli.reports.statistics import StatisticsTable
from assistcli.reports.unpaid import unpaid_table
from assistcli.values import squeeze

TERM_FIGURE = "开学日期"


def money_table(over: Survey, material: Material, title: str) -> StatisticsTable:
    """资金收支: every source of the office with what came in and went out."""
    mine = {case.id for case in over.cases}
    claims = [claim for claim in over.source.all_events(Claim) if claim.case in mine]
    paid = payments(over.cases, claims, over.day)
    return fund_table(purses(material.funds, paid, spent_uses(over.pack.id), over.day), over.day, title)


def unpaid_list(over: Survey, title: str) -> StatisticsTable:
    """开学前未发放名单: by the 开学日期 that the unit set, since the notice names none."""
    stated = over.office.figures.get(TERM_FIGURE)
    term = date.fromisoformat(str(stated)) if stated else None
    accounts = over.assessor.accounts(over.cases, over.source, over.day)
    claimed = {case.id: account.claims for case, account in accounts}
    judged = [(case, claimed.get(case.id, ()), over.assessor.verdicts(case)) for case in over.cases]
    return unpaid_table(judged, over.pack, term, over.day, title)


def overspending_line(book: Casebook, source: str) -> str:
    """That more went out of *source* than came in; blank where it did not, or no source is named."""
    if not source:
        return ""
    day = book.context.today
    uses = frozenset().union(*(spent_uses(pack) for pack in book.office().packs))
    paid = payments(book.cases(), book.all_events(Claim), day)
    word = squeeze(source)
    return overspent(word, purses(book.all_events(Fund), paid, uses, day).get(word, Purse()))
