"""The n-gram index: what it finds, what it keeps when a text turns another way, and what that costs."""

from typing import Any

import numpy as np
import pytest

from slipstream.engine.drafters.index import CHECKED, COPY, GAP, NgramIndex

A, B, C = (list(range(first, first + 100)) for first in (1000, 2000, 3000))  # text without a repetition
HEAD = list(range(9000, 9010))


def tokens(*parts: list[int]) -> np.ndarray:
    return np.asarray([token for part in parts for token in part], np.int32)


def found(index: NgramIndex, *parts: list[int]) -> tuple[int, tuple[int, ...]]:
    """(length of the match, the next four tokens)."""
    match = index.find(tokens(*parts))
    return (match.length, match.continuation(4)) if match else (0, ())


def follow_to(index: NgramIndex, text: np.ndarray, first: int) -> None:
    """Token by token from length `first` on, looked up each time, as a run does."""
    for end in range(first, len(text) + 1):
        index.find(text[:end])


# What is found


def test_three_tokens_are_enough_and_two_are_not():
    assert found(NgramIndex(), A, B, A[10:13]) == (3, tuple(A[13:17]))
    assert found(NgramIndex(), A, B, A[10:12]) == (0, ())


@pytest.mark.parametrize("length", [3, 5, 7, 8, 30, 63, 64])
def test_a_match_is_counted_back_to_where_it_begins(length):
    assert found(NgramIndex(), A, B, A[10 : 10 + length]) == (length, tuple(A[10 + length : 14 + length]))


def test_it_is_counted_back_no_further_than_64():
    assert found(NgramIndex(), A, B, A[10:90])[0] == 64


def test_the_longest_match_wins_over_later_shorter_ones():
    later = [token for other in (50, 60, 70) for token in (other, *A[11:14], other + 5)]
    assert found(NgramIndex(), A, later, B, A[10:14]) == (4, tuple(A[14:18]))


def test_a_long_match_is_found_behind_many_short_ones():
    later = [token for i in range(9) for token in (100 + i, *A[15:18])]
    assert found(NgramIndex(), A, later, B, A[8:18]) == (10, tuple(A[18:22]))


def test_of_equal_matches_the_latest_wins():
    text = [*A[10:15], 50, *B, *A[10:15], 60, *C, *A[10:15]]
    assert found(NgramIndex(), text) == (5, (60, *C[:3]))


def test_text_with_a_period_goes_round():
    match = NgramIndex().find(tokens(A, [1, 2, 3, 1, 2, 3]))
    assert match is not None
    assert match.continuation(7) == (1, 2, 3, 1, 2, 3, 1)
    assert match.continuation(0) == ()


def test_growing_token_by_token_finds_what_reading_at_once_finds():
    text = np.random.default_rng(5).integers(0, 4, 600).astype(np.int32)
    growing = NgramIndex()
    for end in range(1, len(text) + 1):
        growing.follow(text[:end])
        at_once = NgramIndex().find(text[:end]) if end % 7 == 0 else None
        if at_once is not None:
            match = growing.find(text[:end])
            assert match is not None
            if (
                match.length < COPY and not match.before
            ):  # which of equal copies is held on to depends on the past
                assert (match.length, match.continuation(9)) == (at_once.length, at_once.continuation(9))


# A copy that breaks off


def edited(replacement: list[int], upto: int) -> np.ndarray:
    """A is written again with five tokens from A[50] on replaced; then comes A[55:upto]."""
    return tokens(A, B, A[:50], replacement, A[55:upto])


@pytest.mark.parametrize("replacement", [[1], [1, 2, 3, 4, 5], list(range(1, 30))])
def test_one_token_is_enough_to_find_a_broken_copy_again(replacement):
    index = NgramIndex()
    text = edited(replacement, 56)
    follow_to(index, text, 240)
    match = index.find(text)
    assert match is not None
    assert (match.length, match.continuation(3)) == (1, tuple(A[56:59]))
    assert (match.before, match.gap) == (50, len(replacement) + 1)


def test_where_nothing_was_being_copied_one_token_is_not_enough():
    assert found(NgramIndex(), edited([1], 56).tolist()) == (0, ())


def test_a_broken_copy_is_looked_for_near_the_place_where_it_broke():
    index = NgramIndex()
    text = tokens(A, B, A[:50], [1, *A[95:96]])
    follow_to(index, text, 240)
    assert index.find(text) is None


def test_of_two_places_the_one_that_fits_an_equal_replacement_is_taken():
    comma = 7
    source = [*A[:50], 51, comma, 52, comma, 53, comma, *A[56:]]
    text = tokens(source, B, source[:50], [81, comma, 82, comma])
    index = NgramIndex()
    follow_to(index, text, 240)
    assert found(index, text.tolist())[1] == (53, comma, *A[56:58])


def test_a_copy_that_was_found_again_is_surer_than_its_length_says():
    index = NgramIndex()
    text = edited([1, 2], 58)
    follow_to(index, text, 240)
    match = index.find(text)
    assert match is not None
    assert (match.length, match.sureness(), match.sureness(2)) == (3, 7, 11)
    plain = NgramIndex().find(tokens(A, B, A[10:13]))
    assert plain is not None
    assert (plain.sureness(), plain.sureness(2)) == (3, 5)


def test_a_broken_copy_is_given_up_after_a_while():
    index = NgramIndex()
    text = edited(list(range(1, GAP + 1)), 56)
    follow_to(index, text, 240)
    assert index.find(text) is None


