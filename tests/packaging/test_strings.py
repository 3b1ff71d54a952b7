"""Every text a person may read is found, and translated."""

import re
from collections import Counter

import pytest
import translate
from PySide6.QtCore import QTranslator
from steps.strings import all_texts, texts_of

FILES = sorted(translate.FOLDER.glob("slipstream_*.ts"))
HOLE = re.compile(r"\{\w*\}")


def found(source: str) -> list[tuple[str, str]]:
    texts, problems = texts_of("module.py", source)
    assert problems == []
    return [(text.context, text.source) for text in texts]


def test_each_way_of_asking_is_found_with_its_context():
    assert found("class A:\n    def f(self):\n        return self.tr('one')") == [("A", "one")]
    own = "def tr(text):\n    return QCoreApplication.translate('Own', text)\n"
    assert found(own + "x = tr('two' ' and more')") == [("Own", "two and more")]
    assert found("QCoreApplication.translate('Named', 'three')") == [("Named", "three")]
    assert found("translate = Q.translate\ntranslate('Named', 'a' if x else 'b')") == [
        ("Named", "a"),
        ("Named", "b"),
    ]
    assert found("painter.translate(point)\ntext.translate(table)") == []


def test_a_borrowed_tr_keeps_the_context_of_its_module():
    source = "from slipstream.bridge.lender import tr\ntr('four')"
    texts, problems = texts_of("m.py", source, {"bridge/lender.py": "Lent"})
    assert problems == []
    assert [(text.context, text.source) for text in texts] == [("Lent", "four")]


def test_data_that_is_translated_where_it_is_shown_is_found():
    field = "theme = option('system', 'Theme', 'Follow it', choices=('system', 'dark'))"
    assert found(field) == [(("Settings"), text) for text in ("Theme", "Follow it", "System", "Dark")]
    captions = "a = option(1, 'Label', choices=('x',), captions={'x': 'In words'})"
    assert found(captions) == [("Settings", "Label"), ("Settings", "In words")]
    assert found("SECTIONS = {'One': (), 'Two': ()}") == [("Settings", "One"), ("Settings", "Two")]


def test_what_could_not_be_translated_is_told():
    assert texts_of("m.py", "class A:\n    def f(self):\n        self.tr(f'{x}')")[1]
    assert texts_of("m.py", "tr('no context')")[1]
    assert texts_of("m.py", "class A:\n    def f(self, box):\n        box.tr('whose?')")[1]


def test_nothing_in_the_source_is_out_of_reach():
    texts, problems = all_texts(translate.APP)
    assert problems == []
    assert len(texts) > 400


def test_there_are_translations():
    assert [path.stem for path in FILES] == ["slipstream_de"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_has_a_finished_translation_and_no_other_is_kept(path):
    texts, _ = all_texts(translate.APP)
    wanted = {(text.context, text.source): text.place for text in texts}
    known = translate.read(path)
    missing = [
        f"{place}: {source}"
        for (context, source), place in wanted.items()
        if not known.get((context, source))
    ]
    assert missing == [], "translate these, then run: make translations"
    assert set(known) == set(wanted), "run: make translations"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_translations_keep_the_holes_the_ends_and_the_letters_of_menus(path):
    wrong = []
    for (context, source), text in translate.read(path).items():
        holes = Counter(HOLE.findall(source)) == Counter(HOLE.findall(text))
        dots = source.endswith("…") == text.endswith("…")
        letters = context != "Actions" or source.count("&") == text.count("&")
        if not (holes and dots and letters):
            wrong.append((source, text))
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_the_window_loads_is_made_from_them(path):
    translator = QTranslator()
    assert translator.load(str(path.with_suffix(".qm")))
    for (context, source), text in translate.read(path).items():
        assert translator.translate(context, source) == text
