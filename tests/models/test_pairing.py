"""Every draft judged for a target, with every reason, the best first; from headers alone."""

from dataclasses import replace
from datetime import UTC, datetime
from math import log
from pathlib import Path

import pytest
from bench_samples import SETUP
from gguf_writer import STR, TOKENS, header, model_pairs, pair, tensor, vocabulary_pairs, with_tensors
from library_folders import put
from memory_source import MemorySource
from pair_files import F16, data

from slipstream.core.benchmark.history import MeasuredPrompt, pair_histories
from slipstream.core.benchmark.setup import BenchModel
from slipstream.core.costs import PairRecord
from slipstream.core.known_pairs import KnownPairs
from slipstream.core.measurements import Measurements, model_key
from slipstream.core.paths import resources_dir
from slipstream.models.catalog import load_catalog
from slipstream.models.gguf import read_header
from slipstream.models.library import Library
from slipstream.models.machine_memory import GpuMemory, MachineMemory
from slipstream.models.memory import LoadOptions
from slipstream.models.pair_model import PairModel
from slipstream.models.pairing import Pairing, ReasonKind, Suitability, Surroundings
from slipstream.models.places import Place, PlaceKind

AMPLE = Surroundings(MachineMemory(10**12, 10**12))


def model(rows: int, *more: bytes, name: str = "", repository: str | None = None, **options) -> PairModel:
    raw = data(rows, *more, **options)
    name = name or f"{rows}.gguf"
    return PairModel.of_header(read_header(MemorySource(raw), name), len(raw), name, repository)


TARGET = model(6400)


def judged(draft: PairModel, around: Surroundings = AMPLE, target: PairModel = TARGET):
    return Pairing(target, around).judge(draft)


def kinds(reasons) -> list[ReasonKind]:
    return [reason.kind for reason in reasons]


def test_a_small_draft_of_the_same_vocabulary():
    found = judged(model(320))
    assert found.fits
    assert found.vocabulary.fits
    assert (found.unfit, found.doubts) == ((), ())
    assert found.suitability is Suitability.SUITABLE
    assert found.size_ratio == pytest.approx(6432 / 352)
    assert found.fit.fits
    assert found.prediction.pays
    assert found.known is None


def test_another_vocabulary_is_unfit_and_the_token_is_named():
    found = judged(model(320, tokens=[*TOKENS[:-1], "other"]))
    assert not found.fits
    assert found.suitability is Suitability.UNFIT
    assert found.vocabulary.first_difference.id == 13
    assert found.unfit[0].figures == ("1 token differs; the first is id 13: target 'h', draft 'other'",)


def test_every_reason_is_told():
    """Another tokenizer, other tokens, another size, a recurrent state: none hides another."""
    draft = model(320, tokens=[f"t{i}" for i in range(200)], architecture="mamba")
    found = judged(draft)
    assert kinds(found.unfit) == [ReasonKind.VOCABULARY, ReasonKind.VOCABULARY, ReasonKind.TAKES_NOTHING_BACK]
    assert found.unfit[-1].figures == ("320.gguf",)


def test_a_target_that_cannot_take_tokens_back():
    target = model(6400, architecture="rwkv7")
    assert kinds(judged(model(320), target=target).unfit) == [ReasonKind.TAKES_NOTHING_BACK]


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (model(320, pair("general.type", STR, "adapter")), "an adapter (LoRA) for another model"),
        (model(320, architecture="bert"), "an embedding model"),
    ],
)
def test_what_is_no_model(draft, problem):
    found = judged(draft)
    assert not found.fits
    assert found.unfit[0].kind is ReasonKind.NOT_A_DRAFT
    assert problem in found.unfit[0].figures[0]


def test_a_draft_without_a_tokenizer():
    raw = with_tensors(model_pairs(), (("blk.0.w.weight", (64, 8), F16),))
    draft = PairModel.of_header(read_header(MemorySource(raw), "d.gguf"), len(raw), "d.gguf")
    found = judged(draft)
    assert found.vocabulary is None
    assert kinds(found.unfit) == [ReasonKind.NOT_A_DRAFT]


def test_a_large_draft_is_doubtful():
    found = judged(model(4800))
    assert found.fits
    assert ReasonKind.LARGE in kinds(found.doubts)
    assert found.doubts[0].figures == ("75",)
    assert found.suitability is Suitability.DOUBTFUL


def test_the_target_itself():
    assert ReasonKind.SAME_FILE in kinds(judged(TARGET).doubts)


