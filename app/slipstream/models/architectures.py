"""What must be known of an architecture by name, because no header says it.

Names as in `general.architecture`, from llama.cpp's `llama-arch.cpp`. An architecture that is in no table is taken
for a plain transformer that writes text.
"""

# Their state takes in every token it reads, and no token can be taken out again: drafts cannot be taken back.
RECURRENT = frozenset(
    (
        *("mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7"),
        *("jamba", "falcon-h1", "plamo2", "granitehybrid", "lfm2", "lfm2moe", "nemotron_h", "nemotron_h_moe"),
        *(
            "qwen3next",
            "qwen35",
            "qwen35moe",
            "qwen4exp",
            "kimi-linear",
            "kimi-k3",
            "bailingmoe3",
            "glm5-next",
        ),
        *("deepseek4", "minimax-01"),
    )
)
BOTH_IN_EVERY_LAYER = frozenset(("falcon-h1",))  # attention and a recurrent state side by side

# Attention in every n-th layer only, where the header does not tell n.
ATTENTION_INTERVAL = {"qwen3next": 4, "qwen35": 4, "qwen35moe": 4, "qwen4exp": 4}
KEYS_AND_VALUES_FROM_START = {"gemma3n": 20}  # layers; the others read the cache of these

_NO_CHAT = {
    "clip": "an image or sound encoder",
    "wavtokenizer-dec": "a sound decoder",
    "qwen3tts": "a speech model",
    "pockettts": "a speech model",
    "t5": "an encoder with a decoder",
    "eagle3": "a drafting head that only goes with its own model",
    "dflash": "a drafting head that only goes with its own model",
    "gemma4-assistant": "a drafting head that only goes with its own model",
    **dict.fromkeys(("dream", "llada", "llada-moe", "rnd1"), "a diffusion model"),
    **dict.fromkeys(
        (
            *(
                "bert",
                "modern-bert",
                "nomic-bert",
                "nomic-bert-moe",
                "neo-bert",
                "jina-bert-v2",
                "jina-bert-v3",
            ),
            *("eurobert", "t5encoder", "gemma-embedding", "llama-embed"),
        ),
        "an embedding model",
    ),
}
_NO_MODEL = {  # general.type
    "mmproj": "an image or sound encoder",
    "adapter": "an adapter (LoRA) for another model",
    "imatrix": "statistics for quantizing",
}


def why_no_chat(architecture: str | None, kind: str | None) -> str | None:
    """What a file is that cannot answer or draft, by its architecture and `general.type`; None for the others."""
    return _NO_MODEL.get(kind or "") or _NO_CHAT.get(architecture or "")
