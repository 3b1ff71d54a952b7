"""Progress on a terminal: one line of stderr that overwrites itself; nothing where stderr is no terminal."""

from typing import TextIO

_CLEAR = "\r\x1b[K"


class Progress:
    def __init__(self, stream: TextIO, *, quiet: bool) -> None:
        self._stream = stream
        self._quiet = quiet
        self._live = stream.isatty() and not quiet
        self._shown = ""

    def show(self, text: str) -> None:
        """Replace the line."""
        if self._live and text != self._shown:
            self._stream.write(f"{_CLEAR}{text}")
            self._stream.flush()
            self._shown = text

    def clear(self) -> None:
        """Take the line away, before something is printed."""
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._shown = ""

    def line(self, text: str) -> None:
        """A line that stays."""
        self.clear()
        if not self._quiet:
            self._stream.write(text + "\n")
            self._stream.flush()
