"""The dialog that asks for a folder with models."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def folder_dialog(parent: QWidget) -> QFileDialog:
    """Not open yet; deletes itself when it is closed. `fileSelected(str)` names the folder."""
    dialog = QFileDialog(parent, QCoreApplication.translate("FolderDialog", "Add a folder with models"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
