"""What can be expected to go wrong, as a small tree.

    AppError                 shown kindly: one line, and a hint about what to do next
    ├── UsageError           the request itself is off (headless: exit status 2)
    │   └── NotYetError      the contract names it, this version lacks it
    ├── ModelFileError       missing, unreadable, truncated, or not a GGUF file
    ├── HubError             the model hub cannot be asked, or answers nonsense
    │   ├── HubUnreachableError  no network, no answer in time, a connection that was cut
    │   ├── HubBusyError         too many requests, or the hub has trouble itself
    │   ├── HubAccessError       private or gated, or a token that is no good
    │   └── HubNotFoundError     no such repository, revision or file
    ├── DownloadError        a model that cannot be downloaded: disk, names, checksum
    ├── LoadError            llama.cpp refused the model
    │   └── NoMemoryError        or had no memory for it
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


class HubError(AppError):
    """The model hub cannot be asked, or gives an answer that makes no sense."""


class HubUnreachableError(HubError):
    """No network, no answer in time, or a connection that was cut: trying again may help."""


class HubBusyError(HubError):
    """Too many requests, or trouble of the hub's own; `retry_after` in seconds, where the hub says it."""

    retry_after: float | None = None


class HubAccessError(HubError):
    """A private or gated repository, or a token that the hub refuses."""


class HubNotFoundError(HubError):
    """No such repository, revision or file."""


class DownloadError(AppError):
    """A model that cannot be downloaded: no room, a name or folder that is not safe, a wrong checksum."""


class LoadError(AppError):
    """llama.cpp refused the model or its context."""


class NoMemoryError(LoadError):
    """There is no memory for a model, or for its context."""


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
