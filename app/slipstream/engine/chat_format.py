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
from slipstream.engine.thinking import CLOSE_TAG, OPEN_TAG, as_written, thoughts_at_end

_THINK_TAGS = (OPEN_TAG, CLOSE_TAG)
_EDGE = "\u2001"
_CUT = "\ue000\ue001\ue000"  # private characters, in an order nobody writes

PLAIN_TEMPLATE = """{{ bos_token }}{% for message in messages %}### {{ message.role | capitalize }}:
{{ message.content }}

{% endfor %}### Assistant:
"""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the target is given."""

    tokens: tuple[int, ...]
    thoughts: str | None = None  # where thinking is open: what follows the opening tag
    thought_tokens: int = 0  # of the tokens, those of thinking that is gone on with
    goes_on: bool = False  # text of the same phase stands at its end

    @property
    def opens_thinking(self) -> bool:
        """Whether what is written next is thinking."""
        return self.thoughts is not None


class ChatFormat:
    """Renders and tokenizes conversations for one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.problem: str | None = None  # why the model's own template is not used
        source = model.chat_template()
        probe = (ChatMessage(Role.USER, "x"),)
        try:
            if source is None:
                raise TemplateError("there is none")
            self._template = ChatTemplate(source, model.bos_text, model.eos_text)
            if "x" not in self._render(probe):
                raise TemplateError("it leaves out what is said")
        except TemplateError as error:
            self._template = ChatTemplate(PLAIN_TEMPLATE, model.bos_text, model.eos_text)
            self.problem = f"The model's chat template cannot be used ({error}); a plain format is used"
        # As R1's does: an answer starts inside.
        self.opens_thinking = thoughts_at_end(self._render(probe)) is not None
        # Tags the conversation is built of that are no control tokens, and so found even in plain text.
        self._tags = tuple(
            text for text in model.user_defined_texts if text in _THINK_TAGS or (source and text in source)
        )

    def prompt(self, messages: Sequence[ChatMessage]) -> Prompt:
        """The tokens of a conversation up to where its answer begins, or goes on. Raises PromptError where the
        template refuses it.
        """
        going_on = messages[-1] if messages and messages[-1].role is Role.ASSISTANT else None
        if going_on is not None:
            messages = messages[:-1]
        try:
            text = self._render(messages)
            tokens = self._split_tokens(messages) if self._spoiled(messages) else self._tokens(text)
        except TemplateError as error:
            raise PromptError(
                f"The model's chat template refused the conversation: {error}",
                "Leave out the system prompt, or take another model",
            ) from error
        opening = Prompt(tuple(tokens), thoughts_at_end(text))
        return self._go_on(opening, going_on) if going_on is not None else opening

    def _go_on(self, opening: Prompt, turn: ChatMessage) -> Prompt:
        """`opening`, then the tokens of what the turn holds, as if the model had just written them."""
        parts = as_written(turn, opening.thoughts)
        if not parts:
            return opening
        if self._spoiled([turn]):
            written = [
                token
                for part in parts
                for token in (self.markup(part.text) if part.is_tag else self._plain_tokens(part.text))
            ]
        else:
            written = self.markup("".join(part.text for part in parts))
        thoughts = None if turn.content else (opening.thoughts or "") + parts[-1].text
        return Prompt(
            (*opening.tokens, *written), thoughts, 0 if thoughts is None else len(written), goes_on=True
        )

    def markup(self, text: str) -> list[int]:
        """The tokens of text that stands inside a conversation, its tags meant as such."""
        return self._model.tokenize(text, add_special=False, parse_special=True)

    def raw(self, text: str) -> Prompt:
        """The tokens of a text that is no chat: special tokens in it are meant."""
        return Prompt(tuple(self._tokens(text)), thoughts_at_end(text))

    def _spoiled(self, messages: Sequence[ChatMessage]) -> bool:
        """Whether what people or the model wrote holds the text of a token that means something to a chat."""
        special = (*self._model.control_texts, *self._tags)
        return any(text in part for m in messages for part in (m.content, m.thinking) for text in special)

    def _tokens(self, text: str) -> list[int]:
        """Tokens of a whole rendered prompt; where it brings its own BOS, none is added."""
        bos = self._model.bos_text
        has_bos = bool(bos) and text.startswith(bos)
        return self._model.tokenize(text, add_special=not has_bos, parse_special=True)

    def _render(self, messages: Sequence[ChatMessage]) -> str:
        rows = []
        for message in messages:
            row = {"role": str(message.role), "content": message.content}
            if message.thinking:
                row["reasoning_content"] = message.thinking
            rows.append(row)
        return self._template.render(rows)

    def _split_tokens(self, messages: Sequence[ChatMessage]) -> list[int]:
        """Tokens of a conversation whose messages hold the texts of special tokens.

        The template is rendered around placeholders; what stands between them is tokenized with control
        tokens, what was written without.
        """
        nonce = secrets.token_hex(8)
        written: dict[str, str] = {}

        def mark(text: str, kind: str, i: int) -> str:
            if not text:
                return ""
            name = f"⟦{nonce}:{kind}{i}⟧"
            written[name] = text
            return f"{_EDGE}{name}{_EDGE}"  # white space no template writes: it tells whether text is trimmed

        rendered = self._render(
            [
                ChatMessage(m.role, mark(m.content, "content", i), mark(m.thinking, "thinking", i))
                for i, m in enumerate(messages)
            ]
        )
        if any("content" in name and name not in rendered for name in written):
            raise TemplateError("it leaves out or changes what is said")
        bos = self._model.bos_text
        tokens: list[int] = []
        if not (bos and rendered.startswith(bos)):
            tokens = self._model.tokenize("", add_special=True, parse_special=False)
        for part in re.split(rf"({_EDGE}?⟦{nonce}:\w+⟧{_EDGE}?)", rendered):
            name = part.strip(_EDGE)
            if name in written:
                text = written[name] if part != name else written[name].strip()
                tokens += self._plain_tokens(text)
            else:
                tokens += self._model.tokenize(part, add_special=False, parse_special=True)
        return tokens

    def _plain_tokens(self, text: str) -> list[int]:
        """Tokens of what was written: no control tokens, and the chat's tags cut in two, which leaves plain text.

        "<" or "</" is a token of its own in plain text, so the cut changes nothing else.
        """
        parts = [text]
        for tag in self._tags:
            cut = 2 if tag.startswith("</") else 1
            parts = [
                piece
                for part in parts
                for piece in part.replace(tag, f"{tag[:cut]}{_CUT}{tag[cut:]}").split(_CUT)
            ]
        tokens: list[int] = []
        for part in parts:
            tokens += self._model.tokenize(part, add_special=False, parse_special=False)
        return tokens
