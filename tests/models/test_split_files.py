"""Models in several files: found by any part, complete or refused."""

import pytest
from gguf_writer import I32, TENSORS, U16, model_pairs, pair, vocabulary_pairs, with_tensors
from memory_source import MemorySource

from slipstream.core.errors import ModelFileError
from slipstream.models.inspect import check_file, check_pair, describe, inspect
from slipstream.models.split_files import parse_split_name, read_model

NAMES = tuple(f"big-{number:05d}-of-00003.gguf" for number in (1, 2, 3))
SMALLEST_FIRST = TENSORS[::-1]


def part(number, tensors, count=3, total=3):
    split = [
        pair("split.no", U16, number - 1),
        pair("split.count", U16, count),
        pair("split.tensors.count", I32, total),
    ]
    own = [*model_pairs(), *vocabulary_pairs(), *split] if number == 1 else split
    return with_tensors(own, tensors)


@pytest.fixture
def split(tmp_path):
    """A model in three files, one tensor in each."""
    for number, (name, tensor) in enumerate(zip(NAMES, SMALLEST_FIRST, strict=True), start=1):
        (tmp_path / name).write_bytes(part(number, [tensor]))
    return tmp_path


def test_names():
    name = parse_split_name("DeepSeek-R1-Q4-00002-of-00015.gguf")
    assert (name.prefix, name.number, name.count) == ("DeepSeek-R1-Q4", 2, 15)
    assert name.part(15) == "DeepSeek-R1-Q4-00015-of-00015.gguf"
    assert len(name.all()) == 15


@pytest.mark.parametrize(
    "name",
    [
        *(
            "a.gguf",
            "a-1-of-3.gguf",
            "a-00001-of-00003.bin",
            "a-00004-of-00003.gguf",
            "a-00000-of-00003.gguf",
        ),
        *("-00001-of-00003.gguf", "a-٠٠٠٠١-of-00003.gguf", "a-00001-of-00003.gguf.part"),
    ],
)
def test_names_of_no_part(name):
    assert parse_split_name(name) is None


@pytest.mark.parametrize("name", NAMES)
def test_any_part_finds_all(split, name):
    found = inspect(split / name)
    assert [p.name for p in found.parts] == list(NAMES)
    assert found.size == sum((split / n).stat().st_size for n in NAMES)
    assert found.name == "Tiny"
    assert found.parameters == 32 * 14 + 512 + 96
    assert f"Parts            3, from {NAMES[0]}" in describe(found)


def test_the_first_part_stands_for_the_model(split):
    header = check_file(split / NAMES[0])
    assert [(t.name, t.part) for t in header.tensors] == [(t[0], i) for i, t in enumerate(SMALLEST_FIRST)]
    assert header.least_size == header.data_offset + header.tensors[0].size
    assert check_pair(split / NAMES[0], split / NAMES[2]).fits


def test_llama_cpp_wants_the_first_part(split):
    with pytest.raises(ModelFileError, match="part 2 of 3 of a split model") as caught:
        check_file(split / NAMES[1])
    assert NAMES[0] in caught.value.hint


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_the_missing_part_is_named(split, gone):
    (split / NAMES[gone - 1]).unlink()
    given = NAMES[1] if gone == 1 else NAMES[0]
    with pytest.raises(ModelFileError, match=f"part {gone} of 3 is missing: {NAMES[gone - 1]}"):
        inspect(split / given)


def test_several_missing_parts(split):
    (split / NAMES[1]).unlink()
    (split / NAMES[2]).unlink()
    with pytest.raises(ModelFileError, match=r"parts 2, 3 of 3 are missing, the first is big-00002"):
        check_file(split / NAMES[0])


def test_a_truncated_part(split):
    whole = (split / NAMES[2]).read_bytes()
    (split / NAMES[2]).write_bytes(whole[:-60])
    with pytest.raises(ModelFileError, match=f"{NAMES[2]}: truncated: {len(whole) - 60} of "):
        check_file(split / NAMES[0])


def test_a_part_of_another_model(split):
    (split / NAMES[2]).write_bytes(part(2, [SMALLEST_FIRST[2]]))
    with pytest.raises(ModelFileError, match=f"{NAMES[2]}: not part 3"):
        check_file(split / NAMES[0])


def test_a_tensor_in_two_parts(split):
    (split / NAMES[2]).write_bytes(part(3, [SMALLEST_FIRST[1]]))
    with pytest.raises(ModelFileError, match=r"blk\.0\.weight is in another part"):
        check_file(split / NAMES[0])


def test_a_tensor_too_few(split):
    (split / NAMES[0]).write_bytes(part(1, [SMALLEST_FIRST[0]], total=4))
    with pytest.raises(ModelFileError, match="4 tensors are announced, its parts have 3"):
        check_file(split / NAMES[0])


def test_a_renamed_part(split):
    renamed = (split / NAMES[0]).rename(split / "mine.gguf")
    with pytest.raises(ModelFileError, match="part 1 of 3 of a split model, but not named so") as caught:
        check_file(renamed)
    assert "-00001-of-00003.gguf" in caught.value.hint


def test_more_parts_than_anyone_has(tmp_path):
    path = tmp_path / "a-00001-of-60000.gguf"
    path.write_bytes(part(1, [SMALLEST_FIRST[0]], count=60000))
    with pytest.raises(ModelFileError, match="60000 parts, 1000 are allowed"):
        check_file(path)


def test_a_whole_model_named_like_a_part(tmp_path):
    """Only the metadata makes a part; a name alone does not."""
    path = tmp_path / NAMES[1]
    path.write_bytes(with_tensors([*model_pairs(), *vocabulary_pairs()], SMALLEST_FIRST))
    assert len(inspect(path).parts) == 1
    assert check_file(path).parameter_count == 32 * 14 + 512 + 96


def test_parts_need_no_folder():
    """A repository on a hub opens its files by name in the same way."""
    files = {name: part(number, [SMALLEST_FIRST[number - 1]]) for number, name in enumerate(NAMES, start=1)}
    found = read_model(NAMES[1], lambda name: MemorySource(files[name]))
    assert (found.number, len(found.parts), len(found.header.tensors)) == (2, 3, 3)
