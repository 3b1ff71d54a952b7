"""Do two models speak the same tokens? One verdict, fed by a loaded model or by a GGUF header.

A draft's token ids are handed to the target as they are, so both must mean the same by every id. As in
llama.cpp's speculative decoding: same tokenizer type, same bos/eos and add flags, sizes at most 128 apart,
and equal token texts from id 5 on (the first few ids differ harmlessly between conversions).
"""

from collections.abc import Sequence
from dataclasses import dataclass

MAX_SIZE_DIFFERENCE = 128
FIRST_COMPARED_ID = 5


@dataclass(frozen=True)
class Vocabulary:
    """What a tokenizer is made of; `texts` holds each token's text, by id."""

    type: str  # e.g. "bpe" ("gpt2" in a GGUF header), "spm"
    bos: int | None
    eos: int | None
    add_bos: bool
    add_eos: bool
    texts: Sequence[str | bytes]


@dataclass(frozen=True, slots=True)
class TokenDifference:
    id: int
    target: str
    draft: str


@dataclass(frozen=True, slots=True)
class VocabularyVerdict:
    """Whether the pair fits, with every reason where it does not."""

    reasons: tuple[str, ...]
    first_difference: TokenDifference | None
    differences: int  # how many token ids differ

    @property
    def fits(self) -> bool:
        return not self.reasons


def compare_vocabularies(target: Vocabulary, draft: Vocabulary) -> VocabularyVerdict:
    """Compare token by token; every reason against the pair is named, none is hidden by an earlier one."""
    reasons = []
    if target.type != draft.type:
        reasons.append(f"tokenizer type differs: target {target.type}, draft {draft.type}")
    if target.add_bos != draft.add_bos or (target.add_bos and target.bos != draft.bos):
        reasons.append(
            f"beginning-of-text token differs: target {_special(target.add_bos, target.bos)}, "
            f"draft {_special(draft.add_bos, draft.bos)}"
        )
    if target.add_eos != draft.add_eos or (target.add_eos and target.eos != draft.eos):
        reasons.append(
            f"end-of-text token differs: target {_special(target.add_eos, target.eos)}, "
            f"draft {_special(draft.add_eos, draft.eos)}"
        )
    sizes = len(target.texts), len(draft.texts)
    if abs(sizes[0] - sizes[1]) > MAX_SIZE_DIFFERENCE:
        reasons.append(
            f"vocabulary sizes differ by more than {MAX_SIZE_DIFFERENCE}: {sizes[0]} and {sizes[1]}"
        )
    first = None
    differences = 0
    for i in range(FIRST_COMPARED_ID, min(sizes)):
        if target.texts[i] != draft.texts[i]:
            differences += 1
            if first is None:
                first = TokenDifference(i, _readable(target.texts[i]), _readable(draft.texts[i]))
    if first is not None:
        count = "1 token differs" if differences == 1 else f"{differences} tokens differ"
        reasons.append(f"{count}; the first is id {first.id}: target {first.target!r}, draft {first.draft!r}")
    return VocabularyVerdict(tuple(reasons), first, differences)


def _special(added: bool, token: int | None) -> str:
    return f"{token} (added)" if added else "not added"


def _readable(text: str | bytes) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
