"""Words of printed examples (姓名, 单位) are no facts: typed as they stand they are refused everywhere."""

import ast
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistcli.usage import FRAME
from tests.conftest import Assist

SOURCES = sorted((Path(__file__).parent.parent / "assistcli").rglob("*.py"))
PAGES = sorted((Path(__file__).parent.parent / "assistcli" / "help").glob("*.md"))
NUMBER = "10800001"
COMMAND = re.compile(r"assist (?:--[a-z]+ \S+ )?[a-z]+[^\n；。，（）`]*")
BLANKS = {
    "姓名", "单位", "单位名称", "目标", "原因", "理由", "调整原因", "材料", "证书编号", "发证日期",
    "日期", "名称", "内容", "渠道", "种类", "角色", "班级", "岗位", "结果", "审批结果", "去向", "字段=值",
    "名称=值", "天数", "联系周期=天数", "跟踪周期=天数", "开学日期=年-月-日", "项目", "金额", "来源",
    "个案", "撤下日期", "岗位编号", "谁、哪天、怎样同意的", "文件夹", "文件编号", "年份",
}  # fmt: skip
"""Words that stand in printed commands for what a person is to write."""


def texts(path: Path) -> Iterator[str]:
    """Every text in the module at *path*; what is put into one at run time is the number of a student."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else NUMBER for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def printed_commands() -> list[str]:
    """Each command that the program prints anywhere and that holds a blank, up to its last one."""
    found = [text for path in SOURCES for text in texts(path)]
    found += [path.read_text(encoding="utf-8") for path in PAGES]
    commands = set()
    for command in (match for text in found for match in COMMAND.findall(text)):
        words = command.replace('"', "").split()
        last = max((n for n, word in enumerate(words) if word.strip(FRAME) in BLANKS), default=0)
        commands |= {" ".join(words[1 : last + 1])} if last and words[1] != "help" else set()
    return sorted(commands)


def test_there_are_many_printed_commands_with_blanks() -> None:
    """Or the harvest below finds nothing to try."""
    assert len(printed_commands()) > 20
    assert f"record recommend {NUMBER} 单位" in printed_commands()


@pytest.mark.parametrize("command", printed_commands())
def test_a_printed_command_typed_as_it_stands_writes_nothing(
    assist: Assist, student: Callable[..., str], store: Path, tmp_path: Path, command: str
) -> None:
    """Issue 7: 姓名, 单位, 渠道 were once recorded as facts."""
    student(NUMBER)
    before = assist("history", "--json").json
    assert assist(*shlex.split(command), code=None).code in (2, 3, 5)
    assert assist("history", "--json").json == before
    assert [path for path in tmp_path.iterdir() if path != store] == []


@pytest.mark.parametrize(
    "words",
    [
        ("record", "helper", NUMBER, "「姓名」"),
        ("record", "recommend", NUMBER, "单位"),
        ("record", "plan", NUMBER, "目标"),
        ("record", "activity", "招聘会", "名称"),
        ("log", NUMBER, "电话", "岗位推荐", "内容"),
        ("outcome", NUMBER, "签约", "--evidence", "材料"),
        ("step", NUMBER, "申请", "--by", "姓名"),
        ("unit", "set", "填报人=值"),
        ("add", "--set", "姓名=值", "--set", "学号=10800002"),
    ],
)
def test_the_word_is_named_with_what_to_do(
    assist: Assist, student: Callable[..., str], words: tuple[str, ...]
) -> None:
    """Exit 3, nothing written, and the same told to a script on standard error alone."""
    student(NUMBER)
    told = assist(*words, code=3)
    assert "是示例里代替内容的词，请换成真实的内容" in told.stderr
    assert told.stdout == assist(*words, "--json", code=3).stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        ("record", "helper", NUMBER, "单位人事处周老师"),
        ("record", "recommend", NUMBER, "杭州某单位"),
        ("record", "plan", NUMBER, "目标是6月底前签约"),
        ("log", NUMBER, "电话", "岗位推荐", "内容：介绍了单位"),
        ("step", NUMBER, "申请", "--by", "姓名先生", "--reason", "原因=原因"),
        ("add", "--set", "姓名=值班员", "--set", "学号=10800002"),
        ("record", "fund", "材料公司", "100"),
    ],
)
def test_a_real_value_that_holds_the_word_passes(
    assist: Assist, student: Callable[..., str], words: tuple[str, ...]
) -> None:
    student(NUMBER)
    assist(*words)
