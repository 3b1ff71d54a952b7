"""A benchmark for a report: what its records come to, added up once, and what its kinds of text are called."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from slipstream.core.benchmark.figures import ALL, KindFigures, kind_figures
from slipstream.core.benchmark.rows import Benchmark
from slipstream.core.benchmark.setup import BenchSetup
from slipstream.core.comparing import SAME, Comparison, Verdict
from slipstream.core.reports.records import BenchmarkRecord
from slipstream.core.reports.speech import NA, Speech


class BenchFigures:
    """One benchmark and its figures."""

    def __init__(self, record: BenchmarkRecord) -> None:
        self.record = record

    @property
    def benchmark(self) -> Benchmark:
        return self.record.benchmark

    @cached_property
    def kinds(self) -> list[KindFigures]:
        """One per kind of text, then all of them together; [] where nothing was measured."""
        return kind_figures(self.benchmark.pairs, complete=self.benchmark.is_complete)

    @property
    def overall(self) -> KindFigures | None:
        return self.kinds[-1] if self.kinds else None

    @property
    def rows(self) -> list[KindFigures]:
        """What a table or a plot has a row of: of one kind alone, "all together" would say the same again."""
        return self.kinds if len(self.kinds) > 2 else self.kinds[:1]


@dataclass(frozen=True, slots=True)
class BenchWords:
    """How a benchmark is told of."""

    speech: Speech

    def name(self, benchmark: Benchmark) -> str:
        """A person's, else that of its pair."""
        return " ".join(benchmark.name.split()) or self.pair(benchmark.setup)

    def pair(self, setup: BenchSetup) -> str:
        translate, target = self.speech.translate, PurePath(setup.target.name).stem
        if setup.draft is None:
            return translate("Report", "{target} with n-gram lookup").format(target=target)
        words = translate("Report", "{target} with the draft {draft}")
        return words.format(target=target, draft=PurePath(setup.draft.name).stem)

    def kind(self, kind: str) -> str:
        """A kind of text; one of a person's own file as it is called there."""
        translate = self.speech.translate
        return {
            ALL: translate("Report", "All together"),
            "code": translate("Report", "Code"),
            "math": translate("Report", "Maths"),
            "open": translate("Report", "Open questions"),
            "rewrite": translate("Report", "Rewriting"),
            "other": translate("Report", "Other texts"),
            "prompt": translate("Report", "One prompt"),
        }.get(kind, kind)

    def gained(self, comparison: Comparison) -> str:
        """E.g. "1.62× (1.55–1.70)"."""
        return comparison.figures.replace(".", self.speech.point) or NA

    def verdict(self, overall: KindFigures | None) -> str:
        """One sentence on whether drafting makes decoding faster."""
        translate = self.speech.translate
        if overall is None or overall.decode.ratio is None:
            return translate("Report", "Nothing was measured here yet.")
        words = {
            Verdict.FASTER: translate("Report", "With drafting, text is written {times} as fast."),
            Verdict.SLOWER: translate("Report", "Drafting costs speed here: {times} as fast."),
            Verdict.NO_DIFFERENCE: translate(
                "Report", "Drafting makes no difference of more than {same} %: {times}."
            ),
            Verdict.NOT_KNOWN_YET: translate("Report", "Whether drafting pays is not known yet: {times}."),
        }[overall.decode.verdict]
        return words.format(times=self.gained(overall.decode), same=round(SAME * 100))

    def rests_on(self, overall: KindFigures) -> str:
        """What the interval is of."""
        translate = self.speech.translate
        counted = {
            "prompts": translate("Report", "{n} prompts"),
            "repeats": translate("Report", "{n} repeats"),
            "pairs": translate("Report", "{n} pairs of answers"),
        }[overall.unit].format(n=overall.decode.n)
        if overall.decode.low is None:
            return translate("Report", "Over {counted}, too few for an interval.").format(counted=counted)
        return translate("Report", "In brackets the 95 % interval, over {counted}.").format(counted=counted)
