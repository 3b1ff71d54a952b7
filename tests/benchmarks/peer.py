"""llama-server as the peer of a comparison: started on this machine, asked over HTTP, its stream timed."""

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from rows import Answer

START_LIMIT_S = 180
ANSWER_LIMIT_S = 600


# In our order, so that both draw from the same distribution; its own default cuts before the temperature.
SAMPLERS = ["penalties", "top_k", "temperature", "top_p", "min_p"]


class LlamaServer:
    """One llama-server process; `close()` ends it."""

    def __init__(self, binary: Path, arguments: Sequence[str], log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        command = [str(binary), *arguments, "--host", "127.0.0.1", "--port", str(self._port), "--no-ui"]
        self._log = log.open("w")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=subprocess.STDOUT)
        self._wait(command)

    def _wait(self, command: Sequence[str]) -> None:
        end = time.monotonic() + START_LIMIT_S
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError(f"llama-server ended at once: {' '.join(command)}; see {self._log.name}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == http.HTTPStatus.OK:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise RuntimeError("llama-server did not become ready")

    def answer(self, prompt: Sequence[int], max_tokens: int, temperature: float, seed: int) -> Answer:
        """Complete a tokenized prompt, streaming. Raises RuntimeError for an answer that is an error."""
        body = {
            "prompt": list(prompt),
            "n_predict": max_tokens,
            "temperature": temperature,
            "top_k": 40,
            "top_p": 0.95,
            "min_p": 0.0,
            "samplers": SAMPLERS,
            "seed": seed,
            "stream": True,
            "return_tokens": True,
            "cache_prompt": False,
        }
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_LIMIT_S)
        started = time.monotonic()
        connection.request("POST", "/completion", json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"llama-server: {response.status} {response.read()[:300]!r}")
        tokens: list[int] = []
        times: list[float] = []
        first_chunk = 0
        last: dict[str, object] = {}
        for line in response:
            if not line.startswith(b"data: "):
                continue
            now = time.monotonic()
            last = json.loads(line[6:])
            if new := last.get("tokens"):
                if not times:
                    first_chunk = len(new)  # type: ignore[arg-type]  # a JSON list
                tokens += new  # type: ignore[arg-type]
                times.append(now)
        connection.close()
        if not times:
            raise RuntimeError(f"llama-server wrote nothing: {last}")
        timings = last.get("timings", {})
        return Answer(
            tokens=tuple(tokens),
            first_chunk=first_chunk,
            ttft_ms=(times[0] - started) * 1000,
            total_ms=(times[-1] - started) * 1000,
            prefill_ms=float(timings.get("prompt_ms", 0.0)),  # type: ignore[attr-defined]
            drafted=int(timings.get("draft_n", 0)),  # type: ignore[attr-defined]
            accepted=int(timings.get("draft_n_accepted", 0)),  # type: ignore[attr-defined]
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)
        self._log.close()