def test_a_place_found_again_becomes_the_copy_that_is_followed():
    index = NgramIndex()
    long = list(range(5000, 5400))
    text = tokens(long, B, long[:60], [1], long[61:101], [2], long[102:103])
    follow_to(index, text, 530)
    match = index.find(text)
    assert match is not None
    assert (match.length, match.before, match.gap) == (1, 40, 2)
    assert match.continuation(2) == tuple(long[103:105])


def test_tokens_that_came_all_at_once_are_part_of_the_copy():
    index = NgramIndex()
    text = edited([1], 56)
    index.find(text[:240])
    match = index.find(text)
    assert match is not None
    assert (match.length, match.before, match.gap) == (1, 50, 2)


def test_a_copy_found_again_comes_before_a_short_match_elsewhere():
    elsewhere = [*A[53:56], 70, 71]  # three tokens that match, where the copy has but one
    source = [*A[:53], 7, 7, *A[55:]]
    text = tokens(source, elsewhere, B, source[:50], [1], A[53:56])
    index = NgramIndex()
    follow_to(index, text, 245)
    match = index.find(text)
    assert match is not None
    assert (match.length, match.continuation(2)) == (1, tuple(A[56:58]))


def test_a_match_that_is_a_copy_itself_comes_before_a_copy_found_again():
    passage = list(range(5000, 5040))
    source = [*A[:53], passage[-1], *A[54:]]
    text = tokens(source, [*passage, 70], B, source[:50], passage)
    index = NgramIndex()
    follow_to(index, text[: -len(passage)], 281)
    match = index.find(text)
    assert match is not None
    assert (match.length, match.before, match.continuation(1)) == (40, 0, (70,))


# A text that turns another way


def test_thinking_that_a_template_drops_is_still_found():
    index = NgramIndex()
    index.follow(tokens(HEAD, A, B))
    assert found(index, HEAD, C, B[20:25]) == (5, tuple(B[25:29]))


def test_only_the_other_way_is_read_anew():
    index = NgramIndex()
    index.follow(tokens(HEAD, A, B))
    index.follow(tokens(HEAD, A, C))
    assert index.tokens_read == 310


def test_an_answer_written_again_finds_the_old_one_until_it_parts_from_it():
    index = NgramIndex()
    index.follow(tokens(HEAD, A, B))
    assert found(index, HEAD, A) == (64, tuple(B[:4]))
    assert found(index, HEAD, A, B[:2]) == (64, tuple(B[2:6]))
    assert found(index, HEAD, A, B[:2], [1])[1] == ()


def test_of_two_answers_to_one_question_the_newer_is_found():
    index = NgramIndex()
    index.follow(tokens(HEAD, A, B))
    index.follow(tokens(HEAD, A, C))
    assert found(index, HEAD, A) == (64, tuple(C[:4]))


def test_text_left_behind_ends_where_it_was_left():
    index = NgramIndex()
    index.follow(tokens(HEAD, A, B))
    index.follow(tokens(HEAD, A))
    match = index.find(tokens(HEAD, A, C, B[-5:-2]))
    assert match is not None
    assert match.continuation(9) == tuple(B[-2:])


def test_no_match_reaches_across_two_texts_that_never_stood_side_by_side():
    index = NgramIndex()
    index.follow(tokens(HEAD, A, B))
    index.follow(tokens(HEAD, C))
    assert found(index, HEAD, C, B[98:], HEAD[:2])[0] == 0
    assert found(index, HEAD, C, B[98:], HEAD, C[:3]) == (13, tuple(C[3:7]))


def test_a_copy_ends_where_the_text_turns_another_way():
    index = NgramIndex()
    index.find(tokens(A[:40], A[:35]))
    assert found(index, A[:12], [1, A[36]]) == (0, ())


def test_texts_that_share_only_a_beginning_of_some_tokens_are_forgotten():
    index = NgramIndex()
    index.follow(tokens(HEAD[:7], A))
    assert found(index, HEAD[:7], B, A[:9]) == (0, ())


def test_forgetting_leaves_nothing():
    index = NgramIndex()
    index.follow(tokens(HEAD, A))
    index.forget()
    assert index.remembered == 0
    assert found(index, HEAD, A[:50]) == (0, ())


def test_what_is_left_behind_is_bounded_and_the_oldest_goes_first():
    rng = np.random.default_rng(7)
    index = NgramIndex(remembered=1000)
    turns = [rng.integers(0, 50_000, 200).tolist() for _ in range(30)]
    for turn in turns:
        index.follow(tokens(HEAD, A, turn))
        assert index.remembered <= 1000 + 110 + 200 + 64
    assert found(index, HEAD, A, turns[-2][100:110])[0] == 10
    assert found(index, HEAD, A, turns[-1], A[20:30]) == (10, tuple(A[30:34]))
    assert found(index, HEAD, A, turns[-1], turns[0][100:110])[0] == 0


# What it costs


class Watched(np.ndarray):
    """A context that counts how many of its tokens are looked at."""

    touched = 0

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        Watched.touched += np.size(part)
        return part


def test_two_hundred_thousand_tokens_are_read_once_each():
    text = np.random.default_rng(3).integers(0, 30, 200_000).astype(np.int32)
    index = NgramIndex()
    step = 4
    for end in range(step, len(text) + 1, step):
        index.follow(text[:end].view(Watched))
    assert index.tokens_read == len(text)
    assert Watched.touched <= (CHECKED / step + 2) * len(text)


def test_turning_back_again_and_again_stays_linear():
    index = NgramIndex(remembered=2000)
    rng = np.random.default_rng(9)
    written = 0
    for _ in range(200):
        index.follow(tokens(HEAD, A))
        answer = rng.integers(0, 50_000, 100).tolist()
        index.follow(tokens(HEAD, A, answer))
        written += len(answer)
    assert index.tokens_read <= 3 * written
