"""What a person can set, once: each field carries its label, help and range, so a dialog builds itself.

Kept as JSON with the values that differ from the defaults only. A file that cannot be read is set aside,
never overwritten, and the defaults are used.
"""

import json
import logging
from dataclasses import Field, asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from slipstream.core.chat import CACHE_TYPES
from slipstream.core.files import read_own, write_own

log = logging.getLogger(__name__)
SCHEMA = 1
LARGEST_WHOLE = 1 << 53  # that a float can hold exactly; JSON knows no limit


def option(default: Any, label: str, help: str = "", **limits: Any) -> Any:
    """A settings field. `limits`: minimum, maximum, step, `lowest` (a word for the minimum), or choices, with
    `captions` where a word is too short (those without one are shown as they are); `devices`: a choice among the
    engine's; `kept`: not reset to its default.
    """
    return field(default=default, metadata={"label": label, "help": help, **limits})


@dataclass(frozen=True)
class Settings:
    """All settings; an instance is never changed, `with_values` makes another."""

    theme: str = option(
        "system", "Theme", "Follow the system, or stay light or dark", choices=("system", "light", "dark")
    )
    language: str = option(
        "system",
        "Language",
        "Of menus and messages; acts on the next start",
        choices=("system", "en", "de"),
        captions={"system": "System", "en": "English", "de": "Deutsch"},
    )
    zoom: int = option(
        100,
        "Text size",
        "Of conversations; Ctrl with + or −, or with the wheel, changes it too",
        minimum=70,
        maximum=250,
        step=10,
        suffix=" %",
    )
    temperature: float = option(
        0.6,
        "Temperature",
        "0 always takes the likeliest token; R1 distills are meant to run at 0.6",
        minimum=0.0,
        maximum=2.0,
        step=0.05,
    )
    top_p: float = option(
        0.95,
        "Top-p",
        "Sample from the likeliest tokens that add up to this probability; 1 is off",
        minimum=0.01,
        maximum=1.0,
        step=0.01,
    )
    top_k: int = option(
        40, "Top-k", "Sample from this many likeliest tokens", minimum=0, maximum=1000, lowest="Off"
    )
    min_p: float = option(
        0.0,
        "Min-p",
        "Drop tokens less likely than this share of the likeliest; 0 is off",
        minimum=0.0,
        maximum=1.0,
        step=0.01,
    )
    repeat_penalty: float = option(
        1.0,
        "Repetition penalty",
        "Above 1 makes recent tokens less likely; 1 is off",
        minimum=0.5,
        maximum=2.0,
        step=0.01,
    )
    max_tokens: int = option(2048, "Longest answer", "Tokens, thinking included", minimum=1, maximum=131072)
    thinking_budget: int = option(
        0,
        "Thinking budget",
        "Tokens of thinking after which the answer begins",
        minimum=0,
        maximum=131072,
        lowest="No limit",
    )
    ctx_size: int = option(
        4096, "Context size", "Tokens both models can see; acts on the next load", minimum=256, maximum=131072
    )
    threads: int = option(
        0,
        "Threads",
        "Processor threads; automatic takes the physical cores; acts on the next load",
        minimum=0,
        maximum=256,
        lowest="Automatic",
    )
    gpu_layers: int = option(
        -1,
        "Layers on the GPU",
        "Of the model; automatic takes as many as fit, 0 keeps it on the processor",
        minimum=-1,
        maximum=999,
        lowest="Automatic",
    )
    draft_gpu_layers: int = option(
        -1,
        "Draft layers on the GPU",
        "The draft goes first: beside the GPU it would slow every step down",
        minimum=-1,
        maximum=999,
        lowest="Automatic",
    )
    devices: str = option(
        "", "Devices", "That the model's layers may go to; fastest first where it is automatic", devices=True
    )
    draft_devices: str = option(
        "", "Draft devices", "That the draft's layers may go to; one is best, as it is small", devices=True
    )
    flash_attn: str = option(
        "auto",
        "Flash attention",
        "Less memory for long contexts; automatic takes it where the device can",
        choices=("auto", "on", "off"),
        captions={"auto": "Automatic", "on": "On", "off": "Off"},
    )
    cache_type_k: str = option(
        "f16",
        "Cache of keys",
        "Fewer bits make room for a longer context; below q8_0 answers suffer",
        choices=CACHE_TYPES,
        captions={"f16": "f16, the default", "q8_0": "q8_0, half the memory", "q4_0": "q4_0, a quarter"},
    )
    cache_type_v: str = option(
        "f16",
        "Cache of values",
        "Fewer bits than 16 need flash attention",
        choices=CACHE_TYPES,
        captions={"f16": "f16, the default", "q8_0": "q8_0, half the memory", "q4_0": "q4_0, a quarter"},
    )
    system_prompt: str = option("", "System prompt", "Put before the conversation; R1 distills want none")
    speculate: bool = option(True, "Speculative decoding", "Let a draft run ahead of the model")
    draft_max: int = option(
        0, "Draft length", "Tokens drafted a step", minimum=0, maximum=16, lowest="Automatic"
    )
    accept: str = option(
        "lossless",
        "Acceptance",
        "Which drafted tokens are kept; at temperature 0 all three keep the same. What a rule that changes the "
        "output let through is told under the answer",
        choices=("lossless", "relaxed", "typical"),
        captions={
            "lossless": "Lossless: as if the model had written alone",
            "relaxed": "Relaxed: changes the output, in thinking only",
            "typical": "Typical: changes the output",
        },
    )
    show_tokens: bool = option(
        False,
        "Show drafted tokens",
        "Tint and underline what the draft got right. Resting on a token, or walking with the arrow keys, shows what "
        "the draft had proposed there",
    )
    preset: str = option("", "Preset for new conversations")  # "" is the one that suits the model
    target: str = option("", "Model")
    draft: str = option("", "Draft")
    recent_models: tuple[str, ...] = option((), "Recent models")
    model_folders: tuple[str, ...] = option(
        (),
        "Folders with models",
        "Looked through for GGUF files, with what is in them; nothing there is ever changed",
        kept=True,
    )

    def with_values(self, **values: Any) -> "Settings":
        return replace(self, **values)


