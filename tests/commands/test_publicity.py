"""A story for the public: by consent, without the name or anything personal (R1-44, R2-14, R3-30)."""

from tests.commands.test_payment import CHILD
from tests.conftest import Assist, Founded, set_options

CONSENT = ("--consent", "本人8月20日书面同意宣传")
TOLD = "马晓明（18000000001，机械1班，回族）在老师帮助下从学号10800001的马晓明成长为工程师，专业是机械工程"


def test_without_consent_there_is_no_story(assist: Assist, student: object) -> None:
    """同意受助 is not 同意宣传: nothing is written."""
    assist("add", *set_options({"姓名": "马晓明", "学号": "10800001"}))
    before = assist("history", "--json").json
    assert "宣传典型须本人另外同意" in assist("record", "story", "马晓明", TOLD, code=3).stderr
    assert assist("history", "--json").json == before


def test_the_story_names_nobody(assist: Assist, store: object) -> None:
    """Surname and 同学, as the practice does it; phone, number, class and nation are veiled."""
    facts = {
        "姓名": "马晓明", "学号": "10800001", "手机号码": "18000000001", "班级": "机械1班", "民族": "回族",
        "专业": "机械工程",
    }  # fmt: skip
    assist("add", *set_options(facts))
    done = assist("record", "story", "马晓明", TOLD, *CONSENT, "--json")
    text = "马同学（***，***，***）在老师帮助下从学号***的马同学成长为工程师，专业是机械工程"
    assert done.json["text"] == text
    assert done.json["consent"] == CONSENT[1]
    assert "再读一遍" in done.stderr
    assert f"{text}（{CONSENT[1]}）" in assist("show", "10800001").stdout
    assist("undo")
    assert "典型事例" not in assist("show", "10800001").stdout


def test_a_name_or_number_is_found_however_it_is_spaced(assist: Assist, store: object) -> None:
    """张　三 and 180-0000-0001 are how people type what stands on record as 张三 and 18000000001."""
    assist("add", *set_options({"姓名": "马晓明", "学号": "10800001", "手机号码": "18000000001"}))
    told = assist("record", "story", "10800001", "马 晓明、马　晓　明，电话180-0000 0001", *CONSENT).stdout
    assert told.strip() == "马同学、马同学，电话***"


def test_a_household_is_not_named_either(assist: Assist, founded: Founded) -> None:
    founded("yinchuan-2018", "2018", today="2018-08-20")
    assist("add", *set_options(CHILD | {"姓名": "马晓明", "职工姓名": "马大勇", "家庭致困原因": "因病致困"}))
    told = assist("record", "story", "马晓明", "职工马大勇因病致困，子女马晓明考上大学", *CONSENT).stdout
    assert told.strip() == "职工马师傅***，子女马同学考上大学"
