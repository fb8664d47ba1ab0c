"""Options and arguments that several commands share, so that they look and read the same everywhere."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeVar

import typer

from assistcli.context import Context, user_name
from assistcli.errors import UsageError
from assistcli.output import note
from assistcli.usage import Command, Group
from assistcli.values import parse_date

Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值，供程序读取")]
Cases = Annotated[list[str] | None, typer.Argument(metavar="个案", show_default=False)]
OneCase = Annotated[str, typer.Argument(metavar="个案", show_default=False)]
Day = Annotated[str, typer.Option("--date", help="日期，如 2013-05-20；不填为今天")]
By = Annotated[str, typer.Option("--by", help="经办人；不填为本机用户名")]
Number = Annotated[int, typer.Argument(metavar="序号", show_default=False)]
Reveal = Annotated[bool, typer.Option("--show-sensitive", help="显示身份证号等敏感信息（会留下记录）")]

E = TypeVar("E")

__all__ = [
    "By",
    "Cases",
    "Command",
    "Day",
    "Group",
    "Json",
    "Number",
    "OneCase",
    "Reveal",
    "day_or_today",
    "new_app",
    "numbered",
    "person",
]


def new_app() -> typer.Typer:
    """An empty app for one command or a group of them."""
    return typer.Typer(cls=Group, add_completion=False, no_args_is_help=True, rich_markup_mode=None)


def day_or_today(text: str, context: Context) -> date:
    """The day that *text* names, or the day the program runs on.

    Raises:
        DataRejectedError: *text* is no date.
    """
    day = parse_date(text) if text else context.today
    if day > context.today:
        note(f"注意：日期 {day} 晚于今天 {context.today}")
    return day


def person(by: str) -> str:
    """Who makes an entry: as told, else the user of this computer."""
    return by.strip() or user_name()


def numbered(listed: Sequence[E], number: int, measure: str, command: str) -> E:
    """What *command* lists under *number*; *measure* is the word it is counted by, and what it is.

    Raises:
        UsageError: the list is shorter.
    """
    if not 0 < number <= len(listed):
        raise UsageError(f"没有第 {number} {measure}；共 {len(listed)} {measure[:1]}，见 {command}")
    return listed[number - 1]
