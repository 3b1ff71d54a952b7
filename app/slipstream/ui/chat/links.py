"""Opening a link from an answer: never without asking, never anything but http and https."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from slipstream.ui.chat.inline import web_link

LONGEST_SHOWN = 300  # characters of an address that are shown


def tr(text: str) -> str:
    return QCoreApplication.translate("Links", text)


def ask_to_open(parent: QWidget, address: str, opened: Callable[[str], None]) -> QMessageBox | None:
    """Ask, and open in the browser when told so; `opened` hears of it. None for an address that never opens."""
    link = web_link(address)
    if not link:
        return None
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("Open link"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Open this address in your browser?"))
    box.setInformativeText(link if len(link) <= LONGEST_SHOWN else link[:LONGEST_SHOWN] + "…")
    yes = box.addButton(tr("Open"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)

    def _on_clicked(button: object) -> None:
        if button is yes and QDesktopServices.openUrl(QUrl(link)):
            opened(link)

    box.buttonClicked.connect(_on_clicked)
    box.open()
    return box
