"""The prompts we keep are what the benchmarks take them for."""

import json
from pathlib import Path

import pytest
from prompt_sets import Prompt, kinds_in_turn, prompts, read_prompts

from slipstream.core.paths import resources_dir

FOLDER = resources_dir() / "prompts"
COUNTS = {"open": 16, "rewrite": 10, "code": 10, "math": 10}
FENCE = "```"


def test_there_is_a_file_of_each_kind_and_no_other() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{kind}.jsonl" for kind in COUNTS}


@pytest.mark.parametrize("kind", COUNTS)
def test_a_file_holds_prompts_of_its_kind(kind: str) -> None:
    rows = [json.loads(line) for line in (FOLDER / f"{kind}.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == COUNTS[kind]
    for row in rows:
        assert set(row) == {"id", "kind", "prompt"}
        assert row["kind"] == kind
        assert row["id"].startswith(f"{kind}/")
        assert row["prompt"] == row["prompt"].strip()
        assert (
            40 <= len(row["prompt"]) <= 1600
        )  # a question to a page; with its answer far below 2,048 tokens


def test_ids_are_unique_over_all_kinds() -> None:
    ids = [prompt.id for kind in COUNTS for prompt in read_prompts(FOLDER / f"{kind}.jsonl")]
    assert len(set(ids)) == len(ids)


def test_open_prompts_are_of_several_languages() -> None:
    texts = [prompt.prompt for prompt in read_prompts(FOLDER / "open.jsonl")]
    assert sum("\u4e00" <= text[0] <= "\u9fff" for text in texts) >= 1
    assert sum(any(word in text.split() for word in ("Ich", "Mein")) for text in texts) >= 2


def test_a_rewriting_task_is_mostly_the_text_that_is_to_come_back() -> None:
    for prompt in read_prompts(FOLDER / "rewrite.jsonl"):
        task, _, text = prompt.prompt.partition("\n")
        assert 60 <= len(task) <= 200, prompt.id
        assert 700 <= len(text) <= 1500, prompt.id  # 250 to 350 tokens
        assert text.count(FENCE) in (0, 2), prompt.id


def test_given_kinds_come_from_the_given_file_the_others_from_ours(tmp_path: Path) -> None:
    given = tmp_path / "prompts.jsonl"
    rows = [
        {"id": f"{kind}/{i}", "kind": kind, "prompt": f"{i}"} for i in range(3) for kind in ("math", "code")
    ]
    given.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert prompts(given, "code", 2) == [Prompt("code/0", "code", "0"), Prompt("code/1", "code", "1")]
    assert [prompt.id for prompt in prompts(given, "rewrite", 1)] == ["rewrite/inventory-rename"]


def test_kinds_take_turns_to_the_end_of_the_longest() -> None:
    a, b, c = (Prompt(name, name, "") for name in "abc")
    assert list(kinds_in_turn([[a, c], [b]])) == [(0, a), (0, b), (1, c)]
