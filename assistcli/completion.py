"""What may come next on the command line: commands, options, student numbers. Never a name.

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
    """Where candidates come from: numbers by their beginning, ids of notices, names of help pages."""

    numbers: Callable[[str], Sequence[str]]
    packs: Callable[[], Sequence[str]]
    topics: Callable[[], Sequence[str]]


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
            return dict.fromkeys(sources.packs(), "") if before[0] == PACK_OPTION else {}
        before = before[2:] if takes else before[1:]
    if not before:
        options = dict.fromkeys(PROGRAM_OPTIONS, "") | FLAGS
        return options if current.startswith("-") else _names(program, ctx)
    command, words = _descend(program, ctx, before)
    if command is None:
        return {}
    if isinstance(command, TyperGroup):
        return _names(command, ctx) if not words else {}
    return _of_command(command, words, current, sources)


def _descend(command: Any, ctx: Any, words: Sequence[str]) -> tuple[Any, Sequence[str]]:
    """The command that *words* name, with the words after it."""
    while isinstance(command, TyperGroup) and words:
        command, words = command.get_command(ctx, words[0]), words[1:]
    return command, words


def _names(group: Any, ctx: Any) -> Candidates:
    """The subcommands of *group*, with the first line of their help."""
    summaries: Mapping[str, str] = getattr(group, "summaries", {})
    names = {name: summaries.get(name, "") for name in group.list_commands(ctx)}
    return {name: said or _first_line(group.get_command(ctx, name)) for name, said in names.items()}


def _first_line(command: Any) -> str:
    return (command.help or "").strip().partition("\n")[0]


def _of_command(command: Any, words: Sequence[str], current: str, sources: Sources) -> Candidates:
    options = {
        name: param for param in command.params if param.param_type_name == "option" for name in param.opts
    }
    last = options.get(words[-1]) if words else None
    if last is not None and not last.is_flag:
        return _of_value(words[-1], current, sources)
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
    return _of_argument(command, _place(words, options), current, sources)


def _of_value(option: str, current: str, sources: Sources) -> Candidates:
    if option == PACK_OPTION:
        return dict.fromkeys(sources.packs(), "")
    return dict.fromkeys(sources.numbers(current), "") if option == LIKE_OPTION else {}


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


def _of_argument(command: Any, place: int, current: str, sources: Sources) -> Candidates:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    if not arguments:
        return {}
    if place >= len(arguments) and arguments[-1].nargs != -1:
        return {}
    wanted = str(arguments[min(place, len(arguments) - 1)].metavar)
    if CASE in wanted:
        return dict.fromkeys(sources.numbers(current), "")
    known = {"政策包": sources.packs, "主题": sources.topics}
    names = next((give for word, give in known.items() if word in wanted), None)
    return dict.fromkeys(names(), "") if names else {}
