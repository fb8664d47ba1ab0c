"""The program: commands loaded on call, one table of exit codes, the only handler of errors."""

import sys
import traceback
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_command

from assistcli.context import Context
from assistcli.errors import (
    AssistError,
    CancelledError,
    CaseLookupError,
    ConfirmationError,
    DataRejectedError,
    PackError,
    StoreNotFoundError,
    TemplateError,
    UsageError,
)
from assistcli.output import finish_streams, note, prepare_streams, say
from assistcli.usage import describe_usage_error
from assistcli.values import parse_date
from forms.errors import FormError
from store.errors import StoreConflictError, StoreError, reason_of

# The one table of commands: group, then name and what it does. The module is assistcli.commands.NAME.
COMMANDS: dict[str, dict[str, str]] = {
    "开始": {
        "init": "建立数据文件夹",
        "demo": "用虚构学生演示全过程",
        "help": "按主题查看说明",
    },
    "个案": {
        "add": "登记一个个案（逐项提问）",
        "edit": "修改个案的事实",
        "show": "查看一个个案",
        "list": "列出个案",
        "remove": "删除个案（留痕，可撤销）",
        "import": "导入表格、填好的 Word 表",
        "export": "导出成表格",
        "template": "空白登记表",
        "layout": "记住的表头对应",
        "source": "来源说法不同时谁算数",
        "log": "记一次联系或服务",
        "outcome": "记毕业去向",
        "due": "今天该办什么",
        "remind": "给每人写一条提醒",
        "record": "计划、帮扶者、推荐、活动、岗位、资金",
    },
    "资格与金额": {
        "check": "按文件判断资格，说明理由",
        "cap": "计算资助金额与上限",
        "claim": "申请、核定、批准、发放",
        "step": "记审批步骤",
        "paper": "记收到的材料",
    },
    "表格": {
        "form": "生成 Word 表格",
        "report": "统计表",
        "publish": "公示名单（只含可公开的栏）",
    },
    "单位与文件": {
        "unit": "本单位的数据（毕业生数等）",
        "pack": "政策包：查看、采用、确定口径",
    },
    "维护": {
        "undo": "撤销一整条命令",
        "history": "查看修改历史",
        "doctor": "检查数据是否完好",
        "backup": "备份成一个文件",
        "restore": "从备份恢复",
        "merge": "并入同事的数据",
        "draft": "未完成的草稿：列出、丢弃",
        "completion": "按 Tab 补全的脚本",
    },
}

EXIT_CODES: dict[type[BaseException], int] = {
    UsageError: 2,
    ConfirmationError: 2,
    DataRejectedError: 3,
    CaseLookupError: 5,
    StoreNotFoundError: 6,
    StoreConflictError: 3,
    StoreError: 6,
    PackError: 7,
    TemplateError: 7,
    FormError: 7,
    CancelledError: 130,
    KeyboardInterrupt: 130,
    PermissionError: 3,
    typer.TyperException: 2,
}
UNEXPECTED = 1


class Program(TyperGroup):
    """The commands of the program; a command's module is imported when it is called."""

    summaries: ClassVar[dict[str, str]] = {
        name: summary for group in COMMANDS.values() for name, summary in group.items()
    }

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, in the order of the help page."""
        return [name for group in COMMANDS.values() for name in group]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command *cmd_name*, loaded now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"assistcli.commands.{cmd_name}{'_' * iskeyword(cmd_name)}")
        command = get_command(module.app)
        command.name = cmd_name
        return command

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page from the table of commands, loading none of them."""
        formatter.write(front_page())


