"""The command `slipstream`: the window without arguments, a headless command with them.

The only place that configures logging, and where errors become an exit status.
"""

import logging
import os
import sys
from logging.handlers import RotatingFileHandler

from slipstream.core.errors import AppError, UsageError
from slipstream.core.paths import AppPaths, default_paths

log = logging.getLogger("slipstream")
LOG_BYTES, LOG_FILES = 1 << 20, 3


def main(argv: list[str] | None = None) -> int:
    """Run; returns 0 on success, 2 on bad usage, 1 otherwise, with one line on stderr."""
    arguments = sys.argv[1:] if argv is None else argv
    paths = default_paths()
    _configure_logging(paths)
    try:
        return _run(arguments, paths)
    except AppError as error:
        line, status = error.one_line(), 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        line, status = "interrupted", 1
    except OSError as error:
        log.exception("not expected, but the system's")
        # Whoever read the output has gone: nothing is left to say.
        line, status = "" if isinstance(error, BrokenPipeError) else str(error), 1
        _forget_output()
    except Exception as error:  # the last resort: a bug is logged whole and told in one line
        log.exception("bug")
        line = f"a bug: {type(error).__name__}: {error} (see {paths.logs / 'slipstream.log'})"
        status = 1
    if line:
        print(f"slipstream: {line}", file=sys.stderr)  # noqa: T201
    return status


def _run(arguments: list[str], paths: AppPaths) -> int:
    if not arguments or arguments[0].lower().endswith(".gguf"):  # or files to open, from a desktop
        from slipstream.build import open_window  # noqa: PLC0415  # headless commands need no Qt

        return open_window(paths, arguments)
    from slipstream.cli import run_command  # noqa: PLC0415  # the window needs no argument parser

    return run_command(arguments, paths)


def _forget_output() -> None:
    """Let nothing be flushed to stdout at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _configure_logging(paths: AppPaths) -> None:
    """A rotating file in the log folder; where it cannot be written, nowhere."""
    handler: logging.Handler
    try:
        paths.logs.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            paths.logs / "slipstream.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    except OSError:
        handler = logging.NullHandler()
    logging.basicConfig(
        level=logging.INFO, handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.captureWarnings(True)


if __name__ == "__main__":
    sys.exit(main())
