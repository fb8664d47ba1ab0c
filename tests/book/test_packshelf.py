"""Packs from outside: copied into the store's folder, proven before use, remembered by their content."""

import json
import stat
from pathlib import Path

import pytest

from assistcli.policy import pack as packs
from assistcli.policy import proof
from assistcli.policy.entry import Problem
from assistcli.policy.rules import Pack
from tests.conftest import Assist, set_options

SOUND = (Path(__file__).parent.parent / "policy" / "sound.toml").read_text(encoding="utf-8")
ID, WRONG_AMOUNT = "example-2020", SOUND.replace('"3000.00"', '"3000.01"')
INIT = ("--unit", "示例市总工会", "--year", "2020")


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A sound pack of a clerk's own, outside all stores."""
    path = tmp_path / "own.toml"
    path.write_text(SOUND, encoding="utf-8")
    return path


@pytest.fixture
def own_store(assist: Assist, own_pack: Path, tmp_path: Path) -> Path:
    """A store founded on that pack; the file itself is gone."""
    folder = tmp_path / "own-store"
    assist("init", str(folder), "--pack", str(own_pack), *INIT)
    own_pack.unlink()
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pack files that are read from now on."""
    names: list[str] = []
    real = packs.examine_pack

    def examine(file: str, text: str) -> tuple[Pack | None, list[Problem]]:
        names.append(file)
        return real(file, text)

    monkeypatch.setattr(packs, "examine_pack", examine)
    monkeypatch.setattr(proof, "examine_pack", examine)
    return names


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the pack files whose examples are tried from now on."""
    names: list[str] = []
    real = proof.prove_pack

    def prove(file: str, text: str) -> proof.Proof:
        names.append(file)
        return real(file, text)

    monkeypatch.setattr(proof, "prove_pack", prove)
    return names


def person(assist: Assist, store: Path, **facts: str) -> str:
    """The case id of an invented child entered in *store*."""
    given = {"姓名": "张三", "职工姓名": "张大", "职工身份证号": "330102196803070013", **facts}
    settings = set_options(given)
    id: str = assist("--store", str(store), "add", *settings, "--json").json["case"]
    return id


@pytest.fixture
def somebody(assist: Assist, own_store: Path) -> str:
    """The case id of somebody of whom little is known."""
    return person(assist, own_store)


def test_a_store_founded_on_an_outside_pack_works_without_the_file(assist: Assist, own_store: Path) -> None:
    """The pack lies in the store's folder, readable by nobody else; every command finds it."""
    kept = own_store / "packs" / f"{ID}.toml"
    assert kept.read_text(encoding="utf-8") == SOUND
    assert stat.S_IMODE(kept.stat().st_mode) & 0o077 == 0
    facts = {
        "在档": "是",
        "毕业年份": "2020",
        "家庭年度总收入": "30000",
        "家庭人口": "3",
        "学校所在省": "内蒙古",
    }
    person(assist, own_store, **facts)
    for command in (("list",), ("due",), ("show", "张三"), ("cap",), ("doctor",), ("form", "list")):
        assist("--store", str(own_store), *command, "--json")
    [verdict] = assist("--store", str(own_store), "check", "张三", "--json").json
    assert (verdict["verdict"], verdict["amount"]) == ("eligible", ["3000.00"])


def test_a_broken_pack_founds_no_store(assist: Assist, own_pack: Path, tmp_path: Path) -> None:
    """Its message, code 7, and nothing on the disk."""
    own_pack.write_text(WRONG_AMOUNT, encoding="utf-8")
    told = assist("init", str(tmp_path / "new"), "--pack", str(own_pack), *INIT, code=7)
    assert "例「本地应届生」" in told.stderr
    assert not (tmp_path / "new").exists()


def test_a_pack_under_the_id_of_a_packaged_one_founds_no_store(
    assist: Assist, own_pack: Path, tmp_path: Path
) -> None:
    own_pack.write_text(SOUND.replace(ID, "zust-2013"), encoding="utf-8")
    told = assist("init", str(tmp_path / "new"), "--pack", str(own_pack), *INIT, code=3)
    assert "自带的政策包" in told.stderr
    assert not (tmp_path / "new").exists()


