"""Which layers go to which device, worked out by hand and on devices of all kinds."""

import random

import pytest

from slipstream.core.placing import RESERVE, ModelBytes, Offload, Room, fewer, place, place_pair, used

GB = 10**9
MB = 10**6
TARGET = ModelBytes(layers=28, layer=150 * MB, output=500 * MB, compute=300 * MB)  # 5.0 GB on one device
DRAFT = ModelBytes(layers=24, layer=10 * MB, output=140 * MB, compute=100 * MB)  # 480 MB


def rooms(*free: int) -> list[Room]:
    """Devices with so much to use beside the reserve."""
    return [Room(f"CUDA{i}", size + RESERVE) for i, size in enumerate(free)]


def test_whole_on_the_first_device_that_holds_it() -> None:
    assert place(TARGET, rooms(5 * GB)) == Offload(("CUDA0",), 29, (29,))
    assert place(TARGET, rooms(4 * GB, 6 * GB, 9 * GB)) == Offload(("CUDA1",), 29, (29,))
    assert place(TARGET, rooms(TARGET.whole)) == Offload(("CUDA0",), 29, (29,))


def test_a_byte_too_little_keeps_a_layer_beside_it() -> None:
    assert place(TARGET, rooms(TARGET.whole - 1)) == Offload(("CUDA0",), 28, (28,))


def test_over_the_fewest_devices_where_none_holds_it_alone() -> None:
    # 3 GB: 0.3 of buffers, 2.7 hold 18 layers; the other 10 and the output, 2 GB, fit the second of the three
    assert place(TARGET, rooms(3 * GB, 3 * GB, 3 * GB)) == Offload(("CUDA0", "CUDA1"), 29, (18, 11))


def test_as_many_as_fit_where_all_together_do_not_hold_it() -> None:
    # 1.5 GB: 1.2 hold 8 layers; the second one the output and 4
    assert place(TARGET, rooms(1500 * MB, 1500 * MB)) == Offload(("CUDA0", "CUDA1"), 13, (8, 5))


def test_a_device_too_small_for_the_output_is_left_out() -> None:
    assert place(TARGET, rooms(1500 * MB, 700 * MB)) == Offload(("CUDA0",), 5, (5,))


@pytest.mark.parametrize("free", [(), (0,), (-RESERVE,), (300 * MB,), (700 * MB,)])
def test_nothing_where_there_is_no_room_for_the_output(free: tuple[int, ...]) -> None:
    assert place(TARGET, rooms(*free)) == Offload()


def test_the_draft_goes_first() -> None:
    """On a device too small for both, the draft is there as a whole, and the target partly."""
    target, draft = place_pair(TARGET, DRAFT, rooms(3 * GB))
    assert draft == Offload(("CUDA0",), 25, (25,))
    assert used(DRAFT, draft) == {"CUDA0": DRAFT.whole}
    # 3000 − 480 of the draft − 300 of buffers − 500 of the output: 1720, 11 layers
    assert target == Offload(("CUDA0",), 12, (12,))


def test_a_draft_stays_on_one_device_of_several() -> None:
    target, draft = place_pair(TARGET, DRAFT, rooms(400 * MB, 3 * GB, 3 * GB))
    assert draft.devices == ("CUDA1",)
    assert target == Offload(("CUDA1", "CUDA2"), 29, (14, 15))


def test_fewer_layers_down_to_none() -> None:
    offload, tried = Offload(("CUDA0",), 33, (33,)), []
    while offload.layers:
        offload = fewer(offload, 32)
        tried.append(offload.layers)
    assert tried == [24, 12, 6, 3, 1, 0]
    assert offload == Offload()


def test_the_device_with_the_output_gives_up_last() -> None:
    assert fewer(Offload(("A", "B"), 13, (8, 5)), 28) == Offload(("A", "B"), 6, (1, 5))
    assert fewer(Offload(("A", "B"), 6, (1, 5)), 28) == Offload(("B",), 3, (3,))
    assert fewer(Offload(("A", "B"), 29), 28) == Offload(("A", "B"), 21)


@pytest.mark.parametrize("seed", range(200))
def test_whatever_the_devices(seed: int) -> None:
    """Nothing holds more than it has, the reserve is kept, and more memory never holds fewer layers."""
    chance = random.Random(seed)
    free = [chance.randrange(0, 8 * GB) for _ in range(chance.randrange(1, 5))]
    there = [Room(f"D{i}", size) for i, size in enumerate(free)]
    left = {room.device: room.free for room in there}
    target, draft = place_pair(TARGET, DRAFT, there)
    for model, offload in ((DRAFT, draft), (TARGET, target)):
        assert offload.layers == sum(offload.split) <= model.layers + 1
        assert len(offload.devices) == len(offload.split) == len(set(offload.devices))
        assert all(offload.split)
        for device, size in used(model, offload).items():
            left[device] -= size
            assert left[device] >= RESERVE
    richer = place(TARGET, [Room(room.device, room.free + GB) for room in there])
    assert richer.layers >= place(TARGET, there).layers
