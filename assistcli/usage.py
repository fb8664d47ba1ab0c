"""Chinese help pages and usage errors: what the command-line library says in English, said in Chinese."""

from collections.abc import Callable
from typing import Any

from typer import TyperException
from typer.core import TyperCommand, TyperGroup

from assistcli.errors import DataRejectedError
from assistcli.fields import nearest_names

PRINTED = {
    "--by": "姓名 经办人 谁确定的",
    "--reason": "原因 理由 调整原因 内容",
    "--evidence": "材料",
    "--certificate": "证书编号",
    "--unit": "单位 单位名称",
    "--word": "凭什么",
    "--consent": "谁、哪天、怎样同意的",
    "--source": "来源 资金来源",
    "--set": "名称=值",
}
"""Words that printed commands hold in the place of an option's value; an argument's is its own name."""
NAME = "名称"
"""What stands before the ``=`` of a printed pair, whichever name a person writes there."""
FRAME = " .…[]「」<>《》“”\"'"
"""Signs that people put around such a word, or that stand around it in a usage line."""


class Command(TyperCommand):
    """A command whose help page is plain Chinese text, and that takes no word of an example for a fact."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What is left of *args* once they are read.

        Raises:
            DataRejectedError: a value is still the word that a printed example holds in its place.
        """
        left = super().parse_args(ctx, args)
        for param in self.params if not ctx.resilient_parsing else ():
            demand_filled(param, ctx.params.get(param.name or ""), ctx.command_path)
        return left

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, the command's own help, and its options."""
        formatter.write(command_help(self, ctx))

    def format_usage_text(self, ctx: Any) -> str:
        """The usage line."""
        return f"用法：{' '.join([ctx.command_path, '[选项]', *map(_argument_words, _arguments(self))])}"


class Group(TyperGroup):
    """A command with subcommands whose help page is plain Chinese text."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, help and the list of subcommands."""
        lines = [f"用法：{ctx.command_path} 子命令 [选项]", "", (self.help or "").strip(), "", "子命令："]
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            summary = (command.help or "").strip().splitlines()[0] if command and command.help else ""
            lines.append(f"  {name:<10}{summary}")
        formatter.write("\n".join(lines) + "\n")


def demand_filled(param: Any, value: Any, command: str) -> None:
    """Let *value* pass for *param* of *command* where it is no word of a printed example (姓名, 单位).

    Raises:
        DataRejectedError: it is, exactly; a value that merely holds such a word passes.
    """
    blanks = {word.strip(FRAME) for name in _names(param) for word in name.split()}
    stated = value if isinstance(value, (list, tuple)) else [value]
    for text in (text for text in stated if isinstance(text, str)):
        said = {text.strip(FRAME), f"{NAME}={text.partition('=')[2].strip(FRAME)}"} & blanks
        for blank in said:
            raise DataRejectedError(
                f"「{blank.removeprefix(NAME + '=')}」是示例里代替内容的词，请换成真实的内容；什么也没写\n"
                f"用法见：{command} --help"
            )


def _names(param: Any) -> list[str]:
    """Where the words are that stand for *param*: its own name, or what is printed behind the option."""
    if param.param_type_name == "argument":
        return [param.metavar or ""]
    return [PRINTED.get(name, "") for name in param.opts]


def _arguments(command: TyperCommand) -> list[Any]:
    return [p for p in command.params if p.param_type_name == "argument" and not getattr(p, "hidden", False)]


def _argument_words(argument: Any) -> str:
    """An argument as it stands in the usage line: in brackets where it may be left out; … for several."""
    name = str(argument.metavar or argument.name).replace("...", "…")
    several = "…" if argument.nargs == -1 and "…" not in name else ""
    return name + several if argument.required else f"[{name.strip('[]')}{several}]"


def _meanings(command: Command, ctx: Any) -> list[str]:
    """What to write for the arguments whose name alone does not say it."""
    program_command = [*ctx.command_path.split(), ""][1]
    lines = []
    for argument in _arguments(command):
        for key, meaning in _MEANINGS.items():
            where, _, word = key.rpartition(" ")
            if word in str(argument.metavar) and where in {"", program_command}:
                several = SEVERAL if argument.nargs == -1 else ""
                lines.append(f"  {word.strip('[')}：{meaning}{several}")
    return [*dict.fromkeys(lines), ""] if lines else []


