"""Typed values, money, identity, derivation, masks and records."""

import string
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from assistcli.book.caserecord import case_of_record, case_record
from assistcli.book.records import event_of_record, event_record
from assistcli.derivation import complete_values, contradictions
from assistcli.errors import DataRejectedError
from assistcli.fields import catalogue, fields_of, nearest_names
from assistcli.identity import check_id_number, new_ulid
from assistcli.masks import mask_value
from assistcli.model import Case, Claim, Contact, Fact, Stage
from assistcli.money import floor_to_fen, format_yuan, parse_yuan
from assistcli.values import (
    Value,
    clean_text,
    listed_words,
    parse_date,
    parse_value,
    record_value,
    value_of_record,
)

DAY = date(2013, 5, 6)


@pytest.mark.parametrize("text", ["是", "有", "√", "1", "Y", "y", "对", "１", " 是 ", "TRUE"])
def test_yes_in_its_spellings(text: str) -> None:
    """CONTRACT: 是/否, 有/无, √, 1/0, Y/N, 对/错."""
    assert parse_value(catalogue()["单亲家庭"], text) is True


@pytest.mark.parametrize("text", ["否", "无", "0", "N", "n", "错", "×"])
def test_no_in_its_spellings(text: str) -> None:
    """As above."""
    assert parse_value(catalogue()["单亲家庭"], text) is False


@pytest.mark.parametrize(
    "name", ["单亲家庭", "贫困生等级", "家庭年度总收入", "毕业年份", "身份证号", "姓名", "手机号码"]
)
@pytest.mark.parametrize("text", ["", "  ", "不详", "未知", "\u00a0"])
def test_blank_is_unknown_in_every_kind(name: str, text: str) -> None:
    """Unknown is not no."""
    assert parse_value(catalogue()[name], text) is None


def test_none_of_a_choice_is_an_answer() -> None:
    """贫困生等级 无 is known; 未知 is not."""
    assert parse_value(catalogue()["贫困生等级"], "无") == "无"
    assert parse_value(catalogue()["贫困生等级"], "不详") is None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("单亲家庭", "也许", "请填 是 或 否"),
        ("贫困生等级", "特困", "是不是「特别困难」"),
        ("家庭年度总收入", "三万", "不是金额"),
        ("家庭年度总收入", "100.001", "精确到分以下"),
        ("家庭年度总收入", "-1", "不能小于 0"),
        ("家庭年度总收入", "1e999999", "不是金额"),
        ("家庭年度总收入", "9" * 20, "超出"),
        ("家庭人口", "0", "至少是 1"),
        ("家庭人口", "3.5", "不是整数"),
        ("毕业年份", "13", "四位数字"),
        ("出生年月", "1991-13", "不是年月"),
        ("排摸日期", "2013-02-30", "不是日期"),
        ("手机号码", "12345", "不是电话号码"),
        ("身份证号", "520103199107079283", "校验位不对"),
        ("身份证号", "52010319910230928X", "出生日期不存在"),
        ("身份证号", "110101900307851", "15 位旧证号"),
        ("身份证号", "1.10101199003078E+17", "应为 18 位"),
        ("申请理由", "长" * 10_001, "文字过长"),
    ],
)
def test_what_does_not_fit_says_what_would(name: str, text: str, said: str) -> None:
    """Each refusal tells the reason; an ID number in it is masked."""
    with pytest.raises(DataRejectedError, match=said) as refused:
        parse_value(catalogue()[name], text)
    assert "199107079283" not in str(refused.value)


@given(st.integers(min_value=0, max_value=10**14))
def test_yuan_and_fen_are_the_same_amount(fen: int) -> None:
    """Text with two decimals and integer fen go both ways unchanged."""
    assert parse_yuan(format_yuan(fen)) == fen


def test_a_print_is_never_rounded_across_a_line() -> None:
    """839.99972 prints 839.99, and says that digits were cut off; an exact figure says nothing."""
    assert floor_to_fen(100 * 3023999, 3600) == "839.99…"
    assert floor_to_fen(100 * 3024000, 3600) == "840.00"


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_what_is_printed_is_never_over_the_amount(fen: int, parts: int) -> None:
    """Less than a fen under it, and marked unless it is exact."""
    shown = floor_to_fen(fen, parts)
    printed = parse_yuan(shown.removesuffix("…"))
    assert 0 <= Decimal(fen) / parts - printed < 1
    assert shown.endswith("…") == (fen % parts != 0)


@pytest.mark.parametrize("text", ["简历，面试技巧、心态, 择业观", " 简历 ,面试技巧,、心态，择业观，"])
def test_words_between_commas_of_every_kind(text: str) -> None:
    """People type 、 as well as , and ，; blanks and empty words are dropped."""
    assert listed_words(text) == ["简历", "面试技巧", "心态", "择业观"]


@given(
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
    st.integers(0, 17),
    st.sampled_from("123456789"),
)
def test_one_wrong_digit_in_an_id_number_is_found(day: date, order: int, place: int, shift: str) -> None:
    """The check digit (GB 11643) finds every single wrong digit but a wrong date is told as such."""
    head = f"330106{day:%Y%m%d}{order:03d}"
    right = head + ric.calc_check_digit(head + "0")
    assert check_id_number(right) == right
    old = 10 if right[place] == "X" else int(right[place])
    new = (old + int(shift)) % (11 if place == 17 else 10)
    wrong = right[:place] + ("X" if new == 10 else str(new)) + right[place + 1 :]
    with pytest.raises(DataRejectedError):
        check_id_number(wrong)