def test_an_outside_pack_is_proven_once_for_its_content(
    assist: Assist, own_store: Path, somebody: str, proven: list[str]
) -> None:
    """The first command tries the examples, later ones know the text until the memory is gone."""
    memory = own_store / "cache" / "proofs.json"
    memory.unlink()
    for _ in range(3):
        assist("--store", str(own_store), "check", "--json")
    assert proven == [f"{ID}.toml"]
    memory.unlink()
    assist("--store", str(own_store), "check", "--json")
    assert proven == [f"{ID}.toml"] * 2
    memory.write_text("{broken", encoding="utf-8")
    assist("--store", str(own_store), "check", "--json")
    assert proven == [f"{ID}.toml"] * 3


def test_a_pack_changed_by_hand_on_the_shelf_is_checked_before_use(
    assist: Assist, own_store: Path, somebody: str
) -> None:
    """A changed text is not remembered: its examples are tried, and it is refused with the example's name."""
    assist("--store", str(own_store), "check", "--json")
    (own_store / "packs" / f"{ID}.toml").write_text(WRONG_AMOUNT, encoding="utf-8")
    assert "例「本地应届生」" in assist("--store", str(own_store), "check", code=7).stderr
    listed = {
        entry["pack"]: entry for entry in assist("--store", str(own_store), "pack", "list", "--json").json
    }
    assert listed[ID]["used"] is True


def test_a_pack_under_another_file_name_is_refused(assist: Assist, own_store: Path, somebody: str) -> None:
    (own_store / "packs" / f"{ID}.toml").write_text(SOUND.replace(ID, "other-2020"), encoding="utf-8")
    assert "other-2020.toml" in assist("--store", str(own_store), "check", code=7).stderr


def test_a_broken_pack_on_the_shelf_is_listed_with_its_mistake(assist: Assist, own_store: Path) -> None:
    (own_store / "packs" / "half.toml").write_text("[head", encoding="utf-8")
    listed = {
        entry["pack"]: entry for entry in assist("--store", str(own_store), "pack", "list", "--json").json
    }
    assert "half.toml 第 1 行" in listed["half"]["problem"]
    assert listed[ID]["problem"] is None


@pytest.mark.parametrize(
    "command", [("check",), ("due",), ("cap",), ("add", "--set", "学号=1", "--set", "姓名=甲")]
)
def test_a_command_reads_only_the_packs_of_its_store(
    assist: Assist, store: Path, read: list[str], command: tuple[str, ...]
) -> None:
    assist("add", "--set", "学号=10800001", "--set", "姓名=张三")
    packs._read_sound.cache_clear()  # what a command before it read
    read.clear()
    assist(*command, "--json")
    assert set(read) == {"zust-2013.toml"}


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """Another edition of the pack."""
    path = tmp_path / "newer.toml"
    path.write_text(SOUND.replace('"3000', '"3500').replace("3000元", "3500元"), encoding="utf-8")
    return path


@pytest.fixture
def entitled(assist: Assist, own_store: Path) -> str:
    """The case id of somebody whom the pack entitles."""
    income = {"家庭年度总收入": "30000", "家庭人口": "3", "学校所在省": "内蒙古"}
    return person(assist, own_store, 在档="是", 毕业年份="2020", **income)


def test_using_another_edition_is_refused_with_what_to_do(
    assist: Assist, own_store: Path, newer: Path
) -> None:
    told = assist("--store", str(own_store), "pack", "use", str(newer), code=3).stderr
    assert f"assist pack diff {ID}" in told
    assert "--renew" in told
    assert (own_store / "packs" / f"{ID}.toml").read_text("utf-8") == SOUND


def test_renewing_tells_whose_results_change_keeps_the_old_one_and_is_stamped(
    assist: Assist, own_store: Path, newer: Path, entitled: str
) -> None:
    here = ("--store", str(own_store))
    words = ("--by", "王老师", "--word", "更正通知")
    told = assist(*here, "pack", "use", str(newer), "--renew", *words, "--json").json
    assert [(c["case"], c["before"], c["after"]) for c in told["changed"]] == [
        (entitled, "符合 3000.00 元", "符合 3500.00 元")
    ]
    assert Path(told["former"]).read_text("utf-8") == SOUND
    [verdict] = assist(*here, "check", "张三", "--json").json
    assert verdict["amount"] == ["3500.00"]
    assert f"版本 {told['edition']}（王老师，更正通知，" in assist(*here, "check", "张三").stdout
    assert json.loads(assist(*here, "history", "--json").stdout)


