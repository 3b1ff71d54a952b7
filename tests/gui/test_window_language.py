"""The window in German: which language is meant, its words, its numbers; it asks for nothing unknown."""

from pathlib import Path

import pytest
import translate
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QPushButton
from window_desk import open_window

from slipstream.bridge.notices import error_notice
from slipstream.bridge.told import told
from slipstream.core.errors import PromptError
from slipstream.core.paths import resources_dir
from slipstream.core.settings import Settings
from slipstream.ui.dashboard import figures
from slipstream.ui.language import Language, meant
from slipstream.ui.numbers import grouped

GERMAN = resources_dir() / "translations" / "slipstream_de.ts"


@pytest.fixture
def german(qapp):
    language = Language(qapp)
    language.speak("de")
    yield language
    language.fall_silent()


@pytest.fixture
def desk(german, qtbot, tmp_path, themes):
    with open_window(qtbot, tmp_path, themes) as desk:
        yield desk


@pytest.mark.parametrize(
    ("setting", "system", "locale"),
    [
        ("system", "de_AT", "de_AT"),
        ("system", "en_GB", "en_GB"),
        ("system", "fr_FR", "en_US"),
        ("system", "C", "en_US"),
        ("de", "en_GB", "de_DE"),
        ("en", "de_DE", "en_US"),
        ("de", "de_CH", "de_CH"),
    ],
)
def test_which_language_is_meant(setting, system, locale):
    assert meant(setting, QLocale(system)).name() == locale


def test_every_choice_of_the_setting_can_be_spoken():
    spec = next(spec for spec in Settings.__dataclass_fields__.values() if spec.name == "language")
    files = {path.stem.partition("_")[2] for path in (resources_dir() / "translations").glob("*.qm")}
    assert set(spec.metadata["choices"]) == {"system", "en", *files}


def test_the_window_speaks_german(desk):
    acts = desk.window.acts
    assert acts.new.text() == "&Neues Gespräch"
    assert desk.window.keyboard.sections()[0].title == "Datei"
    assert desk.field.placeholderText() == "Nachricht schreiben"
    assert desk.window.status_line.status().models.startswith("Model-A (auf der CPU, 30 Schichten)")
    desk.say("Hallo")
    acts.settings.trigger()
    dialog = desk.window.commands.dialog
    assert dialog.windowTitle() == "Einstellungen"
    buttons = dialog.findChild(QDialogButtonBox)
    assert (
        buttons.button(QDialogButtonBox.StandardButton.Close).text().replace("&", "") == "Schließen"
    )  # Qt's
    assert "Dunkel" in [button.text() for button in dialog.findChildren(QPushButton)]
    dialog.reject()
    acts.parameters.trigger()
    dialog = desk.window.commands.dialog
    assert dialog.controls["temperature"].widget.text() == "0,60"
    dialog.reject()


def test_shortcuts_are_written_as_on_german_keyboards(desk):
    assert desk.window.acts.new.toolTip() == "Neues Gespräch (Strg+N)"


def test_numbers_are_written_in_german(german):
    assert figures.rate(24.13) == "24,1"
    assert figures.factor(1.5) == "1,50×"
    assert figures.percent(0.123, 1) == "12,3\N{NO-BREAK SPACE}%"
    assert grouped(1234567) == "1.234.567"


def test_what_the_engine_says_is_german_too(german):
    error = PromptError("The prompt has 812 tokens, the context holds 512", "Take another model")
    notice = error_notice(error)
    assert told(notice.message) == "Die Eingabe hat 812 Token, der Kontext fasst 512"
    assert told(notice.hint) == "Nimm ein anderes Modell"
    assert (
        told("x.gguf: not a GGUF file: it is a web page") == "x.gguf: keine GGUF-Datei: es ist eine Webseite"
    )
    both = "Settings out of range were reset: zoom. Your presets could not be read; the old file is p.damaged"
    assert told(both) == (
        "Unmögliche Einstellungen wurden zurückgesetzt: zoom. Deine Vorlagen ließen sich nicht lesen; "
        "die alte Datei ist p.damaged"
    )
    assert told("no sentence of ours") == "no sentence of ours"


def test_english_is_back_after(qapp):
    language = Language(qapp)
    language.speak("de")
    language.fall_silent()
    assert told("Restart it") == "Restart it"
    assert figures.rate(24.13) == "24.1"


def test_a_missing_translation_leaves_english_and_a_line_in_the_log(qapp, caplog, monkeypatch, tmp_path):
    monkeypatch.setattr("slipstream.ui.language.resources_dir", lambda: tmp_path)
    language = Language(qapp)
    language.speak("de")
    try:
        assert told("Restart it") == "Restart it"
        assert "no translation slipstream_de" in caplog.text
    finally:
        language.fall_silent()


class Listener(QTranslator):
    """Hears which texts are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def translate(self, context, text, disambiguation=None, n=-1):
        self.asked.add((context, text))
        return text


def test_all_that_the_window_asks_for_is_in_the_file(qapp, qtbot, tmp_path, themes):
    """Were the extraction to miss a text, or to give it another context than Qt looks for, it would show here."""
    known = translate.read(Path(GERMAN))
    contexts = {context for context, _ in known}
    listener = Listener()
    qapp.installTranslator(listener)
    try:
        with open_window(qtbot, tmp_path, themes) as desk:
            desk.engine.thinking = ["Let", "me", "think."]
            desk.say("What is a slipstream?")
            desk.session.choose_draft("ngram")
            desk.say("Again")
            for action in ("settings", "shortcuts"):
                getattr(desk.window.acts, action).trigger()
                desk.window.commands.dialog.reject()
            desk.window.acts.palette.trigger()
            desk.window.keyboard.palette.close_up()
            desk.window.acts.measure.trigger()
            desk.wait(lambda: bool(desk.banners))
    finally:
        qapp.removeTranslator(listener)
    heard = {(context, text) for context, text in listener.asked if context in contexts}
    texts = {text for _, text in known}
    assert len(heard) > 150
    assert sorted(text for _, text in heard if text not in texts) == []
    ours = {text for _, text in heard}
    lost = [
        text
        for text in sorted(ours)
        if not any((context, text) in known for context, t in heard if t == text)
    ]
    assert lost == []
