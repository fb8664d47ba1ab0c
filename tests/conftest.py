"""Fixtures that every test may use: the program itself, and a fresh store of the university notice."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from assistcli.cli import run
from store import opening
from store.backend import Backend

TODAY = "2013-06-01"

# The same examples in every run: a red suite then always means a changed program. To hunt for new ones:
# pytest --hypothesis-profile=default
settings.register_profile("suite", derandomize=True)
settings.load_profile("suite")


@dataclass(frozen=True)
class Result:
    """What one call of the program gave."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.stdout)


Assist = Callable[..., Result]


def set_options(facts: Mapping[str, str]) -> list[str]:
    """The options ``--set 字段=值`` that state *facts*."""
    return [word for name, value in facts.items() for word in ("--set", f"{name}={value}")]


def watch_stores(monkeypatch: pytest.MonkeyPatch) -> list[Backend]:
    """A list that every store is put on when it is opened."""
    opened: list[Backend] = []
    real = opening.open_store

    def open_store(*arguments: Any, **options: Any) -> Backend:
        opened.append(real(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(opening, "open_store", open_store)
    return opened


@pytest.fixture
def assist(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Result]:
    """Runs the program in this process, away from all stores but the test's: ``assist("list", code=0)``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSIST_TODAY", TODAY)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERNAME", "李老师")
    monkeypatch.delenv("ASSIST_STORE", raising=False)

    opened = watch_stores(monkeypatch)

    def call(*arguments: str, code: int | None = 0) -> Result:
        capsys.readouterr()
        before = len(opened)
        exit_code = run(arguments)
        while len(opened) > before:
            opened.pop().close()  # as the end of the process does
        captured = capsys.readouterr()
        assert code is None or exit_code == code, captured.err or captured.out
        return Result(exit_code, captured.out, captured.err)

    return call


Founded = Callable[..., Path]


@pytest.fixture
def founded(assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Founded:
    """Makes a store that every later call of ``assist`` uses: ``founded("dalian-2011", "2011")``."""

    def make(pack: str, year: str, *, today: str = "", unit: str = "某区总工会") -> Path:
        folder = tmp_path / "store"
        assist("init", str(folder), "--pack", pack, "--unit", unit, "--year", year)
        monkeypatch.setenv("ASSIST_STORE", str(folder))
        if today:
            monkeypatch.setenv("ASSIST_TODAY", today)
        return folder

    return make


@pytest.fixture
def store(founded: Founded) -> Path:
    """A fresh store of zust-2013, year 2013, that every call of ``assist`` uses."""
    return founded("zust-2013", "2013", unit="浙江科技学院")


@pytest.fixture
def student(assist: Assist, store: Path) -> Callable[..., str]:
    """Adds a student with the given facts beside a usual set; returns the student number."""

    def add(student_no: str = "10800001", **facts: str) -> str:
        usual = {"姓名": "甲同学", "学号": student_no, "学院": "机械学院", "全日制": "是", "毕业年份": "2013"}
        assist("add", *set_options(usual | facts), "--json")
        return student_no

    return add
