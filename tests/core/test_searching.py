"""Reading a person's words, and finding them in a text."""

import random
import time

import pytest

from slipstream.core.searching import LONGEST_QUERY, MOST_WORDS, Lead, Part, Query, fold, spaced


def words(text: str) -> list[tuple[str, ...]]:
    return [word.tokens for word in Query.read(text).words]


def hits(parts: tuple[Part, ...]) -> list[str]:
    return [part.text for part in parts if part.is_hit]


def plain(parts: tuple[Part, ...]) -> str:
    return "".join(part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("   \n\t ", []),
        ("Speculative decoding", [("speculative",), ("decoding",)]),
        ("same SAME Säme", [("same",)]),
        ('"draft model" pair', [("draft", "model"), ("pair",)]),
        ("foo_bar.baz()", [("foo", "bar", "baz")]),
        ('one "two', [("one",), ("two",)]),
        ('"*', []),
        ("* - OR AND NOT NEAR(a b)", [("or",), ("and",), ("not",), ("near", "a"), ("b",)]),
        ("a\0b", [("a", "b")]),
        ("cafe\u0301", [("cafe",)]),
        ("\ud800", []),
        ("推测GPU 码", [("推", "测", "gpu"), ("码",)]),
    ],
)
def test_words_are_read(text, tokens):
    assert words(text) == tokens
    assert bool(Query.read(text)) is bool(tokens)


def test_characters_of_scripts_without_spaces_stand_apart():
    assert spaced("plain text, 東京 and กา").split() == ["plain", "text,", "東", "京", "and", "ก", "า"]
    assert spaced("plain") == "plain"


def test_a_page_of_text_is_cut_to_a_few_words():
    assert len(Query.read("word " * 200_000).words) == 1
    many = Query.read(" ".join(f"w{number}" for number in range(500)))
    assert len(many.words) == MOST_WORDS
    assert len(Query.read("x" * 1_000_000).words[0].tokens[0]) <= LONGEST_QUERY


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("spec dec", "Speculative decoding", True),
        ("ulative", "Speculative", False),  # a word begins with it, or not at all
        ("uber", "Über den Wolken", True),
        ("Über", "uber alles", True),
        ('"speculative decod"', "Speculative decoding", False),  # quoted: as it stands
        ('"speculative decoding"', "speculative, decoding", True),
        ('"decoding speculative"', "speculative decoding", False),
        ("c", "The C language", True),
        ("c", "cat", False),  # one letter is a word
        ("c++", "I like C++ more", True),
        ("both words", "only words", False),
        ("e-mail", "send an e-mail", True),
        ("加速", "推测解码加速生成", True),
        ("解码 GPU", "在gpu上推测解码", True),
        ("ストリーム", "スリップストリーム", True),
        ("が", "か", False),
        ("3章", "第3章", True),
        ("3章", "第13章", False),  # a number is a word here too
        ("用gp", "用GPU推测", True),
        ('"用gp"', "用GPU推测", False),
        ("推解", "推测解码", False),
        ("测解", "推测，解码", True),  # as in a phrase
        ("", "anything", False),
    ],
)
def test_a_text_matches(query, text, found):
    assert Query.read(query).matches(text) is found


def test_folding_keeps_places():
    text = "Ünïcödé İstanbul ﬁ ß Straße 한국어 が \U0001f642 e\u0301"
    assert len(fold(text)) == len(text)
    assert fold("ABC É ñ") == "abc e n"


def test_parts_tell_hits_apart_and_keep_the_text():
    parts = Query.read("quick fox").parts("The quick  brown\nfox quickly")
    assert plain(parts) == "The quick brown fox quickly"
    assert hits(parts) == ["quick", "fox", "quick"]


def test_hits_within_one_another_are_marked_once():
    assert hits(Query.read('sea "sea shell"').parts("a sea shell")) == ["sea shell"]


def test_a_snippet_stands_around_the_words():
    text = "filler " * 300 + "the needle in it " + "filler " * 300
    parts = Query.read("needle").snippet(text, 80)
    assert hits(parts) == ["needle"]
    assert plain(parts).startswith("…filler")
    assert plain(parts).endswith("filler…")
    assert 60 <= len(plain(parts)) <= 120


def test_a_snippet_prefers_the_place_with_most_of_the_words():
    text = "alpha " + "x " * 200 + "beta " + "y " * 200 + "alpha and beta " + "z " * 200
    assert hits(Query.read("alpha beta").snippet(text, 80)) == ["alpha", "beta"]


def test_a_snippet_without_a_hit_is_the_beginning():
    parts = Query.read("missing").snippet("The beginning of a text " * 20, 40)
    assert plain(parts).startswith("The beginning of a text")
    assert plain(parts).endswith("…")
    assert hits(parts) == []


def test_a_snippet_of_a_short_text_is_all_of_it():
    assert plain(Query.read("b").snippet("a b c", 100)) == "a b c"


@pytest.mark.parametrize("place", [0, 49_998, 50_500, 500_000, 999_990])
def test_a_word_is_found_anywhere_in_a_megabyte(place):
    text = "é " + "filler " * 143_000
    text = text[:place] + " needle " + text[place:]
    assert hits(Query.read("needle").snippet(text, 100)) == ["needle"]


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a " * 500_000, "\u0301" * 300_000, "ab_" * 300_000])
def test_rude_texts_take_no_time(text):
    started = time.monotonic()
    for query in ('a "a a a" b', "a_a_a_a", "ab ab_ab"):
        Query.read(query).snippet(text, 100)
    assert time.monotonic() - started < 5


def test_random_texts_are_marked_where_they_match():
    """Against a plain reading: words split by hand, compared by their beginnings."""
    rng = random.Random(5)
    letters = "ab é_-Ä."
    for _ in range(3000):
        text = "".join(rng.choice(letters) for _ in range(rng.randrange(40)))
        asked = "".join(rng.choice("abéÄ") for _ in range(rng.randrange(1, 4)))
        query = Query.read(asked)
        split = "".join(char if char.isalnum() else " " for char in fold(text)).split()
        mine = fold(asked)
        expected = any(word.startswith(mine) if len(mine) > 1 else word == mine for word in split)
        assert query.matches(text) is expected, (asked, text)
        assert plain(query.parts(text)).split() == text.split()
        assert bool(hits(query.parts(text))) is expected


def test_places_are_in_order_and_none_over_another():
    query = Query.read('song "song of whales" whale')
    assert query.places("A song of whales, a Song, whales") == [(2, 6), (10, 15), (20, 24), (26, 31)]
    assert Query.read("missing").places("A song") == []


def test_a_lead_knows_its_place_by_what_follows_there():
    text = "The whale sings. Much later the **whale** dives, and the whale sings again."
    query = Query.read("whale dive")
    snippet = query.snippet(text, 30)
    lead = Lead.of(query, snippet)
    assert lead.text.startswith("whale** dives")
    fits = [lead.fit(text.replace("*", "")[start:]) for start, _ in query.places(text.replace("*", ""))]
    assert max(fits) == fits[1] > fits[0]


def test_a_lead_without_a_hit_fits_nowhere():
    assert Lead.of(Query.read("x"), (Part("nothing", False),)).fit("nothing") == 0
