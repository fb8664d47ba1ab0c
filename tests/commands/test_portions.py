"""Half now, half against invoices: seen in ``check``, ``cap`` and at the claims desk."""

from pathlib import Path

import pytest

from tests.conftest import Assist

FORMS = (Path(__file__).parent.parent / "policy" / "golden" / "packs" / "amount-forms.toml").read_text(
    "utf-8"
)
ID = "520103196411140096"


@pytest.fixture
def child(assist: Assist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A child under a notice that pays 3000.01 yuan, half at once and half against invoices."""
    pack, folder = tmp_path / "forms-2020.toml", tmp_path / "store"
    pack.write_text(FORMS.replace('"amount-forms"', '"forms-2020"'), encoding="utf-8")
    assist("init", str(folder), "--pack", "dalian-2011", "--unit", "某市总工会", "--year", "2020")
    monkeypatch.setenv("ASSIST_STORE", str(folder))
    assist("pack", "use", str(pack))
    person = ("--set", "姓名=李晓", "--set", f"职工身份证号={ID}")
    return str(assist("--pack", "forms-2020", "add", *person, "--json").json["case"])


def portions(assist: Assist, case: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = next(
        entry["portions"] for entry in assist("check", case, "--json").json if entry["benefit"] == "一半"
    )
    return found


def test_check_divides_the_amount_and_follows_the_invoices(assist: Assist, child: str) -> None:
    now, later = portions(assist, child)
    assert (now["amount"], now["against"], now["quote"]) == (["1500.00"], None, "先发一半")
    assert (later["amount"], later["against"], later["invoiced"]) == (["1500.01"], "发票", "0.00")
    assist("claim", "add", child, "学费发票", "1000", "--receipt", "0001")
    assist("claim", "add", child, "住宿费发票", "800", "--receipt", "0002")
    _, later = portions(assist, child)
    assert (later["invoiced"], later["allowed"], later["paid"]) == ("1800.00", "1500.01", "0.00")
    told = assist("check", child).stdout
    assert "其中凭发票的一半：1500.01 元，凭发票；已交 1800.00 元，已核定 1500.01 元" in told


def test_cap_shows_each_portion_with_what_is_left(assist: Assist, child: str) -> None:
    assist("claim", "add", child, "学费发票", "1000", "--receipt", "0001")
    items = {item["item"]: item for item in assist("cap", child, "--json").json[0]["items"]}
    assert (items["先发"]["cap"], items["先发"]["against"]) == ("1500.00", None)
    assert (items["凭票"]["cap"], items["凭票"]["asked"], items["凭票"]["allowed"]) == (
        "1500.01",
        "1000.00",
        "1000.00",
    )
    assert (items["凭票"]["against"], items["凭票"]["clause"]) == ("发票", "九")
    assert "凭票（凭发票的一半，凭发票）" in assist("cap", child).stdout


def test_the_claims_desk_asks_for_the_invoice_and_stops_at_the_half(assist: Assist, child: str) -> None:
    refused = assist("claim", "add", child, "学费发票", "1000", code=3).stderr
    assert "须凭发票；写明票据号 --receipt" in refused
    assert "九「另一半凭发票」" in refused
    [claim] = assist("claim", "add", child, "学费发票", "2000", "--receipt", "1", "--json").json
    assert (claim["asked"], claim["allowed"]) == ("2000.00", "1500.01")
    assert "达到上限" in assist("claim", "add", child, "学费发票", "1", "--receipt", "2", code=3).stderr
    assert assist("claim", "add", child, "先发", "1500", "--json").json[0]["allowed"] == "1500.00"
