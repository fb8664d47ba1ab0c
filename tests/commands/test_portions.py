"""Half now, half against invoices: seen in ``check``, ``cap`` and at the claims desk."""

from pathlib import Path

import pytest

from tests.conftest import Assist, Founded, set_options

FORMS = (Path(__file__).parent.parent / "policy" / "golden" / "packs" / "amount-forms.toml").read_text(
    "utf-8"
)
ID = "520103196411140096"


@pytest.fixture
def child(assist: Assist, founded: Founded, tmp_path: Path) -> str:
    """A child under a notice that pays 3000.01 yuan, half at once and half against invoices."""
    pack = tmp_path / "forms-2020.toml"
    pack.write_text(FORMS.replace('"amount-forms"', '"forms-2020"'), encoding="utf-8")
    founded("dalian-2011", "2020", unit="某市总工会")
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


def test_aid_without_an_amount_is_refused_with_its_words(assist: Assist, child: str) -> None:
    """文件未规定: nothing is reckoned, at the desk or in an account."""
    person = ("--set", "姓名=李明", "--set", f"职工身份证号={ID}", "--set", "国家助学未覆盖=是")
    case = assist("--pack", "dalian-2011", "add", *person, "--json").json["case"]
    refused = assist("claim", "add", case, "助学款", "3000", code=3).stderr
    assert "「助学款」的金额文件未规定" in refused
    assert "依据：二「市总工会重点资助」" in refused
    assert "金额文件未规定，不计算（二）「市总工会重点资助」" in assist("check", case).stdout
    told = assist("cap", case)
    assert "求职补贴：金额文件未规定，不计算（附件3（14）「发放求职补贴（万元）」）" in told.stdout
    account = assist("cap", case, "--json").json[0]
    assert (account["items"], account["total"]["cap"]) == ([], None)
    assert [aid["item"] for aid in account["unstated"]] == ["助学金", "奖学金", "小额贷款", "求职补贴"]


def test_the_papers_of_an_application_are_ticked_off(assist: Assist, child: str) -> None:
    """R2-16: four papers of a newly admitted student, asked for with the first step."""
    facts = {"姓名": "李明", "国家助学未覆盖": "是", "在档": "是", "档案类别": "困难职工", "考取年度": "2020"}
    facts |= {"就学阶段": "大专以上", "首次受助年度": "2020", "职工身份证号": ID}
    words = set_options(facts)
    case = assist("--pack", "dalian-2011", "add", *words, "--json").json["case"]
    assist("paper", case, "录取通知书", "--date", "2013-05-30")
    told = assist("check", case).stdout
    assert "应交材料：审批登记表（缺）、录取通知书（2013-05-30 收到）、高考成绩通知单复印件（缺）" in told
    new = next(e for e in assist("check", case, "--json").json if e["benefit"] == "金秋助学-新生")
    assert [p["paper"] for p in new["papers"] if p["received"]] == ["录取通知书"]
    noted = assist("step", case, "审查").stderr
    assert "还缺审批登记表" in noted
    assert "还缺录取通知书" not in noted
    owed = [
        item for item in assist("due", "--json").json if item["kind"] == "paper" or "缺" in item["reason"]
    ]
    assert any("系统打印页" in item["reason"] for item in owed)