def setting_fields() -> tuple[Field[Any], ...]:
    """The fields in order, with `metadata` holding label, help and limits."""
    return fields(Settings)


def usable(name: str, value: Any) -> Any:
    """A value read from elsewhere as this setting holds it; None where it cannot hold it."""
    spec = next(spec for spec in setting_fields() if spec.name == name)
    if not _accepted(spec, value):
        return None
    if isinstance(spec.default, tuple):
        return tuple(value)
    return float(value) if isinstance(spec.default, float) else value


def _accepted(spec: Field[Any], value: Any) -> bool:
    """Whether a value read from a file is one this field can hold."""
    default = spec.default
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(default, float) and type(value) is int and abs(value) <= LARGEST_WHOLE:
        value = float(value)
    if type(value) is not type(default):
        return False
    if "choices" in spec.metadata:
        return value in spec.metadata["choices"]
    low, high = spec.metadata.get("minimum"), spec.metadata.get("maximum")
    return (low is None or value >= low) and (high is None or value <= high)


def load_settings(path: Path) -> tuple[Settings, str | None]:
    """The settings in `path` and, where something could not be used, one line saying so.

    A damaged file is renamed to `settings.json.damaged`, where it can be; unknown keys and values out of range are
    left out.
    """
    try:
        data = json.loads(read_own(path))
        values = data["values"]
        if not isinstance(values, dict):
            raise TypeError("values is no object")
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        aside = path.with_name(path.name + ".damaged")
        try:
            path.replace(aside)
        except OSError:
            log.warning("settings: %s, and it could not be set aside", error)
            return Settings(), "The settings could not be read and were reset"
        return Settings(), f"The settings could not be read and were reset; the old file is {aside.name}"
    found: dict[str, Any] = {}
    odd = []
    for spec in setting_fields():
        if spec.name not in values:
            continue
        value = usable(spec.name, values[spec.name])
        if value is None:
            odd.append(spec.name)
        else:
            found[spec.name] = value
    return Settings(**found), f"Settings out of range were reset: {', '.join(odd)}" if odd else None


def save_settings(settings: Settings, path: Path) -> None:
    """Write the values that differ from the defaults. Raises OSError.

    In ASCII: the name of a file may hold bytes that are no text, and JSON can escape them where UTF-8 cannot.
    """
    default = asdict(Settings())
    values = {name: value for name, value in asdict(settings).items() if value != default[name]}
    write_own(path, json.dumps({"schema": SCHEMA, "values": values}, indent=2))