SEVERAL = "；可写几个，用空格隔开"
_MEANINGS = {
    "个案": "学号、身份证号、姓名（没有重名时）或个案号",
    "申请号": "assist claim list 里的编号，可只写末尾几位",
    "政策包": "编号（assist pack list），或自己的 .toml 文件",
    "form 表名": "assist form list 里的名称或标题",
    "report 表名": "assist report list 里的名称或标题",
    "步骤": "文件规定的步骤；写错了会列出有哪些",
    "材料": "文件要求的材料；写错了会列出有哪些",
    "claim 项目": "文件规定的资助项目；写错了会列出有哪些",
    "口径": "编号，如 A-04；assist pack show 政策包 列出全部口径和读法",
    "log 渠道": "电话、面谈 …；写错了会列出有哪些",
    "log 种类": "个案咨询、岗位推荐 …；写错了会列出有哪些",
    "undo [编号": "assist history 里的编号",
    "推荐编号": "assist show 个案 里列着",
    "协作编号": "assist show 个案 里列着",
    "序号": "list 列出的序号",
}
"""What stands for an argument, by its name; behind the command where another means something else by it."""


def command_help(command: Command, ctx: Any) -> str:
    """The help page of *command*."""
    lines = [command.format_usage_text(ctx), *_meanings(command, ctx)]
    lines += [*([] if lines[-1] == "" else [""]), (command.help or "").strip(), ""]
    records = [
        (", ".join(p.opts), getattr(p, "help", None) or "")
        for p in command.params
        if p.param_type_name == "option" and not getattr(p, "hidden", False)
    ]
    lines += ["选项："] + [f"  {names:<24}{text}" for names, text in records if names != "--help"]
    return "\n".join([*lines, f"  {'--help':<24}显示本页"]) + "\n"


def describe_usage_error(error: TyperException) -> str:
    """What was wrong with the way a command was called, in Chinese."""
    kind = type(error).__name__
    describe = _DESCRIBE.get(kind, str)
    text = describe(error)
    ctx = getattr(error, "ctx", None)
    where = f"\n用法见：{ctx.command_path} --help" if ctx else ""
    return text + where


def _missing(error: Any) -> str:
    param = error.param
    names = (param.metavar or param.name) if param is not None else "参数"
    if param is not None and param.param_type_name == "option":
        names = param.opts[0]
    return f"缺少「{names}」"


PROGRAM_OPTIONS = ("--store", "--today", "--pack", "--debug")


def _no_such_option(error: Any) -> str:
    if error.option_name in PROGRAM_OPTIONS:
        return f"「{error.option_name}」要写在命令之前：assist {error.option_name} … 命令"
    if error.option_name.lstrip("-").isdecimal():
        return f"「{error.option_name}」被看成了选项；金额和编号应大于 0"
    near = list(error.possibilities or [])
    return f"没有「{error.option_name}」这个选项" + (f"；是不是 {'、'.join(sorted(near))}？" if near else "")


def _option_usage(error: Any) -> str:
    if "does not take a value" in error.format_message():
        return f"选项「{error.option_name}」后面不跟值；只写 {error.option_name} 即可"
    return f"选项「{error.option_name}」后面要跟一个值"


def _bad_value(error: Any) -> str:
    """What kind of value was wanted, where the library says it in English."""
    name = getattr(error.param, "opts", None) or [getattr(error.param, "name", "参数")]
    wanted = next((words for sign, words in _WANTED.items() if sign in error.message), error.message)
    return f"「{name[0]}」的值不对：{wanted}"


_WANTED = {
    "valid integer": "应为整数，如 3",
    "valid float": "应为数字，如 3.5",
    "valid boolean": "应为 是 或 否",
    "is not one of": "不在可选项内",
    "does not exist": "没有这个文件或文件夹",
    "does not match the format": "不是日期；请写成 2013-05-06",
    "is not in the range": "超出范围",
}


def _usage(error: Any) -> str:
    message = error.format_message()
    if message.startswith("No such command"):
        return unknown_command(message.split("'")[1], error.ctx)
    if "unexpected extra argument" in message:
        return f"多出了参数：{message.rsplit('(', 1)[-1].rstrip(')')}"
    if message.startswith("Missing command"):
        return "缺少子命令"
    return f"命令写得不对：{message}"


def unknown_command(name: str, ctx: Any) -> str:
    """That *name* is no command, and which ones look like it."""
    group = ctx.command if ctx else None
    known = group.list_commands(ctx) if isinstance(group, TyperGroup) and ctx else []
    near = nearest_names(name, known, 3)
    return f"没有「{name}」这个命令" + (f"；是不是 {'、'.join(near)}？" if near else "")


_DESCRIBE: dict[str, Callable[[Any], str]] = {
    "MissingParameter": _missing,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _option_usage,
    "UsageError": _usage,
    "BadParameter": _bad_value,
    "FileError": lambda error: f"打不开文件「{error.ui_filename}」",
}
