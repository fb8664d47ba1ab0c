"""The stationery: where the template of a form lies, and how an office makes it its own."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistcli.book.casebook import Casebook
from assistcli.errors import DataRejectedError, MissingFileError, TemplateError
from assistcli.policy.rules import Citation, FormRule, Pack

if TYPE_CHECKING:
    from forms.template import Template

FOLDER = "templates"
CASE_FILE, CLAIM_SLIP = "case-file", "claim-slip"
GENERAL = "general"


def form_rules(pack: Pack) -> list[FormRule]:
    """Every form under *pack*: the notice's own, 一人一档, and where it knows claims the claim slip.

    A notice that says itself what 一人一档 holds declares it, and so asks for it.
    """
    citation = pack.benefits[0].citation if pack.benefits else Citation(clause="", quote="")
    own = any(form.name == CASE_FILE for form in pack.forms)
    rules = [*pack.forms, *([] if own else [_general_rule(CASE_FILE, "一人一档", citation)])]
    return [*rules, _general_rule(CLAIM_SLIP, "资助申领单", citation)] if pack.claims else rules


def _general_rule(name: str, title: str, citation: Citation) -> FormRule:
    return FormRule(name=name, title=title, short=title, per="case", citation=citation)


def own_template_path(folder: Path, rule: FormRule) -> Path:
    """Where the store in *folder* keeps its own template of *rule*."""
    from forms.naming import file_name

    return folder / FOLDER / file_name(rule.name)


def packaged_template(pack: str, rule: FormRule) -> bytes | None:
    """The template of *rule* that comes with the program; none for a slot, whatever other notices have."""
    folder = GENERAL if rule.name in {CASE_FILE, CLAIM_SLIP} else pack
    found = files("forms").joinpath("templates", folder, f"{rule.name}.docx")
    return found.read_bytes() if found.is_file() else None


def template_source(folder: Path, pack: str, rule: FormRule) -> Path | bytes:
    """The template of *rule*: the store's own file, else the bytes of the packaged one.

    Raises:
        TemplateError: there is neither; the message says how to bring one.
    """
    own = own_template_path(folder, rule)
    if own.is_file():
        return own
    packaged = packaged_template(pack, rule)
    if packaged is None:
        raise TemplateError(missing_template(rule, own))
    return packaged


def has_template(folder: Path, pack: str, rule: FormRule) -> bool:
    """Whether *rule* has a template, of the store in *folder* or packaged."""
    return own_template_path(folder, rule).is_file() or packaged_template(pack, rule) is not None


def missing_template(rule: FormRule, own: Path) -> str:
    """That *rule* has no template, and how to bring one."""
    why = "文件只写了名称，附件没有内容，程序不代拟" if rule.slot else "没有模板"
    return (
        f"「{rule.title}」{why}。请把本单位现用的 Word 表格写上占位符（assist form fields）后交给程序：\n"
        f"assist form edit {rule.name} --from 表格.docx（存为 {own}）"
    )


def load_form(book: Casebook, pack: Pack, rule: FormRule) -> "Template":
    """The template of *rule*, compiled: the store's own, else the packaged one.

    Raises:
        TemplateError: there is none.
        FormError: it cannot be used.
    """
    from forms.template import load_template

    return load_template(template_source(book.folder, pack.id, rule))


def take_template(folder: Path, pack: str, rule: FormRule, source: Path | None) -> tuple[Path, bool]:
    """Path of the store's own template of *rule*, and whether it was put there now.

    It is a copy of *source*, else of the packaged template. What is there already is never overwritten.

    Raises:
        DataRejectedError: *source* is not there, or the store has a template already.
        TemplateError: neither *source* nor a packaged template was given.
    """
    from forms.batch import replacing

    own = own_template_path(folder, rule)
    if own.is_file():
        if source is not None:
            raise DataRejectedError(f"已有自己的模板 {own}，没有覆盖；请先改名或移走，再用 --from")
        return own, False
    data = packaged_template(pack, rule) if source is None else _read_source(source)
    if data is None:
        raise TemplateError(missing_template(rule, own))
    with replacing(own) as file:
        file.write(data)
    return own, True


def _read_source(source: Path) -> bytes:
    if not source.is_file():
        raise MissingFileError(source)
    return source.read_bytes()
