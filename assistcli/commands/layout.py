"""``assist layout``: the header mappings that imports have left, listed and taken out."""

from collections.abc import Sequence

import typer

from assistcli.book.casebook import Reader, open_casebook
from assistcli.commands.options import By, Command, Group, Json, Number, new_app, numbered, person
from assistcli.output import Table, answer
from assistcli.provenance import Layout, mapping_words

HELP = """记住的表头对应：用 --map（或回答）说明过一次的表头，同样表头的文件下次照用。

例：assist layout list
    assist layout drop 1      （不再照用；assist undo 可恢复）
"""

app = new_app()
app.info.help, app.info.cls = HELP, Group


@app.command("list", cls=Command, help="列出记住的表头对应。例：assist layout list")
def list_layouts(ctx: typer.Context, as_json: Json = False) -> None:
    """Show every remembered mapping: for which file, by whom, when."""
    layouts = kept_layouts(open_casebook(ctx.obj), ctx.obj.pack)
    answer(as_json, [layout_data(entry) for entry in layouts], _page(layouts))


@app.command(cls=Command, help="不再照用一种表的表头对应。例：assist layout drop 1")
def drop(
    ctx: typer.Context,
    number: Number,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take one remembered mapping out."""
    with open_casebook(ctx.obj).writing("layout drop", person(by)) as page:
        gone = numbered(kept_layouts(page, ctx.obj.pack), number, "种", "assist layout list")
        page.drop_event(gone)
    answer(as_json, layout_data(gone), f"已不再照用「{gone.file}」的表头对应；assist undo 可恢复")


def kept_layouts(source: Reader, pack: str | None) -> list[Layout]:
    """The remembered mappings, of *pack* if one is given, in the order of their making."""
    return [entry for entry in source.all_events(Layout) if pack in {None, entry.pack}]


def layout_data(layout: Layout) -> dict[str, object]:
    """One remembered mapping as JSON."""
    return {
        "pack": layout.pack,
        "file": layout.file,
        "headers": list(layout.headers),
        "mapping": dict(layout.mapping),
        "date": layout.day.isoformat(),
        "by": layout.by,
    }


def _page(layouts: Sequence[Layout]) -> str | Table:
    rows = [(n, e.file, mapping_words(e), e.by, e.day, e.pack) for n, e in enumerate(layouts, 1)]
    return Table(("序号", "文件", "对应", "经办", "日期", "政策包"), rows) if rows else "没有记住的表头对应"
