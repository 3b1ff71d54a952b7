"""Where a file of the hub may be written."""

from pathlib import Path

import pytest

from slipstream.core.errors import DownloadError
from slipstream.models.hub_paths import destination, is_repo, is_safe_path, make_folder


@pytest.mark.parametrize(
    "repo", ["gpt2", "acme/Model-GGUF", "a/b", "acme/model_1.5", "0x/y", "a" * 90 + "/b"]
)
def test_names_of_repositories(repo: str) -> None:
    assert is_repo(repo)


@pytest.mark.parametrize(
    "repo",
    [
        *("", "/", "a/", "/a", "a/b/c", "..", "a/..", "../a", ".a/b", "a./b", "a/b.git", "a--b/c", "a/b..c"),
        *("a b/c", "a\\b", "C:/x", "a/b\n", "ä/b", "con/b", "a/NUL", "a/com1.x", "a" * 200),
    ],
)
def test_what_is_no_repository(repo: str) -> None:
    assert not is_repo(repo)


@pytest.mark.parametrize(
    "path", ["m.gguf", "Q4_0/m-00001-of-00002.gguf", "a b (1).gguf", ".hidden/m.gguf", "模型.gguf"]
)
def test_safe_paths(path: str) -> None:
    assert is_safe_path(path)


UNSAFE = (
    *("", "../m.gguf", "a/../../m.gguf", "..", "a/..", "./m.gguf", "a//m.gguf", "/etc/m.gguf", "a/"),
    *(
        "C:\\m.gguf",
        "C:m.gguf",
        "c:/m.gguf",
        "\\\\host\\share\\m.gguf",
        "//host/share/m.gguf",
        "a\\..\\m.gguf",
    ),
    *(
        "m.gguf ",
        "m.gguf.",
        " m.gguf",
        "a./m.gguf",
        "m.gguf\0",
        "m\n.gguf",
        "m\x1b[2J.gguf",
        "m\u202egguf.exe",
    ),
    *(
        "con.gguf",
        "aux/m.gguf",
        "LPT1.gguf",
        "a/nul",
        "com¹.gguf",
        'm"x.gguf',
        "m*.gguf",
        "m?.gguf",
        "m|x",
        "m:x.gguf",
    ),
    *("x" * 300 + ".gguf", "/".join("abcdefgh") + "/m.gguf", "\ud800.gguf"),
)


@pytest.mark.parametrize("path", UNSAFE)
def test_unsafe_paths_are_refused(path: str, tmp_path: Path) -> None:
    assert not is_safe_path(path)
    with pytest.raises(DownloadError, match="not a name") as caught:
        destination(tmp_path, "a/b", path)
    assert caught.value.one_line().isprintable()


def test_a_place_is_below_the_folder(tmp_path: Path) -> None:
    place = destination(tmp_path, "acme/Model", "Q4_0/m.gguf")
    assert place == tmp_path / "acme" / "Model" / "Q4_0" / "m.gguf"
    make_folder(tmp_path, place)
    assert place.parent.is_dir()


@pytest.mark.parametrize("link", ["acme", "acme/Model", "acme/Model/Q4_0", "acme/Model/Q4_0/m.gguf"])
def test_nothing_is_written_through_a_link(tmp_path: Path, link: str) -> None:
    root, elsewhere = tmp_path / "models", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(elsewhere)
    with pytest.raises(DownloadError, match="is a link"):
        make_folder(root, destination(root, "acme/Model", "Q4_0/m.gguf"))
    assert not list(elsewhere.iterdir())


def test_the_models_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    root = tmp_path / "models"
    root.symlink_to(tmp_path / "disk")
    make_folder(root, destination(root, "a/b", "m.gguf"))
    assert (tmp_path / "disk" / "a" / "b").is_dir()
