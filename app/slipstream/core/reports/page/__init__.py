"""The report as one HTML page that stands on its own: no script, no font, no picture from anywhere else.

`writer.py` puts it together, `overview.py` is what all answers come to, `run_section.py` one answer, `settings.py`
and `figures.py` its tables, `definitions.py` what the figures mean, `style.py` how it looks.
"""

from slipstream.core.reports.page.writer import PageReport

__all__ = ["PageReport"]
