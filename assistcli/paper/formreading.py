"""Filled-in Word forms to rows of facts: those made from our templates, and others by their labels."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.fields import PERSONAL, Field
from assistcli.identity import PERSON_KEYS
from assistcli.intake.answers import Answer, judged_intake, read_answers, refused_intake
from assistcli.intake.headers import ColumnReading, HeaderBook
from assistcli.intake.reading import Intake
from assistcli.intake.rows import ParsedRow
from assistcli.model import HOUSEHOLD
from assistcli.paper.formshelf import ShelvedForm, fill_shelf, find_form
from assistcli.paper.paperwork import box_words
from assistcli.paper.photos import PHOTO
from assistcli.paper.stationery import CASE_FILE, CLAIM_SLIP
from assistcli.policy.rules import FormRule, Pack

if TYPE_CHECKING:
    from forms.asides import Asides
    from forms.cells import Page
    from forms.formmap import FormMap
    from forms.readback import Reading

SUFFIXES = frozenset({".docx", ".docm", ".doc", ".wps"})
KEYS = tuple(PERSON_KEYS.values())
WORKER, CHILD = "职工", ("子女", "学生", "考上")
FEWEST_LABELS = 3
_LABELLED = re.compile("[^\\d\\s][：:]")
BY_LABELS = "按栏目名称读"


def is_form(path: Path) -> bool:
    """Whether the file at *path* is a Word document, by its ending or by what is in it."""
    if path.suffix.lower() in SUFFIXES:
        return True
    if path.suffix.lower() in {".xlsx", ".xlsm"} or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "word/document.xml" in archive.namelist()


class FormReader:
    """Reads returned forms under one notice and year; its shelf is filled once for all of them."""

    def __init__(
        self, pack: Pack, year: int, folder: Path | None, mapping: Mapping[str, str], extra: Sequence[Field]
    ) -> None:
        self._pack, self._year = pack, year
        self._shelf = fill_shelf(pack, folder)
        self._book = HeaderBook.build(pack.subject, mapping, extra)
        self._boxes = box_words(pack)

    def read(self, path: Path) -> Intake:
        """What the form at *path* says; one that cannot be read is a refused row with the reason."""
        from forms.errors import FormError
        from forms.key import read_key
        from forms.returned import read_document

        try:
            page = read_document(path)
        except FormError as error:
            return refused_intake(path.name, str(error))
        form = find_form(page, self._shelf)
        if form is None:
            return self._by_labels(path.name, page)
        reason = self._refusal(form)
        if reason:
            return refused_intake(path.name, reason)
        return self._by_template(path.name, page, form, read_key(path))

    def _refusal(self, form: ShelvedForm) -> str:
        """Why forms of this kind bring no facts, or nothing."""
        if form.rule is None:
            return (
                f"像是另一份文件（{form.pack}）的表，不按它读；若是本单位的表，"
                "请先把空白表交给程序：assist form edit 表名 --from 空白表.docx"
            )
        if form.rule.name in {CASE_FILE, CLAIM_SLIP}:
            return f"这是程序打印的「{form.rule.title}」，里面没有要导入的内容"
        return ""

    def _by_template(self, file: str, page: "Page", form: ShelvedForm, key: str) -> Intake:
        from forms.readback import read_form

        rule = form.rule
        if rule is None:
            raise AssertionError(form.pack)
        reading = read_form(page, form.map)
        if reading.lists:
            return self._listed(file, rule, reading, page.asides, form.map)
        if reading.several or ("姓名" in reading.doubtful and reading.doubtful.keys() & set(KEYS)):
            return refused_intake(file, "一个文件里像是有几个人的表，分不清谁是谁；请每人一个文件再导入")
        row = read_answers(file, rule.short, 1, self._answers(reading))
        row.case = key
        self._note_gaps(row, reading)
        _note_asides(row, page.asides, form.map.own)
        return judged_intake(file, [row], [], self._pack.subject, self._year)

    def _listed(
        self, file: str, rule: FormRule, reading: "Reading", asides: "Asides", form: "FormMap"
    ) -> Intake:
        """People of a form that lists several; a table of numbers lists none."""
        records = max(reading.lists.values(), key=len)
        if not any(record.get(key) for record in records for key in KEYS):
            names = "或".join(KEYS[:2])
            return refused_intake(file, f"「{rule.short}」里没有{names}，认不出是谁；请用带{names}的名单导入")
        rows = [
            read_answers(file, rule.short, number, self._record_answers(record))
            for number, record in enumerate(records, 1)
        ]
        _note_asides(rows[0], asides, form.own)
        told = f"文件「{file}」按「{rule.short}」读：{len(rows)} 人"
        return judged_intake(file, rows, [told], self._pack.subject, self._year)

    def _record_answers(self, record: Mapping[str, str]) -> list[Answer]:
        return [a for name, text in record.items() if (a := self._answer(name, text, ""))]

    def _answers(self, reading: "Reading") -> list[Answer]:
        found = [
            self._answer(name, text, reading.places.get(name, "")) for name, text in reading.values.items()
        ]
        return [answer for answer in found if answer]

    def _answer(self, name: str, text: str, place: str) -> Answer | None:
        """The answer *text* to the placeholder *name*, if it is a fact of a case and was answered."""
        if name in self._boxes and text:
            name, text = self._boxes[name], name
        fields = tuple(self._book.fields[part] for part in name.split("+") if part in self._book.fields)
        known = len(fields) == len(name.split("+")) and all(self._pack.subject in f.of for f in fields)
        return Answer(fields=fields, text=text, place=place) if known and text else None

    def _note_gaps(self, row: ParsedRow, reading: "Reading") -> None:
        """Errors for fields with two answers, warnings for those whose place is gone."""
        for name, texts in reading.doubtful.items():
            field = self._book.fields.get(name)
            shown = "" if field is None or field.sensitivity >= PERSONAL else f"：{'、'.join(texts)[:40]}"
            place = reading.places.get(name, "")
            row.refuse(name, f"表上有 {len(texts)} 种答案{shown}（{place}）；请改成一种")
        for name, labels in reading.mixed.items():
            row.refuse(name, f"这一格里还写着别的栏目（{'、'.join(labels)}）；请分开写到各自的格子")
        if reading.loose:
            row.doubt("", f"格子以外有 {reading.loose} 段字，没有读；请看一看")
        for name in reading.missing:
            if name in self._book.fields and self._pack.subject in self._book.fields[name].of:
                row.doubt(name, "表上找不到这一栏，没有读")

    def _by_labels(self, file: str, page: "Page") -> Intake:
        from forms.labels import read_labels

        labels: dict[str, set[str]] = {}
        reading = read_labels(page, lambda label: self._name_of(label, labels))
        filled = [name for name, text in reading.values.items() if text]
        known = {*filled, *reading.doubtful}
        if len(known) < FEWEST_LABELS or not known & set(KEYS):
            return refused_intake(
                file,
                "认不出这张表：不是用本程序的模板做的，也找不到学号或身份证号等栏目；"
                "扫描件请录入，名单请存成 xlsx",
            )
        row = read_answers(file, BY_LABELS, 1, self._answers(reading))
        self._note_gaps(row, reading)
        _note_asides(row, page.asides)
        for name in filled:
            if _LABELLED.search(reading.values[name]):
                row.doubt(name, "里面还有冒号，像是几栏写在了一起；请看一看")
        for name in self._unclear(labels):
            row.refuse(name, "「" + "、".join(sorted(labels[name])) + "」是职工的还是子女的，表上看不出；"
                       f"请改用本单位的模板，或 --map {min(labels[name])}={WORKER}{name}")  # fmt: skip
        told = f"文件「{file}」不是用本程序的模板做的，按栏目名称读到 {len(filled)} 项：{'、'.join(filled)}"
        return judged_intake(file, [row], [told], self._pack.subject, self._year)

    def _name_of(self, label: str, labels: dict[str, set[str]]) -> str | None:
        """The field that *label* names; every label seen is noted under its field."""
        match = self._book.match(label) if label else None
        if match is None or not match.fields or match.reading is ColumnReading.FLAGS:
            return None
        if match.fields[0].name == PHOTO:  # the word in the empty box, and what stands behind it by chance
            return None
        name = "+".join(field.name for field in match.fields)
        labels.setdefault(name, set()).add(label)
        return name

    def _unclear(self, labels: Mapping[str, set[str]]) -> list[str]:
        """Fields of the child whose label may as well be the worker's, on a form about both."""
        if self._pack.subject != HOUSEHOLD or not any(name.startswith(WORKER) for name in labels):
            return []
        return [
            name
            for name, words in labels.items()
            if not name.startswith(WORKER)
            and any(self._twin(word) and not word.startswith(CHILD) for word in words)
        ]

    def _twin(self, label: str) -> bool:
        match = self._book.match(WORKER + label)
        return bool(match and match.fields and match.fields[0].name.startswith(WORKER))


def _note_asides(row: ParsedRow, asides: "Asides", own: "Asides | None" = None) -> None:
    """Warnings of what stands beside the text, but for the form's *own*: it was not read."""
    boxes, pictures, tables = asides.boxed, asides.pictures, asides.nested
    if own:
        boxes, pictures, tables = boxes - own.boxed, pictures - own.pictures, tables - own.nested
    told = (
        (len(boxes), "个文本框，里面的字"),
        (pictures, "张图片，图上的字"),
        (tables, "张格子里的表，里面的字"),
    )
    for count, what in told:
        if count > 0:
            row.doubt("", f"表上有 {count} {what}没有读；请把字写进格子")
    if asides.struck:
        row.doubt("", f"表上有 {asides.struck} 处划去的字，没有读")
