"""A report of what was measured, from the window: in its language, with a notice of where it is."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from slipstream.bridge.notices import Level, Notice, Remedy
from slipstream.bridge.report_messages import ExportReport, ReportExported
from slipstream.core.reports import Report, ReportForm, Scope, Speech
from slipstream.core.reports.writing import DrawPng
from slipstream.core.text import clean_text

TOLD_SECONDS = 20


def tr(text: str) -> str:
    return QCoreApplication.translate("Reports", text)


def window_speech() -> Speech:
    """As the window speaks now."""
    locale = QLocale()
    code = locale.name().partition("_")[0]
    return Speech(QCoreApplication.translate, locale.decimalPoint(), "en" if code == "C" else code)


def report_request(
    scope: Scope, form: ReportForm, path: Path, *, about: str, is_dark: bool, draw_png: DrawPng
) -> ExportReport:
    """`about`: what the page is headed with. `draw_png` is called on the store's thread."""
    return ExportReport(Report(scope, form, path, window_speech(), about, is_dark, draw_png))


def written_notice(reply: ReportExported, topic: str) -> Notice:
    """Where it is now, with a button that opens it."""
    where = clean_text(str(reply.written.path))  # a name need not be text
    text = {
        ReportForm.PAGE: tr("The report was written to {0}."),
        ReportForm.SVG: tr("The pictures were written to {0}."),
        ReportForm.PNG: tr("The pictures were written to {0}."),
    }.get(reply.form, tr("The statistics were written to {0}."))
    hint = "" if not reply.written.is_empty else tr("Nothing was measured there yet, so it is empty.")
    return Notice(Level.INFO, text.format(where), hint, (Remedy.OPEN_FILE,), topic, TOLD_SECONDS)
