"""The Models window in German, with real models, verdicts and errors: no English is left in what a person reads."""

import re
from dataclasses import replace

import pytest
from gguf_writer import U16, pair, tiny_model
from hub_server import Mode, Repo
from model_shelf import BIG_FILE, SMALL, SMALL_FILE, big, catalog, listed, small
from models_desk import open_models
from pair_files import data
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from slipstream.bridge.downloads import DownloadState
from slipstream.bridge.model_messages import Role
from slipstream.core.paths import resources_dir
from slipstream.models.catalog import CatalogPair, Source, load_catalog
from slipstream.models.download_purpose import Purpose
from slipstream.models.hub import Hub
from slipstream.models.hub_files import find_variant
from slipstream.ui.language import Language
from slipstream.ui.models.rows import RowList
from slipstream.ui.models.window import Page

# Words that no German sentence has, and no name here.
ENGLISH = re.compile(
    r"\b(the|is|it|its|of|and|not|no|are|has|have|with|from|for|there|this|that|than|cannot|can|be|been|to|by"
    r"|which|who|what|when|free|needs?|layers|weights|bytes|file|files|missing|damaged|truncated|draft for)\b",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"“[^”]*”|'[^']*'|\S*/\S*|\S+\.(?:gguf|md)|\S+-of-\S+|b'[^']*'|`[^`]*`|HF_\w+|Hugging Face cache"
)
SPOKEN = (QLabel, QAbstractButton)


