"""Money by source: sums that agree to the fen, whatever was recorded in whatever order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistcli.assistance import Fund
from assistcli.model import Case, Claim, Fact, Stage
from assistcli.money import parse_yuan
from assistcli.reports.funds import UNSAID, fund_table, overspent, payments, purses
from tests.reports.opened import assert_every_number_opens

START, DAY = date(2011, 12, 28), date(2012, 3, 1)
DAYS = st.integers(0, 90).map(lambda n: START + timedelta(days=n))  # over a year's end and a leap day
SOURCES = st.sampled_from(["社会捐助", "社会 捐助", "市总工会", "财政"])
FENS = st.integers(1, 10**9)
FUNDS = st.lists(
    st.tuples(DAYS, SOURCES, FENS, st.booleans(), st.sampled_from(["", "求职补贴"])), max_size=30
)
PAID = st.lists(st.tuples(DAYS, st.one_of(SOURCES, st.just("")), FENS), max_size=20)
Entry = tuple[date, str, int, bool, str]
Pay = tuple[date, str, int]


def fund_of(number: int, entry: Entry) -> Fund:
    """One recorded fund."""
    day, source, fen, out, kind = entry
    return Fund(id=f"F{number}", day=day, source=source, amount=fen, by="李老师", out=out, kind=kind)


def claim_of(number: int, entry: Pay) -> Claim:
    """One paid claim."""
    day, source, fen = entry
    stage = Stage(state="发放", day=day, by="李老师", amount=fen, source=source)
    return Claim(
        id=f"K{number}", case=f"C{number}", item="助学金", asked=fen, day=START, mode="补贴", stages=(stage,)
    )


@given(FUNDS, PAID)
def test_every_balance_agrees_to_the_fen(entries: list[Entry], paid: list[Pay]) -> None:
    """Against plain loops: by source, in all, and the printed columns add up to the printed total."""
    funds = [fund_of(number, entry) for number, entry in enumerate(entries)]
    claims = [claim_of(number, entry) for number, entry in enumerate(paid)]
    found = purses(funds, payments((), claims, DAY), {"求职补贴"}, DAY)
    raised: dict[str, int] = {}
    gone: dict[str, int] = {}
    for day, source, fen, out, kind in entries:
        if day <= DAY:
            side = gone if out or kind else raised
            side[source.replace(" ", "")] = side.get(source.replace(" ", ""), 0) + fen
    for day, source, fen in paid:
        if day <= DAY:
            name = source.replace(" ", "") or UNSAID
            gone[name] = gone.get(name, 0) + fen
    assert {name: purse.left for name, purse in found.items()} == {
        name: raised.get(name, 0) - gone.get(name, 0) for name in raised.keys() | gone.keys()
    }
    table = fund_table(found, DAY, "资金收支表")
    assert_every_number_opens(table)
    rows = table.rows
    for column in range(1, 5):
        assert sum(parse_yuan(str(row[column])) for row in rows[:-1]) == parse_yuan(str(rows[-1][column]))
    for _, came, given_out, other, left in rows:
        assert parse_yuan(str(came)) - parse_yuan(str(given_out)) - parse_yuan(str(other)) == parse_yuan(
            str(left)
        )


@given(FUNDS, PAID)
def test_no_source_is_overspent_without_a_word(entries: list[Entry], paid: list[Pay]) -> None:
    """Every source below zero is named under the table, and no other."""
    funds = [fund_of(number, entry) for number, entry in enumerate(entries)]
    claims = [claim_of(number, entry) for number, entry in enumerate(paid)]
    found = purses(funds, payments((), claims, DAY), (), DAY)
    notes = "".join(fund_table(found, DAY, "资金收支表").notes)
    for name, purse in found.items():
        if name != UNSAID:
            assert (f"「{name}」支出超过筹集" in notes) == (purse.left < 0) == bool(overspent(name, purse))


def test_a_payment_is_counted_once() -> None:
    """By its claim where there is one, else by what the facts of the case say."""
    facts: dict[str, int | str] = {"助学资金": 300_000, "发放日期": "2012-01-15", "资金来源": "财政"}
    stated = {n: Fact(value=v, raw=str(v), source="表", day=START, by="李老师") for n, v in facts.items()}
    cases = [
        Case(id=f"C{n}", pack="dalian-2011", year=2011, subject="household", opened=START, facts=stated)
        for n in range(2)
    ]
    found = payments(cases, [claim_of(0, (date(2012, 1, 20), "社会捐助", 250_000))], DAY)
    assert [(p.item.case, p.item.number, p.source) for p in found] == [
        ("C0", 250_000, "社会捐助"),
        ("C1", 300_000, "财政"),
    ]
    assert payments(cases, [], date(2012, 1, 14)) == []


def test_a_source_that_is_just_used_up_is_not_overspent() -> None:
    """The last fen may go; one more is told."""
    fund = fund_of(1, (START, "财政", 100, False, ""))
    for spent, told in ((99, False), (100, False), (101, True)):
        paid = payments((), [claim_of(0, (START, "财政", spent))], DAY)
        purse = purses([fund], paid, (), DAY)["财政"]
        assert bool(overspent("财政", purse)) == told
