"""A table as a file: in Word laid out as the annex of the notice where there is one, else as a plain grid."""

from collections.abc import Sequence
from pathlib import Path

from assistcli.census.survey import Survey
from assistcli.paper.formdesk import WORD, table_batch, write_forms
from assistcli.paper.order import PLAIN_ORDER
from assistcli.paper.photos import open_album
from assistcli.paper.stationery import has_template, load_form
from assistcli.paper.tabledoc import save_table
from assistcli.policy.rules import FormRule
from assistcli.reports.statistics import StatisticsTable


def save_report(table: StatisticsTable, rule: FormRule, surveys: Sequence[Survey], path: Path) -> Path:
    """Save *table*, made by *rule* over *surveys*, as *path* says by its ending; returns the whole path.

    Tables of several days side by side and tables without a row have no annex to stand in.

    Raises:
        UsageError: another ending than .docx or .xlsx.
    """
    over = surveys[0]
    laid_out = rule in over.pack.forms and has_template(over.book.folder, over.pack.id, rule)
    if path.suffix.lower() != WORD or not laid_out or len(surveys) > 1 or not table.rows:
        return save_table(table.title, table.columns, table.rows, table.notes, path, table.charts)
    template = load_form(over.book, over.pack, rule)
    album = open_album(template, over.book.folder, "")
    batch = table_batch(rule, over, table, PLAIN_ORDER)
    (written,) = write_forms(rule, batch, path, one_file=True, template=template, album=album)
    return written
