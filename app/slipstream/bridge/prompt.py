"""From the shown turns and the settings of the moment to what the engine is asked, or why it cannot be."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from slipstream.bridge.pair import PairState
from slipstream.bridge.status import sampling, speculation
from slipstream.bridge.store_messages import Turn
from slipstream.core.chat import ChatMessage, GenerateRequest, Role
from slipstream.core.events import PairLoaded
from slipstream.core.settings import Settings


def tr(text: str) -> str:
    return QCoreApplication.translate("Prompt", text)


def why_not_sent(text: str, state: PairState, *, busy: bool) -> str:
    """Why this cannot be sent now; "" when it can."""
    if not text.strip():
        return tr("There is nothing to send: the message is empty.")
    return why_not_asked(state, busy=busy)


def why_not_asked(state: PairState, *, busy: bool) -> str:
    """Why the model can be asked nothing now; "" when it can."""
    if busy:
        return tr("An answer is still being written. Stop it, or wait for it.")
    return {
        PairState.NONE: tr("No model is loaded. Choose one first."),
        PairState.LOADING: tr("The model is still loading."),
        PairState.READY: "",
        PairState.MEASURING: tr("The pair is being measured. Stop that, or wait for it."),
        PairState.COMPARING: tr("Ways to draft are being compared. Stop that, or wait for it."),
        PairState.BENCHMARKING: tr("A benchmark is running. Stop it, or wait for it."),
        PairState.DOWN: tr("The engine is stopped. Restart it first."),
    }[state]


def request_for(settings: Settings, loaded: PairLoaded | None) -> GenerateRequest:
    """The request for an answer by the settings as they are now; of its messages only the system prompt."""
    system = settings.system_prompt
    return GenerateRequest(
        messages=(ChatMessage(Role.SYSTEM, system),) if system.strip() else (),
        sampling=sampling(settings),
        speculation=speculation(settings, loaded),
        max_tokens=settings.max_tokens,
        thinking_budget=settings.thinking_budget or None,
    )


def with_turns(request: GenerateRequest, turns: Sequence[Turn]) -> GenerateRequest:
    """The same request, these turns added to its messages. A system prompt of their own goes before the settings'."""
    messages = tuple(ChatMessage(turn.role, turn.content, turn.thinking) for turn in turns)
    own = bool(turns) and turns[0].role is Role.SYSTEM
    return replace(request, messages=messages if own else request.messages + messages)
