"""What a model file is, told from its header: for the command line, the model picker and the engine's callers.

    check_file(path)            the header, or ModelFileError before llama.cpp gets to see the file
    inspect(path)               a summary, as text by `describe`, as JSON by `ModelSummary.to_json`
    check_pair(target, draft)   whether two files speak the same tokens

All take a single file or a split model. Nothing is loaded; a 150,000-token vocabulary takes a fraction of a
second.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from slipstream.core.amounts import size_text
from slipstream.core.errors import ModelFileError
from slipstream.core.vocabulary import Vocabulary, VocabularyVerdict, compare_vocabularies
from slipstream.models.abort_guards import require_loadable
from slipstream.models.figures import count_text
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.gguf_vocabulary import find_vocabulary, read_vocabulary
from slipstream.models.sources import FileSource, open_file
from slipstream.models.split_files import ModelFiles, Part, parse_split_name, read_model
from slipstream.models.untrusted import printable

SCHEMA = 1
# An answer's opening, as the very last thing a template writes: … add_generation_prompt … '…<think>\n' … endif
_OPENS_THINKING = re.compile(
    r"add_generation_prompt[^{}]{0,80}%\}\s{0,9}\{\{-?\s{0,9}(['\"])[^'\"{}]{0,200}<think>\\n\1\s{0,9}-?\}\}"
    r"\s{0,9}\{%-?\s{0,9}endif\s{0,9}-?%\}\Z"
)
_TEMPLATE_END = 600  # characters: all that can matter for it


@dataclass(frozen=True, slots=True)
class VocabularySummary:
    type: str  # llama.cpp's: bpe, spm, wpm, ugm, rwkv, plamo2, none
    size: int  # tokens
    bos: int | None
    eos: int | None
    add_bos: bool
    add_eos: bool


@dataclass(frozen=True, slots=True)
class TemplateSummary:
    """`opens_thinking` is True where the template's own text shows it, else None: rendering it would tell."""

    present: bool
    thinking_tags: bool
    opens_thinking: bool | None


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """What a header tells. None is what it does not tell; numbers that differ by layer are lists."""

    file: str
    size: int  # bytes, of all parts
    parts: tuple[Part, ...]
    gguf_version: int
    architecture: str | None
    name: str | None
    size_label: str | None
    quantization: str | None
    parameters: int
    context_length: int | None
    layers: int | None
    embedding_width: int | None
    heads: int | tuple[int, ...] | None
    kv_heads: int | tuple[int, ...] | None
    mtp_layers: int
    vocabulary: VocabularySummary | None
    chat_template: TemplateSummary
    license: str | None
    notes: tuple[str, ...]  # what a person should know before loading it

    def to_json(self) -> dict[str, Any]:
        """`{"schema": 1, …}` with this class's fields; parts and the two summaries are objects, too.

        Readers ignore keys they do not know; a change of meaning raises `schema`.
        """
        return {"schema": SCHEMA, **asdict(self)}


def check_file(path: str | Path) -> GgufHeader:
    """The header of a file that may be given to llama.cpp.

    Raises ModelFileError for a file that is missing, a folder, unreadable, empty, truncated, damaged or no
    GGUF file; for a split model that lacks a part, or when `path` is not its first; and for values at which
    llama.cpp would abort the process.
    """
    files = read_files(Path(path))
    if files.number != 1:
        raise ModelFileError(
            f"{files.header.file}: part {files.number} of {len(files.parts)} of a split model",
            f"Choose the first part: {printable(files.parts[0].name)}",
        )
    require_loadable(files.header, find_vocabulary(files.header))
    return files.header


def check_pair(target: str | Path, draft: str | Path) -> VocabularyVerdict:
    """Compare the vocabularies of two files. Raises ModelFileError where one has none, or is no model."""
    return compare_vocabularies(
        read_vocabulary(read_files(Path(target)).header), read_vocabulary(read_files(Path(draft)).header)
    )


def inspect(path: str | Path) -> ModelSummary:
    """Summarize a model. Raises ModelFileError as `check_file`, but takes any part, and only notes the rest."""
    return summarize(read_files(Path(path)), str(path))


def summarize(files: ModelFiles, file: str) -> ModelSummary:
    """Summarize a model that is called `file`, from its headers. Raises ModelFileError for damaged values."""
    return summarize_with(files, file, find_vocabulary(files.header))


