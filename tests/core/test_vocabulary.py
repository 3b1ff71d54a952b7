"""The verdict on two vocabularies: every reason is named, harmless differences are none."""

from collections.abc import Sequence
from typing import Any

from slipstream.core.vocabulary import (
    FIRST_COMPARED_ID,
    MAX_SIZE_DIFFERENCE,
    TokenDifference,
    Vocabulary,
    compare_vocabularies,
)

TEXTS = tuple(f"token{i}" for i in range(300))


def vocabulary(**changes: Any) -> Vocabulary:
    values: dict[str, Any] = {
        "type": "bpe",
        "bos": 1,
        "eos": 2,
        "add_bos": True,
        "add_eos": False,
        "texts": TEXTS,
    }
    return Vocabulary(**(values | changes))


def with_token(token: int, text: str | bytes) -> Sequence[str | bytes]:
    return [*TEXTS[:token], text, *TEXTS[token + 1 :]]


def test_equal_vocabularies_fit() -> None:
    verdict = compare_vocabularies(vocabulary(), vocabulary())
    assert verdict.fits
    assert (verdict.reasons, verdict.first_difference, verdict.differences) == ((), None, 0)


def test_the_first_differing_token_is_named_with_both_texts() -> None:
    texts = [*with_token(250, "other")]
    texts[200] = "another"
    verdict = compare_vocabularies(vocabulary(), vocabulary(texts=texts))
    assert not verdict.fits
    assert verdict.first_difference == TokenDifference(200, "token200", "another")
    assert verdict.differences == 2
    assert verdict.reasons == ("2 tokens differ; the first is id 200: target 'token200', draft 'another'",)


def test_the_first_few_ids_may_differ() -> None:
    assert compare_vocabularies(vocabulary(), vocabulary(texts=with_token(FIRST_COMPARED_ID - 1, "x"))).fits
    assert not compare_vocabularies(vocabulary(), vocabulary(texts=with_token(FIRST_COMPARED_ID, "x"))).fits


def test_sizes_may_differ_a_little() -> None:
    more = [*TEXTS, *(f"padding{i}" for i in range(MAX_SIZE_DIFFERENCE))]
    assert compare_vocabularies(vocabulary(), vocabulary(texts=more)).fits
    verdict = compare_vocabularies(vocabulary(texts=[*more, "one too many"]), vocabulary())
    assert verdict.reasons == ("vocabulary sizes differ by more than 128: 429 and 300",)


def test_another_tokenizer_does_not_fit() -> None:
    verdict = compare_vocabularies(vocabulary(), vocabulary(type="spm"))
    assert verdict.reasons == ("tokenizer type differs: target bpe, draft spm",)


def test_a_beginning_that_is_not_added_may_differ() -> None:
    assert compare_vocabularies(vocabulary(add_bos=False, bos=1), vocabulary(add_bos=False, bos=None)).fits


def test_a_beginning_that_is_added_may_not() -> None:
    verdict = compare_vocabularies(vocabulary(), vocabulary(bos=7))
    assert verdict.reasons == ("beginning-of-text token differs: target 1 (added), draft 7 (added)",)
    verdict = compare_vocabularies(vocabulary(), vocabulary(add_bos=False))
    assert verdict.reasons == ("beginning-of-text token differs: target 1 (added), draft not added",)


def test_an_end_that_is_added_may_not_differ_either() -> None:
    assert compare_vocabularies(vocabulary(), vocabulary(eos=9)).fits
    verdict = compare_vocabularies(vocabulary(add_eos=True), vocabulary(add_eos=True, eos=9))
    assert verdict.reasons == ("end-of-text token differs: target 2 (added), draft 9 (added)",)


def test_no_reason_hides_another() -> None:
    draft = vocabulary(type="spm", bos=3, add_eos=True, texts=[f"t{i}" for i in range(100)])
    verdict = compare_vocabularies(vocabulary(), draft)
    assert [reason.split(" differ")[0] for reason in verdict.reasons] == [
        "tokenizer type",
        "beginning-of-text token",
        "end-of-text token",
        "vocabulary sizes",
        "95 tokens",
    ]


def test_bytes_that_are_no_text_are_shown_all_the_same() -> None:
    verdict = compare_vocabularies(
        vocabulary(texts=with_token(9, b"\xff")), vocabulary(texts=with_token(9, b"ok"))
    )
    assert verdict.first_difference == TokenDifference(9, "\ufffd", "ok")
    assert verdict.reasons == ("1 token differs; the first is id 9: target '\ufffd', draft 'ok'",)
