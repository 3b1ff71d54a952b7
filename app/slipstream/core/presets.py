"""What answers are written with, conversation by conversation: presets, and what was set beside them.

A conversation's parameters are the settings named in `PARAMETERS`. Each of these takes the place of the one
before: the defaults; the preset that suits the loaded model, or the one chosen for new conversations; what the
settings file says for all conversations; the preset this conversation was given; single values of its own.

A person's own presets are kept in a file of their own; one named like a built-in one takes its place until removed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from slipstream.core.events import PairLoaded
from slipstream.core.files import read_own, write_own
from slipstream.core.settings import Settings, usable

SCHEMA = 1
NAME_LENGTH = 60  # characters
PARAMETERS = (
    "temperature",
    "top_p",
    "top_k",
    "min_p",
    "repeat_penalty",
    "max_tokens",
    "thinking_budget",
    "system_prompt",
)

Value = float | int | str


@dataclass(frozen=True)
class Preset:
    """A name and the values it sets; what it leaves out stays as in the settings."""

    name: str
    values: Mapping[str, Value]


R1 = Preset(  # as the model card of DeepSeek-R1 asks: a temperature of 0.5 to 0.7, no system prompt
    "R1 distill",
    {
        "temperature": 0.6,
        "top_p": 0.95,
        "top_k": 40,
        "min_p": 0.0,
        "repeat_penalty": 1.0,
        "system_prompt": "",
    },
)
BALANCED = Preset(
    "Balanced", {"temperature": 0.6, "top_p": 0.95, "top_k": 40, "min_p": 0.0, "repeat_penalty": 1.0}
)
CODE = Preset("Code", {"temperature": 0.2, "top_p": 0.95, "top_k": 40, "min_p": 0.0, "repeat_penalty": 1.0})
CREATIVE = Preset(
    "Creative", {"temperature": 1.0, "top_p": 1.0, "top_k": 0, "min_p": 0.05, "repeat_penalty": 1.0}
)
GREEDY = Preset("Greedy", {"temperature": 0.0, "repeat_penalty": 1.0})
BUILT_IN = {preset.name: preset for preset in (R1, BALANCED, CODE, CREATIVE, GREEDY)}

_R1_NAME = re.compile(r"(?<![a-z0-9])r1(?![a-z0-9])")
_CODE_NAME = re.compile(r"(?<![a-z])(code|coder|codestral|starcoder)(?![a-z])")


def suiting(loaded: PairLoaded | None) -> Preset:
    """The preset for a loaded model, by its template and its names."""
    if loaded is None:
        return BALANCED
    names = f"{loaded.target.name} {Path(loaded.target.path).stem}".lower()
    if loaded.opens_thinking or _R1_NAME.search(names):
        return R1
    return CODE if _CODE_NAME.search(names) else BALANCED


@dataclass(frozen=True)
class OwnParameters:
    """What a conversation was given of its own."""

    preset: str = ""  # "" follows the one for new conversations
    values: Mapping[str, Value] = field(default_factory=dict)

    def to_json(self) -> str:
        kept = {"preset": self.preset, "values": dict(self.values)}
        return json.dumps({name: value for name, value in kept.items() if value})

    @classmethod
    def from_json(cls, text: str) -> "OwnParameters":
        """What can be used of it: it may come from another version."""
        try:
            data = json.loads(text)
            preset, values = data.get("preset", ""), data.get("values", {})
        except (ValueError, AttributeError, RecursionError):
            return cls()
        return cls(preset if isinstance(preset, str) else "", _usable_values(values))


def _usable_values(values: object) -> dict[str, Value]:
    if not isinstance(values, dict):
        return {}
    found = {name: usable(name, values[name]) for name in PARAMETERS if name in values}
    return {name: value for name, value in found.items() if value is not None}


def effective(
    settings: Settings, own: OwnParameters, suits: Preset, presets: Mapping[str, Preset] = BUILT_IN
) -> Settings:
    """The settings a conversation's answers are written with."""
    defaults = Settings()
    changed = {
        name: getattr(settings, name)
        for name in PARAMETERS
        if getattr(settings, name) != getattr(defaults, name)
    }
    usual = presets.get(settings.preset, suits)
    values = {**usual.values, **changed}
    if own.preset in presets:
        values = {**changed, **presets[own.preset].values}
    return settings.with_values(**{**values, **own.values})


class PresetsFile:
    """The presets there are, and the file that keeps a person's own. Where it cannot be read it is set aside, and
    `problem` says so in one line.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.own: dict[str, Preset] = {}
        self.problem: str | None = None
        try:
            rows = json.loads(read_own(path))["presets"]
            self.own = {name: Preset(name, _usable_values(values)) for name, values in rows.items()}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._set_aside()

    def _set_aside(self) -> None:
        aside = self._path.with_name(self._path.name + ".damaged")
        self.problem = "Your presets could not be read"
        try:
            self._path.replace(aside)
        except OSError:
            return  # then it is overwritten by the next preset that is kept
        self.problem += f"; the old file is {aside.name}"

    @property
    def all(self) -> dict[str, Preset]:
        """By name: the built-in ones, as a person changed them, then a person's own."""
        return {**BUILT_IN, **self.own}

    def keep(self, preset: Preset) -> None:
        """Add it, or put it in place of the one of its name. Raises OSError; then nothing is changed."""
        self._save({**self.own, preset.name: preset})

    def remove(self, name: str) -> None:
        """Remove a person's own; a built-in one is as it was again. Raises OSError; then nothing is changed."""
        self._save({other: preset for other, preset in self.own.items() if other != name})

    def _save(self, own: dict[str, Preset]) -> None:
        rows = {name: dict(preset.values) for name, preset in own.items()}
        write_own(self._path, json.dumps({"schema": SCHEMA, "presets": rows}, indent=2))
        self.own = own
