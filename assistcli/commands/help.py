"""``assist help``: the long help of a command or a topic."""

from importlib import import_module
from importlib.resources import files
from keyword import iskeyword
from typing import Annotated

import typer

from assistcli.cli import COMMANDS, front_page
from assistcli.commands.options import Command, new_app
from assistcli.errors import UsageError
from assistcli.fields import fields_of, nearest_names
from assistcli.output import say

HELP = """按主题查看说明：命令名，或下列主题。

例：assist help
    assist help import
    assist help 规则
"""

FIELDS_TOPIC = "字段"

app = new_app()


@app.command("help", cls=Command, help=HELP)
def show_help(
    words: Annotated[list[str] | None, typer.Argument(metavar="[主题]", show_default=False)] = None,
) -> None:
    """Print the help of a topic, or the front page with all topics."""
    if not words:
        say(front_page().rstrip())
        say(f"\n主题：{'、'.join(topics())}")
        return
    say(help_text(words[0]))


def topics() -> list[str]:
    """Names of the help pages that are about no single command."""
    folder = files("assistcli").joinpath("help")
    if not folder.is_dir():
        return []
    return sorted(page.name.removesuffix(".md") for page in folder.iterdir() if page.name.endswith(".md"))


def field_list() -> str:
    """The names of all fields, by the kind of case that has them."""
    titles = {"student": "学生", "household": "困难职工家庭子女", "office": "本单位"}
    lines = [f"{title}：{'、'.join(f.name for f in fields_of(subject))}" for subject, title in titles.items()]
    return "\n\n全部字段：\n" + "\n".join(lines)


def help_text(topic: str) -> str:
    """The help of *topic*.

    Raises:
        UsageError: there is none; the message proposes the nearest.
    """
    commands = [name for group in COMMANDS.values() for name in group]
    if topic in commands:
        return str(import_module(f"assistcli.commands.{topic}{'_' * iskeyword(topic)}").HELP).rstrip()
    if topic in topics():
        page = files("assistcli").joinpath("help", f"{topic}.md")
        return page.read_text(encoding="utf-8").rstrip() + (field_list() if topic == FIELDS_TOPIC else "")
    near = nearest_names(topic, [*commands, *topics()], 3)
    hint = f"；是不是 {'、'.join(near)}？" if near else ""
    raise UsageError(f"没有「{topic}」这个主题{hint}。assist help 列出全部")
