"""``assist source``: where sources disagree, and the rules on whose word counts."""

from typing import Annotated

import typer

from assistcli.admission.disagreement import open_disagreements, settle_anew
from assistcli.book.casebook import Reader, open_casebook
from assistcli.book.caserecord import case_head
from assistcli.commands.options import By, Command, Group, Json, Number, Reveal, new_app, numbered, person
from assistcli.desk.registration import field_named
from assistcli.errors import UsageError
from assistcli.fields import catalogue
from assistcli.identity import new_ulid
from assistcli.output import Table, answer
from assistcli.provenance import OWN_WORD, Precedence, word_lines
from assistcli.values import listed_words

HELP = f"""来源：导入时用 --source 写明是谁的数据；几个来源说法不同的，都留着，未定之前按「不详」判定。

定法有二：逐项用 assist edit 改（本单位的话，以它为准），或定一条规则。
规则里先写的先算数；--newest 则日期新的算数；{OWN_WORD} 指本单位登记的。

例：assist import 名单.xlsx --source 学校教务处 --as-of 2013-05-01
    assist source list --show-sensitive
    assist source rule 民政局,学校教务处 --field 低保,建档立卡 --word 学工处会议
    assist source rule 民政局,学校教务处 --newest
    assist source drop 1
"""

app = new_app()
app.info.help, app.info.cls = HELP, Group


@app.command("list", cls=Command, help="列出规则和说法不同的事实。例：assist source list")
def list_sources(ctx: typer.Context, reveal: Reveal = False, as_json: Json = False) -> None:
    """Show the rules, and every fact on which sources disagree."""
    book = open_casebook(ctx.obj)
    rules = kept_rules(book)
    found = list(open_disagreements(book, ctx.obj.pack))
    if reveal:
        book.note_looks("source list", [case.id for case, _, _ in found])
    data = {
        "rules": [rule_data(rule) for rule in rules],
        "disagreements": [
            {
                **case_head(case),
                "field": name,
                "said": word_lines(said, catalogue().get(name), reveal=reveal),
            }
            for case, name, said in found
        ],
    }
    rows = [
        (case.student_no, case.name, name, "；".join(word_lines(said, catalogue().get(name), reveal=reveal)))
        for case, name, said in found
    ]
    told = Table(("学号", "姓名", "字段", "各来源的说法"), rows) if rows else "没有未定的不一致"
    answer(as_json, data, _rules_page(rules), "", told)


@app.command(cls=Command, help="定一条规则：谁的话算数。例：assist source rule 民政局,学校教务处 --newest")
def rule(
    ctx: typer.Context,
    parties: Annotated[str, typer.Argument(metavar="来源,来源…", show_default=False)],
    fields: Annotated[str, typer.Option("--field", help="只对这些字段，逗号分开；不填为全部")] = "",
    newest: Annotated[bool, typer.Option("--newest", help="这些来源中日期新的算数")] = False,
    word: Annotated[str, typer.Option("--word", help="依据")] = "",
    by: By = "",
    as_json: Json = False,
) -> None:
    """Set a rule, and settle by it what is open."""
    book, named = open_casebook(ctx.obj), tuple(listed_words(parties))
    packs = [book.pack(pack) for pack in book.office().packs]
    topics = tuple(field_named(name, packs) for name in listed_words(fields))
    if not named:
        raise UsageError("没有写来源。例：assist source rule 民政局,学校教务处")
    made = Precedence(
        id=new_ulid(),
        day=ctx.obj.today,
        parties=named,
        by=person(by),
        topics=topics,
        newest=newest,
        word=word,
    )
    with book.writing("source rule", made.by) as page:
        page.put_event(made)
        settled = settle_anew(page, kept_rules(page))
    answer(as_json, rule_data(made) | {"settled": settled}, f"已定：{rule_words(made)}；改动 {settled} 处")


@app.command(cls=Command, help="去掉一条规则；靠它定的事实重新成为未定。例：assist source drop 1")
def drop(
    ctx: typer.Context,
    number: Number,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take a rule out, and open again what it had settled."""
    with open_casebook(ctx.obj).writing("source drop", person(by)) as page:
        gone = numbered(kept_rules(page), number, "条规则", "assist source list")
        page.drop_event(gone)
        settled = settle_anew(page, kept_rules(page))
    told = f"已去掉：{rule_words(gone)}；改动 {settled} 处；assist undo 可恢复"
    answer(as_json, rule_data(gone) | {"settled": settled}, told)


def kept_rules(source: Reader) -> list[Precedence]:
    """The rules in the order in which they were set."""
    return sorted(source.all_events(Precedence), key=lambda rule: rule.id)


def rule_data(rule: Precedence) -> dict[str, object]:
    """One rule as JSON."""
    return {
        "sources": list(rule.parties),
        "fields": list(rule.topics),
        "newest": rule.newest,
        "by": rule.by,
        "word": rule.word,
        "date": rule.day.isoformat(),
    }


def rule_words(rule: Precedence) -> str:
    """One rule in a line."""
    about = "、".join(rule.topics) or "全部字段"
    order = f"{'、'.join(rule.parties)} 中日期新的算数" if rule.newest else " 先于 ".join(rule.parties)
    return f"{about}：{order}"


def _rules_page(rules: list[Precedence]) -> str | Table:
    rows = [(n, rule_words(r), r.by, r.word or "—", r.day) for n, r in enumerate(rules, 1)]
    return Table(("序号", "规则", "经办", "依据", "日期"), rows) if rows else "没有定过来源规则"
