"""``assist completion``: the script that completes commands, options, numbers and words in a shell."""

import os
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from assistcli.book.casebook import open_casebook
from assistcli.candidates import (
    MOST,
    PACK_OPTION,
    STORE_OPTION,
    Candidates,
    Sources,
    find_candidates,
    program_options,
)
from assistcli.cli import app as program_app
from assistcli.commands.completion_words import word_sources
from assistcli.commands.options import Command, new_app
from assistcli.context import Context
from assistcli.errors import AssistError, UsageError
from assistcli.output import hand_over, say
from store.errors import StoreError

HELP = """命令行补全脚本：按 Tab 补全命令、选项、学号，以及文件里的表名、步骤、材料等（从不列出姓名）。

安装（任选一种，新开一个终端窗口后生效）：
  bash        assist completion bash --install
              或在 ~/.bashrc 末尾写：eval "$(assist completion bash)"
  zsh         assist completion zsh --install
              并在 ~/.zshrc 末尾写：fpath+=~/.zfunc; autoload -Uz compinit; compinit
  fish        assist completion fish --install
  PowerShell  在 $PROFILE 文件末尾写：assist completion powershell | Out-String | Invoke-Expression
              （不改执行策略；$PROFILE 不存在时先 New-Item -Force $PROFILE）

例：assist completion bash
    assist completion fish --install
"""

SCRIPTS = {"bash": "bash.sh", "zsh": "zsh.zsh", "fish": "fish.fish", "powershell": "powershell.ps1"}
PLACES = {
    "bash": ("XDG_DATA_HOME", ".local/share", "bash-completion/completions/assist"),
    "zsh": ("", ".zfunc", "_assist"),
    "fish": ("XDG_CONFIG_HOME", ".config", "fish/completions/assist.fish"),
}
"""Where each shell looks: the variable that names the folder, the folder without it, and the file."""

app = new_app()


@app.command(cls=Command, help=HELP)
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish|powershell", show_default=False)],
    before: Annotated[list[str] | None, typer.Argument(metavar="", show_default=False, hidden=True)] = None,
    install: Annotated[bool, typer.Option("--install", help="写到这个 shell 自己的补全文件夹")] = False,
    current: Annotated[str | None, typer.Option("--current", hidden=True)] = None,
) -> None:
    """Print or install the script of *shell*; called by it, print what may stand at *current*."""
    if shell not in SCRIPTS:
        raise UsageError(f"没有「{shell}」的补全脚本；可用：{'、'.join(SCRIPTS)}")
    if current is not None:
        for line in candidate_lines(shell, _candidates(ctx.obj, before or [], current)):
            hand_over(line)
    elif install:
        say(f"已写入 {_installed(shell)}；新开一个终端窗口后生效。其余步骤见 assist help completion")
    else:
        hand_over(script_of(shell).rstrip())


def script_of(shell: str) -> str:
    """The script of *shell*: plain ASCII, whatever code page the shell reads it in."""
    return files("assistcli").joinpath("shells", SCRIPTS[shell]).read_text("ascii")


def candidate_lines(shell: str, candidates: Candidates) -> list[str]:
    """The lines that *shell* reads; bash and PowerShell show no descriptions."""
    if shell == "zsh":
        return [
            f"{word.replace(':', chr(92) + ':')}:{said}" if said else word
            for word, said in candidates.items()
        ]
    if shell == "fish":
        return [f"{word}\t{said}" if said else word for word, said in candidates.items()]
    return list(candidates)


def _candidates(context: Context, before: Sequence[str], current: str) -> Candidates:
    """What may stand at *current*; nothing where it cannot be found out: a shell shows no errors."""
    program: Any = get_command(program_app)
    told = program_options(before)
    store = Path(told[STORE_OPTION]) if STORE_OPTION in told else context.store
    named = told.get(PACK_OPTION, "")
    pack = None if named.endswith(".toml") else named or None
    here = Context(store=store, today=context.today, pack=pack, closers=context.closers)
    sources = Sources(
        numbers=lambda start: open_casebook(here).numbers(start, MOST), words=word_sources(here)
    )
    with suppress(AssistError, StoreError, OSError):
        return find_candidates(program, typer.Context(program), before, current, sources)
    return {}


def _installed(shell: str) -> Path:
    """The file that the script of *shell* was written to.

    Raises:
        UsageError: the shell has no folder of its own for it.
    """
    if shell not in PLACES:
        raise UsageError(
            "PowerShell 没有补全文件夹；请在 $PROFILE 末尾加一行：\n"
            "assist completion powershell | Out-String | Invoke-Expression"
        )
    variable, usual, name = PLACES[shell]
    path = Path(os.environ.get(variable) or Path.home() / usual) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script_of(shell), "ascii", newline="\n")
    return path
