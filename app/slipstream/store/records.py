"""What the store gives out: frozen records, by value. Times are UTC and for showing only; order is by id."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from slipstream.core.chat import GenerateRequest, Role
from slipstream.core.events import PairLoaded
from slipstream.core.metrics import RunStats


class MessageState(StrEnum):
    COMPLETE = "complete"
    STREAMING = "streaming"  # an answer under way
    INTERRUPTED = "interrupted"  # an answer that was cut short by a crash or a kill; its text is kept


class RunState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Conversation:
    id: int
    title: str  # "" until the first message
    target: str | None  # path of the model it was last used with
    draft: str | None
    unsent: str  # what was typed and not sent
    parameters: str  # what its answers are written with, as far as that is its own: JSON (`core.presets`)
    pinned: bool
    folder: str  # "" for none
    deleted: bool
    current_leaf: int | None  # the last message of the branch that is shown
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One generation. A message may have several (it was continued), and a benchmark's run has no message."""

    id: int
    message_id: int | None
    state: RunState
    request: GenerateRequest  # without its messages: the conversation holds them
    pair: PairLoaded
    build: str  # of the engine, e.g. "llama-cpp-python 0.3.36"
    stats: RunStats | None  # None unless finished; an interrupted run's steps can be measured
    interruption: str | None  # why it was cut short, where that is known
    created: datetime
    thinking_from: int = 0  # characters of the message's thinking and content that were there before it
    content_from: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. Ids grow in the order of writing and are never used twice."""

    id: int
    conversation_id: int
    parent_id: int | None
    role: Role
    content: str
    thinking: str
    state: MessageState
    created: datetime
    siblings: tuple[int, ...] = ()  # the messages with the same parent, this one included, oldest first
    run: Run | None = None  # an answer's latest run
    edited: bool = False  # an answer that a person wrote or changed
