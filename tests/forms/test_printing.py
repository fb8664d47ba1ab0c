"""Paper: page counts and every value on its page, as LibreOffice prints it."""

from pathlib import Path

import pytest

from forms.batch import write_batch
from forms.fill import fill
from forms.layout import HOME
from forms.template import Template, load_template
from tests.forms.conftest import Convert
from tests.forms.hostile import HOSTILE
from tests.forms.people import HOUSEHOLD, PERSON, REASON, SUMMARY, detail_row, person
from tests.forms.test_fill import filled_with

pytestmark = pytest.mark.office

PRINTED = ("职工姓名", "工作单位", "职工身份证号", "家庭住址", "家庭致困原因", "姓名", "就读学校", "专业")


def template(name: str) -> Template:
    """The packaged template *name*."""
    return load_template(Path(str(HOME)) / f"templates/{name}.docx")


def test_every_form_takes_the_pages_it_should(tmp_path: Path, pdf_pages: Convert) -> None:
    """One conversion for all: approval one page each, 15 rows a page, the summary on one."""
    approval, detail = template("zust-2013/approval"), template("zust-2013/detail")
    name, course = "阿卜杜热西提·阿卜杜克热木", "机械设计制造及其自动化131"
    crowded = {**PERSON, "姓名": name, "申请理由": REASON * 4, "班级": course}
    forty = {"学院": "机械", "名单": [detail_row(number) for number in range(40)]}
    write_batch(approval, map(person, range(30)), tmp_path / "batch.docx")
    made = {
        "one": fill(approval, PERSON),
        "blank": fill(approval, {}),
        "crowded": fill(approval, crowded),
        "overlong": fill(approval, {**PERSON, "申请理由": "求职困难。" * 400}),
        "detail": fill(detail, forty),
        "summary": fill(template("zust-2013/summary"), SUMMARY),
        "spending": fill(template("zust-2013/spending"), {"名单": [{"姓名": "张三"}] * 14}),
    }
    made |= {
        "union-new": fill(template("dalian-2011/approval-new"), HOUSEHOLD),
        "union-continuing": fill(template("dalian-2011/approval-continuing"), HOUSEHOLD),
        "statistics": fill(template("dalian-2011/statistics"), {f"数量{n}": n for n in range(1, 43)}),
    }
    for name, data in made.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    pages = pdf_pages(tmp_path)

    wanted = dict.fromkeys(made, 1) | {"batch": 30, "overlong": 2, "detail": 3, "statistics": 2}
    assert {name: len(found) for name, found in pages.items()} == wanted
    for number, page in enumerate(pages["batch"]):
        assert all(str(person(number)[field]) in page for field in ("姓名", "学号", "手机号码", "班级"))
    assert all(str(value) in pages["crowded"][0] for value in crowded.values())
    for name in ("union-new", "union-continuing"):
        assert all(str(HOUSEHOLD[field]) in pages[name][0] for field in PRINTED)
    assert sum(page.count("求") for page in pages["overlong"]) == 400
    for number, page in enumerate(pages["detail"]):
        assert "最终单位落实情况" in page
        shown = [str(detail_row(row)["手机号码"]) for row in range(40) if row // 15 == number]
        assert all(phone in page for phone in shown)


def test_libreoffice_opens_every_form_whatever_is_written_in_it(tmp_path: Path, pdf_pages: Convert) -> None:
    """At least a page for each of a sample of hostile values, one conversion for all forms."""
    sample = [value for value in HOSTILE[::15] if len(value) < 3000]
    home = Path(str(HOME)) / "templates"
    for path in sorted(home.rglob("*.docx")):
        loaded = load_template(path)
        records = [filled_with(loaded, value) for value in sample]
        write_batch(loaded, records, tmp_path / f"{path.parent.name}-{path.stem}.docx")
    pages = pdf_pages(tmp_path)
    assert len(pages) == len(list(home.rglob("*.docx")))
    assert {name for name, found in pages.items() if len(found) < len(sample)} == set()