@pytest.fixture(autouse=True)
def _no_models_of_this_machine(clean_hub: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLIPSTREAM_MODELS", "OLLAMA_MODELS", "LLAMA_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def german(qapp):
    language = Language(qapp)
    language.speak("de")
    yield language
    language.fall_silent()


def said(window: QWidget) -> set[str]:
    """All that a person can read or hear in the window, what is out of sight included."""
    texts: set[str] = set()
    for widget in (window, *window.findChildren(QWidget)):
        texts |= {widget.toolTip(), widget.accessibleName(), widget.windowTitle()}
        if isinstance(widget, SPOKEN):
            texts.add(widget.text())
        if isinstance(widget, QLineEdit):
            texts.add(widget.placeholderText())
        if isinstance(widget, QComboBox):
            texts |= {widget.itemText(i) for i in range(widget.count())}
        if isinstance(widget, RowList):
            read, rows = widget.itemDelegate()._read, widget.model()
            texts |= {read(rows.index(i, 0)).spoken for i in range(rows.rowCount())}
    return {text for text in texts if text}


def english(window: QWidget) -> list[str]:
    return sorted(text for text in said(window) if ENGLISH.search(NAMES.sub(" ", text)))


def spoilt() -> dict[str, bytes]:
    """Files of which every one is refused for another reason."""
    whole = tiny_model()
    kinds = ("clip", "bert", "dream", "t5")
    return {
        "page.gguf": b"<!doctype html><html>",
        "empty.gguf": b"",
        "cut.gguf": whole[:200],
        "short.gguf": whole[:-1],
        "old.gguf": b"lmgg" + whole,
        "part-00001-of-00003.gguf": tiny_model(pair("split.count", U16, 3)),
        **{f"{kind}.gguf": data(64, architecture=kind) for kind in kinds},
    }


def test_the_library_with_every_kind_of_verdict(german, qtbot, tmp_path, themes):
    bundled = load_catalog(resources_dir())
    pairs = tuple(
        CatalogPair("big", "small", pair.standing, pair.note, pair.source) for pair in bundled.pairs
    )
    known = replace(catalog(*pairs, models=(listed("big"), listed("small"))), sources=bundled.sources)
    with open_models(qtbot, tmp_path, themes, "Big", "Small", "Foreign", known=known) as hands:
        for name, content in spoilt().items():
            (tmp_path / "mine" / name).write_bytes(content)
        (tmp_path / "mine" / "gone.gguf").symlink_to(tmp_path / "nowhere.gguf")
        hands.open()
        drafts = hands.window.library.details.drafts
        for model in hands.session.models.library.contents.models:
            hands.window.library.choose(model.path)
            hands.wait(lambda: "…" not in drafts.note.text() or not drafts.isVisible())
            assert english(hands.window) == []
        hands.choose("Big-F16.gguf")
        hands.click(drafts.unfold)
        assert english(hands.window) == []
        words = "\n".join(card.words for card in drafts.hub)
        assert all(pair.note not in words for pair in bundled.pairs if pair.standing != "refused")


@pytest.mark.parametrize(
    "mode",
    [
        Mode(status=503),
        Mode(status=429, headers={"Retry-After": "100"}),
        Mode(status=429),
        Mode(status=404),
        Mode(status=401),
        Mode(status=401, error_message="Invalid credentials in Authorization header"),
        Mode(status=403, error_message="nein"),
        Mode(status=418, error_message="nein"),
        Mode(html=True),
        Mode(api_body=b"[{]"),
    ],
    ids=("503", "429-wait", "429", "404", "401", "token", "403", "418", "page", "nonsense"),
)
def test_the_hub_in_trouble(german, qtbot, tmp_path, themes, mode):
    with open_models(qtbot, tmp_path, themes) as hands:
        hands.open(Page.HUB)
        hands.server.mode = mode
        hands.search("big")
        assert hands.session.models.browser.search_error is not None
        assert english(hands.window) == []


def test_the_hub_at_work(german, qtbot, tmp_path, themes):
    gated = Repo("acme/Gated-GGUF", {"Gated-F16.gguf": small()}, fields={"gated": "auto"})
    parts = {f"Parts-0000{i}-of-00003.gguf": small() for i in (1, 3)}
    hub = (
        Repo("acme/Big-GGUF", {BIG_FILE: big(), "Big-Q4_K_M.gguf": data(3200)}),
        Repo(
            SMALL, {SMALL_FILE: small(), "mmproj-Small-F16.gguf": small(64), **parts, "bad.gguf": b"<html>"}
        ),
        gated,
    )
    with open_models(qtbot, tmp_path, themes, "Big", hub=hub) as hands:
        hands.open(Page.HUB)
        assert english(hands.window) == []
        hands.search("nothing like it")
        assert english(hands.window) == []
        hands.search("gguf")
        hands.desk.desk.load(hands.places["Big"])
        hands.open_repository("Small-GGUF")
        assert english(hands.window) == []
        browser = hands.session.models.browser
        browser.choose(find_variant(browser.repository.variants, SMALL_FILE))
        hands.window.hub.panel.judge.choose(Role.DRAFT)
        hands.wait(lambda: any(verdict.verdict for verdict in browser.verdicts.values()))
        assert english(hands.window) == []
        for variant in browser.repository.variants:
            browser.choose(variant)
            hands.wait(lambda: not browser.inspecting)
            assert english(hands.window) == []
        hands.server.mode = Mode(status=403, error_code="GatedRepo", files_only=True)
        hands.open_repository("Gated-GGUF")
        assert browser.read_errors
        assert english(hands.window) == []


@pytest.mark.parametrize(
    "mode",
    [
        Mode(corrupt_at=3000),
        Mode(status=503, files_only=True),
        Mode(status=404, files_only=True),
        Mode(status=403, error_message="nein", files_only=True),
        Mode(compress=True),
        Mode(html=True, files_only=True),
        Mode(rate=20_000),
        Mode(stall_after=2000),
    ],
    ids=("corrupt", "503", "404", "403", "compressed", "page", "slow", "stalled"),
)
def test_downloads_and_what_holds_them_up(german, qtbot, tmp_path, themes, mode):
    with open_models(qtbot, tmp_path, themes, "Big") as hands:
        hands.open(Page.DOWNLOADS)
        assert english(hands.window) == []
        repository = Hub(hands.server.endpoint).repository(SMALL)
        hands.server.mode = mode
        models = hands.session.models
        id = models.download(
            repository, find_variant(repository.variants, SMALL_FILE), Purpose(hands.places["Big"])
        )
        hands.wait(lambda: models.downloads.row(id).progress is not None or models.downloads.row(id).error)
        assert english(hands.window) == []
        if not mode.rate and not mode.stall_after:
            hands.wait(lambda: models.downloads.row(id).state is DownloadState.FAILED)
        assert english(hands.window) == []
        models.downloads.pause(id)
        assert english(hands.window) == []


def test_sources_of_the_bundled_list_are_german_too(german):
    """What no pair of this test's models shows."""
    from slipstream.bridge.told import told  # noqa: PLC0415  (once German is spoken)

    for source in load_catalog(resources_dir()).sources:
        assert isinstance(source, Source)
        assert told(source.title) != source.title


def test_english_is_found_where_there_is_some(qtbot, tmp_path, themes):
    with open_models(qtbot, tmp_path, themes, "Big", "Foreign") as hands:
        hands.open()
        assert len(english(hands.window)) > 10