def summarize_with(files: ModelFiles, file: str, vocabulary: Vocabulary | None) -> ModelSummary:
    """As `summarize`, where the vocabulary has been read: that is what takes the time."""
    header = files.header
    return ModelSummary(
        file=file,
        size=files.size,
        parts=files.parts,
        gguf_version=header.version,
        architecture=header.architecture,
        name=header.name,
        size_label=header.size_label,
        quantization=header.quantization,
        parameters=header.parameter_count,
        context_length=header.context_length,
        layers=header.block_count,
        embedding_width=header.embedding_length,
        heads=_by_layer(header.heads),
        kv_heads=_by_layer(header.kv_heads),
        mtp_layers=header.mtp_layers,
        vocabulary=_vocabulary(vocabulary),
        chat_template=_template(header.chat_template),
        license=header.license,
        notes=_notes(header, vocabulary),
    )


def read_files(path: Path) -> ModelFiles:
    """The headers of a model's files, from any of them. Raises ModelFileError."""
    try:
        return read_model(path.name, lambda name: _open_beside(path, name))
    except FileNotFoundError as error:
        raise ModelFileError(
            f"{printable(path.name)}: no such file", "Check the path, or choose the file again"
        ) from error


def _open_beside(path: Path, name: str) -> FileSource:
    return open_file(path if name == path.name else path.with_name(name))


def _by_layer(numbers: tuple[int, ...] | None) -> int | tuple[int, ...] | None:
    return numbers[0] if numbers and len(set(numbers)) == 1 else numbers


def _vocabulary(known: Vocabulary | None) -> VocabularySummary | None:
    if known is None:
        return None
    return VocabularySummary(known.type, len(known.texts), known.bos, known.eos, known.add_bos, known.add_eos)


def _template(template: str | None) -> TemplateSummary:
    if template is None:
        return TemplateSummary(present=False, thinking_tags=False, opens_thinking=None)
    opens = _OPENS_THINKING.search(template.rstrip()[-_TEMPLATE_END:]) is not None
    return TemplateSummary(
        present=True,
        thinking_tags="<think>" in template or "</think>" in template,
        opens_thinking=True if opens else None,
    )


def _notes(header: GgufHeader, vocabulary: Vocabulary | None) -> tuple[str, ...]:
    notes = []
    if header.unknown_types:
        ids = ", ".join(map(str, header.unknown_types))
        notes.append(f"Tensor types that are not known ({ids}): whether the file is complete is not checked")
    if not header.tensors:
        notes.append("No tensors: a vocabulary, not a model")
    try:
        require_loadable(header, vocabulary)
    except ModelFileError as error:
        notes.append(error.message)
    return tuple(notes)


def describe(summary: ModelSummary, more: Iterable[tuple[str, str]] = ()) -> str:
    """The summary for a terminal: one aligned row for everything that is known, then `more` rows."""
    rows = [(label, text) for label, text in (*_rows(summary), *more) if text]
    width = max(len(label) for label, _ in rows)
    return "\n".join(f"{label:<{width}}  {printable(text)}" for label, text in rows)


def _rows(summary: ModelSummary) -> list[tuple[str, str | None]]:
    split = parse_split_name(summary.parts[0].name) if len(summary.parts) > 1 else None
    return [
        ("File", summary.file),
        ("Size", size_text(summary.size)),
        ("Parts", f"{split.count}, from {summary.parts[0].name}" if split else None),
        ("Name", summary.name),
        ("Architecture", summary.architecture),
        ("Parameters", count_text(summary.parameters) if summary.parameters else None),
        ("Size label", summary.size_label),
        ("Quantization", summary.quantization),
        ("Context", f"{summary.context_length} tokens" if summary.context_length is not None else None),
        ("Layers", _number(summary.layers)),
        ("MTP layers", _number(summary.mtp_layers or None)),
        ("Embedding width", _number(summary.embedding_width)),
        ("Heads", _number(summary.heads)),
        ("KV heads", _number(summary.kv_heads)),
        ("Vocabulary", _vocabulary_text(summary.vocabulary)),
        ("Chat template", _template_text(summary.chat_template)),
        ("License", summary.license),
        ("GGUF version", str(summary.gguf_version)),
        *(("Note", note) for note in summary.notes),
    ]


def _number(value: int | tuple[int, ...] | None) -> str | None:
    if value is None:
        return None
    return f"{min(value)} to {max(value)}, by layer" if isinstance(value, tuple) else str(value)


def _vocabulary_text(vocabulary: VocabularySummary | None) -> str:
    if vocabulary is None:
        return "none"
    bos = "none" if vocabulary.bos is None else f"{vocabulary.bos}{' (added)' if vocabulary.add_bos else ''}"
    eos = "none" if vocabulary.eos is None else f"{vocabulary.eos}{' (added)' if vocabulary.add_eos else ''}"
    return f"{vocabulary.type}, {vocabulary.size} tokens, bos {bos}, eos {eos}"


def _template_text(template: TemplateSummary) -> str:
    if not template.present:
        return "none"
    if template.opens_thinking:
        return "yes, every answer starts inside thinking"
    return "yes, with thinking tags" if template.thinking_tags else "yes"
