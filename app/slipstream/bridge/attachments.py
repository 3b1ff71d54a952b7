"""Text files that go with a message: read with care, written into the message as fenced blocks.

What is attached becomes part of what the person says, so the model's template, the store and every export have it
without knowing of files. Knows no widgets.
"""

import re
import stat
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from slipstream.core.errors import AppError

MOST_BYTES = 4 << 20  # more than any context holds
LOOKED_AT = 8192  # bytes searched for what no text has
_BACKTICKS = re.compile(r"`{3,}")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def tr(text: str) -> str:
    return QCoreApplication.translate("Attachments", text)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's text, or a long text that was pasted: that has no name."""

    text: str
    name: str = ""
    size: int = 0  # bytes of the file

    @property
    def message(self) -> str:
        """As it stands in the message."""
        if not self.name:
            return self.text
        longest = max((len(mark) for mark in _BACKTICKS.findall(self.text)), default=2)
        fence = "`" * (longest + 1)
        language = Path(self.name).suffix.removeprefix(".").lower()
        break_ = "" if self.text.endswith("\n") else "\n"
        return f"{self.name}\n{fence}{language}\n{self.text}{break_}{fence}"


def read_attachment(path: Path) -> Attachment:
    """A text file as an attachment. Raises AppError for what is no text, is too large or cannot be read."""
    name = path.name.encode("utf-8", "replace").decode()
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for, a device has no end
            raise AppError(
                tr("{0} is not a file with text in it.").format(name),
                tr("Folders and devices cannot be attached; choose a file."),
            )
        if size > MOST_BYTES:
            raise AppError(
                tr("{0} is too large to attach: {1} MB.").format(name, round(size / 1e6, 1)),
                tr("Files of up to {0} MB can be attached; take the part that matters.").format(
                    MOST_BYTES >> 20
                ),
            )
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)[:MOST_BYTES]  # one that grows meanwhile, too
    except (OSError, ValueError) as error:
        raise AppError(
            tr("{0} could not be read: {1}").format(name, getattr(error, "strerror", None) or error),
            tr("Check the file."),
        ) from error
    if not data.strip():
        raise AppError(tr("{0} is empty.").format(name))
    encoding = next((code for mark, code in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        if encoding != "utf-16" and b"\0" in data[:LOOKED_AT]:
            raise UnicodeError
        text = data.decode(encoding)
    except UnicodeError as error:
        raise AppError(
            tr("{0} is not a text file.").format(name),
            tr("Text and code can be attached, as UTF-8; pictures and documents cannot."),
        ) from error
    return Attachment(text.replace("\r\n", "\n"), name, size)
