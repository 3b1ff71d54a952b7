"""Summaries, and the checks a file passes before llama.cpp sees it."""

import json
import os
import signal
import subprocess
import sys

import pytest
from gguf_writer import (
    BOOL,
    STR,
    TENSORS,
    TOKENS,
    U32,
    array,
    header,
    model_pairs,
    pair,
    tensor,
    tiny_model,
    vocabulary_pairs,
    with_tensors,
)

from slipstream.core.errors import ModelFileError
from slipstream.models.inspect import SCHEMA, check_file, check_pair, describe, inspect


@pytest.fixture
def write(tmp_path):
    def write(data, name="tiny.gguf"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def test_summary_as_json(write):
    path = write(tiny_model(pair("tokenizer.chat_template", STR, "{{ x }}"), nextn_predict_layers=1))
    told = json.loads(json.dumps(inspect(path).to_json()))
    assert told == {
        "schema": SCHEMA,
        "file": str(path),
        "size": path.stat().st_size,
        "parts": [{"name": "tiny.gguf", "size": path.stat().st_size}],
        "gguf_version": 3,
        "architecture": "llama",
        "name": "Tiny",
        "size_label": None,
        "quantization": "Q4_K_M",
        "parameters": 1056,
        "context_length": 128,
        "layers": 2,
        "embedding_width": 32,
        "heads": 4,
        "kv_heads": 4,
        "mtp_layers": 1,
        "vocabulary": {"type": "bpe", "size": 14, "bos": 11, "eos": 11, "add_bos": False, "add_eos": False},
        "chat_template": {"present": True, "thinking_tags": False, "opens_thinking": None},
        "license": None,
        "notes": [],
    }


def test_description_is_aligned_rows(write):
    lines = describe(inspect(write(tiny_model()))).splitlines()
    assert "Quantization     Q4_K_M" in lines
    assert "Vocabulary       bpe, 14 tokens, bos 11, eos 11" in lines
    assert {line[16:17] for line in lines} == {" "}
    assert not any(line[17:18] == " " for line in lines)
    assert not any(line.startswith(("License", "MTP", "Note", "Parts")) for line in lines)


def test_description_cannot_drive_the_terminal(write):
    name = "\x1b]0;owned\x07 \x1b[2J\u202e" + "x" * 10_000
    pairs = [pair("general.architecture", STR, "llama"), pair("general.name", STR, name)]
    text = describe(inspect(write(header(pairs))))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert max(map(len, text.splitlines())) < 300


def test_numbers_that_differ_by_layer(write):
    path = write(tiny_model(array("llama.attention.head_count_kv", U32, [2, 8])))
    assert inspect(path).kv_heads == (2, 8)
    assert "KV heads         2 to 8, by layer" in describe(inspect(path))


@pytest.mark.parametrize(
    ("template", "tags", "opens"),
    [
        (r"{% if add_generation_prompt %}{{'<｜Assistant｜><think>\n'}}{% endif %}", True, True),
        (
            r"{% if add_generation_prompt and not ns.is_tool %}{{ '<｜Assistant｜><think>\n' }}{%- endif -%}"
            "\n",
            True,
            True,
        ),
        ("{% if add_generation_prompt %}{{'<｜Assistant｜>'}}{% endif %}", False, None),
        # only sometimes, or only for past turns: rendering would tell
        (
            r"{% if add_generation_prompt %}{% if deep %}{{'<think>\n'}}{% endif %}{% endif %}",
            True,
            None,
        ),
        (r"{% if add_generation_prompt %}{{'<think>\n\n</think>\n\n'}}{% endif %}", True, None),
        (
            r"{{ m.content.split('</think>')[-1] }}{% if add_generation_prompt %}{{'A:'}}{% endif %}",
            True,
            None,
        ),
    ],
)
def test_whether_a_template_opens_thinking(write, template, tags, opens):
    found = inspect(write(tiny_model(pair("tokenizer.chat_template", STR, template)))).chat_template
    assert (found.present, found.thinking_tags, found.opens_thinking) == (True, tags, opens)


def test_a_template_made_to_stall_the_search(write):
    template = "add_generation_prompt " * 500_000 + "{" * 500_000
    found = inspect(write(tiny_model(pair("tokenizer.chat_template", STR, template))))
    assert found.chat_template.opens_thinking is None


def test_what_cannot_be_checked_is_said(write):
    data = header(model_pairs(), [tensor("new", (64,), 99, 0)])
    notes = inspect(write(data + bytes(64))).notes
    assert any("not known (99)" in note for note in notes)


def test_a_vocabulary_file_is_no_model(write):
    assert any("No tensors" in note for note in inspect(write(header(model_pairs()))).notes)


def test_a_file_without_tokenizer(write):
    path = write(with_tensors(model_pairs(), TENSORS))
    assert inspect(path).vocabulary is None
    assert "Vocabulary       none" in describe(inspect(path))
    with pytest.raises(ModelFileError, match="no tokenizer"):
        check_pair(path, path)


def test_a_pair(write):
    other = with_tensors([*model_pairs(), *vocabulary_pairs(tokens=[*TOKENS[:-1], "other"])], TENSORS)
    target, draft = write(tiny_model()), write(other, "draft.gguf")
    assert check_pair(target, target).fits
    verdict = check_pair(target, draft)
    assert not verdict.fits
    assert verdict.first_difference.id == 13
    assert (verdict.first_difference.target, verdict.first_difference.draft) == ("h", "other")


# files that are none


def refusal(path):
    """The error of both entries: they agree."""
    with pytest.raises(ModelFileError) as one:
        check_file(path)
    with pytest.raises(ModelFileError) as other:
        inspect(path)
    assert str(one.value) == str(other.value)
    assert one.value.hint
    return one.value.message


def test_a_missing_file(tmp_path):
    assert refusal(tmp_path / "gone.gguf") == "gone.gguf: no such file"
    assert "no such file" in refusal(tmp_path / "no" / "folder.gguf")


def test_a_folder(tmp_path):
    assert "a folder, not a model file" in refusal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.gguf")
    assert "not a regular file" in refusal(tmp_path / "pipe.gguf")


def test_a_link_to_itself(tmp_path):
    loop = tmp_path / "loop.gguf"
    loop.symlink_to(loop)
    assert "loop.gguf: cannot be opened" in refusal(loop)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no one here")
def test_an_unreadable_file(write):
    path = write(tiny_model())
    path.chmod(0)
    assert "may not be read" in refusal(path)


def test_impossible_paths():
    assert "cannot be opened" in refusal("a\0b.gguf")
    assert "cannot be opened" in refusal("x" * 5000)


def test_an_empty_file(write):
    assert "not a GGUF file" in refusal(write(b""))


# values at which llama.cpp aborts

ABORTING = {
    "513 layers": tiny_model(block_count=513),
    "no layers": tiny_model(block_count=0),
    "more MTP layers than layers": tiny_model(nextn_predict_layers=3),
    "unknown rope scaling": tiny_model(pair("llama.rope.scaling.type", STR, "spiral")),
    "too many experts": tiny_model(expert_count=1025, expert_used_count=2),
    "more experts used than there are": tiny_model(expert_count=4, expert_used_count=5),
    "no expert used": tiny_model(expert_count=4),
    "groups of no experts": tiny_model(expert_group_count=2),
    "groups that do not divide": tiny_model(
        expert_count=8, expert_used_count=2, expert_group_count=3, expert_group_used_count=1
    ),
    "all groups used": tiny_model(
        expert_count=8, expert_used_count=2, expert_group_count=4, expert_group_used_count=4
    ),
    "two tokens alike": with_tensors(
        [*model_pairs(), *vocabulary_pairs(tokens=[*TOKENS, TOKENS[3]])], TENSORS
    ),
}
ABORTING_LATER = {  # at the first prompt
    "no tokenizer": [pair("tokenizer.ggml.model", STR, "none"), pair("llama.vocab_size", U32, 8)],
    "no bos to add": [*vocabulary_pairs(pre="glm4"), pair("tokenizer.ggml.add_bos_token", BOOL, True)],
    "no eos to add": [
        *vocabulary_pairs(tokens=TOKENS[:9]),
        pair("tokenizer.ggml.add_eos_token", BOOL, True),
    ],
}
ABORTING |= {what: with_tensors([*model_pairs(), *pairs], TENSORS) for what, pairs in ABORTING_LATER.items()}
# loads each file, and tokenizes with it, in a child of its own; prints how each child ended
TRY_ALL = """
import os, sys, llama_cpp
def attempt(path):
    parameters = llama_cpp.llama_model_default_params()
    model = llama_cpp.llama_model_load_from_file(path.encode(), parameters)
    parameters.vocab_only = True
    model = model or llama_cpp.llama_model_load_from_file(path.encode(), parameters)
    if model:
        vocabulary, tokens = llama_cpp.llama_model_get_vocab(model), (llama_cpp.llama_token * 8)()
        llama_cpp.llama_tokenize(vocabulary, b"a", 1, tokens, 8, True, False)
for path in sys.argv[1:]:
    child = os.fork()
    if not child:
        attempt(path)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.parametrize("what", ABORTING)
def test_values_that_abort_llama_cpp(write, what):
    path = write(ABORTING[what])
    with pytest.raises(ModelFileError, match="cannot be loaded"):
        check_file(path)
    assert any("cannot be loaded" in note for note in inspect(path).notes)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="tries each file in a fork")
def test_llama_cpp_does_abort_at_them(write):
    """Else a check has outlived its reason."""
    whats = [*ABORTING, "a sound file"]
    files = [write(data, f"{i}.gguf") for i, data in enumerate([*ABORTING.values(), tiny_model()])]
    quick = os.environ | {"GGML_NO_BACKTRACE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", TRY_ALL, *files], capture_output=True, check=True, text=True, env=quick
    )
    ends = dict(zip(whats, map(int, ran.stdout.split()), strict=True))
    aborted = dict.fromkeys(ABORTING, -signal.SIGABRT)
    assert ends == aborted | {"a sound file": 0}


def test_experts_that_go_together(write):
    check_file(write(tiny_model(expert_count=8, expert_used_count=2)))
    check_file(
        write(
            tiny_model(expert_count=8, expert_used_count=2, expert_group_count=4, expert_group_used_count=2)
        )
    )
    check_file(write(tiny_model()))
