"""What a person is told of a bug in a thread that has to answer all the same."""

from PySide6.QtCore import QCoreApplication

from slipstream.core.errors import AppError


def fault() -> AppError:
    """Something was not kept because of a bug; the log has it."""
    return AppError(
        QCoreApplication.translate("StoreThread", "This could not be kept because of a fault in Slipstream."),
        QCoreApplication.translate("StoreThread", "The log says what happened."),
    )
