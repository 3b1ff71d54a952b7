"""What is asked of the store's thread about reports of what was measured, and what comes back: frozen records.

Part of `library_messages`, where the unions are.
"""

from dataclasses import dataclass

from slipstream.core.reports import Report, ReportForm, Written


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Write a report; one export or import at a time."""

    report: Report


@dataclass(frozen=True, slots=True)
class ReportExported:
    written: Written
    form: ReportForm
