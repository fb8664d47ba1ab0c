"""One import from reading to report: rows with what was learnt on the way, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistcli.admission.arrivals import FileReader, delivery, is_known, layouts_to_keep, listed_names
from assistcli.admission.enrolment import Terms, enter_rows
from assistcli.admission.rowproposal import row_proposals
from assistcli.book.casebook import Casebook, Page
from assistcli.intake.headers import HeaderProposal
from assistcli.intake.matching import Added, Changed, RowOutcome
from assistcli.intake.reading import Intake
from assistcli.intake.report import ImportReport, build_report
from assistcli.intake.wording import wording_of
from assistcli.progress import announce
from assistcli.provenance import IGNORE, Layout
from assistcli.shellword import shell_word

LONG_MARKING, LONG_WRITING = 1_000, 10_000  # rows that take about a second


class NothingWrittenError(Exception):
    """Leaves the page without keeping anything: a dry run, rows with errors, or nothing new."""


@dataclass(slots=True, kw_only=True)
class FileImport:
    """One import from reading to report."""

    book: Casebook
    terms: Terms
    dry_run: bool
    partial: bool
    reveal: bool = False
    paths: Sequence[Path] = ()
    intakes: Sequence[Intake] = ()
    mapping: dict[str, str] = field(default_factory=dict)
    outcomes: Sequence[RowOutcome] = ()
    layouts: Sequence[Layout] = ()
    written: bool = False
    marked: Path | None = None

    def read(self, paths: Sequence[Path], mapping: dict[str, str], *, asking: bool) -> None:
        """Read the files; headers that nobody knows are asked for, else they stop the import.

        Raises:
            DataRejectedError: a file cannot be read or has a header that nobody knows.
        """
        self.paths, self.mapping = paths, mapping
        layouts = [e for e in self.book.all_events(Layout) if e.pack == self.terms.pack.id]
        while True:
            reader = FileReader(
                pack=self.terms.pack,
                year=self.terms.year,
                mapping=self.mapping,
                folder=self.book.folder,
                layouts=layouts,
            )
            self.intakes = reader.read(paths)
            proposals = [entry for intake in self.intakes for entry in intake.proposals]
            strange = any(intake.strangers for intake in self.intakes)
            if strange or not (asking and proposals):
                break
            self._ask(proposals)
        for intake in self.intakes:
            intake.require_headers()

    def _ask(self, proposals: Sequence[HeaderProposal]) -> None:
        """Ask a person of every unknown header what it is: the field proposed, another one, or none."""
        from assistcli.interview.choosing import chosen_field
        from assistcli.prompts import PersonTerminal, confirm

        wording = wording_of(self.intakes[0].file)
        none = f"不要这一{wording.column}"
        pack = self.terms.pack
        names = [field.name for field in pack.fields.values() if pack.subject in field.of]
        for entry in proposals:
            meant = f"就是「{entry.field}」吗" if entry.field else f"{none}吗"
            named = entry.field or IGNORE
            if not confirm(f"{wording.header}「{entry.header}」没有见过，{meant}？"):
                chosen = chosen_field(PersonTerminal(), names, none)
                named = IGNORE if chosen == none else chosen
            self.mapping[entry.header] = named

    def write(self) -> None:
        """Write the rows with what was learnt, or nothing."""
        terms = self.terms
        try:
            with self.book.writing(f"import {listed_names(self.paths)}", terms.by) as page:
                self._enter(page)
        except NothingWrittenError:
            self.written = False
        if not self.dry_run:
            self.marked = mark_errors(self.paths, self.intakes)

    def _enter(self, page: Page) -> None:
        terms = self.terms
        arrived = [
            delivery(path, intake, self.mapping, terms)
            for path, intake in zip(self.paths, self.intakes, strict=True)
        ]
        known = [is_known(self.book, page, each) for each in arrived]
        self.outcomes = enter_rows(self.intakes, page, terms, known)
        rejected = any(outcome.row.errors for outcome in self.outcomes)
        self.written = any(isinstance(outcome, Added | Changed) for outcome in self.outcomes)
        self.layouts = layouts_to_keep(self.intakes, self.mapping, terms)
        refused = rejected and not (self.partial and self.written)
        if self.dry_run or refused or not (self.written or self.layouts):
            raise NothingWrittenError
        if len(self.outcomes) > LONG_WRITING:
            announce("正在写入……")
        for event in [*self.layouts, *(() if rejected else arrived)]:
            page.put_event(event)

    def report(self) -> ImportReport:
        """What came of it."""
        fields = self.terms.pack.fields.values()
        proposed = row_proposals(self.outcomes, self.terms.pack, self.terms.year)
        return build_report(
            self.intakes,
            self.outcomes,
            fields,
            written=self.written,
            report=self.marked,
            proposals=proposed,
            reveal=self.reveal,
        )

    def changed_cases(self) -> list[str]:
        """Ids of the cases of which the report shows facts."""
        return [outcome.case.id for outcome in self.outcomes if isinstance(outcome, Changed)]

    def undecided_lines(self) -> list[str]:
        """That sources disagree, and how that is settled; nothing if they do not."""
        count = sum(
            change.now is None
            for outcome in self.outcomes
            if isinstance(outcome, Changed)
            for change in outcome.changes
        )
        if not count:
            return []
        return [
            f"有 {count} 处几个来源说法不同，未定之前按「不详」判定；"
            "查看：assist source list；逐项定：assist edit；按规则定：assist source rule"
        ]

    def closing(self, report: ImportReport) -> list[str]:
        """What was written, learnt and marked, and what to do next."""
        lines = self.undecided_lines()
        if self.dry_run:
            return [*lines, f"试运行：没有写入。{self._outlook(report)}"]
        if self.written:
            lines.append("已写入；下一步：assist check 判断资格；撤销整次导入：assist undo")
        else:
            lines.append("没有写入任何数据" if report.rejected else "没有变化，没有写入")
        if self.layouts and not (report.rejected and not self.written):
            lines.append("已记住这种表的表头对应，下次照用；查看、删除：assist layout list")
        if self.marked:
            lines.append(f"有错的行已标红：{self.marked}；改好后：{self._again(self.marked)}")
        return lines

    def _outlook(self, report: ImportReport) -> str:
        """What the import would do in earnest."""
        if report.rejected and not (self.partial and (report.added or report.changed)):
            partly = "，或加 --partial 只写没有错的行" if report.added or report.changed else ""
            return (
                f"有错，去掉 --dry-run 也不会写入：先在原表里改好（去掉 --dry-run 可得到标红的副本）{partly}"
            )
        if report.added or report.changed or self.layouts:
            return "去掉 --dry-run 再运行即写入"
        return "与库里相同，没有要写的"

    def _again(self, marked: Path) -> str:
        """The command that imports the mended file as this one was imported."""
        voice = self.terms.voice
        words = ["assist", "import", str(marked)]
        for header, name in self.mapping.items():
            words += ["--map", f"{header}={name}"]
        words += ["--source", voice.party] if voice.party else []
        words += ["--as-of", f"{voice.stated}"] if voice.stated else []
        return " ".join(map(shell_word, words))


def mark_errors(paths: Sequence[Path], intakes: Sequence[Intake]) -> Path | None:
    """The marked copy of the first file that has errors; every such file gets one."""
    from assistcli.intake.annotate import write_annotated

    marked = []
    for path, intake in zip(paths, intakes, strict=True):
        if intake.errors and intake.tables:  # a Word form is mended in Word
            if len(intake.rows) > LONG_MARKING:
                announce(f"正在把「{path.name}」里有错的格标红……")
            marked.append(write_annotated(path, intake, intake.errors))
    return marked[0] if marked else None
