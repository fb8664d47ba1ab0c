"""The doctor: a read-only look at the whole store, every problem with file, line and record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from store.append import is_leftover
from store.comparison import agrees, indexed_end, names_at
from store.errors import StoreDamagedError, explaining
from store.examine import NO_FILE, Extent, Flaw, examine_journal, find_extent
from store.home import index_home, is_network
from store.index import Index, open_index
from store.inventory import guess_manifest
from store.line import digest_of
from store.manifest import TEMPORARY, TORN, Manifest, read_manifest, segment_path
from store.segment import Line, Position, named_records, stands_at
from store.surroundings import find_copies, find_open_modes, find_pieces, find_segments, is_synced
from store.tail import read_head

ERROR, WARNING = "error", "warning"
_FIX = "请运行 assist doctor --fix，在副本上修复"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not as it should be, and what to do about it."""

    level: str  # error: records are at risk; warning: good to know
    file: str
    message: str
    line: int | None = None
    records: tuple[str, ...] = ()  # table/id
    advice: str = ""

    def __str__(self) -> str:
        """The problem on one Chinese line."""
        place = f"{self.file} 第 {self.line} 行" if self.line else self.file
        named = f"，涉及 {'、'.join(self.records)}" if self.records else ""
        return f"{place}：{self.message}{named}" + (f"。{self.advice}" if self.advice else "")


@dataclass(slots=True, kw_only=True)
class Report:
    """What the doctor found."""

    problems: list[Problem] = field(default_factory=list)
    head: str = ""  # hash of the newest line, for the paper file
    lines: int = 0
    transactions: int = 0
    records: dict[str, int] = field(default_factory=dict)  # table → living records
    flaws: list[Flaw] = field(default_factory=list)
    mendable: bool = False  # whether a repair would change anything
    cut: bool = False  # whether acknowledged lines are missing at the end
    known: Position | None = None  # how far the journal was acknowledged, by its note or the index

    @property
    def ok(self) -> bool:
        """Whether no record is at risk."""
        return all(problem.level != ERROR for problem in self.problems)


def check_store(path: Path | str, *, heads: Iterable[str] = ()) -> Report:
    """Everything the doctor finds; *heads* are hashes from paper that must stand in the journal."""
    folder, report = Path(path), Report()
    with explaining("检查数据文件夹", folder):
        manifest = _read_manifest(folder, report)
        if manifest is not None:
            _check_journal(folder, manifest, report, set(heads))
        report.problems += _check_surroundings(folder)
    return report


def _read_manifest(folder: Path, report: Report) -> Manifest | None:
    """The manifest, or what the segments themselves say."""
    try:
        return read_manifest(folder)
    except StoreDamagedError as error:
        report.mendable = True
        report.problems.append(Problem(level=ERROR, file=error.file, message=error.what, advice=_FIX))
        return guess_manifest(folder)


def _check_journal(folder: Path, manifest: Manifest, report: Report, heads: set[str]) -> None:
    """Every line, the index, what is torn, what was acknowledged."""
    index, stale = open_index(index_home(folder, manifest.store)), 0
    for item in examine_journal(folder, manifest):
        if isinstance(item, Flaw):
            report.flaws.append(item)
            continue
        _count(item, manifest, report)
        heads.discard(digest_of(item.raw))
        stale += index is not None and not agrees(index, item)
    report.mendable |= bool(report.flaws)
    report.problems += [_flaw_problem(folder, flaw, index) for flaw in report.flaws]
    noted, indexed = read_head(folder), indexed_end(index, manifest)
    report.known = indexed if indexed and (not noted or noted.sequence < indexed.sequence) else noted
    report.problems += _check_end(folder, manifest, report)
    report.problems += _check_unlisted(folder, manifest)
    report.problems += [
        Problem(level=ERROR, file=str(folder), message=f"纸面上的校验码 {head} 不在日志里：历史被改写或截断")
        for head in sorted(heads)
    ]
    if index is not None:
        index.close()
    if stale:
        advice = "索引可以随时删除，下次写入时自动重建"
        report.problems.append(
            Problem(level=WARNING, file=str(folder), message=f"索引有 {stale} 处与日志不符", advice=advice)
        )


