"""What a thorough measurement of the pair came to, in words."""

from PySide6.QtCore import QCoreApplication, QLocale

from slipstream.bridge.notices import Level, Notice
from slipstream.core.tuning import TuneReport

TOPIC = "measured"


def tr(text: str) -> str:
    return QCoreApplication.translate("Measured", text)


def measured_notice(report: TuneReport) -> Notice:
    """Only what is known: what drafting costs, not how much of it will be kept."""
    best = report.best_if_kept
    if best:
        text = tr(
            "Measured: at best {0}× as fast, if all of {1} drafted tokens are kept; drafting {1} pays from τ {2}."
        )
        times, tau = f"{report.speedup_if_kept(best):.2f}", f"{report.needs_tau(best):.1f}"
        point = QLocale().decimalPoint()
        text = text.format(times.replace(".", point), best, tau.replace(".", point))
    else:
        text = tr("Measured: drafting does not pay here, even if every token is kept.")
    hint = tr("The automatic length goes by what was measured.")
    if report.draft_threads is not None:
        threads = report.draft_threads
        words = tr("The draft runs on one thread.") if threads == 1 else tr("The draft runs on {0} threads.")
        hint = f"{hint} {words.format(threads)}"
    return Notice(Level.INFO, text, hint, topic=TOPIC)
