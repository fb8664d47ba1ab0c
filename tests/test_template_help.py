"""The help page on templates: what it shows is what the program understands."""

import re
from pathlib import Path

import pytest

from assistcli.paper.stationery import form_rules
from assistcli.policy.pack import load_pack
from forms.marks import MARK, parse_mark
from tests.conftest import Assist

PAGE = Path(__file__).parent.parent / "assistcli" / "help" / "模板.md"


def test_every_placeholder_of_the_page_is_understood(assist: Assist) -> None:
    """And the page is shown by its name."""
    text = assist("help", "模板").stdout
    found = [parse_mark(match[1]) for match in MARK.finditer(text)]
    assert len({mark.kind for mark in found}) == 8


@pytest.mark.parametrize("pack", ["zust-2013", "dalian-2011", "yinchuan-2018"])
def test_every_field_of_the_page_is_known(pack: str) -> None:
    """But for 字段, which stands for any of them, to one kind of case or the other."""
    known = {name for field in load_pack(pack).fields.values() for name in (field.name, *field.choices)}
    named = {parse_mark(match[1]).name for match in MARK.finditer(PAGE.read_text(encoding="utf-8"))}
    assert named - known <= {"字段", "序号"}


def test_every_command_of_the_page_exists() -> None:
    """The forms it names are forms."""
    names = {rule.name for pack in ("zust-2013", "yinchuan-2018") for rule in form_rules(load_pack(pack))}
    used = re.findall(r"assist form (?:edit |lint )?([a-z-]+)", PAGE.read_text(encoding="utf-8"))
    assert set(used) <= names | {"list", "fields", "filed"}
