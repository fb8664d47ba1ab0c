"""What ships and what README promises."""

import ast
import re
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from assistcli.cli import COMMANDS
from assistcli.policy.pack import packaged_ids

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOP_LEVEL = {"pyproject.toml", "assistcli", "forms", "store", "tests", "README.md", "uv.lock", "LICENSE"}
TEST_COMMAND = (
    "python3 -m venv .venv && .venv/bin/python -m pip install -q -e '.[dev]' && .venv/bin/python -m tests"
)


@pytest.fixture(scope="module")
def wheel_members(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(path) as wheel:
        return wheel.namelist()


def test_the_wheel_holds_three_packages_and_their_data(wheel_members: list[str]) -> None:
    """Exactly assistcli, forms and store, with packs, templates, catalogue, help and sample."""
    packages = {name.split("/")[0] for name in wheel_members if ".dist-info" not in name}
    assert packages == {"assistcli", "forms", "store"}
    wanted = ["assistcli/fields.toml", "assistcli/samples/zust-2013.xlsx", "assistcli/help/口径.md"]
    wanted += [f"assistcli/policy/packs/{pack}.toml" for pack in packaged_ids()]
    wanted += [
        f"forms/templates/zust-2013/{name}.docx" for name in ("approval", "summary", "detail", "spending")
    ]
    assert set(wanted) <= set(wheel_members)
    assert not [name for name in wheel_members if "~$" in name or name.endswith(".pyc")]


DISTRIBUTIONS = {
    "docx": "python-docx",
    "PIL": "pillow",
    "stdnum": "python-stdnum",
    "python_calamine": "python-calamine",
    "prompt_toolkit": "prompt-toolkit",
}


def test_every_library_that_is_imported_is_a_dependency() -> None:
    """What only the checks install must not be needed to run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[><;=]", name)[0] for name in project["dependencies"]}
    imported = set()
    for path in (p for room in ("assistcli", "forms", "store") for p in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "find_spec":
                imported.add(ast.literal_eval(node.args[0]))  # a library of which only a table is read
    own = {"assistcli", "forms", "store", "_typeshed"}  # the last is for the type checker alone
    libraries = imported - sys.stdlib_module_names - own
    assert {DISTRIBUTIONS.get(name, name) for name in libraries} == declared


def test_every_dependency_is_bounded_with_a_reason() -> None:
    """A lower and an upper bound, and a comment on the same line."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    for requirement in lines:
        assert re.search(r">=[\d.]+,<[\d.]+", requirement), requirement
    for line in text.splitlines():
        if re.match(r'\s+"[\w\[\]-]+>=', line):
            assert "#" in line, line


def test_ci_runs_readmes_test_command() -> None:
    """One command, in both places, to the letter."""
    assert TEST_COMMAND in README
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_lock_file_knows_every_dependency() -> None:
    """uv.lock is committed and current with pyproject.toml."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    names = {package["name"] for package in locked["package"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert {re.split(r"[\[><;=]", name)[0].lower() for name in wanted} <= names


def test_the_top_level_is_as_the_user_fixed_it() -> None:
    """Nothing beside the fixed entries and dotfiles, as git sees it."""
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    entries = {name.split("/")[0].strip('"') for name in listed}
    assert {name for name in entries if not name.startswith(".")} <= TOP_LEVEL


def test_readme_tells_every_exit_code_and_shows_the_main_commands() -> None:
    """The page a newcomer reads."""
    for word in (
        "assist demo",
        "assist import",
        "assist add",
        "assist check",
        "assist form",
        "pipx",
        "uv tool",
    ):
        assert word in README
    names = {name for group in COMMANDS.values() for name in group}
    shown = set(re.findall(r"^\$? ?assist (?:--\S+ \S+ )*(\w+)", README, re.MULTILINE))
    assert shown <= names
