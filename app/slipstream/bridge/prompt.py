"""From the shown turns and the settings of the moment to what the engine is asked, or why it cannot be."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.pair import PairState
from slipstream.bridge.status import speculation
from slipstream.bridge.store_messages import Turn
from slipstream.core.chat import ChatMessage, GenerateRequest, Role, Sampling
from slipstream.core.events import PairLoaded
from slipstream.core.settings import Settings


def tr(text: str) -> str:
    return QCoreApplication.translate("Prompt", text)


def why_not_sent(text: str, state: PairState, *, busy: bool) -> str:
    """Why this cannot be sent now; "" when it can."""
    if not text.strip():
        return tr("There is nothing to send: the message is empty.")
    if busy:
        return tr("An answer is still being written. Stop it, or wait for it.")
    if state is PairState.LOADING:
        return tr("The model is still loading.")
    if state is not PairState.READY:
        return tr("No model is loaded. Choose one first.")
    return ""


def request_for(turns: Sequence[Turn], settings: Settings, loaded: PairLoaded | None) -> GenerateRequest:
    """The request for an answer to these turns, by the settings as they are now."""
    messages = [ChatMessage(turn.role, turn.content, turn.thinking) for turn in turns]
    if settings.system_prompt.strip():
        messages.insert(0, ChatMessage(Role.SYSTEM, settings.system_prompt))
    return GenerateRequest(
        messages=tuple(messages),
        sampling=Sampling(
            settings.temperature, settings.top_p, settings.top_k, settings.min_p, settings.repeat_penalty
        ),
        speculation=speculation(settings, loaded),
        max_tokens=settings.max_tokens,
    )
