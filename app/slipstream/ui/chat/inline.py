"""Writes inline Markdown into a text document: emphasis, code, links, formulas.

Pictures are named, never loaded; links other than http and https stay plain text.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it.token import Token
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from slipstream.core.formulas import Formula
from slipstream.ui.chat.documents import LINE_BREAK
from slipstream.ui.chat.formula_text import write_formula, write_source
from slipstream.ui.chat.look import Look
from slipstream.ui.chat.markdown import PARSER
from slipstream.ui.chat.maths import unclosed

ISOLATE, END_ISOLATE = (
    "\u2066",
    "\u2069",
)  # around code in text that runs from the right: "f(x)" stays in order
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BARE_URL = re.compile(r"https?://[^\s<>\"'`\\]*[^\s<>\"'`\\.,;:!?)\]}*_]")
_UNSHOWN = re.compile("[\ud800-\udfff\0\ufffc]")
_MARKS = "*_`[]!<&\\~$\n"  # what inline Markdown is made of
_MARKUP = re.compile("[" + re.escape(_MARKS) + "]|://")
_CLOSED_BY_TEXT = (("[", ")"), ("<", ">"), ("&", ";"))  # links, line breaks, entities


def web_link(address: str) -> str:
    """The address when it is one that may be opened (http or https, with a host), else ""."""
    url = QUrl(address.strip(), QUrl.ParsingMode.StrictMode)
    fine = url.isValid() and url.scheme().lower() in ("http", "https") and url.host()
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if fine else ""


def displayable(text: str) -> str:
    """Text that Qt can take: no lone surrogates, no NUL, none of its own marks for objects."""
    return _UNSHOWN.sub("\ufffd", text)


def heal(source: str) -> str:
    """Close what is still open at the end of a paragraph that is being written, so that it does not flicker."""
    if source.count("`") % 2:
        return source + "`"
    if source.count("**") % 2:
        return source[:-2] if source.endswith("**") else source.rstrip() + "**"
    return source


def is_plain(source: str) -> bool:
    """Whether it surely reads as it is written."""
    return _MARKUP.search(source) is None


def is_whole(source: str) -> bool:
    """Whether nothing is open at the end of a paragraph: it reads the same while it is written and afterwards."""
    return heal(source) == source and unclosed(source) == len(source)


def reads_on(before: str, added: str) -> bool:
    """Whether words that come behind a paragraph are surely plain ones, and leave what is there as it reads."""
    if (
        not is_plain(added) or not is_whole(before) or before[-1:] in _MARKS + ")"
    ):  # a formula takes what follows it
        return False
    if any(closer in added and opener in before for opener, closer in _CLOSED_BY_TEXT):
        return False
    last_word = before[before.rfind(" ") + 1 :]  # an address may go on
    return "://" not in last_word + added


class InlineWriter:
    """Writes in the type and colours of one look. `waiting` are the formulas whose drawings are still to come."""

    def __init__(self, look: Look, references: Mapping[str, Any] | None = None, *, rtl: bool = False) -> None:
        """`references`: definitions of links, by label. `rtl`: the paragraph runs from right to left."""
        self.waiting: set[Formula] = set()
        self._look = look
        self._references = references or {}
        self._rtl = rtl
        self._code = QTextCharFormat()
        self._code.setFont(look.mono)
        self._code.setForeground(QColor(look.text))
        self._code.setBackground(QColor(look.theme.hover))

    def base(self, font: QFont | None = None) -> QTextCharFormat:
        """Plain running text."""
        form = QTextCharFormat()
        form.setFont(font or self._look.body)
        form.setForeground(QColor(self._look.text))
        return form

    def write(self, cursor: QTextCursor, source: str, base: QTextCharFormat) -> None:
        """Parse `source` and insert it at `cursor`."""
        source = displayable(source)
        if is_plain(source):
            cursor.insertText(source, base)
            return
        tokens: list[Token] = []
        PARSER.inline.parse(source, PARSER, {"references": self._references}, tokens)
        self._write_tokens(cursor, tokens, base)

    def write_source(self, cursor: QTextCursor, source: str, base: QTextCharFormat) -> None:
        """Insert LaTeX that is not a whole formula yet, as it is."""
        write_source(cursor, displayable(source), base, self._look)

    def _write_tokens(self, cursor: QTextCursor, tokens: Sequence[Token], base: QTextCharFormat) -> None:
        forms = [base]
        in_link = taken = 0
        for number, token in enumerate(tokens):
            match token.type:
                case "text" | "text_special" | "html_inline":
                    self._text(cursor, token.content[taken:], forms[-1], linked=bool(in_link))
                    taken = 0
                case "softbreak" | "hardbreak":
                    cursor.insertText(LINE_BREAK, forms[-1])
                case "code_inline":
                    code = ISOLATE + token.content + END_ISOLATE if self._rtl else token.content
                    cursor.insertText(code, self._code_like(forms[-1]))
                case "math":
                    after = tokens[number + 1] if number + 1 < len(tokens) else None
                    following = after.content if after is not None and after.type == "text" else ""
                    taken = self._maths(cursor, token.content, forms[-1], following)
                case "strong_open" | "em_open" | "s_open" | "link_open":
                    in_link += token.type == "link_open"
                    forms.append(self._opened(token, forms[-1]))
                case "strong_close" | "em_close" | "s_close" | "link_close":
                    in_link -= token.type == "link_close"
                    forms.pop()
                case "image":
                    self._picture(cursor, token, forms[-1])

    def _opened(self, token: Token, outer: QTextCharFormat) -> QTextCharFormat:
        form = QTextCharFormat(outer)
        match token.type:
            case "strong_open":
                form.setFontWeight(QFont.Weight.DemiBold)
            case "em_open":
                form.setFontItalic(True)
            case "s_open":
                form.setFontStrikeOut(True)
            case "link_open":
                if address := web_link(str(token.attrs.get("href", ""))):
                    self._make_link(form, address)
        return form

    def _make_link(self, form: QTextCharFormat, address: str) -> None:
        form.setAnchor(True)
        form.setAnchorHref(address)
        form.setForeground(QColor(self._look.theme.accent))
        form.setFontUnderline(True)

    def _code_like(self, outer: QTextCharFormat) -> QTextCharFormat:
        form = QTextCharFormat(self._code)
        if outer.isAnchor():
            self._make_link(form, outer.anchorHref())
        if outer.fontWeight() > QFont.Weight.Normal:
            form.setFontWeight(QFont.Weight.DemiBold)
        return form

    def _text(self, cursor: QTextCursor, text: str, form: QTextCharFormat, *, linked: bool) -> None:
        text = _BREAK_TAG.sub(LINE_BREAK, displayable(text))  # an entity may be anything
        end = 0
        for match in () if linked else _BARE_URL.finditer(text):
            if address := web_link(match[0]):
                cursor.insertText(text[end : match.start()], form)
                link = QTextCharFormat(form)
                self._make_link(link, address)
                cursor.insertText(match[0], link)
                end = match.end()
        cursor.insertText(text[end:], form)

    def _maths(self, cursor: QTextCursor, source: str, outer: QTextCharFormat, following: str) -> int:
        """Returns how many characters of what follows were written with it."""
        written = write_formula(cursor, source, outer, self._look, following)
        if written.waiting is not None:
            self.waiting.add(written.waiting)
        return written.taken

    def _picture(self, cursor: QTextCursor, token: Token, outer: QTextCharFormat) -> None:
        form = QTextCharFormat(outer)
        form.setForeground(QColor(self._look.theme.muted))
        form.setFontItalic(True)
        name = token.content or str(token.attrs.get("src", ""))
        label = QCoreApplication.translate("InlineWriter", "[picture not loaded: {name}]")
        cursor.insertText(label.format(name=name), form)
