"""What a template may ask for: the placeholders of a form with meaning and example, by the catalogue."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistcli.fields import Field
from assistcli.intake.blank import example
from assistcli.paper.paperwork import box_words
from assistcli.paper.photos import PHOTO
from assistcli.paper.stationery import packaged_template
from assistcli.policy.rules import FormRule, Pack

if TYPE_CHECKING:
    from forms.marks import Mark

OFFICE = "office"
ROSTER = "名单"
PHOTO_KIND = "photo"
RECORD_NUMBER, ROW_NUMBER = "编号", "序号"
_SHAPES = {"yesno": "{{□%s}}", "date": "{{%s|日期}}", PHOTO_KIND: "{{%s|照片}}"}
LANGUAGE = (
    "写法：{{□农民工}} 方框 ☑/□　{{农民工？其中困难农民工}} 是则印　{{填表日期|日期}} 2013年4月15日",
    "　　　{{填表日期|年月日}} 空白时留出手写的年月日　{{助学资金|大写}} 人民币伍佰元整",
    "　　　{{助学资金|留8格}} 空白时留 8 格　{{照片|照片}} 一寸照片，{{照片|照片3.5×4.9}} 宽×高厘米",
    "　　　表格一行写 {{名单.姓名}} 则按人重复；{{名单.序号|每页15行}} 每页补足 15 行",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholder:
    """One thing that a template may print: a field, or a column of a list; ``used`` by the packaged form."""

    name: str
    meaning: str
    example: str
    group: str = ""
    kind: str = ""
    used: bool = False

    @property
    def text(self) -> str:
        """What to write in Word."""
        name = f"{self.group}.{self.name}" if self.group else self.name
        shape = "{{%s}}" if self.group and self.kind != PHOTO_KIND else _SHAPES.get(self.kind, "{{%s}}")
        return shape % name

    @property
    def sample(self) -> str:
        """What it prints, for example."""
        from forms.values import date_text

        return date_text(self.example) if self.text.endswith("|日期}}") else self.example


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a check of a template needs to know; ``lists`` is None where any list will do."""

    fields: Collection[str]
    lists: Mapping[str, Collection[str]] | None
    kinds: Mapping[str, str]


def placeholders_of(rule: FormRule, pack: Pack) -> list[Placeholder]:
    """Every placeholder that a template of *rule* may have, those of the packaged form first."""
    marks = _packaged_marks(rule, pack)
    used = {(mark.group, mark.name) for mark in marks}
    known = {(entry.group, entry.name): entry for entry in _general(rule, pack)}
    for mark in marks:
        known.setdefault((mark.group, mark.name), _of_mark(mark, pack))
    listed = [replace(entry, used=key in used) for key, entry in known.items()]
    return sorted(listed, key=lambda entry: not entry.used)


def person_placeholders(pack: Pack) -> list[Placeholder]:
    """The placeholders of every form about one case under *pack*."""
    entries = [_of_field(field) for field in pack.fields.values() if field.of & {pack.subject, OFFICE}]
    boxes = [
        Placeholder(name=choice, meaning=f"{name}是「{choice}」", example="☑", kind="yesno")
        for choice, name in box_words(pack).items()
        if pack.subject in pack.fields[name].of
    ]
    return [*entries, *boxes, _of_word(RECORD_NUMBER)]


def vocabulary_of(rule: FormRule | None, pack: Pack, rules: Iterable[FormRule]) -> Vocabulary:
    """What a template of *rule* may name; without a rule, what any of *rules* may."""
    if rule is not None:
        return _vocabulary(placeholders_of(rule, pack))
    entries = [entry for each in rules for entry in placeholders_of(each, pack)]
    known = _vocabulary([*entries, *person_placeholders(pack)])
    columns = {name for names in (known.lists or {}).values() for name in names}
    return Vocabulary(fields={*known.fields, *columns}, lists=None, kinds=known.kinds)


def _vocabulary(entries: Sequence[Placeholder]) -> Vocabulary:
    lists: dict[str, set[str]] = {}
    for entry in entries:
        if entry.group:
            lists.setdefault(entry.group, set()).add(entry.name)
    return Vocabulary(
        fields={entry.name for entry in entries if not entry.group},
        lists=lists,
        kinds={entry.name: entry.kind for entry in entries if entry.kind},
    )


def _general(rule: FormRule, pack: Pack) -> list[Placeholder]:
    """What the records of *rule* hold, whatever its template."""
    if rule.per == "case":
        return person_placeholders(pack)
    office = [_of_field(field) for field in pack.fields.values() if OFFICE in field.of]
    if not rule.slot:
        return office
    people = [replace(entry, group=ROSTER) for entry in person_placeholders(pack)]
    return [*office, *map(_of_word, ("年度", "人数")), *people, replace(_of_word(ROW_NUMBER), group=ROSTER)]


def _packaged_marks(rule: FormRule, pack: Pack) -> "tuple[Mark, ...]":
    from forms.template import list_placeholders, load_template

    data = packaged_template(pack.id, rule)
    return () if data is None else list_placeholders(load_template(data))


def _of_mark(mark: "Mark", pack: Pack) -> Placeholder:
    field = pack.fields.get(mark.name)
    entry = _of_word(mark.name) if field is None or mark.name in _words() else _of_field(field)
    return replace(entry, group=mark.group)


def _of_field(field: Field) -> Placeholder:
    names = sorted({*field.aliases, *(name for names in field.aliases_of.values() for name in names)})
    also = f"；又称 {'、'.join(names[:4])}" if names else ""
    choices = f"：{'、'.join(field.choices)}" if field.choices else ""
    kind = PHOTO_KIND if field.name == PHOTO else field.kind
    shown = "☑" if kind == "yesno" else _texts()["example"].get(field.name) or example(field)
    meaning = _texts()["kind"][kind] + choices + also
    return Placeholder(name=field.name, meaning=meaning, example=shown, kind=kind)


def _of_word(name: str) -> Placeholder:
    word = _words().get(name, {"meaning": f"本表的「{name}」", "example": ""})
    return Placeholder(name=name, meaning=word["meaning"], example=word["example"], kind=word.get("kind", ""))


def _words() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = _texts()["word"]
    return words


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8"))
