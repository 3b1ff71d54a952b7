"""The language of the window: which one is meant, its texts, and numbers as it writes them.

English is what the source says; every other language is a file `slipstream_<code>.qm` in
`resources/translations`, made by `packaging/translate.py`. Qt's own words come with Qt, and turn the layout
around where the language runs from right to left.
"""

import logging

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from slipstream.core.paths import resources_dir

log = logging.getLogger(__name__)
SOURCE = "en"
TRANSLATIONS = ("de",)


def meant(setting: str, system: QLocale) -> QLocale:
    """The locale for `Settings.language`: the system's own where it is of the language that is spoken."""
    wanted = [setting] if setting != "system" else [code.partition("-")[0] for code in system.uiLanguages()]
    code = next((code for code in wanted if code in (SOURCE, *TRANSLATIONS)), SOURCE)
    return system if QLocale(code).language() == system.language() else QLocale(code)


class Language:
    """What an application speaks; it keeps the translators alive."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._system = QLocale.system()
        self._translators: list[QTranslator] = []

    def speak(self, setting: str) -> None:
        """Speak a language from now on; what was written before stays as it is.

        `setting`: as in `Settings.language`. A translation that is missing leaves English, and a line in the log.
        """
        self.fall_silent()
        locale = meant(setting, self._system)
        QLocale.setDefault(locale)
        code = locale.name().partition("_")[0]
        if code != SOURCE:
            qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            for name, folder in ((f"qtbase_{code}", qt), (f"slipstream_{code}", _folder())):
                self._add(name, folder)

    def _add(self, name: str, folder: str) -> None:
        translator = QTranslator()
        if not translator.load(name, folder):
            log.warning("no translation %s in %s", name, folder)
            return
        self._app.installTranslator(translator)
        self._translators.append(translator)

    def fall_silent(self) -> None:
        """Speak English again."""
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators.clear()
        QLocale.setDefault(meant(SOURCE, self._system))


def _folder() -> str:
    return str(resources_dir() / "translations")