@pytest.mark.parametrize("digits", ["３３０１０６１９９１０２０３１０１", "٣٣٠١٠٦١٩٩١٠٢٠٣١٠١"])
def test_only_plain_digits_make_an_id_number(digits: str) -> None:
    """Digits of other scripts and widths are folded before the check, or they are none."""
    with pytest.raises(DataRejectedError):
        check_id_number(f"{digits}0")


def test_ulids_are_distinct_and_sort_by_time() -> None:
    """26 Crockford letters, no two alike."""
    made = [new_ulid() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert all(len(ulid) == 26 and not set(ulid) & set("ILOU") for ulid in made)
    assert made[0][:10] <= made[-1][:10]


@given(st.text(alphabet=string.printable + "\x00\x1b\u202e\ufeff\u00a0一二", max_size=40))
def test_cleaned_text_holds_no_control_characters(text: str) -> None:
    """Nothing that could move a cursor or turn a line around."""
    assert not set(clean_text(text)) & set("\x00\x1b\u202e\ufeff\u00a0\t\r\x0b\x0c")


@pytest.mark.parametrize(
    "text", ["2013-05-06", "2013.5.6", "2013/05/06", "2013年5月6日", "20130506", "２０１３－０５－０６"]
)
def test_a_date_in_its_spellings(text: str) -> None:
    """The same day."""
    assert parse_date(text) == DAY


def test_what_follows_is_added_and_never_overrides() -> None:
    """应届, 少数民族, 家庭经济困难认定, 性别, 出生年月; an explicit answer stays."""
    given_facts: dict[str, Value] = {
        "毕业年份": 2013,
        "民族": "回族",
        "贫困生等级": "困难",
        "身份证号": "52010319910707928X",
    }
    complete = complete_values(given_facts, 2013)
    assert (complete["应届"], complete["少数民族"], complete["家庭经济困难认定"]) == (True, True, True)
    assert (complete["性别"], complete["出生年月"]) == ("女", "1991-07")
    assert complete_values(given_facts, 2014)["应届"] is False
    assert complete_values({"贫困生等级": "无"}, 2013)["家庭经济困难认定"] is False
    assert complete_values({"贫困生等级": "无", "家庭经济困难认定": True}, 2013)["家庭经济困难认定"] is True


def test_a_contradiction_names_both_facts() -> None:
    """An explicit answer that cannot be true beside its source."""
    assert contradictions({"民族": "汉族", "少数民族": True}, 2013) == [("少数民族", "民族")]
    assert contradictions({"性别": "男", "身份证号": "52010319910707928X"}, 2013) == [("性别", "身份证号")]
    assert contradictions({"民族": "回族", "少数民族": True}, 2013) == []


def test_masks_by_class() -> None:
    """S1 whole, S2 masked, S3 hidden; phones 3+4, IDs 2+3."""
    fields = catalogue()
    assert mask_value(fields["姓名"], "甲同学") == "甲同学"
    assert mask_value(fields["手机号码"], "19905710001") == "199****0001"
    assert mask_value(fields["身份证号"], "52010319910707928X") == "52*************28X"
    assert mask_value(fields["残疾"], True) == "***"
    assert mask_value(fields["残疾"], True, reveal=True) == "是"


def test_no_two_fields_answer_to_one_name() -> None:
    """Within one kind of case every name and alias means one field."""
    for subject in ("student", "household", "office"):
        names = [name for field in fields_of(subject) for name in field.names_for(subject)]
        assert len(names) == len(set(names)), subject


def test_the_nearest_name_is_proposed() -> None:
    """A slip finds its field; nonsense finds none."""
    assert nearest_names("贫困升等级", catalogue()) == ["贫困生等级"]
    assert nearest_names("zzz", catalogue()) == []


VALUES: dict[str, Value] = {
    "姓名": "甲",
    "单亲家庭": False,
    "家庭年度总收入": 3424000,
    "毕业年份": 2013,
    "家庭人口": 3,
}


def test_a_case_is_the_same_after_its_record() -> None:
    """Money stands as yuan in the record and comes back as fen."""
    facts = {n: Fact(value=v, raw=str(v), source="手工", day=DAY, by="李老师") for n, v in VALUES.items()}
    case = Case(id="X", pack="p", year=2013, subject="household", opened=DAY, facts=facts)
    record = case_record(case)
    assert record["facts"]["家庭年度总收入"]["value"] == "34240.00"
    assert {n: f.value for n, f in case_of_record(record, "X").facts.items()} == VALUES


def test_events_are_the_same_after_their_records() -> None:
    """Dates, amounts and stages go both ways; blanks are left out."""
    contact = Contact(id="C", case="X", day=DAY, channel="电话", kind="岗位推荐", text="", by="李老师")
    assert "text" not in event_record(contact)
    assert event_of_record(Contact, event_record(contact), "C") == contact
    claim = Claim(id="D", case="X", item="差旅费", asked=30000, day=DAY, mode="补贴", issued=DAY)
    claim = replace(claim, stages=(Stage(state="批准", day=DAY, by="王老师", amount=20000),))
    assert event_of_record(Claim, event_record(claim), "D") == claim


@given(st.sampled_from(sorted(catalogue())), st.integers(0, 10**9))
def test_a_value_is_the_same_after_its_record(name: str, number: int) -> None:
    """What is written for a field is what is read."""
    field = catalogue()[name]
    if field.kind in {"money", "count"}:
        assert value_of_record(field, record_value(field, number)) == number
