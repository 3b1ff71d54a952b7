"""Names of files on the hub: what they are quantized to, which belong together, which are meant."""

import pytest

from slipstream.models.hub_data import HubFile, Role, Variant
from slipstream.models.hub_files import find_variant, quantization_of, role_of, variants_of


def file(path: str, size: int = 100) -> HubFile:
    return HubFile(path, size, None)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf", "Q4_K_M"),
        ("llama-2-7b.Q5_K_S.gguf", "Q5_K_S"),
        ("qwen2.5-coder-0.5b-instruct-q8_0.gguf", "Q8_0"),
        ("model-IQ2_XXS.gguf", "IQ2_XXS"),
        ("model.i1-IQ4_NL.gguf", "IQ4_NL"),
        ("gpt-oss-20b-MXFP4.gguf", "MXFP4"),
        ("gpt-oss-20b-mxfp4_moe.gguf", "MXFP4_MOE"),
        ("Model-UD-Q4_K_XL.gguf", "UD-Q4_K_XL"),
        ("Model-Q4_0_4_8.gguf", "Q4_0_4_8"),
        ("Model-Q6_K.gguf", "Q6_K"),
        ("Model-Q6_K_L.gguf", "Q6_K_L"),
        ("Model-TQ1_0.gguf", "TQ1_0"),
        ("model-fp16.gguf", "F16"),
        ("model.F32.gguf", "F32"),
        ("model-BF16-00001-of-00002.gguf", "BF16"),
        ("Q4_K_M/model-00001-of-00009.gguf", "Q4_K_M"),
        ("Q4_K_M/model-Q8_0.gguf", "Q8_0"),
        ("BF16-trained-Q4_K_M.gguf", "Q4_K_M"),
        ("model.gguf", None),
        ("faq4_k_model.gguf", None),
        ("SEQ4_0x.gguf", None),
    ],
)
def test_quantization_is_read_from_the_name(path: str, label: str | None) -> None:
    assert quantization_of(path) == label


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("model-Q4_0.gguf", Role.MODEL),
        ("mmproj-model-f16.gguf", Role.PROJECTOR),
        ("sub/model.mmproj-Q8_0.gguf", Role.PROJECTOR),
        ("mmproj/model.gguf", Role.MODEL),
        ("imatrix.gguf", Role.CALIBRATION),
        ("model-imatrix-Q4_0.gguf", Role.CALIBRATION),
    ],
)
def test_role_is_read_from_the_name(path: str, role: Role) -> None:
    assert role_of(path) is role


def test_parts_are_one_model_in_order_and_the_smallest_comes_first() -> None:
    found = variants_of(
        [
            file("big/M-Q8_0-00002-of-00002.gguf", 60),
            file("M-Q4_K_M.gguf", 30),
            file("big/M-Q8_0-00001-of-00002.gguf", 50),
            file("mmproj.gguf", 1),
            file("M-Q2_K.gguf", 20),
        ]
    )
    assert [(v.name, v.quantization, v.size, v.missing_parts) for v in found] == [
        ("M-Q2_K", "Q2_K", 20, 0),
        ("M-Q4_K_M", "Q4_K_M", 30, 0),
        ("big/M-Q8_0", "Q8_0", 110, 0),
        ("mmproj", None, 1, 0),
    ]
    assert [f.path[-22:] for f in found[2].files] == [
        "Q8_0-00001-of-00002.gguf"[-22:],
        "Q8_0-00002-of-00002.gguf"[-22:],
    ]
    assert found[3].role is Role.PROJECTOR


def test_missing_parts_are_counted() -> None:
    (found,) = variants_of([file("M-00001-of-00004.gguf"), file("M-00003-of-00004.gguf")])
    assert (len(found.files), found.missing_parts) == (2, 2)


def test_parts_of_another_count_are_another_model() -> None:
    found = variants_of([file("M-00001-of-00002.gguf"), file("M-00001-of-00003.gguf")])
    assert len(found) == 2


def test_capital_endings_are_models_too() -> None:
    (found,) = variants_of([file("MODEL-Q4_0.GGUF")])
    assert (found.name, found.quantization) == ("MODEL-Q4_0", "Q4_0")


KNOWN = variants_of(
    [
        file("A-Q4_K_M.gguf", 10),
        file("B-Q4_K_M.gguf", 20),
        file("A-Q8_0-00001-of-00002.gguf", 30),
        file("A-Q8_0-00002-of-00002.gguf", 30),
        file("mmproj-F16.gguf", 5),
        file("A-F16.gguf", 50),
    ]
)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("A-Q4_K_M.gguf", "A-Q4_K_M"),
        ("B-Q4_K_M", "B-Q4_K_M"),
        ("A-Q8_0-00002-of-00002.gguf", "A-Q8_0"),
        ("q8_0", "A-Q8_0"),
        ("F16", "A-F16"),
        ("mmproj-F16.gguf", "mmproj-F16"),
        ("Q4_K_M", None),
        ("Q2_K", None),
        ("", None),
    ],
)
def test_a_model_is_meant_by_file_name_or_quantization(wanted: str, name: str | None) -> None:
    found: Variant | None = find_variant(KNOWN, wanted)
    assert (found.name if found else None) == name