def front_page() -> str:
    """The help page of the program."""
    lines = ["assist —— 就业援助与助学工作的命令行工具", "", "用法：assist [程序选项] 命令 [选项]", ""]
    for group, commands in COMMANDS.items():
        lines += [f"{group}：", *(f"  {name:<11}{summary}" for name, summary in commands.items()), ""]
    lines += [
        "程序选项（写在命令之前）：",
        "  --store 文件夹   使用哪个数据文件夹（或环境变量 ASSIST_STORE）",
        "  --today 日期     按哪一天计算（或环境变量 ASSIST_TODAY）",
        "  --pack 编号      只针对哪个文件；也可写政策包文件（.toml），先检查再按它试算",
        "  --debug          出错时显示技术细节",
        "  --version        显示版本",
        "",
        "个案：一名学生，或困难职工的一名子女。说明里 [ ] 中的可以不写，… 可以写几个。",
        "先看示例：assist demo    某条命令的用法：assist help 命令",
    ]
    return "\n".join(lines) + "\n"


app = typer.Typer(cls=Program, add_completion=False, no_args_is_help=True)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"assist {version('assistcli')}")
        raise typer.Exit


@app.callback()
def options(
    ctx: typer.Context,
    store: Annotated[str, typer.Option(envvar="ASSIST_STORE")] = "",
    today: Annotated[str, typer.Option(envvar="ASSIST_TODAY")] = "",
    pack: Annotated[str, typer.Option()] = "",
    debug: Annotated[bool, typer.Option("--debug")] = False,
    version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_tell_version)] = False,
) -> None:
    """Read the options of the program, which stand before the command."""
    file = Path(pack) if pack.endswith(".toml") else None
    ctx.obj = Context(
        store=Path(store) if store else None,
        today=_day_of(today) if today else date.today(),  # noqa: DTZ011 — the office's own calendar day
        pack=_id_in(file) if file else pack or None,
        pack_file=file,
        debug=debug,
    )
    ctx.call_on_close(ctx.obj.close)


def _day_of(text: str) -> date:
    try:
        return parse_date(text)
    except DataRejectedError as error:
        raise UsageError(f"--today（或 ASSIST_TODAY）：{error}") from error


def _id_in(file: Path) -> str:
    from assistcli.book.packshelf import load_named  # only where a file was named

    return load_named(file).id


def run(arguments: Sequence[str]) -> int:
    """The exit code of the program called with *arguments*; errors are told on standard error."""
    try:
        result = get_command(app).main(list(arguments), prog_name="assist", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        if "--debug" in arguments:
            traceback.print_exc()
        return report_error(error)
    except SystemExit as end:  # Typer's, where the reader of a help page has had enough: no failure
        return 0 if isinstance(end.__context__, BrokenPipeError) else UNEXPECTED
    if result == EXIT_CODES[KeyboardInterrupt]:  # Typer makes an exit code of Ctrl-C
        return report_error(KeyboardInterrupt())
    return result if isinstance(result, int) else 0


def report_error(error: BaseException) -> int:
    """Tell a person what *error* means; returns the exit code for it."""
    code = next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), UNEXPECTED)
    if isinstance(error, typer.TyperException):
        note(describe_usage_error(error))
    elif isinstance(error, KeyboardInterrupt):
        note("已中断")
    elif isinstance(error, AssistError | StoreError | FormError):
        note(str(error))
    elif isinstance(error, PermissionError):
        note(f"文件被占用或没有权限：{error.filename or ''}；没有写入数据")
        note("请在 Excel、WPS 或 Word 里关闭它再运行")
    elif isinstance(error, OSError):
        what = f"{reason_of(error)}（{error.filename}）" if error.filename else reason_of(error)
        note(f"读写文件失败：{what}。请检查文件是否被占用、磁盘是否已满")
    else:
        note(f"程序出现意外错误（{type(error).__name__}），数据没有改动")
        note("请用 assist --debug 重新运行，把结果发给维护者")
    return code


def main() -> None:
    """Run the program on the words of the command line."""
    try:
        prepare_streams()
        code = run(sys.argv[1:])
        finish_streams()
    except (UsageError, OSError) as error:
        code = report_error(error)
    sys.exit(code)
