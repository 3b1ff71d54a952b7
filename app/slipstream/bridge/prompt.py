"""From the shown turns and the settings of the moment to what the engine is asked."""

from collections.abc import Sequence

from slipstream.bridge.status import speculation
from slipstream.bridge.store_messages import Turn
from slipstream.core.chat import ChatMessage, GenerateRequest, Role, Sampling
from slipstream.core.events import PairLoaded
from slipstream.core.settings import Settings


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
