"""What is kept of a model's header: enough to list it, to judge its memory, and to find models that speak its tokens.

Made from a header alone, so a remote file has a card as well as a local one; small enough to be kept for thousands of
files, vocabularies left out. Two models with the same vocabulary digest have the same tokens.
"""

import hashlib
import struct
from dataclasses import dataclass, replace

from slipstream.core.errors import ModelFileError
from slipstream.core.vocabulary import FIRST_COMPARED_ID, Vocabulary
from slipstream.models.abort_guards import require_loadable
from slipstream.models.architectures import RECURRENT
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.gguf_vocabulary import find_vocabulary
from slipstream.models.inspect import ModelSummary, summarize_with, why_not_used
from slipstream.models.memory_shape import MemoryShape, read_shape
from slipstream.models.split_files import ModelFiles

MAX_TEXT = 300  # characters of a name or a licence; a header may hold megabytes


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model. None is what its header does not tell."""

    summary: ModelSummary
    shape: MemoryShape | None
    vocabulary_digest: str | None  # of type, added tokens and all texts that are compared
    problem: str | None  # why it can neither answer nor draft

    @property
    def recurrent(self) -> bool:
        """Whether drafted tokens cannot be taken back from it."""
        return self.summary.architecture in RECURRENT

    @property
    def chats(self) -> bool:
        return self.problem is None


def read_card(files: ModelFiles, file: str) -> ModelCard:
    """The card of a model that is called `file`. Raises ModelFileError for damaged values."""
    header = files.header
    vocabulary = find_vocabulary(header)
    summary = _shortened(summarize_with(files, file, vocabulary))
    return ModelCard(
        summary=summary,
        shape=read_shape(header),
        vocabulary_digest=vocabulary_digest(vocabulary) if vocabulary else None,
        problem=_problem(header, vocabulary),
    )


def vocabulary_digest(vocabulary: Vocabulary) -> str:
    """Equal for vocabularies of one size that `compare_vocabularies` finds to fit, and for no others."""
    bos = vocabulary.bos if vocabulary.add_bos else None
    eos = vocabulary.eos if vocabulary.add_eos else None
    digest = hashlib.sha256(repr((vocabulary.type, bos, eos, len(vocabulary.texts))).encode())
    texts = [
        text.encode() if isinstance(text, str) else text for text in vocabulary.texts[FIRST_COMPARED_ID:]
    ]
    digest.update(struct.pack(f"<{len(texts)}I", *map(len, texts)))
    digest.update(b"".join(texts))
    return digest.hexdigest()


def _problem(header: GgufHeader, vocabulary: Vocabulary | None) -> str | None:
    if problem := why_not_used(header, vocabulary):
        return problem
    try:
        require_loadable(header, vocabulary)
    except ModelFileError as error:
        return error.message.removeprefix(f"{header.file}: ")
    return None


def _shortened(summary: ModelSummary) -> ModelSummary:
    """A name of a megabyte is not kept."""

    def cut(text: str | None) -> str | None:
        return text[:MAX_TEXT] if text else text

    return replace(
        summary,
        architecture=cut(summary.architecture),
        name=cut(summary.name),
        size_label=cut(summary.size_label),
        license=cut(summary.license),
    )
