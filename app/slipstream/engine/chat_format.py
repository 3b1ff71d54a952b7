"""From a conversation to prompt tokens, by the model's own template.

The messages are what people wrote: `<|im_end|>` typed by a person stays text. Only the template's own markers
become control tokens.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from slipstream.core.chat import ChatMessage, Role
from slipstream.core.errors import PromptError
from slipstream.engine.model import Model
from slipstream.engine.template import ChatTemplate, TemplateError

_THINK_OPEN = "<think>"
_THINK_TAG_INSIDE = re.compile(r"(?:(?<=<)|(?<=</))(?=think>)")  # between "<" or "</" and "think>"

PLAIN_TEMPLATE = """{{ bos_token }}{% for message in messages %}### {{ message.role | capitalize }}:
{{ message.content }}

{% endfor %}### Assistant:
"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the target is given."""

    tokens: tuple[int, ...]
    opens_thinking: bool


class ChatFormat:
    """Renders and tokenizes conversations for one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.problem: str | None = None  # why the model's own template is not used
        self._plain = ChatTemplate(PLAIN_TEMPLATE, model.bos_text, model.eos_text)
        source = model.chat_template()
        self._template = self._plain
        if source is None:
            self.problem = "The model has no chat template; a plain format is used"
            return
        try:
            self._template = ChatTemplate(source, model.bos_text, model.eos_text)
            self._render((ChatMessage(Role.USER, "x"),))
        except TemplateError as error:
            self._template = self._plain
            self.problem = f"The model's chat template cannot be used ({error}); a plain format is used"

    @property
    def opens_thinking(self) -> bool:
        """Whether the template starts an answer inside thinking, as R1's does."""
        return _opens_thinking(self._render((ChatMessage(Role.USER, "x"),)))

    def prompt(self, messages: Sequence[ChatMessage]) -> Prompt:
        """The tokens of a conversation. Raises PromptError where the template refuses it."""
        try:
            text = self._render(messages)
            spoiled = [
                m for m in messages if any(special in m.content for special in self._model.special_texts)
            ]
            tokens = self._split_tokens(messages) if spoiled else self._tokens(text)
        except TemplateError as error:
            raise PromptError(
                f"The model's chat template refused the conversation: {error}",
                "Leave out the system prompt, or take another model",
            ) from error
        return Prompt(tuple(tokens), _opens_thinking(text))

    def raw(self, text: str) -> Prompt:
        """The tokens of a text that is no chat: special tokens in it are meant."""
        return Prompt(tuple(self._tokens(text)), _opens_thinking(text))

    def _tokens(self, text: str) -> list[int]:
        """Tokens of a whole rendered prompt; where it brings its own BOS, none is added."""
        bos = self._model.bos_text
        has_bos = bool(bos) and text.startswith(bos)
        return self._model.tokenize(text, add_special=not has_bos, parse_special=True)

    def _render(self, messages: Sequence[ChatMessage], contents: Sequence[str] | None = None) -> str:
        rows = []
        for i, message in enumerate(messages):
            row = {"role": str(message.role), "content": contents[i] if contents else message.content}
            if message.thinking:
                row["reasoning_content"] = message.thinking
            rows.append(row)
        return self._template.render(rows)

    def _split_tokens(self, messages: Sequence[ChatMessage]) -> list[int]:
        """Tokens of a conversation whose messages hold the texts of special tokens.

        The template is rendered around placeholders; what stands between them is tokenized with control
        tokens, what people wrote without.
        """
        nonce = secrets.token_hex(8)
        marks = [f"⟦{nonce}:{i}⟧" for i in range(len(messages))]
        bare = [ChatMessage(m.role, m.content) for m in messages]
        text = self._render(bare, [f" {mark} " for mark in marks])  # the spaces tell whether it trims
        bos = self._model.bos_text
        tokens: list[int] = []
        if not (bos and text.startswith(bos)):
            tokens = self._model.tokenize("", add_special=True, parse_special=False)
        while True:
            at, i = min(
                ((text.find(mark), i) for i, mark in enumerate(marks) if mark in text), default=(-1, -1)
            )
            if i < 0:
                return tokens + self._model.tokenize(text, add_special=False, parse_special=True)
            content, end = messages[i].content, at + len(marks[i])
            if text[at - 1 : at] == " " and text[end : end + 1] == " ":
                at, end = at - 1, end + 1
            else:
                content = content.strip()
            tokens += self._model.tokenize(text[:at], add_special=False, parse_special=True)
            tokens += self._plain_tokens(content)
            text = text[end:]

    def _plain_tokens(self, text: str) -> list[int]:
        """Tokens of what a person wrote. Thinking tags can be "user-defined" tokens, which llama.cpp finds
        even in plain text; cut in two they are found no more, and the pieces are those of plain text."""
        tokens: list[int] = []
        for part in _THINK_TAG_INSIDE.split(text):
            tokens += self._model.tokenize(part, add_special=False, parse_special=False)
        return tokens


def _opens_thinking(prompt: str) -> bool:
    return prompt.rstrip().endswith(_THINK_OPEN)
