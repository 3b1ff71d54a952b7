"""Which of a library's models can draft for which."""

from pathlib import Path

import pytest
from gguf_writer import TOKENS
from library_folders import put
from pair_files import data

from slipstream.models.library import Library
from slipstream.models.places import Place, PlaceKind
from slipstream.models.relations import drafts_by_target


@pytest.fixture
def relations(tmp_path: Path):
    def find(**files: bytes) -> dict[str, list[str]]:
        for name, raw in files.items():
            put(tmp_path / "m" / f"{name}.gguf", raw)
        library = Library([Place(PlaceKind.ADDED, tmp_path / "m")], tmp_path / "cache.json")
        found = drafts_by_target(list(library.scan()))
        return {target.stem: [draft.stem for draft in drafts] for target, drafts in found.items()}

    return find


def test_smaller_ones_of_the_same_tokens_the_smallest_first(relations):
    found = relations(large=data(6400), small=data(320), tiny=data(40), twin=data(6399))
    assert found == {"large": ["tiny", "small"], "twin": ["tiny", "small"], "small": ["tiny"]}


def test_a_family_that_pads_its_vocabulary(relations):
    padded = [*TOKENS, *(f"[PAD{i}]" for i in range(len(TOKENS), 100))]
    assert relations(large=data(6400, tokens=padded), small=data(320)) == {"large": ["small"]}


def test_other_tokens_recurrent_states_and_broken_files(relations):
    found = relations(
        large=data(6400),
        other=data(320, tokens=[*TOKENS[:-1], "x"]),
        recurrent=data(320, architecture="mamba"),
        encoder=data(320, architecture="bert"),
        far=data(320, tokens=[*TOKENS, *(f"t{i}" for i in range(300))]),
        broken=b"GGUF",
    )
    assert found == {}