def test_undoing_a_renewal_brings_the_old_rules_back(
    assist: Assist, own_store: Path, newer: Path, entitled: str, tmp_path: Path
) -> None:
    """Back over two renewals, and forth again: the file on the shelf is the one that the journal tells of."""
    here, shelf = ("--store", str(own_store)), own_store / "packs" / f"{ID}.toml"
    newest = tmp_path / "newest.toml"
    newest.write_text(SOUND.replace('"3000', '"3200').replace("3000元", "3200元"), encoding="utf-8")
    for file in (newer, newest):
        assist(*here, "pack", "use", str(file), "--renew", "--json")
    assert "3200.00" in assist(*here, "check", "张三", "--json").stdout
    assert "也换回了版本" in assist(*here, "undo").stdout
    assert shelf.read_text("utf-8") == newer.read_text("utf-8")
    told = assist(*here, "undo", "--json")
    assert shelf.read_text("utf-8") == SOUND
    assert "也换回了版本" in told.stderr
    [verdict] = assist(*here, "check", "张三", "--json").json
    assert verdict["amount"] == ["3000.00"]
    assist(*here, "undo", str(told.json["transaction"]))
    assert shelf.read_text("utf-8") == newer.read_text("utf-8")


def test_an_edition_that_is_lost_is_not_brought_back_in_silence(
    assist: Assist, own_store: Path, newer: Path
) -> None:
    here = ("--store", str(own_store))
    Path(assist(*here, "pack", "use", str(newer), "--renew", "--json").json["former"]).unlink()
    assert "不在 packs/former" in assist(*here, "undo").stdout


def test_renewing_asks_once_the_difference_was_shown(
    assist: Assist, own_store: Path, newer: Path, entitled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A no keeps the edition that is in use."""
    from assistcli import prompts
    from assistcli.commands import pack_use

    asked: list[str] = []

    def refuse(words: str) -> bool:
        asked.append(words)
        return False

    monkeypatch.setattr(pack_use, "interactive", lambda: True)
    monkeypatch.setattr(prompts, "confirm", refuse)
    told = assist("--store", str(own_store), "pack", "use", str(newer), "--renew", code=2)
    assert asked == ["1 项结果会变。换成这一版？"]
    assert "符合 3500.00 元" in told.stdout
    assert (own_store / "packs" / f"{ID}.toml").read_text("utf-8") == SOUND


def test_a_broken_edition_is_refused(assist: Assist, own_store: Path, newer: Path, entitled: str) -> None:
    newer.write_text(WRONG_AMOUNT, encoding="utf-8")
    assist("--store", str(own_store), "pack", "use", str(newer), "--renew", code=7)
    assert (own_store / "packs" / f"{ID}.toml").read_text("utf-8") == SOUND


def test_what_was_broken_by_hand_can_be_renewed(assist: Assist, own_store: Path, newer: Path) -> None:
    (own_store / "packs" / f"{ID}.toml").write_text("[head", encoding="utf-8")
    assist("--store", str(own_store), "pack", "use", str(newer), "--renew", "--json")
    assist("--store", str(own_store), "check", "--json")


def test_a_file_named_before_the_command_is_tried_but_nothing_is_entered_under_it(
    assist: Assist, own_store: Path, newer: Path, entitled: str
) -> None:
    here = ("--store", str(own_store), "--pack", str(newer))
    tried = assist(*here, "check", "张三", "--json")
    assert tried.json[0]["amount"] == ["3500.00"]
    assert "不是数据文件夹采用的一版" in tried.stderr
    assert assist("--store", str(own_store), "check", "张三", "--json").json[0]["amount"] == ["3000.00"]
    told = assist(*here, "edit", "张三", "--set", "家庭人口=4", code=7).stderr
    assert "只用来试算" in told
    newer.write_text(WRONG_AMOUNT, encoding="utf-8")
    assist(*here, "check", "张三", code=7)


def test_without_a_store_the_pack_named_before_the_command_founds_one(
    assist: Assist, own_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fresh"
    assist("--pack", str(own_pack), "init", str(folder), *INIT)
    own_pack.unlink()
    assert assist("--store", str(folder), "check", "--json").json == []


def test_a_file_that_is_not_there_is_named(assist: Assist) -> None:
    assert "没有文件「gone.toml」" in assist("pack", "check", "gone.toml", code=3).stderr
