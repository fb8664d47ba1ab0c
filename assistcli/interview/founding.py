"""Founding a store by questions, where ``assist add`` finds none."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistcli.book.casebook import Casebook, create_casebook
from assistcli.book.packshelf import take_in
from assistcli.context import Context, home_store
from assistcli.errors import CancelledError, ConfirmationError, DataRejectedError
from assistcli.fields import catalogue
from assistcli.interview.dialogue import Prompt, Terminal, ask_series, confirm, settle_plain
from assistcli.interview.drafts import Draft, DraftFile
from assistcli.interview.questions import YES_NO, pick
from assistcli.model import Office
from assistcli.policy.pack import packaged_ids
from assistcli.policy.rules import Pack
from assistcli.values import fold_text, parse_value


def found_casebook(terminal: Terminal, context: Context, by: str) -> Casebook:
    """A new casebook where the person wants it.

    Raises:
        ConfirmationError: the person wants none.
    """
    if not confirm(terminal, "这里没有数据文件夹。现在建立一个吗？"):
        raise ConfirmationError(
            "没有建立。以后可用：assist init 文件夹 --pack 文件编号 --unit 单位 --year 年份"
        )
    named = context.pack_file or context.pack
    taken = [take_in(str(name)) for name in ([named] if named else packaged_ids())]
    packs, own_packs = {pack.id: pack for pack, _ in taken}, taken[0][1]
    file = DraftFile(home_store().with_name(f"{home_store().name}-drafts"), "init")
    try:
        name, unit, year, folder = _answered(terminal, file, _prompts(packs, context))
    except CancelledError:
        raise file.farewell("assist add") from None
    office = Office(unit=unit, year=int(year), packs=(name,))
    book = create_casebook(Path(folder).expanduser(), context, office, by, own_packs)
    file.discard()
    terminal.say(f"已建立数据文件夹：{book.folder.resolve()}")
    if "--store" in (again := context.spell("命令", book.folder)):
        terminal.say(f"以后在别处使用它要写明：{again}（或设环境变量 ASSIST_STORE，或先进入这个文件夹）")
    return book


def _answered(terminal: Terminal, file: DraftFile, prompts: Sequence[Prompt]) -> list[str]:
    """The answers to *prompts*, kept beside the user's own folder: there is no store yet to keep them in."""
    draft = file.load() or Draft()
    going_on = f"继续上次未完成的建立数据文件夹吗？（已答 {draft.known} 项）"
    if draft.answers and not confirm(terminal, going_on, YES_NO[0]):
        draft = Draft()  # a few words about the office: no draft of them need lie beside another
    given: list[str] = []
    for prompt, text in zip(prompts, draft.answers.values(), strict=False):
        try:
            given.append(prompt.settle(text))
        except DataRejectedError:
            break  # what no longer fits is asked again
    named = [prompt.words for prompt in prompts]

    def keep(answers: Sequence[str]) -> None:
        file.keep(Draft(answers=dict(zip(named, answers, strict=False))))

    return ask_series(terminal, prompts, given, keep)


def _prompts(packs: Mapping[str, Pack], context: Context) -> list[Prompt]:
    titles = {name: f"{pack.issuer} {pack.number} {pack.title}" for name, pack in packs.items()}
    return [
        Prompt(
            words="按哪个文件办理？",
            hint="（输入几个字筛选，或用 ↑↓ 选）",
            default=next(iter(packs)) if len(packs) == 1 else "",
            choices=tuple(packs),
            remarks=titles,
            settle=lambda text: _settle_pack(text, titles),
        ),
        Prompt(words="单位名称", hint="（如 浙江科技学院）", settle=_settle_name),
        Prompt(
            words="年份", hint="（「应届」以它为准）", default=str(context.today.year), settle=_settle_year
        ),
        Prompt(
            words="数据放在哪个文件夹？", default=str(context.store or home_store()), settle=_settle_folder
        ),
    ]


def _settle_pack(text: str, titles: Mapping[str, str]) -> str:
    wanted = fold_text(text)
    if not wanted:
        raise DataRejectedError(f"请选一个文件：{'、'.join(titles)}")
    found = [name for name, title in titles.items() if wanted in fold_text(name + title)]
    return found[0] if len(found) == 1 else pick(titles, settle_plain(text))


def _settle_name(text: str) -> str:
    if not settle_plain(text):
        raise DataRejectedError("单位名称不能留空")
    return settle_plain(text)


def _settle_year(text: str) -> str:
    year = parse_value(catalogue()["毕业年份"], text)
    if year is None:
        raise DataRejectedError("年份不能留空；请写四位数字，如 2013")
    return str(year)


def _settle_folder(text: str) -> str:
    """A folder that is empty or not there yet, so that a full one is refused while it can be changed."""
    shown = settle_plain(text)
    folder = Path(shown).expanduser()
    if not shown or folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise DataRejectedError(f"「{shown}」不是空文件夹；请换一个位置，不存在的文件夹会自动建立")
    return shown
