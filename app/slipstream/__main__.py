"""The command `slipstream`: the window without arguments, a headless command with them.

The only place that configures logging, and where errors become an exit status.
"""

import contextlib
import logging
import os
import sys
from logging.handlers import RotatingFileHandler

from slipstream.core.errors import AppError, UsageError
from slipstream.core.paths import AppPaths, default_paths

log = logging.getLogger("slipstream")
LOG_NAME, LOG_BYTES, LOG_FILES = "slipstream.log", 1 << 20, 3


def main(argv: list[str] | None = None) -> int:
    """Run; returns 0 on success, 2 on bad usage, 1 otherwise, with one line on stderr."""
    arguments = sys.argv[1:] if argv is None else argv
    _open_streams()
    log_file = "the log"
    try:
        paths = default_paths()
        log_file = str(paths.logs / LOG_NAME)
        _configure_logging(paths)
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
    except MemoryError:
        log.exception("no memory")
        line, status = "There is not enough memory (Close other programs, then try again)", 1
    except Exception as error:  # the last resort: a bug is logged whole and told in one line
        log.exception("bug")
        line = f"a bug: {type(error).__name__}: {error} (see {log_file})"
        status = 1
    if line:
        with contextlib.suppress(OSError):  # a full disk behind stderr: nothing can be said there
            print(f"slipstream: {line}", file=sys.stderr)  # noqa: T201
    return status


def _open_streams() -> None:
    """Have standard input, output and errors, where the caller closed them: into nothing, out of nothing.

    A file opened later would get their number, and take in what is written to them.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number and os.name == "posix":
                os.dup2(handle, number)
                os.close(handle)
                handle = number
            setattr(sys, name, open(handle, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


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
    logging.raiseExceptions = False  # a disk that fills up costs the log, and nobody's terminal
    handler: logging.Handler = logging.NullHandler()
    file = paths.logs / LOG_NAME
    with contextlib.suppress(OSError):
        paths.logs.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.is_file():  # a pipe would wait for its reader
            handler = RotatingFileHandler(
                file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", errors="backslashreplace"
            )
    logging.basicConfig(
        level=logging.INFO, handlers=[handler], format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.captureWarnings(True)


if __name__ == "__main__":
    sys.exit(main())
