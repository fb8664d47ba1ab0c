"""When somebody last made sure how a person stands (最后核实日期): a talk, an outcome, or the survey."""

from collections.abc import Iterable
from datetime import date

from assistcli.assistance import Outcome
from assistcli.followup.tally import Tally
from assistcli.model import Case

SURVEY_FACT = "排摸日期"


def last_verified(case: Case, tally: Tally | None, outcomes: Iterable[Outcome], today: date) -> date | None:
    """The latest day up to *today* on which somebody asked or recorded how *case* stands; ``None``: never.

    A message to many and a missed call verify nothing; a day still to come has not happened.
    """
    days = [outcome.day for outcome in outcomes]
    if tally and tally.talked:
        days.append(tally.talked)
    if surveyed := case.text(SURVEY_FACT):
        days.append(date.fromisoformat(surveyed))
    return max((day for day in days if day <= today), default=None)


def is_stale(verified: date | None, today: date, days: int) -> bool:
    """Whether the last verification is *days* days or longer ago, or there was none (R0-12)."""
    return verified is None or (today - verified).days >= days
