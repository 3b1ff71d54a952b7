"""What can be expected to go wrong, as a small tree.

    AppError                 shown kindly: one line, and a hint about what to do next
    ├── UsageError           the request itself is off (headless: exit status 2)
    │   └── NotYetError      the contract names it, this version lacks it
    ├── ModelFileError       missing, unreadable, truncated, or not a GGUF file
    ├── LoadError            llama.cpp refused the model or had no memory for it
    ├── DecodeError          llama.cpp failed at a batch, or gave numbers that are none
    ├── PromptError          empty, or longer than the context
    ├── EngineDiedError      the engine's process ended, or stopped answering
    ├── TransferError        a file of conversations cannot be read or written
    └── StoreError           the conversation store cannot be used
        ├── NewerStoreError  written by a later version; left untouched
        └── StoreInUseError  another Slipstream has it open

Everything that is not an `AppError` is a bug: logged with its traceback, never dressed up.
"""


class AppError(Exception):
    """An expected failure: `message` says what happened, `hint` (may be empty) what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross processes with their hint, whatever arguments their class takes."""
        return _rebuilt, (type(self), self.message, self.hint)

    def one_line(self) -> str:
        """Both parts on one line, as the headless commands print them."""
        text = f"{self.message} ({self.hint})" if self.hint else self.message
        return " ".join(text.split())


def _rebuilt(kind: type[AppError], message: str, hint: str) -> AppError:
    error = kind.__new__(kind, message)
    AppError.__init__(error, message, hint)
    return error


class UsageError(AppError):
    """The request itself is off."""


class NotYetError(UsageError):
    """The contract names it; this version lacks it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: not yet")


class ModelFileError(AppError):
    """A model file that is missing, unreadable, truncated, or no GGUF file."""


class LoadError(AppError):
    """llama.cpp refused the model or its context."""


class DecodeError(AppError):
    """llama.cpp failed while decoding, or its logits are not numbers."""


class PromptError(AppError):
    """A prompt that is empty or does not fit the context."""


class EngineDiedError(AppError):
    """The engine's process ended or stopped answering."""


class TransferError(AppError):
    """A file of conversations that cannot be read or written."""


class StoreError(AppError):
    """The conversation store cannot be used."""


class NewerStoreError(StoreError):
    """The store was written by a later version of Slipstream; it is left untouched."""


class StoreInUseError(StoreError):
    """Another running Slipstream has the data folder open."""