def test_no_room_for_both():
    found = judged(model(320), replace(AMPLE, machine=MachineMemory((256 << 20) + 1000, 10**9)))
    assert found.fits  # it could draft
    assert ReasonKind.NO_ROOM in kinds(found.doubts)
    needed, free = map(int, found.doubts[0].figures)
    assert needed > free
    assert found.suitability is Suitability.DOUBTFUL


def test_a_draft_of_a_shorter_context():
    around = replace(AMPLE, options=LoadOptions(100))
    assert not judged(model(320, context_length=100), around).doubts
    assert judged(model(320, context_length=64), around).doubts[0].figures == ("64", "100")


def test_in_four_bits_on_a_processor_little_is_to_be_gained():
    """The writer of these files calls them Q4_K_M, unless told otherwise."""
    assert kinds(judged(model(320, file_type=15), target=model(6400, file_type=15)).doubts) == [
        ReasonKind.GAINS_NOTHING
    ]


def test_on_the_gpu():
    here = MachineMemory(10**12, 10**12, (GpuMemory("g", 10**12, 10**12),))
    found = judged(model(320), replace(AMPLE, machine=here))
    assert found.fit.where == "gpu"
    assert found.prediction.pays


def test_what_was_measured_here_decides():
    draft = model(320)
    record = PairRecord(TARGET.key, draft.key, "CPU x2")
    for tokens in (1, 2, 4, 8, 16):
        record.verify.replace(512, tokens, 100.0 * tokens, 9)
    record.draft_decode.replace(512, 1, 10.0, 9)
    measurements = Measurements()
    measurements.put(record)
    found = judged(draft, replace(AMPLE, measurements=measurements))
    assert found.prediction.costs == "measured"
    assert kinds(found.doubts) == [ReasonKind.GAINS_NOTHING]
    assert found.suitability is Suitability.DOUBTFUL


def qwen(rows: int, name: str, **options) -> PairModel:
    return model(rows, name=name, architecture="qwen2", **options)


def test_what_the_catalog_knows():
    around = replace(AMPLE, catalog=load_catalog(resources_dir()))
    target = qwen(6400, "DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf")
    drafts = [
        qwen(320, "unknown.gguf"),
        qwen(330, "DeepSeek-R1-DRAFT-0.5B-Q8_0.gguf"),
        qwen(340, "DeepSeek-R1-Distill-Qwen-1.5B-Q8_0.gguf"),
        qwen(350, "other.gguf", tokens=[*TOKENS[:-1], "x"]),
    ]
    best, second, against, unfit = Pairing(target, around).rank(drafts)
    assert best.draft.name == "DeepSeek-R1-Distill-Qwen-1.5B-Q8_0.gguf"
    assert best.suitability is Suitability.RECOMMENDED
    assert best.known.source == "lm-studio"
    assert second.suitability is Suitability.SUITABLE
    # listed against, although the two vocabularies here are the same
    assert kinds(against.doubts) == [ReasonKind.LISTED_AGAINST]
    assert against.suitability is Suitability.DOUBTFUL
    assert unfit.suitability is Suitability.UNFIT


def test_what_could_be_downloaded():
    around = replace(AMPLE, catalog=load_catalog(resources_dir()))
    known = Pairing(qwen(6400, "DeepSeek-R1-Distill-Qwen-32B-Q4_K_M.gguf"), around).recommended()
    assert known[0][0].repositories == ("alamios/DeepSeek-R1-DRAFT-Qwen2.5-0.5B-GGUF",)
    assert Pairing(TARGET, around).recommended() == ()
    assert Pairing(TARGET, AMPLE).recommended() == ()


def test_tensors_of_unknown_types_have_no_size():
    raw = header(
        [*model_pairs(block_count=1), *vocabulary_pairs()],
        [tensor("token_embd.weight", (64, 32), 99, 0), tensor("blk.0.w.weight", (64, 8), 99, 32)],
    )
    unknown = PairModel.of_header(read_header(MemorySource(raw + bytes(64)), "u.gguf"), 9**9, "u.gguf")
    for target, draft in ((unknown, model(320)), (TARGET, unknown), (unknown, unknown)):
        found = judged(draft, target=target)
        assert found.size_ratio is None
        assert found.fits


def test_the_better_draft_comes_first_and_none_is_hidden():
    drafts = [model(rows) for rows in (6000, 40, 640)] + [model(320, tokens=(*TOKENS[:-1], "z"))]
    ranked = Pairing(TARGET, AMPLE).rank(drafts)
    assert len(ranked) == 4
    assert [verdict.draft.name for verdict in ranked][-2:] == ["6000.gguf", "320.gguf"]
    gains = [verdict.prediction.speedup for verdict in ranked[:2]]
    assert gains == sorted(gains, reverse=True)


