"""``assist help``: the long help of a command or a topic."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from assistcli.cli import COMMANDS, front_page
from assistcli.cli import app as app_of_program
from assistcli.commands.options import Command, new_app
from assistcli.errors import UsageError
from assistcli.fields import fields_of, nearest_names
from assistcli.output import say
from assistcli.usage import unknown_command

HELP = """按主题查看说明：命令名，或下列主题。

例：assist help
    assist help import
    assist help claim add
    assist help 规则
"""

FIELDS_TOPIC = "字段"

app = new_app()


@app.command("help", cls=Command, help=HELP)
def show_help(
    words: Annotated[list[str] | None, typer.Argument(metavar="[主题或命令]", show_default=False)] = None,
) -> None:
    """Print the help of a topic, or the front page with all topics."""
    if not words:
        say(front_page().rstrip())
        say(f"\n主题：{'、'.join(topics())}")
        return
    say(help_text(words))


def _page_of(words: Sequence[str]) -> str:
    """The page that ``--help`` shows of a command, or of a subcommand."""
    command: Any = get_command(app_of_program)
    ctx: Any = typer.Context(command, info_name="assist")
    for word in words:
        if not isinstance(command, TyperGroup):
            break
        command = command.get_command(ctx, word)
        if command is None:
            raise UsageError(unknown_command(word, ctx))
        ctx = typer.Context(command, parent=ctx, info_name=word)
    return str(command.get_help(ctx)).rstrip()


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


def help_text(words: Sequence[str]) -> str:
    """The help of a topic, or the whole page of the command that *words* name.

    Raises:
        UsageError: there is none; the message proposes the nearest.
    """
    topic, commands = words[0], [name for group in COMMANDS.values() for name in group]
    if topic in commands:
        return _page_of(words)
    if topic in topics():
        page = files("assistcli").joinpath("help", f"{topic}.md")
        return page.read_text(encoding="utf-8").rstrip() + (field_list() if topic == FIELDS_TOPIC else "")
    near = nearest_names(topic, [*commands, *topics()], 3)
    hint = f"；是不是 {'、'.join(near)}？" if near else ""
    raise UsageError(f"没有「{topic}」这个主题{hint}。assist help 列出全部")
