"""What may come next on the command line: commands, options, numbers, words of the notice. Never a name.

Only the command that stands on the line is loaded; numbers come from the store's index.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from typer.core import TyperGroup

from assistcli.usage import PROGRAM_OPTIONS

CASE = "个案"
MOST = 50
"""More candidates than this help nobody."""

PACK_OPTION, STORE_OPTION, LIKE_OPTION = "--pack", "--store", "--like"
FLAGS = {"--debug": "出错时显示技术细节", "--version": "显示版本", "--help": "显示本页"}

Candidates = Mapping[str, str]
"""What may stand there → what it means, blank where nothing need be said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where candidates come from: numbers by their beginning, and words by what they stand for.

    The words are named as the argument or option is; where one name means several things (表名), behind the
    command that means it so: ``form 表名``.
    """

    numbers: Callable[[str], Sequence[str]]
    words: Mapping[str, Callable[[], Candidates]]

    def words_for(self, program_command: str, name: str) -> Candidates:
        """What may stand where *program_command* wants what it calls *name*."""
        for wanted, give in self.words.items():
            command, _, word = wanted.rpartition(" ")
            if word in name and command in {"", program_command}:
                return give()
        return {}


def find_candidates(
    program: Any, ctx: Any, before: Sequence[str], current: str, sources: Sources
) -> Candidates:
    """What may stand in the place of *current* after the words *before*, of all that begins like it.

    An empty answer leaves the place to the names of files.
    """
    found = _candidates(program, ctx, list(before), current, sources)
    return {word: said for word, said in found.items() if word.startswith(current)}


def program_options(before: Sequence[str]) -> dict[str, str]:
    """The options of the program among the words *before*, with their values."""
    return {name: value for name, value in pairwise(before) if name in {PACK_OPTION, STORE_OPTION}}


def _candidates(program: Any, ctx: Any, before: list[str], current: str, sources: Sources) -> Candidates:
    while before and before[0].startswith("-"):
        takes = before[0] in PROGRAM_OPTIONS and before[0] not in FLAGS
        if takes and len(before) == 1:
            return sources.words_for("", before[0])
        before = before[2:] if takes else before[1:]
    if not before:
        options = dict.fromkeys(PROGRAM_OPTIONS, "") | FLAGS
        return options if current.startswith("-") else _names(program, ctx)
    command, words = _descend(program, ctx, before)
    if command is None:
        return {}
    if isinstance(command, TyperGroup):
        return _of_group(command, ctx, before[0], current, sources)
    return _of_command(command, before[0], words, current, sources)


def _descend(command: Any, ctx: Any, words: Sequence[str]) -> tuple[Any, Sequence[str]]:
    """The command that *words* name, with the words after it."""
    while isinstance(command, TyperGroup) and words:
        found = command.get_command(ctx, words[0])
        meant = _meant(command, ctx) if found is None else None
        command, words = meant or found, words if meant else words[1:]
    return command, words


def _meant(group: Any, ctx: Any) -> Any:
    """The subcommand that *group* means where none is named, if it means any."""
    name = getattr(group, "meant", None)
    return name and group.get_command(ctx, name)


def _of_group(group: Any, ctx: Any, program_command: str, current: str, sources: Sources) -> Candidates:
    meant = _meant(group, ctx)
    direct = _of_command(meant, program_command, (), current, sources) if meant else {}
    return {**_names(group, ctx), **direct}


def _names(group: Any, ctx: Any) -> Candidates:
    """The subcommands of *group*, with the first line of their help."""
    summaries: Mapping[str, str] = getattr(group, "summaries", {})
    names = {name: summaries.get(name, "") for name in group.list_commands(ctx)}
    return {name: said or _first_line(group.get_command(ctx, name)) for name, said in names.items()}


def _first_line(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _of_command(
    command: Any, program_command: str, words: Sequence[str], current: str, sources: Sources
) -> Candidates:
    options = {
        name: param for param in command.params if param.param_type_name == "option" for name in param.opts
    }
    last = options.get(words[-1]) if words else None
    if last is not None and not last.is_flag:
        return _of_value(program_command, words[-1], current, sources)
    if current.startswith("-"):
        used = set(words)
        shown = {
            n: p
            for n, p in options.items()
            if not getattr(p, "hidden", False) and (n not in used or p.multiple)
        }
        return {name: getattr(param, "help", None) or "" for name, param in shown.items()} | {
            "--help": FLAGS["--help"]
        }
    wanted = _wanted(command, place := _place(words, options))
    numbers = dict.fromkeys(sources.numbers(current), "") if CASE in wanted else {}
    first_is_case = wanted.startswith(CASE) and place == 0
    return {**({} if first_is_case else sources.words_for(program_command, wanted)), **numbers}


def _of_value(program_command: str, option: str, current: str, sources: Sources) -> Candidates:
    if option == LIKE_OPTION:
        return dict.fromkeys(sources.numbers(current), "")
    return sources.words_for(program_command, option)


def _place(words: Sequence[str], options: Mapping[str, Any]) -> int:
    """How many arguments stand among *words*: what is neither an option nor its value."""
    count, skip = 0, False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in options and not options[word].is_flag
        else:
            count += 1
    return count


def _wanted(command: Any, place: int) -> str:
    """What *command* calls its argument number *place*, from 0; blank where it takes no more."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    if not arguments or (place >= len(arguments) and arguments[-1].nargs != -1):
        return ""
    return str(arguments[min(place, len(arguments) - 1)].metavar)