def test_a_vocabulary_is_compared_once(monkeypatch):
    compared = []
    import slipstream.models.pairing as module  # noqa: PLC0415

    original = module.compare_vocabularies
    monkeypatch.setattr(module, "compare_vocabularies", lambda a, b: compared.append(1) or original(a, b))
    other = [*TOKENS[:-1], "x"]
    Pairing(TARGET, AMPLE).rank([model(rows, tokens=other) for rows in (40, 80, 120)] + [model(40)])
    assert len(compared) == 1


def test_files_and_headers_are_judged_alike(tmp_path: Path):
    target, draft = put(tmp_path / "t.gguf", data(6400)), put(tmp_path / "d.gguf", data(320))
    library = Library([Place(PlaceKind.ADDED, tmp_path)], tmp_path / "cache.json")
    listed = {model.name: PairModel.of_library(model) for model in library.scan()}
    by_path = judged(PairModel.of_path(draft), target=PairModel.of_path(target))
    by_library = judged(listed["d.gguf"], target=listed["t.gguf"])
    by_header = judged(model(320, name="d.gguf"), target=model(6400, name="t.gguf"))
    for found in (by_library, by_header):
        assert (found.suitability, found.fit, found.prediction) == (
            by_path.suitability,
            by_path.fit,
            by_path.prediction,
        )
    assert by_path.draft.key == listed["d.gguf"].key == model_key(draft)


def test_a_file_that_goes_while_it_is_judged(tmp_path: Path):
    put(tmp_path / "d.gguf", data(320, tokens=[*TOKENS[:-1], "x"]))
    library = Library([Place(PlaceKind.ADDED, tmp_path)], tmp_path / "cache.json")
    (listed,) = library.scan()
    draft = PairModel.of_library(listed)
    (tmp_path / "d.gguf").unlink()
    found = judged(draft)
    assert kinds(found.unfit) == [ReasonKind.NOT_A_DRAFT]
    assert "no such file" in found.unfit[0].figures[0]


def test_a_file_of_the_library_that_cannot_be_read(tmp_path: Path):
    put(tmp_path / "d.gguf", b"nothing")
    library = Library([Place(PlaceKind.ADDED, tmp_path)], tmp_path / "cache.json")
    assert [PairModel.of_library(model) for model in library.scan()] == [None]


def gained(draft: PairModel, *gains: float, machine: MachineMemory = AMPLE.machine) -> Surroundings:
    """As if a benchmark had measured the target with this draft here, a prompt each."""

    def file(model: PairModel) -> BenchModel:
        return BenchModel(model.key.rpartition(":")[0], "", "", model.card.shape.weights, 2, 0, ("CPU",))

    setup = replace(SETUP, target=file(TARGET), draft=file(draft))
    prompts = [
        MeasuredPrompt(
            setup, datetime(2026, 11, 24, tzinfo=UTC), True, "code", f"p{n}", log(gain), log(gain), 9, 5, 9
        )
        for n, gain in enumerate(gains)
    ]
    return replace(AMPLE, machine=machine, known=KnownPairs(tuple(pair_histories(prompts))))


def test_what_a_benchmark_gave_here_goes_before_everything():
    draft = model(4800)  # large: by its size doubtful
    found = judged(draft, gained(draft, *(1.5, 1.6, 1.55, 1.52, 1.58)))
    assert found.prediction.is_measured
    assert found.suitability is Suitability.SUITABLE
    draft = model(320)
    slow = judged(draft, gained(draft, *(0.9, 0.95, 0.92, 0.91, 0.93)))
    (doubt,) = slow.doubts
    assert doubt.kind is ReasonKind.GAINED_NOTHING
    assert doubt.figures == (slow.prediction.benchmarks.decode.figures, "5")
    assert slow.suitability is Suitability.DOUBTFUL


def test_what_was_measured_on_the_processor_says_nothing_of_a_gpu():
    draft = model(320)
    gpu = MachineMemory(10**12, 10**12, (GpuMemory("g", 10**12, 10**12),))
    found = judged(draft, gained(draft, *(0.9, 0.95, 0.92, 0.91, 0.93), machine=gpu))
    assert found.prediction.benchmarks is None
    assert found.prediction.pays


def test_a_pair_that_was_measured_fast_is_ranked_before_one_that_is_only_guessed():
    fast, other = model(330), model(320)
    verdicts = Pairing(TARGET, gained(fast, *(9.0, 9.1, 9.2, 9.3, 9.4))).rank([other, fast])
    assert [verdict.draft.name for verdict in verdicts] == ["330.gguf", "320.gguf"]
