"""The rooms of the house: who may import whom, and how big a room may be."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(p for room in ("assistcli", "forms", "store") for p in (ROOT / room).rglob("*.py"))

# What a module of a room may import of the project beside the room itself and the model it stands on.
# Commands may import everything of ``assistcli``.
MODEL = "model assistance glance fields values errors money derivation identity words"
GROUND = {f"assistcli.{name}" for name in MODEL.split()}
TOLD = {f"assistcli.{name}" for name in ("masks", "output", "progress", "shellword")}
BOOK = {"assistcli.book", "assistcli.provenance", "assistcli.edition", "store.backend"}
PURE = GROUND | {"assistcli.policy", "assistcli.followup"}
DESK = PURE | TOLD | BOOK | {"assistcli.intake"}
ROOMS: dict[str, set[str]] = {
    "store": set(),
    "forms": set(),
    **dict.fromkeys(sorted(GROUND), GROUND),
    **dict.fromkeys(sorted(TOLD), GROUND | TOLD),
    "assistcli.provenance": GROUND | {"assistcli.masks"},
    "assistcli.policy": GROUND,
    "assistcli.followup": GROUND | {"assistcli.policy"},
    "assistcli.reports": PURE,
    "assistcli.intake": GROUND
    | {f"assistcli.{name}" for name in ("masks", "progress", "provenance", "shellword")},
    "assistcli.book": PURE | TOLD | BOOK | {"assistcli.context", "store"},
    "assistcli.schools": GROUND | {"assistcli.intake"},
    "assistcli.sheets": PURE | TOLD | {"assistcli.book.caserecord", "assistcli.schools"},
    "assistcli.desk": DESK,
    "assistcli.interview": DESK | {"assistcli.context", "assistcli.desk", "assistcli.schools"},
    "assistcli.census": DESK | {f"assistcli.{name}" for name in ("desk", "reports", "sheets")},
    "assistcli.paper": DESK
    | {f"assistcli.{name}" for name in ("desk", "reports", "sheets", "census")}
    | {"forms"},
    "assistcli.admission": DESK
    | {f"assistcli.{name}" for name in ("prompts", "schools", "interview", "paper")},
}
MAY_IMPORT = {room: {room} | others for room, others in ROOMS.items()}


def dotted(path: Path) -> str:
    """Module name of *path*."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@cache
def parsed(path: Path) -> ast.Module:
    """The module at *path*, parsed once for all tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """Names of all modules that *path* imports, anywhere in it."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "assistcli":
            found |= {f"assistcli.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found)


def own_modules(path: Path) -> set[str]:
    """Names of the project's modules that *path* imports, anywhere in it."""
    return {name for name in imported(path) if name.split(".")[0] in {"assistcli", "forms", "store"}}


def importers_of(library: str) -> set[str]:
    """Modules of the project that import *library*."""
    return {dotted(path) for path in SOURCES if any(name.split(".")[0] == library for name in imported(path))}


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    """Arrows go one way; leaves know nothing of the program."""
    allowed = MAY_IMPORT[room]
    wrong = {
        f"{dotted(path)} → {name}"
        for path in SOURCES
        if dotted(path) == room or dotted(path).startswith(room + ".")
        for name in own_modules(path)
        if not any(name == start or name.startswith(start + ".") for start in allowed)
    }
    assert not wrong


def test_what_rooms_may_import_runs_in_no_circle() -> None:
    """A room above never serves one below."""
    packages = {room: others - {room} for room, others in ROOMS.items() if room not in GROUND | TOLD}
    TopologicalSorter(packages).prepare()


def test_imports_run_in_no_circle() -> None:
    """Nor those that wait inside a function, nor those for the sake of types."""
    graph = {dotted(path): own_modules(path) - {dotted(path)} for path in SOURCES}
    TopologicalSorter(graph).prepare()


def test_only_the_casebook_opens_the_store() -> None:
    """One place opens the store; others may know its errors and entries, and look after its files."""
    upkeep = {
        f"store.{name}" for name in ("doctor", "repair", "backup", "merge", "journal", "upgrade", "undo")
    }
    shared = {"store.errors", "store.backend", "store.files"} | upkeep
    openers = {
        dotted(path) for path in SOURCES if {n for n in imported(path) if n.startswith("store")} - shared
    }
    assert {name for name in openers if not name.startswith("store")} == {"assistcli.book.casebook"}


def test_only_paper_and_the_check_of_templates_reach_into_forms() -> None:
    """Between a case and a Word file stands the room of paper; the program knows the errors."""
    users = {
        dotted(path)
        for path in SOURCES
        if dotted(path).startswith("assistcli.")
        and any(name.startswith("forms") and name != "forms.errors" for name in imported(path))
    }
    assert {name for name in users if not name.startswith("assistcli.paper.")} == {
        "assistcli.commands.formtemplate"
    }


def test_one_module_asks_and_nobody_imports_what_typer_vendors() -> None:
    """Only prompts imports questionary; click and pydantic belong to Typer."""
    assert importers_of("questionary") <= {"assistcli.prompts"}
    assert not importers_of("click")
    assert not importers_of("pydantic")


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_a_module_fits_on_a_few_screens(path: Path) -> None:
    """No module over 250 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_packages_hold_only_a_docstring() -> None:
    """Re-exports would make imports slow and cyclic."""
    for path in SOURCES:
        if path.name == "__init__.py":
            body = parsed(path).body
            assert len(body) == 1, path
            assert isinstance(body[0], ast.Expr), path


def test_only_output_writes_to_the_streams() -> None:
    """print() and sys.stdout stand in one module of the program."""
    writers = {
        dotted(path)
        for path in SOURCES
        if dotted(path).startswith("assistcli.") and "sys.stdout.write" in path.read_text(encoding="utf-8")
    }
    assert writers == {"assistcli.output"}


def test_only_commands_print() -> None:
    """Rooms hand over lines and tables; commands say them."""
    taken = {
        (dotted(path), alias.name)
        for path in SOURCES
        if dotted(path).startswith(tuple(f"{room}." for room in ROOMS))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "assistcli.output"
        for alias in node.names
    }
    remarks = {("assistcli.paper.tabledoc", "note"), ("assistcli.book.casebook", "note")}
    assert {name for _, name in taken - remarks} == {"Table"}
