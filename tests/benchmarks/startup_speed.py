"""CPU of whole commands beside a bare Typer app of the same version, in one run.

    python -m tests.benchmarks.startup_speed [rounds]

Fresh processes, interleaved; user + system time of each, minimum and median. Target: `show` ≤ 2 × bare.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

BARE = """
import typer
app = typer.Typer()
@app.command()
def show(case: str) -> None:
    print(case)
app()
"""
ROUNDS = 15
# Everybody's Python keeps the compiled modules; without them the program would be compiled at every start.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def make_store(folder: Path) -> list[str]:
    """A store with one student; the command prefix that uses it."""
    assist = [sys.executable, "-m", "assistcli"]
    subprocess.run(
        [*assist, "init", str(folder), "--pack", "zust-2013", "--unit", "示例", "--year", "2013"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    prefix = [*assist, "--store", str(folder)]
    facts = ["--set", "姓名=甲同学", "--set", "学号=10800001", "--set", "就业能力特别弱=是"]
    subprocess.run([*prefix, "add", *facts], stdout=subprocess.DEVNULL, check=True)
    return prefix


def main() -> None:
    """Run every command *rounds* times and print the ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        prefix = make_store(Path(folder) / "store")
        commands = {
            "bare Typer app": [sys.executable, str(bare), "x"],
            "assist --help": [*prefix, "--help"],
            "assist show ONE": [*prefix, "show", "10800001"],
            "assist check ONE": [*prefix, "check", "10800001"],
            "assist log ONE": [*prefix, "log", "10800001", "电话", "岗位推荐", "示例"],
        }
        for command in commands.values():
            cpu_seconds(command)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(cpu_seconds(command))
    base = min(times["bare Typer app"])
    middle = median(times["bare Typer app"])
    print(f"{'command':<20}{'min ms':>8}{'× bare':>8}{'median ms':>11}{'× bare':>8}")
    for name, measured in times.items():
        low, mid = min(measured), median(measured)
        print(f"{name:<20}{low * 1000:>8.0f}{low / base:>8.2f}{mid * 1000:>11.0f}{mid / middle:>8.2f}")


if __name__ == "__main__":
    main()
