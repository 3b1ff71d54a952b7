"""The bundled list of pairs: well-formed, with sources, and found by the names that files carry."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from slipstream.core.paths import resources_dir
from slipstream.models.catalog import Standing, load_catalog

REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


@pytest.fixture(scope="module")
def catalog():
    return load_catalog(resources_dir())


def test_it_is_well_formed(catalog):
    assert catalog.schema == 1
    for things in (catalog.models, catalog.sources):
        assert max(Counter(thing.id for thing in things).values()) == 1
    assert max(Counter((pair.target, pair.draft) for pair in catalog.pairs).values()) == 1
    for model in catalog.models:
        assert model.title
        assert model.names
        assert model.repositories
        assert all(REPOSITORY.fullmatch(name) for name in model.repositories)
        assert all(name == name.lower() and " " not in name for name in model.names)
    for pair in catalog.pairs:
        assert pair.note
        assert not pair.note.endswith(".")
        assert catalog.source(pair).title
    used = {pair.source for pair in catalog.pairs}
    assert {source.id for source in catalog.sources} == used
    assert all(source.url is None or source.url.startswith("https://") for source in catalog.sources)


def test_each_model_is_found_by_its_own_names(catalog):
    for model in catalog.models:
        for repository in model.repositories:
            name = repository.partition("/")[2].removesuffix("-GGUF")
            assert catalog.identify(model.architecture, (f"{name}-Q4_K_M.gguf",)) == model


@pytest.mark.parametrize(
    ("architecture", "names", "id"),
    [
        ("qwen2", ("DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf",), "r1-distill-qwen-32b"),
        ("qwen2", (None, "DeepSeek R1 Distill Qwen 7B"), "r1-distill-qwen-7b"),
        (
            "qwen2",
            ("model.gguf", None, "bartowski/DeepSeek-R1-Distill-Qwen-1.5B-GGUF"),
            "r1-distill-qwen-1.5b",
        ),
        ("qwen2", ("DeepSeek-R1-DRAFT-Qwen2.5-0.5B-Q4_0.gguf",), "r1-draft-qwen2.5-0.5b"),
        ("qwen2", ("DeepSeek-R1-DRAFT-0.5B-BF16.gguf",), "r1-full-draft-0.5b"),
        ("qwen2", ("qwen2.5-coder-0.5b-instruct-q8_0.gguf",), "qwen2.5-coder-0.5b"),
        ("qwen2", ("Qwen2.5-0.5B-Instruct-Q8_0.gguf",), "qwen2.5-0.5b"),
        ("llama", ("SmolLM2-135M-Instruct.Q4_1.gguf",), "smollm2-135m"),
        ("llama", ("Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf",), "llama-3.1-8b"),
        (None, ("SmolLM2-1.7B-Instruct.gguf",), "smollm2-1.7b"),
        # what only looks alike
        ("llama", ("DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf",), None),
        ("qwen2", ("MyDeepSeek-R1-Distill-Qwen-32B.gguf",), None),
        ("qwen2", ("DeepSeek-R1-Distill-Qwen-32Bit.gguf",), None),
        ("qwen2", ("Qwen2.5-10.5B.gguf",), None),
        ("qwen2", (None, ""), None),
    ],
)
def test_names_that_files_carry(catalog, architecture, names, id):
    found = catalog.identify(architecture, names)
    assert (found.id if found else None) == id


def test_the_recommended_draft_comes_first(catalog):
    target = catalog.identify("qwen2", ("DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf",))
    (first, pair), *others = catalog.drafts_for(target)
    assert first.id == "r1-draft-qwen2.5-0.5b"
    assert pair.standing == Standing.RECOMMENDED
    assert [model.id for model, _ in others] == ["r1-distill-qwen-1.5b"]
    assert catalog.drafts_for(None) == ()


def test_what_must_be_refused_is_never_offered(catalog):
    target = catalog.identify("qwen2", ("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf",))
    plain = catalog.identify("qwen2", ("Qwen2.5-0.5B-Instruct-Q8_0.gguf",))
    refused = catalog.pair(target, plain)
    assert refused.standing == Standing.REFUSED
    assert "151643" in refused.note
    assert plain not in [model for model, _ in catalog.drafts_for(target)]
    assert catalog.pair(target, None) is None
    assert catalog.pair(plain, plain) is None


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"schema": "1"},
        {"pairs": [{"target": "x", "draft": "y", "standing": "weak", "note": "n", "source": "s"}]},
        {"more": 1},
        {"models": [{"id": "x"}]},
    ],
)
def test_a_catalog_that_is_not_well_formed(tmp_path: Path, change):
    data = json.loads((resources_dir() / "catalog.json").read_text("utf-8"))
    (tmp_path / "catalog.json").write_text(json.dumps({**data, **change}))
    with pytest.raises(ValueError):  # noqa: PT011  # whatever is wrong with it
        load_catalog(tmp_path)


def test_a_standing_that_is_none(tmp_path: Path):
    data = json.loads((resources_dir() / "catalog.json").read_text("utf-8"))
    data["pairs"][0]["standing"] = "perfect"
    (tmp_path / "catalog.json").write_text(json.dumps(data))
    with pytest.raises(ValueError, match="perfect"):
        load_catalog(tmp_path)
