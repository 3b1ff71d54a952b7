"""What an answer with bytes says of itself: where it begins, how large the file is, what names its content."""

import httpx2
import pytest

from slipstream.core.errors import HubError
from slipstream.models.hub_client import Answer

ASKED = httpx2.Request("GET", "http://hub.example/a/b/resolve/main/m.gguf")


def answer(status: int, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(httpx2.Response(status, headers=named, stream=httpx2.ByteStream(b"x" * 5), request=ASKED))


@pytest.mark.parametrize(
    ("status", "headers", "place"),
    [
        (200, {"content_length": "500"}, (0, 500)),
        (200, {}, (0, None)),
        (200, {"content_length": "many"}, (0, None)),
        (200, {"content_length": "9" * 5000}, (0, None)),
        (206, {"content_range": "bytes 10-499/500"}, (10, 500)),
        (206, {"content_range": " bytes 10-499/*"}, (10, None)),
    ],
)
def test_where_it_begins(status: int, headers: dict[str, str], place: tuple[int, int | None]) -> None:
    with answer(status, **headers) as sent:
        assert (sent.offset, sent.total) == place
        assert b"".join(sent.pieces()) == b"x" * 5


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {}),
        (206, {"content_range": "bytes */500"}),
        (206, {"content_range": "bytes -3-4/5"}),
        (206, {"content_range": f"bytes 0-1/{'9' * 5000}"}),
        (206, {"content_type": "multipart/byteranges; boundary=x"}),
        (204, {}),
        (200, {"content_encoding": "gzip"}),
        (206, {"content_encoding": "br", "content_range": "bytes 10-499/500"}),
    ],
)
def test_what_is_no_plain_part_of_a_file_is_refused(status: int, headers: dict[str, str]) -> None:
    with pytest.raises(HubError, match=r"hub\.example"):
        answer(status, **headers)


@pytest.mark.parametrize(
    ("headers", "tag"),
    [
        ({"etag": '"abc"'}, "abc"),
        ({"etag": 'W/"abc"'}, "abc"),
        ({"etag": '"abc"', "x_linked_etag": '"of-the-hub"'}, "of-the-hub"),
        ({"etag": '""'}, None),
        ({}, None),
    ],
)
def test_what_names_the_content(headers: dict[str, str], tag: str | None) -> None:
    with answer(200, **headers) as sent:
        assert sent.tag == tag
