"""What the window tells in a banner: a message, a hint, and what can be done about it."""

from dataclasses import dataclass
from enum import StrEnum

from slipstream.core.errors import AppError


class Level(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Remedy(StrEnum):
    """What a banner's button does."""

    CHOOSE_MODEL = "choose_model"
    RESTART_ENGINE = "restart_engine"
    RESTART_ON_CPU = "restart_on_cpu"
    RELOAD = "reload"
    NEW_CONVERSATION = "new_conversation"
    LEAVE_OUT_OLDEST = "leave_out_oldest"
    LEAVE_OUT_AND_CONTINUE = "leave_out_and_continue"
    OPEN_LOGS = "open_logs"
    OPEN_FILE = "open_file"  # the one that was written last
    UNDO_REMOVE = "undo_remove"
    UNDO_REMOVE_MESSAGE = "undo_remove_message"


@dataclass(frozen=True, slots=True)
class Notice:
    level: Level
    message: str
    hint: str = ""
    remedies: tuple[Remedy, ...] = ()
    topic: str = ""  # a later notice of the same topic takes its place; "" stands alone
    seconds: int = 0  # goes by itself after so long; 0 stays


def error_notice(error: AppError, *remedies: Remedy, topic: str = "") -> Notice:
    return Notice(Level.ERROR, error.message, error.hint, remedies, topic)