def _count(line: Line, manifest: Manifest, report: Report) -> None:
    """Take a line into the totals."""
    report.head = digest_of(line.raw)
    if "gap" in line.members:
        return
    report.lines += "kept" not in line.members
    report.transactions = max(report.transactions, line.members["tx"])
    if line.place.segment >= manifest.base:
        table = line.members["table"]
        report.records[table] = report.records.get(table, 0) + line.slot()[1]


def _flaw_problem(folder: Path, flaw: Flaw, index: Index | None) -> Problem:
    """The problem that a flaw is; the index may know the name of what stood there."""
    records = flaw.records or (tuple(names_at(index, flaw.place)) if index else ())
    advice = "如有备份，请从备份找回这个文件" if flaw.reason == NO_FILE else _FIX
    return Problem(
        level=ERROR, file=str(flaw.path), line=flaw.line, message=flaw.reason, records=records, advice=advice
    )


def _check_end(folder: Path, manifest: Manifest, report: Report) -> Iterator[Problem]:
    """What stands behind the last transaction, and what no longer does."""
    path = segment_path(folder, manifest.current.number)
    extent = find_extent(path) if path.exists() else Extent(0, 0)
    if extent.torn:
        yield _torn_problem(path, extent)
    known = report.known
    if known is None or report.flaws or not path.exists():
        return
    if (known.segment, known.offset) > (manifest.current.number, extent.end):
        advice = f"可能被截断、换成旧副本，或同步软件还没有同步完；等同步完仍是这样，{_FIX}"
        message = f"日志比上次确认的短：应有 {known.sequence} 条"
        report.cut = report.mendable = True
        yield Problem(level=ERROR, file=str(path), message=message, advice=advice)
    elif not stands_at(segment_path(folder, known.segment), known):
        message = f"第 {known.sequence} 条与上次确认的不同：日志被改写或换过"
        report.mendable = True
        yield Problem(level=ERROR, file=str(path), message=message, advice=_FIX)


def _check_unlisted(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    """Segments that the manifest does not know."""
    listed = {segment.name for segment in manifest.segments}
    for path in find_segments(folder):
        if path.name in listed:
            continue
        if is_leftover(path):
            yield Problem(level=WARNING, file=str(path), message="没有完成的整理留下的文件，下次写入时清除")
        else:
            message = "清单里没有这一段日志，里面有记录"
            advice = "清单可能是旧副本；把 store.json 移到别处后，assist doctor --fix 会按日志重建清单"
            yield Problem(level=ERROR, file=str(path), message=message, advice=advice)


def _torn_problem(path: Path, extent: Extent) -> Problem:
    """An unfinished write that nobody has set aside yet."""
    with path.open("rb") as file:
        file.seek(extent.end)
        records = tuple(named_records(file.read()))
    message = f"最后有 {extent.torn} 字节没有写完（当时没有报告成功）"
    advice = f"下次写入时会移到 {TORN}/，不会删除"
    return Problem(level=WARNING, file=str(path), message=message, records=records, advice=advice)


def _check_surroundings(folder: Path) -> Iterator[Problem]:
    """Foreign and left-over files, modes, and the place itself."""
    for path in find_copies(folder):
        message = "像是同步软件留下的另一个版本，里面可能有别处没有的记录"
        advice = "请用 assist merge 合并对方的数据文件夹，确认无误后再移走这个文件"
        yield Problem(level=ERROR, file=str(path), message=message, advice=advice)
    for path in find_pieces(folder):
        records = tuple(named_records(path.read_bytes()))
        message = "以前没有写完的残缺内容，保留备查"
        yield Problem(level=WARNING, file=str(path), message=message, records=records)
    for path in find_open_modes(folder):
        advice = "assist doctor --fix 会改成只有本人可读"
        yield Problem(level=WARNING, file=str(path), message="别的用户也能读取", advice=advice)
    for path in (folder / TEMPORARY).glob("*"):
        yield Problem(level=WARNING, file=str(path), message="临时文件，下次写入时清除")
    if is_synced(folder):
        advice = "同步软件可能把旧文件盖回来；请移到普通文件夹，用 assist backup 留副本"
        yield Problem(level=WARNING, file=str(folder), message="数据文件夹放在同步文件夹里", advice=advice)
    if is_network(folder):
        advice = "多人同时写入时，能否互相等待取决于网络盘；索引放在本机缓存里"
        yield Problem(level=WARNING, file=str(folder), message="数据文件夹放在网络盘上", advice=advice)
