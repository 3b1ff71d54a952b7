"""Header values that llama.cpp answers by aborting the whole process instead of refusing the file.

The checks of `llama_model_base::load_hparams` and `llama_vocab::impl::load` that are GGML_ASSERTs, asked
before llama.cpp sees the file. Architectures have more of their own: the engine's process is still needed.
"""

from math import isfinite

from slipstream.core.errors import ModelFileError
from slipstream.core.vocabulary import Vocabulary
from slipstream.models.gguf_header import GgufHeader
from slipstream.models.untrusted import printable

MAX_LAYERS = 512  # LLAMA_MAX_LAYERS
MAX_EXPERTS = 1024  # LLAMA_MAX_EXPERTS
ROPE_SCALINGS = ("none", "linear", "yarn", "longrope")
OTHER_COPY = "Look for another copy of the model"


def require_loadable(header: GgufHeader, vocabulary: Vocabulary | None) -> None:
    """Raise ModelFileError where loading the model, or its first prompt, would abort the process.

    Without a vocabulary, llama.cpp refuses the file in good order.
    """
    problem = (
        _layers(header) or _experts(header) or _norms(header) or (_tokens(vocabulary) if vocabulary else None)
    )
    if problem:
        raise ModelFileError(f"{header.file}: cannot be loaded: {problem}", OTHER_COPY)


def _layers(header: GgufHeader) -> str | None:
    layers = header.block_count
    if layers is not None and not 0 < layers <= MAX_LAYERS:
        return f"it has {layers} layers, 1 to {MAX_LAYERS} are possible"
    if header.mtp_layers > (layers or 0):
        return f"it has {header.mtp_layers} multi-token prediction layers among {layers or 0}"
    scaling = header.text(f"{header.architecture}.rope.scaling.type")
    if scaling is not None and scaling not in ROPE_SCALINGS:
        return f"unknown rope scaling {printable(scaling)}"
    return None


def _experts(header: GgufHeader) -> str | None:
    def number(key: str) -> int:
        return max(header.integers(f"{header.architecture}.{key}") or (0,))

    experts, used = number("expert_count"), number("expert_used_count")
    groups, groups_used = number("expert_group_count"), number("expert_group_used_count")
    if experts <= 1 and (header.architecture or "").startswith("hunyuan"):
        return None  # its conversions write 1 for none
    fits = experts <= MAX_EXPERTS and used <= experts and (used > 0) == (experts > 0)
    if experts:
        fits = fits and groups < experts
        fits = fits and (groups <= 1 or (experts % groups == 0 and 0 < groups_used < groups))
    else:
        fits = fits and groups == 0
    if fits:
        return None
    return f"{experts} experts, {used} used, in {groups} groups, {groups_used} used, do not go together"


def _norms(header: GgufHeader) -> str | None:
    """What is added before a root is taken."""
    for name in ("layer_norm_epsilon", "layer_norm_rms_epsilon", "group_norm_epsilon"):
        value = header.number(f"{header.architecture}.attention.{name}")
        if value is not None and not (isfinite(value) and value >= 0):
            return f"the epsilon of its norm is {value:g}"
    return None


def _tokens(vocabulary: Vocabulary) -> str | None:
    if vocabulary.type == "none":
        return "it has no tokenizer, so it cannot chat"
    if vocabulary.add_bos and vocabulary.bos is None:
        return "it adds a beginning-of-text token and has none"
    if vocabulary.add_eos and vocabulary.eos is None:
        return "it adds an end-of-text token and has none"
    if len(set(vocabulary.texts)) != len(vocabulary.texts):
        return "two of its tokens have the same text"
    return None


def require_sayable(header: GgufHeader, vocabulary: Vocabulary) -> None:
    """Raise ModelFileError for a SentencePiece vocabulary without a token for every byte.

    At a character that it has no token for, llama.cpp looks for those of its bytes, and ends where there is none.
    """
    if vocabulary.type != "spm":
        return
    known = {text.encode() if isinstance(text, str) else text for text in vocabulary.texts}
    lost = sum(b"<0x%02X>" % byte not in known and bytes([byte]) not in known for byte in range(256))
    if lost:
        raise ModelFileError(
            f"{header.file}: cannot be loaded: its vocabulary has no token for {lost} of the 256 bytes",
            OTHER_COPY,
        )
