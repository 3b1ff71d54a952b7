#!/usr/bin/env python3
"""Bring the translations up to the source, and make from them what the window loads.

    .venv/bin/python packaging/translate.py        (or: make translations)

Each `resources/translations/slipstream_<code>.ts` gets the texts that are new, loses those that are gone, and keeps
what is translated; `lrelease`, which comes with PySide6, makes the `.qm` beside it. Texts without a translation are
listed, and the exit status is 1: write them into the `.ts`, with an editor or `pyside6-linguist`, and run it again.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

from steps.strings import Text, all_texts

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app" / "slipstream"
FOLDER = ROOT / "resources" / "translations"

Translations = dict[tuple[str, str], str]  # (context, source) → translation, "" where there is none


def read(path: Path) -> Translations:
    """What a `.ts` file holds."""
    found: Translations = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") is None
            found[name, message.findtext("source") or ""] = (translation.text or "") if done else ""
    return found


def write(path: Path, language: str, texts: list[Text], known: Translations) -> None:
    """The texts in their contexts, with what is known of their translations."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name in sorted({text.context for text in texts}):
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = name
        for text in texts:
            if text.context == name:
                message = ElementTree.SubElement(context, "message")
                ElementTree.SubElement(message, "source").text = text.source
                translation = ElementTree.SubElement(message, "translation")
                translation.text = known.get((name, text.source)) or None
                if translation.text is None:
                    translation.set("type", "unfinished")
    ElementTree.indent(root, " " * 4)
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_bytes(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n'.encode())


def release(path: Path) -> None:
    """Make the `.qm` of a `.ts`. Raises OSError or CalledProcessError."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        raise OSError("PySide6 is not installed here; use .venv/bin/python")
    program = Path(spec.origin).with_name("lrelease.exe" if sys.platform == "win32" else "lrelease")
    target = path.with_suffix(".qm")
    subprocess.run([str(program), "-silent", str(path), "-qm", str(target)], check=True)


def main() -> int:
    texts, problems = all_texts(APP)
    for problem in problems:
        print(problem, file=sys.stderr)
    missing = 0
    for path in sorted(FOLDER.glob("slipstream_*.ts")):
        known = read(path)
        write(path, path.stem.partition("_")[2], texts, known)
        release(path)
        for text in texts:
            if not known.get((text.context, text.source)):
                missing += 1
                print(f"{path.name}: {text.place}: {text.context}: {text.source!r}")
        print(f"{path.name}: {len(texts)} texts")
    return 1 if missing or problems else 0


if __name__ == "__main__":
    sys.exit(main())
