"""Makes data/real_rows.npz: logits of a real pair at the same places of a text, for the G-test on draws.

    python tests/engine/make_real_rows.py SmolLM2-135M-Instruct.F16.gguf

The file holds, for `target` and `draft`, the `KEPT` largest logits of each of `ROWS` rows in a row: `…_ids`
(ROWS, KEPT) ascending, `…_logits` float16 alike; `n_vocab`; `text`, after whose first tokens they stand. The
draft is the target requantized to Q2_K: a real small-bit draft that often disagrees. Of all places in the text
these are the ones where it disagrees most, since there a broken rule shows best.
"""

import sys
import tempfile
from pathlib import Path

import llama_cpp
import numpy as np
from numpy.typing import NDArray

TEXT = (
    "The lighthouse keeper opened the door and found, to her surprise, a small box wrapped in brown paper. "
    "Inside it lay a letter from her brother, who had left the island many years ago, and an old brass compass. "
    "She read the letter twice, put on her coat, and walked down to the"
)
KEPT = 4096
ROWS = 4
Q2_K = 10  # llama_ftype
OUT = Path(__file__).parent / "data" / "real_rows.npz"


def logits(path: str) -> NDArray[np.float32]:
    """Raw logits after each token of the text: (tokens, n_vocab)."""
    model = llama_cpp.llama_model_load_from_file(path.encode(), llama_cpp.llama_model_default_params())
    if not model:
        raise SystemExit(f"cannot load {path}")
    vocab = llama_cpp.llama_model_get_vocab(model)
    n_vocab = llama_cpp.llama_vocab_n_tokens(vocab)
    tokens = (llama_cpp.llama_token * 256)()
    data = TEXT.encode()
    n = llama_cpp.llama_tokenize(vocab, data, len(data), tokens, 256, True, False)
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = 256
    params.n_threads = params.n_threads_batch = 1
    context = llama_cpp.llama_init_from_model(model, params)
    batch = llama_cpp.llama_batch_init(n, 0, 1)
    batch.n_tokens = n
    for i in range(n):
        batch.token[i], batch.pos[i], batch.n_seq_id[i], batch.seq_id[i][0] = tokens[i], i, 1, 0
        batch.logits[i] = True
    if llama_cpp.llama_decode(context, batch) != 0:
        raise SystemExit(f"cannot decode with {path}")
    rows = [
        np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(context, i), (n_vocab,)).copy() for i in range(n)
    ]
    llama_cpp.llama_batch_free(batch)
    llama_cpp.llama_free(context)
    llama_cpp.llama_model_free(model)
    return np.array(rows)


def requantized(path: str, folder: str) -> str:
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype, params.nthread = Q2_K, 1
    out = str(Path(folder) / "draft.gguf")
    if llama_cpp.llama_model_quantize(path.encode(), out.encode(), params) != 0:
        raise SystemExit(f"cannot requantize {path}")
    return out


def softmax(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    weights = np.exp(rows.astype(np.float64) - rows.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def main(target: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = {"target": logits(target), "draft": logits(requantized(target, folder))}
    disagreement = abs(softmax(rows["target"]) - softmax(rows["draft"])).sum(axis=1) / 2
    first = int(np.convolve(disagreement, np.ones(ROWS), "valid").argmax())
    saved: dict[str, NDArray[np.generic]] = {
        "n_vocab": np.array(rows["target"].shape[1]),
        "text": np.array(TEXT),
    }
    for name, all_rows in rows.items():
        some = all_rows[first : first + ROWS]
        ids = np.sort(np.argpartition(some, -KEPT, axis=1)[:, -KEPT:], axis=1)
        saved[f"{name}_ids"] = ids.astype(np.int32)
        saved[f"{name}_logits"] = np.take_along_axis(some, ids, axis=1).astype(np.float16)
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(OUT, **saved)
    sys.stdout.write(
        f"{OUT}: {OUT.stat().st_size >> 10} kB, places {first}…{first + ROWS - 1}, "
        f"total variation {disagreement[first : first + ROWS].round(3).tolist()}\n"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
