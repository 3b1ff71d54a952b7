"""Sizes and times, said once."""

import pytest

from slipstream.core.amounts import size_text, time_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (99_949, "99.9 kB"),
        (99_950, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (117_320_512, "117 MB"),
        (4_683_073_184, "4.7 GB"),
        (999.6e9, "1.0 TB"),
        (2.5e15, "2500 TB"),
    ],
)
def test_sizes(size: float, text: str) -> None:
    assert size_text(size) == text


def test_sizes_in_another_language() -> None:
    assert size_text(4.7e9, ",") == "4,7 GB"
    assert size_text(12, ",", "{0} Byte") == "12 Byte"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "0 s"),
        (89.4, "89 s"),
        (90, "2 min"),
        (1500, "25 min"),
        (5369, "89 min"),
        (5400, "1 h 30 min"),
        (11_100, "3 h 05 min"),
    ],
)
def test_times(seconds: float, text: str) -> None:
    assert time_text(seconds) == text
